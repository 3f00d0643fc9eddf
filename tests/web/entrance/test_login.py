"""Coming in by user name and password: who is let in, who is locked out, what is kept, and what is given away."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import LazySettings
from django.test import Client
from tests.factories.web import PASSWORD, make_person, make_user

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import User, Zone
from lantu_web.audit.models import Entry
from lantu_web.lib import clock

pytestmark = pytest.mark.django_db


def log_in(client: Client, username: str = "officer", password: str = PASSWORD, path: str = "/login/", **headers: str):  # type: ignore[no-untyped-def]
    return client.post(path, {"username": username, "password": password}, **headers)  # type: ignore[arg-type]


def trail(zone: Zone | None = None) -> list[tuple[str, str, str]]:
    entries = Entry.objects.filter(chain__zone=zone.pk if zone else 0).order_by("number")
    return [(entry.action, entry.user_name, entry.address) for entry in entries]


def without_token(page: bytes) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+', "", page.decode())


def test_a_person_comes_in_goes_out_and_both_are_kept(officer: Person, zone: Zone, client: Client) -> None:
    answer = log_in(client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/")["Location"] == "/z/yunxi/"
    answer = client.post("/logout/")
    assert (answer.status_code, answer["Location"]) == (302, "/login/")
    assert client.get("/")["Location"] == "/login/"
    assert trail(zone) == [("person.log_in", officer.name, "127.0.0.1"), ("person.log_out", officer.name, "127.0.0.1")]


def test_the_session_is_a_new_one_after_the_login(officer: Person, client: Client) -> None:
    client.get("/login/?next=/me/")
    client.session.save()
    before = client.session.session_key
    log_in(client)
    assert client.session.session_key != before


def test_the_page_says_the_same_of_a_wrong_password_and_of_a_name_that_nobody_bears(officer: Person, zone: Zone, client: Client) -> None:
    wrong, unknown = log_in(client, password="wrong"), log_in(client, username="nobody-1")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert "用户名或密码不正确。" in wrong.content.decode()
    assert without_token(wrong.content).replace("officer", "") == without_token(unknown.content).replace("nobody-1", "")
    assert trail(zone) == [("person.log_in_failed", officer.name, "127.0.0.1")]
    assert trail() == [("person.log_in_failed", "no…", "127.0.0.1")]  # of what was typed only the beginning: it may be a password


def test_a_person_who_may_not_log_in_is_told_no_more_than_a_stranger(officer: Person, client: Client) -> None:
    User.objects.filter(pk=officer.user_id).update(is_active=False)
    right, stranger = log_in(client), log_in(client, username="nobody-1")
    assert without_token(right.content).replace("officer", "") == without_token(stranger.content).replace("nobody-1", "")


@pytest.mark.parametrize("username", ["officer", "nobody-1"])
def test_five_wrong_passwords_lock_out_whether_the_name_exists_or_not(username: str, officer: Person, client: Client) -> None:
    answers = [log_in(client, username=username, password=f"wrong {number}") for number in range(6)]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 429, 429]
    assert "请在 15 分钟后再试" in answers[-1].content.decode()
    assert log_in(client, username=username).status_code == 429
    assert "Location" not in client.get("/login/").headers
    kept = [entry.action for entry in Entry.objects.order_by("pk")]
    assert kept == ["person.log_in_failed"] * 5 + ["person.lock_out"]


def test_the_lock_out_ends_and_trying_does_not_make_it_longer(officer: Person, client: Client) -> None:
    for _number in range(7):
        log_in(client, password="wrong")
    AccessAttempt.objects.update(attempt_time=clock.now() - timedelta(minutes=10))
    assert "请在 5 分钟后再试" in log_in(client).content.decode()
    AccessAttempt.objects.update(attempt_time=clock.now() - timedelta(minutes=16))
    assert log_in(client).status_code == 302


def test_a_lock_out_is_for_one_name_from_one_place(officer: Person, client: Client) -> None:
    make_user("qian")
    for _number in range(5):
        log_in(client, password="wrong")
    assert log_in(client, username="qian").status_code == 302
    assert log_in(Client(), REMOTE_ADDR="198.51.100.7").status_code == 302


def test_the_lock_out_speaks_english_too(officer: Person) -> None:
    client = Client(headers={"Accept-Language": "en"})
    for _number in range(5):
        answer = log_in(client, password="wrong")
    assert "You can try again in 15 minutes." in answer.content.decode()


def test_no_password_is_kept_with_the_attempts(officer: Person, client: Client) -> None:
    log_in(client, password="nearly-my-password")
    attempt = AccessAttempt.objects.get()
    assert "nearly-my-password" not in f"{attempt.post_data}{attempt.get_data}"


@pytest.mark.parametrize(
    ("wanted", "arrived"),
    [
        pytest.param("/me/tokens/?x=1", "/me/tokens/?x=1", id="a page of this site"),
        pytest.param("//evil.example/", "/", id="another host"),
        pytest.param("https://evil.example/", "/", id="another address"),
        pytest.param("javascript:alert(1)", "/", id="a script"),
        pytest.param("\\\\evil.example", "/", id="backslashes"),
    ],
)
def test_after_the_login_only_pages_of_this_site_are_next(wanted: str, arrived: str, officer: Person, client: Client) -> None:
    from urllib.parse import quote

    assert log_in(client, path=f"/login/?next={quote(wanted)}")["Location"] == arrived
    assert client.get(f"/login/?next={quote(wanted)}")["Location"] == arrived


def test_whoever_is_not_logged_in_is_led_to_the_login_and_back(client: Client, zone: Zone, officer: Person) -> None:
    answer = client.get("/z/yunxi/?a=b")
    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/z/yunxi/%3Fa%3Db")
    assert client.get("/me/")["Location"] == "/login/?next=/me/"


def test_a_swapped_fragment_never_holds_the_login_page(officer: Person, client: Client) -> None:
    answer = client.get("/me/", headers={"HX-Request": "true", "HX-Current-URL": "https://testserver/z/yunxi/plans/?page=2"})
    assert (answer.status_code, answer.content, answer["HX-Redirect"]) == (200, b"", "/login/?next=/z/yunxi/plans/%3Fpage%3D2")


def test_a_deactivated_person_is_out_at_once(officer: Person, client: Client) -> None:
    log_in(client)
    assert client.get("/me/").status_code == 200
    User.objects.filter(pk=officer.user_id).update(is_active=False)
    assert client.get("/me/")["Location"] == "/login/?next=/me/"


def test_a_form_of_another_site_cannot_log_in_or_out(officer: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    assert log_in(client).status_code == 403
    assert client.post("/logout/").status_code == 403
    assert client.post("/language/", {"language": "en"}).status_code == 403


def test_logging_out_needs_a_form(officer: Person, client: Client) -> None:
    log_in(client)
    assert client.get("/logout/").status_code == 405


def test_scripts_in_the_user_name_are_shown_and_not_run(client: Client, officer: Person) -> None:
    page = log_in(client, username="<script>alert(1)</script>").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "<script>alert" not in page


def test_pages_of_a_person_are_kept_in_no_cache(officer: Person, client: Client) -> None:
    log_in(client)
    assert client.get("/me/")["Cache-Control"] == "private, no-store"


def test_the_login_page_offers_single_sign_on_only_where_there_is_a_provider(officer: Person, client: Client, settings: LazySettings) -> None:
    assert "/sso/" not in client.get("/login/").content.decode()
    settings.LANTU_OIDC_ISSUER, settings.LANTU_OIDC_LABEL = "https://id.example", "云溪统一身份认证"
    page = client.get("/login/?next=/me/").content.decode()
    assert 'href="/sso/?next=%2Fme%2F"' in page and "云溪统一身份认证" in page


def test_a_person_of_no_zone_learns_so(client: Client) -> None:
    make_user("qian")
    log_in(client, username="qian")
    assert "您在各辖区均无任职。" in client.get("/").content.decode()


def test_home_shows_the_choice_of_zones(zone: Zone, other_zone: Zone, client: Client) -> None:
    make_person(Role.SYSTEM_ADMINISTRATOR, None, username="root")
    log_in(client, username="root")
    page = client.get("/").content.decode()
    assert re.findall(r'entrance__zone" href="([^"]+)"', page) == ["/z/yunxi/", "/z/heyuan/"]
