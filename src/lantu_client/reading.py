"""JSON → frozen records, by their types: days, moments, decimals, other records. What a record does not know is left out."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from lantu_client.errors import Unexpected

Record = TypeVar("Record")
_TEXTS: dict[type, Any] = {date: date.fromisoformat, datetime: datetime.fromisoformat, Decimal: Decimal, UUID: UUID}


def record(kind: type[Record], data: Any) -> Record:
    """Raises Unexpected where a field is missing or of another kind."""
    if not isinstance(data, Mapping):
        raise Unexpected(f"{kind.__name__}: expected an object, found {_short(data)}")
    values = {}
    for name, wanted in _types(cast(Hashable, kind)).items():
        if name not in data:
            raise Unexpected(f"{kind.__name__}: {name} is missing")
        values[name] = _value(wanted, data[name], f"{kind.__name__}.{name}")
    return kind(**values)


@cache
def _types(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _value(wanted: Any, data: Any, place: str) -> Any:
    if get_origin(wanted) is UnionType:
        return None if data is None else _value(next(one for one in get_args(wanted) if one is not NoneType), data, place)
    if get_origin(wanted) is tuple:
        return tuple(_value(get_args(wanted)[0], one, place) for one in _sure(list, data, place))
    if wanted is Any or get_origin(wanted) is Mapping:
        return data
    if is_dataclass(wanted) and isinstance(wanted, type):
        return record(wanted, data)
    if wanted in _TEXTS:
        try:
            return _TEXTS[wanted](_sure(str, data, place))
        except (ValueError, InvalidOperation):
            raise Unexpected(f"{place}: {_short(data)} is no {wanted.__name__}") from None
    return _sure(wanted, data, place)


def _sure(wanted: type, data: Any, place: str) -> Any:
    if not isinstance(data, wanted) or isinstance(data, bool) is not (wanted is bool):
        raise Unexpected(f"{place}: expected {wanted.__name__}, found {_short(data)}")
    return data


def _short(data: Any) -> str:
    return repr(data)[:60]


def plain(value: Any) -> Any:
    """A value of a request as JSON: days and numbers as texts, records as their ids, tuples as lists."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return value.id  # type: ignore[attr-defined]
    return value
