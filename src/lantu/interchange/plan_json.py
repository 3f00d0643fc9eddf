"""Plan ⇄ the plan format ``lantu.plan/1``: one JSON object, keys in the order of the records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lantu.errors import LantuError, UnreadableFile
from lantu.interchange.records import MisfitError, decoder, encoder, unreadable
from lantu.model import Plan

FORMAT = "lantu.plan/1"
_compact = json.JSONEncoder(ensure_ascii=False, check_circular=False, allow_nan=False).encode


def plan_to_dict(plan: Plan, *, text: bool = True) -> dict[str, Any]:
    """The plan as plain JSON values; ``text=False`` leaves the canonical text out."""
    return {"format": FORMAT} | {name: value for name, value in _encode(plan).items() if text or name != "text"}


def dumps(plan: Plan, *, text: bool = True) -> str:
    """The plan as a JSON text that ends with a line end: one line a key, one line a record, so that two plans can be compared."""
    return "".join(iter_dumps(plan, text=text))


def iter_dumps(plan: Plan, *, text: bool = True) -> Iterator[str]:
    """``dumps`` piece by piece, for writing without holding the whole."""
    separator = "{\n"
    for name, value in plan_to_dict(plan, text=text).items():
        yield f"{separator}{_compact(name)}: "
        yield from _list_lines(value) if isinstance(value, list) and value else (_compact(value),)
        separator = ",\n"
    yield "\n}\n"


def plan_from_dict(data: Any) -> Plan:
    """The plan that ``plan_to_dict`` told; without ``text`` its canonical text is empty.

    Raises UnreadableFile that names the field (``targets[3].comparator``) and the value that was wrong.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        found = data.get("format") if isinstance(data, dict) else type(data).__name__
        raise UnreadableFile(f"not a plan in the format {FORMAT} (found {found!r})", place="format", remedy="compile the plan again")
    values = {"text": ""} | {name: value for name, value in data.items() if name != "format"}
    try:
        plan: Plan = decoder(Plan)(values)
    except MisfitError as error:
        raise unreadable(error) from None
    return plan


def loads(content: str | bytes) -> Plan:
    """The plan of a JSON text. Raises UnreadableFile with line and column where it is no JSON."""
    try:
        data = json.loads(content)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UnreadableFile(f"not JSON: {error.msg}", place=place, remedy="compile the plan again") from None
    except (UnicodeDecodeError, RecursionError) as error:
        raise UnreadableFile(f"not JSON in UTF-8: {error}", remedy="compile the plan again") from None
    return plan_from_dict(data)


def _encode(plan: Plan) -> dict[str, Any]:
    try:
        values: dict[str, Any] = encoder(Plan)(plan)
    except MisfitError as error:
        raise LantuError(error.message, file=plan.source.file) from None
    return values


def _list_lines(values: list[Any]) -> Iterator[str]:
    separator = "[\n"
    for value in values:
        yield separator + _compact(value)
        separator = ",\n"
    yield "\n]"
