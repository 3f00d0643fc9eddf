"""Marks in the text itself: secrecy, empty places, torn numbers, marks without their pair, abbreviations, damage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import merge

from lantu.compile.checks.report import Report
from lantu.patterns import regex

# A marking stands alone on its line: (?<![^\n].) after a first character says that the line begins with it.
_SECRET = regex(
    r"(?:绝(?<![^\n].)密|机(?<![^\n].)密|秘(?<![^\n].)密)(?:[★☆*](?:\d{1,2}年|长期)?|\d{1,2}年)?(?![^\n])|密级:(?:绝密|机密|秘密)[^\n,。]{0,8}"
)
_INTERNAL = regex(r"内(?<![^\n].)部(?:资料|文件|使用|刊物)[^\n。]{0,12}(?![^\n])|不得外传|注意保密|严禁外传|阅后收回|不予公开")
# Every alternative begins with its own character, so that the places without any of them are passed over at once.
_PLACEHOLDER = regex(
    r"XX+(?![A-Za-z0-9*])|××+|\*\*\*+|___+|某某|待(?:定|补充|核实|填|完善)(?=[)。;,、】\n])(?<![稳确拟制]待.)"
    r"|【[^】\n]{0,12}(?:填|补充|核实|待定)[^】\n]{0,8}】|【\s?】|\(\s?\)(?!\w)|到(?:[亿万]元|万人)(?=[,。;])|约(?:[亿万]元|万人)(?=[,。;])|达(?:[亿万]元|万人)(?=[,。;])"
)
# Without one of these words there is no such marking: most plans are not looked through at all.
_SECRET_WORDS = ("绝密", "机密", "秘密")
_INTERNAL_WORDS = ("内部", "不得外传", "注意保密", "严禁外传", "阅后收回", "不予公开")
_LATIN = regex(r"[A-Za-z0-9*]")
# Patterns of numbers begin with one \d: places without a digit are then passed over at once.
# 2.24亿20.3亿元, 146%79.1%: a unit and the next number without a mark between them; 1.2.3: two points in one number.
_RUN_TOGETHER = regex(
    r"\d(?:(?:%|‰|[亿万]元|公里|万?人|个百分点|[亿万](?=\d+(?:\.\d+)?[亿万]?元))\d+(?:\.\d+)?(?:%|‰|[亿万]元?|[元个家人])"
    r"|\d*\.\d+\.\d+(?![.\d]|[章节条])[%亿万元个家人])"
)
_LONG_COUNT = regex(r"(\d\d{6,})[名人户家个所处]")
# Each begins with one character, which the engine looks for quicker than for one of two.
_TORN_POINT = regex(r"\.(?:(?<=\d.)(?=[。,;%‰亿万元个家人])|(?<![A-Za-z0-9.].)\d+(?=[%‰亿万元]))")
_TORN_COMMA = regex(r",(?<=\d,)(?=\d{1,2}[%亿万元个家人])")
_DATE = regex(r"(\d\d?)月(\d\d?)日")
_SHORT_NAME = regex(r"以下(?:简|统)称:?(?:为)?[“《‘]([^”》’\n]{1,20})[”》’]")
_LIST_NUMBER = regex(r"(?<![\d(])\d{1,2}\)|(?<!\()[一二三四五六七八九十]\)|(?<![\w(])[a-zA-Z]\)")
_PAIRS = (("“", "”", "双引号"), ("《", "》", "书名号"), ("(", ")", "圆括号"), ("【", "】", "方头括号"))
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_GUESSED = "推断"  # the repair says so of words that it chose by their context
_AROUND = 12  # characters before a torn number that make it findable for the reader


def check_wording(report: Report) -> None:
    _check_markings(report)
    _check_numbers(report)
    _check_dates(report)
    _check_short_names(report)
    _check_pairs(report)
    _check_damage(report)


def _check_markings(report: Report) -> None:
    for code, pattern, words in (("secrecy_marking", _SECRET, _SECRET_WORDS), ("internal_marking", _INTERNAL, _INTERNAL_WORDS)):
        for match in pattern.finditer(report.text) if any(word in report.text for word in words) else ():
            report.add(code, *match.span(), marking=match[0].removeprefix("密级:"))
    for match in _PLACEHOLDER.finditer(report.text):
        if not (match[0][0] == "X" and match.start() and _LATIN.match(report.text, match.start() - 1)):
            report.add("placeholder_text", *match.span(), quote=_around(report, *match.span()))


def _check_numbers(report: Report) -> None:
    for match in _RUN_TOGETHER.finditer(report.text):
        report.add("numbers_run_together", *match.span(), quote=_around(report, *match.span()))
    for match in _LONG_COUNT.finditer(report.text):
        if len(match[1]) >= report.limits.longest_count and report.text[match.start() - 1] != ".":
            report.add("numbers_run_together", *match.span(), quote=_around(report, *match.span()))
    for match in merge(_TORN_POINT.finditer(report.text), _TORN_COMMA.finditer(report.text), key=re.Match.start):
        report.add("number_torn_apart", *match.span(), quote=_around(report, *match.span()))


def _check_dates(report: Report) -> None:
    for match in _DATE.finditer(report.text) if "日" in report.text else ():
        month, day = int(match[1]), int(match[2])
        if not 1 <= month <= 12 or not 1 <= day <= _LONGEST_MONTH[month - 1]:
            report.add("impossible_date", *match.span(), quote=match[0])


def _check_short_names(report: Report) -> None:
    seen: set[str] = set()
    for match in _SHORT_NAME.finditer(report.text):
        name = match[1]
        if name in seen:
            report.add("abbreviation_redefined", *match.span(), name=name)
        elif report.text.find(name, match.end()) < 0:
            report.add("abbreviation_unused", *match.span(), name=name)
        seen.add(name)


def _check_pairs(report: Report) -> None:
    """Paragraphs with more opening than closing marks, or the other way about; titles may be broken over lines."""
    titles = [section.span for section in report.reading.sections if section.level == 0]
    for line in report.reading.document.lines:
        for mark in _unpaired(report.text[line.start : line.end]):
            if not any(title.start <= line.start < title.end for title in titles):
                report.add("unbalanced_marks", line.start, line.end, mark=mark, quote=report.quote(line.start, line.end))


def _unpaired(words: str) -> Iterator[str]:
    """The kinds of marks that do not pair; 1) and 一) close nothing."""
    for opening, closing, name in _PAIRS:
        if (opening in words or closing in words) and words.count(opening) != words.count(closing):
            plain = _LIST_NUMBER.sub("", words)
            if plain.count(opening) != plain.count(closing):
                yield name


def _check_damage(report: Report) -> None:
    for doubt in report.reading.document.doubts:
        code = "restored_by_choice" if _GUESSED in doubt.why else "text_lost"
        report.add(code, *doubt.span, why=doubt.why, quote=_around(report, *doubt.span))


def _around(report: Report, start: int, end: int) -> str:
    """The place with a few words before and after it, within its line."""
    text = report.text
    low = max(start - _AROUND, text.rfind("\n", 0, start) + 1)
    stop = text.find("\n", end)
    return report.quote(low, min(end + _AROUND, len(text) if stop < 0 else stop))
