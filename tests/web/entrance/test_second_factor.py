"""The second factor: set up, asked for, never passed by, never used twice."""

from __future__ import annotations

import re
import threading
import time
from base64 import b32decode
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.factories.web import PASSWORD, make_person

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands import second_factor
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import User, Zone
from lantu_web.audit.models import Entry
from lantu_web.lib.errors import Conflict, Forbidden, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(officer: Person) -> User:
    return User.objects.get(pk=officer.user_id)


def with_app(user: User, *paper: str) -> TOTPDevice:
    """A confirmed device, and these backup codes."""
    device = TOTPDevice.objects.create(user=user, confirmed=True, name="app")
    codes = StaticDevice.objects.create(user=user, confirmed=True, name="paper")
    StaticToken.objects.bulk_create(StaticToken(device=codes, token=code) for code in paper)
    User.objects.filter(pk=user.pk).update(has_second_factor=True)
    user.refresh_from_db()
    return device


def code_of(device: TOTPDevice, later: int = 0) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + later * device.step
    return f"{totp.token():06}"


def entered(user: User) -> Client:
    client = Client()
    assert client.post("/login/", {"username": user.username, "password": PASSWORD}).status_code == 302
    return client


def test_it_is_set_up_with_picture_key_code_and_ten_codes_on_paper(user: User, zone: Zone) -> None:
    here, there = entered(user), entered(user)
    page = here.get("/me/two-factor/").content.decode()
    assert 'src="data:image/svg+xml' in page and "style=" not in page
    secret = re.search(r'entrance__secret"[^>]*>([A-Z2-7 ]+)<', page)
    device = TOTPDevice.objects.get()
    assert secret is not None and b32decode(secret[1].replace(" ", "")) == device.bin_key
    assert re.search(r'entrance__secret"[^>]*>([A-Z2-7 ]+)<', here.get("/me/two-factor/").content.decode())[1] == secret[1]  # type: ignore[index]
    answer = here.post("/me/two-factor/", {"code": code_of(device)})
    codes = re.findall(r"<li><code>(\w{4}-\w{4})</code></li>", answer.content.decode())
    assert len(set(codes)) == 10
    assert answer["Cache-Control"].find("no-store") >= 0
    assert here.get("/me/").status_code == 200  # verified by the very code
    assert there.get("/me/")["Location"] == "/login/?next=/me/"
    assert [entry.action for entry in Entry.objects.filter(action__contains="second_factor")] == ["person.second_factor_on"]
    assert codes[0] not in here.get("/me/two-factor/").content.decode()


def test_a_wrong_code_does_not_switch_it_on(user: User) -> None:
    client = entered(user)
    client.get("/me/two-factor/")
    answer = client.post("/me/two-factor/", {"code": "000000"})
    assert "验证码不正确" in answer.content.decode()
    user.refresh_from_db()
    assert (user.has_second_factor, TOTPDevice.objects.get().throttling_failure_count) == (False, 1)


def test_nothing_is_seen_between_password_and_code(user: User) -> None:
    with_app(user)
    client = entered(user)
    for path in ("/", "/z/yunxi/", "/me/", "/me/two-factor/", "/me/tokens/", "/me/password/", "/login/", "/nothing/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login/second-factor/"), path
    for path in ("/me/tokens/", "/me/two-factor/off/", "/me/sessions/end/", "/appearance/"):
        assert client.post(path)["Location"] == "/login/second-factor/", path
    assert client.get("/me/", headers={"HX-Request": "true"})["HX-Redirect"] == "/login/second-factor/"
    assert client.get("/api/v1/openapi.json").wsgi_request.user.is_anonymous  # a session counts for nothing there


def test_the_code_lets_in_and_leads_on(user: User) -> None:
    device = with_app(user)
    client = entered(user)
    key = client.session.session_key
    page = client.get("/me/tokens/?a=1")
    assert page["Location"] == "/login/second-factor/?next=/me/tokens/%3Fa%3D1"
    answer = client.post(page["Location"], {"code": code_of(device)})
    assert (answer["Location"], client.get("/me/tokens/").status_code) == ("/me/tokens/?a=1", 200)
    assert client.session.session_key != key
    assert client.get("/login/second-factor/")["Location"] == "/"
    assert [entry.after for entry in Entry.objects.filter(action="person.log_in").order_by("pk")] == [{"way": "password"}, {"way": "code"}]


def test_full_width_digits_and_blanks_are_digits(user: User) -> None:
    device = with_app(user)
    code = "".join(chr(ord(digit) + 0xFEE0) for digit in code_of(device))
    assert entered(user).post("/login/second-factor/", {"code": f" {code[:3]} {code[3:]} "}).status_code == 302


def test_a_code_counts_once(user: User) -> None:
    device = with_app(user)
    code = code_of(device)
    assert entered(user).post("/login/second-factor/", {"code": code}).status_code == 302
    again = entered(user).post("/login/second-factor/", {"code": code})
    assert (again.status_code, "验证码不正确或已使用过" in again.content.decode()) == (422, True)


def test_a_code_on_paper_counts_once(user: User) -> None:
    with_app(user, "abcd2345", "zzzz2222")
    assert entered(user).post("/login/second-factor/", {"code": "ABCD-2345"}).status_code == 302
    assert entered(user).post("/login/second-factor/", {"code": "abcd2345"}).status_code == 422
    assert list(StaticToken.objects.values_list("token", flat=True)) == ["zzzz2222"]
    assert Entry.objects.filter(action="person.log_in").order_by("pk").values_list("after", flat=True)[1] == {"way": "backup code"}


def test_wrong_codes_slow_down_even_the_right_one(user: User) -> None:
    device = with_app(user)
    client = entered(user)
    for _number in range(3):
        client.post("/login/second-factor/", {"code": "000000"})
    answer = client.post("/login/second-factor/", {"code": code_of(device)})
    assert (answer.status_code, re.search(r"请等待 \d+ 秒", answer.content.decode()) is not None) == (422, True)
    assert Entry.objects.filter(action="person.second_factor_failed").count() == 4


@pytest.mark.parametrize("code", ["12345", "abc", "'; DROP TABLE", "١٢٣٤٥٦", "abcd234"])
def test_what_has_not_the_shape_of_a_code_does_not_slow_down(code: str, user: User) -> None:
    device = with_app(user)
    assert "格式不对" in entered(user).post("/login/second-factor/", {"code": code}).content.decode()
    device.refresh_from_db()
    assert device.throttling_failure_count == 0


def verified(user: User, device: TOTPDevice) -> Client:
    client = entered(user)
    assert client.post("/login/second-factor/", {"code": code_of(device)}).status_code == 302
    return client


def test_new_codes_on_paper_make_the_old_ones_void(user: User) -> None:
    client = verified(user, with_app(user, "abcd2345"))
    assert client.post("/me/two-factor/codes/", {"codes-current": "wrong"}).context["codes_form"].errors == {"current": ["当前密码不正确。"]}
    codes = re.findall(r"<li><code>(\w{4}-\w{4})</code></li>", client.post("/me/two-factor/codes/", {"codes-current": PASSWORD}).content.decode())
    assert {code.replace("-", "") for code in codes} == set(StaticToken.objects.values_list("token", flat=True))
    assert "abcd2345" not in set(StaticToken.objects.values_list("token", flat=True))


def test_switching_off_needs_the_password(user: User) -> None:
    client = verified(user, with_app(user, "abcd2345"))
    assert client.post("/me/two-factor/off/", {"off-current": "wrong"}).context["off_form"].errors == {"current": ["当前密码不正确。"]}
    assert client.post("/me/two-factor/off/", {"off-current": PASSWORD})["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    user.refresh_from_db()
    assert (user.has_second_factor, TOTPDevice.objects.count(), StaticDevice.objects.count()) == (False, 0, 0)
    assert client.post("/me/two-factor/off/", {"off-current": PASSWORD}).status_code == 409


def test_where_it_is_required_it_comes_before_anything_else(user: User, settings: LazySettings) -> None:
    settings.LANTU_SECOND_FACTOR = "required"
    client = entered(user)
    assert client.get("/z/yunxi/")["Location"] == "/me/two-factor/?next=/z/yunxi/"
    page = client.get("/me/two-factor/")
    assert "本系统要求您使用双因素认证，请先完成设置。" in page.content.decode()
    client.post("/me/two-factor/", {"code": code_of(TOTPDevice.objects.get())})
    assert client.get("/z/yunxi/").status_code == 200
    assert client.post("/me/two-factor/off/", {"off-current": PASSWORD}).status_code == 409


def test_it_may_be_required_of_some_roles(user: User, zone: Zone, settings: LazySettings) -> None:
    settings.LANTU_SECOND_FACTOR_ROLES = ["planning_officer"]
    auditor, _person = make_person(Role.AUDITOR, zone, username="auditor")
    assert entered(user).get("/z/yunxi/")["Location"] == "/me/two-factor/?next=/z/yunxi/"
    assert entered(auditor).get("/z/yunxi/").status_code == 200


def test_where_it_is_off_there_is_no_page_and_nothing_is_asked(user: User, settings: LazySettings) -> None:
    with_app(user)
    settings.LANTU_SECOND_FACTOR = "off"
    client = entered(user)
    assert (client.get("/me/").status_code, client.get("/me/two-factor/").status_code) == (200, 404)


def test_an_administrator_takes_it_away_from_who_lost_the_telephone(user: User, officer: Person) -> None:
    device = with_app(user)
    client = verified(user, device)
    with pytest.raises(Forbidden):
        second_factor.reset(by=officer, user_id=user.pk)
    administrator = make_person(Role.SYSTEM_ADMINISTRATOR, None)[1]
    second_factor.reset(by=administrator, user_id=user.pk)
    assert client.get("/me/")["Location"] == "/login/?next=/me/"
    assert entered(user).get("/me/").status_code == 200
    with pytest.raises(Conflict):
        second_factor.reset(by=administrator, user_id=user.pk)


def test_nobody_sets_it_up_for_another(user: User, zone: Zone) -> None:
    other = make_person(Role.AUDITOR, zone)[1]
    for act in (second_factor.begin, second_factor.renew_codes, second_factor.switch_off):
        with pytest.raises(Forbidden):
            act(by=other, user=user)  # type: ignore[operator]
    with pytest.raises(Forbidden):
        second_factor.confirm(by=other, user=user, code="123456")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_bring_the_same_code_at_once_one_gets_in(user: User, officer: Person) -> None:
    code = code_of(with_app(user))
    outcomes = at_once(lambda: second_factor.verify(by=officer, user=user, code=code))
    assert sorted(outcomes) == ["Invalid", "done"]


def at_once(act: Callable[[], object]) -> list[str]:
    """What two threads that do the same at once come to: "done", or the name of the refusal."""
    start, outcomes = threading.Barrier(2), []

    def run() -> None:
        start.wait()
        try:
            act()
            outcomes.append("done")
        except Refused as problem:
            outcomes.append(type(problem).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
