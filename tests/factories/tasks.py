"""Rows of the breakdown for the tests of the site: small, valid, fictional."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.factories.web import make_plan

from lantu_web.accounts.models import Unit, Zone
from lantu_web.lib import clock
from lantu_web.plans.enums import PlanState
from lantu_web.plans.models import Plan
from lantu_web.tasks.enums import TaskState
from lantu_web.tasks.initials import initials_of
from lantu_web.tasks.models import Division, Task

PAPERS = {"approving_body": "云溪新区管理委员会", "document_number": "云溪管发〔2026〕7号", "approved_on": date(2026, 3, 1)}


def make_division(zone: Zone, plan: Plan | None = None, **values: Any) -> Division:
    """A division scheme of an approved plan, nothing of it sent out."""
    plan = plan or make_plan(zone, state=PlanState.APPROVED, **PAPERS)
    values.setdefault("title", f"{plan.name}分工方案")
    return Division.objects.create(zone=zone, plan=plan, created_at=clock.now(), **values)


def make_task(division: Division, title: str = "做强精密装备产业", lead: Unit | None = None, **values: Any) -> Task:
    """A draft of the division; with ``lead`` and ``state`` one that was sent out (signatures are made by the commands)."""
    count = Task.objects.filter(plan=division.plan).count() + 1
    values = {"number": str(count), "position": count, "state": TaskState.DRAFT, **values}
    if values.get("due_on"):
        values.setdefault("latest_on", values["due_on"])
    now = clock.now()
    return Task.objects.create(
        zone=division.zone, plan=division.plan, title=title, initials=initials_of(title), lead_unit=lead, created_at=now, changed_at=now,
        **values,
    )  # fmt: skip
