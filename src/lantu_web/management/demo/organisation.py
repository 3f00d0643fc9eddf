"""The demo's zone, units and people, as ``organisation.toml`` tells them, entered through the same commands as an office would."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands import first_run, groups, people, posts, sections, unit_fates, units
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Section, Unit, User, Zone
from lantu_web.accounts.queries import person_in_zone
from lantu_web.lib import clock
from lantu_web.lib.acting import Surface

TOLD = Path(__file__).with_name("organisation.toml")


def enter_organisation(password: str) -> Zone:
    """Everything in the file; everybody has the same password. Gives the zone."""
    told = tomllib.loads(TOLD.read_text(encoding="utf-8"))
    administrator, *others = told["person"]
    user = first_run.set_up(
        administrator=first_run.NewPerson(username=administrator["username"], name=administrator["name"], password=password),
        zone=first_run.NewZone(**told["zone"]), officer=None, address="", language="zh-hans",
    )  # fmt: skip
    zone = Zone.objects.get(slug=told["zone"]["slug"])
    by = acting(user, zone)
    found = _enter_units(by, told["unit"])
    for group in told["group"]:
        groups.create_group(by=by, name=group["name"], unit_ids=[found[code].pk for code in group["units"]])
    for merge in told["merge"]:
        _merge(by, found, merge)
    for person in others:
        _enter_person(by, found, person, password)
    return zone


def acting(user: User, zone: Zone) -> Person:
    """That person at the console."""
    return person_in_zone(user, zone, on=clock.today(), surface=Surface.CONSOLE)


def _enter_units(by: Person, told: list[dict[str, Any]]) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for one in told:
        superior = found[one["parent"]].pk if "parent" in one else None
        terms = units.UnitTerms(code=one["code"], name=one["name"], short_name=one["short_name"], kind=one["kind"], parent_id=superior)
        found[one["code"]] = unit = units.create_unit(by=by, terms=terms)
        for name in one.get("sections", ()):
            sections.add_section(by=by, unit_id=unit.pk, name=name)
    return found


def _merge(by: Person, found: dict[str, Unit], merge: dict[str, Any]) -> None:
    expected = {found[code].pk: found[code].revision for code in merge["units"]}
    unit_fates.merge_units(
        by=by, units=expected, into=found[merge["into"]].pk, on=merge["on"], document_number=merge["document_number"]
    )  # fmt: skip


def _enter_person(by: Person, found: dict[str, Unit], told: dict[str, Any], password: str) -> None:
    unit = found.get(told.get("unit", ""))
    section = Section.objects.filter(unit=unit, name=told.get("section", "")).first() if unit else None
    ends = clock.today() + timedelta(days=told["days"]) if "days" in told else None
    terms = posts.PostTerms(
        role=Role(told["role"]), unit_id=unit.pk if unit else None, section_id=section.pk if section else None,
        title=told.get("title", ""), valid_to=ends,
    )  # fmt: skip
    user, _temporary = people.create_person(by=by, username=told["username"], name=told["name"], post=terms)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
