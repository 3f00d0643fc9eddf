"""The plan is adjusted under lines of the ledger: it is seen in the division, taken over and signed again, or kept with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.life import adjusted
from tests.web.life.test_approval import at_once

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit, User
from lantu_web.audit.models import Entry
from lantu_web.bridge.breakdown import take_words
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.plans.models import Plan
from lantu_web.tasks.commands import parts, signing
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.commands.rewording import keep
from lantu_web.tasks.drafts import YearDraft
from lantu_web.tasks.models import Change, Division, Signature, Task, YearPart
from lantu_web.tasks.queries.divisions import overview_of
from lantu_web.tasks.queries.plan_words import reworded

FIRST = {2026: "2.7", 2027: "2.9", 2028: "3.1", 2029: "3.3", 2030: "3.5"}
LogIn = Callable[[User], Client]


@pytest.fixture
def task(everything: dict[str, Task], division: Division, officer: Person, economy: Unit) -> Task:
    """The target for research, sent out and signed for by its units."""
    task = everything["M-002"]
    change(by=officer, task_id=task.pk, expected=1, values={"lead_unit": economy.pk})
    parts.set_years(
        by=officer, task_id=task.pk, expected=2, values={"baseline": "2.5", "baseline_year": 2025},
        years=[YearDraft(year=year, value=Decimal(value)) for year, value in FIRST.items()],
    )  # fmt: skip
    signing.send(by=officer, division_id=division.pk, task_ids=[task.pk], sign_by=clock.today() + timedelta(days=5))
    Signature.objects.filter(task=task).update(state="signed", answered_at=clock.now())
    return Task.objects.get(pk=task.pk)


def years(task: Task) -> dict[int, Decimal | None]:
    return dict(YearPart.objects.filter(task=task).values_list("year", "value"))


def hurdles(plan: Plan) -> list[int]:
    return [task.pk for task in overview_of(plan).hurdles.reworded]


def test_before_the_adjustment_nothing_is_told(task: Task, plan: Plan) -> None:
    assert (hurdles(plan), reworded([task])) == ([], [])


def test_what_the_adjustment_changed_is_told_with_its_paper(task: Task, plan: Plan, officer: Person) -> None:
    adjusted(plan, officer)
    [found] = reworded(Task.objects.filter(plan=plan))
    assert (hurdles(plan), found.version.number, found.version.document_number, found.version.effective_on.isoformat()) == (
        [task.pk], 2, "云管发〔2026〕18号", "2026-06-30",
    )  # fmt: skip
    assert [(pair.name, pair.before, pair.after) for pair in found.pairs] == [("value", "3.5", "3.2")]


def test_taken_over_it_is_signed_again(task: Task, plan: Plan, officer: Person) -> None:
    before = years(task)
    parts.set_part(by=officer, task_id=task.pk, expected=task.revision, year=2027, goal="建成两个中心", value=str(before[2027]))
    adjusted(plan, officer)
    taken = take_words(by=officer, task_id=task.pk, expected=task.revision + 1)
    task.refresh_from_db()
    assert (task.target, years(task)[2030], years(task).keys(), hurdles(plan)) == (Decimal("3.2"), Decimal("3.2"), before.keys(), [])
    assert YearPart.objects.get(task=task, year=2027).goal == "建成两个中心"
    assert set(Signature.objects.filter(task=task, is_superseded=False).values_list("state", flat=True)) == {"waiting"}
    last = Change.objects.filter(task=task)[0]
    assert (last.action, last.after, taken.pk) == ("task.take_words", {"version": 2, "document_number": "云管发〔2026〕18号"}, task.pk)
    with pytest.raises(Conflict):
        take_words(by=officer, task_id=task.pk, expected=task.revision)


def test_what_the_officer_set_otherwise_stays(task: Task, plan: Plan, officer: Person) -> None:
    change(by=officer, task_id=task.pk, expected=task.revision, values={"topic": "创新", "due_on": "2030-06-30"})
    adjusted(plan, officer)
    take_words(by=officer, task_id=task.pk, expected=task.revision + 1)
    task.refresh_from_db()
    assert (task.target, task.topic, task.due_on.isoformat() if task.due_on else "") == (Decimal("3.2"), "创新", "2030-06-30")


def test_kept_it_says_why_and_nobody_signs_again(task: Task, plan: Plan, officer: Person) -> None:
    adjusted(plan, officer)
    with pytest.raises(Invalid):
        keep(by=officer, task_id=task.pk, expected=task.revision, reason=" ")
    keep(by=officer, task_id=task.pk, expected=task.revision, reason="按原目标加压推进")
    task.refresh_from_db()
    assert (task.target, hurdles(plan)) == (Decimal("3.5"), [])
    assert set(Signature.objects.filter(task=task, is_superseded=False).values_list("state", flat=True)) == {"signed"}
    entry = Entry.objects.get(action="task.keep_words")
    assert entry.after == {"version": 2, "document_number": "云管发〔2026〕18号", "why": "按原目标加压推进"}
    with pytest.raises(Conflict):
        keep(by=officer, task_id=task.pk, expected=task.revision, reason="再次")


def test_the_next_adjustment_is_told_again_against_what_was_decided(task: Task, plan: Plan, officer: Person) -> None:
    adjusted(plan, officer)
    keep(by=officer, task_id=task.pk, expected=task.revision, reason="按原目标加压推进")
    plan.refresh_from_db()
    adjusted(plan, officer, value="3.0")
    [found] = reworded([Task.objects.get(pk=task.pk)])
    assert [(pair.before, pair.after) for pair in found.pairs] == [("3.2", "3")]


def test_an_adjustment_that_is_taken_back_by_the_next_needs_nothing(task: Task, plan: Plan, officer: Person) -> None:
    adjusted(plan, officer)
    plan.refresh_from_db()
    adjusted(plan, officer, value="3.5")
    assert hurdles(plan) == []


def test_lines_made_after_the_adjustment_say_its_words(division: Division, plan: Plan, officer: Person) -> None:
    from lantu_web.bridge.breakdown import Choice, accept, proposals

    adjusted(plan, officer)
    one = next(one for one in proposals(plan) if one.said.item.code == "M-002")
    [made] = accept(by=officer, division_id=division.pk, choices=[Choice(item=one.said.item.pk, lead_unit=one.draft.lead_unit)])
    assert (made.target, made.words_id, hurdles(plan)) == (Decimal("3.2"), one.said.item.states.last().pk, [])


def test_years_that_are_settled_stay(task: Task, plan: Plan, officer: Person) -> None:
    YearPart.objects.filter(task=task, year=2026).update(state="finished", verified_on=clock.today())
    before = years(task)[2026]
    adjusted(plan, officer)
    take_words(by=officer, task_id=task.pk, expected=task.revision)
    assert (years(task)[2026], years(task)[2030]) == (before, Decimal("3.2"))


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_decides(task: Task, plan: Plan, officer: Person) -> None:
    adjusted(plan, officer)
    told = at_once(
        lambda: take_words(by=officer, task_id=task.pk, expected=task.revision),
        lambda: keep(by=officer, task_id=task.pk, expected=task.revision, reason="维持"),
    )
    assert sorted(type(one).__name__ for one in told) == ["Conflict", "Task"]


def at(name: str, *args: object) -> str:
    return reverse(f"office:{name}", args=["yunxi", *args])


def test_through_the_screens(task: Task, plan: Plan, officer: Person, logged_in: LogIn) -> None:
    adjusted(plan, officer)
    office = logged_in(User.objects.get(pk=officer.user_id))
    assert "项任务的规划内容已调整，尚待处理" in office.get(at("division", plan.pk)).content.decode()
    page = office.get(at("division-task", task.pk)).content.decode()
    assert ("规划内容已于2026-06-30调整（云管发〔2026〕18号）" in page, '<del lang="zh-Hans">3.5</del> → <ins lang="zh-Hans">3.2</ins>' in page) == (True, True)
    answer = office.post(at("division-words-keep", task.pk), {"expected": task.revision, "reason": ""}, follow=True)
    assert hurdles(plan) == [task.pk]
    answer = office.post(at("division-words-take", task.pk), {"expected": task.revision}, follow=True)
    assert ("规划内容已于" in answer.content.decode(), hurdles(plan)) == (False, [])


def test_units_and_outsiders_decide_nothing(
    task: Task, plan: Plan, officer: Person, contact: tuple[User, Person], outsider: tuple[User, Person], logged_in: LogIn
) -> None:
    adjusted(plan, officer)
    for user, by in (contact, outsider):
        with pytest.raises((Conflict, Forbidden)):
            take_words(by=by, task_id=task.pk, expected=task.revision)
        with pytest.raises((Conflict, Forbidden)):
            keep(by=by, task_id=task.pk, expected=task.revision, reason="维持")
        client = logged_in(user)
        assert {client.post(at(name, task.pk)).status_code for name in ("division-words-take", "division-words-keep")} <= {403, 404}
