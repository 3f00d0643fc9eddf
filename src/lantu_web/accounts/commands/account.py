"""What a person says of themselves."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Appearance
from lantu_web.accounts.models import User
from lantu_web.accounts.rules import require_self
from lantu_web.audit.commands import record
from lantu_web.audit.revisions import check_revision
from lantu_web.lib.errors import Invalid
from lantu_web.lib.texts import typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The fields that a person changes on their own page."""

    name: str
    phone: str
    email: str
    language: str
    appearance: str


def account_of(user: User) -> Account:
    return Account(name=user.name, phone=user.phone, email=user.email, language=user.language, appearance=user.appearance)


@transaction.atomic
def change(*, by: Person, user: User, account: Account, expected: int) -> User:
    """Write one's own account. Raises Invalid naming the field, Conflict where it changed since ``expected``."""
    require_self(by, user)
    person = User.objects.select_for_update().get(pk=user.pk)
    check_revision(person, expected, by=by)
    return _written(by, person, _cleaned(account))


@transaction.atomic
def speak(*, by: Person, user: User, language: str) -> User:
    """Show the pages in that language from now on."""
    require_self(by, user)
    person = User.objects.select_for_update().get(pk=user.pk)
    return _written(by, person, _cleaned(replace(account_of(person), language=language)))


@transaction.atomic
def appear(*, by: Person, user: User, appearance: str) -> User:
    """Show the pages light, dark or as the system from now on."""
    require_self(by, user)
    person = User.objects.select_for_update().get(pk=user.pk)
    return _written(by, person, _cleaned(replace(account_of(person), appearance=appearance)))


def _written(by: Person, person: User, account: Account) -> User:
    """The row, locked by the caller, with what changed."""
    old, new = asdict(account_of(person)), asdict(account)
    changed = [field for field in new if old[field] != new[field]]
    if not changed:
        return person
    for field in changed:
        setattr(person, field, new[field])
    person.revision += 1
    person.save(update_fields=[*changed, "revision"])
    before, after = ({field: values[field] for field in changed} for values in (old, new))
    record(by=by, action="person.change_account", on=person, before=before, after=after)
    return person


def _cleaned(account: Account) -> Account:
    email = typed(account.email, field="email", label=_("E-mail"), length=254, required=False)
    if email:
        try:
            validate_email(email)
        except ValidationError as problem:
            raise Invalid(" ".join(problem.messages), field="email") from None
    return Account(
        name=typed(account.name, field="name", label=_("Full name"), length=60),
        phone=typed(account.phone, field="phone", label=_("Telephone"), length=30, required=False),
        email=email,
        language=_one_of(account.language, [code for code, _name in settings.LANGUAGES], "language"),
        appearance=_one_of(account.appearance, Appearance.values, "appearance"),
    )


def _one_of(value: str, among: list[str], field: str) -> str:
    if value not in among:
        raise Invalid(_("%(value)s cannot be chosen here.") % {"value": value[:40]}, field=field)
    return value
