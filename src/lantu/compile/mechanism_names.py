"""Names of mechanisms: how they end, what of a printed phrase is the name, and which names say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from lantu.language.lexicon import HANZI, Words, alternation, lexicon, tails
from lantu.language.lists import Endings, mask, match_end
from lantu.patterns import compiled, hint, regex

# The same words are asked for their head as a clause, as a piece of it and as a name: so many are remembered.
REMEMBERED = 1024
# Longest name that is still a name.
LONGEST_NAME = 44
# Names of so few letters after an attribute (工作机制) need the attribute.
SHORTEST_PLAIN = 4
_SHORTEST_RULE = 3
# A stem of more letters than this says something even where each of its words is a word of kind.
_LONGEST_HOLLOW = 5
_SHORTEST_STEM = 2
# Nouns of action that may follow a name: 推进X机制建设.
_NOUNS = (
    "建设", "改革", "试点", "工作", "作用", "规范化运行", "落地见效", "落实", "制度化", "全覆盖", "扩面", "应用", "功能", "服务", "规模",
)  # fmt: skip
_NOMINAL = regex(rf"(?:{alternation(_NOUNS)}|[\d.]+[万亿]*元(?:以上)?)+$")
_NOMINAL_ENDS = frozenset(noun[-1] for noun in (*_NOUNS, "元", "以上"))
_GOES_ON = compiled(f"并(?={HANZI}{{2}})")
_LEADING = compiled(
    f"(?:一批|一个|一套|各类|各项|各级|若干|全市|全区|全县|统一的?|和|以及|了|起|好|企业自建|更加|[\\d.]+[万亿]*元(?:规模)?的?)+(?=(?:{HANZI}|“){{4,}})"
)
# What a chain of verbs leaves before the name: 创新实行X机制, 健全完善X制度.
_VERB_LEFT = compiled(
    f"(?:调整|推出|实行|实施|落实|完善|提升|健全|建立|推行|推进|制定|研究|构建|与|和|及)+(?=“|{HANZI}{{4,}}|{HANZI}{{1,3}}“)"
)
# Nothing but a kind, with a letter before it.
_BARE_KIND = compiled(f"{HANZI}?(?:平台|机制|制度|系统|体系|名单|清单|目录)$")
_NO_NAME = hint(
    r"体现在人多政民基一二三四五六七八九十\d以生水城山慢交绿排管经控动灌喷各载达提冷粮仓",
    r"体制机制|^现有|在(?:制度|机制)$|人民代表大会|多党合作|政治协商|现代企业制度|民族区域自治|基层群众自治|基本经济制度|[一二三四五六七八九十\d]个|以上|(?<!智慧)生态系统|(?:水|城市|山体|慢行|交通|绿地|排水"
    r"|管网|水系|经济|控制|动力|灌溉|喷灌)系统|各类平台|载体平台|[达提]到|水库|冷库|粮库|仓库",
)
# What stands behind a name and its nouns of action: an amount, 等, brackets.
_AMOUNT = regex(r"[\d.]+[万亿]*元$")
_LONGEST_AMOUNT = 20
# “…”式…模式: the words between a masked quotation and 模式.
_QUOTED_MODEL = regex(rf"\x00{HANZI}{{0,6}}$")
# In a heading a name needs so many letters before its head, or a head that says enough by itself.
_LONG_STEM = 5
_SHORT_KINDS = ("长制", "库", "基金", "清单", "一张图", "小程序", "大脑", "预案")
_SYSTEM, _MODEL = "体系", "模式"
_NOUN_LETTERS = (_SYSTEM[-1], _MODEL[-1])


class Head(NamedTuple):
    """``length`` letters at the end of a phrase are its head; ``function``: a system named by what it does (服务体系)."""

    length: int
    function: bool


class _Forms(NamedTuple):
    """Made once; ``closing`` are heads and practices."""

    closing: Words
    last_letters: frozenset[str]
    endings: Endings
    nouns: Words
    noun_letters: frozenset[str]
    heads: Words
    functions: Words
    practices: Words
    hollow: re.Pattern[str]
    field: re.Pattern[str]
    complete: frozenset[str]


@cache
def _forms() -> _Forms:
    words = lexicon("mechanisms")
    closing, nouns = Words({*words["heads"], *words["practices"]}), Words(_NOUNS)
    return _Forms(
        closing=closing,
        last_letters=closing.last_letters | nouns.last_letters | frozenset("系式等元上)\x00"),
        endings=Endings.of(tails({*closing.all, *nouns.all, _SYSTEM, _MODEL, "等", "元", "以上", ")", "\x00"})),
        nouns=nouns,
        noun_letters=nouns.last_letters,
        heads=Words(words["heads"]),
        functions=Words(words["functions"]),
        practices=Words(words["practices"]),
        hollow=compiled(f"(?:{alternation(words['hollow'])})*"),
        field=compiled(
            f"(?:{alternation({*words['hollow'], *words['fields']})}|多层次|多元化|全方位|全周期|生命|学前|[的、]|{HANZI}*均等{HANZI}*)*"
        ),
        complete=frozenset(words["complete"]),
    )


def clause_endings() -> Endings:
    """What a clause with a mechanism at its end may end in: a letter, or two."""
    return _forms().endings


@lru_cache(REMEMBERED)
def head_of(words: str) -> Head | None:
    """The head that closes the words, a closing quotation mark or masked bracket behind it included; None where none does."""
    inner = words[:-1] if words[-1:] == "”" else words.rstrip("\x00")
    system = _system(inner)
    length = system or len(_forms().heads.ending(inner))
    return Head(length + len(words) - len(inner), system > 0) if length else None


def _system(words: str) -> int:
    """How many letters the head of a system or model takes that is named by what stands before the noun; 0 where none does."""
    if words[-1:] not in _NOUN_LETTERS:
        return 0
    if words.endswith(_SYSTEM):
        function = _forms().functions.ending(words[: -len(_SYSTEM)])
        return len(function) + len(_SYSTEM) if function else 0
    quoted = _QUOTED_MODEL.search(words[: -len(_MODEL)]) if words.endswith(_MODEL) else None
    return len(words) - quoted.start() if quoted else 0


def is_head(piece: str) -> bool:
    return len(piece) >= _SHORTEST_RULE and head_of(piece) is not None


def ends_in_practice(words: str) -> bool:
    return bool(_forms().practices.ending(words))


def may_close(shown: str) -> bool:
    """Does the clause end where a name may end? The cheap first question."""
    if shown[-1:] not in _forms().last_letters:
        return False
    words = shown.rstrip(")\x00").removesuffix("等").removesuffix("以上")
    if _is_closed(words):
        return True
    amount = _AMOUNT.search(words, max(0, len(words) - _LONGEST_AMOUNT)) if words.endswith("元") else None
    words = words[: amount.start()] if amount else words
    return any(map(_is_closed, _without_nouns(words))) if words[-1:] in _forms().noun_letters or amount else False


def _is_closed(words: str) -> bool:
    inner = words.rstrip("\x00") if words[-1:] == "\x00" else words
    return bool(_forms().closing.ending(inner)) or _system(inner) > 0


def _without_nouns(words: str) -> Iterator[str]:
    yield words
    for noun in _forms().nouns.each_ending(words):
        yield from _without_nouns(words[: -len(noun)])


def without_additions(phrase: str, shown: str) -> str:
    """The clause up to the head of its object: without brackets, amounts, nouns of action and what 并 adds to it."""
    body = shown.rstrip("\x00") if phrase.endswith(")") else shown
    more = _GOES_ON.search(body)
    if more and head_of(body[: more.start()]):
        body = body[: more.start()]
    cut = without_nominal(body.removesuffix("等"))
    return body if cut.endswith("制度") and body.endswith("制度改革") else cut


def without_nominal(words: str) -> str:
    """The words without the nouns of action and amounts that close them."""
    return _NOMINAL.sub("", words) if words[-1:] in _NOMINAL_ENDS else words


def short_name(printed: str) -> str | None:
    """The name as a table would have it: without number words, and without the attribute where the rest says enough."""
    name = printed.strip("、")
    name = name[match_end(_LEADING, name) :]
    name = name[match_end(_VERB_LEFT, name) :]
    cut = mask(name).rfind("的")
    rest = name[cut + 1 :]
    if cut >= 0:
        name = rest if len(rest) >= SHORTEST_PLAIN and not is_hollow(rest) else name[:cut] + rest
    shown = mask(name)
    if not _SHORTEST_RULE <= len(name) <= LONGEST_NAME or _BARE_KIND.match(shown) or _NO_NAME.search(shown) or is_hollow(name):
        return None
    return name


def is_told_apart(name: str) -> bool:
    """Is it one thing even as the words of a heading, which names fields of work more often: 市级医疗急救调度平台, not 生态保护制度?"""
    head = head_of(mask(name))
    if head is None or head.function:
        return head is None
    return name.endswith(_SHORT_KINDS) or (("“" in name or len(name) - head.length >= _LONG_STEM) and not name.endswith("制度"))


def is_hollow(name: str) -> bool:
    """工作机制, 创新平台: nothing but words of kind before the head; 应急预案, 林长制 and funds need no more."""
    head = head_of(mask(name))
    if head is None:
        return True
    if head.function:
        stem = name[:-2]
        return (
            _forms().field.fullmatch(stem.removesuffix("服务")) is not None
            if stem.endswith("服务")
            else _forms().hollow.fullmatch(stem) is not None
        )
    stem, noun = name[: -head.length], name[-head.length :]
    if noun.endswith(("基金", "资金", "长制", "责任制", "负责制")) and (stem or len(noun) >= _SHORTEST_RULE):
        return False
    if len(stem) >= _SHORTEST_STEM and noun.endswith(("库", "清单", "名单", "台账", "地图")):
        return False
    if not stem:
        return noun not in _forms().complete
    return len(stem) <= _LONGEST_HOLLOW and _forms().hollow.fullmatch(stem) is not None
