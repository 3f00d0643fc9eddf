"""The start page of a zone: what awaits whom, and what nobody else sees."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.factories.life import approved, decided, drafted
from tests.factories.web import make_person, make_plan, make_reading, make_reviewed_plan, make_unit

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.documents.enums import ReadingState
from lantu_web.documents.models import Reading
from lantu_web.lib import clock
from lantu_web.plans.enums import AdjustmentState, CandidateState, FindingState, PlanState, Standing
from lantu_web.plans.models import Adjustment, Candidate, Finding, Plan, Sentence
from lantu_web.plans.queries.start import InReview, Part, start_of
from lantu_web.plans.rulebook import failed_for

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
NOTHING: Part[Any] = Part(rows=[], count=0)


def page_of(client: Client) -> str:
    answer = client.get("/z/yunxi/")
    assert answer.status_code == 200
    return answer.content.decode()


def links(page: str) -> list[str]:
    """Where the rows of the page lead."""
    return re.findall(r'<a href="([^"]+)">', page[page.index('class="entrance__start"') :])


def being_read(by: Person) -> list[int]:
    part = start_of(by).readings
    return [row.reading.pk for row in part.rows] if part else []


def left(plan: Plan) -> InReview:
    """Counted one by one, as the page must count at once."""
    sentences = [one for one in Sentence.objects.filter(plan=plan) if one.standing != Standing.LEFT_OUT]
    total, open_ones = sum(len(one.text) for one in sentences), sum(len(one.text) for one in sentences if one.standing == Standing.OPEN)
    return InReview(
        plan=plan, percent=100 * (total - open_ones) // total, findings=Finding.objects.filter(plan=plan, state=FindingState.OPEN).count(),
        candidates=Candidate.objects.filter(plan=plan, state=CandidateState.OPEN).count(),
    )  # fmt: skip


def test_an_officer_sees_reviews_with_what_is_left_readings_adjustments_and_plans_in_force(
    zone: Zone, officer: Person, logged_in: LogIn
) -> None:
    review = make_reviewed_plan(zone, name="待审规划")
    in_force = approved(decided(make_reviewed_plan(zone, name="现行规划")), officer)
    adjustment = drafted(in_force, officer)
    reading = make_reading(make_plan(zone, name="上传中的规划"))
    start = start_of(officer)
    assert start.reviews == Part(rows=[left(review)], count=1) and start.reviews.rows[0].candidates > 0
    page = page_of(logged_in(User.objects.get(pk=officer.user_id)))
    assert links(page) == [
        f"/z/yunxi/plans/{review.pk}/review/", f"/z/yunxi/readings/{reading.pk}/", f"/z/yunxi/adjustments/{adjustment.pk}/",
        f"/z/yunxi/plans/{in_force.pk}/",
    ]  # fmt: skip


def test_a_failed_reading_stands_there_until_the_plan_is_read_again(zone: Zone, officer: Person) -> None:
    plan, moment = make_plan(zone), clock.now()
    failed = make_reading(plan, state=ReadingState.FAILED, finished_at=moment, requested_at=moment - timedelta(hours=1))
    assert being_read(officer) == [failed.pk]
    make_reading(plan, b"another", state=ReadingState.DONE, finished_at=moment, requested_at=moment)
    assert being_read(officer) == []


def test_a_failed_reading_outlives_a_cancelled_one_but_not_a_week(zone: Zone, officer: Person) -> None:
    plan, moment = make_plan(zone), clock.now()
    failed = make_reading(plan, state=ReadingState.FAILED, finished_at=moment, requested_at=moment - timedelta(hours=1))
    make_reading(plan, b"another", state=ReadingState.CANCELLED, finished_at=moment, requested_at=moment)
    assert being_read(officer) == [failed.pk]
    Reading.objects.filter(pk=failed.pk).update(requested_at=moment - failed_for() - timedelta(minutes=1))
    assert being_read(officer) == []


def test_a_long_list_is_cut_with_its_true_number_and_the_way_to_all(zone: Zone, officer: Person, logged_in: LogIn) -> None:
    for number in range(9):
        make_plan(zone, name=f"待审 {number}", state=PlanState.IN_REVIEW)
        approving = {"approved_on": clock.today(), "approving_body": "区人大", "document_number": f"{number}号"}
        make_plan(zone, name=f"现行 {number}", state=PlanState.APPROVED, **approving)
    start = start_of(officer)
    assert [(len(part.rows), part.count, part.is_cut) for part in (start.reviews, start.in_force) if part] == [(8, 9, True)] * 2
    client = logged_in(User.objects.get(pk=officer.user_id))
    ways = [way for way in links(page_of(client)) if "?" in way]
    assert ways == ["/z/yunxi/plans/?state=in_review", "/z/yunxi/plans/?state=in_force"]
    for way, name, other in zip(ways, ("待审", "现行"), ("现行 ", "待审 "), strict=True):
        register = client.get(way).content.decode()
        assert ([f"{name} {number}" in register for number in range(9)], other in register) == ([True] * 9, False)


def test_a_leader_sees_what_is_in_force_and_what_asks_for_an_opinion(zone: Zone, officer: Person, logged_in: LogIn) -> None:
    in_force = approved(decided(make_reviewed_plan(zone, name="现行规划")), officer)
    adjustment = drafted(in_force, officer)
    leader, person = make_person(Role.LEADER, zone)
    assert (start_of(person).adjustments, start_of(person).readings) == (NOTHING, None)
    Adjustment.objects.update(state=AdjustmentState.CONSULTATION)
    asked = start_of(person).adjustments
    assert asked and [(one.pk, one.answered) for one in asked.rows] == [(adjustment.pk, False)]  # type: ignore[attr-defined]
    assert links(page_of(logged_in(leader)))[-1] == f"/z/yunxi/plans/{in_force.pk}/"


def test_a_contact_person_sees_the_reviews_of_their_unit_only(zone: Zone, unit: Unit, other_unit: Unit) -> None:
    own = make_reviewed_plan(zone, name="本单位规划", unit=unit)
    make_reviewed_plan(zone, name="别的单位规划", unit=other_unit)
    person = make_person(Role.CONTACT_PERSON, zone, unit)[1]
    reviews = start_of(person).reviews
    assert reviews and [row.plan.pk for row in reviews.rows] == [own.pk]


def test_an_evaluator_sees_no_reviews(zone: Zone) -> None:
    make_reviewed_plan(zone)
    start = start_of(make_person(Role.EVALUATOR, zone)[1])
    assert (start.reviews, start.readings, start.adjustments, start.in_force) == (None, None, NOTHING, NOTHING)


def test_an_administrator_sees_no_plans_but_the_way_to_the_people(zone: Zone, logged_in: LogIn) -> None:
    make_reviewed_plan(zone, name="不给看的规划")
    page = page_of(logged_in(make_person(Role.SYSTEM_ADMINISTRATOR, None)[0]))
    assert "不给看的规划" not in page and "您负责维护本辖区的组织机构和人员。" in page


def test_nothing_of_another_zone_is_seen(zone: Zone, other_zone: Zone, officer: Person, logged_in: LogIn) -> None:
    make_reviewed_plan(other_zone, name="别区规划", unit=make_unit(other_zone))
    start = start_of(officer)
    assert (start.reviews, start.readings, start.adjustments, start.in_force) == (NOTHING, NOTHING, NOTHING, NOTHING)
    outsider = make_person(Role.PLANNING_OFFICER, other_zone)[0]
    assert (logged_in(outsider).get("/z/yunxi/").status_code, Client().get("/z/yunxi/")["Location"]) == (404, "/login/?next=/z/yunxi/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(count: int, zone: Zone, officer: Person, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(count):
        make_reviewed_plan(zone, name=f"待审 {number}")
        approved(decided(make_reviewed_plan(zone, name=f"现行 {number}")), officer)
        make_reading(make_plan(zone, name=f"上传 {number}"), f"{number}".encode())
    with django_assert_num_queries(5):
        start_of(officer)


def test_scripts_in_names_are_shown_and_not_run(zone: Zone, officer: Person, logged_in: LogIn) -> None:
    make_plan(zone, name="<script>alert(1)</script>", state=PlanState.IN_REVIEW)
    page = page_of(logged_in(User.objects.get(pk=officer.user_id)))
    assert "&lt;script&gt;alert(1)" in page and "<script>alert(1)" not in page
