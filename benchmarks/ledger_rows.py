"""A ledger as large as a zone's in its fifth year: made by counting, so that every run has the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.test import Client
from tests.factories.tasks import PAPERS
from tests.factories.web import make_person, make_plan, make_unit, make_zone

from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Section, Unit, User, Zone
from lantu_web.lib import clock
from lantu_web.plans.enums import ItemKind, PlanState
from lantu_web.plans.models import Item, Plan, Sentence
from lantu_web.tasks.enums import IndicatorKind, LineKind, Signing, TaskState
from lantu_web.tasks.initials import initials_of
from lantu_web.tasks.models import Cooperation, Division, Node, Task, WorkLine, YearPart

if TYPE_CHECKING:
    from django.db.models import Model

VERBS = ("做强", "提升", "推进", "建设", "完善", "实施", "培育", "优化", "壮大", "治理")
THINGS = ("精密装备产业", "智能机器人产业园", "污水处理厂", "澜河综合治理工程", "营商环境", "研发投入", "老旧小区改造",
          "河湖长巡查机制", "数字政务平台", "职业教育集团", "乡村道路", "养老服务设施", "口袋公园", "产业链链长制",
          "科技企业孵化器", "县域商业体系")  # fmt: skip
PLACES = ("东部片区", "滨河新城", "高铁片区", "老城区", "北部山区", "云溪街道", "澜河两岸", "临港园区")
CHAPTERS = ("第一章 主要目标", "第二章 产业", "第三章 城市", "第四章 生态", "第五章 民生", "第六章 改革", "第七章 开放", "第八章 保障")
TOPICS = ("工业", "农业", "科技", "教育", "卫生", "生态环境", "交通", "住建", "商务", "文旅")
FIRST_YEAR = 2026
LOT = 400  # rows written at once: SQLite holds so many values in a statement


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    zone: Zone
    officer: User
    units: tuple[int, ...]
    plans: tuple[int, ...]
    open_tasks: tuple[int, ...]  # finished ones are not changed any more

    def client(self) -> Client:
        found = Client()
        found.force_login(self.officer, backend="django.contrib.auth.backends.ModelBackend")
        return found

    def nth(self, number: int) -> dict[str, Any]:
        """Values for the nth question: others each time."""
        word = THINGS[number % len(THINGS)]
        return {
            "page": 1 + number * 7 % 300, "unit": self.units[number % len(self.units)], "plan": self.plans[number % len(self.plans)],
            "year": FIRST_YEAR + number % 5, "word": word[:2], "initials": initials_of(word)[:4],
        }  # fmt: skip

    def task(self, number: int) -> tuple[int, int]:
        """Id and revision of some task."""
        pk = self.open_tasks[number * 97 % len(self.open_tasks)]
        return pk, Task.objects.get(pk=pk).revision


def lay_out(*, tasks: int, nodes: int, units: int, plans: int) -> World:
    zone = make_zone()
    bureaus = tuple(_units(zone, units))
    officer = make_person(Role.PLANNING_OFFICER, zone, bureaus[0], username="officer")[0]
    leaders = [make_person(Role.LEADER, zone, None, username=f"leader{number}")[0] for number in range(8)]
    sections = [Section.objects.create(unit=unit, name="综合科") for unit in bureaus]
    people = [make_person(Role.CONTACT_PERSON, zone, unit, username=f"contact{number}")[0] for number, unit in enumerate(bureaus)]
    lines = _lines(zone)
    laid = [_plan(zone, number, bureaus[0], tasks // plans + 1) for number in range(plans)]
    made: list[Task] = []
    for number in range(tasks):
        plan, items = laid[number % plans]
        made.append(_task(number, zone, plan, items[number // plans], bureaus, sections, people, leaders))
    _keep(Task, made)
    _keep(Cooperation, [
        Cooperation(task=task, unit=bureaus[(number + step * 31) % units], position=step)
        for number, task in enumerate(made) if not task.left_out for step in range(1, 1 + number % 4)
    ])  # fmt: skip
    _keep(Task.lines.through, [Task.lines.through(task=task, workline=lines[number % len(lines)]) for number, task in enumerate(made)])
    _keep(YearPart, [
        YearPart(task=task, year=FIRST_YEAR + step, goal=f"完成第{step + 1}年的目标", value=100 + step * 10)
        for task in made for step in range(5)
    ])  # fmt: skip
    _keep(Node, list(_nodes(made, nodes)))
    _look_once()
    return World(
        zone=zone, officer=officer, units=tuple(unit.pk for unit in bureaus), plans=tuple(plan.pk for plan, _items in laid),
        open_tasks=tuple(task.pk for task in made if task.state == TaskState.SENT),
    )  # fmt: skip


def _keep(model: type[Model], rows: list[Any]) -> None:
    model._default_manager.bulk_create(rows, batch_size=LOT)  # type: ignore[attr-defined]


def _look_once() -> None:
    """What a database knows of its rows after some days of use."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _units(zone: Zone, count: int) -> Iterator[Unit]:
    for number in range(count):
        yield make_unit(zone, f"{PLACES[number % len(PLACES)]}第{number + 1}局", f"U{number:03}", position=number)


def _lines(zone: Zone) -> list[WorkLine]:
    named = [(LineKind.WORK_LINE, 6), (LineKind.CAMPAIGN, 6), (LineKind.THEME, 5)]
    return [
        WorkLine.objects.create(zone=zone, kind=kind, name=f"{kind.label}{number + 1}", position=number)
        for kind, count in named for number in range(count)
    ]  # fmt: skip


def _plan(zone: Zone, number: int, unit: Unit, count: int) -> tuple[Plan, list[Item]]:
    plan = make_plan(zone, name=f"云溪新区规划之{number + 1}", state=PlanState.APPROVED, unit=unit, **PAPERS)
    Division.objects.create(zone=zone, plan=plan, title=f"{plan.name}分工方案", created_at=clock.now(), round=1, sent_at=clock.now())
    _keep(Sentence, [
        Sentence(plan=plan, block=at, position=at, start=at * 40, end=at * 40 + 40, text="到2030年，完成这一项任务。")
        for at in range(count)
    ])  # fmt: skip
    items = [
        Item(plan=plan, code=f"T-{at + 1:05}", kind=ItemKind.TASK, position=at, heading_title=CHAPTERS[at * len(CHAPTERS) // count],
             quote="到2030年，完成这一项任务。", start=at * 40, end=at * 40 + 30)
        for at in range(count)
    ]  # fmt: skip
    _keep(Item, items)
    return plan, list(Item.objects.filter(plan=plan).order_by("position"))


def _task(
    number: int, zone: Zone, plan: Plan, item: Item, units: tuple[Unit, ...], sections: list[Section], people: list[User],
    leaders: list[User],
) -> Task:  # fmt: skip
    title = f"{VERBS[number % len(VERBS)]}{PLACES[number // 3 % len(PLACES)]}{THINGS[number // 7 % len(THINGS)]}（第{number + 1}项）"
    at, left_out = number % len(units), "由市场主体自主实施" if number % 50 == 49 else ""
    due, now = date(FIRST_YEAR, 1, 31) + timedelta(days=number * 37 % 1790), clock.now()
    is_done, signing = number % 9 == 8, (Signing.SIGNED, Signing.SIGNED, Signing.WAITING, Signing.OBJECTED)[number % 4]
    return Task(
        zone=zone, plan=plan, item=item, number=f"{number // 400 + 1}-{number + 1}", position=item.position, title=title,
        initials=initials_of(title), chapter=item.heading_title, source=f"{plan.name}{item.heading_title}",
        topic=TOPICS[number % len(TOPICS)],
        state=TaskState.FINISHED if is_done else TaskState.SENT, signing=signing, round=1, left_out=left_out,
        lead_unit=None if left_out else units[at], section=None if left_out else sections[at], person=None if left_out else people[at],
        sponsor=leaders[number % len(leaders)], start_on=date(FIRST_YEAR, 1, 1), due_on=due, latest_on=due,
        indicator_kind=IndicatorKind.CUMULATIVE_COUNT, measured_in="个", target=500, target_year=2030, finished_on=due if is_done else None,
        created_at=now, changed_at=now,
    )  # fmt: skip


def _nodes(tasks: list[Task], count: int) -> Iterator[Node]:
    each = max(1, count // len(tasks))
    for number, task in enumerate(tasks):
        assert task.due_on is not None
        span = (task.due_on - date(FIRST_YEAR, 1, 1)).days
        for step in range(each):
            day = date(FIRST_YEAR, 1, 1) + timedelta(days=span * (step + 1) // each)
            done = day if (number + step) % 3 == 0 else None
            when = {"year": day.year, "quarter": (day.month + 2) // 3, "due_on": day, "done_on": done}
            yield Node(task=task, latest_on=task.latest_on, text=f"第{step + 1}步完成", **when)
