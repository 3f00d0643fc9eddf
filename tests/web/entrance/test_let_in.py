"""A system administrator who is locked out, and whom nobody else can help, is let in from the console of the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.factories.web import make_person

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import User
from lantu_web.audit.models import Entry
from lantu_web.audit.queries import breaks

Console = Callable[..., str]
GIVEN, LIFTED, TAKEN = ("person.give_password", "person.lift_lock_out", "person.second_factor_reset")


@pytest.fixture
def administrator(db: None) -> User:
    """With a second factor, and five wrong passwords behind them."""
    user = make_person(Role.SYSTEM_ADMINISTRATOR, None, username="root")[0]
    TOTPDevice.objects.create(user=user, name="app", confirmed=True)
    User.objects.filter(pk=user.pk).update(has_second_factor=True)
    for _turn in range(5):
        Client().post("/login/", {"username": "root", "password": "wrong"})
    return user


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Console:
    """Run the command, give these answers to its questions; what it says."""

    def run(*answers: str, username: str = "root") -> str:
        left: Iterator[str] = iter(answers)

        def answer(question: str) -> str:
            try:
                return next(left)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", answer)
        said = StringIO()
        call_command("let_in", username, stdout=said)
        assert list(left) == []
        return said.getvalue()

    return run


def acts() -> list[tuple[str, str, str]]:
    entries = Entry.objects.filter(action__in=(GIVEN, LIFTED, TAKEN)).order_by("number")
    return [(entry.action, entry.surface, entry.user_name) for entry in entries]


def entered(password: str) -> tuple[int, str]:
    answer = Client().post("/login/", {"username": "root", "password": password})
    return answer.status_code, answer.headers.get("Location", "")


def test_the_password_lets_in_after_the_lock_out_was_lifted(administrator: User, console: Console) -> None:
    password = console("y", "yes", "Y").split()[-1]
    administrator.refresh_from_db()
    assert (administrator.must_change_password, administrator.has_second_factor, TOTPDevice.objects.count()) == (True, False, 0)
    assert acts() == [(act, "console", "Lantu") for act in (GIVEN, LIFTED, TAKEN)]
    assert (entered(password), list(breaks())) == ((302, "/"), [])


def test_lock_out_and_second_factor_stay_unless_told(administrator: User, console: Console) -> None:
    password = console("y", "", "n").split()[-1]
    administrator.refresh_from_db()
    assert (administrator.check_password(password), administrator.has_second_factor, AccessAttempt.objects.count()) == (True, True, 1)
    assert [act for act, _surface, _name in acts()] == [GIVEN]
    assert entered(password)[0] == 429


@pytest.mark.parametrize("answers", [("n",), ("",), (), ("y",), ("y", "y")])
def test_without_all_answers_nothing_changes(answers: tuple[str, ...], administrator: User, console: Console) -> None:
    with pytest.raises(CommandError, match="Nothing was changed"):
        console(*answers)
    administrator.refresh_from_db()
    assert (administrator.must_change_password, administrator.has_second_factor, acts()) == (False, True, [])


@pytest.mark.parametrize("username", ["officer", "nobody"])
def test_only_system_administrators_are_let_in(username: str, officer: Person, console: Console) -> None:
    with pytest.raises(CommandError, match=username):
        console(username=username)
    assert acts() == []
