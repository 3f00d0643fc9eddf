"""Stray blanks inside a line: which of them go, and which single one stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from lantu.patterns import regex
from lantu.text.offsets import Edit

BLANK_CHARACTERS = " \t\u200b"  # the last stands for everything that prints nothing (``forms`` maps it so)
_BLANKS = regex(f"[{BLANK_CHARACTERS}]+")

_NUMERAL = "一二三四五六七八九十百零〇"
# After these a single blank stays: 第一章, 专栏2, 表1-2, 3.1 before words, "1." before digits.
# … but not where the digits are a quantity: 4.5 亿元, 6.5 左右.
_QUANTITY = "[亿万千百个元家人户亩吨米岁年月日天倍成项件平公克升度点处条座所]|[左以]|%|‰"
_HEAD_NUMBER = regex(
    rf"第[ \t]*[\d{_NUMERAL}]+[ \t]*[编篇章节条]|第[ \t]*[{_NUMERAL}]+[ \t]*部[ \t]*分"
    rf"|(?:专栏|附表|附件|附图|图|表)[ \t]*[\d{_NUMERAL}]+(?:[-.]\d+)?"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?=[ \t]+(?!{_QUANTITY})[^\x00-\x7f])|\d{{1,2}}(?:\.\d{{1,2}}){{2,3}}(?=[ \t]+[^\x00-\x7f])"
    r"|\d{1,2}\.(?=[ \t]+\d)"
)
_SENTENCE_MARK = regex(r"[。!?;]|(?<!\d),|,(?!\d)|[:、]$")
_NUMERIC = regex(r"[-+±≥≤<>〉〈＞约\[(]*\d[\d.,:/~-]*\D{0,3}|[—-]+")
_LABEL = regex(r"\W*[^\W\d]{2}")  # a cell that names something
# Digits that are one number although blanks stand between them: a year, thousands set apart, digits set apart one by one.
_ONE_NUMBER = regex(
    r"(?<![\d.])(?:(?:1[ \t]*9|2[ \t]*0)[ \t]*\d[ \t]*\d(?=[ \t]*年)"
    r"|(?:\d{1,3}(?: \d{3}){1,4}(?:\.\d{1,4})?|\d(?:[ \t]\d){1,11})(?=[ \t]*[^\x00-\x7f]))(?![\d.])"
)
# A gap so wide parts two things on one line (issuer and document number), unless the line is one word set wide.
_WIDE = 4
_ROW_CELLS = 3
_SURE_CELLS, _SURE_NUMBERS = 4, 2


def lines_with_blanks(text: str, lines: Sequence[tuple[int, int]]) -> list[int]:
    """The indices of the lines that have a blank inside."""
    present = [each for each in BLANK_CHARACTERS if each in text]
    return [index for index, (start, end) in enumerate(lines) if any(text.find(each, start, end) >= 0 for each in present)]


def flattened_rows(text: str, lines: Sequence[tuple[int, int]], spaced: Sequence[int]) -> frozenset[int]:
    """The lines that are table rows flattened with blanks: surely so by themselves, or likely and beside another."""
    strength = {index: row_strength(text[slice(*lines[index])]) for index in spaced}
    return frozenset(
        index for index, own in strength.items() if own > 1 or (own and max(strength.get(index - 1, 0), strength.get(index + 1, 0)))
    )


def space_edits(
    text: str, lines: Sequence[tuple[int, int]], spaced: Sequence[int], rows: frozenset[int], tables: Sequence[bool]
) -> Iterator[tuple[int, list[Edit]]]:
    """(index of a line, its edits) for the ``spaced`` lines; ``tables`` tells lines of tables in mark-up."""
    for index in spaced:
        start, end = lines[index]
        keeps = _Keep(text, start, end, row=index in rows and not tables[index], table=tables[index])
        found = _BLANKS.finditer(text, start, end)
        edits = [Edit(match.start(), match.end(), kept) for match in found if (kept := keeps.kept(match)) != match.group()]
        if edits:
            yield index, edits


def row_strength(line: str) -> int:
    """How surely a line is a table row flattened with blanks: 0 no, 1 beside another such line, 2 by itself."""
    cells = line.split()
    if len(cells) < _ROW_CELLS or _SENTENCE_MARK.search(line) or max(map(len, cells)) == 1:
        return 0
    numbers = sum(_NUMERIC.fullmatch(cell) is not None for cell in cells)
    labelled = any(_LABEL.match(cell) for cell in cells)
    if (numbers >= _SURE_NUMBERS and len(cells) >= _SURE_CELLS and labelled) or line.count("\t") >= _ROW_CELLS - 1:
        return 2
    return 1 if numbers or len(cells) >= _SURE_CELLS else 0


class _Keep:
    """What stays of each run of blanks in one line: "", " " or "\\t"."""

    def __init__(self, text: str, start: int, end: int, *, row: bool, table: bool) -> None:
        self.text, self.start, self.end, self.row, self.table = text, start, end, row, table
        number = _HEAD_NUMBER.match(text, start, end)
        self.after_number = number.end() if number else -1

    def kept(self, match: re.Match[str]) -> str:
        run, at, to = match.group(), match.start(), match.end()
        tab = "\t" in run
        if not tab and " " not in run:
            return ""
        if self.table and tab:
            return run
        before, after = self.text[at - 1], self.text[to]
        if self.row:
            return "" if _glued(self.text, at, to) else "\t" if tab else " "
        if at == self.after_number:
            return " "
        if is_latin(before) and is_latin(after):
            return " "
        if before.isascii() and after.isascii():
            return " " if self._apart(before, after, at) else ""
        return " " if (tab or len(run) >= _WIDE) and self._parted else ""

    def _apart(self, before: str, after: str, at: int) -> bool:
        if before.isdigit() and after.isdigit():
            return at not in self._inside_numbers
        return before in ",;:.!?&" and is_latin(after) and is_latin(self.text[at - 2 : at - 1])

    @cached_property
    def _inside_numbers(self) -> frozenset[int]:
        """The places inside digits that are one number although blanks stand between them."""
        found = _ONE_NUMBER.finditer(self.text, self.start, self.end)
        return frozenset(at for match in found for at in range(match.start() + 1, match.end()))

    @cached_property
    def _parted(self) -> bool:
        """Whether a wide gap parts two things: no sentence runs through the line, and it is not one word set wide."""
        line = self.text[self.start : self.end]
        return not _SENTENCE_MARK.search(line) and max(map(len, line.split())) > 1


def _glued(text: str, at: int, to: int) -> bool:
    """Blanks inside a cell: before the % of a number or the 年 of a year, inside a bracket, after a sign of comparison."""
    before, after = text[at - 1], text[to]
    return after == ")" or before in "(≥≤<>" or (after in "%‰" and before.isdigit()) or (after == "年" and text[at - 4 : at].isdigit())


@cache
def is_latin(character: str) -> bool:
    """Whether it is a letter of a Latin word; "" is not."""
    return character.isalpha() and character < "\u0250"
