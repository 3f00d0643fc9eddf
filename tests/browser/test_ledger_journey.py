"""The ledger's journey in a real Chromium, with a real worker: an approved plan is broken down, sent out, signed for, objected to, settled,
worked in as a workbook and in the grid, brought back, and carried over at the year's end. Nothing is lost, nothing signed changes silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import OpenPage
from tests.browser.journey.ledger import Assigned, Desk, Office
from tests.browser.journey.ledger_files import Files, worked_in
from tests.browser.journey.worker import worker
from tests.browser.test_journey import ROOT, seed, the_trail_holds
from tests.factories.life import approved, decided
from tests.factories.web import PASSWORD, make_read_plan

from lantu_web.accounts.models import Unit, User
from lantu_web.lib import clock
from lantu_web.management.demo.organisation import acting, enter_organisation
from lantu_web.plans.models import Plan
from lantu_web.tasks.models import Exchange, Signature, Task, YearPart
from lantu_web.tasks.queries.values import signed_content

pytestmark = pytest.mark.django_db(transaction=True)
OTHER_UNIT, OTHER_SECTION, OTHER_PERSON = "云溪新区科技创新局", "创新平台科", "李文静"
LEADER = "郑海涛"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A plan and what is decided on one page of a chapter, by the codes of its items: ``accepted`` goes to ``unit``, which is proposed for
    ``reason`` and will object with ``counter`` (values by year); ``changed`` to the science bureau; ``left`` to the market."""

    file: Callable[[], Path]
    years: tuple[int, int]
    chapter: int
    page: int = 1
    accepted: str
    changed: str
    left: str
    reason: str
    unit: str
    username: str
    person: str
    first_value: str
    counter: dict[int, str]
    due: tuple[date, date]


SAMPLE = Case(
    file=lambda: ROOT / "samples" / "yunxi-action-plan.md", years=(2026, 2028), chapter=2, page=2, accepted="M-026", changed="M-023",
    left="M-033", reason="与上级任务一致", unit="云溪新区大数据中心", username="contact5", person="林秀英", first_value="86",
    counter={2026: "60", 2028: "113"}, due=(date(2028, 12, 31), date(2027, 12, 31)),
)  # fmt: skip
SEED = Case(
    file=lambda: seed("004"), years=(2021, 2025), chapter=2, accepted="M-009", changed="M-001", left="M-004", reason="空气质量",
    unit="云溪新区生态环境分局", username="contact2", person="周凯", first_value="62", counter={2021: "61"},
    due=(date(2025, 12, 31), date(2025, 12, 31)),
)  # fmt: skip


@dataclass
class Memory:
    """What every signature was given for, as it was first seen; and every task that was sent out."""

    contents: dict[int, Any] = field(default_factory=dict)

    def holds(self) -> None:
        """Each signature keeps its words, none is lost, and what counts now is about the words of today."""
        rows = {row.pk: row for row in Signature.objects.select_related("task")}
        assert set(self.contents) <= set(rows)
        for pk, row in rows.items():
            assert self.contents.setdefault(pk, row.content) == row.content
            assert row.is_superseded or row.content == signed_content(row.task)


@dataclass
class Journey:
    case: Case
    plan: Plan
    office: Office
    files: Files
    bureau: Desk
    unit: Desk
    memory: Memory = field(default_factory=Memory)

    def task(self, code: str) -> Task:
        return Task.objects.get(plan=self.plan, item__code=code)

    @property
    def accepted(self) -> Task:
        return self.task(self.case.accepted)

    @property
    def changed(self) -> Task:
        return self.task(self.case.changed)


@pytest.fixture(params=[pytest.param(SAMPLE, id="sample"), pytest.param(SEED, id="seed-004")])
def case(request: pytest.FixtureRequest) -> Case:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def journey(case: Case, transactional_db: None, open_page: OpenPage, shots: Callable[..., None], tmp_path: Path) -> Iterator[Journey]:
    """Before the breakdown: the plan is in force, the planning office and two units are logged in, the worker is at work."""
    path = case.file()
    zone = enter_organisation(PASSWORD)
    officer = acting(User.objects.get(username="planner"), zone)
    name, (first, last) = "云溪新区专项规划", case.years
    unit = Unit.objects.get(zone=zone, code="201")
    plan = make_read_plan(
        zone, path.read_bytes(), file_name=path.name, by=officer, name=name, unit=unit, period_start=first, period_end=last
    )  # fmt: skip
    plan, look = approved(decided(plan), officer), pictures(shots, first)
    with worker(tmp_path / "worker.txt"):
        page = open_page(accept_downloads=True)
        made = Journey(
            case=case, plan=plan, office=Office(page, look, plan=plan.pk), files=Files(page, look), bureau=Desk(open_page(), look),
            unit=Desk(open_page(), look),
        )  # fmt: skip
        for person, username in ((made.office, "planner"), (made.bureau, "contact"), (made.unit, case.username)):
            person.log_in(username, PASSWORD)
        yield made


def pictures(shots: Callable[..., None], year: int) -> Callable[[Page, str], None]:
    """Numbered in the order in which they are taken."""
    numbers = iter(range(1, 100))
    return lambda page, name: shots(page, f"ledger-{year}-{next(numbers):02}-{name}", full=True)


def test_a_plan_from_its_breakdown_to_the_year_that_is_carried_over(journey: Journey, tmp_path: Path) -> None:
    steps = (
        break_down, plan_the_work, send_out, sign_and_object, settle_and_sign_again, partial(work_in_a_workbook, folder=tmp_path),
        finish_and_carry_over,
    )  # fmt: skip
    for step in steps:
        step(journey)
        journey.memory.holds()
    nothing_was_lost(journey)
    the_trail_holds([
        "division.open", "division.add_tasks", "task.send", "signature.sign", "signature.object", "signature.settle", "exchange.take_over",
        "part.carry",
    ])  # fmt: skip


# --- the steps


def break_down(journey: Journey) -> None:
    """One proposal is taken as it is, one goes to another unit, one goal is left to the market."""
    office, case = journey.office, journey.case
    office.open_division()
    office.open_chapter(case.chapter, case.page)
    proposal = office.proposal(case.accepted)
    expect(proposal.locator(".division-offer").first).to_contain_text(case.unit)
    expect(proposal.locator(".division-offer__why").first).to_contain_text(case.reason)
    expect(proposal.locator(".division-path")).to_contain_text(case.first_value)
    office.tick(case.accepted)
    office.choose_unit(case.changed, OTHER_UNIT)
    office.leave_out(case.left, "预期性目标，由市场主体实现，只监测不分解")
    office.take_the_ticked()
    found = Task.objects.filter(plan=journey.plan).values_list("item__code", "lead_unit__name", "left_out")
    assert set(found) == {
        (case.accepted, case.unit, ""), (case.changed, OTHER_UNIT, ""), (case.left, None, "预期性目标，由市场主体实现，只监测不分解")
    }  # fmt: skip


def plan_the_work(journey: Journey) -> None:
    """Who does it until when, what each year brings, by which nodes."""
    office, case, (first, second) = journey.office, journey.case, journey.case.due
    accepted = Assigned(due_on=first, sponsor=LEADER, person=case.person, cooperating=OTHER_UNIT)
    changed = Assigned(due_on=second, sponsor=LEADER, person=OTHER_PERSON, section=OTHER_SECTION)
    for task, wanted in ((journey.accepted, accepted), (journey.changed, changed)):
        office.assign(task.pk, wanted)
        office.set_goals({str(year): (f"{year}年阶段目标", value) for year, value in values_of(task).items()})
        office.take_nodes()
    task = journey.accepted
    assert (task.sponsor and task.sponsor.name, task.person and task.person.name, task.due_on) == (LEADER, case.person, first)
    assert (journey.changed.section and journey.changed.section.name) == OTHER_SECTION
    assert task.nodes.exists() and set(task.parts.values_list("goal", flat=True)) == {f"{year}年阶段目标" for year in values_of(task)}


def values_of(task: Task) -> dict[int, str]:
    """As they were taken over."""
    return {part.year: f"{part.value:f}".rstrip("0").rstrip(".") for part in task.parts.order_by("year")}


def send_out(journey: Journey) -> None:
    journey.office.send(clock.today() + timedelta(days=10))
    waiting = Signature.objects.order_by("task__position", "part").values_list("task__item__code", "unit__name", "part", "state")
    assert set(waiting) == {
        (journey.case.accepted, journey.case.unit, "lead", "waiting"), (journey.case.accepted, OTHER_UNIT, "cooperating", "waiting"),
        (journey.case.changed, OTHER_UNIT, "lead", "waiting"),
    }  # fmt: skip


def sign_and_object(journey: Journey) -> None:
    """Each finds on arriving what waits and why it is theirs."""
    bureau, unit, case = journey.bureau, journey.unit, journey.case
    bureau.start()
    expect(bureau.waiting()).to_have_count(2)
    expect(bureau.waiting().filter(has_text=journey.changed.title).locator(".sign-why")).to_contain_text(f"{OTHER_UNIT}牵头")
    expect(bureau.waiting().filter(has_text=journey.accepted.title).locator(".sign-why")).to_contain_text("配合")
    bureau.look(bureau.page, "my-unit")
    bureau.sign(journey.changed.title, "lead")
    bureau.sign(journey.accepted.title, "cooperating")
    unit.start()
    expect(unit.waiting().locator(".sign-why")).to_contain_text(case.reason)
    unit.object(journey.accepted.title, reason="首年资金尚未落实，请调减首年任务量", years=case.counter)
    assert (journey.changed.signing, journey.accepted.signing) == ("signed", "objected")


def settle_and_sign_again(journey: Journey) -> None:
    """The objection is followed; the unit that asked for it has thereby signed, the other one is asked again."""
    journey.office.follow_objection("同意调减首年任务量，总目标不变。")
    bureau, task = journey.bureau, journey.accepted
    assert states(task, 2) == {journey.case.unit: "signed", OTHER_UNIT: "waiting"}
    bureau.start()
    expect(bureau.waiting()).to_contain_text("有变动，须重新签收")
    bureau.sign(task.title, "again")
    task.refresh_from_db()
    assert (task.signing, task.round, values_of(task) | journey.case.counter) == ("signed", 2, values_of(task))


def states(task: Task, number: int) -> dict[str, str]:
    return dict(Signature.objects.filter(task=task, round=number).values_list("unit__name", "state"))


def work_in_a_workbook(journey: Journey, folder: Path) -> None:
    """Out, worked in, and back, while the office changes one of the same cells in the grid."""
    office, files, task, other = journey.office, journey.files, journey.accepted, journey.changed
    office.open_grid()
    office.look(office.page, "grid")
    path = files.export(folder)
    title, here, source = f"{task.title}（以文件为准）", f"{task.title}（网上改）", "云溪管办发〔2026〕15号"
    back = worked_in(path, {(task.number, "重点任务"): title, (other.number, "文件依据"): source}, folder)
    office.change_cell(task.pk, "title", here)
    journey.memory.holds()
    files.bring_back(back)
    expect(files.rows()).to_have_count(2)
    expect(files.rows("conflict")).to_have_count(1)
    expect(files.rows("conflict")).to_contain_text(here)
    files.decide_by_the_file()
    files.take_over()
    assert list(Exchange.objects.values_list("kind", "state")) == [("import_ledger", "applied"), ("export_ledger", "ready")]
    the_result_stands_in_the_grid(journey, {task.pk: title, other.pk: other.title})
    the_history_tells(journey, task, [title, here])
    the_history_tells(journey, other, [source])
    everybody_signs_what_changed(journey)


def the_result_stands_in_the_grid(journey: Journey, titles: dict[int, str]) -> None:
    page = journey.office.page
    journey.office.open_grid()
    for pk, title in titles.items():
        expect(page.locator(f"#t{pk} .cell--title a").first).to_have_text(title)
    journey.office.look(page, "grid-after")


def the_history_tells(journey: Journey, task: Task, words: list[str]) -> None:
    """Newest first."""
    journey.office.task(task.pk)
    for word in words:
        expect(journey.office.page.locator("#history")).to_contain_text(word)
    journey.office.look(journey.office.page, "history")


def everybody_signs_what_changed(journey: Journey) -> None:
    """The new title was sent out anew; the source is nobody's signature."""
    assert (journey.accepted.signing, journey.changed.signing) == ("waiting", "signed")
    journey.bureau.sign_all("bureau")
    journey.unit.sign_all("unit")
    assert (journey.accepted.signing, journey.accepted.round) == ("signed", 4)


def finish_and_carry_over(journey: Journey) -> None:
    """One annual target is reached and verified; the other one goes on in the next year, and its task tells so."""
    year, office, task = journey.case.years[0], journey.office, journey.accepted
    journey.bureau.claim(journey.changed.pk, year, "当年目标已全部完成，认定文件已归档")
    office.verify_the_claim()
    shown = office.carry_over(year)
    assert shown == [task.title]
    office.task(task.pk)
    expect(office.page.locator("#years")).to_contain_text(f"{year}年结转")
    expect(office.page.locator("#history")).to_contain_text("结转")
    office.look(office.page, "carried-task")
    parts = YearPart.objects.filter(task=task, year__lte=year + 1).order_by("year", "pk")
    assert [(part.year, part.state, bool(part.carried_from)) for part in parts] == [
        (year, "carried", False), (year + 1, "open", False), (year + 1, "open", True)
    ]  # fmt: skip
    assert (journey.accepted.signing, journey.changed.parts.get(year=year).state) == ("signed", "finished")


def nothing_was_lost(journey: Journey) -> None:
    """Every line, every round, every answer is there still."""
    case = journey.case
    assert set(Task.objects.values_list("item__code", "state", "signing")) == {
        (case.accepted, "sent", "signed"), (case.changed, "sent", "signed"), (case.left, "sent", "none")
    }  # fmt: skip
    assert [states(journey.accepted, number) for number in (1, 2, 3, 4)] == [
        {case.unit: "settled", OTHER_UNIT: "signed"}, {case.unit: "signed", OTHER_UNIT: "signed"},
        {case.unit: "waiting", OTHER_UNIT: "waiting"}, {case.unit: "signed", OTHER_UNIT: "signed"},
    ]  # fmt: skip
    assert Signature.objects.count() == 9
