"""Indicator tables → targets: rows with baseline, target, unit and nature, from mark-up and from flat text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from lantu.compile.flat_tables import FlatTable
from lantu.compile.indicator_cells import CellValue, is_number_cell, is_unit, is_words_cell, read_cell
from lantu.compile.indicator_rows import IndicatorRow, flat_rows, grid_rows
from lantu.compile.layout import Layout, read_layout
from lantu.compile.table_head import VALUE_ROLES, Column, Role, column, columns
from lantu.language.lexicon import HANZI
from lantu.language.units import to_base
from lantu.model import Figure, FigurePeriod, IndicatorTable, MeasureKind, Nature, PlanPeriod, Section, Span
from lantu.patterns import regex
from lantu.text.document import Document, Table

# A head takes the first row of a table, a second one where cells are merged, and a line for the table's own title.
_DEEPEST_HEAD = 3
_WIDEST = 24
# A caption is one printed line; its table begins on one of the next lines (a line of units may stand between).
_LONGEST_CAPTION = 60
_CAPTION_DISTANCE = 3
_UNITS = regex(r"\(?(?:计量)?单位:")  # the line between a caption and its table


class TableReading(NamedTuple):
    """``targets`` are the rows of all ``tables``; ``skip`` is where the tables stand, for those who read the prose."""

    tables: tuple[IndicatorTable, ...]
    targets: tuple[Figure, ...]
    skip: tuple[Span, ...]


class _Source(NamedTuple):
    """A table of indicators before its rows are read."""

    span: Span
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[IndicatorRow, ...]


def read_tables(
    document: Document, sections: Sequence[Section], period: PlanPeriod | None, layout: Layout | None = None
) -> TableReading:
    """The indicator tables of the document; tables of works, duties or statistics are none."""
    flat = (layout or read_layout(document)).tables
    sources = [*_flat_sources(document, flat, period), *_marked_sources(document, period)]
    starts = [section.span.start for section in sections]
    tables: list[IndicatorTable] = []
    targets: list[Figure] = []
    for number, source in enumerate(sorted(sources, key=lambda source: source.span), start=1):
        index = bisect_right(starts, source.rows[0].start) - 1
        section = sections[index].id if index >= 0 else None
        figures = [figure for row in _numbered_names(source.rows) for figure in _figures(document, source, row, section, period)]
        named = [replace(figure, id=f"t{number}.{place}") for place, figure in enumerate(figures, start=1)]
        targets.extend(named)
        tables.append(_table(document, source, f"t{number}", section, named))
    return TableReading(tuple(tables), tuple(targets), tuple(sorted(table.span for table in flat)))


def _flat_sources(document: Document, flat: Iterable[FlatTable], period: PlanPeriod | None) -> Iterator[_Source]:
    for table in flat:
        caption = document.text[slice(*table.caption)] if table.caption else ""
        found = columns([document.text[start:end] for start, end in table.heads], caption, period)
        rows = tuple(flat_rows(document, table, found)) if found else ()
        if found and rows:
            yield _Source(table.span, caption, found, rows)


def _marked_sources(document: Document, period: PlanPeriod | None) -> Iterator[_Source]:
    starts = [line.start for line in document.lines] if document.tables else []
    for table in document.tables:
        head = _marked_head(document, table, _caption_above(document, table, starts), period)
        if head is None:
            continue
        caption, found, first_row = head
        rows = tuple(grid_rows(document, table, found, first_row))
        if rows:
            yield _Source(table.span, caption, found, rows)


def _caption_above(document: Document, table: Table, starts: Sequence[int]) -> str:
    """The short line just above the table; "" where text stands there."""
    index = bisect_right(starts, table.span.start - 1) - 1
    while index > 0 and _UNITS.match(document.text, document.lines[index].start):
        index -= 1
    if index < 0:
        return ""
    words = document.text[document.lines[index].start : document.lines[index].end]
    return words if len(words) <= _LONGEST_CAPTION and words[-1] not in "。;" and document.lines[index].end <= table.span.start else ""


def _marked_head(document: Document, table: Table, caption: str, period: PlanPeriod | None) -> tuple[str, tuple[Column, ...], int] | None:
    """Caption, columns and first body row; the head is as many rows as bring a name and a goal together."""
    width = max((cell.column + cell.column_span for cell in table.cells), default=0)
    if width > _WIDEST:
        return None
    first = 0
    for depth in range(1, _DEEPEST_HEAD + 1):
        row = [cell for cell in table.cells if cell.row == depth - 1]
        if len(row) == 1 and row[0].column_span >= width > 1:
            caption, first = document.text[slice(*row[0].span)].strip() or caption, depth
            continue
        found = columns(_head_words(document, table, width, first, depth), caption, period)
        if found is not None and not _head_goes_on(document, table, found, depth):
            return caption, found, max(depth, max(cell.row + cell.row_span for cell in row)) if row else depth
    return None


def _head_goes_on(document: Document, table: Table, found: Sequence[Column], row: int) -> bool:
    """Is the next row one of head cells too: by its words, by the cells merged above it, or by the blanks under unmerged ones?"""
    over = [cell for cell in table.cells if cell.row < row]
    if any(cell.row + cell.row_span > row for cell in over) and any(
        1 < cell.column_span < len(found) for cell in over if cell.row == row - 1
    ):
        return True
    words = {cell.column: text for cell in table.cells if cell.row == row and (text := document.text[slice(*cell.span)].strip())}
    if words and all(column(text).role is not Role.OTHER for text in words.values()):
        return True
    values = [text for index, text in words.items() if found[index].role in VALUE_ROLES or not found[index].words]
    return len(words) > 1 and len(values) == len(words) and not any(is_number_cell(text) or is_words_cell(text) for text in values)


def _head_words(document: Document, table: Table, width: int, first: int, stop: int) -> list[str]:
    """The words over each column: the upper cell with the lower one, or the one of the two that tells what the column is."""
    stacked: list[list[str]] = [[] for _ in range(width)]
    for cell in sorted(table.cells, key=lambda cell: cell.row):
        if first <= cell.row < stop:
            words = document.text[slice(*cell.span)].strip().replace("\n", "")
            for index in range(cell.column, min(width, cell.column + cell.column_span)):
                stacked[index].append(words)
    return [_telling(words) for words in stacked]


# The lower cell of a head adds to the upper one, and does not tell another column: a unit in brackets, a letter of the column.
_AMENDS = regex(r"[(\[〔].*|.?")


def _telling(words: Sequence[str]) -> str:
    together = "".join(words)
    if len(words) < 2 or column(together).role is not Role.OTHER:
        return together
    lower, upper = words[-1], words[0]
    year = re.search(r"(?:19|20)\d\d年", upper)
    if year and column(year[0] + lower).role is not Role.OTHER:
        return year[0] + lower
    if column(lower).role is not Role.OTHER:
        return lower
    return upper if _AMENDS.fullmatch(lower) else together


_ORDINAL = regex(r"(?:\(\d{1,2}\)|\d{1,2}[).、](?!\d)|[①-⑳]|[★※*#▲])\s?")
_BARE_ORDINAL = regex(rf"\d{{1,2}}(?={HANZI})")


def _numbered_names(rows: Sequence[IndicatorRow]) -> Iterator[tuple[IndicatorRow, str]]:
    """Each row with its name freed of its number; a number without a mark is one only where it goes on counting."""
    count = 0
    for row in rows:
        words = row.name.words
        marked = _ORDINAL.match(words)
        bare = _BARE_ORDINAL.match(words)
        if marked:
            digits = re.search(r"\d+", marked[0])
            count = int(digits[0]) if digits else count + 1
            words = words[marked.end() :]
        elif bare and int(bare[0]) == count + 1:
            count += 1
            words = words[bare.end() :]
        yield row, words


# A compound unit that the table of units does not know (标台/万人) is still one where it is this short.
_LONGEST_RATIO = 6
_UNIT_END = regex(r"[(\[〔]([^()\[\]〔〕]{1,14})[)\]〕]?$|(?<=[^\d.])([%‰])$")
_REDUCED = regex(r"(?:累计)?(?:降低|下降|减少|削减|消减)(?:率|比例|幅度)?$")
_GROWN = regex(r"(?:年均)?(?:增长|增幅|增速|增长率|增长速度)$")
_GROWN_VERB = regex(r"(?:年均)?(?:增长|增加|提高)$")
_ADDED = regex(r"新增|新建|新改扩建|新培育|新引进")


class _Name(NamedTuple):
    """What the name of a row says of its values."""

    subject: str
    unit: str
    measure: MeasureKind
    yearly: bool


def _read_name(words: str, unit: str) -> _Name:
    match = _UNIT_END.search(words)
    own = (match[1] or match[2]) if match else ""
    if match and (is_unit(own) or (len(own) <= _LONGEST_RATIO and "/" in own)):
        words, unit = words[: match.start()], unit or own
    words = words.strip("*# 、").removeprefix("其中:")
    if _REDUCED.search(words):
        return _Name(_REDUCED.sub("", words) or words, unit, MeasureKind.REDUCE, "年均" in words)
    if _GROWN.search(words):
        subject = _GROWN_VERB.sub("", words) or words
        return _Name(subject, unit, MeasureKind.GROWTH, "年均" in words)
    return _Name(words, unit, MeasureKind.ADD if _ADDED.search(words) else MeasureKind.LEVEL, "年均" in words and "年均浓度" not in words)


def _figures(
    document: Document, source: _Source, named_row: tuple[IndicatorRow, str], section: str | None, period: PlanPeriod | None
) -> Iterator[Figure]:
    """One figure for each value that looks ahead; the base column is their baseline."""
    row, words = named_row
    name = _read_name(words, row.unit)
    cells = [(source.columns[index], value) for index, cell in row.values if (value := read_cell(cell.words)) is not None]
    base = next(((col, value.value) for col, value in cells if col.role is Role.BASELINE and value.value is not None), None)
    for col, value in cells:
        if col.role is not Role.BASELINE:
            yield _figure(document, row, name, col, value, base, section, period)
    merged = _merged_words(source, row)
    if merged is not None:
        yield _figure(document, row, name, *merged, None, section, period)


def _merged_words(source: _Source, row: IndicatorRow) -> tuple[Column, CellValue] | None:
    """Words over base and goal, which a table without merged cells prints under the base alone."""
    goal = next((col for col in source.columns if col.role is Role.TARGET), None)
    if goal is None or len(row.values) != 1:
        return None
    index, cell = row.values[0]
    value = read_cell(cell.words) if source.columns[index].role is Role.BASELINE and is_words_cell(cell.words) else None
    return (goal, value) if value is not None and value.words is not None else None


def _figure(
    document: Document, row: IndicatorRow, name: _Name, col: Column, value: CellValue, base: tuple[Column, float | None] | None,
    section: str | None, period: PlanPeriod | None,
) -> Figure:  # fmt: skip
    level = col.role is Role.TARGET and not value.total
    unit = value.unit or _column_unit(col, value) or name.unit
    unit = unit + name.unit if value.unit in ("万", "亿") else unit
    kind = _period(col, name, value)
    si = to_base(value.value, unit) if value.value is not None else None
    high = to_base(value.high, unit) if value.high is not None else None
    base_year = base[0].year or (period.start - 1 if period and period.start else None) if base else None
    span, raw_span = document.anchor(row.start, row.end)
    return Figure(
        id="", section=section, subject=name.subject, comparator=value.comparator, value=value.value, value_high=value.high,
        value_text=value.words, unit=unit, value_si=si[0] if si else None, value_high_si=high[0] if high else None,
        unit_si=si[1] if si else None, year=_year(col, period), period=kind, measure=_measure(col, name, value, base is not None),
        nature=Nature(row.nature) if row.nature else None, baseline=base[1] if base and level else None,
        baseline_year=base_year if level else None, doubt=document.doubt_at(row.start, row.end),
        quote=document.text[row.start : row.end], span=span, raw_span=raw_span,
    )  # fmt: skip


def _year(col: Column, period: PlanPeriod | None) -> int | None:
    """The year in the column's head; of a goal column without one the last year of the plan."""
    if col.role is not Role.TARGET:
        return None
    return col.year or (period.end if period else None)


def _column_unit(col: Column, value: CellValue) -> str | None:
    if col.role is Role.GROWTH and not value.total:
        return "%"
    return col.unit


def _period(col: Column, name: _Name, value: CellValue) -> FigurePeriod | None:
    if value.words is not None and col.role is not Role.TARGET:
        return None
    if value.total or col.role is Role.TOTAL:
        return FigurePeriod.SPAN
    yearly = col.role is Role.GROWTH or value.yearly or name.yearly
    return FigurePeriod.PER_YEAR if yearly else FigurePeriod.BY


def _measure(col: Column, name: _Name, value: CellValue, has_base: bool) -> MeasureKind:
    if value.change is not None:
        return value.change
    if name.measure is not MeasureKind.LEVEL:
        return name.measure
    if col.role is Role.GROWTH or (col.role is Role.TOTAL and has_base):
        return MeasureKind.GROWTH
    if col.role is Role.TOTAL or value.total:
        return MeasureKind.ADD
    return MeasureKind.KEEP if value.kept else MeasureKind.LEVEL


def _table(document: Document, source: _Source, ident: str, section: str | None, figures: Sequence[Figure]) -> IndicatorTable:
    span, raw_span = document.anchor(*source.span)
    return IndicatorTable(
        id=ident, section=section, caption=source.caption, columns=tuple(item.words for item in source.columns),
        rows=tuple(figure.id for figure in figures), span=span, raw_span=raw_span,
    )  # fmt: skip


_MISSING = regex(r"(?:附?表\s?[\d一二三四五六七八九十]{0,3}[-—:]?\d?)?.{0,40}?指标(?:体系|情况)?(?:一览)?表?(?:\([^()]{1,12}\))?")
_NUMBERED_CAPTION = regex(
    rf"附?表\s?(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})(?:[-—]\d{{1,2}})?[\s:].{{2,40}}|附?表\s?\d{{1,2}}(?:{HANZI}|“).{{2,40}}"
)


def _is_caption(words: str) -> bool:
    if not ("表" in words or "指标" in words) or words[-1] in "。;:,":
        return False
    return bool(_MISSING.fullmatch(words) or _NUMBERED_CAPTION.fullmatch(words))


def missing_tables(document: Document, sections: Sequence[Section], layout: Layout | None = None) -> tuple[Span, ...]:
    """Captions of tables under which no table stands."""
    headings = {section.span.start for section in sections if not section.title.endswith(("指标", "指标表"))}
    captions: list[tuple[Span, int]] = []  # each with the place before which its table must begin
    for index, line in enumerate(document.lines):
        if line.end - line.start > _LONGEST_CAPTION or line.start in headings or not _is_caption(document.text[line.start : line.end]):
            continue
        below = document.lines[index + 1 : index + 1 + _CAPTION_DISTANCE]
        captions.append((Span(line.start, line.end), below[-1].end if below else line.end))
    flat = (layout or read_layout(document)).flat if captions else []
    inside = [*flat, *(table.span for table in document.tables)]
    return tuple(at for at, limit in captions if not any(span.start < limit and at.start < span.end for span in inside))
