"""Import of units and people: an upload is kept as rows, looked at, and confirmed in one transaction, exactly as it was shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.locking import locked_zone
from lantu_web.accounts.commands.posts import told as told_of_post
from lantu_web.accounts.commands.sections import enter_section
from lantu_web.accounts.commands.unit_fates import keep_name
from lantu_web.accounts.commands.units import STEP
from lantu_web.accounts.commands.units import told as told_of_unit
from lantu_web.accounts.models import ImportDraft, Post, Section, Unit, User, Zone
from lantu_web.accounts.passwords import encoded, temporary_password
from lantu_web.accounts.queries.import_rows import DryRun, Outcome, PersonStep, UnitStep
from lantu_web.accounts.queries.organisation_import import drafts_of, dry_run_of
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.accounts.spreadsheet.reading import rows_of_workbook
from lantu_web.audit.commands import record
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Invalid

KEPT = timedelta(days=1)  # an upload that nobody confirms


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who came with the file, with the password that is shown this once."""

    username: str
    name: str
    password: str


@dataclass(frozen=True, slots=True)
class Imported:
    counts: dict[Outcome, int]
    newcomers: tuple[Newcomer, ...]


@transaction.atomic
def keep_upload(*, by: Person, file_name: str, data: bytes) -> ImportDraft:
    """Read a workbook and keep its rows for the dry run; earlier uploads of the person go. Raises Invalid (field "file")."""
    require(by, Right.ORGANISATION_WRITE)
    rows = rows_of_workbook(data)
    ImportDraft.objects.filter(created_at__lt=clock.now() - KEPT).delete()
    drafts_of(by).delete()
    return ImportDraft.objects.create(
        zone=locked_zone(by), user_id=by.user_id or 0, file_name=file_name.replace("\x00", "")[-200:], created_at=clock.now(),
        sha256=hashlib.sha256(data).hexdigest(), rows=[row.as_json() for row in rows],
    )  # fmt: skip


@transaction.atomic
def drop_upload(*, by: Person, draft_id: int) -> None:
    """Forget an upload; nothing happens where it is gone already."""
    require(by, Right.ORGANISATION_WRITE)
    drafts_of(by).filter(pk=draft_id).delete()


@transaction.atomic
def confirm_import(*, by: Person, draft_id: int, expected: str) -> Imported:
    """Do what the dry run with digest ``expected`` showed, all of it. Raises Conflict where it was done already, or where units or people
    changed since; Invalid where a row is at fault."""
    require(by, Right.ORGANISATION_WRITE)
    zone = locked_zone(by)
    draft = drafts_of(by).select_for_update(of=("self",)).filter(pk=draft_id).first()
    if draft is None:
        raise Conflict(_("This file was imported already, or given up. Upload it again to see where things stand."))
    run = dry_run_of(draft, by=by, on=clock.today())
    if run.digest != expected:
        raise Conflict(_("Units or people changed since you looked. Nothing was imported: look at the rows again."))
    if not run.may_be_confirmed:
        raise Invalid(_("Nothing was imported: mend the rows at fault in the file and upload it again."))
    if any(step.outcome is not Outcome.SAME for step in run.people):
        require(by, Right.PEOPLE_WRITE)
    newcomers = _carry_out(zone, run, by=by)
    told = {outcome.value: count for outcome, count in run.counts.items()}
    record(by=by, action="organisation.import", on=zone, after=told | {"file": draft.file_name, "sha256": draft.sha256})
    draft.delete()
    return Imported(dict(run.counts), newcomers)


def _carry_out(zone: Zone, run: DryRun, *, by: Person) -> tuple[Newcomer, ...]:
    units = {unit.code: unit for unit in Unit.objects.filter(zone=zone)}
    for position, step in enumerate(run.units, 1):
        if step.outcome is Outcome.NEW:
            units[step.row.values["code"]] = _new_unit(zone, step, position)
    for step in run.units:
        if step.outcome is not Outcome.SAME:
            _write_unit(by, step, units)
    sections = {(section.unit_id, section.name): section for section in Section.objects.filter(unit__zone=zone)}
    return _write_people(by, zone, run, units, sections)


def _new_unit(zone: Zone, step: UnitStep, position: int) -> Unit:
    values = step.row.values
    return Unit.objects.create(zone=zone, code=values["code"], name=values["name"], kind=step.kind, position=position * STEP)


def _write_unit(by: Person, step: UnitStep, units: dict[str, Unit]) -> None:
    values = step.row.values
    unit = units[values["code"]]
    before = None if step.is_new else told_of_unit(unit)
    if unit.name != values["name"]:
        keep_name(unit, name=unit.name, short=unit.short_name, until=clock.today())
    unit.name, unit.kind = values["name"], step.kind
    unit.short_name = values["short_name"] or unit.short_name
    unit.established_on = step.established_on or unit.established_on
    unit.parent = units[values["parent"]] if values["parent"] else unit.parent
    after = told_of_unit(unit)
    if after != before:
        unit.revision += 0 if step.is_new else 1
        unit.save()
        record(by=by, action="unit.create" if step.is_new else "unit.edit", on=unit, before=before, after=after)
    for name in step.new_sections:
        enter_section(by, unit, name)


def _write_people(
    by: Person, zone: Zone, run: DryRun, units: dict[str, Unit], sections: dict[tuple[int, str], Section]
) -> tuple[Newcomer, ...]:
    people = {step.user.username: step.user for step in run.people if step.user}
    newcomers: list[Newcomer] = []
    for step in run.people:
        if step.outcome is Outcome.SAME:
            continue
        name = step.row.values["username"]
        if name not in people:
            people[name], password = _new_person(by, step)
            newcomers.append(Newcomer(name, people[name].name, password))
        elif step.user is not None:
            _write_person(by, step, people[name])
        _write_post(by, zone, step, people[name], units, sections)
    return tuple(newcomers)


def _new_person(by: Person, step: PersonStep) -> tuple[User, str]:
    values, password = step.row.values, temporary_password()
    user = User.objects.create(
        username=values["username"], name=values["name"], phone=values["phone"], email=values["email"], password=encoded(password),
        must_change_password=True,
    )  # fmt: skip
    record(by=by, action="person.create", on=user, after={name: values[name] for name in ("username", "name", "phone", "email")})
    return user, password


def _write_person(by: Person, step: PersonStep, user: User) -> None:
    fields = ("name", "phone", "email")
    before = {name: getattr(user, name) for name in fields}
    after = {name: step.row.values[name] or before[name] for name in fields}
    if after == before:
        return
    for name, value in after.items():
        setattr(user, name, value)
    user.revision += 1
    user.save(update_fields=[*fields, "revision"])
    record(by=by, action="person.edit", on=user, before=before, after=after)


def _write_post(
    by: Person, zone: Zone, step: PersonStep, user: User, units: dict[str, Unit], sections: dict[tuple[int, str], Section]
) -> None:
    values = step.row.values
    unit = units[values["unit"]] if values["unit"] else None
    post = step.post or Post(user=user, role=step.role, zone=zone, unit=unit)
    before = None if step.is_new_post else told_of_post(post)
    if values["section"] and unit is not None:
        post.section = sections.get((unit.pk, values["section"])) or Section.objects.get(unit=unit, name=values["section"])
    post.title = values["title"] or post.title
    post.valid_from, post.valid_to = step.valid_from or post.valid_from, step.valid_to or post.valid_to
    after = told_of_post(post)
    if after != before:
        post.save()
        record(by=by, action="post.give" if before is None else "post.change", on=user, label=str(post), before=before, after=after)
