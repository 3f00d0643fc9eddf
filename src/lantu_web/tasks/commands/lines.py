"""Work lines, campaigns and themes, which cross the tree of tasks."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Zone
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.audit.revisions import check_revision
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.texts import typed
from lantu_web.plans.validators import YEARS
from lantu_web.tasks.enums import LineKind
from lantu_web.tasks.models import WorkLine


@transaction.atomic
def add_line(*, by: Person, kind: str, name: str, year: int | None = None) -> WorkLine:
    """At the end of those of its kind. Raises Invalid where the name is taken."""
    require(by, Right.DIVISION_WRITE)
    zone = Zone.objects.select_for_update().get(pk=by.zone_id or 0)  # two at once do not take the same place
    line = WorkLine(zone=zone, kind=_kind(kind), name=_name(name), year=_year(kind, year))
    _refuse_taken(line)
    last = WorkLine.objects.filter(zone=zone, kind=line.kind).aggregate(last=Max("position"))["last"]
    line.position = 0 if last is None else last + 1
    line.save()
    record(by=by, action="line.add", on=line, after=_told(line))
    return line


@transaction.atomic
def change_line(*, by: Person, line_id: int, expected: int, name: str, year: int | None, is_active: bool) -> WorkLine:
    """Name, year and whether it is in use; tasks that stand in it keep it."""
    line = _held(by, line_id, expected)
    before = _told(line)
    line.name, line.year, line.is_active = _name(name), _year(line.kind, year), is_active
    _refuse_taken(line)
    return _save(by, line, before, "line.change")


@transaction.atomic
def shift_line(*, by: Person, line_id: int, expected: int, places: int) -> WorkLine:
    """Up (negative) or down among those of its kind."""
    line = _held(by, line_id, expected)
    lines = list(WorkLine.objects.select_for_update(of=("self",)).filter(zone=line.zone_id, kind=line.kind).order_by("position", "pk"))
    at = lines.index(line)
    to = min(max(at + places, 0), len(lines) - 1)
    if to == at:
        return line
    before = {"place": at + 1}
    lines.insert(to, lines.pop(at))
    for position, one in enumerate(lines):
        if one.position != position:
            WorkLine.objects.filter(pk=one.pk).update(position=position)
    line.position, line.revision = to, line.revision + 1
    line.save()
    record(by=by, action="line.shift", on=line, before=before, after={"place": to + 1})
    return line


@transaction.atomic
def remove_line(*, by: Person, line_id: int, expected: int) -> None:
    """Take one that was never used away. Raises Conflict where tasks stand in it: that is taken out of use."""
    line = _held(by, line_id, expected)
    if line.tasks.exists():
        raise Conflict(_("Tasks stand in “%(line)s”: take it out of use instead.") % {"line": line.name})
    record(by=by, action="line.remove", on=line, before=_told(line))
    line.delete()


def _held(by: Person, line_id: int, expected: int) -> WorkLine:
    require(by, Right.DIVISION_WRITE)
    line = WorkLine.objects.select_for_update(of=("self",)).filter(zone=by.zone_id or 0, pk=line_id).first()
    if line is None:
        raise Conflict(_("This work line is not there any more."))
    check_revision(line, expected, by=by)
    return line


def _save(by: Person, line: WorkLine, before: dict[str, object], action: str) -> WorkLine:
    after = _told(line)
    if before != after:
        line.revision += 1
        line.save()
        record(by=by, action=action, on=line, before=before, after=after)
    return line


def _refuse_taken(line: WorkLine) -> None:
    if WorkLine.objects.filter(zone=line.zone_id, kind=line.kind, name=line.name).exclude(pk=line.pk).exists():
        raise Invalid(_("“%(name)s” is there already.") % {"name": line.name}, field="name")


def _kind(kind: str) -> str:
    if kind not in LineKind.values:
        raise Invalid(_("%(field)s: “%(value)s” is none of the choices.") % {"field": _("Kind"), "value": kind[:60]}, field="kind")
    return kind


def _name(name: str) -> str:
    return typed(name, field="name", label=_("Name"), length=60)


def _year(kind: str, year: int | None) -> int | None:
    if year is None or kind != LineKind.CAMPAIGN:
        return None
    if year not in YEARS:
        raise Invalid(_("%(field)s: “%(value)s” is not a year.") % {"field": _("Year"), "value": year}, field="year")
    return year


def _told(line: WorkLine) -> dict[str, object]:
    return {"kind": line.kind, "name": line.name, "year": line.year, "is_active": line.is_active}
