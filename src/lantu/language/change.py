"""Verbs that carry a number, and what they say of it: a level, growth, a reduction, an addition, something kept."""

from __future__ import annotations

from lantu.errors import LantuError
from lantu.language.lexicon import HANZI, Words, alternation, lexicon
from lantu.model import MeasureKind
from lantu.patterns import compiled, regex


def _load() -> tuple[dict[str, MeasureKind], tuple[str, ...]]:
    lists = lexicon("change")
    classes: dict[str, MeasureKind] = {}
    for kind in MeasureKind:
        for verb in lists[kind.value]:
            if verb in classes:
                raise LantuError(f"verb in two lists: {classes[verb].value} and {kind.value}", file="change.toml", place=verb)
            classes[verb] = kind
    if unknown := [verb for verb in lists["strong"] if verb not in classes]:
        raise LantuError("strong verb without a class", file="change.toml", place=unknown[0], remedy="put it into one of the lists")
    return classes, lists["strong"]


_CLASSES, _STRONG_VERBS = _load()
_VERBS = Words(_CLASSES)
_LONGER_VERBS = Words(verb for verb in _CLASSES if len(verb) > 1)

# Bounds that stand right before the number belong to the comparator, not to the verb.
_BOUNDS = (
    r"约为?|近|超|超过|突破|不低于|不少于|不小于|不超过|不高于|不大于|不得低于|不得超过|至少|最少|最多|至多|大约|将近|接近|逾|过|高于|低于|大于|小于|多于|少于|不足|最高|最低|"
    r"≥|≤|>|<|(?<![平人户亩年月日村生])均|各|共|总计|累计|合计|原来的|:|了|到|至|为|在|于"
)
_PER = "(?:每[亩户人千百万名平方公里米吨月天日年]{1,5})+"
_BOUND_END = compiled(rf"(?:{_BOUNDS})+(?:{_PER})?$|{_PER}$")
# 覆盖率, 投资额, 开工面积: behind these a verb is the head of a noun.
_NOUN_MAKERS = frozenset("率度量面值额型性式期者")
# Bounds in a row are together no longer than this (不得低于每人每月).
_LONGEST_BOUND = 20
# Particles between the verb and its number: 新增了, 提高到, 建成有.
_PARTICLES = "了到至为在于有出成"
# Any other verb of change with 到/至 reaches a level: 缩小到, 回升至.
_TURNED = compiled(rf"{HANZI}{{2}}[到至]$")
_REACHED = "达到"
_STRONG = regex(alternation(_STRONG_VERBS))


def measure_of(verb: str) -> MeasureKind:
    return _CLASSES[verb]


def _verb_and_place(left: str) -> tuple[str, int] | None:
    """The verb at the end, or before one particle there; the one that begins first."""
    whole = _VERBS.ending(left)
    before = _VERBS.ending(left[:-1]) if left[-1:] and left[-1] in _PARTICLES else ""
    if len(before) + 1 > len(whole) and before:
        return before, len(left) - 1 - len(before)
    if whole:
        return whole, len(left) - len(whole)
    turned = _TURNED.search(left)
    return (_REACHED, turned.start()) if turned else None


def without_bound(left: str) -> str:
    """"排放量不超过" → "排放量"; "人口达到" stays: its verb is no mere bound."""
    found = _verb_and_place(left)
    return left if found is not None and len(found[0]) > 1 else _unbound(left)


def _unbound(left: str) -> str:
    bound = _BOUND_END.search(left, max(0, len(left) - _LONGEST_BOUND))
    return left[: bound.start()] if bound else left


def verb_at_end(left: str) -> tuple[str, int] | None:
    """("达到", 4) for "工业总值达到": the verb right before the number, bounds left out, and where it starts in ``left``."""
    found = _verb_and_place(left)
    if found is not None and len(found[0]) > 1:
        return found
    unbound = _unbound(left)
    return found if unbound == left else _verb_and_place(unbound)


def verb_at_head(phrase: str) -> str | None:
    """The verb of two or more characters that a phrase opens with, longest first: "新建" for "新建生活垃圾转运站".

    Single ones open too many nouns (建筑, 改革, 治安).
    """
    verb = _LONGER_VERBS.at(phrase)
    return None if not verb or phrase[len(verb) : len(verb) + 1] in _NOUN_MAKERS or phrase.startswith("建成区") else verb


def first_verb(phrase: str) -> tuple[str, int, int] | None:
    """The verb that carries the phrase, with its place: the one it opens with, else a strong one behind a short actor."""
    verb = verb_at_head(phrase)
    if verb is not None:
        return verb, 0, len(verb)
    match = _STRONG.search(phrase)
    return (match[0], match.start(), match.end()) if match else None
