"""A person's own pages: account, language, appearance, tokens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from tests.factories.web import make_person, make_user

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands import account, tokens
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import ApiToken, User, Zone
from lantu_web.accounts.queries import person_of_token
from lantu_web.audit.models import Entry
from lantu_web.lib import clock
from lantu_web.lib.acting import Surface
from lantu_web.lib.errors import Conflict, Forbidden, Invalid

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


@pytest.fixture
def user(officer: Person) -> User:
    return User.objects.get(pk=officer.user_id)


ACCOUNT = {"name": "赵启明", "phone": "021-5550", "email": "zhao@example.org", "language": "en", "appearance": "dark", "expected": "1"}


def test_a_person_changes_what_they_say_of_themselves(user: User, logged_in: LogIn) -> None:
    client = logged_in(user)
    assert client.post("/me/", ACCOUNT)["Location"] == "/me/"
    user.refresh_from_db()
    assert (account.account_of(user), user.revision) == (
        account.Account(name="赵启明", phone="021-5550", email="zhao@example.org", language="en", appearance="dark"), 2,
    )  # fmt: skip
    page = client.get("/me/").content.decode()
    assert 'data-bs-theme="dark"' in page and "Posts I hold" in page and "Planning officer" in page and "云溪新区" in page
    entry = Entry.objects.get(action="person.change_account")
    assert (entry.before, entry.after) == (
        {"name": "规划管理员", "phone": "", "email": "", "language": "zh-hans", "appearance": "auto"},
        {"name": "赵启明", "phone": "021-5550", "email": "zhao@example.org", "language": "en", "appearance": "dark"},
    )


def test_what_was_changed_meanwhile_is_not_overwritten(user: User, logged_in: LogIn) -> None:
    client = logged_in(user)
    client.post("/me/", ACCOUNT)
    answer = client.post("/me/", ACCOUNT | {"name": "别的"})
    assert (answer.status_code, User.objects.get(pk=user.pk).name) == (409, "赵启明")
    assert "规划管理员 changed this meanwhile" in answer.content.decode()


def test_the_same_again_writes_nothing(user: User, officer: Person) -> None:
    account.change(by=officer, user=user, account=account.account_of(user), expected=1)
    assert (User.objects.get(pk=user.pk).revision, Entry.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("name", "长" * 61), ("email", "no address"), ("phone", "1" * 31), ("language", "fr"), ("appearance", "pink")],
)
def test_what_cannot_be_is_refused_by_screen_and_command(field: str, value: str, user: User, officer: Person, logged_in: LogIn) -> None:
    answer = logged_in(user).post("/me/", ACCOUNT | {field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    with pytest.raises(Invalid) as problem:
        account.change(by=officer, user=user, account=replace(account.account_of(user), **{field: value}), expected=1)
    assert problem.value.field == field


def test_nobody_changes_the_account_of_another(officer: Person) -> None:
    other = make_user("qian")
    with pytest.raises(Forbidden):
        account.change(by=officer, user=other, account=account.account_of(other), expected=1)


def test_scripts_in_a_name_are_shown_and_not_run(user: User, logged_in: LogIn) -> None:
    client = logged_in(user)
    client.post("/me/", ACCOUNT | {"name": "<script>alert(1)</script>"})
    page = client.get("/me/").content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert(1)" not in page


@pytest.mark.parametrize("path", ["/me/", "/me/password/", "/me/two-factor/", "/me/tokens/"])
def test_own_pages_are_for_whoever_is_logged_in(path: str, user: User, logged_in: LogIn, client: Client) -> None:
    assert client.get(path)["Location"] == f"/login/?next={path}"
    assert logged_in(user).get(path).status_code == 200
    assert logged_in(make_user("qian")).get(path).status_code == 200


def test_strangers_change_the_language_in_their_browser(officer: Person, client: Client) -> None:
    assert "<h1>登录</h1>" in client.get("/login/").content.decode()
    answer = client.post("/language/", {"language": "en", "next": "/login/?next=/me/"})
    assert answer["Location"] == "/login/?next=/me/"
    assert "<h1>Log in</h1>" in client.get("/login/").content.decode()
    assert client.post("/language/", {"language": "xx", "next": "https://evil.example/"})["Location"] == "/"


def test_a_person_changes_the_language_for_good(user: User, logged_in: LogIn) -> None:
    client = logged_in(user)
    client.post("/language/", {"language": "en", "next": "/me/"})
    answer = logged_in(user).get("/me/")
    assert ("Posts I hold" in answer.content.decode(), answer["Content-Language"]) == (True, "en")
    assert client.post("/appearance/", {"appearance": "dark", "next": "/me/"})["Location"] == "/me/"
    assert client.post("/appearance/", {"appearance": "pink"}).status_code == 422
    user.refresh_from_db()
    assert (user.language, user.appearance) == ("en", "dark")


def made(client: Client, **values: str):  # type: ignore[no-untyped-def]
    given = {"name": "报表导出", "zone": "yunxi", "scope": "read", "expires_on": str(clock.today() + timedelta(days=30))}
    return client.post("/me/tokens/", given | values)


def raw_of(answer) -> str:  # type: ignore[no-untyped-def]
    found = re.search(r"lantu_[\w-]{43}", answer.content.decode())
    assert found is not None
    return found[0]


def test_a_token_is_made_shown_once_used_and_revoked(user: User, zone: Zone, logged_in: LogIn) -> None:
    client = logged_in(user)
    raw = raw_of(made(client))
    page = client.get("/me/tokens/").content.decode()
    assert (raw in page, f"<code>{raw[:10]}…</code>" in page, "只读" in page) == (False, True, True)
    token = ApiToken.objects.get()
    assert raw not in str(vars(token)) and len(token.digest) == 64
    found = person_of_token(raw)
    assert found is not None
    person, row = found
    assert (person.user_id, person.zone_id, person.roles, person.may_write, person.surface, row.pk) == (
        user.pk, zone.pk, frozenset({Role.PLANNING_OFFICER}), False, Surface.API, token.pk,
    )  # fmt: skip
    assert client.post(f"/me/tokens/{token.pk}/revoke/")["Location"] == "/me/tokens/"
    assert person_of_token(raw) is None
    assert client.post(f"/me/tokens/{token.pk}/revoke/").status_code == 409
    actions = list(Entry.objects.filter(chain__zone=zone.pk).order_by("number").values_list("action", "after"))
    assert actions == [("token.make", {"name": "报表导出", "may_write": False, "expires_on": str(token.expires_on)}), ("token.revoke", None)]


def test_a_token_for_writing(user: User, logged_in: LogIn) -> None:
    found = person_of_token(raw_of(made(logged_in(user), scope="write")))
    assert found is not None and found[0].may_write


@pytest.mark.parametrize("state", ["expired", "deactivated", "wrong", "empty"])
def test_a_token_that_does_not_count(state: str, user: User, logged_in: LogIn) -> None:
    raw = raw_of(made(logged_in(user)))
    if state == "expired":
        ApiToken.objects.update(expires_on=clock.today() - timedelta(days=1))
    if state == "deactivated":
        User.objects.update(is_active=False)
    assert person_of_token({"wrong": raw + "x", "empty": ""}.get(state, raw)) is None


def test_who_lost_the_post_keeps_a_token_without_rights(user: User, logged_in: LogIn) -> None:
    raw = raw_of(made(logged_in(user)))
    user.posts.update(valid_to=date(2020, 1, 1))
    found = person_of_token(raw)
    assert found is not None and found[0].roles == frozenset()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"expires_on": str(date(2020, 1, 1))}, "expires_on"),
        ({"expires_on": str(date(2099, 1, 1))}, "expires_on"),
        ({"expires_on": "soon"}, "expires_on"),
        ({"scope": "all"}, "scope"),
        ({"zone": "heyuan"}, "zone"),
        ({"zone": "nowhere"}, "zone"),
    ],
)
def test_a_token_that_cannot_be_is_not_made(values: dict[str, str], field: str, user: User, other_zone: Zone, logged_in: LogIn) -> None:
    answer = made(logged_in(user), **values)
    assert (answer.status_code, list(answer.context["form"].errors), ApiToken.objects.count()) == (422, [field], 0)


def test_nobody_revokes_the_token_of_another(user: User, zone: Zone, logged_in: LogIn, officer: Person) -> None:
    token, _raw = tokens.make(by=officer, name="a", may_write=False, expires_on=clock.today())
    other, acting = make_person(Role.PLANNING_OFFICER, zone, username="other")
    assert logged_in(other).post(f"/me/tokens/{token.pk}/revoke/").status_code == 404
    with pytest.raises(Invalid):
        tokens.revoke(by=acting, token_id=token.pk)
    token.refresh_from_db()
    assert token.revoked_at is None


def test_a_program_makes_no_tokens_and_nobody_makes_them_where_they_hold_no_post(officer: Person, other_zone: Zone) -> None:
    for by in (replace(officer, surface=Surface.API), replace(officer, roles=frozenset())):
        with pytest.raises(Forbidden):
            tokens.make(by=by, name="a", may_write=False, expires_on=clock.today())


def test_twenty_tokens_are_enough(officer: Person) -> None:
    for number in range(20):
        tokens.make(by=officer, name=str(number), may_write=False, expires_on=clock.today())
    with pytest.raises(Conflict):
        tokens.make(by=officer, name="one more", may_write=False, expires_on=clock.today())


def test_the_use_of_a_token_is_noted_every_few_minutes(officer: Person, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    token, _raw = tokens.make(by=officer, name="a", may_write=False, expires_on=clock.today())
    tokens.note_use(token=token)
    token.refresh_from_db()
    assert token.last_used_at is not None
    with django_assert_num_queries(0):
        tokens.note_use(token=token)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_tokens_asks_as_often_for_three_as_for_one(count: int, user: User, officer: Person, logged_in: LogIn, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(count):
        tokens.make(by=officer, name=str(number), may_write=False, expires_on=clock.today())
    client = logged_in(user)
    client.get("/me/tokens/")
    with django_assert_num_queries(8):
        client.get("/me/tokens/")
