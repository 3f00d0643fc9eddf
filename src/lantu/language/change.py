"""Verbs that carry a number, and what they say of it: a level, growth, a reduction, an addition, something kept."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from lantu.errors import LantuError
from lantu.language.units import alternation
from lantu.model import MeasureKind

_FILE = "language/data/change.toml"


def _load() -> tuple[dict[str, MeasureKind], list[str]]:
    data = tomllib.loads(files("lantu.language").joinpath("data/change.toml").read_text("utf-8"))
    classes: dict[str, MeasureKind] = {}
    for kind in MeasureKind:
        for verb in data[kind.value].split():
            if verb in classes:
                raise LantuError(f"verb in two lists: {classes[verb].value} and {kind.value}", file=_FILE, place=verb)
            classes[verb] = kind
    strong = data["strong"].split()
    if unknown := [verb for verb in strong if verb not in classes]:
        raise LantuError("strong verb without a class", file=_FILE, place=unknown[0], remedy="put it into one of the lists")
    return classes, strong


_CLASSES, _STRONG_VERBS = _load()

# Bounds that stand right before the number belong to the comparator, not to the verb.
_BOUNDS = (
    r"约为?|近|超|超过|突破|不低于|不少于|不小于|不超过|不高于|不大于|不得低于|不得超过|至少|最少|最多|至多|大约|将近|接近|逾|过|高于|低于|大于|小于|多于|少于|不足|最高|最低|"
    r"≥|≤|>|<|(?<!平)均|各|共|总计|累计|合计|原来的|:|了|到|至|为|在|于"
)
_PER = "每[亩户人千百万名平方公里米吨]{1,5}"
_BOUND_END = re.compile(rf"(?:{_BOUNDS})+(?:{_PER})?$|{_PER}$")
_AT_END = re.compile(rf"({alternation(_CLASSES)})(?:了|到|至|为|在|于|有|出|成)?$")
# How far before a number its verb may begin.
_REACH = 12

# At the head of a noun phrase: only verbs of two and more characters, single ones open too many nouns (建筑, 改革, 治安).
VERB_HEAD = alternation(word for word in _CLASSES if len(word) > 1)
_HEAD = re.compile(rf"({VERB_HEAD})")
_STRONG = re.compile(rf"({alternation(_STRONG_VERBS)})")


def measure_of(verb: str) -> MeasureKind:
    return _CLASSES[verb]


def without_bound(left: str) -> str:
    """"排放量不超过" → "排放量"; "人口达到" stays: its verb is no mere bound."""
    verb = _AT_END.search(left, max(0, len(left) - _REACH))
    if verb is not None and len(verb[1]) > 1:
        return left
    return _BOUND_END.sub("", left, count=1)


def verb_at_end(left: str) -> tuple[str, int] | None:
    """("达到", 4) for "工业总值达到": the verb right before the number, bounds left out, and where it starts in ``left``."""
    left = without_bound(left)
    match = _AT_END.search(left, max(0, len(left) - _REACH))
    return (match[1], match.start()) if match else None


def verb_at_head(phrase: str) -> str | None:
    """The verb that a phrase opens with, longest first: "新建" for "新建生活垃圾转运站"."""
    match = _HEAD.match(phrase)
    return match[1] if match else None


def first_verb(phrase: str) -> tuple[str, int, int] | None:
    """The verb that carries the phrase, with its place: the one it opens with, else a strong one behind a short actor."""
    match = _HEAD.match(phrase) or _STRONG.search(phrase)
    return (match[1], match.start(), match.end()) if match else None
