"""The world of the rights matrix: two zones with everything that an address can name, and people of every kind who ask for it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.test import Client, override_settings
from tests.factories.life import approved, changed, decided, drafted, item_of
from tests.factories.tasks import make_division, make_task
from tests.factories.web import SMALL_TEXT, make_post, make_reading, make_reviewed_plan, make_unit, make_user, make_zone

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.tokens import make
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import ExternalIdentity, ImportDraft, Post, Section, Unit, UnitGroup, User, Zone
from lantu_web.accounts.queries import person_in_zone
from lantu_web.bridge.compiling import compile_bytes, result_of
from lantu_web.documents.enums import ReadingState, Stage
from lantu_web.documents.folders import on_disk
from lantu_web.lib import clock
from lantu_web.plans.enums import Difference, ItemKind, PlanState
from lantu_web.plans.models import Finding, Plan, Reimport, ReimportLine
from lantu_web.tasks.commands.extending import ask
from lantu_web.tasks.commands.signing import send
from lantu_web.tasks.commands.talking import add_file
from lantu_web.tasks.enums import DeliveryState, Event, ExchangeKind, ExchangeState, Verdict
from lantu_web.tasks.models import Delivery, Exchange, ExchangeRow, Node, Webhook, WorkLine, YearPart

CODE = "M-001"
FINISHED = {"state": ReadingState.DONE, "stage": Stage.FINISHED, "percent": 100}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An object that addresses name. ``zone`` and ``unit`` are slugs and ids, None where the kind has none."""

    label: str
    zone: str
    ids: Mapping[str, int]
    unit: int | None = None
    is_draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who asks. ``roles`` by the slug of the zone ("" for the installation), from which alone it follows what they may."""

    name: str
    roles: Mapping[str, frozenset[Role]] = field(default_factory=dict)
    units: frozenset[int] = frozenset()
    zone: str = "yunxi"
    client: Client | None = None
    token: str = ""
    own: Mapping[str, int] = field(default_factory=dict)
    may_come_in: bool = True

    def acting(self, zone: str) -> Person:
        """With the posts that count there."""
        found = self.roles.get(zone, frozenset()) | self.roles.get("", frozenset())
        return Person(user_id=1, name=self.name, zone_id=1, roles=found, unit_ids=self.units)

    def enters(self, zone: str) -> bool:
        return bool(self.roles.get(zone)) or Role.SYSTEM_ADMINISTRATOR in self.roles.get("", frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    actors: tuple[Actor, ...]
    things: Mapping[str, tuple[Thing, ...]]  # by kind


@contextmanager
def standing(blocker: Any) -> Iterator[World]:
    """The world, for as many tests as ask in it: all of it stands in one transaction and is gone afterwards."""
    logging.disable(logging.CRITICAL)  # thousands of refusals are what is asked for
    many = {"LANTU_API_CALLS_PER_MINUTE": 10**9, "LANTU_API_STRANGERS_PER_MINUTE": 10**9}
    with blocker.unblock(), override_settings(**many), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def build() -> World:
    here, there = make_zone("yunxi", "云溪新区"), make_zone("heyuan", "河源新区")
    own, other, foreign = make_unit(here, "发展改革局", "001"), make_unit(here, "生态环境局", "002"), make_unit(there, "发展改革局", "001")
    things: dict[str, list[Thing]] = {}
    for unit, label in ((own, "own unit"), (other, "other unit"), (foreign, "other zone")):
        for kind, ids in _organisation(unit).items():
            things.setdefault(kind, []).append(Thing(label=label, zone=unit.zone.slug, unit=unit.pk, ids=ids))
        for plan in (_plan(unit, "draft"), _plan(unit, "force")):
            is_draft = plan.state == PlanState.IN_REVIEW
            for kind, ids in (_of_draft(plan) if is_draft else _of_force(plan)).items():
                name = f"{label}, {'in review' if is_draft else 'in force'}"
                things.setdefault(kind, []).append(Thing(label=name, zone=unit.zone.slug, unit=unit.pk, ids=ids, is_draft=is_draft))
    for zone in (here, there):
        for kind, ids in _outside(zone).items():
            things.setdefault(kind, []).append(Thing(label=zone.slug, zone=zone.slug, ids=ids))
    administrator = make_post(make_user("second-administrator"), Role.SYSTEM_ADMINISTRATOR)
    things["administrator"] = [Thing(label="installation", zone="", ids={"administrator_id": administrator.pk})]
    things["zone object"] = [Thing(label="installation", zone="", ids={"zone_id": here.pk})]
    return World(actors=tuple(_actors(here, there, own, other, foreign)), things={kind: tuple(of) for kind, of in things.items()})


def _organisation(unit: Unit) -> dict[str, dict[str, int]]:
    section = Section.objects.create(unit=unit, name="综合科")
    group = UnitGroup.objects.create(zone=unit.zone, name=f"第{unit.pk}组")
    user = make_user(f"colleague-{unit.pk}", "同事")
    post = make_post(user, Role.CONTACT_PERSON, unit.zone, unit)
    identity = ExternalIdentity.objects.create(user=user, issuer="https://id.example", subject=user.username)
    person = {"person_id": user.pk}
    return {
        "zone": {}, "unit": {"unit_id": unit.pk}, "section": {"unit_id": unit.pk, "section_id": section.pk},
        "group": {"group_id": group.pk}, "person": person, "post": {**person, "post_id": post.pk},
        "identity": {**person, "identity_id": identity.pk},
    }  # fmt: skip


def _outside(zone: Zone) -> dict[str, dict[str, int]]:
    """A webhook with a message that was given up, and a work line."""
    hook = Webhook.objects.create(
        zone=zone, url="https://receiver.example/", events=[Event.TASK_CHANGED], secret="whsec_x", created_at=clock.now()
    )  # fmt: skip
    lost = Delivery.objects.create(
        webhook=hook, event=Event.TASK_CHANGED, payload={"number": "1", "title": "任务"}, state=DeliveryState.GIVEN_UP, made_at=clock.now()
    )  # fmt: skip
    line = WorkLine.objects.create(zone=zone, name="产业攻坚线")
    return {
        "webhook": {"webhook_id": hook.pk}, "delivery": {"webhook_id": hook.pk, "delivery_id": lost.pk}, "work line": {"line_id": line.pk},
    }  # fmt: skip


def _officer(zone: Zone, unit: Unit) -> Person:
    name = f"maker-{zone.slug}"
    user = User.objects.filter(username=name).first() or make_user(name)
    if not Post.objects.filter(user=user).exists():
        make_post(user, Role.PLANNING_OFFICER, zone, unit)
    return person_in_zone(user, zone, on=clock.today())


def _plan(unit: Unit, state: str) -> Plan:
    name = f"{unit.name}规划{state}"
    plan = make_reviewed_plan(unit.zone, f"{SMALL_TEXT}{name}。\n", name=name, unit=unit)
    _keep(plan, f"{SMALL_TEXT}{name}。\n".encode())
    return approved(decided(plan), _officer(unit.zone, unit)) if state == "force" else plan


def _keep(plan: Plan, data: bytes) -> None:
    assert plan.reading is not None
    path = on_disk(plan.reading.original.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _of_plan(plan: Plan) -> dict[str, dict[str, int]]:
    assert plan.reading is not None
    ids = {"plan_id": plan.pk}
    return {"plan": ids, "reading": {"reading_id": plan.reading.pk}, "original": {"original_id": plan.reading.original_id}}


def _of_draft(plan: Plan) -> dict[str, dict[str, int]]:
    ids, sentence, candidate = {"plan_id": plan.pk}, plan.sentences.exclude(heading=None).first(), plan.candidates.first()
    assert sentence is not None and sentence.heading is not None and candidate is not None
    finding = Finding.objects.create(plan=plan, code="gap", severity="warning", message="缺一张表", start=1, end=2)
    data = f"{SMALL_TEXT}第五章 修改稿{plan.pk}\n建设新的产业园。\n".encode()
    reading = make_reading(plan, data, purpose="reimport", finished_at=clock.now(), **FINISHED)
    result_of(reading, compile_bytes(data, reading.file_name)).save()
    reimport = Reimport.objects.create(plan=plan, reading=reading, created_at=clock.now())
    said = {"kind": ItemKind.TASK, "label": "新任务", "content": {"title": "新任务"}}
    line = ReimportLine.objects.create(reimport=reimport, difference=Difference.NEW, **said)
    return {
        **_of_plan(plan), "review": ids, "candidate": {**ids, "candidate_id": candidate.pk},
        "sentence": {**ids, "sentence_id": sentence.pk}, "finding": {**ids, "finding_id": finding.pk},
        "part": {**ids, "section_id": sentence.heading.pk},
        "reimport": {"reimport_id": reimport.pk}, "reimport line": {"reimport_id": reimport.pk, "line_id": line.pk},
    }  # fmt: skip


def _of_force(plan: Plan) -> dict[str, dict[str, int]]:
    assert plan.unit is not None
    by = _officer(plan.zone, plan.unit)
    adjustment = changed(drafted(plan, by), item_of(plan, CODE), by, value="1")
    ids, line = {"adjustment_id": adjustment.pk}, adjustment.items.get()
    return {
        **_of_plan(plan), **_of_division(plan), "force": {"plan_id": plan.pk}, "version": {"plan_id": plan.pk, "number": 1},
        "adjustment": ids, "adjustment item": {**ids, "item_id": item_of(plan, "M-002").pk}, "adjustment line": {**ids, "line_id": line.pk},
    }  # fmt: skip


def _of_division(plan: Plan) -> dict[str, dict[str, int]]:
    """A task of the plan's unit that was sent out, with a year, a node, a file and a request for a later date."""
    assert plan.unit is not None
    by, due = _officer(plan.zone, plan.unit), date(clock.today().year + 1, 12, 31)
    division = make_division(plan.zone, plan)
    task = make_task(division, lead=plan.unit, due_on=due)
    part = YearPart.objects.create(task=task, year=due.year, goal="完成一期")
    node = Node.objects.create(task=task, part=part, year=due.year, quarter=2, due_on=date(due.year, 6, 30), latest_on=due, text="开工")
    send(by=by, division_id=division.pk, task_ids=[task.pk], sign_by=clock.today() + timedelta(days=10))
    extension = ask(by=by, task_id=task.pk, due_on=due + timedelta(days=90), reason="报批延后")
    file = add_file(by=by, task_id=task.pk, chunks=[f"evidence {plan.pk}".encode()], file_name="证明.txt")
    ids = {"task_id": task.pk}
    return {
        "division": {"plan_id": plan.pk, "division_id": division.pk}, "task": ids,
        "year part": {**ids, "part_id": part.pk, "year": part.year}, "node": {**ids, "node_id": node.pk},
        "signature": {"signature_id": task.signatures.get().pk}, "extension": {"extension_id": extension.pk},
        "task file": {**ids, "file_id": file.pk},
    }  # fmt: skip


def _actors(here: Zone, there: Zone, own: Unit, other: Unit, foreign: Unit) -> list[Actor]:
    today = clock.today()
    actors = [Actor(name="anonymous", client=Client(), may_come_in=False)]
    for role in Role:
        place = "" if role is Role.SYSTEM_ADMINISTRATOR else here.slug
        post = make_post(make_user(role.value), role, here if place else None, own if place else None)
        actors.append(_actor(role.value, post.user, here, {place: {role}}, {own.pk} if place else set()))
    user = make_user("elsewhere")
    make_post(user, Role.PLANNING_OFFICER, there, foreign)
    actors.append(_actor("officer of the other zone", user, there, {there.slug: {Role.PLANNING_OFFICER}}, {foreign.pk}))
    user = make_user("two-posts")
    make_post(user, Role.CONTACT_PERSON, here, own)
    make_post(user, Role.AUDITOR, here)
    actors.append(_actor("contact person and auditor", user, here, {here.slug: {Role.CONTACT_PERSON, Role.AUDITOR}}, {own.pk}))
    user = make_user("two-zones")
    make_post(user, Role.CONTACT_PERSON, here, other)
    make_post(user, Role.PLANNING_OFFICER, there, foreign)
    roles = {here.slug: {Role.CONTACT_PERSON}, there.slug: {Role.PLANNING_OFFICER}}
    actors.append(_actor("contact person here, officer there", user, here, roles, {other.pk, foreign.pk}))
    user = make_user("expired")
    make_post(user, Role.PLANNING_OFFICER, here, own, valid_to=today - timedelta(days=1))
    actors.append(_actor("officer whose post has ended", user, here, {}, set()))
    user = make_user("deactivated")
    make_post(user, Role.PLANNING_OFFICER, here, own)
    actors.append(_actor("deactivated officer", user, here, {}, set(), may_come_in=False))
    User.objects.filter(pk=user.pk).update(is_active=False)
    return actors


def _actor(name: str, user: User, zone: Zone, roles: dict[str, set[Role]], units: set[int], *, may_come_in: bool = True) -> Actor:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    everything = Person(user_id=user.pk, name=user.name, zone_id=zone.pk, roles=frozenset(Role), unit_ids=frozenset())
    token, raw = make(by=everything, name="probe", may_write=True, expires_on=date(clock.today().year + 1, 1, 1))
    draft = ImportDraft.objects.create(zone=zone, user=user, file_name="机构.xlsx", sha256="0" * 64, rows=[], created_at=clock.now())
    ledger = Exchange.objects.create(
        zone=zone, by=user, kind=ExchangeKind.IMPORT_LEDGER, state=ExchangeState.READY, file_name="台账.xlsx", asked_at=clock.now(),
        told={"rows": 1},
    )  # fmt: skip
    export = Exchange.objects.create(
        zone=zone, by=user, kind=ExchangeKind.EXPORT_LEDGER, state=ExchangeState.READY, file_name="台账.xlsx", asked_at=clock.now(),
        told={"rows": 1},
    )  # fmt: skip
    row = ExchangeRow.objects.create(exchange=ledger, row=5, verdict=Verdict.CONFLICT)
    own = {"token_id": token.pk, "import_id": draft.pk, "exchange_id": ledger.pk, "export_id": export.pk, "row_id": row.pk}
    return Actor(
        name=name, roles={slug: frozenset(held) for slug, held in roles.items()}, units=frozenset(units), zone=zone.slug, client=client,
        token=raw, own=own, may_come_in=may_come_in,
    )  # fmt: skip
