"""Files that went out and came in: whose they are, how far they are, what their rows say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.db.models import Count, Q, QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Reach, Right
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.enums import Choice, ExchangeKind, ExchangeState, Verdict
from lantu_web.tasks.models import Exchange, ExchangeRow, Task
from lantu_web.tasks.models import Mapping as ColumnMapping
from lantu_web.tasks.models.exchange import heads_key
from lantu_web.tasks.queries.exchange_names import Names
from lantu_web.tasks.queries.ledger import read, tasks_in_order
from lantu_web.tasks.spreadsheet.foreign import guessed
from lantu_web.tasks.spreadsheet.layout import YEARS

EXPORTS = (ExchangeKind.EXPORT_LEDGER, ExchangeKind.EXPORT_DIVISION, ExchangeKind.EXPORT_BREAKDOWN)
IMPORTS = (ExchangeKind.IMPORT_LEDGER, ExchangeKind.IMPORT_FOREIGN)
UNFINISHED = (ExchangeState.QUEUED, ExchangeState.RUNNING)


def exchanges_of(by: Person) -> QuerySet[Exchange]:
    """The person's own, in the acting zone: what a file holds is what they saw when they asked for it."""
    if by.zone_id is None or by.user_id is None or not by.may(Right.TASK_READ):
        return Exchange.objects.none()
    return Exchange.objects.filter(zone_id=by.zone_id, by=by.user_id)


def imports_of(by: Person) -> QuerySet[Exchange]:
    return exchanges_of(by).filter(kind__in=IMPORTS)


def exports_of(by: Person) -> QuerySet[Exchange]:
    return exchanges_of(by).filter(kind__in=EXPORTS)


def tasks_of_export(by: Person, exchange: Exchange) -> QuerySet[Task]:
    """What the export was asked for, as far as the person sees it, in its order."""
    tasks = tasks_in_order(by, read(dict(parse_qsl(exchange.query))))
    return tasks.filter(plan=exchange.plan_id) if exchange.plan_id else tasks


def changeable(by: Person) -> frozenset[str]:
    """Fields that the person may change in some task, and ``YEARS``."""
    fields = frozenset(name for name, field in FIELDS.items() if by.may(field.right))
    return fields | {YEARS} if by.may(Right.DIVISION_WRITE) else fields


def choices_for(by: Person, names: Names) -> dict[str, list[str]]:
    """What the cells of a workbook offer, by field; people only as far as the person sees them."""
    people = [names.people[pk] for pk in names.people if pk in names.living_people & _people_seen(by, names)]
    sections = {
        names.sections[pk]: None for pk in names.sections
        if pk in names.living_sections and by.may_in_unit(Right.TASK_WORK, names.section_unit[pk])
    }  # fmt: skip
    return {
        "lead_unit": [names.units[pk] for pk in names.units if pk in names.living_units],
        "sponsor": people, "person": people, "section": list(sections),
    }  # fmt: skip


def _people_seen(by: Person, names: Names) -> frozenset[int]:
    if by.reach(Right.PEOPLE_READ) >= Reach.ZONE:
        return names.living_people
    return frozenset(pk for pk in names.living_people if names.unit_of_person.get(pk, frozenset()) & by.unit_ids)


def rows_of_import(exchange: Exchange, verdict: str = "") -> QuerySet[ExchangeRow]:
    rows = ExchangeRow.objects.filter(exchange=exchange).select_related("task").order_by("row")
    return rows.filter(verdict=verdict) if verdict in Verdict.values else rows


def tallies(exchange: Exchange) -> Mapping[str, int]:
    """Rows by verdict; rows that say nothing new are counted, not kept."""
    found = dict(ExchangeRow.objects.filter(exchange=exchange).order_by().values_list("verdict").annotate(n=Count("pk")))
    same = int(exchange.told.get("same", 0)) + found.pop(Verdict.SAME, 0)  # those with a note are kept as rows
    return {Verdict.SAME.value: same, **{str(verdict): count for verdict, count in found.items()}}


def mapping_for(exchange: Exchange) -> Mapping[int, str]:
    """What the columns of a foreign ledger are: as somebody said for the same heads, else as heads are usually called."""
    heads = exchange.told.get("heads", [])
    kept = ColumnMapping.objects.filter(zone=exchange.zone_id, heads_key=heads_key(heads)).order_by("-at").first()
    return {int(at): field for at, field in kept.fields.items()} if kept is not None else guessed(heads)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Of a ledger of another make, counted from the left; ``field`` empty where it is not read."""

    column: int
    head: str
    field: str


def columns_of(exchange: Exchange) -> list[Column]:
    """Those that have a head."""
    said = {int(at): field for at, field in (exchange.mapping or {}).items()} if exchange.mapping is not None else mapping_for(exchange)
    heads = exchange.told.get("heads", [])
    return [Column(column=at, head=head, field=said.get(at, "")) for at, head in enumerate(heads) if head]


def to_take_over(exchange: Exchange) -> QuerySet[ExchangeRow]:
    """Rows that would change something now: new and not left out, changed, or in conflict and decided."""
    decided = Q(verdict=Verdict.CONFLICT) & ~Q(choice=Choice.OPEN)
    wanted = Q(verdict=Verdict.NEW) & ~Q(choice=Choice.LEAVE)
    return ExchangeRow.objects.filter(Q(verdict=Verdict.CHANGED) | wanted | decided, exchange=exchange, taken_at=None)


def undecided(exchange: Exchange) -> QuerySet[ExchangeRow]:
    return ExchangeRow.objects.filter(exchange=exchange, verdict=Verdict.CONFLICT, choice=Choice.OPEN, taken_at=None)


