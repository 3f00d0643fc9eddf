"""The dry run of a workbook that came back, and taking over what somebody decided to. Every row stands or falls alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require_in_unit
from lantu_web.documents.folders import on_disk
from lantu_web.lib import clock
from lantu_web.lib.cells import key
from lantu_web.lib.errors import Invalid, Refused
from lantu_web.tasks.commands.changing import as_day, as_number, change_held
from lantu_web.tasks.commands.dividing import add_task
from lantu_web.tasks.commands.exchange_leases import end, progress
from lantu_web.tasks.commands.locking import locked_division, locked_task
from lantu_web.tasks.commands.parts import VALUE, put_years
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.drafts import Draft, YearDraft
from lantu_web.tasks.enums import Choice, ExchangeKind, ExchangeState, TaskState, Verdict
from lantu_web.tasks.models import Division, Exchange, ExchangeRow, Task
from lantu_web.tasks.queries.exchange_lines import PORTION, Line, lines_of, people_of, values_by_id
from lantu_web.tasks.queries.exchange_names import Names, names_in
from lantu_web.tasks.queries.exchanges import to_take_over, undecided
from lantu_web.tasks.queries.paths import years_of
from lantu_web.tasks.queries.visible import tasks_visible_to
from lantu_web.tasks.spreadsheet import deciding
from lantu_web.tasks.spreadsheet.comparing import Compared, compare, is_year, standing
from lantu_web.tasks.spreadsheet.finding import Finder, in_order
from lantu_web.tasks.spreadsheet.foreign import compare_foreign, heads_of, is_sum_or_note
from lantu_web.tasks.spreadsheet.heads import Heads
from lantu_web.tasks.spreadsheet.heads import missing as missing_heads
from lantu_web.tasks.spreadsheet.layout import places_of
from lantu_web.tasks.spreadsheet.reading import Fault, Row, Workbook

_key = lru_cache(maxsize=50_000)(key)  # the words of a plan are looked through for each new row


def dry_run(*, by: Person, exchange: Exchange) -> None:
    """Compare every row with the task as it stands; nothing of the ledger is written. Raises Invalid for a file that is none of ours."""
    ExchangeRow.objects.filter(exchange=exchange).delete()  # of an attempt that was killed
    book = Workbook(on_disk(exchange.path))
    try:
        heads = book.heads()
        origin = Exchange.objects.filter(
            batch=heads.batch or "", zone_id=exchange.zone_id, kind=ExchangeKind.EXPORT_LEDGER
        ).first()  # fmt: skip
        if origin is None:
            raise Invalid(_("This workbook was exported by another zone or installation; its rows are none of this ledger."), field="file")
        visible = tasks_visible_to(by)
        names = names_in(exchange.zone_id, people_of(visible))
        comparing = _Comparing(by, exchange, names, Finder(names), max(1, book.count()))
        for portion in _portions(book.rows(heads), PORTION):
            comparing.take(portion)
        missing = max(0, int(origin.told.get("rows", 0)) - len(comparing.seen))
        told: dict[str, Any] = {"rows": comparing.count, "same": comparing.same, "missing": missing}
        exported = [place.name for place in places_of(origin.columns, comparing.years, frozenset())]
        notes = _notes(heads, exported, book.other_ledgers(), comparing.misplaced)
        more = {"notes": notes, "signing_again": comparing.signing_again}
        end(exchange, ExchangeState.READY, told=told | {name: value for name, value in more.items() if value})
    finally:
        book.close()


def _notes(heads: Heads, exported: Sequence[str], others: Sequence[str], misplaced: int) -> list[str]:
    """What of the file is not read, and what was done to all of it."""
    notes = []
    if misplaced:
        message = _("In %(count)s rows the hidden cells belong to another task: the table was sorted, or cells were moved, without them. "
                    "Those rows are not taken over. Undo the sorting, or sort all columns with the hidden ones.")  # fmt: skip
        notes.append(message % {"count": misplaced})
    for cell, text in heads.unread.items():
        notes.append(_("%(cell)s: the column “%(column)s” means nothing here and is not read.") % {"cell": cell, "column": text})
    for text in missing_heads(heads, exported):
        notes.append(_("The column “%(column)s” of the export is not in the file: what it says stays as it is.") % {"column": text})
    for name in others:
        message = _("The sheet “%(sheet)s” was exported from here too; it is not read. Bring it back in a file of its own.")
        notes.append(message % {"sheet": name})
    return notes


class _Comparing:
    """Portion after portion; ``seen`` are the tasks that had a row already."""

    def __init__(self, by: Person, exchange: Exchange, names: Names, finder: Finder, expected: int) -> None:
        self._by, self._exchange, self._names, self._finder, self._expected = by, exchange, names, finder, expected
        self.seen: set[int] = set()
        self.count = self.same = self.misplaced = self.signing_again = 0
        self.years: set[int] = set()  # of which the rows had a target when they went out

    def take(self, rows: Sequence[Row]) -> None:
        wanted = [row.task_id for row in rows if row.task_id is not None]
        ids = list(tasks_visible_to(self._by).filter(pk__in=wanted).values_list("pk", flat=True))
        here = {line.task_id: line for portion in lines_of(ids, self._names) for line in portion}
        now = values_by_id(ids)
        made = []
        for row in rows:
            line = here.get(row.task_id or 0)
            found = self._compared(row, line, now)
            self.count += 1
            self.misplaced += found.is_misplaced
            self.signing_again += line is not None and _asks_again(found, now[line.task_id])
            self.years.update(int(name) for name in row.base or () if is_year(name))
            if found.verdict == Verdict.SAME and not found.faults:
                self.same += 1
            else:
                made.append(_kept(self._exchange, row, line, found))
        ExchangeRow.objects.bulk_create(made)
        last = rows[-1].number if rows else 0
        progress(self._exchange, 100 * last / max(self._expected, last, 1))

    def _compared(self, row: Row, line: Line | None, now: Any) -> Compared:
        address = next(iter(row.cells.values()), "")
        if row.task_id is None:
            told = _("This row belongs to no task. New tasks come in as a ledger of another origin, or are entered in the breakdown.")
            return Compared(verdict=Verdict.WRONG, faults=(Fault(cell=address, value=row.texts.get("title", ""), message=told),))
        if line is None:
            told = _("This task is not there any more, or is none that you see.")
            return Compared(verdict=Verdict.WRONG, faults=(Fault(cell=address, value=row.texts.get("title", ""), message=told),))
        if row.task_id in self.seen:
            told = _("This task stands in the file a second time. A copied row is no new task.")
            return Compared(verdict=Verdict.WRONG, faults=(Fault(cell=address, value=row.texts.get("title", ""), message=told),))
        self.seen.add(row.task_id)
        return compare(row, line, now[row.task_id], self._finder, self._by)


def dry_run_foreign(*, by: Person, exchange: Exchange) -> None:
    """Compare every row of a ledger of another make with the tasks of the plan that say the same words."""
    ExchangeRow.objects.filter(exchange=exchange).delete()
    tasks = _standing_tasks(by, exchange)
    names, known = names_in(exchange.zone_id, people_of(tasks)), _by_words(tasks)
    finder, seen, count, same, again = Finder(names), set[str](), 0, 0, 0
    book = Workbook(on_disk(exchange.path), exchange.told.get("sheet", ""))
    try:
        heads = heads_of(int(exchange.told["head_row"]), exchange.mapping or {})
        for portion in _portions((row for row in book.rows(heads) if row.texts.get("title")), PORTION):
            found = [known[word] for row in portion if (word := key(row.texts["title"])) in known]
            here, now = {line.task_id: line for lines in lines_of(found, names) for line in lines}, values_by_id(found)
            made = []
            for row in portion:
                line = here.get(known.get(key(row.texts["title"]), 0))
                stands = now.get(line.task_id) if line else None
                compared = _twice(row) if key(row.texts["title"]) in seen else compare_foreign(row, line, stands, finder)
                seen.add(key(row.texts["title"]))
                count, same = count + 1, same + (compared.verdict == Verdict.SAME)
                again += stands is not None and _asks_again(compared, stands)
                if compared.verdict != Verdict.SAME:
                    made.append(_kept(exchange, row, line, compared))
            ExchangeRow.objects.bulk_create(made)
            progress(exchange, 100 * portion[-1].number / max(book.count(), portion[-1].number))
        told = {"rows": count, "same": same} | ({"signing_again": again} if again else {})
        end(exchange, ExchangeState.READY, told={**exchange.told, **told})
    finally:
        book.close()


def _standing_tasks(by: Person, exchange: Exchange) -> QuerySet[Task]:
    """With which a ledger of another make is compared."""
    return tasks_visible_to(by).filter(plan=exchange.plan_id).exclude(state=TaskState.WITHDRAWN)


def _by_words(tasks: QuerySet[Task]) -> dict[str, int]:
    return {_key(title): pk for pk, title in tasks.order_by("pk").values_list("pk", "title")}


def _twice(row: Row) -> Compared:
    told = _("These words stand in the file a second time.")
    return Compared(verdict=Verdict.WRONG, faults=(Fault(cell=row.cells["title"], value=row.texts["title"], message=told),))


def _asks_again(found: Compared, now: Mapping[str, Any]) -> bool:
    """Whether units are asked to sign the task anew if the row is taken over."""
    is_signed = any(is_year(name) or FIELDS[name].is_signed for name in found.changes)
    return is_signed and now["state"] == TaskState.SENT and found.verdict in (Verdict.CHANGED, Verdict.CONFLICT)


def _kept(exchange: Exchange, row: Row, line: Line | None, found: Compared) -> ExchangeRow:
    texts = line.texts if line is not None else row.texts
    return ExchangeRow(
        exchange=exchange, row=row.number, task_id=line.task_id if line else None, task_revision=line.revision if line else None,
        label=f"{texts.get('number', '')} {texts.get('title', '')}".strip()[:330], verdict=found.verdict, changes=dict(found.changes),
        messages=[fault.as_json() for fault in found.faults],
        choice=Choice.LEAVE if found.verdict == Verdict.NEW and is_sum_or_note(row.texts["title"]) else Choice.OPEN,
    )  # fmt: skip


def take_over_rows(*, by: Person, exchange: Exchange) -> None:
    """Write what was decided, each row in a transaction of its own: a killed worker's successor goes on where it stopped."""
    ids = list(to_take_over(exchange).order_by("row").values_list("pk", flat=True))
    for at, pk in enumerate(ids):
        take_over_row(by=by, exchange=exchange, row_id=pk)
        if at % 10 == 0:
            progress(exchange, 100 * at / len(ids))
    done = not undecided(exchange).exists()
    taken = ExchangeRow.objects.filter(exchange=exchange, taken_at__isnull=False).count()
    end(
        exchange, ExchangeState.APPLIED if done else ExchangeState.READY, told={**exchange.told, "taken": taken}, is_wanted=False
    )  # fmt: skip


def take_over_row(*, by: Person, exchange: Exchange, row_id: int) -> None:
    """One row; what cannot be is kept as wrong with the reason, what was changed meanwhile is a conflict again."""
    try:
        with transaction.atomic():
            _write(by, exchange, row_id)
    except Refused as refusal:
        with transaction.atomic():
            row = ExchangeRow.objects.select_for_update().get(pk=row_id)
            _refused(row)
            row.messages = [*row.messages, Fault(cell="", value="", message=str(refusal)).as_json()]
            row.save()


def _refused(row: ExchangeRow) -> None:
    """Cells that were chosen one by one and do not go together are chosen anew; else the row is at fault."""
    if row.choice == Choice.MIXED:
        row.changes, row.choice = deciding.reopened(row.changes, row.changes), Choice.OPEN
    else:
        row.verdict = Verdict.WRONG
    row.revision += 1


def _write(by: Person, exchange: Exchange, row_id: int) -> None:
    row = ExchangeRow.objects.select_for_update(of=("self",)).get(pk=row_id)
    if row.taken_at is not None:
        return
    if row.verdict == Verdict.NEW:
        _write_new(by, exchange, row)
        return
    assert row.task_id is not None
    task = locked_task(by=by, task_id=row.task_id)
    if task.revision != row.task_revision and _has_moved(row, task):
        row.save()
        return
    taken = deciding.taken(row.changes)
    values = {name: taken[name] for name in in_order(taken)}
    told: dict[str, Any] = {
        "reason": _("From the file “%(name)s”") % {"name": exchange.file_name[:200]}, "batch": exchange.batch, "action": "task.import",
    }  # fmt: skip
    if years := {int(name): value for name, value in taken.items() if is_year(name)}:
        _put_years(by, task, years, values, told)
    elif values:
        change_held(by=by, task=task, values=values, **told)
    row.taken_at, row.revision = clock.now(), row.revision + 1
    row.save()


def _put_years(by: Person, task: Task, years: Mapping[int, Any], values: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    """The years of the file in place of those that stand; the others stay, and the fields go along, since years and target must fit."""
    require_in_unit(by, Right.DIVISION_WRITE, task.lead_unit_id)
    staying = [YearDraft(year=part.year, goal=part.goal, value=part.value) for part in years_of(task) if part.year not in years]
    wanted = [YearDraft(year=year, goal=one["goal"], value=as_number(one["value"], VALUE)) for year, one in years.items() if one]
    put_years(by=by, task=task, years=[*staying, *wanted], values=values, **told)


def _write_new(by: Person, exchange: Exchange, row: ExchangeRow) -> None:
    """A new task, unless one of these words was entered meanwhile: the division is held, so that of two files one sees the other."""
    division = locked_division(by=by, division_id=Division.objects.only("pk").get(plan=exchange.plan_id, zone=exchange.zone_id).pk)
    known = _by_words(_standing_tasks(by, exchange)).get(_key(row.changes["title"]["value"]))
    if known is not None:
        _meet(row, locked_task(by=by, task_id=known))
    else:
        row.task = _new_task(by, exchange, division, {name: ways["value"] for name, ways in row.changes.items()})
        row.taken_at = clock.now()
    row.revision += 1
    row.save()


def _meet(row: ExchangeRow, task: Task) -> None:
    """What was new is compared with the task that is there now; where they differ somebody decides anew."""
    names, line = _line_of(task)
    texts = {name: ways["file"] for name, ways in row.changes.items()}
    wanted = Row(number=row.row, task_id=task.pk, revision=None, base=None, texts=texts)
    found = compare_foreign(wanted, line, values_by_id([task.pk])[task.pk], Finder(names))
    told = Fault(cell="", value="", message=_("Meanwhile a task of these words was entered; the file brings no second one."))
    row.task, row.task_revision, row.verdict, row.choice = task, task.revision, found.verdict, Choice.OPEN
    row.changes, row.messages = dict(found.changes), [*row.messages, *(fault.as_json() for fault in (told, *found.faults))]


def _new_task(by: Person, exchange: Exchange, division: Division, values: Mapping[str, Any]) -> Task:
    """A draft of the plan's division, then what a draft does not hold from its beginning."""
    draft = Draft(
        title=values["title"], source=values.get("source") or exchange.file_name[:300], topic=values.get("topic") or "",
        left_out=values.get("left_out") or "", lead_unit=values.get("lead_unit"), cooperating=tuple(values.get("cooperating") or ()),
        start_on=as_day(values.get("start_on"), FIELDS["start_on"]), due_on=as_day(values.get("due_on"), FIELDS["due_on"]),
        indicator_kind=values.get("indicator_kind") or "", measured_in=values.get("measured_in") or "",
        baseline=as_number(values.get("baseline"), FIELDS["baseline"]), baseline_year=values.get("baseline_year"),
        target=as_number(values.get("target"), FIELDS["target"]), target_year=values.get("target_year"),
    )  # fmt: skip
    task = locked_task(by=by, task_id=add_task(by=by, division_id=division.pk, draft=draft).pk)
    rest = {name: values[name] for name in ("sponsor", "section", "person", "lines") if values.get(name)}
    if rest:
        change_held(by=by, task=task, values=rest, batch=exchange.batch, action="task.import")
    if years := {int(name): value for name, value in values.items() if is_year(name)}:
        _put_years(by, task, years, {}, {"batch": exchange.batch, "action": "task.import"})
    return task


def _has_moved(row: ExchangeRow, task: Task) -> bool:
    """Look again at a task that has changed since the dry run; True where somebody must decide anew."""
    _names, line = _line_of(task)
    row.task_revision, moved = task.revision, list[str]()
    for name, texts in row.changes.items():
        stands = standing(line, name)
        if stands == texts["here"]:
            continue
        if stands != texts["file"]:
            moved.append(name)
        row.changes[name] = {**texts, "here": stands, "conflict": stands != texts["file"]}
    if moved:
        row.changes = deciding.reopened(row.changes, moved)
        row.verdict, row.choice, row.revision = Verdict.CONFLICT, Choice.OPEN, row.revision + 1
    return bool(moved)


def _line_of(task: Task) -> tuple[Names, Line]:
    names = names_in(task.zone_id, {pk for pk in (task.sponsor_id, task.person_id) if pk is not None})
    return names, next(line for portion in lines_of([task.pk], names) for line in portion)


def _portions(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    source = iter(rows)
    while portion := list(islice(source, size)):
        yield portion
