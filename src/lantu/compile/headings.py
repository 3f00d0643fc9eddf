"""Which numbered lines are headings, and where each heading ends: whole lines, or the words before their first full stop."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from lantu.compile.numbering import Form, HeadingNumber, read_number
from lantu.language.lexicon import HANZI
from lantu.patterns import compiled, regex
from lantu.text.document import Line, LineKind

# Lengths in characters, without the number. A heading printed alone may run over a line and a half of a page (about 28 characters
# each); one that is followed by its text is shorter; before a mere comma it is a verb with its object.
_LONGEST_ALONE = 60
_LONGEST_RUN_IN = 60
_LONGEST_PLAIN_RUN_IN = 30
_LONGEST_CLAUSE = 20
_LONGEST_LABEL = 20
_LONGEST_SENTENCE = 25
# The share of the headings among the lines of one form that makes a doubtful line of that form one too.
_MAJORITY = 0.6
_FEWEST_DECIMALS = 2

_MARK = compiled(r"[。;!?:,]")
_NOTE = compiled(r"[(〔【\[](?:牵头|责任|配合|主办|承办|协办|落实|实施|完成)[^():,。;\n]{1,8}:[^\n]{0,400}[)〕】\]]。?(?![^\n])")
_STOP = compiled(r"[。;!?]")
# An amount or a date in the words: such a clause states something, it does not name a part of the plan.
_STATEMENT = regex(r"\d(?!\+)(?:.{0,4})(?:%|‰|[亿万千百]|[元人家个所处座公亩吨米套户件次项年月日])|(?:达到|达|增长|以上|以内)\d")
_TAIL_OF_NO_HEADING = frozenset("。;!?,、")


class Shape(Enum):
    """How a numbered line looks."""

    ALONE = "alone"  # a short line without a final mark
    RUN_IN = "run-in"  # words, a full stop, and the text
    LABEL = "label"  # words, a colon, and the text
    CLAUSE = "clause"  # words, a comma, and the text: a heading only among headings
    SENTENCE = "sentence"  # one short sentence: a heading only where its text stands below
    ITEM = "item"  # an item of an enumeration
    BARE = "bare"  # a number alone: its words stand on the next line


class NumberedLine(NamedTuple):
    """``end`` is where the heading would end; ``line`` is an index into the document's lines."""

    line: int
    number: HeadingNumber
    shape: Shape
    end: int


def numbered_lines(text: str, lines: Sequence[Line], skipped: Iterable[int]) -> list[NumberedLine]:
    """Every line that begins with a heading number, table cells and ``skipped`` line indices apart."""
    left_out = frozenset(skipped)
    found: list[NumberedLine] = []
    for index, line in enumerate(lines):
        if line.kind is LineKind.CELL or index in left_out:
            continue
        number = read_number(text, line.start, line.end)
        if number is not None:
            found.append(_shaped(text, line, index, number))
    return found


def _shaped(text: str, line: Line, index: int, number: HeadingNumber) -> NumberedLine:
    if number.end >= line.end:
        return NumberedLine(index, number, Shape.BARE, line.end)
    outer = number.form <= Form.SECTION and line.end - line.start <= _LONGEST_ALONE and text[line.end - 1] in ",、"
    if line.kind is LineKind.HEADING or outer:
        return NumberedLine(index, number, Shape.ALONE, line.end)
    note = _note_behind(text, number.end, line.end)
    if note is not None:
        return NumberedLine(index, number, Shape.RUN_IN, note)
    shape, end = _shape(text, number.end, line.end)
    return NumberedLine(index, number, shape, end)


def _note_behind(text: str, start: int, end: int) -> int | None:
    """Where the note begins that says in brackets who answers for a heading of one line (1.建设平台(牵头单位:X)); None without one."""
    note = _NOTE.search(text, start, end)
    first = _MARK.search(text, start, end)
    if note is None or first is None or first.start() < note.start() or not 0 < note.start() - start <= _LONGEST_RUN_IN:
        return None
    return note.start()


def _shape(text: str, start: int, end: int) -> tuple[Shape, int]:
    first = _MARK.search(text, start, end)
    stop = _STOP.search(text, start, end)
    if stop is None:
        return _unstopped(text, start, end, first)
    if first is not None and _is_label(text, start, first):
        return Shape.LABEL, first.start()
    words = stop.start() - start
    if text[stop.start()] != "。":
        return _clause_or_item(text, start, end, first)
    if stop.end() >= end:
        whole = words <= _LONGEST_SENTENCE and not _STATEMENT.search(text, start, stop.start())
        return (Shape.SENTENCE, stop.start()) if whole else _clause_or_item(text, start, end, first)
    if words <= _LONGEST_RUN_IN and _names_a_part(text, start, stop.start()):
        return Shape.RUN_IN, stop.start()
    return _clause_or_item(text, start, end, first)


def _unstopped(text: str, start: int, end: int, first: re.Match[str] | None) -> tuple[Shape, int]:
    if first is not None and first.end() == end and text[first.start()] == ":":
        return (Shape.ALONE, first.start()) if end - start <= _LONGEST_LABEL else (Shape.ITEM, end)
    if end - start <= _LONGEST_ALONE and text[end - 1] not in _TAIL_OF_NO_HEADING and ":" not in text[start:end]:
        return Shape.ALONE, end
    if first is not None and _is_label(text, start, first):
        return Shape.LABEL, first.start()
    return _clause_or_item(text, start, end, first)


def _is_label(text: str, start: int, first: re.Match[str]) -> bool:
    """Words and a colon; not the entry of a glossary (“工改工”:指…)."""
    return text[first.start()] == ":" and first.start() - start <= _LONGEST_LABEL and not text.startswith(("指", "是指", "即"), first.end())


def _clause_or_item(text: str, start: int, end: int, first: re.Match[str] | None) -> tuple[Shape, int]:
    if first is not None and _is_clause(text, start, first):
        return Shape.CLAUSE, first.start()
    return Shape.ITEM, end


def _is_clause(text: str, start: int, first: re.Match[str]) -> bool:
    if text[first.start()] != "," or first.start() - start > _LONGEST_CLAUSE:
        return False
    return not _STATEMENT.search(text, start, first.start()) and first.start() - start >= 4


def _names_a_part(text: str, start: int, end: int) -> bool:
    """Long words before the full stop are a heading only if they state no amount."""
    if end - start <= _LONGEST_PLAIN_RUN_IN and "," not in text[start:end]:
        return True
    return not _STATEMENT.search(text, start, end)


def choose_headings(text: str, lines: Sequence[Line], numbered: Sequence[NumberedLine]) -> list[NumberedLine]:
    """The lines that are headings: those that look like one, and the doubtful ones among enough of those."""
    shares = _shares(numbered)
    enclosures = _enclosures(text, lines, numbered)
    groups = _groups(numbered)
    company = {id(members): _Company(_at_home(members), _labels_prevail(members)) for members in {id(g): g for g in groups}.values()}
    chosen = [
        item
        for item, members in zip(numbered, groups, strict=True)
        if item.line not in enclosures and _is_heading(text, lines, item, company[id(members)], shares[item.number.form])
    ]
    return _with_majors(text, lines, _without_stray_actions(_without_stray_decimals(chosen)))


class _Company(NamedTuple):
    """What the lines of one form under one outer number look like together."""

    at_home: bool
    labelled: bool


def _is_heading(text: str, lines: Sequence[Line], item: NumberedLine, company: _Company, share: float) -> bool:
    if item.shape in (Shape.ALONE, Shape.BARE):
        return True
    if item.shape is Shape.ITEM or (item.number.form > Form.CHINESE and not company.at_home):
        return False
    match item.shape:
        case Shape.SENTENCE:
            return _text_follows(text, lines, item.line)
        case Shape.CLAUSE:
            return share >= _MAJORITY
        case Shape.LABEL:
            return company.labelled
    return True


def _enclosures(text: str, lines: Sequence[Line], numbered: Sequence[NumberedLine]) -> set[int]:
    """The numbered lines of a list of enclosures (附件:1.… / 2.…)."""
    found: set[int] = set()
    for item in numbered:
        above = item.line - 1
        if above in found or (above >= 0 and text.startswith(("附件", "附:"), lines[above].start) and item.shape is Shape.ALONE):
            found.add(item.line)
    return found


def _without_stray_decimals(chosen: list[NumberedLine]) -> list[NumberedLine]:
    """1.1, 1.2, 2.1 number headings only where they count: a lone 2.1 at the head of a line is an amount."""
    paths = {item.number.path for item in chosen if item.number.form is Form.DECIMAL}
    counted = {path for path in paths if path[-1] == 1 or (*path[:-1], path[-1] - 1) in paths}
    if len(counted) < _FEWEST_DECIMALS:
        counted = set()
    return [item for item in chosen if item.number.form is not Form.DECIMAL or item.number.path in counted]


def _without_stray_actions(chosen: list[NumberedLine]) -> list[NumberedLine]:
    """行动一, 行动二 number headings only where they count; a line may begin with 工程一 by chance."""
    if {1, 2} <= {item.number.value for item in chosen if item.number.form is Form.ACTION}:
        return chosen
    return [item for item in chosen if item.number.form is not Form.ACTION]


def _with_majors(text: str, lines: Sequence[Line], chosen: list[NumberedLine]) -> list[NumberedLine]:
    """Where headings count 1.1, 1.2, 2.1, the line above 2.1 that begins with a bare 2 is the heading of that part."""
    found: list[NumberedLine] = []
    for item in chosen:
        path, line = item.number.path, item.line - 1
        if item.number.form is Form.DECIMAL and len(path) == 2 and path[1] == 1 and line >= 0:
            major = re.compile(rf"{path[0]}\s?(?=(?:{HANZI}|“))").match(text, lines[line].start, lines[line].end)
            if major and lines[line].end - lines[line].start <= _LONGEST_ALONE and text[lines[line].end - 1] not in _TAIL_OF_NO_HEADING:
                number = HeadingNumber(Form.ARABIC, path[:1], *major.span())
                found.append(NumberedLine(line, number, Shape.ALONE, lines[line].end))
        found.append(item)
    return found


def _shares(numbered: Sequence[NumberedLine]) -> dict[Form, float]:
    """For each form, which part of its lines are headings beyond doubt."""
    counts: dict[Form, list[int]] = defaultdict(lambda: [0, 0])
    for item in numbered:
        tally = counts[item.number.form]
        tally[0] += item.shape in (Shape.ALONE, Shape.RUN_IN)
        tally[1] += 1
    return {form: sure / total for form, (sure, total) in counts.items()}


def _groups(numbered: Sequence[NumberedLine]) -> list[list[NumberedLine]]:
    """For each line, the lines of its form that stand under the same outer number."""
    groups: list[list[NumberedLine]] = []
    current: dict[Form, list[NumberedLine]] = {}
    for item in numbered:
        form = item.number.form
        current = {outer: members for outer, members in current.items() if outer <= form}
        members = current.setdefault(form, [])
        members.append(item)
        groups.append(members)
    return groups


def _at_home(members: Sequence[NumberedLine]) -> bool:
    """No enumeration: most of the group look like headings or could be."""
    return sum(item.shape is Shape.ITEM for item in members) * 2 < len(members)


def _labels_prevail(members: Sequence[NumberedLine]) -> bool:
    good = sum(item.shape in (Shape.LABEL, Shape.RUN_IN, Shape.ALONE) for item in members)
    return good >= _MAJORITY * len(members)


def _text_follows(text: str, lines: Sequence[Line], index: int) -> bool:
    """Is the next line running text without a number of its own?"""
    if index + 1 >= len(lines):
        return False
    line = lines[index + 1]
    return text[line.end - 1] in "。;:!" and read_number(text, line.start, line.end) is None


def with_next_line(item: NumberedLine, lines: Sequence[Line]) -> NumberedLine:
    """A number printed alone, with the line below it as its words."""
    return item._replace(end=lines[item.line + 1].end) if item.line + 1 < len(lines) else item
