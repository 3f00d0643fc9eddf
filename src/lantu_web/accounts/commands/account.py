"""What a person says of themselves."""

from __future__ import annotations

from dataclasses import asdict, dataclass

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
def change(*, by: Person, user: User, account: Account) -> User:
    """Write one's own account. Raises Invalid naming the field."""
    require_self(by, user)
    cleaned = _cleaned(account)
    person = User.objects.select_for_update().get(pk=user.pk)
    before = account_of(person)
    if before == cleaned:
        return person
    values = asdict(cleaned)
    for field, value in values.items():
        setattr(person, field, value)
    person.save(update_fields=list(values))
    told = asdict(before)
    changed = [field for field in values if told[field] != values[field]]
    record(by=by, action="person.change_account", on=person, before={f: told[f] for f in changed}, after={f: values[f] for f in changed})
    return person


@transaction.atomic
def speak(*, by: Person, user: User, language: str) -> None:
    """Show the pages in that language from now on."""
    require_self(by, user)
    person = User.objects.select_for_update().get(pk=user.pk)
    change(by=by, user=person, account=Account(**{**asdict(account_of(person)), "language": language}))


def _cleaned(account: Account) -> Account:
    email = typed(account.email, field="email", label=_("E-mail"), length=254, required=False)
    if email:
        try:
            validate_email(email)
        except ValidationError as problem:
            raise Invalid(" ".join(problem.messages), field="email") from None
    return Account(
        name=typed(account.name, field="name", label=_("Name"), length=60),
        phone=typed(account.phone, field="phone", label=_("Telephone"), length=30, required=False),
        email=email,
        language=_one_of(account.language, [code for code, _name in settings.LANGUAGES], "language"),
        appearance=_one_of(account.appearance, Appearance.values, "appearance"),
    )


def _one_of(value: str, among: list[str], field: str) -> str:
    if value not in among:
        raise Invalid(_("%(value)s cannot be chosen here.") % {"value": value[:40]}, field=field)
    return value
