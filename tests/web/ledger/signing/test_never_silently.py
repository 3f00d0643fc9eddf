"""Whatever units and the planning office do, in whatever order: signed content never changes silently."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.ledger.signing.conftest import DUE, YEAR

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit, User
from lantu_web.lib.errors import Refused
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.commands.finishing import carry_over
from lantu_web.tasks.commands.parts import set_node, set_years
from lantu_web.tasks.commands.signing import object_to, settle, sign
from lantu_web.tasks.drafts import YearDraft
from lantu_web.tasks.models import Division, Signature, Task
from lantu_web.tasks.queries.values import signed_content

pytestmark = pytest.mark.django_db
WHO = st.sampled_from(["lead", "other"])
ACTS = st.one_of(
    st.tuples(st.just("sign"), WHO),
    st.tuples(st.just("object"), WHO, st.sampled_from([{}, {"due_on": f"{DUE.year}-06-30"}, {"title": "改题"}, {"years": {str(YEAR): "9"}}])),
    st.tuples(st.just("settle"), WHO, st.sampled_from(["followed", "kept", "released"]), st.booleans()),
    st.tuples(st.just("change"), st.sampled_from([{"title": "新题"}, {"topic": "科技"}, {"cooperating": []}, {"due_on": f"{DUE.year}-09-30"}])),
    st.tuples(st.just("years"), st.integers(8, 12)),
    st.tuples(st.just("node"), st.integers(1, 12)),
    st.tuples(st.just("carry"), st.just(YEAR)),
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, max_size=14))
def test_what_counts_as_signed_is_what_the_task_says(
    acts: list[tuple[Any, ...]], task: Task, division: Division, unit: Unit, other_unit: Unit, contact: tuple[User, Person],
    helper: tuple[User, Person], officer: Person,
) -> None:  # fmt: skip
    people = {"lead": (unit, contact[1]), "other": (other_unit, helper[1])}
    known: dict[int, Any] = {}
    with transaction.atomic():
        for act in acts:
            with suppress(Refused):
                _do(act, task, division, people, officer)
            _holds(task, known)
        transaction.set_rollback(True)


def _holds(task: Task, known: dict[int, Any]) -> None:
    """Every signature keeps the words that it was given for; those that count are about the words of today; none is lost."""
    task.refresh_from_db()
    now = signed_content(task)
    for row in Signature.objects.filter(task=task):
        assert known.setdefault(row.pk, row.content) == row.content
        assert row.is_superseded or row.content == now
    assert set(known) == set(Signature.objects.filter(task=task).values_list("pk", flat=True))
    counting = set(Signature.objects.filter(task=task, is_superseded=False).values_list("state", flat=True))
    least = "objected" if "objected" in counting else "waiting" if "waiting" in counting else "signed"
    assert task.signing == least
    units = {task.lead_unit_id, *now["cooperating"]}
    assert set(Signature.objects.filter(task=task, is_superseded=False).values_list("unit", flat=True)) == units


def _do(act: tuple[Any, ...], task: Task, division: Division, people: dict[str, tuple[Unit, Person]], officer: Person) -> None:
    revision = Task.objects.get(pk=task.pk).revision
    match act:
        case ("sign", who):
            row = _row(task, people[who][0])
            sign(by=people[who][1], signature_id=row.pk, expected=row.revision)
        case ("object", who, counter):
            row = _row(task, people[who][0])
            object_to(by=people[who][1], signature_id=row.pk, expected=row.revision, reason="不可行", counter=counter)
        case ("settle", who, outcome, as_proposed):
            row = _row(task, people[who][0])
            values = row.counter if as_proposed else {"title": "另改", "lead_unit": people["other"][0].pk}
            settle(by=officer, signature_id=row.pk, expected=row.revision, outcome=outcome, note="答复", values=values)
        case ("change", values):
            change(by=officer, task_id=task.pk, expected=revision, values=values)
        case ("years", first):
            numbers = {YEAR: first, YEAR + 1: 10, YEAR + 2: 20 - first}
            set_years(by=officer, task_id=task.pk, expected=revision, years=[YearDraft(year=year, value=number) for year, number in numbers.items()])  # type: ignore[arg-type]
        case ("node", month):
            set_node(by=officer, task_id=task.pk, expected=revision, node_id=None, due_on=date(YEAR, month, 15), text=f"{month}月节点")
        case ("carry", year):
            carry_over(by=officer, division_id=division.pk, year=year)


def _row(task: Task, unit: Unit) -> Signature:
    row = Signature.objects.filter(task=task, unit=unit, is_superseded=False).first()
    if row is None:
        raise Refused("has no part in it")
    return row
