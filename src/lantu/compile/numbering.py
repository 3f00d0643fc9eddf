"""The printed numbers of headings: 第一篇, 第1章, 第一节, 一、, (一), 行动一, 专栏1, 1., 1.1, (1), ①, Ⅰ. — told apart and valued."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from lantu.language.lexicon import HANZI
from lantu.patterns import compiled, regex


class Form(IntEnum):
    """The kinds of heading numbers, outermost first: a plan nests them in this order, whichever of them it uses."""

    TITLE = 0
    PART = 10  # 第一篇, 第一编, 第一部分
    CHAPTER = 20  # 第一章
    SECTION = 30  # 第一节
    CHINESE = 40  # 一、 Ⅰ.
    CHINESE_PAREN = 50  # (一)
    ACTION = 52  # 任务1: 行动一
    BOX = 55  # 专栏1
    ARABIC = 60  # 1. 1、
    ARABIC_PAREN = 70  # (1) 1)
    CIRCLED = 80  # ①
    DECIMAL = 90  # 1.1, 1.1.2: its depth, not its form, tells where it stands


# Where a form stands when nothing encloses it (plan format: 1 章 / 一、, 2 节 / (一), 3 1. / 1、 / 专栏).
TABLE_LEVEL: dict[int, int] = {
    Form.PART: 1, Form.CHAPTER: 1, Form.SECTION: 2, Form.CHINESE: 1, Form.CHINESE_PAREN: 2, Form.ACTION: 2, Form.BOX: 3,
    Form.ARABIC: 3, Form.ARABIC_PAREN: 3, Form.CIRCLED: 3,
}  # fmt: skip

_HANZI = "一二三四五六七八九"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ORDINAL = r"\s?(?P<{0}>[一二三四五六七八九十百零〇]{{1,5}}|\d{{1,3}})\s?"
_NUMBER = compiled(
    "第" + _ORDINAL.format("part") + "(?:篇(?!幅)|编(?!制)|部分)"
    "|第" + _ORDINAL.format("chapter") + "章(?!程)"
    "|第" + _ORDINAL.format("section") + "节(?![课假])"
    r"|专\s?栏\s?(?P<box>[一二三四五六七八九十]{1,3}|\d{1,3}(?:[-—.]\d{1,2})?)?\s?:?"
    r"|(?P<chinese>[一二三四五六七八九十]{1,3})\s?[、.](?![一二三四五六七八九十]、)"
    r"|\(\s?(?P<chinese_paren>[一二三四五六七八九十]{1,3})\s?\)[、.]?"
    rf"|(?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})[.、]?\s?(?=(?:{HANZI}|[“《]))"
    r"|(?P<arabic>\d{1,2})\s?[、.](?!\d)"
    r"|\(?\s?(?P<arabic_paren>\d{1,2})\s?\)[、.]?"
    rf"|(?:任务|行动|工程|举措)(?P<action>[一二三四五六七八九十]{{1,3}}|\d{{1,2}})"
    rf"(?:\s?[:、]|\.(?!\d)|\s?(?=(?:{HANZI}|[“《])))"
    r"(?![期体批般定起览是个项年月号类级套条件%])"
    rf"|(?P<circled>[{_CIRCLED}])"
    rf"|(?P<roman>[{_ROMAN}]|[IVX]{{1,4}})[、.]"
)
_FORMS = {
    "part": Form.PART, "chapter": Form.CHAPTER, "section": Form.SECTION, "box": Form.BOX, "chinese": Form.CHINESE, "roman": Form.CHINESE,
    "chinese_paren": Form.CHINESE_PAREN, "action": Form.ACTION, "arabic": Form.ARABIC, "arabic_paren": Form.ARABIC_PAREN,
    "circled": Form.CIRCLED, "decimal": Form.DECIMAL,
}  # fmt: skip
# What a line of a plan that is numbered can begin with: a cheap question before the whole pattern is tried.
_FIRST = frozenset("第专任行工举(0123456789一二三四五六七八九十IVX" + _ROMAN + _CIRCLED)


class HeadingNumber(NamedTuple):
    """A number at the head of a line; [start, end) covers it with its mark. ``path`` is (3,) for 三、 and (1, 2) for 1.2."""

    form: Form
    path: tuple[int, ...]
    start: int
    end: int

    @property
    def value(self) -> int:
        return self.path[-1] if self.path else 0


def read_number(text: str, start: int, end: int) -> HeadingNumber | None:
    """The heading number that text[start:end) begins with, or None."""
    if start >= end or text[start] not in _FIRST:
        return None
    match = _NUMBER.match(text, start, end)
    if match is None:
        return None
    name = match.lastgroup or "box"
    return HeadingNumber(_FORMS[name], _path(name, match.group(name)), start, match.end())


@lru_cache(maxsize=512)
def _path(name: str, digits: str | None) -> tuple[int, ...]:
    if digits is None:
        return ()
    if name == "circled":
        return (_CIRCLED.index(digits) + 1,)
    if name == "roman":
        return (_roman(digits),)
    return tuple(small_number(part) for part in _PATH_MARK.split(digits))


_PATH_MARK = regex(r"[-—.]")


def small_number(digits: str) -> int:
    """1–999 in Arabic or Chinese digits; 0 for what is no number."""
    if digits.isdecimal():
        return int(digits)
    hundreds, _, rest = digits.rpartition("百")
    tens, ten, units = rest.rpartition("十")
    value = 100 * _digit(hundreds, 1) if "百" in digits else 0
    return value + (10 * _digit(tens, 1) if ten else 0) + _digit(units, 0)


def _digit(hanzi: str, default: int) -> int:
    return _HANZI.find(hanzi[-1]) + 1 if hanzi else default


def _roman(letters: str) -> int:
    if letters in _ROMAN:
        return _ROMAN.index(letters) + 1
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in letters]
    return sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))


def chinese_number(value: int) -> str:
    """1–99 in Chinese digits (二十一); larger numbers in Arabic ones."""
    tens, units = divmod(value, 10)
    if not 0 < value < 100:
        return str(value)
    return ("" if tens == 0 else "十" if tens == 1 else _HANZI[tens - 1] + "十") + (_HANZI[units - 1] if units else "")


def renumbered(printed: str, value: int) -> str:
    """The printed number with another value, in the same form: (三) and 4 → (四)."""
    hanzi = re.search("[一二三四五六七八九十百]+", printed)
    if hanzi:
        return printed[: hanzi.start()] + chinese_number(value) + printed[hanzi.end() :]
    digits = list(re.finditer(r"\d+", printed))
    return printed[: digits[-1].start()] + str(value) + printed[digits[-1].end() :] if digits else str(value)
