"""Sending out, signing, objecting, settling: who may, twice, two at once; and what was signed never changes silently."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from tests.factories.tasks import make_division, make_task
from tests.factories.web import make_person, make_plan, make_unit
from tests.web.ledger.signing.conftest import DUE, make_whole_task, seen_of, sent, signature_of
from tests.web.life.test_approval import at_once

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.audit.models import Entry
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden, Invalid, Refused
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.commands.signing import Seen, object_to, send, settle, sign, sign_many
from lantu_web.tasks.models import Change, Cooperation, Delivery, Division, Signature, Task, Webhook
from lantu_web.tasks.queries.my_unit import my_unit
from lantu_web.tasks.queries.signing import asked_of, last_day_to_sign, objections_of
from lantu_web.tasks.queries.values import signed_content

SOON = clock.today() + timedelta(days=10)
LATER = date(DUE.year + 1, 6, 30)


def states(task: Task) -> list[tuple[str, str, int, bool]]:
    """Unit, state, round, superseded: of every signature, oldest first."""
    rows = Signature.objects.filter(task=task).order_by("round", "pk")
    return [(row.unit.name, row.state, row.round, row.is_superseded) for row in rows.select_related("unit")]


def signed(task: Task, *people: tuple[Unit, Person]) -> None:
    for unit, person in people:
        row = signature_of(task, unit)
        sign(by=person, signature_id=row.pk, expected=row.revision)
    task.refresh_from_db()


def objected(task: Task, unit: Unit, person: Person, **counter: Any) -> Signature:
    row = signature_of(task, unit)
    return object_to(by=person, signature_id=row.pk, expected=row.revision, reason="资金尚未落实", counter=counter)


# sending out


def test_what_is_sent_out_asks_every_unit_of_it(task: Task, division: Division, unit: Unit, other_unit: Unit) -> None:
    division.refresh_from_db()
    assert states(task) == [("发展改革局", "waiting", 1, False), ("生态环境局", "waiting", 1, False)]
    assert (task.state, task.signing, task.round, division.round, division.sign_by) == ("sent", "waiting", 1, 1, SOON)
    assert [row.part for row in Signature.objects.order_by("pk")] == ["lead", "cooperating"]
    assert signature_of(task, unit).content == signed_content(task) == signature_of(task, other_unit).content
    assert Change.objects.get().after == {"round": 1, "sign_by": SOON.isoformat()}
    entry = Entry.objects.get(action="task.send")
    assert (entry.object_type, entry.object_id, entry.after["tasks"]) == ("tasks.division", str(division.pk), {str(task.pk): str(task)})


def test_twice_is_once(task: Task, division: Division, officer: Person) -> None:
    with pytest.raises(Conflict, match="建成创新平台30家"):
        send(by=officer, division_id=division.pk, task_ids=[task.pk], sign_by=SOON)
    assert Signature.objects.count() == 2


def test_each_keeps_the_day_by_which_it_is_to_be_signed(
    task: Task, division: Division, unit: Unit, other_unit: Unit, contact: tuple[User, Person], officer: Person
) -> None:  # fmt: skip
    later = SOON + timedelta(days=20)
    second = make_whole_task(division, unit, other_unit, "第二项任务")
    send(by=officer, division_id=division.pk, task_ids=[second.pk], sign_by=later)
    assert [signature_of(one, unit).sign_by for one in (task, second)] == [SOON, later]
    assert (my_unit(contact[1]).sign_by, last_day_to_sign(Task.objects.all())) == (SOON, later)
    change(by=officer, task_id=task.pk, expected=task.revision, values={"title": "改题"})
    assert signature_of(task, unit).sign_by == SOON  # what was asked for stays
    with patch("lantu_web.lib.clock.today", return_value=SOON + timedelta(days=1)):
        change(by=officer, task_id=task.pk, expected=task.revision + 1, values={"title": "再改"})
    assert (signature_of(task, unit).sign_by, signature_of(second, unit).sign_by) == (None, later)


@pytest.mark.parametrize(("days", "field"), [(-1, "sign_by"), (None, "sign_by")])
def test_a_day_to_sign_by_is_asked_for(days: int | None, field: str, draft: Task, division: Division, officer: Person) -> None:
    with pytest.raises(Invalid) as caught:
        send(by=officer, division_id=division.pk, task_ids=[draft.pk], sign_by=None if days is None else clock.today() + timedelta(days=days))
    assert caught.value.field == field


def test_without_a_lead_unit_nothing_goes_out(draft: Task, division: Division, officer: Person) -> None:
    unled = make_task(division, "待定任务")
    with pytest.raises(Invalid, match="待定任务"):
        send(by=officer, division_id=division.pk, task_ids=[draft.pk, unled.pk], sign_by=SOON)
    assert not Signature.objects.exists()


def test_goals_left_to_the_market_go_out_for_nobody_to_sign(division: Division, officer: Person) -> None:
    left = make_task(division, "社会消费品零售总额增长8%", left_out="预期性指标，由市场主体实现")
    assert send(by=officer, division_id=division.pk, task_ids=[left.pk], sign_by=SOON) == 1
    left.refresh_from_db()
    assert (left.state, left.signing, Signature.objects.count()) == ("sent", "none", 0)


def test_nothing_and_tasks_of_another_plan_are_refused(draft: Task, division: Division, officer: Person, zone: Zone, unit: Unit) -> None:
    with pytest.raises(Invalid):
        send(by=officer, division_id=division.pk, task_ids=[], sign_by=SOON)
    other = make_task(make_division(zone, make_plan(zone, "另一规划")), lead=unit)
    with pytest.raises(Conflict):
        send(by=officer, division_id=division.pk, task_ids=[other.pk], sign_by=SOON)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.PLANNING_OFFICER, Role.SYSTEM_ADMINISTRATOR)])
def test_only_the_planning_office_sends_out(role: Role, draft: Task, division: Division, zone: Zone, unit: Unit) -> None:
    with pytest.raises(Forbidden):
        send(by=make_person(role, zone, unit)[1], division_id=division.pk, task_ids=[draft.pk], sign_by=SOON)


def test_another_zone_sends_nothing(draft: Task, division: Division, outsider: tuple[User, Person]) -> None:
    with pytest.raises(Conflict):
        send(by=outsider[1], division_id=division.pk, task_ids=[draft.pk], sign_by=SOON)


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_is_once(zone: Zone, unit: Unit, other_unit: Unit, officer: Person) -> None:
    division = make_division(zone)
    task = make_whole_task(division, unit, other_unit)
    found = at_once(*[lambda: send(by=officer, division_id=division.pk, task_ids=[task.pk], sign_by=SOON)] * 2)
    assert (sorted(type(one).__name__ for one in found), Signature.objects.count()) == (["Conflict", "int"], 2)


# signing


def test_all_units_sign(task: Task, unit: Unit, other_unit: Unit, contact: tuple[User, Person], helper: tuple[User, Person]) -> None:
    signed(task, (unit, contact[1]))
    assert task.signing == "waiting"
    signed(task, (other_unit, helper[1]))
    assert (task.signing, {row.answered_by for row in Signature.objects.all()}) == ("signed", {contact[0], helper[0]})


def test_signing_twice_is_refused(task: Task, unit: Unit, contact: tuple[User, Person]) -> None:
    seen = seen_of(task, unit)
    sign(by=contact[1], signature_id=seen.signature_id, expected=seen.revision)
    for expected in (seen.revision, seen.revision + 1):
        with pytest.raises(Conflict):
            sign(by=contact[1], signature_id=seen.signature_id, expected=expected)
    assert Change.objects.filter(action="signature.sign").count() == 1


def test_nobody_signs_for_another_unit(
    task: Task, unit: Unit, helper: tuple[User, Person], stranger: tuple[User, Person], outsider: tuple[User, Person]
) -> None:  # fmt: skip
    seen = seen_of(task, unit)
    for person, refusal in ((helper, Forbidden), (stranger, Forbidden), (outsider, Conflict)):
        with pytest.raises(refusal):
            sign(by=person[1], signature_id=seen.signature_id, expected=seen.revision)
        with pytest.raises(refusal):
            object_to(by=person[1], signature_id=seen.signature_id, expected=seen.revision, reason="x", counter={})
    assert {row.state for row in Signature.objects.all()} == {"waiting"}


@pytest.mark.parametrize("role", [Role.SUPERVISION_OFFICER, Role.LEADER, Role.EVALUATOR, Role.AUDITOR])
def test_who_only_reads_signs_nothing(role: Role, task: Task, unit: Unit, zone: Zone) -> None:
    seen = seen_of(task, unit)
    with pytest.raises(Forbidden):
        sign(by=make_person(role, zone, unit)[1], signature_id=seen.signature_id, expected=seen.revision)


def test_the_planning_office_signs_from_paper(task: Task, unit: Unit, officer: Person) -> None:
    seen = seen_of(task, unit)
    assert sign(by=officer, signature_id=seen.signature_id, expected=seen.revision).answered_by_id == officer.user_id


@pytest.mark.django_db(transaction=True)
def test_signed_and_objected_at_once_is_one_of_them(zone: Zone, unit: Unit, other_unit: Unit, officer: Person) -> None:
    division = make_division(zone)
    task = sent(make_whole_task(division, unit, other_unit), division, officer)
    person, seen = make_person(Role.CONTACT_PERSON, zone, unit)[1], seen_of(task, unit)
    found = at_once(
        lambda: sign(by=person, signature_id=seen.signature_id, expected=seen.revision),
        lambda: object_to(by=person, signature_id=seen.signature_id, expected=seen.revision, reason="不具备条件", counter={}),
    )
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "Signature"]
    assert Change.objects.filter(action__startswith="signature.").count() == 1


def test_many_are_signed_together_or_none(task: Task, division: Division, unit: Unit, other_unit: Unit, officer: Person, contact: tuple[User, Person]) -> None:
    second = sent(make_whole_task(division, unit, other_unit, "培育龙头企业"), division, officer)
    seen = [seen_of(task, unit), seen_of(second, unit)]
    with pytest.raises(Conflict):
        sign_many(by=contact[1], seen=[seen[0], Seen(seen[1].signature_id, 7)])
    assert {row.state for row in Signature.objects.all()} == {"waiting"}
    assert sign_many(by=contact[1], seen=[*seen, seen[0]]) == 2
    assert [signature_of(one, unit).state for one in (task, second)] == ["signed", "signed"]
    with pytest.raises(Invalid):
        sign_many(by=contact[1], seen=[])


def test_another_unit_among_many_refuses_all(task: Task, unit: Unit, other_unit: Unit, contact: tuple[User, Person]) -> None:
    with pytest.raises(Forbidden):
        sign_many(by=contact[1], seen=[seen_of(task, unit), seen_of(task, other_unit)])
    assert {row.state for row in Signature.objects.all()} == {"waiting"}


# objecting


def test_an_objection_has_a_reason_and_a_counter_proposal(task: Task, unit: Unit, contact: tuple[User, Person]) -> None:
    row = objected(task, unit, contact[1], due_on=LATER.isoformat(), target="30")
    task.refresh_from_db()
    assert (row.state, row.reason, row.counter, task.signing) == ("objected", "资金尚未落实", {"due_on": LATER.isoformat()}, "objected")
    assert task.due_on == DUE  # a proposal changes nothing


@pytest.mark.parametrize(
    ("reason", "counter", "field"),
    [
        (" ", {}, "reason"), ("字" * 501, {}, "reason"), ("理由", {"due_on": "明年"}, "due_on"), ("理由", {"target": "很多"}, "target"),
        ("理由", {"lead_unit": 0}, "lead_unit"), ("理由", {"section": 1}, "section"), ("理由", {"title": ""}, "title"), ("理由", {"years": {"1999": "1"}}, "years"),
        ("理由", {"years": {str(DUE.year): "多"}}, "value"),
    ],
)  # fmt: skip
def test_a_poor_objection_is_refused_by_field(reason: str, counter: dict[str, Any], field: str, task: Task, unit: Unit, contact: tuple[User, Person]) -> None:
    seen = seen_of(task, unit)
    with pytest.raises(Invalid) as caught:
        object_to(by=contact[1], signature_id=seen.signature_id, expected=seen.revision, reason=reason, counter=counter)
    assert (caught.value.field, signature_of(task, unit).state) == (field, "waiting")


def test_an_objection_is_taken_back_by_signing(task: Task, unit: Unit, contact: tuple[User, Person]) -> None:
    objected(task, unit, contact[1])
    signed(task, (unit, contact[1]))
    row = signature_of(task, unit)
    assert (row.state, row.reason, task.signing) == ("signed", "", "waiting")


def test_who_signed_objects_no_more(task: Task, unit: Unit, contact: tuple[User, Person]) -> None:
    signed(task, (unit, contact[1]))
    with pytest.raises(Conflict):
        objected(task, unit, contact[1])


# settling


def settled(row: Signature, by: Person, outcome: str, note: str = "同意", **values: Any) -> Signature:
    row.refresh_from_db()
    return settle(by=by, signature_id=row.pk, expected=row.revision, outcome=outcome, note=note, values=values)


def test_followed_as_proposed_needs_no_second_signature_of_the_unit(
    task: Task, unit: Unit, other_unit: Unit, contact: tuple[User, Person], helper: tuple[User, Person], officer: Person
) -> None:  # fmt: skip
    signed(task, (other_unit, helper[1]))
    row = objected(task, unit, contact[1], due_on=LATER.isoformat())
    settled(row, officer, "followed", due_on=LATER.isoformat())
    task.refresh_from_db()
    assert (task.due_on, task.signing, task.round) == (LATER, "waiting", 2)
    assert states(task) == [
        ("发展改革局", "settled", 1, True), ("生态环境局", "signed", 1, True), ("发展改革局", "signed", 2, False), ("生态环境局", "waiting", 2, False),
    ]  # fmt: skip
    row.refresh_from_db()
    assert (row.outcome, row.outcome_note, row.settled_by_id) == ("followed", "同意", officer.user_id)


@pytest.mark.parametrize("back", [False, True])
def test_what_the_unit_never_saw_it_did_not_agree_to(
    back: bool, task: Task, unit: Unit, contact: tuple[User, Person], officer: Person
) -> None:  # fmt: skip
    row = objected(task, unit, contact[1], due_on=LATER.isoformat())
    titles = ["建成市级创新平台30家", *([task.title] if back else [])]
    for title in titles:
        change(by=officer, task_id=task.pk, expected=Task.objects.get(pk=task.pk).revision, values={"title": title})
    row = signature_of(task, unit)
    [told] = objections_of([row])
    assert [(one.label, one.now, one.other) for one in told.changes] == ([] if back else [("重点任务", task.title, titles[0])])
    settled(row, officer, "followed", due_on=LATER.isoformat())
    again = signature_of(task, unit)
    assert (again.content["title"], again.content["due_on"], again.state) == (titles[-1], LATER.isoformat(), "signed" if back else "waiting")
    [asked] = asked_of([again])
    assert [one.name for one in asked.changes] == (["due_on"] if back else ["title", "due_on"])
    with pytest.raises(Conflict):
        settled(row, officer, "followed", due_on=LATER.isoformat())


def test_an_objection_said_anew_is_to_the_words_of_then(task: Task, unit: Unit, contact: tuple[User, Person], officer: Person) -> None:
    objected(task, unit, contact[1], due_on=LATER.isoformat())
    change(by=officer, task_id=task.pk, expected=Task.objects.get(pk=task.pk).revision, values={"title": "建成市级创新平台30家"})
    row = objected(task, unit, contact[1], due_on=LATER.isoformat())
    assert objections_of([row])[0].changes == ()
    settled(row, officer, "followed", due_on=LATER.isoformat())
    assert signature_of(task, unit).state == "signed"


def test_followed_otherwise_is_signed_by_all(task: Task, unit: Unit, contact: tuple[User, Person], officer: Person) -> None:
    row = objected(task, unit, contact[1], due_on=LATER.isoformat())
    settled(row, officer, "followed", due_on=date(DUE.year + 1, 3, 31).isoformat())
    assert {row.state for row in Signature.objects.filter(task=task, is_superseded=False)} == {"waiting"}


def test_followed_must_change_something(task: Task, unit: Unit, contact: tuple[User, Person], officer: Person) -> None:
    row = objected(task, unit, contact[1])
    with pytest.raises(Invalid) as caught:
        settled(row, officer, "followed")
    assert caught.value.field == "outcome"


def test_an_objection_outlives_a_change_and_is_then_settled_by_it(
    task: Task, unit: Unit, other_unit: Unit, contact: tuple[User, Person], helper: tuple[User, Person], officer: Person
) -> None:  # fmt: skip
    objected(task, unit, contact[1])
    change(by=officer, task_id=task.pk, expected=Task.objects.get(pk=task.pk).revision, values={"title": "建成市级创新平台30家"})
    row = signature_of(task, unit)
    task.refresh_from_db()
    assert (row.round, row.state, row.reason, task.signing) == (2, "objected", "资金尚未落实", "objected")
    signed(task, (other_unit, helper[1]))
    settled(row, officer, "followed", note="")
    assert states(task)[2:] == [
        ("发展改革局", "settled", 2, True), ("生态环境局", "signed", 2, True), ("发展改革局", "waiting", 3, False), ("生态环境局", "signed", 3, False),
    ]  # fmt: skip


def test_years_are_proposed_and_followed(task: Task, unit: Unit, contact: tuple[User, Person], officer: Person) -> None:
    years = {str(DUE.year - 2): "8", str(DUE.year - 1): "10", str(DUE.year): "12"}
    row = objected(task, unit, contact[1], years=years)
    assert row.counter == {"years": {str(DUE.year - 2): "8", str(DUE.year): "12"}}
    with pytest.raises(Invalid):  # 28 of 30
        settled(row, officer, "followed", years={str(DUE.year): "8"})
    settled(row, officer, "followed", years=years)
    assert [int(part.value or 0) for part in task.parts.order_by("year")] == [8, 10, 12]
    assert signature_of(task, unit).state == "signed"


def test_a_target_moves_with_its_years_only(task: Task, unit: Unit, contact: tuple[User, Person], officer: Person) -> None:
    row = objected(task, unit, contact[1], target="36")
    with pytest.raises(Invalid):
        settled(row, officer, "followed", target="36")
    settled(row, officer, "followed", target="36", years={str(DUE.year - turn): "12" for turn in range(3)})
    assert (Task.objects.get(pk=task.pk).target, signature_of(task, unit).state) == (36, "waiting")


def test_what_misses_its_target_is_not_sent(draft: Task, division: Division, officer: Person) -> None:
    draft.parts.update(value=1)
    with pytest.raises(Invalid, match="30"):
        send(by=officer, division_id=division.pk, task_ids=[draft.pk], sign_by=SOON)


def test_kept_stands_as_it_was_sent(task: Task, unit: Unit, other_unit: Unit, contact: tuple[User, Person], helper: tuple[User, Person], officer: Person) -> None:
    row = objected(task, unit, contact[1], due_on=LATER.isoformat())
    with pytest.raises(Invalid):
        settled(row, officer, "kept", note=" ")
    settled(row, officer, "kept", note="省级部署，期限不变")
    signed(task, (other_unit, helper[1]))
    assert (task.due_on, task.signing, states(task)) == (DUE, "signed", [("发展改革局", "settled", 1, False), ("生态环境局", "signed", 1, False)])


def test_a_kept_objection_is_not_asked_again_for_the_same_words(
    task: Task, unit: Unit, other_unit: Unit, contact: tuple[User, Person], helper: tuple[User, Person], officer: Person
) -> None:  # fmt: skip
    kept = objected(task, unit, contact[1])
    objected(task, other_unit, helper[1])
    settled(kept, officer, "kept", note="期限不变")
    change(by=officer, task_id=task.pk, expected=Task.objects.get(pk=task.pk).revision, values={"title": "建成市级创新平台30家"})
    assert states(task)[2:] == [("发展改革局", "waiting", 2, False), ("生态环境局", "objected", 2, False)]


def test_a_released_unit_is_out_of_the_task(task: Task, other_unit: Unit, helper: tuple[User, Person], officer: Person) -> None:
    settled(objected(task, other_unit, helper[1]), officer, "released", note="")
    assert list(Cooperation.objects.filter(task=task)) == []
    assert states(task) == [("发展改革局", "waiting", 1, True), ("生态环境局", "settled", 1, True), ("发展改革局", "waiting", 2, False)]


def test_a_lead_unit_is_released_only_for_another(task: Task, unit: Unit, other_unit: Unit, contact: tuple[User, Person], officer: Person) -> None:
    row = objected(task, unit, contact[1], lead_unit=make_unit(task.zone, "财政局").pk)
    with pytest.raises(Invalid) as caught:
        settled(row, officer, "released")
    assert caught.value.field == "lead_unit"
    settled(row, officer, "released", lead_unit=other_unit.pk)
    task.refresh_from_db()
    assert (task.lead_unit, list(task.cooperating.all()), task.signing) == (other_unit, [], "waiting")


def test_a_change_that_takes_the_unit_out_settles_its_objection(task: Task, other_unit: Unit, helper: tuple[User, Person], officer: Person) -> None:
    row = objected(task, other_unit, helper[1])
    change(by=officer, task_id=task.pk, expected=Task.objects.get(pk=task.pk).revision, values={"cooperating": []})
    row.refresh_from_db()
    assert (row.state, row.outcome, Task.objects.get(pk=task.pk).signing) == ("settled", "released", "waiting")


def test_settled_twice_is_refused(task: Task, unit: Unit, contact: tuple[User, Person], officer: Person) -> None:
    row = objected(task, unit, contact[1])
    settled(row, officer, "kept", note="不变")
    with pytest.raises(Conflict):
        settled(row, officer, "kept", note="不变")
    with pytest.raises(Invalid):
        settled(_objected_again(task, officer, contact[1], unit), officer, "maybe")


def _objected_again(task: Task, officer: Person, person: Person, unit: Unit) -> Signature:
    change(by=officer, task_id=task.pk, expected=Task.objects.get(pk=task.pk).revision, values={"title": "建成省级创新平台30家"})
    return objected(task, unit, person)


def test_units_settle_nothing(task: Task, unit: Unit, contact: tuple[User, Person], outsider: tuple[User, Person]) -> None:
    row = objected(task, unit, contact[1])
    for person, refusal in ((contact, Forbidden), (outsider, Conflict)):
        with pytest.raises(refusal):
            settled(row, person[1], "kept", note="不变")


@pytest.mark.django_db(transaction=True)
def test_settled_at_the_moment_it_is_taken_back_is_one_of_them(zone: Zone, unit: Unit, other_unit: Unit, officer: Person) -> None:
    division = make_division(zone)
    task = sent(make_whole_task(division, unit, other_unit), division, officer)
    person = make_person(Role.CONTACT_PERSON, zone, unit)[1]
    row = objected(task, unit, person)
    found = at_once(
        lambda: sign(by=person, signature_id=row.pk, expected=row.revision),
        lambda: settle(by=officer, signature_id=row.pk, expected=row.revision, outcome="kept", note="不变"),
    )
    assert sorted(type(one).__name__ for one in found) == ["Conflict", "Signature"]


# after signing


def test_a_change_after_signing_is_signed_again_and_one_beside_it_is_not(
    task: Task, unit: Unit, other_unit: Unit, contact: tuple[User, Person], helper: tuple[User, Person], officer: Person
) -> None:  # fmt: skip
    signed(task, (unit, contact[1]), (other_unit, helper[1]))
    change(by=officer, task_id=task.pk, expected=task.revision, values={"topic": "科技创新"})
    task.refresh_from_db()
    assert (task.signing, task.round) == ("signed", 1)
    change(by=officer, task_id=task.pk, expected=task.revision, values={"title": "建成市级创新平台30家"})
    task.refresh_from_db()
    assert (task.signing, task.round, states(task)[2:]) == (
        "waiting", 2, [("发展改革局", "waiting", 2, False), ("生态环境局", "waiting", 2, False)],
    )  # fmt: skip
    with pytest.raises(Refused):
        sign(by=contact[1], signature_id=Signature.objects.filter(unit=unit, round=1).get().pk, expected=2)


def test_what_changed_behind_the_program_is_not_signed(task: Task, unit: Unit, contact: tuple[User, Person]) -> None:
    Task.objects.filter(pk=task.pk).update(target=99)
    seen = seen_of(task, unit)
    with pytest.raises(Conflict):
        sign(by=contact[1], signature_id=seen.signature_id, expected=seen.revision)


def test_webhooks_are_told(task: Task, unit: Unit, contact: tuple[User, Person], officer: Person, zone: Zone) -> None:
    events = ["task.signed", "task.objected", "objection.settled"]
    Webhook.objects.create(zone=zone, url="https://example.org/", events=events, secret="s", created_at=clock.now())
    row = objected(task, unit, contact[1])
    settled(row, officer, "kept", note="不变")
    assert list(Delivery.objects.order_by("pk").values_list("event", flat=True)) == ["task.objected", "objection.settled"]
