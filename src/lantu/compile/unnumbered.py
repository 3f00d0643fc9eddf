"""Headings without a number: the file's mark-up says so, a number between its siblings is missing, or the line stands alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from lantu.compile.headings import NumberedLine, Shape
from lantu.compile.numbering import TABLE_LEVEL, Form, read_number
from lantu.language.lexicon import HANZI
from lantu.patterns import regex
from lantu.text.document import Document, Line, LineKind

_LONGEST = 36
_LONGEST_PART_NAME = 8
# How many headings before and after a place are asked whether their count jumps over it.
_REACH = 40
_SHORTEST = 3
_LONGEST_CONTINUATION = 40
_FULL_LINE = 24
# Running text: a line that ends a sentence, or is longer than any heading.
_TEXT_LENGTH = 60
_SENTENCE_ENDS = frozenset("。;:!?")
_MARKS = regex(r"[。;:!?]|[,、]$|^[—\-(*•·#“【]")
_NO_HEADING = regex(
    r"(?:图|表|指标|示意|印发|办公室|办公厅|委员会|人民政府|(?<![格布大全开结])局|厅|办事处|有关单位|日|号)$|^(?:附[件表图录:]|表\s?\d|图\s?\d|注:|抄送|主办|责任|牵头|配合|联系|完成时限|单位)"
    r"|记者|通讯员|https?:|www\.|ICP|\d{4}年\d{1,2}月|\d{6,}"
)
_CAPTION = regex(r"(?:附[件表图录]|[表图]\s?[\d一二三四五六七八九十])")
_HANZI = regex(HANZI)
# Names of parts that plans print without a number beside their numbered chapters.
_PART_NAMES = frozenset(("前言", "引言", "序言", "序", "导言", "导语", "结语", "结束语", "后记", "附则", "名词解释", "编制说明", "附录"))


class PlainHeading(NamedTuple):
    """An unnumbered heading; ``rank`` places it among the forms of numbers, ``level`` is final."""

    line: int
    start: int
    end: int
    rank: int
    level: int


def find_plain_headings(
    document: Document, chosen: Sequence[NumberedLine], numbered: Sequence[NumberedLine], taken: set[int]
) -> list[PlainHeading]:
    """``taken`` are lines of titles, contents lists and tables."""
    heads = {item.line for item in chosen}
    occupied = taken | heads | {item.line for item in numbered}
    marked = _marked_levels(document, chosen)
    positions = [item.line for item in chosen]
    found: list[PlainHeading] = []
    begun = False  # unnumbered lines before the first text are page head, not outline
    for index, line in enumerate(document.lines):
        if index in occupied:
            begun = begun or index in heads
        elif line.kind is LineKind.HEADING and not _CAPTION.match(document.text, line.start, line.end):
            found.append(PlainHeading(index, line.start, line.end, *_marked_place(line, marked)))
        elif _is_text(document.text, line):
            begun = True
        elif (begun or _is_part_name(document.text, line)) and _stands_alone(document, index, heads, occupied):
            place = _place(document, index, chosen, bisect_left(positions, index), heads)
            if place is not None:
                found.append(PlainHeading(index, line.start, line.end, *place))
    return found


def _is_text(text: str, line: Line) -> bool:
    return line.end - line.start > _TEXT_LENGTH or (text[line.end - 1] in _SENTENCE_ENDS and line.end - line.start > _LONGEST)


def _marked_levels(document: Document, chosen: Sequence[NumberedLine]) -> dict[int, Form]:
    """Which form of number the file's own heading levels bear."""
    forms: dict[int, Form] = {}
    for item in chosen:
        level = document.lines[item.line].level
        if level is not None and item.number.form is not Form.DECIMAL:
            forms.setdefault(level, item.number.form)
    return forms


def _marked_place(line: Line, marked: dict[int, Form]) -> tuple[int, int]:
    """Rank and level of a heading that the mark-up names: those of the numbered headings of its style, else by its depth."""
    form = marked.get(line.level or 1)
    if form is not None:
        return form, TABLE_LEVEL[form]
    depth = min(max(line.level or 1, 1), 3)
    return (Form.CHAPTER, Form.SECTION, Form.ARABIC)[depth - 1], depth


def _stands_alone(document: Document, index: int, heads: set[int], occupied: set[int]) -> bool:
    """A short unmarked line whose neighbours are text or headings: no list, no table, no caption, no signature."""
    text, lines = document.text, document.lines
    line = lines[index]
    if _is_part_name(text, line):
        return True
    words = text[line.start : line.end].strip()
    if not _is_plain(words, _LONGEST) or index + 1 >= len(lines) or index == 0:
        return False
    before = index - 1 in heads or _is_text(text, lines[index - 1]) or _ends_sentence(text, lines[index - 1])
    after = index + 1 in heads or (index + 1 not in occupied and _is_text(text, lines[index + 1]))
    return before and after


def _is_part_name(text: str, line: Line) -> bool:
    return line.end - line.start <= _LONGEST_PART_NAME and "".join(text[line.start : line.end].split()) in _PART_NAMES


def _ends_sentence(text: str, line: Line) -> bool:
    return text[line.end - 1] in _SENTENCE_ENDS or text[line.end - 1] in "”)"


def _is_plain(words: str, longest: int) -> bool:
    if not _SHORTEST <= len(words) <= longest or _MARKS.search(words) or _NO_HEADING.search(words):
        return False
    return len(_HANZI.findall(words)) * 2 > len(words)


def is_continuation(document: Document, item: NumberedLine) -> bool:
    """Is the line below a heading its second printed line, or the words of a number that stands alone?"""
    lines, text = document.lines, document.text
    if item.line + 1 >= len(lines) or not _may_run_over(text, lines[item.line], item):
        return False
    line = lines[item.line + 1]
    if line.kind is LineKind.CELL or read_number(text, line.start, line.end) is not None:
        return False
    return _is_plain(text[line.start : line.end].strip(), _LONGEST_CONTINUATION)


def _may_run_over(text: str, line: Line, item: NumberedLine) -> bool:
    """Chapters are set in lines cut by sense; lesser headings run over only where they fill a line or end in a comma."""
    if item.shape is Shape.BARE or item.number.form <= Form.CHAPTER:
        return True
    return line.end - line.start >= _FULL_LINE or text[line.end - 1] in ",、"


def _place(
    document: Document, index: int, chosen: Sequence[NumberedLine], following: int, heads: set[int]
) -> tuple[int, int] | None:
    """Rank and level of an unnumbered heading before ``chosen[following]``; None where it carries on the heading above it."""
    above = chosen[following - 1] if following else None
    if above is not None and above.line == index - 1 and document.text[document.lines[above.line].end - 1] in ",、":
        return None
    missing = _missing_number(chosen, following)
    if missing is not None:
        return missing, TABLE_LEVEL[missing]
    line = document.lines[index]
    if _is_part_name(document.text, line):
        return Form.CHAPTER, 1
    if above is not None and above.line == index - 1 and is_continuation(document, above):
        return None
    if following < len(chosen) and chosen[following].line == index + 1 and chosen[following].number.value == 1:
        form = chosen[following].number.form
        return form - 5, max(1, TABLE_LEVEL.get(form, 1) - 1)
    outer = TABLE_LEVEL.get(above.number.form, 1) if above is not None else 0
    return Form.ARABIC_PAREN + 5, min(outer + 1, 3)


def _missing_number(chosen: Sequence[NumberedLine], following: int) -> Form | None:
    """The form whose count jumps over this place: 第二节 comes next and no 第一节 has been in this chapter."""
    seen: set[Form] = set()
    outermost = Form.DECIMAL
    for item in chosen[following : following + _REACH]:
        form, value = item.number.form, item.number.value
        if form >= outermost or form in seen or form in (Form.BOX, Form.DECIMAL):
            continue
        seen.add(form)
        outermost = form
        if value >= 2 and _last_value(chosen, following, form) == value - 2:
            return form
    return None


def _last_value(chosen: Sequence[NumberedLine], following: int, form: Form) -> int:
    """The last number of this form before ``following`` under the same outer heading; 0 where none stands there."""
    for item in reversed(chosen[max(0, following - _REACH) : following]):
        if item.number.form == form:
            return item.number.value
        if item.number.form < form:
            break
    return 0
