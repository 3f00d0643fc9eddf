"""Speed of the register and of the comparison of versions, on SQLite: a plan of 2,000 items with four versions, 300 plans in the register.

``python benchmarks/versions.py`` makes a database of its own in a temporary folder, asks for each page as a logged-in officer, prints a
table and ends with 1 where a bound is missed.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.answers import Taken, report, set_up, timed

if TYPE_CHECKING:
    from django.test import Client

    from lantu_web.accounts.models import Zone
    from lantu_web.plans.models import Item, Plan, Version

ITEMS, PLANS, CHANGED, ROUNDS, BOUND = 2000, 300, 120, 40, 200
PAPERS = {"approving_body": "云溪新区管委会", "document_number": "云管发〔2026〕3号"}


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="lantu-bench-") as folder:
        set_up(Path(folder))
        measured = _measure()
    return report(measured, dict.fromkeys(measured, BOUND))


def _measure() -> dict[str, list[Taken]]:
    """Each after one round that fills the caches."""
    from django.db import transaction
    from django.urls import reverse

    from lantu_web.plans.models import Version
    from lantu_web.plans.queries.versions import compare

    zone, browser = an_officer()
    with transaction.atomic():
        plan = a_large_plan(zone)
        many_plans(zone)
    first, last = Version.objects.get(plan=plan, number=1), Version.objects.get(plan=plan, number=4)
    place, whole = [zone.slug], [zone.slug, plan.pk]
    cases: dict[str, Callable[[], object]] = {
        "comparison, query alone": lambda: compare(plan, first, last),
        "comparison, page": lambda: browser.get(reverse("office:compare", args=whole), {"from": "1", "to": "4"}),
        "comparison, page with all items": lambda: browser.get(reverse("office:compare", args=whole), {"from": 1, "to": 4, "all": "on"}),
        "content, first page": lambda: browser.get(reverse("office:items", args=whole)),
        "content, search": lambda: browser.get(reverse("office:items", args=whole), {"text": "第七十"}),
        "register": lambda: browser.get(reverse("office:register", args=place)),
    }
    return {name: [timed(case) for _round in range(ROUNDS + 1)][1:] for name, case in cases.items()}


def an_officer() -> tuple[Zone, Client]:
    from django.test import Client

    from lantu_web.accounts.enums import Role
    from lantu_web.accounts.models import Post, User, Zone

    zone = Zone.objects.create(slug="yunxi", name="云溪新区")
    user = User.objects.create_user(username="bench", name="测速")
    Post.objects.create(user=user, role=Role.PLANNING_OFFICER, zone=zone)
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return zone, browser


def a_large_plan(zone: Zone) -> Plan:
    """Targets, projects and mechanisms in forty chapters; three adjustments, each of which changed many."""
    from lantu_web.lib import clock
    from lantu_web.plans.enums import AdjustmentState, ItemKind, PlanState, Trigger
    from lantu_web.plans.models import Adjustment, Item, Plan

    plan = Plan.objects.create(zone=zone, name="大型规划", state=PlanState.ADJUSTED, approved_on=date(2026, 1, 1), **PAPERS)
    items = [
        Item(
            plan=plan, code=f"M-{number:04}", kind=ItemKind.TARGET, position=number, heading_title=f"第{number // 50 + 1}章 重点任务",
            quote=f"到2030年，第{number}项指标达到{number}家以上，较2025年翻一番，完成上级下达的年度任务。",
            start=number * 40, end=number * 40 + 38,
        )
        for number in range(ITEMS)
    ]  # fmt: skip
    Item.objects.bulk_create(items, batch_size=500)
    write_version(plan, 1, items, 0)
    for number in (2, 3, 4):
        version = write_version(plan, number, items[number * 150 : number * 150 + CHANGED], number)
        Adjustment.objects.create(
            plan=plan, title=f"第{number}次调整", trigger=Trigger.MIDTERM, reason="中期评估", state=AdjustmentState.APPROVED,
            version=version, approved_on=date(2026, number, 1), effective_on=date(2026, number, 1), created_at=clock.now(), **PAPERS,
        )  # fmt: skip
    return plan


def write_version(plan: Plan, number: int, items: list[Item], more: int) -> Version:
    from lantu_web.lib import clock
    from lantu_web.plans.content import clean, label_of
    from lantu_web.plans.enums import ItemKind
    from lantu_web.plans.models import ItemState, Version

    version = Version.objects.create(plan=plan, number=number, effective_on=date(2026, number, 1), created_at=clock.now(), **PAPERS)
    states = []
    for item in items:
        figure = {"comparator": ">=", "value": item.position + more, "unit": "家", "measure": "level", "year": 2030}
        values = {"subject": f"第{item.position}项指标", **figure}
        content = clean(ItemKind.TARGET, values)
        states.append(ItemState(item=item, version=version, label=label_of(ItemKind.TARGET, content), content=content))
    ItemState.objects.bulk_create(states, batch_size=500)
    return version


def many_plans(zone: Zone) -> None:
    from lantu_web.plans.enums import PlanState
    from lantu_web.plans.models import Plan

    states = [PlanState.DRAFT, PlanState.APPROVED, PlanState.CLOSED]
    Plan.objects.bulk_create([
        Plan(zone=zone, name=f"专项规划{number}", kind="special", state=states[number % 3], approved_on=date(2026, 1, 1), **PAPERS)
        for number in range(PLANS)
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
