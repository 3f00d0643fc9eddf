"""Every screen of the organisation: what it shows, to whom, and with how many questions to the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.web import make_person, make_post, make_unit, make_user
from tests.factories.workbooks import book

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.sections import add_section
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import ImportDraft, Post, Section, Unit, UnitGroup, User, Zone

Browser = Callable[[User], Client]
SCRIPT = "<script>alert(1)</script>"
READ = ("units/", "units/{unit}/", "groups/", "rights/")
WRITE = (
    "units/new/", "units/merge/", "units/{unit}/edit/", "units/{unit}/rename/", "units/{unit}/split/", "units/{unit}/dissolve/",
    "units/{unit}/sections/new/", "units/{unit}/sections/{section}/", "groups/new/", "groups/{group}/", "organisation/import/",
    "organisation/import/template/", "organisation/import/today/",
)  # fmt: skip
PEOPLE = ("people/", "people/{person}/")
PEOPLE_WRITE = (
    "people/new/", "people/join/", "people/{person}/edit/", "people/{person}/posts/new/", "people/{person}/posts/{post}/end/",
    "people/{person}/identities/new/",
)  # fmt: skip
POSTS_ONLY = (
    "units/{unit}/shift/", "units/{unit}/sections/{section}/retire/", "people/{person}/active/", "people/{person}/password/",
    "people/{person}/second-factor/", "organisation/import/1/confirm/", "organisation/import/1/drop/",
)  # fmt: skip


@pytest.fixture
def places(zone: Zone, unit: Unit, contact: Person) -> Callable[[str], str]:
    """Addresses in the zone with real numbers in them."""
    section = Section.objects.create(unit=unit, name="综合科")
    group = UnitGroup.objects.create(zone=zone, name="经济组")
    numbers = {"unit": unit.pk, "section": section.pk, "group": group.pk, "person": contact.user_id, "post": Post.objects.get(user_id=contact.user_id).pk}
    return lambda place: f"/z/{zone.slug}/{place.format(**numbers)}"


def user_of(person: Person) -> User:
    return User.objects.get(pk=person.user_id)


def statuses(client: Client, places: Callable[[str], str], wanted: tuple[str, ...]) -> set[int]:
    return {client.get(places(place)).status_code for place in wanted}


def test_who_may_open_what(places: Callable[[str], str], officer: Person, contact: Person, administrator: Person, zone: Zone, other_zone: Zone, logged_in: Browser) -> None:
    evaluator = make_person(Role.EVALUATOR, zone, None, username="evaluator")[0]
    stranger = make_person(Role.PLANNING_OFFICER, other_zone, make_unit(other_zone), username="stranger")[0]
    everything = (*READ, *WRITE, *PEOPLE, *PEOPLE_WRITE)
    opened = {
        name: [statuses(logged_in(user), places, wanted) for wanted in (READ, WRITE, PEOPLE, PEOPLE_WRITE)]
        for name, user in {"administrator": user_of(administrator), "officer": user_of(officer), "contact": user_of(contact), "evaluator": evaluator}.items()
    }
    assert opened == {
        "administrator": [{200}, {200}, {200}, {200}],
        "officer": [{200}, {200}, {200}, {403}],
        "contact": [{200}, {403}, {200}, {403}],
        "evaluator": [{200}, {403}, {403}, {403}],
    }
    assert statuses(logged_in(stranger), places, everything) == {404}
    assert {Client().get(places(place)).headers["Location"].partition("?")[0] for place in everything} == {"/login/"}
    assert {logged_in(user_of(officer)).get(places(place)).status_code for place in POSTS_ONLY} == {405}
    assert {logged_in(user_of(contact)).post(places(place)).status_code for place in POSTS_ONLY} == {403}


def test_the_screens_above_all_zones_are_for_system_administrators(officer: Person, administrator: Person, zone: Zone, logged_in: Browser) -> None:
    places = ("/zones/", "/zones/new/", f"/zones/{zone.pk}/", "/administrators/", "/administrators/appoint/")
    assert {logged_in(user_of(administrator)).get(place).status_code for place in places} == {200}
    assert {logged_in(user_of(officer)).get(place).status_code for place in places} == {404}
    assert {Client().get(place).status_code for place in places} == {302}


def test_a_unit_of_another_zone_is_not_found_under_ones_own(officer: Person, zone: Zone, other_zone: Zone, logged_in: Browser) -> None:
    strange = make_unit(other_zone, "别区局")
    client = logged_in(user_of(officer))
    assert {client.get(f"/z/{zone.slug}/units/{strange.pk}/{side}").status_code for side in ("", "edit/", "rename/", "split/", "dissolve/")} == {404}
    assert client.post(f"/z/{zone.slug}/units/{strange.pk}/shift/", {"step": "1"}).status_code == 404


def test_the_contact_person_sees_only_people_of_the_own_unit(contact: Person, zone: Zone, other_unit: Unit, logged_in: Browser) -> None:
    head = make_person(Role.UNIT_HEAD, zone, other_unit, username="head")[0]
    client = logged_in(user_of(contact))
    page = client.get(f"/z/{zone.slug}/people/")
    assert ([user.username for user in page.context["page"]], client.get(f"/z/{zone.slug}/people/{head.pk}/").status_code) == (["contact"], 404)
    assert list(client.get(f"/z/{zone.slug}/units/{other_unit.pk}/").context["posts"]) == []


def test_a_unit_is_entered_through_its_form_and_faults_stand_beside_the_field(officer: Person, unit: Unit, zone: Zone, logged_in: Browser) -> None:
    client = logged_in(user_of(officer))
    values = {"name": SCRIPT, "short_name": "", "code": "010", "kind": "park", "parent": unit.pk, "established_on": "2024-01-01"}
    done = client.post(f"/z/{zone.slug}/units/new/", values)
    made = Unit.objects.get(code="010")
    assert (done.status_code, done.headers["Location"], made.parent) == (302, f"/z/{zone.slug}/units/{made.pk}/", unit)
    again = client.post(f"/z/{zone.slug}/units/new/", values)
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["code"])
    for place in ("units/", f"units/{made.pk}/", "units/merge/", f"units/{made.pk}/edit/", "people/", "groups/new/"):
        text = client.get(f"/z/{zone.slug}/{place}").content.decode()
        assert SCRIPT not in text
    assert "&lt;script&gt;" in client.get(f"/z/{zone.slug}/units/").content.decode()


def test_an_older_view_of_a_unit_is_refused_in_words(officer: Person, unit: Unit, zone: Zone, logged_in: Browser) -> None:
    client = logged_in(user_of(officer))
    values = {"name": "发改局", "short": "", "on": "2026-01-01", "document_number": "", "expected": 1}
    assert client.post(f"/z/{zone.slug}/units/{unit.pk}/rename/", values).status_code == 302
    late = client.post(f"/z/{zone.slug}/units/{unit.pk}/rename/", values | {"name": "发改委"})
    assert (late.status_code, officer.name in late.content.decode(), Unit.objects.get(pk=unit.pk).name) == (422, True, "发改局")


def test_merge_split_and_dissolve_through_their_forms(officer: Person, zone: Zone, unit: Unit, other_unit: Unit, logged_in: Browser) -> None:
    client = logged_in(user_of(officer))
    form = client.get(f"/z/{zone.slug}/units/merge/?unit={unit.pk}").context["form"]
    values = {
        "units": [unit.pk, other_unit.pk], "into": "", "name": "发展和环境局", "short_name": "", "code": "020", "kind": "bureau", "on": "2026-02-01",
        "document_number": "云编〔2026〕1号", "carry": "on", "seen": form["seen"].value(),
    }  # fmt: skip
    merged = client.post(f"/z/{zone.slug}/units/merge/", values)
    successor = Unit.objects.get(code="020")
    assert (merged.status_code, merged.headers["Location"]) == (302, f"/z/{zone.slug}/units/{successor.pk}/")
    assert client.post(f"/z/{zone.slug}/units/merge/", values).status_code == 422
    parts = {"on": "2026-03-01", "document_number": "", "carry_into": "0", "expected": 1, "name_0": "发展局", "code_0": "030", "name_1": "环境局", "code_1": "031", "name_2": "", "code_2": "", "name_3": "", "code_3": ""}
    assert client.post(f"/z/{zone.slug}/units/{successor.pk}/split/", parts).status_code == 302
    last = Unit.objects.get(code="031")
    assert client.post(f"/z/{zone.slug}/units/{last.pk}/dissolve/", {"on": "2026-04-01", "document_number": "", "expected": 1}).status_code == 302
    living = list(Unit.objects.filter(dissolved_on=None).values_list("name", flat=True))
    assert (living, client.get(f"/z/{zone.slug}/units/{unit.pk}/").status_code) == (["发展局"], 200)


def test_a_new_person_is_shown_their_password_once(administrator: Person, unit: Unit, zone: Zone, logged_in: Browser) -> None:
    client = logged_in(user_of(administrator))
    values = {"username": "li.na", "name": "李娜", "phone": "", "email": "", "role": "contact_person", "unit": unit.pk, "section": "", "title": "", "valid_from": "", "valid_to": ""}
    shown = client.post(f"/z/{zone.slug}/people/new/", values)
    user = User.objects.get(username="li.na")
    assert (shown.status_code, user.check_password(shown.context["password"]), "no-store" in shown.headers["Cache-Control"]) == (200, True, True)
    assert client.post(f"/z/{zone.slug}/people/new/", values).status_code == 422
    again = client.post(f"/z/{zone.slug}/people/{user.pk}/password/")
    user.refresh_from_db()
    assert (user.check_password(shown.context["password"]), user.check_password(again.context["password"])) == (False, True)
    assert client.post(f"/z/{zone.slug}/people/{user.pk}/active/", {"expected": user.revision}).status_code == 302
    assert not User.objects.get(pk=user.pk).is_active


def test_the_import_from_upload_to_passwords(administrator: Person, zone: Zone, unit: Unit, logged_in: Browser) -> None:
    client = logged_in(user_of(administrator))
    data = book([("100", "云溪街道", "", "街道（镇）", "001", None, "")], [("zhang", "张三", "", "", "单位联系人", "100", "", "", None, None)])
    file = SimpleUploadedFile(f"{SCRIPT}.xlsx", data)
    sent = client.post(f"/z/{zone.slug}/organisation/import/", {"file": file})
    draft = ImportDraft.objects.get()
    assert (sent.status_code, sent.headers["Location"]) == (302, f"/z/{zone.slug}/organisation/import/{draft.pk}/")
    page = client.get(sent.headers["Location"])
    assert ([step.outcome.value for step in page.context["page"]], SCRIPT in page.content.decode(), Unit.objects.count()) == (["new", "new"], False, 1)
    make_unit(zone, "云溪街道", "100", kind="territory", parent=unit)
    meanwhile = client.post(f"{sent.headers['Location']}confirm/", {"expected": page.context["run"].digest})
    assert (meanwhile.status_code, meanwhile.headers["Location"], User.objects.filter(username="zhang").exists()) == (302, sent.headers["Location"], False)
    page = client.get(sent.headers["Location"])
    done = client.post(f"{sent.headers['Location']}confirm/", {"expected": page.context["run"].digest})
    assert (done.status_code, [one.username for one in done.context["newcomers"]], done.headers["Cache-Control"].count("no-store")) == (200, ["zhang"], 1)
    assert client.post(f"{sent.headers['Location']}confirm/", {"expected": page.context["run"].digest}).status_code == 409


def test_a_wrong_file_is_refused_beside_the_field(officer: Person, zone: Zone, logged_in: Browser) -> None:
    client = logged_in(user_of(officer))
    for data in (b"", b"%PDF-1.7", b"PK\x03\x04"):
        page = client.post(f"/z/{zone.slug}/organisation/import/", {"file": SimpleUploadedFile("单位.xlsx", data)})
        assert (page.status_code, list(page.context["form"].errors)) == (422, ["file"])


def test_the_template_and_the_workbook_of_today_open(administrator: Person, zone: Zone, contact: Person, logged_in: Browser) -> None:
    client = logged_in(user_of(administrator))
    for place, rows in (("template", ["示例-010", None]), ("today", ["001", None])):
        answer = client.get(f"/z/{zone.slug}/organisation/import/{place}/")
        made = openpyxl.load_workbook(BytesIO(answer.content))
        assert (made.sheetnames, made["单位"]["A3"].value, made["单位"]["A4"].value) == (["单位", "人员"], *rows)


def test_the_same_number_of_questions_for_one_row_and_for_three(officer: Person, zone: Zone, unit: Unit, logged_in: Browser, django_assert_num_queries: Callable[[int], object], today: date) -> None:
    client = logged_in(user_of(officer))
    client.get(f"/z/{zone.slug}/units/")
    for _round in (1, 3):
        with django_assert_num_queries(7):  # type: ignore[attr-defined]
            client.get(f"/z/{zone.slug}/units/")
        with django_assert_num_queries(8):  # type: ignore[attr-defined]
            client.get(f"/z/{zone.slug}/people/")
        for number in range(2):
            child = make_unit(zone, f"街道{_round}{number}", f"9{_round}{number}", parent=unit)
            add_section(by=officer, unit_id=child.pk, name="综合科")
            make_post(make_user(f"user{_round}{number}"), Role.CONTACT_PERSON, zone, child)


def test_the_rights_page_shows_the_table_and_the_readers_roles(contact: Person, zone: Zone, logged_in: Browser) -> None:
    page = logged_in(user_of(contact)).get(f"/z/{zone.slug}/rights/")
    rows = [row for group in page.context["table"] for row in group.rows]
    assert ([str(label) for label in page.context["mine"]], len(rows)) == ([str(Role.CONTACT_PERSON.label)], len({row.right for row in rows}))
    by_right = {str(row.right): [cell.reach for cell in row.cells] for row in rows}
    assert by_right["people.read"] == ["installation", "zone", "zone", "own_unit", "own_unit", "zone", "none", "zone"]
