"""Organisation, people, import, rights and audit in a browser: axe finds no serious fault in any size, shade or language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.browser.axe import faults
from tests.browser.conftest import OpenPage
from tests.factories.web import make_post, make_unit, make_user, make_zone
from tests.factories.workbooks import book

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.organisation_import import keep_upload
from lantu_web.accounts.commands.people import create_person
from lantu_web.accounts.commands.posts import PostTerms
from lantu_web.accounts.commands.sections import add_section
from lantu_web.accounts.commands.unit_fates import merge_units, rename_unit
from lantu_web.accounts.commands.units import UnitTerms
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User
from lantu_web.accounts.queries import person_in_zone
from lantu_web.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)
UPLOAD = (
    [
        ("100", "云溪街道办事处", "云溪", "街道（镇）", "001", date(2024, 1, 1), "党政办公室、财政所"),
        ("121", "滨河镇", "", "衙门", "777", None, ""),
    ],
    [("li.na", "李娜", "0537-9999999", "", "单位联系人", "001", "规划科", "副科长", None, None)],
)
LOOKS = [
    pytest.param("laptop", False, "zh-hans", id="laptop"),
    pytest.param("desk", True, "zh-hans", id="desk-dark"),
    pytest.param("phone", False, "zh-hans", id="phone"),
    pytest.param("laptop", True, "en", id="laptop-dark-en"),
]


@pytest.fixture
def story(transactional_db: None) -> tuple[User, dict[str, str]]:
    """An administrator, and the addresses of a small zone in which something has happened."""
    zone, user = make_zone(), make_user("admin", "周系统")
    make_post(user, Role.SYSTEM_ADMINISTRATOR)
    by = person_in_zone(user, zone, on=clock.today(), address="192.0.2.1")
    unit, gone, kept = make_unit(zone, "经济发展局", "001"), make_unit(zone, "生态环境局", "002"), make_unit(zone, "规划局", "003")
    person = _events(by, unit, gone, kept)
    draft = keep_upload(by=by, file_name="单位人员.xlsx", data=book(*UPLOAD))
    places = {
        "units": "units/?dissolved=on", "unit": f"units/{unit.pk}/", "dissolved": f"units/{gone.pk}/", "merge": "units/merge/",
        "groups": "groups/", "people": "people/", "person": f"people/{person.pk}/", "new": "people/new/", "import": "organisation/import/",
        "dry-run": f"organisation/import/{draft.pk}/", "rights": "rights/", "audit": "audit/", "verify": "audit/verify/",
    }  # fmt: skip
    above = {"zones": "/zones/", "administrators": "/administrators/"}
    return user, {name: f"/z/{zone.slug}/{place}" for name, place in places.items()} | above


def _events(by: Person, unit: Unit, gone: Unit, kept: Unit) -> User:
    add_section(by=by, unit_id=unit.pk, name="规划科")
    post = PostTerms(role=Role.CONTACT_PERSON, unit_id=unit.pk, title="科员")
    person, _password = create_person(by=by, username="li.na", name="李娜", phone="0537-2345678", post=post)
    rename_unit(by=by, unit_id=unit.pk, expected=1, name="发展改革和经济信息化局", short="发改经信局", on=date(2026, 5, 1))
    new = UnitTerms(code="020", name="自然资源和生态环境局", kind="bureau", parent_id=unit.pk)
    merge_units(by=by, units={gone.pk: 1, kept.pk: 1}, into=new, on=date(2026, 6, 1), document_number="云编〔2026〕5号")
    return person


@pytest.mark.parametrize(("size", "dark", "language"), LOOKS)
def test_the_screens_can_be_read_by_everybody(
    size: str, dark: bool, language: str, story: tuple[User, dict[str, str]], open_page: OpenPage, shots: Callable[..., None]
) -> None:
    user, places = story
    page = open_page(user, size=size, dark=dark, language=language)
    page.set_default_timeout(60_000)  # the first page of a fresh process reads templates, words and styles from disk
    found = {}
    for name, place in places.items():
        page.goto(place)
        shots(page, f"{name}-{size}-{'dark' if dark else 'light'}-{language}")
        found[name] = faults(page)
    assert {name: told for name, told in found.items() if told} == {}
