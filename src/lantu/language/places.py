"""What is built and where: heads of works, and whether the words before them name one work or a kind of works."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from lantu.language.lexicon import HANZI, Words, alternation, lexicon, tails
from lantu.language.verbs import verb_forms
from lantu.patterns import compiled, regex

# A phase, lot or bracket that follows the head: 文昌馨苑四期, 改造项目(一期), 数据中心二期A区.
# A phase makes even an everyday facility one work: 污水处理厂二期.
_PHASE = regex(r"[一二三四五六七八九十\d]期(?:\([^()]*\))?$")
# Written for a text that is read backwards, and the letters that it begins with there.
_TRAILER = regex(r"(?:\)[^()]*\(|\x00+|期[一二三四五六七八九十\d]+第?|区[A-Z]{1,3}|段标[一二三四五六七八九十]+|线沿|边周)*")
_TRAILER_ENDS = frozenset(")\x00期区段线边")
# A division's name has two characters before it, a river's or a road's may have one.
_DIVISION = f"{HANZI}{{2,8}}(?:省|市|县|区|州|旗|镇|乡|村|街道|段|社区|片区|新区)"
_LANDMARK = r"[^\Wa-z_]{1,8}(?:街|路|大道|河|湖|江|溪|海|湾|岛|港|山|岭|桥|水库|高速|铁路|机场|学校|医院|大学|公园|广场|沟)"


# Water brought from one river to another: 引黄入晋, 南水北调.
_DIVERSION = f"引{HANZI}{{1,2}}[入济补]{HANZI}{{1,2}}|[东西南北]水[东西南北]调"
# A length or an area after a named work: 滨河绿道36公里.
_LENGTH = regex(r"[.\d]+万?(?:公里|千米|米|亩|平方公里|平方米)$")
_LENGTH_ENDS = frozenset("里米亩")
_LONGEST_LENGTH = 24
# Names recur within a plan: so many are remembered by the functions that judge a name by its letters alone.
REMEMBERED = 2048
_LAST_OF_TRAILER = ("”", "里", "米", "亩", "等", "的", ")", "\x00", "期", "区", "段", "线", "边")


class Head(StrEnum):
    """How a name ends: one work by itself, an everyday facility, an action on something, or 工程/项目."""

    UNIQUE = "unique"
    NAMED = "named"
    ACTION = "action"
    WORKS = "works"


class PlaceForms(NamedTuple):
    """Made once. ``closing`` are the heads and the categories, ``predicates`` what may follow a name: nouns of action and predicates."""

    heads: Words
    kinds: Mapping[str, Head]
    closing: Words
    predicates: Words
    adverbs: Words
    last_letters: frozenset[str]
    tails: frozenset[str]
    addition_letters: frozenset[str]
    categories: Words
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
    kinds = {word: head for key, head in _HEAD_KEYS for word in words[key]}
    closing = Words({*kinds, *words["categories"]})
    predicates = Words(verb_forms().nominal.all | verb_forms().predicates.all)
    return PlaceForms(
        heads=Words(kinds),
        kinds=MappingProxyType(kinds),
        closing=closing,
        predicates=predicates,
        adverbs=Words(lexicon("verbs")["adverbs"]),
        last_letters=closing.last_letters | predicates.last_letters | {letter[-1] for letter in _LAST_OF_TRAILER},
        tails=tails({*closing.all, *predicates.all, *_LAST_OF_TRAILER}),
        addition_letters=predicates.last_letters | _LENGTH_ENDS | {"等"},
        categories=Words(words["categories"]),
        quality=compiled(alternation(words["qualities"])),
        everyday=compiled(alternation(word for word in {*words["qualities"], *words["common"]} if len(word) > 1)),
        rank=compiled(rf"{alternation(words['ranks'])}(?![域场容政村街长际])"),
        physical=compiled(alternation(words["physical"])),
        programme=compiled(alternation(words["programmes"])),
        place=compiled(rf"{_DIVISION}|{_LANDMARK}|[GSXY]\d{{1,3}}|{_DIVERSION}"),
        alone=frozenset(words["alone"]),
    )


def bare(name: str) -> str:
    """The name without phase, lot and bracket at its end."""
    return _untrailed(name) or name


def _untrailed(words: str) -> str:
    if words[-1:] not in _TRAILER_ENDS:
        return words
    match = _TRAILER.match(words[::-1])
    return words[: len(words) - match.end()] if match else words


@lru_cache(REMEMBERED)
def head_of(name: str) -> tuple[Head, str] | None:
    """The kind of a name's head and what stands before it; None where it ends in no head of a work."""
    untrailed = _untrailed(name)
    return _closing_head(untrailed) or (_closing_head(name) if untrailed != name else None)


def _closing_head(words: str) -> tuple[Head, str] | None:
    forms = place_forms()
    inner = words.removesuffix("”")
    head = forms.heads.ending(inner)
    return (forms.kinds[head], inner[: -len(head)].lstrip("“")) if head else None


def may_name_works(clause: str) -> bool:
    """Does the clause end where a name of a work may end, a noun of action or a predicate apart? The cheap first question."""
    forms, last = place_forms(), clause[-1:]
    if last not in forms.last_letters:
        return False
    return _is_closed(clause) or (last in forms.addition_letters and any(map(_is_closed, _without_additions(clause))))


def _is_closed(words: str) -> bool:
    """Does a head, a category or a masked bracket close the words, or stand before their trailer?"""
    closing = place_forms().closing
    if words[-1:] == "\x00" or closing.ending(words):
        return True
    inner = _untrailed(words)
    return len(inner) < len(words) and bool(closing.ending(inner))


def _without_additions(clause: str) -> Iterator[str]:
    """The clause without what may follow a name: 等, 的 and a predicate with its adverbs, 等, a length; any of them may be missing."""
    length = _LENGTH.search(clause, max(0, len(clause) - _LONGEST_LENGTH)) if clause[-1] in _LENGTH_ENDS else None
    for measured in (clause, clause[: length.start()]) if length else (clause,):
        whole = measured.removesuffix("等")
        if whole is not clause:
            yield whole.removesuffix("等")
        for predicate in place_forms().predicates.each_ending(whole):
            for left in _without_adverbs(whole[: -len(predicate)]):
                yield left.removesuffix("的").removesuffix("等")


def _without_adverbs(words: str) -> Iterator[str]:
    yield words
    for adverb in place_forms().adverbs.each_ending(words):
        yield from _without_adverbs(words[: -len(adverb)])


def is_category(words: str) -> bool:
    """Do the words end in a noun that 等 is followed by where works were enumerated: 等重点项目, 等园区?"""
    return bool(place_forms().categories.ending(words))


@lru_cache(REMEMBERED)
def names_place(words: str) -> bool:
    """Does a name of a place or road remain once the everyday words are gone: 云溪区到青川区…, 云溪西街…, S223…"""
    forms = place_forms()
    return forms.place.search(forms.everyday.sub("\x00", words)) is not None


@lru_cache(REMEMBERED)
def has_own_name(words: str) -> bool:
    """Does something stay once the everyday words are gone: 石桥(路), 云溪(大厦)?"""
    left = len(place_forms().everyday.sub("", words))
    return left >= _OWN_NAME or (left == 1 and len(words) > _OWN_NAME)


@lru_cache(REMEMBERED)
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
