"""Reads of organisation and people."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from django.db.models import Q, QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import ApiToken, Post, Unit, User, Zone
from lantu_web.lib import clock
from lantu_web.lib.acting import Surface


def valid_posts(user: User, *, on: date) -> QuerySet[Post]:
    """Posts that the person holds on that day, with their zones and units."""
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    not_over = Q(valid_to=None) | Q(valid_to__gte=on)
    return user.posts.filter(begun & not_over).select_related("zone", "unit")


def zones_of(user: User, *, on: date) -> QuerySet[Zone]:
    """Where the person may enter: a system administrator everywhere, others where they hold a post."""
    posts = valid_posts(user, on=on)
    if posts.filter(role=Role.SYSTEM_ADMINISTRATOR).exists():
        return Zone.objects.all()
    return Zone.objects.filter(pk__in=posts.values("zone"))


def person_in_zone(user: User, zone: Zone | None, *, on: date, address: str = "", surface: Surface = Surface.OFFICE) -> Person:
    """The person with the posts that count there: those of the zone, and those of the installation."""
    posts = [post for post in valid_posts(user, on=on) if post.zone_id is None or (zone is not None and post.zone_id == zone.pk)]
    return Person(
        user_id=user.pk, name=user.name, zone_id=zone.pk if zone else None, address=address, surface=surface,
        roles=frozenset(Role(post.role) for post in posts),
        unit_ids=frozenset(post.unit_id for post in posts if post.unit_id is not None),
    )  # fmt: skip


def units_of_zone(zone_id: int) -> QuerySet[Unit]:
    return Unit.objects.filter(zone_id=zone_id).select_related("parent")


def token_digest(raw: str) -> str:
    """What is kept of a token: its SHA-256 in hexadecimal; a token is long and random enough to need no salt."""
    return hashlib.sha256(raw.encode()).hexdigest()


def person_of_token(raw: str, *, address: str = "", surface: Surface = Surface.API) -> tuple[Person, ApiToken] | None:
    """Who acts with that token, and its row; None if it is unknown, expired, revoked or its person may not come in any more."""
    alive = ApiToken.objects.filter(revoked_at=None, expires_on__gte=clock.today(), user__is_active=True).select_related("user", "zone")
    token = alive.filter(digest=token_digest(raw)).first()
    if token is None:
        return None
    person = person_in_zone(token.user, token.zone, on=clock.today(), address=address, surface=surface)
    return replace(person, may_write=token.may_write), token
