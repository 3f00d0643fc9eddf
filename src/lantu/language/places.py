"""What is built and where: heads of works, and whether the words before them name one work or a kind of works."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from lantu.language.lexicon import HANZI, alternation, ending, lexicon

# A phase, lot or bracket that follows the head: 文昌馨苑四期, 改造项目(一期), 数据中心二期A区.
# A phase makes even an everyday facility one work: 污水处理厂二期.
_PHASE = re.compile(r"[一二三四五六七八九十\d]期(?:\([^()]*\))?$")
# Written for a text that is read backwards.
_TRAILER = r"(?:\)[^()]*\(|\x00+|期[一二三四五六七八九十\d]+第?|区[A-Z]{1,3}|段标[一二三四五六七八九十]+|线沿|边周)*"
# A division's name has two characters before it, a river's or a road's may have one.
_DIVISION = f"{HANZI}{{2,8}}(?:省|市|县|区|州|旗|镇|乡|村|街道|段|社区|片区|新区)"
_LANDMARK = rf"[^\Wa-z_]{{1,8}}(?:街|路|大道|河|湖|江|溪|海|湾|岛|港|山|岭|桥|水库|高速|铁路|机场|学校|医院|大学|公园|广场)"


# Water brought from one river to another: 引黄入晋, 南水北调.
_DIVERSION = f"引{HANZI}{{1,2}}[入济补]{HANZI}{{1,2}}|[东西南北]水[东西南北]调"
# A length or an area after a named work: 滨河绿道36公里.
_LENGTH = r"(?:(?:里公|米千|米|亩|里公方平|米方平)万?[.\d]+)?"
_LAST_OF_TRAILER = ("”", "里", "米", "亩", "等", "的", ")", "\x00", "期", "区", "段", "线", "边")


class Head(StrEnum):
    """How a name ends: one work by itself, an everyday facility, an action on something, or 工程/项目."""

    UNIQUE = "unique"
    NAMED = "named"
    ACTION = "action"
    WORKS = "works"


class PlaceForms(NamedTuple):
    head: re.Pattern[str]
    heads: Mapping[str, Head]
    trailer: re.Pattern[str]
    closing: re.Pattern[str]
    last_letters: frozenset[str]
    category: re.Pattern[str]
    quality: re.Pattern[str]
    everyday: re.Pattern[str]
    rank: re.Pattern[str]
    physical: re.Pattern[str]
    programme: re.Pattern[str]
    place: re.Pattern[str]
    alone: frozenset[str]


# Letters that must stay of a name once the words of kind are gone.
_OWN_NAME = 2
_HEAD_KEYS = (("named", Head.NAMED), ("unique", Head.UNIQUE), ("actions", Head.ACTION), ("works", Head.WORKS))


@cache
def place_forms() -> PlaceForms:
    words = lexicon("facilities")
    verbs = ending({*lexicon("verbs")["nominal"], *lexicon("verbs")["predicates"]}) + f"{ending(lexicon('verbs')['adverbs'])}*"
    last = {*lexicon("verbs")["nominal"], *lexicon("verbs")["predicates"], *words["categories"], *_LAST_OF_TRAILER}
    heads = {word: head for key, head in _HEAD_KEYS for word in words[key]}
    return PlaceForms(
        head=re.compile(rf"{_TRAILER}”?(?P<head>{ending(heads)})"),
        trailer=re.compile(_TRAILER),
        last_letters=frozenset(word[-1] for word in (*heads, *last)),
        closing=re.compile(rf"{_LENGTH}等?(?:{verbs}的?)?等?{_TRAILER}(?:{ending({*heads, *words['categories']})}|\x00)"),
        heads=MappingProxyType(heads),
        category=re.compile(ending(words["categories"])),
        quality=re.compile(alternation(words["qualities"])),
        everyday=re.compile(alternation(word for word in {*words["qualities"], *words["common"]} if len(word) > 1)),
        rank=re.compile(rf"{alternation(words['ranks'])}(?![域场容政村街长际])"),
        physical=re.compile(alternation(words["physical"])),
        programme=re.compile(alternation(words["programmes"])),
        place=re.compile(rf"{_DIVISION}|{_LANDMARK}|[GSXY]\d{{1,3}}|{_DIVERSION}"),
        alone=frozenset(words["alone"]),
    )


def bare(name: str) -> str:
    """The name without phase, lot and bracket at its end."""
    match = place_forms().trailer.match(name[::-1])
    return name[: len(name) - match.end()] or name if match else name


def head_of(name: str) -> tuple[Head, str] | None:
    """The kind of a name's head and what stands before it; None where it ends in no head of a work."""
    match = place_forms().head.match(name[::-1])
    if match is None:
        return None
    return place_forms().heads[match.group("head")[::-1]], name[: -match.end()].lstrip("“")


def may_name_works(clause: str) -> bool:
    """Does the clause end where a name of a work may end, a noun of action or a predicate apart? The cheap first question."""
    forms = place_forms()
    return clause[-1:] in forms.last_letters and forms.closing.match(clause[::-1]) is not None


def is_category(words: str) -> bool:
    """Do the words end in a noun that 等 is followed by where works were enumerated: 等重点项目, 等园区?"""
    return place_forms().category.match(words[::-1]) is not None


def names_place(words: str) -> bool:
    """Does a name of a place or road remain once the everyday words are gone: 周村区到文昌湖区…, 北宫西街…, S223…"""
    forms = place_forms()
    return forms.place.search(forms.everyday.sub("\x00", words)) is not None


def has_own_name(words: str) -> bool:
    """Does something stay once the everyday words are gone: 石佛(路), 深新能源(大厦)?"""
    left = len(place_forms().everyday.sub("", words))
    return left >= _OWN_NAME or (left == 1 and len(words) > _OWN_NAME)


def is_discrete(name: str) -> bool:
    """Does the name mean one work, not a kind of works: 石佛路, 中央商务区, 城区水系贯通工程; not 公共厕所, 惠民工程?"""
    found = head_of(name)
    if found is None:
        return False
    head, before = found
    forms = place_forms()
    if head is Head.UNIQUE:
        if name.endswith(("中心", "基地")) and len(before) <= _OWN_NAME and not has_own_name(before):
            return bare(name) in forms.alone
        return len(forms.quality.sub("", before)) >= _OWN_NAME or bare(name) in forms.alone
    if before and _PHASE.search(name):
        return True
    if head is Head.NAMED:
        return (has_own_name(before) and len(forms.everyday.sub("", name)) >= _OWN_NAME) or forms.rank.match(before) is not None
    if names_place(before) or is_discrete(before):
        return True
    return head is Head.WORKS and forms.physical.search(before) is not None and forms.programme.search(before) is None
