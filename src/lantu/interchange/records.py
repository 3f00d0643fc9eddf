"""Records of ``lantu.model`` ⇄ plain values of JSON, driven by the records' own field types.

One codec per record class, built on first use: the plan format can never drift from the records.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeGuard, Union, get_args, get_origin, get_type_hints

from lantu.errors import UnreadableFile
from lantu.model import Loss, Repairs, Span

Encode = Callable[[Any], Any]
Decode = Callable[[Any], Any]


class MisfitError(ValueError):
    """A JSON value that does not fit its field. ``place`` grows outwards while it travels up: ``targets[3].comparator``."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.message, self.place = message, place

    def under(self, outer: str) -> MisfitError:
        joint = "" if self.place.startswith("[") or not self.place else "."
        return MisfitError(self.message, f"{outer}{joint}{self.place}")


@dataclass(frozen=True, slots=True)
class Member:
    """One field of a record, as the format has it."""

    name: str
    type: Any
    required: bool


@cache
def members(record: type) -> tuple[Member, ...]:
    """The fields of a record class in the order of the format."""
    hints = get_type_hints(record)
    return tuple(
        Member(f.name, hints[f.name], f.default is MISSING and f.default_factory is MISSING)
        for f in fields(record)
    )


def without_none(kind: Any) -> tuple[Any, bool]:
    """(type, may be null): ``float | None`` → (float, True)."""
    if get_origin(kind) in (Union, UnionType):
        (inner,) = (arg for arg in get_args(kind) if arg is not NoneType)
        return inner, True
    return kind, False


def is_record(kind: Any) -> TypeGuard[type]:
    return isinstance(kind, type) and is_dataclass(kind)


def is_enum(kind: Any) -> TypeGuard[type[StrEnum]]:
    return isinstance(kind, type) and issubclass(kind, StrEnum)


# ---------------------------------------------------------------------------------------------------------------- encoding


@cache
def encoder(record: type) -> Encode:
    """The function record → dict with the keys in field order."""
    if record is Repairs:
        return _encode_repairs
    parts = [(member.name, _value_encoder(member.type)) for member in members(record)]

    def encode(value: Any) -> dict[str, Any]:
        return {name: part(getattr(value, name)) if part else getattr(value, name) for name, part in parts}

    return encode


def _value_encoder(kind: Any) -> Encode | None:
    """How to encode a value of this type; None where it stands for itself."""
    inner, nullable = without_none(kind)
    encode = _plain_encoder(inner)
    if encode is None or not nullable:
        return encode
    return lambda value: None if value is None else encode(value)


def _plain_encoder(kind: Any) -> Encode | None:
    if kind is float:
        return number
    if kind is Span:
        return list
    if is_enum(kind):
        return str
    if is_record(kind):
        return encoder(kind)
    if get_origin(kind) is tuple:
        return _list_encoder(_value_encoder(get_args(kind)[0]))
    if get_origin(kind) is Mapping:
        return dict
    return None


def _list_encoder(item: Encode | None) -> Encode:
    return list if item is None else lambda values: [item(value) for value in values]


def number(value: float) -> int | float:
    """Whole numbers as integers: 30.0 → 30."""
    if not math.isfinite(value):
        raise MisfitError(f"{value} is not a number that JSON can hold")
    return int(value) if value == int(value) else value


def _encode_repairs(repairs: Repairs) -> dict[str, Any]:
    """Flat: one key per kind of repair, and the list of losses."""
    losses = [{"raw_span": list(loss.raw_span), "why": loss.why} for loss in repairs.losses]
    return {**repairs.counts, "losses": losses}


# ---------------------------------------------------------------------------------------------------------------- decoding


@cache
def decoder(record: type) -> Decode:
    """The function dict → record. Raises MisfitError that tells the place within the record."""
    if record is Repairs:
        return _decode_repairs
    known = {member.name: _value_decoder(member.type) for member in members(record)}
    required = frozenset(member.name for member in members(record) if member.required)

    def decode(value: Any) -> Any:
        values = _object(value)
        if not values.keys() <= known.keys():
            raise MisfitError(f"unknown field {_some(values.keys() - known.keys())}")
        if not required <= values.keys():
            raise MisfitError(f"field {_some(required - values.keys())} is missing")
        return record(**{name: _within(name, known[name], item) for name, item in values.items()})

    return decode


def _within(place: str, decode: Decode, value: Any) -> Any:
    try:
        return decode(value)
    except MisfitError as error:
        raise error.under(place) from None


def _some(names: Any) -> str:
    return ", ".join(repr(name) for name in sorted(names)[:3])


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MisfitError(f"{_shown(value)} is not an object")
    return value


def _value_decoder(kind: Any) -> Decode:
    inner, nullable = without_none(kind)
    decode = _plain_decoder(inner)
    return (lambda value: None if value is None else decode(value)) if nullable else decode


def _plain_decoder(kind: Any) -> Decode:
    if kind in _SCALARS:
        return _SCALARS[kind]
    if is_enum(kind):
        return _enum_decoder(kind)
    if is_record(kind):
        return decoder(kind)
    if get_origin(kind) is tuple:
        return _list_decoder(_value_decoder(get_args(kind)[0]))
    return _mapping_decoder(_value_decoder(get_args(kind)[1]))


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:39] + "…"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise MisfitError(f"{_shown(value)} is not a text")
    return value


def _integer(value: Any) -> int:
    if type(value) is not int:
        raise MisfitError(f"{_shown(value)} is not a whole number")
    return value


def _float(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise MisfitError(f"{_shown(value)} is not a number")
    return float(value)


def _span(value: Any) -> Span:
    if not isinstance(value, list) or len(value) != 2 or type(value[0]) is not int or type(value[1]) is not int:
        raise MisfitError(f"{_shown(value)} is not a pair [start, end]")
    if not 0 <= value[0] <= value[1]:
        raise MisfitError(f"{_shown(value)} is not a stretch of text: 0 ≤ start ≤ end")
    return Span(value[0], value[1])


_SCALARS: dict[Any, Decode] = {str: _text, int: _integer, float: _float, Span: _span}


def _enum_decoder(kind: type[StrEnum]) -> Decode:
    known = {str(member): member for member in kind}

    def decode(value: Any) -> StrEnum:
        if not isinstance(value, str) or value not in known:
            raise MisfitError(f"{_shown(value)} is none of {', '.join(known)}")
        return known[value]

    return decode


def _list_decoder(item: Decode) -> Decode:
    def decode(values: Any) -> tuple[Any, ...]:
        if not isinstance(values, list):
            raise MisfitError(f"{_shown(values)} is not a list")
        found: list[Any] = []
        try:
            for value in values:
                found.append(item(value))
        except MisfitError as error:
            raise error.under(f"[{len(found)}]") from None
        return tuple(found)

    return decode


def _mapping_decoder(item: Decode) -> Decode:
    return lambda value: {name: _within(name, item, inner) for name, inner in _object(value).items()}


def _decode_repairs(value: Any) -> Repairs:
    counts = dict(_object(value))
    if "losses" not in counts:
        raise MisfitError("field 'losses' is missing")
    losses = _within("losses", _list_decoder(decoder(Loss)), counts.pop("losses"))
    return Repairs(counts=_mapping_decoder(_integer)(counts), losses=losses)


def unreadable(error: MisfitError) -> UnreadableFile:
    """The error for the reader of a plan file, with the place of the value inside it."""
    return UnreadableFile(
        error.message, place=error.place or None, remedy="compile the plan again, or compare it with what `lantu schema` prints"
    )
