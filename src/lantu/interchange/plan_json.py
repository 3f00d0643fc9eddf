"""Plan → the plan format ``lantu.plan/1``."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from collections.abc import Mapping
from typing import Any

from lantu.model import Plan


def plan_to_dict(plan: Plan, *, text: bool = True) -> dict[str, Any]:
    return {"format": "lantu.plan/1"} | {key: value for key, value in _plain(plan).items() if text or key != "text"}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value
