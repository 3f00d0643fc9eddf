"""Comments with people spoken to, files as evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.factories.tasks import make_division
from tests.factories.web import make_person, make_post, make_user
from tests.web.ledger.signing.conftest import make_whole_task, sent
from tests.web.life.test_approval import at_once

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.audit.models import Entry
from lantu_web.documents.folders import on_disk
from lantu_web.documents.models import Original
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.tasks.commands.talking import add_file, comment, remove_file
from lantu_web.tasks.models import Change, Comment, Division, Task
from lantu_web.tasks.queries.talk import files_of, mentions_of, readers_called


@pytest.fixture
def colleagues(zone: Zone, unit: Unit, other_zone: Zone) -> dict[str, User]:
    found = {}
    for username, name in (("li", "李文"), ("lijing", "李文静"), ("zhou", "周凯")):
        found[name] = make_user(username, name)
        make_post(found[name], Role.CONTACT_PERSON, zone, unit)
    far = make_user("far", "钱远")
    make_post(far, Role.LEADER, other_zone)
    return {**found, "钱远": far}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("请@李文静 核实", ["李文静"]), ("@李文，请补充", ["李文"]), ("@zhou @李文静请看", ["周凯", "李文静"]), ("发到 a@b.cn", []),
        ("@钱远 请看", []), ("没有提到谁 @ 空", []), ("@lijing", ["李文静"]),
    ],
)  # fmt: skip
def test_people_are_spoken_to_by_name(text: str, names: list[str], task: Task, contact: tuple[User, Person], colleagues: dict[str, User]) -> None:
    written = comment(by=contact[1], task_id=task.pk, text=text)
    assert {user.name for user in written.mentioned.all()} == set(names)


def test_a_comment_leaves_the_task_alone_and_is_audited(task: Task, stranger: tuple[User, Person], colleagues: dict[str, User]) -> None:
    revision = task.revision
    written = comment(by=stranger[1], task_id=task.pk, text=" @周凯 何时竣工？ ")
    task.refresh_from_db()
    assert (task.revision, written.text, written.by) == (revision, "@周凯 何时竣工？", stranger[0])
    assert Entry.objects.get(action="comment.write").after == {"text": "@周凯 何时竣工？", "mentioned": ["周凯"]}
    person = Person(user_id=colleagues["周凯"].pk, name="周凯", zone_id=task.zone_id, roles=frozenset({Role.CONTACT_PERSON}), unit_ids=frozenset())
    assert list(mentions_of(person)) == [written]


@pytest.mark.parametrize("text", ["", "  ", "字" * 2001])
def test_a_poor_comment_is_refused(text: str, task: Task, contact: tuple[User, Person]) -> None:
    with pytest.raises(Invalid) as caught:
        comment(by=contact[1], task_id=task.pk, text=text)
    assert caught.value.field == "text"


def test_who_may_not_comment(task: Task, draft: Task, zone: Zone, outsider: tuple[User, Person]) -> None:
    for role in (Role.EVALUATOR, Role.AUDITOR):
        with pytest.raises(Forbidden):
            comment(by=make_person(role, zone)[1], task_id=task.pk, text="请说明")
    with pytest.raises(Conflict):
        comment(by=outsider[1], task_id=task.pk, text="请说明")


def test_a_draft_is_not_there_for_units(draft: Task, contact: tuple[User, Person]) -> None:
    with pytest.raises(Conflict):
        comment(by=contact[1], task_id=draft.pk, text="请说明")


@pytest.mark.django_db(transaction=True)
def test_the_same_comment_twice_at_once_is_one(zone: Zone, unit: Unit, other_unit: Unit, officer: Person) -> None:
    division = make_division(zone)
    task = sent(make_whole_task(division, unit, other_unit), division, officer)
    found = at_once(*[lambda: comment(by=officer, task_id=task.pk, text="请说明进度")] * 2)
    assert (sorted(type(one).__name__ for one in found), Comment.objects.count()) == (["Comment", "Conflict"], 1)


def put(task: Task, by: Person, name: str = "现场照片.jpg", data: bytes = b"\xff\xd8photo") -> Any:
    return add_file(by=by, task_id=task.pk, chunks=[data], file_name=name)


def test_both_units_keep_files_and_take_them_away(task: Task, contact: tuple[User, Person], helper: tuple[User, Person]) -> None:
    file = put(task, helper[1])
    with pytest.raises(Conflict):
        put(task, contact[1], "同一张.jpg")
    assert [one.file_name for one in files_of(task)] == ["现场照片.jpg"]
    remove_file(by=contact[1], file_id=file.pk)
    assert list(files_of(task)) == [] and on_disk(Original.objects.get().path).read_bytes() == b"\xff\xd8photo"
    with pytest.raises(Conflict):
        remove_file(by=contact[1], file_id=file.pk)
    assert list(Change.objects.filter(action__startswith="file").order_by("pk").values_list("action", flat=True)) == ["file.add", "file.remove"]


def test_units_without_a_part_keep_nothing(task: Task, contact: tuple[User, Person], stranger: tuple[User, Person], outsider: tuple[User, Person]) -> None:
    file = put(task, contact[1])
    with pytest.raises(Forbidden):
        put(task, stranger[1], data=b"other")
    with pytest.raises(Forbidden):
        remove_file(by=stranger[1], file_id=file.pk)
    with pytest.raises(Conflict):
        put(task, outsider[1], data=b"other")
    assert Original.objects.count() == 1


@pytest.mark.parametrize("name", ["说明.exe", "报表.xlsm", "无后缀", "【机密】情况.pdf"])
def test_what_is_not_kept(name: str, task: Task, division: Division, contact: tuple[User, Person]) -> None:
    with pytest.raises(Invalid) as caught:
        put(task, contact[1], name)
    assert (caught.value.field, Original.objects.count()) == ("file", 0)


@pytest.mark.parametrize(
    ("typed", "words"), [("", ["contact", "李文", "李文静", "周凯"]), ("李", ["李文", "李文静"]), ("ZK", ["周凯"]), ("lij", ["李文静"]), ("钱", [])]
)  # fmt: skip
def test_those_who_see_the_task_are_offered(typed: str, words: list[str], task: Task, contact: tuple[User, Person], colleagues: dict[str, User], officer: Person) -> None:
    found = [reader for reader in readers_called(officer, task, typed) if reader.name != "规划管理员"]
    assert sorted(reader.word for reader in found) == sorted(word if word != "contact" else contact[0].name for word in words)


def test_who_bears_the_name_of_another_is_offered_by_the_user_name(task: Task, zone: Zone, unit: Unit, colleagues: dict[str, User], officer: Person) -> None:
    make_post(make_user("zhou2", "周凯"), Role.LEADER, zone)
    assert [(one.name, one.word, one.units) for one in readers_called(officer, task, "周")] == [("周凯", "zhou", unit.name), ("周凯", "zhou2", "")]


def test_of_a_draft_nobody_of_the_units_is_offered(draft: Task, zone: Zone, colleagues: dict[str, User], officer: Person) -> None:
    make_post(make_user("lead", "李领导"), Role.LEADER, zone)
    assert [one.name for one in readers_called(officer, draft, "李")] == ["李领导"]


def test_whose_post_is_over_is_not_offered(task: Task, colleagues: dict[str, User], officer: Person) -> None:
    colleagues["周凯"].posts.update(valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1))
    assert readers_called(officer, task, "周") == []


def test_people_of_other_units_are_proposed_only_where_they_take_part(
    task: Task, contact: tuple[User, Person], helper: tuple[User, Person], stranger: tuple[User, Person], officer: Person
) -> None:
    def proposed(by: Person) -> set[str]:
        return {one.word for user in (contact, helper, stranger) for one in readers_called(by, task, user[0].username)}

    words = {user[0].username: proposed(officer) for user in (contact, helper, stranger)}
    everybody = words[contact[0].username]
    assert len(everybody) == 3
    assert len(proposed(contact[1])) == len(proposed(helper[1])) == 2  # lead and cooperating unit
    assert len(proposed(stranger[1])) == 3  # with their own unit
    assert [one.name for one in readers_called(contact[1], task, "officer")] == ["规划管理员"]
    comment(by=stranger[1], task_id=task.pk, text="请说明进度")
    assert proposed(contact[1]) == everybody
