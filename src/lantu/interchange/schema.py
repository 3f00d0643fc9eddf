"""The JSON Schema (2020-12) of the plan format, made from the records themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from inspect import cleandoc
from typing import Any, get_args, get_origin

from lantu.interchange.plan_json import FORMAT
from lantu.interchange.records import is_enum, is_record, members, without_none
from lantu.model import Loss, Plan, Repairs, Span

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SPAN = {
    "description": "[start, end) in Unicode code points.",
    "type": "array",
    "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 0}],
    "items": False,
    "minItems": 2,
}
_SCALARS: Mapping[Any, dict[str, Any]] = {str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}}


def plan_schema() -> dict[str, Any]:
    """The schema as plain JSON values; definitions bear the names of the records, descriptions are their docstrings.

    It tells what Lantu writes: every field is there, ``text`` alone may be left out.
    """
    definitions: dict[str, Any] = {"Span": _SPAN}
    plan = _record(Plan, definitions)
    plan["properties"] = {"format": {"const": FORMAT}} | plan["properties"]
    plan["required"] = ["format", *(name for name in plan["required"] if name != "text")]
    head = {"$schema": _DIALECT, "$id": f"urn:lantu:{FORMAT}", "title": FORMAT}
    return head | plan | {"$defs": dict(sorted(definitions.items()))}


def schema_json() -> str:
    """What ``lantu schema`` prints."""
    return json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n"


def _record(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    if kind is Repairs:
        return _repairs(definitions)
    properties = {member.name: _value(member.type, definitions) for member in members(kind)}
    return _described(kind) | {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _repairs(definitions: dict[str, Any]) -> dict[str, Any]:
    properties = {"losses": _value(tuple[Loss, ...], definitions)}
    counts = {"type": "integer", "minimum": 0}
    return _described(Repairs) | {"type": "object", "properties": properties, "required": ["losses"], "additionalProperties": counts}


def _described(kind: type) -> dict[str, Any]:
    """The docstring in one line; nothing where a record has none (dataclasses then make one up from their signature)."""
    doc = kind.__doc__ or ""
    if not doc or doc.startswith(f"{kind.__name__}("):
        return {}
    return {"description": " ".join(cleandoc(doc).replace("``", "").split())}


def _value(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    inner, nullable = without_none(kind)
    schema = _plain(inner, definitions)
    return {"anyOf": [schema, {"type": "null"}]} if nullable else schema


def _plain(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if kind in _SCALARS:
        return dict(_SCALARS[kind])
    if kind is Span or is_enum(kind) or is_record(kind):
        return _reference(kind, definitions)
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _value(get_args(kind)[0], definitions)}
    return {"type": "object", "additionalProperties": _value(get_args(kind)[1], definitions)}


def _reference(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _described(kind) | {"enum": [str(m) for m in kind]} if is_enum(kind) else _record(kind, definitions)
    return {"$ref": f"#/$defs/{name}"}
