"""The first person, the first zone: done once, while there is nobody."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.passwords import refuse_weak
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Post, User, Zone
from lantu_web.audit.commands import record
from lantu_web.audit.models import Chain
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.texts import typed


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    username: str
    name: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewZone:
    name: str
    slug: str
    kind: str


@transaction.atomic
def set_up(*, administrator: NewPerson, zone: NewZone, officer: NewPerson | None, address: str, language: str) -> User:
    """Make the first system administrator, the first zone and, if wanted, its planning officer; returns the administrator.

    Raises Conflict where somebody was quicker, Invalid naming the field ("administrator-username", "zone-slug", …).
    """
    _hold()
    if User.objects.exists():
        raise Conflict(_("This installation has been set up already."))
    user = _person(administrator, "administrator", language)
    by = Person(
        user_id=user.pk, name=user.name, zone_id=None, roles=frozenset({Role.SYSTEM_ADMINISTRATOR}), unit_ids=frozenset(), address=address
    )
    record(by=by, action="installation.set_up", on=user)
    _post(by, user, Role.SYSTEM_ADMINISTRATOR, None)
    first = _zone(by, zone)
    if officer is not None:
        second = _person(officer, "officer", language)
        record(by=by, action="person.make", on=second, zone_id=first.pk)
        _post(by, second, Role.PLANNING_OFFICER, first)
    return user


def _hold() -> None:
    """Two at once: the chain of the installation is the one row that both must have."""
    Chain.objects.get_or_create(zone=0)
    Chain.objects.select_for_update().get(zone=0)


def _person(given: NewPerson, prefix: str, language: str) -> User:
    user = User(
        username=typed(given.username, field=f"{prefix}-username", label=_("User name"), length=60),
        name=typed(given.name, field=f"{prefix}-name", label=_("Full name"), length=60),
        language=language,
    )
    _refuse_faults(user, prefix, {"password"})
    refuse_weak(given.password, user, field=f"{prefix}-password")
    user.set_password(given.password)
    user.save()
    return user


def _zone(by: Person, given: NewZone) -> Zone:
    zone = Zone(
        name=typed(given.name, field="zone-name", label=_("Name"), length=100),
        slug=typed(given.slug, field="zone-slug", label=_("Short name in addresses"), length=40),
        kind=given.kind,
    )
    _refuse_faults(zone, "zone", set())
    zone.save()
    record(by=by, action="zone.open", on=zone, after={"name": zone.name, "slug": zone.slug, "kind": zone.kind}, zone_id=zone.pk)
    return zone


def _post(by: Person, user: User, role: Role, zone: Zone | None) -> None:
    Post.objects.create(user=user, role=role, zone=zone)
    record(by=by, action="post.make", on=user, after={"role": role.value}, zone_id=zone.pk if zone else None)


def _refuse_faults(row: User | Zone, prefix: str, exclude: set[str]) -> None:
    try:
        row.full_clean(exclude=exclude)
    except ValidationError as problem:
        field, faults = next(iter(problem.message_dict.items()))
        raise Invalid(" ".join(faults), field=f"{prefix}-{field}") from None
