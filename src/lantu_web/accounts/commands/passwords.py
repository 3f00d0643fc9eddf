"""Passwords: changed by the person, or given by an administrator for one use."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.locking import held_person
from lantu_web.accounts.models import User
from lantu_web.accounts.passwords import temporary_password
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require, require_self
from lantu_web.audit.commands import record
from lantu_web.lib.errors import Invalid


@transaction.atomic
def change(*, by: Person, user: User, new: str) -> User:
    """Set one's own password; the surface has just asked for the old one. Ends all sessions but the one that is told of the change.

    Raises Invalid (field "new") where the validators say no.
    """
    require_self(by, user)
    person = User.objects.select_for_update().get(pk=user.pk)
    if person.check_password(new):
        raise Invalid(_("This is the password you have now."), field="new")
    refuse_weak(new, person)
    person.set_password(new)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    record(by=by, action="person.change_password", on=person)
    return person


@transaction.atomic
def give(*, by: Person, user_id: int) -> str:
    """Make a password that the person must change when they come in; returned once, kept nowhere. Ends their sessions."""
    require(by, Right.PEOPLE_WRITE)
    person = held_person(by, user_id)
    password = temporary_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    record(by=by, action="person.give_password", on=person)
    return password


def refuse_weak(password: str, person: User, *, field: str = "new") -> None:
    """Raises Invalid with all that is wrong with it."""
    try:
        validate_password(password, person)
    except ValidationError as problem:
        raise Invalid(" ".join(problem.messages), field=field) from None
