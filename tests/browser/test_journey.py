"""The whole journey in a real Chromium, with a real worker: from an empty register to a changed plan whose versions stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from tests.browser.conftest import OpenPage
from tests.browser.journey.steps import AMEND, STEPS
from tests.browser.journey.tutorial import walk
from tests.browser.journey.walker import Figure, Papers, Target, Walker
from tests.browser.journey.worker import worker
from tests.factories.web import PASSWORD

from lantu_web.accounts.models import User
from lantu_web.audit.models import Entry
from lantu_web.audit.queries import breaks
from lantu_web.documents.models import Reading
from lantu_web.management.demo.organisation import enter_organisation
from lantu_web.plans.enums import CandidateState, Origin
from lantu_web.plans.models import Adjustment, Candidate, Decision, Finding, Item, Opinion, Plan, Reimport, Sentence, Version

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
APPROVAL = Papers(body="云溪新区管理委员会", number="云溪管发〔2026〕3号", day="2026-03-01")
CHANGE = Papers(body="云溪新区管理委员会", number="云溪管发〔2026〕21号", day="2026-06-30", upper="中共云溪新区工作委员会")
UNIT = "云溪新区经济发展局"
KEYS = [step.key for step in STEPS]


def seed(number: str) -> Path:
    found = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip(f"the seed plan {number} is not here: it is looked for in shared/seeds beside the repository")
    return found[0]


@pytest.fixture
def walker(transactional_db: None, open_page: OpenPage, tmp_path: Path) -> Iterator[Walker]:
    """Before the login, in the demo's zone with its people; the worker is at work."""
    enter_organisation(PASSWORD)
    with worker(tmp_path / "worker.txt"):
        yield Walker(page=open_page())


def test_a_plan_from_its_upload_to_its_second_version(walker: Walker) -> None:
    path = seed("004")
    walker.log_in("planner", PASSWORD)
    walker.register("文昌湖“十四五”规划", unit=UNIT, first_year=2021, last_year=2025, body="度假区管理委员会")
    walker.upload(path)
    walker.watch()
    walker.review(background="第三章", why="1", chapter="第三章", until="第四章", words="建设科创新城")
    walker.accept_the_rest()
    walker.settle(from_paper="6631121", figure=Figure(subject="稳定脱贫人口", value="3112", unit="人", year="2020"))
    walker.approve(APPROVAL)
    walker.adjust("工业总产值目标调整", Target(words="工业总产值", value="42", reason="重点项目投产推迟"), CHANGE)
    walker.compare()
    assert walker.done == KEYS
    plan = Plan.objects.get(pk=walker.plan)
    the_original_is_kept(plan, path)
    the_review_is_what_was_decided(walker, plan)
    the_plan_is_in_force(plan)
    the_target_has_two_values(walker, plan, words="工业总产值", before="45", after="42")
    the_trail_holds(["plan.enter", "plan.lay_out", "plan.approve", "adjustment.approve"])


def test_a_damaged_plan_of_72000_characters_and_its_amended_text(walker: Walker, tmp_path: Path) -> None:
    path = seed("003")
    walker.log_in("planner", PASSWORD)
    walker.register("潍城区“十四五”规划", unit=UNIT, first_year=2021, last_year=2025, body="潍城区人民政府")
    walker.upload(path)
    walker.watch()
    walker.review(background="第三节 二〇三五年", why="1", chapter="第一节 增强企业", until="第二节", words="新增科技型入库企业数")
    walker.amend(amended(path, tmp_path), decide=keep_the_enterprises)
    walker.open_review()
    walker.accept_the_rest()
    walker.settle(from_paper="规模化种粮比例", figure=Figure(subject="规模化种粮比例", value="80", unit="%", year="2025"))
    walker.approve(APPROVAL)
    walker.adjust("研发投入目标调整", Target(words="全社会研发投入", value="2.3", reason="中期评估后提高"), CHANGE)
    walker.compare()
    assert walker.done == [*KEYS[:5], AMEND.key, *KEYS[5:]]
    plan = Plan.objects.get(pk=walker.plan)
    both_originals_are_kept(plan, path)
    the_amended_text_is_taken_over_as_decided(plan)
    the_review_is_what_was_decided(walker, plan)
    the_plan_is_in_force(plan)
    the_target_has_two_values(walker, plan, words="全社会研发投入", before="2.1", after="2.3")
    the_trail_holds(["plan.enter", "plan.lay_out", "plan.approve", "adjustment.approve"])


def test_the_tutorial_on_the_projects_own_sample(walker: Walker) -> None:
    """What a reader of the tutorials does; where no seed plans are, the whole journey all the same."""
    walk(walker, PASSWORD, ROOT)
    plan = Plan.objects.get(pk=walker.plan)
    assert (walker.done, plan.state) == (KEYS, "adjusted")
    the_review_is_what_was_decided(walker, plan)
    the_target_has_two_values(walker, plan, words="研发经费投入强度", before="3.6", after="3.4")
    the_trail_holds(["plan.enter", "plan.lay_out", "plan.approve", "adjustment.approve"])


AMENDED = (
    ("新平臺15 家以上", "新平臺18 家以上"),
    ("總數(shù)達到50 家以上", "總數(shù)達到55 家以上"),
    ("瞄準光電芯片、", "瞄準光電芯片、機器人、"),
)


def amended(path: Path, folder: Path) -> Path:
    """Two numbers and a sentence of the reviewed section say something else."""
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    for before, after in AMENDED:
        assert text.count(before) == 1
        text = text.replace(before, after)
    (changed := folder / "修订稿.txt").write_bytes(text.encode("utf-8", "surrogateescape"))
    return changed


def keep_the_enterprises(line: Locator) -> str:
    return "keep" if "55" in line.inner_text() else "take"


# --- what the database says afterwards


def the_original_is_kept(plan: Plan, path: Path) -> None:
    (reading,) = Reading.objects.filter(purpose="review", purpose_id=plan.pk)
    assert reading.original.size == path.stat().st_size
    assert plan.reading == reading


def both_originals_are_kept(plan: Plan, path: Path) -> None:
    readings = Reading.objects.filter(purpose_id=plan.pk).order_by("pk")
    assert list(readings.values_list("purpose", "file_name", "original__size")) == [
        ("review", path.name, path.stat().st_size),
        ("reimport", "修订稿.txt", path.stat().st_size + sum(len(after.encode()) - len(before.encode()) for before, after in AMENDED)),
    ]
    assert plan.reading == readings[1]


def the_amended_text_is_taken_over_as_decided(plan: Plan) -> None:
    reimport = Reimport.objects.get(plan=plan)
    assert reimport.applied_at is not None
    lines = reimport.lines.exclude(difference="same").values_list("difference", "choice", "kind", "label")
    assert [(difference, choice, kind, label[:4]) for difference, choice, kind, label in lines] == [
        ("changed", "keep", "measure", "大力引进"), ("changed", "keep", "target", "高新技术"), ("changed", "take", "measure", "培育新建"),
        ("changed", "take", "target", "新增市级"), ("changed", "take", "measure", "瞄准光电"),
    ]  # fmt: skip
    values = {row.content["subject"]: row.content["value"] for row in Candidate.objects.filter(plan=plan, kind="target", state="accepted")}
    assert (str(values["新增市级以上创新平台"]), str(values["高新技术企业"])) == ("18", "50")
    assert Sentence.objects.filter(plan=plan, text__contains="瞄准光电芯片、机器人、人工智能").exists()


def the_review_is_what_was_decided(walker: Walker, plan: Plan) -> None:
    deeds, planner = walker.deeds, User.objects.get(username="planner")
    rows = Candidate.objects.filter(plan=plan).in_bulk()
    assert {row.state for row in rows.values()} == {CandidateState.ACCEPTED, CandidateState.REJECTED}
    assert [pk for pk, row in rows.items() if row.state == CandidateState.REJECTED] == [deeds.rejected]
    assert rows[deeds.rejected].reject_reason == "not_a_commitment"
    assert rows[deeds.edited].label.startswith(deeds.edited_words)
    assert {row.decided_by for row in rows.values()} == {planner}
    assert deeds.section and {rows[pk].state for pk in deeds.section} == {CandidateState.ACCEPTED}
    assert rows[deeds.accepted].heading is not None and rows[deeds.accepted].state == CandidateState.ACCEPTED
    assert (rows[deeds.paper].origin, rows[deeds.paper].findings.count()) == (Origin.PAPER, 1)
    assert Sentence.objects.filter(plan=plan, text=deeds.sentence).values_list("standing", flat=True)[:1].get() == "not_a_task"
    acts = Decision.objects.filter(plan=plan, candidate__in=[deeds.accepted, deeds.edited, deeds.rejected]).order_by("id")
    assert list(acts.values_list("candidate", "act")) == [
        (deeds.accepted, "accept"), (deeds.edited, "edit"), (deeds.rejected, "reject")
    ]  # fmt: skip
    assert set(Finding.objects.filter(plan=plan).values_list("settlement", flat=True)) == {"typed_from_paper", "no_matter"}


def the_plan_is_in_force(plan: Plan) -> None:
    assert (plan.state, plan.approving_body, plan.document_number, str(plan.approved_on)) == (
        "adjusted", APPROVAL.body, APPROVAL.number, APPROVAL.day,
    )  # fmt: skip
    accepted = Candidate.objects.filter(plan=plan, state=CandidateState.ACCEPTED)
    assert sorted(Item.objects.filter(plan=plan).values_list("candidate", flat=True)) == sorted(accepted.values_list("pk", flat=True))
    assert list(Version.objects.filter(plan=plan).order_by("number").values_list("number", "document_number")) == [
        (1, APPROVAL.number), (2, CHANGE.number)
    ]  # fmt: skip


def the_target_has_two_values(walker: Walker, plan: Plan, *, words: str, before: str, after: str) -> None:
    adjustment = Adjustment.objects.get(pk=walker.adjustment)
    assert (adjustment.state, adjustment.upper_body, adjustment.document_number) == ("approved", CHANGE.upper, CHANGE.number)
    assert list(Opinion.objects.filter(adjustment=adjustment).values_list("body", "position")) == [("云溪新区财政局", "agree")]
    (line,) = adjustment.items.all()
    states = line.item.states.order_by("version__number")
    assert [(state.version.number, str(state.content["value"])) for state in states] == [(1, before), (2, after)]
    row = walker.page.locator("tr[data-change]")
    expect(row.locator("td").nth(0)).to_contain_text(words)
    expect(row.locator("td").nth(0).locator("del")).to_have_text(before)
    expect(row.locator("td").nth(1).locator("ins")).to_have_text(after)


def the_trail_holds(actions: list[str]) -> None:
    assert list(breaks()) == []
    assert set(actions) <= set(Entry.objects.values_list("action", flat=True))


@pytest.mark.parametrize(("file", "language"), [("tutorial.zh-CN.md", "zh"), ("tutorial.md", "en")])
def test_the_tutorial_has_the_steps_of_the_journey_and_its_pictures(file: str, language: str) -> None:
    text = (ROOT / "docs" / file).read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [f"{n}. {getattr(step, language)}" for n, step in enumerate(STEPS, 1)]
    pictures = re.findall(r"\]\((images/[\w-]+\.png)\)", text)
    assert pictures and {name for name in pictures if not (ROOT / "docs" / name).is_file()} == set()
    assert all(name.startswith(f"images/tutorial-{language}-") for name in pictures)
    assert max((ROOT / "docs" / name).stat().st_size for name in pictures) < 200 * 1024
