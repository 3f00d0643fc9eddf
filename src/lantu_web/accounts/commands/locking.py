"""Locks of the organisation: whoever changes units of a zone holds the zone's row, so that two moves never close a circle."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Post, Unit, User, Zone
from lantu_web.accounts.queries.people import people_visible_to
from lantu_web.accounts.rights import Reach, Right
from lantu_web.lib.errors import Conflict, Forbidden


def locked_zone(by: Person) -> Zone:
    """The zone acted in, held until the transaction ends. Raises Conflict outside of a zone."""
    zone = Zone.objects.select_for_update().filter(pk=by.zone_id or 0).first()
    if zone is None:
        raise Conflict(_("This can be done inside of a zone only."))
    return zone


def unit_of(zone: Zone, unit_id: int | None, *, field: str = "unit", label: str = "") -> Unit:
    """A living unit of the zone. Raises Conflict where it is not there or was dissolved."""
    unit = Unit.objects.filter(zone=zone, pk=unit_id or 0).first()
    if unit is None:
        raise Conflict(_("This unit is not there any more."), field=field)
    if unit.dissolved_on is not None:
        message = _("“%(unit)s” was dissolved on %(day)s; its page stays as it is.")
        raise Conflict(message % {"unit": unit.name, "day": unit.dissolved_on.isoformat()}, field=field)
    return unit


def held_person(by: Person, user_id: int) -> User:
    """A person whom ``by`` may change, held until the transaction ends. Raises Conflict where there is none, Forbidden for an account
    that counts beyond the reach of ``by``."""
    everywhere = by.reach(Right.PEOPLE_WRITE) is Reach.INSTALLATION
    people = User.objects.select_for_update(of=("self",)).filter(pk=user_id)
    if not everywhere:
        people = people.filter(pk__in=people_visible_to(by, Right.PEOPLE_WRITE).values("pk"))
    user = people.first()
    if user is None:
        raise Conflict(_("This person is not there any more."))
    if not everywhere and user.posts.exclude(zone_id=by.zone_id or 0).exists():
        raise Forbidden(_("This person holds posts elsewhere too: only a system administrator changes their account."))
    return user


def lock_administrators() -> None:
    """Hold every post of a system administrator: two who take each other's away must meet here."""
    list(Post.objects.select_for_update(of=("self",)).filter(role=Role.SYSTEM_ADMINISTRATOR).values_list("pk", flat=True))
