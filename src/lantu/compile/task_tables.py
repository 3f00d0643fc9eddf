"""Rows of tables of tasks → tasks: measures from their cells, those who answer and the last day from their columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lantu.compile.duties import Duties
from lantu.compile.indicator_rows import TableCell
from lantu.compile.ledger_heads import ACTING, LedgerKind, LedgerRole
from lantu.compile.ledger_rows import LedgerRow
from lantu.compile.ledger_tables import Ledger
from lantu.compile.measures import MeasureCutter, Placed, united
from lantu.compile.numbering import read_number
from lantu.compile.passages import Passages
from lantu.compile.reading import Reading
from lantu.compile.tasks import LONGEST_TITLE, stated_deadlines
from lantu.compile.topics import find_cues, judge, named_units
from lantu.model import Actor, ActorRole, Figure, FigurePeriod, Measure, Project, Span, Task
from lantu.patterns import regex
from lantu.rulebooks.wording import wording

_NAMES = (LedgerRole.TASK, LedgerRole.PROJECT)
_YEAR = regex(r"20\d\d")
# A day or a month without its year.
_IN_THE_YEAR = regex(r"\d月|年底|年末|年内|全年|季度|半年")
_STATEMENT = regex(r"[^。;:!?\n]+")
_FIRST_CLAUSE = regex(rf"[^,。;:!?\n]{{1,{LONGEST_TITLE}}}")


def with_deadlines(reading: Reading, targets: Sequence[Figure], tables: Iterable[Ledger]) -> tuple[Figure, ...]:
    """The targets; those in a row that name no time of their own get the year of its column."""
    years = sorted(
        (row.span, year)
        for table in tables
        if table.kind is LedgerKind.TASKS
        for row in table.rows
        if (year := _column_year(reading, table, row)) is not None
    )
    return tuple(_dated(figure, years) for figure in targets) if years else tuple(targets)


def _dated(figure: Figure, years: Sequence[tuple[Span, int]]) -> Figure:
    index = bisect_right(years, figure.span.start, key=_start) - 1
    if figure.year is not None or figure.period is not None or index < 0 or years[index][0].end <= figure.span.start:
        return figure
    return replace(figure, year=years[index][1], period=FigurePeriod.BY)


def _start(dated: tuple[Span, int]) -> int:
    return dated[0].start


def with_tabled_tasks(
    tasks: Sequence[Task], tables: Sequence[Ledger], reading: Reading, passages: Passages, targets: Sequence[Figure],
    actuals: Sequence[Figure], projects: Sequence[Project], actors: Sequence[Actor],
) -> tuple[Task, ...]:  # fmt: skip
    """The tasks of the running text and those of the tables, numbered in the order of the text."""
    rows = [table for table in tables if table.kind is LedgerKind.TASKS]
    if not rows:
        return tuple(tasks)
    maker = _RowTasks(reading, passages.duties, MeasureCutter(reading, passages.clauses, targets, actuals, projects), actors)
    ordered = sorted((*tasks, *(task for table in rows for task in maker.tasks(table))), key=lambda task: task.span)
    return tuple(replace(task, id=f"task-{number}") for number, task in enumerate(ordered, 1))


class _RowTasks:
    """What the tasks of the tables of one document are made from."""

    def __init__(self, reading: Reading, duties: Duties, cutter: MeasureCutter, actors: Sequence[Actor]) -> None:
        self.reading, self.duties, self.cutter = reading, duties, cutter
        self.actors = Placed.of((actor.span.start, actor.id) for actor in actors)
        self.named = {actor.id: actor for actor in actors}
        self.cues = find_cues(reading.text).outside(united((*(actor.span for actor in actors), *(note.span for note in duties.notes))))

    def tasks(self, table: Ledger) -> Iterator[Task]:
        merged = {slot.cell.start for row in table.rows for slot in row.slots(table.columns, *_NAMES) if not slot.own}
        for row in table.rows:
            task = self._task(table, row, merged)
            if task is not None:
                yield task

    def _task(self, table: Ledger, row: LedgerRow, merged: set[int]) -> Task | None:
        """The name that stands over several rows heads them; a row below it is named by what it says."""
        names = [slot.cell for slot in row.slots(table.columns, *_NAMES) if slot.cell.start not in merged]
        said = [slot.cell for slot in row.slots(table.columns, LedgerRole.MEASURE) if slot.own]
        said = sorted((*names[1:], *said), key=lambda cell: cell.start)
        name = next(iter((*names, *said)), None)
        if name is None:
            return None
        measures = self._measures(said) or self._measures([name])
        return self._made(table, row, name, measures) if measures else None

    def _measures(self, cells: Iterable[TableCell]) -> tuple[Measure, ...]:
        sentences = [(s.start, s.end) for cell in cells for s in self.reading.tabled_in(Span(cell.start, cell.end))]
        return self.cutter.measures(span for sentence in sentences for span in self.duties.outside(self.reading.text, *sentence))

    def _made(self, table: Ledger, row: LedgerRow, name: TableCell, measures: tuple[Measure, ...]) -> Task:
        title = _title(self.reading.text, name)
        body = row.span
        path = self.reading.section_path(self.reading.section_index(body.start))
        groups = [slot.cell for slot in row.slots(table.columns, LedgerRole.GROUP, *_NAMES) if slot.cell != name]
        around = [*(section.span for section in path if section.level), *row.groups, *(Span(one.start, one.end) for one in groups)]
        judgement = judge(self.cues, body, title, around)
        acting = [Span(slot.cell.start, slot.cell.end) for slot in row.slots(table.columns, *ACTING)]
        leading = self._leading(acting)
        span, raw_span = self.reading.anchor(*body)
        return Task(
            id="", section=path[0].id if path else None, title=self.reading.text[slice(*title)].replace("\n", ""), measures=measures,
            actors=tuple(dict.fromkeys(id_ for cell in (body, *acting) for id_ in self.actors.within(*cell))),
            deadline=self._deadline(table, row, measures), topic=judgement.topic,
            suggested_units=named_units(leading) if leading else judgement.units, span=span, raw_span=raw_span,
        )  # fmt: skip

    def _leading(self, cells: Sequence[Span]) -> list[str]:
        """Those whom the columns name as the first to act; where none leads, those who answer."""
        named = [self.named[id_] for cell in cells for id_ in self.actors.within(*cell)]
        leads = [actor.name for actor in named if actor.role is ActorRole.LEAD]
        return leads or [actor.name for actor in named if actor.role is ActorRole.RESPONSIBLE]

    def _deadline(self, table: Ledger, row: LedgerRow, measures: Sequence[Measure]) -> int | None:
        """Of the column; where it names no time, or there is none, the last year that the measures name."""
        words = _deadline_words(table, row)
        year = _column_year(self.reading, table, row)
        if year is not None or any(word in words for word in wording().duty.standing):
            return year
        return max((int(year) for measure in measures for _, year in stated_deadlines(measure.text)), default=None)


def _deadline_words(table: Ledger, row: LedgerRow) -> str:
    return "\n".join(slot.cell.words for slot in row.slots(table.columns, LedgerRole.DEADLINE))


def _column_year(reading: Reading, table: Ledger, row: LedgerRow) -> int | None:
    """The last year that the deadline names; of a mere month the year of the plan or of the table."""
    words = _deadline_words(table, row)
    years = [int(year) for year in _YEAR.findall(words)] or [int(year) for _, year in stated_deadlines(words)]
    return max(years, default=_only_year(reading, table) if _IN_THE_YEAR.search(words) else None)


def _only_year(reading: Reading, table: Ledger) -> int | None:
    period = reading.period
    if period is None or period.end is None:
        return table.year or reading.issued_year
    return period.start if period.start == period.end else table.year


def _title(text: str, cell: TableCell) -> Span:
    """The words of the cell without number and last mark; of a long cell its first statement, or that one's first clause."""
    number = read_number(text, cell.start, cell.end)
    start = number.end if number and number.end < cell.end else cell.start
    words = text[start : cell.end].rstrip("。;,: \n")
    if len(words) <= LONGEST_TITLE and "。" not in words and ";" not in words:
        return Span(start, start + len(words))
    first = _STATEMENT.search(text, start, cell.end)
    if first is not None and first.end() - first.start() > LONGEST_TITLE:
        first = _FIRST_CLAUSE.search(text, first.start(), first.end())
    return Span(*first.span()) if first else Span(start, cell.end)
