"""A first content for words that somebody selected: what the library reads in them, else the words themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from lantu.errors import LantuError
from lantu_web.bridge.candidates import fitted
from lantu_web.bridge.compiling import compile_bytes
from lantu_web.plans.content import FIELDS, Content
from lantu_web.plans.enums import ItemKind

FIGURES = (ItemKind.TARGET, ItemKind.ACTUAL)
_ENDS = re.compile(r"^[\s，。；、：,.;:]+|[\s，。；、：,.;:]+$")
_EMPTY: Mapping[str, Any] = {"comparator": "=", "measure": "level", "role": "lead"}


def drafted(kind: ItemKind, words: str) -> Content:
    """Valid for the kind and meant to be looked at; for figures with the first number that the words tell."""
    plain = _ENDS.sub("", words) or words
    values = {**_EMPTY, FIELDS[kind][0].name: plain}
    if kind in FIGURES:
        values |= _figure(words)
    return fitted(kind, values, plain)[0]


def parted(words: str) -> list[str]:
    """Where words could be cut into two or more: after 。；, else after ，, else after 、; one part where nothing parts them."""
    for marks in ("。；;", "，,", "、"):
        parts = [part for part in re.split(rf"(?<=[{marks}])", words) if part.strip()]
        if len(parts) > 1:
            return parts
    return [words]


def _figure(words: str) -> dict[str, Any]:
    """Nothing where the library reads no figure."""
    try:
        found = compile_bytes(words.encode(), "selection.txt").plan
    except LantuError:
        return {}
    figures = (*found.targets, *found.actuals)
    return asdict(figures[0]) if figures else {}
