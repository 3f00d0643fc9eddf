"""An amended text is taken over whole and as decided; accepted work changes only where somebody said so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories.life import approved, decided
from tests.factories.reimport import amended_by
from tests.factories.web import SMALL_TEXT, make_person, make_reviewed_plan
from tests.web.life.test_approval import at_once
from tests.web.reimport.conftest import Amend

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.audit.models import Entry
from lantu_web.bridge.reimport import apply, compare_again
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden, Invalid, Refused
from lantu_web.plans.commands import reimport as commands
from lantu_web.plans.commands.opinions import give
from lantu_web.plans.commands.register import file
from lantu_web.plans.commands.review.candidates import accept, edit
from lantu_web.plans.enums import CandidateState, FindingState, ItemKind, Position, Settlement, Standing
from lantu_web.plans.models import Candidate, Decision, Finding, Plan, Reimport, ReimportLine, Sentence


def chosen(reimport: Reimport, by: Person, choice: str, difference: str) -> Reimport:
    commands.choose_all(by=by, reimport_id=reimport.pk, expected=reimport.revision, difference=difference, choice=choice)
    reimport.refresh_from_db()
    return reimport


def applied(reimport: Reimport, by: Person) -> Plan:
    apply(by=by, reimport_id=reimport.pk, expected=reimport.revision)
    return Plan.objects.get(pk=reimport.plan_id)


def text_of(plan: Plan) -> str:
    assert plan.reading is not None
    return plan.reading.result.text


def snapshot(plan: Plan) -> list[tuple[object, ...]]:
    """What the review holds of each candidate, but for places and revisions."""
    return list(Candidate.objects.filter(plan=plan).order_by("pk").values_list("pk", "kind", "state", "label", "quote", "reject_reason"))


def test_the_same_text_changes_nothing_but_the_reading(plan: Plan, officer: Person, amend: Amend) -> None:
    before, sentences = snapshot(plan), list(Sentence.objects.order_by("position").values_list("text", "standing", "start", "layout"))
    reimport = amend()
    plan = applied(reimport, officer)
    assert plan.reading == reimport.reading
    assert snapshot(plan) == before
    after = list(Sentence.objects.filter(plan=plan).order_by("position").values_list("text", "standing", "start", "layout"))
    assert [(text, start, layout) for text, _was, start, layout in after] == [(text, start, layout) for text, _was, start, layout in sentences]


def test_every_candidate_stands_at_its_words_in_the_amended_text(plan: Plan, officer: Person, amend: Amend) -> None:
    reimport = amend(("全区上下团结一心，", "全区上下团结一心，奋力拼搏，"), ("500亿元", "480亿元"))
    plan = applied(chosen(reimport, officer, "take", "changed"), officer)
    text = text_of(plan)
    for candidate in Candidate.objects.filter(plan=plan).select_related("heading"):
        assert text[candidate.start : candidate.end].startswith(candidate.quote[:4])
        assert candidate.heading is None or candidate.heading.start <= candidate.start < candidate.heading.body_end
    for sentence in Sentence.objects.filter(plan=plan):
        assert text[sentence.start : sentence.end] == sentence.text


def test_undecided_differences_of_accepted_work_are_refused_and_nothing_changes(plan: Plan, officer: Person, amend: Amend) -> None:
    reimport, before = amend(("500亿元", "480亿元")), snapshot(plan)
    with pytest.raises(Conflict, match="1"):
        applied(reimport, officer)
    plan.refresh_from_db()
    assert (snapshot(plan), plan.reading == reimport.reading) == (before, False)


@pytest.mark.parametrize(("choice", "value"), [("take", "480"), ("keep", "500")])
def test_a_change_is_taken_or_kept_and_the_trail_tells(choice: str, value: str, plan: Plan, officer: Person, amend: Amend) -> None:
    reimport = amend(("500亿元", "480亿元"))
    row = reimport.lines.get(difference="changed").candidate
    assert row is not None
    plan = applied(chosen(reimport, officer, choice, "changed"), officer)
    row.refresh_from_db()
    assert (row.state, row.content["value"]) == (CandidateState.ACCEPTED, value)
    assert "480亿元" in row.quote and "480亿元" in text_of(plan)[row.start : row.end]
    decision = Decision.objects.get(candidate=row)
    assert ((decision.before or {})["content"]["value"], (decision.after or {})["content"]["value"], decision.act) == ("500", value, "reimport")


@pytest.mark.parametrize(("choice", "state"), [("take", "dropped"), ("keep", "accepted")])
def test_what_is_said_no_longer_goes_or_is_kept_with_a_note(choice: str, state: str, plan: Plan, officer: Person, amend: Amend) -> None:
    reimport = amend(("，单位生产总值能耗降低12%", ""))
    row = reimport.lines.get(difference="dropped").candidate
    assert row is not None
    applied(chosen(reimport, officer, choice, "dropped"), officer)
    quote, row = row.quote, Candidate.objects.get(pk=row.pk)
    assert (row.state, row.quote, row.end - row.start, bool(row.note)) == (state, quote, 0, choice == "keep")


@pytest.mark.parametrize(("choice", "states"), [("take", ["open"]), ("keep", [])])
def test_what_is_new_becomes_open_or_is_left_out(choice: str, states: list[str], plan: Plan, officer: Person, amend: Amend) -> None:
    reimport = amend(("降低12%", "降低12%，森林覆盖率达到36%"))
    line = reimport.lines.get(difference="new")
    commands.choose(by=officer, reimport_id=reimport.pk, line_id=line.pk, expected=line.revision, choice=choice)
    plan = applied(Reimport.objects.get(), officer)
    assert list(Candidate.objects.filter(plan=plan, label="森林覆盖率 36%").values_list("state", flat=True)) == states


def test_new_measures_stand_below_their_task(plan: Plan, officer: Person, amend: Amend) -> None:
    reimport = amend(("每年新增首台套产品不少于5项。", "每年新增首台套产品不少于5项。建设机器人应用示范基地，打造产业集聚区。"))
    plan = applied(reimport, officer)
    fresh = Candidate.objects.filter(plan=plan, kind=ItemKind.MEASURE, state="open")
    assert {one.parent.label if one.parent else None for one in fresh.select_related("parent")} == {"培育智能机器人产业"}


def test_reasons_of_sentences_and_settled_findings_are_carried_over(plan: Plan, officer: Person, amend: Amend) -> None:
    sentence = Sentence.objects.get(plan=plan, text__startswith="全区上下")
    Sentence.objects.filter(pk=sentence.pk).update(reason="背景", standing=Standing.NOT_A_TASK)
    decision = Decision.objects.create(plan=plan, sentence=sentence, act="not_a_task", at=plan.created_at)
    start = text_of(plan).index("320亿元")
    for state, code in (("settled", "number.odd"), ("open", "gone")):
        Finding.objects.create(
            plan=plan, code=code, severity="note", message="x", start=start, end=start + 5, state=state,
            settlement=Settlement.NO_MATTER if state == "settled" else "",
        )  # fmt: skip
    settled = Finding.objects.get(code="number.odd")
    plan = applied(chosen(amend(("500亿元", "480亿元")), officer, "take", "changed"), officer)
    heir = Sentence.objects.get(plan=plan, text__startswith="全区上下")
    decision.refresh_from_db()
    assert (heir.reason, heir.standing, decision.sentence, heir.pk == sentence.pk) == ("背景", Standing.NOT_A_TASK, heir, False)
    assert not Finding.objects.filter(plan=plan, code="gone").exists()
    assert not Finding.objects.filter(pk=settled.pk).exists()  # the library itself tells no such finding of the amended text


def test_a_finding_that_the_amended_text_has_too_stays_settled(zone: Zone, unit: Unit, officer: Person) -> None:
    text = SMALL_TEXT.replace("第四章 保障措施", "第三章 保障措施")  # a number twice
    plan = decided(make_reviewed_plan(zone, text, unit=unit))
    finding = Finding.objects.filter(plan=plan)[0]
    Finding.objects.filter(pk=finding.pk).update(state=FindingState.SETTLED, settlement=Settlement.NO_MATTER)
    reimport = amended_by(plan, officer, ("全区上下团结一心，", "全区上下团结一心，奋力拼搏，"), text=text)
    plan = applied(reimport, officer)
    kept = Finding.objects.get(pk=finding.pk)
    assert (kept.state, kept.start - finding.start) == (FindingState.SETTLED, 5)
    assert text_of(plan)[kept.start : kept.end] == text[text.index("第三章 保障") :][: kept.end - kept.start]


def test_sentences_are_covered_anew(plan: Plan, officer: Person, amend: Amend) -> None:
    reimport = amend(("降低12%。", "降低12%。要坚持系统观念，统筹发展和安全。"))
    plan = applied(reimport, officer)
    standings = dict(Sentence.objects.filter(plan=plan).values_list("text", "standing"))
    assert next(s for text, s in standings.items() if text.startswith("要坚持系统观念")) == Standing.OPEN
    assert next(s for text, s in standings.items() if text.startswith("到2030年")) == Standing.COVERED


def test_given_up_leaves_everything(plan: Plan, officer: Person, amend: Amend) -> None:
    before, reimport = snapshot(plan), amend(("500亿元", "480亿元"))
    given_up = commands.give_up(by=officer, reimport_id=reimport.pk, expected=reimport.revision)
    for act in (commands.give_up, apply):
        with pytest.raises(Conflict):
            act(by=officer, reimport_id=reimport.pk, expected=given_up.revision)
    assert snapshot(plan) == before
    assert amend(("500亿元", "470亿元")).pk != reimport.pk


def test_applied_twice_is_refused(plan: Plan, officer: Person, amend: Amend) -> None:
    reimport = amend()
    applied(reimport, officer)
    reimport.refresh_from_db()
    with pytest.raises(Conflict):
        applied(reimport, officer)
    assert Entry.objects.filter(action="reimport.apply").count() == 1


def test_after_the_review_went_on_the_comparison_is_made_again_and_choices_stay(plan: Plan, officer: Person, amend: Amend) -> None:
    reimport = chosen(amend(("500亿元", "480亿元"), ("降低12%", "降低13%")), officer, "take", "changed")
    row = Candidate.objects.get(plan=plan, label__startswith="单位生产总值能耗")
    edit(by=officer, candidate=row, expected=row.revision, values={**row.content, "nature": "约束性"})
    with pytest.raises(Conflict):
        applied(reimport, officer)
    compare_again(by=officer, reimport_id=reimport.pk, expected=reimport.revision)
    choices = reimport.lines.filter(difference="changed").order_by("start").values_list("label", "choice")
    assert list(choices) == [("地区生产总值 ≈480亿元", "take"), ("单位生产总值能耗 13%", "open")]
    reimport.refresh_from_db()
    applied(chosen(reimport, officer, "take", "changed"), officer)
    row.refresh_from_db()
    assert (row.content["value"], row.content["nature"]) == ("13", "约束性")


def test_choosing_is_held_by_revisions_and_closed_words(plan: Plan, officer: Person, amend: Amend) -> None:
    reimport = amend(("500亿元", "480亿元"))
    line = reimport.lines.get(difference="changed")
    commands.choose(by=officer, reimport_id=reimport.pk, line_id=line.pk, expected=line.revision, choice="keep")
    with pytest.raises(Conflict, match=officer.name):
        commands.choose(by=officer, reimport_id=reimport.pk, line_id=line.pk, expected=line.revision, choice="take")
    same = ReimportLine.objects.filter(difference="same")[0]
    for values in ({"line_id": line.pk, "expected": 2, "choice": "open"}, {"line_id": same.pk, "expected": 1, "choice": "take"}):
        with pytest.raises(Invalid):
            commands.choose(by=officer, reimport_id=reimport.pk, **values)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        commands.choose(by=officer, reimport_id=reimport.pk, line_id=0, expected=1, choice="take")


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PLANNING_OFFICER, Role.SYSTEM_ADMINISTRATOR)])
def test_other_roles_decide_nothing(role: Role, zone: Zone, unit: Unit, amend: Amend) -> None:
    reimport = amend(("500亿元", "480亿元"))
    person = make_person(role, zone, unit)[1]
    for act in (commands.give_up, apply, compare_again):
        with pytest.raises(Forbidden):
            act(by=person, reimport_id=reimport.pk, expected=reimport.revision)


def test_another_zone_does_not_find_it(other_zone: Zone, amend: Amend) -> None:
    reimport = amend(("500亿元", "480亿元"))
    person: tuple[User, Person] = make_person(Role.PLANNING_OFFICER, other_zone)
    for act in (commands.give_up, apply, compare_again):
        with pytest.raises(Conflict):
            act(by=person[1], reimport_id=reimport.pk, expected=reimport.revision)


def test_an_approved_plan_is_not_compared(plan: Plan, officer: Person, amend: Amend) -> None:
    approved(plan, officer)
    with pytest.raises(Conflict):
        amend(("500亿元", "480亿元"))


def test_after_an_application_the_next_comparison_starts_from_there(plan: Plan, officer: Person, amend: Amend) -> None:
    applied(chosen(amend(("500亿元", "480亿元")), officer, "keep", "changed"), officer)
    plan.refresh_from_db()
    again = amended_by(plan, officer, ("500亿元", "480亿元"))
    assert list(again.lines.exclude(difference="same").values_list("label", flat=True)) == []


def test_who_comes_second_is_told_who_took_the_amended_text_over(plan: Plan, zone: Zone, unit: Unit, officer: Person, amend: Amend) -> None:
    colleague = replace(make_person(Role.PLANNING_OFFICER, zone, unit, username="colleague")[1], name="钱明远")
    row = Candidate.objects.filter(plan=plan, decisions=None, state=CandidateState.ACCEPTED)[0]
    applied(amend(), colleague)
    give(by=officer, plan_id=plan.pk, position=Position.NOTE, text="另一件事", given_on=clock.today(), body="发改委")
    for act in (
        lambda: file(by=officer, plan_id=plan.pk, expected=plan.revision, filing_number="1", filed_on=None),
        lambda: accept(by=officer, candidate=row, expected=row.revision),
    ):
        with pytest.raises(Conflict, match=colleague.name):
            act()


def test_who_comes_second_is_told_who_decided_all_at_once(zone: Zone, unit: Unit, officer: Person, amend: Amend) -> None:
    colleague = replace(make_person(Role.PLANNING_OFFICER, zone, unit, username="colleague")[1], name="钱明远")
    reimport = amend(("500亿元", "480亿元"))
    line = reimport.lines.get(difference="changed")
    chosen(reimport, colleague, "keep", "changed")
    with pytest.raises(Conflict, match=colleague.name):
        commands.choose(by=officer, reimport_id=reimport.pk, line_id=line.pk, expected=line.revision, choice="take")


@pytest.mark.django_db(transaction=True)
def test_applied_while_somebody_edits(zone: Zone, unit: Unit, officer: Person) -> None:
    plan = decided(make_reviewed_plan(zone, unit=unit))
    reimport = chosen(amended_by(plan, officer, ("500亿元", "480亿元")), officer, "take", "changed")
    row = Candidate.objects.get(plan=plan, label__startswith="研发")
    answers = at_once(
        lambda: applied(reimport, officer),
        lambda: edit(by=officer, candidate=row, expected=row.revision, values={**row.content, "nature": "约束性"}),
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1


@pytest.mark.django_db(transaction=True)
def test_applied_by_two_at_once(zone: Zone, unit: Unit, officer: Person) -> None:
    plan = decided(make_reviewed_plan(zone, unit=unit))
    reimport = amended_by(plan, officer, ("全区上下团结一心，", ""))
    answers = at_once(*[lambda: applied(Reimport.objects.get(pk=reimport.pk), officer)] * 2)
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "Plan"]
    assert Entry.objects.filter(action="reimport.apply").count() == 1


def test_accepting_new_candidates_goes_on_after_the_application(plan: Plan, officer: Person, amend: Amend) -> None:
    plan = applied(amend(("降低12%", "降低12%，森林覆盖率达到36%")), officer)
    fresh = Candidate.objects.get(plan=plan, label="森林覆盖率 36%")
    assert accept(by=officer, candidate=fresh, expected=fresh.revision).state == CandidateState.ACCEPTED
