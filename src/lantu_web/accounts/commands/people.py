"""People: entered, changed, kept out and let in again. A temporary password is given back once and kept nowhere."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.locking import held_person, lock_administrators
from lantu_web.accounts.commands.posts import PostTerms, enter_post, keep_an_administrator
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import User
from lantu_web.accounts.passwords import encoded, temporary_password
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.audit.revisions import check_revision
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.texts import typed


@transaction.atomic
def create_person(*, by: Person, username: str, name: str, post: PostTerms, phone: str = "", email: str = "") -> tuple[User, str]:
    """A new person with a first post and a temporary password, which is given back. Raises Invalid (field)."""
    require(by, Right.PEOPLE_WRITE)
    user, password = new_user(username=username, name=name, phone=phone, email=email)
    user.save()
    record(by=by, action="person.create", on=user, after=told(user))
    enter_post(by, user, post)
    return user, password


def new_user(*, username: str, name: str, phone: str = "", email: str = "") -> tuple[User, str]:
    """The person, checked and not yet saved, with the temporary password. Raises Invalid (field)."""
    password = temporary_password()
    user = User(username=typed(username, field="username", label=_("User name"), length=60), must_change_password=True)
    _describe(user, name, phone, email)
    if User.objects.filter(username=user.username).exists():
        raise Invalid(_("The user name “%(name)s” is taken.") % {"name": user.username}, field="username")
    user.password = encoded(password)
    _check(user)
    return user, password


@transaction.atomic
def edit_person(*, by: Person, user_id: int, expected: int, name: str, phone: str, email: str) -> User:
    """Raises Invalid (field), Conflict."""
    user = _held(by, user_id, expected)
    before = told(user)
    _describe(user, name, phone, email)
    _check(user)
    if told(user) != before:
        _save(by, user, "person.edit", before=before, after=told(user))
    return user


@transaction.atomic
def deactivate_person(*, by: Person, user_id: int, expected: int) -> User:
    """Keep a person out: no log-in, no token, every session ends. Raises Conflict for oneself and the last administrator."""
    lock_administrators()
    user = _held(by, user_id, expected)
    if user.pk == by.user_id:
        raise Conflict(_("Nobody shuts themselves out: ask another administrator."))
    if user.posts.filter(role=Role.SYSTEM_ADMINISTRATOR).exists():
        keep_an_administrator(without_user=user, after=clock.today())
    if user.is_active:
        user.is_active = False
        user.session_number += 1
        _save(by, user, "person.deactivate", before={"is_active": True}, after={"is_active": False})
    return user


@transaction.atomic
def reactivate_person(*, by: Person, user_id: int, expected: int) -> User:
    """Raises Conflict."""
    user = _held(by, user_id, expected)
    if not user.is_active:
        user.is_active = True
        _save(by, user, "person.reactivate", before={"is_active": False}, after={"is_active": True})
    return user


def told(user: User) -> dict[str, object]:
    """What the audit keeps of a person; never a password."""
    return {"username": user.username, "name": user.name, "phone": user.phone, "email": user.email}


def _held(by: Person, user_id: int, expected: int) -> User:
    require(by, Right.PEOPLE_WRITE)
    user = held_person(by, user_id)
    check_revision(user, expected, by=by)
    return user


def _save(by: Person, user: User, action: str, *, before: dict[str, object] | None, after: dict[str, object] | None) -> None:
    user.revision += 1
    user.save()
    record(by=by, action=action, on=user, before=before, after=after)


def _describe(user: User, name: str, phone: str, email: str) -> None:
    user.name = typed(name, field="name", label=_("Full name"), length=60)
    user.phone = typed(phone, field="phone", label=_("Telephone"), length=30, required=False)
    user.email = typed(email, field="email", label=_("E-mail"), length=254, required=False)


def _check(user: User) -> None:
    try:
        user.full_clean(validate_unique=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field=field) from None
