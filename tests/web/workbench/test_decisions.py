"""Decisions on one candidate: what they change, what they leave behind, and when they are refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.factories.web import make_person
from tests.web.workbench.conftest import Review, figure, make_review, span, task

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Zone
from lantu_web.audit.models import Entry
from lantu_web.audit.queries import breaks
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.plans.commands.review import accept, add_from_paper, edit, reject, reopen
from lantu_web.plans.enums import CandidateState, ItemKind, PlanState
from lantu_web.plans.models import Candidate, Decision

TARGET = "产值达到500亿元"
ACTS: list[Any] = [
    pytest.param(lambda **seen: accept(**seen), id="accept"),
    pytest.param(lambda **seen: edit(values=figure("产值", "600", "亿元"), **seen), id="edit"),
    pytest.param(lambda **seen: reject(reason="misread", **seen), id="reject"),
    pytest.param(lambda **seen: reopen(**seen), id="reopen"),
]


def trail(row: Candidate) -> list[tuple[Any, ...]]:
    rows = Decision.objects.filter(candidate=row).order_by("id")
    return [(one.act, one.by.name if one.by else None, one.reason, one.before, one.after) for one in rows]


@pytest.mark.django_db
def test_accepting_covers_the_sentence_and_says_who_and_when(review: Review, officer: Person) -> None:
    row = accept(by=officer, candidate=review.candidate(TARGET), expected=1)
    assert (row.state, row.revision, row.decided_by_id, row.decided_at is not None) == ("accepted", 2, officer.user_id, True)
    assert trail(row) == [("accept", officer.name, "", {"state": "open"}, {"state": "accepted"})]
    assert review.standings() == {
        "到203": "covered", "企业达到": "open", "建设智能": "open", "完善配套": "open", "我们团结": "open", "新建污水": "open",
    }  # fmt: skip
    entry = Entry.objects.get()
    assert (entry.action, entry.object_id, entry.before, entry.after) == (
        "candidate.accept", str(row.pk), {"state": "open"}, {"state": "accepted"},
    )  # fmt: skip
    assert list(breaks()) == []


@pytest.mark.django_db
def test_editing_keeps_the_state_and_the_place_unless_they_are_given(review: Review, officer: Person) -> None:
    row = edit(by=officer, candidate=review.candidate(TARGET), expected=1, values=figure("总产值", "600", "亿元"))
    assert (row.state, row.label, row.content["value"], (row.start, row.end), row.quote) == (
        "open", "总产值 600亿元", "600", span(TARGET), TARGET,
    )  # fmt: skip
    row = edit(
        by=officer,
        candidate=row,
        expected=2,
        values=row.content,
        kind=ItemKind.ACTUAL,
        span=span("到2030年，产值达到500亿元。"),
        accept=True,
    )
    assert (row.kind, row.state, row.quote, row.revision) == ("actual", "accepted", "到2030年，产值达到500亿元。", 3)
    assert review.standings()["到203"] == "covered"
    assert [(act, before["content"]["value"]) for act, _by, _why, before, _after in trail(row)[:1]] == [("edit", "500")]


@pytest.mark.django_db
def test_an_edit_that_moves_the_place_changes_both_standings(review: Review, officer: Person) -> None:
    row = accept(by=officer, candidate=review.candidate("新建污水处理厂？座"), expected=1)
    row = edit(by=officer, candidate=row, expected=2, values=row.content, span=span("我们团结一心"))
    assert (review.standings()["新建污水"], review.standings()["我们团结"], row.heading) == ("open", "covered", review.headings["产业"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "where", "field"),
    [
        pytest.param(figure("产值", "1", "亿元") | {"subject": ""}, None, "subject", id="empty"),
        pytest.param(figure("产值", "1", "亿元") | {"value": "many"}, None, "value", id="no number"),
        pytest.param(figure("产值", "1", "亿元"), (5, 5), "span", id="no words"),
        pytest.param(figure("产值", "1", "亿元"), (5, 99999), "span", id="beyond the text"),
        pytest.param(figure("产值", "1", "亿元"), (-2, 9), "span", id="before the text"),
    ],
)
def test_an_edit_that_cannot_be_changes_nothing(
    values: dict[str, Any], where: tuple[int, int] | None, field: str, review: Review, officer: Person
) -> None:
    with pytest.raises(Invalid) as refused:
        edit(by=officer, candidate=review.candidate(TARGET), expected=1, values=values, span=where)
    assert (refused.value.field, review.candidate(TARGET).revision, Decision.objects.count()) == (field, 1, 0)


@pytest.mark.django_db
def test_rejecting_says_why_and_reopening_takes_it_back(review: Review, officer: Person) -> None:
    row = accept(by=officer, candidate=review.candidate(TARGET), expected=1)
    row = reject(by=officer, candidate=row, expected=2, reason="other", note="  口径\x00不符 ")
    assert (row.state, row.reject_reason, row.note, review.standings()["到203"]) == ("rejected", "other", "口径不符", "open")
    row = reopen(by=officer, candidate=row, expected=3)
    assert (row.state, row.reject_reason, row.revision) == ("open", "", 4)
    assert [(act, why) for act, _by, why, _before, _after in trail(row)] == [("accept", ""), ("reject", "口径不符"), ("reopen", "")]
    assert reopen(by=officer, candidate=accept(by=officer, candidate=row, expected=4), expected=5).state == "open"
    assert review.standings()["到203"] == "open"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reason", "note", "field"),
    [
        pytest.param("", "", "reason", id="no reason"),
        pytest.param("no such", "", "reason", id="unknown reason"),
        pytest.param("other", " ", "note", id="other without a note"),
        pytest.param("misread", "x" * 501, "note", id="too long"),
    ],
)
def test_a_rejection_without_its_reason_is_refused(reason: str, note: str, field: str, review: Review, officer: Person) -> None:
    with pytest.raises(Invalid) as refused:
        reject(by=officer, candidate=review.candidate(TARGET), expected=1, reason=reason, note=note)
    assert (refused.value.field, review.candidate(TARGET).state) == (field, "open")


@pytest.mark.django_db
def test_rejecting_a_figure_from_paper_opens_its_finding_again(review: Review, officer: Person) -> None:
    row = add_from_paper(by=officer, finding=review.finding, expected=1, kind=ItemKind.TARGET, values=figure("污水处理厂", "2", "座"))
    reject(by=officer, candidate=row, expected=1, reason="misread")
    assert (review.finding.state, review.finding.settlement, review.finding.candidate, review.finding.revision) == ("open", "", None, 3)


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS)
def test_whoever_decides_on_an_older_view_learns_who_was_first(act: Any, review: Review, officer: Person, colleague: Person) -> None:
    accept(by=replace(colleague), candidate=review.candidate(TARGET), expected=1)
    with pytest.raises(Conflict, match=r"钱明远.*\d{4}-\d\d-\d\d \d\d:\d\d.*产值 500亿元"):
        act(by=officer, candidate=review.candidate(TARGET), expected=1)
    assert (review.candidate(TARGET).revision, Decision.objects.count(), Entry.objects.count()) == (2, 1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.APPROVED, PlanState.ADJUSTED, PlanState.CLOSED])
def test_outside_of_a_review_nothing_is_decided(act: Any, state: PlanState, review: Review, officer: Person) -> None:
    plan = review.plan
    plan.state, plan.approved_on, plan.approving_body, plan.document_number = state, "2026-01-01", "区管委会", "云管发〔2026〕1号"  # type: ignore[assignment]
    plan.save()
    with pytest.raises(Conflict):
        act(by=officer, candidate=review.candidate(TARGET), expected=1)
    assert (review.candidate(TARGET).revision, Decision.objects.count()) == (1, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PLANNING_OFFICER, Role.SYSTEM_ADMINISTRATOR)])
def test_only_planning_officers_decide(act: Any, role: Role, review: Review) -> None:
    person = make_person(role, review.plan.zone, review.plan.unit)[1]
    with pytest.raises(Forbidden):
        act(by=person, candidate=review.candidate(TARGET), expected=1)


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS)
def test_officers_of_another_zone_decide_nothing_here(act: Any, review: Review, other_zone: Zone) -> None:
    stranger = make_person(Role.PLANNING_OFFICER, other_zone)[1]
    with pytest.raises(Conflict, match=r"not there|不存在|已不在"):
        act(by=stranger, candidate=review.candidate(TARGET), expected=1)


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS)
def test_a_token_that_may_only_read_decides_nothing(act: Any, review: Review, officer: Person) -> None:
    with pytest.raises(Forbidden):
        act(by=replace(officer, may_write=False), candidate=review.candidate(TARGET), expected=1)


@pytest.mark.django_db
def test_what_is_decided_must_be_reopened_first(review: Review, officer: Person) -> None:
    row = accept(by=officer, candidate=review.candidate(TARGET), expected=1)
    with pytest.raises(Conflict):
        accept(by=officer, candidate=row, expected=2)
    row = reject(by=officer, candidate=row, expected=2, reason="duplicate")
    for act in (ACTS[0], ACTS[1], ACTS[2]):
        with pytest.raises(Conflict):
            act.values[0](by=officer, candidate=row, expected=3)
    assert Candidate.objects.get(pk=row.pk).state == CandidateState.REJECTED


@pytest.mark.django_db
def test_candidates_of_other_plans_cover_nothing(review: Review, officer: Person) -> None:
    twin = make_review(review.plan.zone, name="另一部规划", unit=review.plan.unit)
    accept(by=officer, candidate=twin.candidate(TARGET), expected=1)
    assert (set(review.standings().values()), twin.standings()["到203"]) == ({"open"}, "covered")


def test_the_factory_of_tasks_is_valid() -> None:
    assert task("建设") == {"title": "建设", "deadline": None, "topic": "", "lead_unit": ""}
