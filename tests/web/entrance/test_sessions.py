"""How long a session lasts, and what ends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from tests.factories.web import PASSWORD, make_person, make_user

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands import passwords, sessions
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import User, Zone
from lantu_web.audit.models import Entry
from lantu_web.lib import clock
from lantu_web.lib.errors import Forbidden, Invalid

pytestmark = pytest.mark.django_db
Travel = Callable[[timedelta], None]


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """Put the clock forward from now."""
    real = clock.now

    def forward(by: timedelta) -> None:
        def later() -> datetime:
            return real() + by

        monkeypatch.setattr(clock, "now", later)

    return forward


@pytest.fixture
def user(officer: Person) -> User:
    return User.objects.get(pk=officer.user_id)


def entered(user: User) -> Client:
    client = Client()
    assert client.post("/login/", {"username": user.username, "password": PASSWORD}).status_code == 302
    return client


def test_a_silent_session_ends_and_says_so(user: User, travel: Travel) -> None:
    client = entered(user)
    travel(timedelta(minutes=119))
    assert client.get("/me/").status_code == 200
    travel(timedelta(minutes=119 + 121))
    assert client.get("/me/")["Location"] == "/login/?next=/me/"
    assert "登录已过期，请重新登录。" in client.get("/login/").content.decode()
    assert "登录已过期" not in client.get("/login/").content.decode()


def test_a_busy_session_ends_too(user: User, travel: Travel) -> None:
    client = entered(user)
    for hours in range(1, 8):
        travel(timedelta(hours=hours))
        assert client.get("/me/").status_code == 200
    travel(timedelta(hours=8))
    assert client.get("/me/")["Location"] == "/login/?next=/me/"


def test_logging_in_again_begins_a_session_of_full_length(user: User, travel: Travel) -> None:
    client = entered(user)
    travel(timedelta(hours=9))
    client.get("/me/")
    client.post("/login/", {"username": user.username, "password": PASSWORD})
    assert client.get("/me/").status_code == 200


def test_a_session_that_only_reads_writes_at_most_once_a_minute(user: User, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = entered(user)
    client.get("/me/password/")
    with django_assert_num_queries(6):
        client.get("/me/password/")


def test_log_out_everywhere_ends_every_session(user: User, zone: Zone) -> None:
    here, there = entered(user), entered(user)
    assert here.post("/me/sessions/end/")["Location"] == "/login/"
    assert "已退出所有登录。" in here.get("/login/").content.decode()
    assert [client.get("/me/")["Location"] for client in (here, there)] == ["/login/?next=/me/"] * 2
    assert Entry.objects.filter(action="person.end_sessions", user_id=user.pk).count() == 1


def test_nobody_but_an_administrator_ends_the_sessions_of_another(user: User, zone: Zone) -> None:
    other = make_user("qian")
    with pytest.raises(Forbidden):
        sessions.end_all(by=make_person(Role.AUDITOR, zone)[1], user_id=other.pk)
    client = entered(other)
    sessions.end_all(by=make_person(Role.SYSTEM_ADMINISTRATOR, None)[1], user_id=other.pk)
    assert client.get("/me/")["Location"] == "/login/?next=/me/"


def changed(client: Client, new: str = "another-word-2027", current: str = PASSWORD, again: str | None = None):  # type: ignore[no-untyped-def]
    return client.post("/me/password/", {"current": current, "new": new, "again": new if again is None else again})


def test_a_changed_password_ends_all_other_sessions_and_this_one_goes_on(user: User) -> None:
    here, there = entered(user), entered(user)
    key = here.session.session_key
    assert changed(here)["Location"] == "/me/"
    assert "密码已修改" in here.get("/me/").content.decode() and here.session.session_key != key
    assert there.get("/me/")["Location"] == "/login/?next=/me/"
    assert Client().post("/login/", {"username": user.username, "password": "another-word-2027"}).status_code == 302
    entry = Entry.objects.get(action="person.change_password")
    assert (entry.before, entry.after) == (None, None)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        pytest.param({"current": "wrong"}, "当前密码不正确。", id="wrong old one"),
        pytest.param({"new": "12345678901"}, "密码", id="digits only"),
        pytest.param({"new": "short-1"}, "密码至少需要 10 个字符。", id="short"),
        pytest.param({"new": PASSWORD}, "新密码不能与当前密码相同。", id="the same"),
        pytest.param({"again": "another-word-2028"}, "两次输入不一致。", id="not repeated"),
    ],
)
def test_a_password_that_cannot_be_is_refused(values: dict[str, str], told: str, user: User) -> None:
    answer = changed(entered(user), **values)
    assert (answer.status_code, answer.context["form"].errors != {}) == (422, True)
    assert told in str(answer.context["form"].errors)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_guessing_the_old_password_at_an_open_screen_locks_out(user: User) -> None:
    client = entered(user)
    assert [changed(client, current=f"guess {number}").status_code for number in range(5)] == [422, 422, 422, 422, 429]


def test_the_command_refuses_what_the_screen_would(user: User, officer: Person, zone: Zone) -> None:
    with pytest.raises(Invalid) as problem:
        passwords.change(by=officer, user=user, new="officer-1")
    assert problem.value.field == "new"
    with pytest.raises(Forbidden):
        passwords.change(by=officer, user=make_user("qian"), new="another-word-2027")


def test_a_given_password_must_be_changed_before_anything_else(user: User, zone: Zone) -> None:
    old = entered(user)
    given = passwords.give(by=make_person(Role.SYSTEM_ADMINISTRATOR, None)[1], user_id=user.pk)
    assert old.get("/me/")["Location"] == "/login/?next=/me/"
    client = Client()
    client.post("/login/", {"username": user.username, "password": given})
    for path in ("/", "/z/yunxi/", "/me/", "/me/tokens/", "/nothing/"):
        assert client.get(path)["Location"].startswith("/me/password/"), path
    page = client.get("/me/password/?next=/me/tokens/")
    assert (page.status_code, "请先改为自己的密码" in page.content.decode()) == (200, True)
    answer = client.post("/me/password/?next=/me/tokens/", {"current": given, "new": "another-word-2027", "again": "another-word-2027"})
    assert answer["Location"] == "/me/tokens/"
    assert client.get("/me/tokens/").status_code == 200


def test_only_who_may_change_people_gives_passwords(user: User, officer: Person) -> None:
    with pytest.raises(Forbidden):
        passwords.give(by=officer, user_id=user.pk)


def test_somebody_of_single_sign_on_has_no_password_to_change(zone: Zone, logged_in: Callable[[User], Client]) -> None:
    user = User.objects.create_user(username="sun", name="孙立")
    assert "您通过统一身份认证登录，在本系统没有密码。" in logged_in(user).get("/me/password/").content.decode()
