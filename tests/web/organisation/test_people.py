"""People: entered with a post, given posts and taken them, kept out; nobody raises their own rights, the last administrator stays."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from tests.factories.web import make_person, make_post, make_unit, make_user

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.people import create_person, deactivate_person, edit_person, reactivate_person
from lantu_web.accounts.commands.posts import PostTerms, end_post, give_post
from lantu_web.accounts.commands.sections import add_section
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Post, Section, Unit, User, Zone
from lantu_web.accounts.queries import person_in_zone
from lantu_web.accounts.queries.people import people_list, people_visible_to
from lantu_web.audit.models import Entry
from lantu_web.lib.errors import Conflict, Forbidden, Invalid


def as_contact(unit: Unit, **values: object) -> PostTerms:
    return PostTerms(role=Role.CONTACT_PERSON, unit_id=unit.pk, **values)  # type: ignore[arg-type]


def test_a_new_person_gets_a_post_and_a_password_for_one_use(administrator: Person, unit: Unit) -> None:
    user, password = create_person(by=administrator, username="li.na", name="李娜", phone="0537-2345678", post=as_contact(unit, title="副科长"))
    assert (user.must_change_password, check_password(password, user.password), [str(post) for post in user.posts.all()]) == (True, True, [f"李娜 · {Role.CONTACT_PERSON.label}"])
    with pytest.raises(Invalid) as refused:
        create_person(by=administrator, username="li.na", name="李娜", post=as_contact(unit))
    assert (refused.value.field, User.objects.filter(username="li.na").count()) == ("username", 1)
    told = list(Entry.objects.order_by("number").values_list("action", "after"))
    assert told[0] == ("person.create", {"username": "li.na", "name": "李娜", "phone": "0537-2345678", "email": ""})
    assert password not in str(told)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"username": "with blank"}, "username"), ({"username": "x" * 61}, "username"), ({"name": ""}, "name"), ({"email": "no-address"}, "email"), ({"phone": "1" * 31}, "phone")],
)
def test_a_person_that_cannot_be_is_refused_whole(wrong: dict[str, str], field: str, administrator: Person, unit: Unit) -> None:
    with pytest.raises(Invalid) as refused:
        create_person(by=administrator, post=as_contact(unit), **{"username": "li.na", "name": "李娜", **wrong})
    assert (refused.value.field, User.objects.filter(username="li.na").exists()) == (field, False)


def test_posts_that_cannot_be(administrator: Person, zone: Zone, other_zone: Zone, unit: Unit, other_unit: Unit, today: date) -> None:
    make_user("li.na")
    section = Section.objects.create(unit=other_unit, name="综合科")
    cases: list[tuple[PostTerms, str]] = [
        (PostTerms(role="emperor"), "role"),
        (PostTerms(role=Role.UNIT_HEAD), "unit"),
        (PostTerms(role=Role.EVALUATOR), "valid_to"),
        (as_contact(unit, valid_from=today, valid_to=today - timedelta(days=1)), "valid_to"),
        (as_contact(unit, section_id=section.pk), "section"),
        (as_contact(unit, title="长" * 61), "title"),
        (as_contact(make_unit(other_zone)), "unit"),
        (as_contact(make_unit(zone, "旧局", dissolved_on=today)), "unit"),
    ]
    for terms, field in cases:
        with pytest.raises((Invalid, Conflict)) as refused:
            give_post(by=administrator, username="li.na", terms=terms)
        assert refused.value.field == field
    assert not Post.objects.filter(user__username="li.na").exists()


def test_a_post_is_not_given_twice_but_several_are_held(administrator: Person, unit: Unit, other_unit: Unit, today: date) -> None:
    make_user("li.na")
    give_post(by=administrator, username="li.na", terms=as_contact(unit))
    with pytest.raises(Conflict):
        give_post(by=administrator, username="li.na", terms=as_contact(unit))
    give_post(by=administrator, username="li.na", terms=as_contact(other_unit))
    give_post(by=administrator, username="li.na", terms=PostTerms(role=Role.LEADER, title="副主任"))
    assert Post.objects.filter(user__username="li.na").count() == 3
    with pytest.raises(Invalid):
        give_post(by=administrator, username="nobody", terms=as_contact(unit))


def test_a_post_ends_once(administrator: Person, contact: Person, today: date) -> None:
    post = Post.objects.get(user_id=contact.user_id)
    end_post(by=administrator, post_id=post.pk, on=today)
    with pytest.raises(Conflict, match=today.isoformat()):
        end_post(by=administrator, post_id=post.pk, on=today)
    user = User.objects.get(pk=contact.user_id)
    assert person_in_zone(user, None, on=today + timedelta(days=1)).roles == frozenset()


def test_nobody_raises_their_own_rights(administrator: Person, officer: Person, unit: Unit) -> None:
    with pytest.raises(Forbidden):
        give_post(by=administrator, username="admin", terms=PostTerms(role=Role.PLANNING_OFFICER))
    for act in (
        lambda: give_post(by=officer, username="officer", terms=PostTerms(role=Role.SYSTEM_ADMINISTRATOR)),
        lambda: create_person(by=officer, username="x", name="x", post=as_contact(unit)),
        lambda: deactivate_person(by=officer, user_id=officer.user_id or 0, expected=1),
    ):
        with pytest.raises(Forbidden):
            act()


def test_the_last_administrator_stays(administrator: Person, today: date) -> None:
    own = Post.objects.get(role=Role.SYSTEM_ADMINISTRATOR)
    with pytest.raises(Conflict):
        end_post(by=administrator, post_id=own.pk, on=today)
    second = make_user("second")
    give_post(by=administrator, username="second", terms=PostTerms(role=Role.SYSTEM_ADMINISTRATOR, valid_to=today))  # until tonight only
    with pytest.raises(Conflict):
        end_post(by=administrator, post_id=own.pk, on=today)
    Post.objects.filter(user=second).update(valid_to=None)
    User.objects.filter(pk=second.pk).update(is_active=False)
    with pytest.raises(Conflict):
        end_post(by=administrator, post_id=own.pk, on=today)
    User.objects.filter(pk=second.pk).update(is_active=True)
    end_post(by=administrator, post_id=own.pk, on=today)
    with pytest.raises(Conflict):
        deactivate_person(by=administrator, user_id=second.pk, expected=1)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_at_once_do_not_shut_each_other_out(zone: Zone, today: date) -> None:
    people = []
    for name in ("one", "two"):
        user = make_user(name)
        make_post(user, Role.SYSTEM_ADMINISTRATOR)
        people.append(person_in_zone(user, zone, on=today))
    told: list[str] = []
    start = threading.Barrier(2)

    def shut_out(by: Person, whom: Person) -> None:
        start.wait()
        try:
            deactivate_person(by=by, user_id=whom.user_id or 0, expected=1)
            told.append("shut out")
        except Conflict:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=shut_out, args=pair) for pair in (people, people[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(told), User.objects.filter(is_active=True).count()) == (["refused", "shut out"], 1)


def test_a_person_is_changed_kept_out_and_let_in_again(administrator: Person, contact: Person) -> None:
    pk = contact.user_id or 0
    edit_person(by=administrator, user_id=pk, expected=1, name="李娜", phone="13800000000", email="li@example.org")
    with pytest.raises(Conflict):
        edit_person(by=administrator, user_id=pk, expected=1, name="李四", phone="", email="")
    deactivate_person(by=administrator, user_id=pk, expected=2)
    reactivate_person(by=administrator, user_id=pk, expected=3)
    user = User.objects.get(pk=pk)
    assert (user.name, user.phone, user.is_active, user.session_number, user.revision) == ("李娜", "13800000000", True, 1, 4)
    assert list(Entry.objects.order_by("number").values_list("action", flat=True)) == ["person.edit", "person.deactivate", "person.reactivate"]


def test_who_sees_whom(zone: Zone, other_zone: Zone, unit: Unit, other_unit: Unit, officer: Person, contact: Person, administrator: Person) -> None:
    make_person(Role.UNIT_HEAD, zone, other_unit, username="head")
    make_person(Role.CONTACT_PERSON, other_zone, make_unit(other_zone), username="stranger")
    evaluator = make_person(Role.EVALUATOR, zone, None, username="evaluator")[1]
    names: Callable[[Person], list[str]] = lambda by: [user.username for user in people_visible_to(by)]  # noqa: E731
    everybody = ["contact", "evaluator", "head", "officer"]
    assert (names(officer), names(administrator), names(contact), names(evaluator)) == (everybody, everybody, ["contact", "officer"], [])


def test_people_are_found_by_name_unit_and_role_of_today(officer: Person, contact: Person, zone: Zone, unit: Unit, other_unit: Unit, today: date) -> None:
    user = make_user("head", "欧阳娜娜", phone="13900001111")
    make_post(user, Role.UNIT_HEAD, zone, other_unit)
    make_post(user, Role.LEADER, zone, unit, valid_to=today - timedelta(days=1))
    found: Callable[..., list[str]] = lambda **asked: [one.username for one in people_list(officer, on=today, **asked)]  # noqa: E731
    assert (found(search="阳娜"), found(search="0000111"), found(unit_id=other_unit.pk)) == (["head"], ["head"], ["head"])
    assert (found(role=Role.LEADER), found(role=Role.CONTACT_PERSON), found(unit_id=unit.pk, role=Role.UNIT_HEAD)) == ([], ["contact"], [])
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert (found(search="head"), found(search="head", inactive=True)) == ([], ["head"])


def test_a_section_of_the_unit_goes_with_the_post(administrator: Person, officer: Person, unit: Unit) -> None:
    make_user("li.na")
    section = add_section(by=officer, unit_id=unit.pk, name="规划科")
    assert give_post(by=administrator, username="li.na", terms=as_contact(unit, section_id=section.pk)).section == section
