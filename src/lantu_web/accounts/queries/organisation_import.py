"""Reads of the import of units and people: drafts, their dry run, and what goes into the workbook of today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import ImportDraft, Post
from lantu_web.accounts.queries.acting import posts_on
from lantu_web.accounts.queries.import_people import people_by_username, people_steps
from lantu_web.accounts.queries.import_rows import DryRun, PersonStep, of_sheet
from lantu_web.accounts.queries.import_units import unit_steps, units_by_code
from lantu_web.accounts.queries.people import posts_visible_to
from lantu_web.accounts.rights import Right
from lantu_web.accounts.spreadsheet.columns import KINDS, ROLES, Sheet
from lantu_web.accounts.spreadsheet.reading import Row, row_of_json
from lantu_web.accounts.spreadsheet.writing import Values


def drafts_of(by: Person) -> QuerySet[ImportDraft]:
    """The person's own uploads in this zone that are not confirmed."""
    return ImportDraft.objects.filter(zone_id=by.zone_id or 0, user_id=by.user_id or 0)


def has_draft(by: Person, draft_id: int) -> bool:
    """Whether the upload is still to be confirmed by its person."""
    return drafts_of(by).filter(pk=draft_id).exists()


def dry_run_of(draft: ImportDraft, *, by: Person, on: date) -> DryRun:
    return dry_run([row_of_json(stored) for stored in draft.rows], by=by, on=on)


def dry_run(rows: Sequence[Row], *, by: Person, on: date) -> DryRun:
    """What the rows would do to the zone as it is now; writes nothing. The number of queries does not grow with the rows."""
    zone_id = by.zone_id or 0
    units = units_by_code(zone_id)
    told = unit_steps(of_sheet(list(rows), Sheet.UNITS), units)
    of_people = of_sheet(list(rows), Sheet.PEOPLE)
    people = people_by_username(zone_id, of_people)
    steps = people_steps(of_people, by=by, on=on, people=people, units=units, entered=told)
    _refuse_own_row(steps, by)
    return DryRun(tuple(told), tuple(steps))


def _refuse_own_row(steps: Iterable[PersonStep], by: Person) -> None:
    for step in steps:
        if step.user is not None and step.user.pk == by.user_id and step.differences:
            step.wrong("username", _("Nobody changes their own posts: leave this row out."))


def sheets_of_today(by: Person, *, on: date) -> dict[Sheet, list[Values]]:
    """What stands in the zone, as the import reads it; people only for who may change them."""
    kinds = {kind.value: word for word, kind in KINDS.items()}
    units = [unit for unit in units_by_code(by.zone_id or 0).values() if unit.dissolved_on is None]
    sheets: dict[Sheet, list[Values]] = {Sheet.UNITS: [
        {
            "code": unit.code, "name": unit.name, "short_name": unit.short_name, "kind": kinds[unit.kind],
            "parent": unit.parent.code if unit.parent else "", "established_on": _told(unit.established_on),
            "sections": "、".join(section.name for section in unit.sections.all() if section.is_active),
        }
        for unit in units
    ]}  # fmt: skip
    if by.may(Right.PEOPLE_WRITE):
        posts = posts_on(posts_visible_to(by).exclude(role=Role.SYSTEM_ADMINISTRATOR).filter(user__is_active=True), on=on)
        sheets[Sheet.PEOPLE] = [_person(post) for post in posts.select_related("user").order_by("user__username", "id")]
    return sheets


def _person(post: Post) -> Values:
    roles = {role.value: word for word, role in ROLES.items()}
    return {
        "username": post.user.username, "name": post.user.name, "phone": post.user.phone, "email": post.user.email,
        "role": roles[post.role], "unit": post.unit.code if post.unit else "", "section": post.section.name if post.section else "",
        "title": post.title, "valid_from": _told(post.valid_from), "valid_to": _told(post.valid_to),
    }  # fmt: skip


def _told(day: date | None) -> str:
    return day.isoformat() if day else ""
