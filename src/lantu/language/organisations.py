"""Names of organisations: how they end, how lists of them are printed, and which bodies a plan sets up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from lantu.language.lexicon import HANZI, Words, alternation, lexicon
from lantu.language.lists import mask
from lantu.model import Span
from lantu.patterns import compiled, regex

# The longest printed name of an organisation that still is one.
_LONGEST_NAME = 30
_SHORTEST_NAME = 2
# The same bodies answer for many tasks of a plan: so many names are remembered.
REMEMBERED = 1024
_ITEM = compiled(r"(?:[^、,;。\s“”()〔〕【】]+|“[^”]*”|\([^()]*\)|〔[^〔〕]*〕)+")
# What follows the last name of a list: 等部门按职责分工负责, 等有关单位, 为成员单位.
_AFTER = compiled(
    r"(?:等各?)?(?:相关|有关)?(?:部门|单位|镇街)?(?:按照?(?:各自)?(?:职责|职能)(?:分工)?)?(?:分工)?(?:负责"
    r"|落实|牵头|配合|参与|参加|协助|实施)?$"
)
_AND_OTHERS = compiled(r"(?:及|和|等)?(?:各?(?:有关|相关))(?:部门|单位|科室)?$|等$")
_JOINED = compiled(f"(?<=[局委办厅部院府区县镇乡心司街道会社])(?:和|与|及|以及|会同)(?={HANZI}{{2,}})")
_NO_NAME = compiled(r"的|[按将把使让被][^国]|对(?![国口外])|负责|牵头|为|以及|必须|需要|应当|不得|进行|下同|列第")
_BRACKET_AT_END = regex(r"\([^()]*\)$|〔[^〔〕]*〕$")
# A name may not begin with the verb of its own sentence.
_VERB_FIRST = compiled(
    r"建立|健全|完善|推进|推动|加强|加快|实施|落实|提升|打造|支持|鼓励|引导|深化|强化|开展|加大|坚持"
    r"|组织|统筹|成立|设立|形成|促进|发挥|明确|由|经|报|向|对|按|在|以|是|并|且|要|但"
)


class OrganisationForms(NamedTuple):
    """Made once; ``label`` has groups lead, responsible and other; ``founded``, which begins with ``founding``, group name."""

    suffixes: Words
    label: re.Pattern[str]
    founding: re.Pattern[str]
    founded: re.Pattern[str]


@cache
def organisation_forms() -> OrganisationForms:
    words = lexicon("organisations")
    return OrganisationForms(
        suffixes=Words(words["suffixes"]),
        label=compiled(
            f"(?:(?P<lead>{alternation(words['lead'])})|(?P<responsible>{alternation(words['responsible'])})"
            f"|(?P<other>{alternation(words['cooperating'])}))(?:及{HANZI}{{2,6}})?[::]"
        ),
        founding=compiled(alternation(words["founding"])),
        founded=compiled(
            rf"(?:{alternation(words['founding'])})(?:了|一个)?(?P<name>[^,;:。、]{{0,40}}?(?:{alternation(words['bodies'])}))(?=[,;:。、)(]"
            rf"|$|的|和|负责|统筹)"
        ),
    )


@lru_cache(REMEMBERED)
def is_organisation(name: str) -> bool:
    """Does the name end as organisations do and hold no clause: 县发展和改革局, 各县(市、区)人民政府?"""
    shown = mask(name)
    if not _SHORTEST_NAME <= len(name) <= _LONGEST_NAME or _NO_NAME.search(shown) or _VERB_FIRST.match(name):
        return False
    before = _BRACKET_AT_END.sub("", name) if name[-1] in ")〕" else name
    return bool(organisation_forms().suffixes.ending(before))


def organisations_in(text: str, start: int, end: int) -> Iterator[Span]:
    """The names in a printed list (A、B,C等部门按职责分工负责); what is no organisation is left out."""
    for match in _ITEM.finditer(text, start, end):
        words = _printed_name(match.group())
        at = match.start()
        for name in _JOINED.split(words) if words else ():
            found = text.find(name, at, match.end())
            if found >= 0 and is_organisation(name):
                yield Span(found, found + len(name))
                at = found + len(name)


@lru_cache(REMEMBERED)
def _printed_name(item: str) -> str:
    """The shortest form of the item that names an organisation; "" where none does."""
    return next(filter(is_organisation, _printed_forms(item)), "")


def _printed_forms(item: str) -> Iterator[str]:
    """The item of a list without what may follow a name, the shortest first."""
    yield _AND_OTHERS.sub("", _AFTER.sub("", item))
    yield _AND_OTHERS.sub("", item)
    yield item


def is_list_of_organisations(text: str, start: int, end: int) -> bool:
    """Is every item of the list an organisation? (市教育局、市财政局) and the addressees of a notice."""
    items = _ITEM.findall(text, start, end)
    return bool(items) and all(map(_is_organisation_among_others, items))


def _is_organisation_among_others(item: str) -> bool:
    return is_organisation(item) or is_organisation(_AFTER.sub("", item)) or is_organisation(_AND_OTHERS.sub("", item))
