"""Reads of those who come in: by password, by single sign-on, by token."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, QuerySet
from django_otp.plugins.otp_static.models import StaticToken

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import ApiToken, User, Zone
from lantu_web.accounts.queries.acting import person_in_zone, valid_posts, zones_of
from lantu_web.lib import clock
from lantu_web.lib.acting import Surface


def token_digest(raw: str) -> str:
    """What is kept of a token: its SHA-256 in hexadecimal; a token is long and random enough to need no salt."""
    return hashlib.sha256(raw.encode(errors="replace")).hexdigest()


def person_of_token(raw: str, *, address: str = "", surface: Surface = Surface.API) -> tuple[Person, ApiToken] | None:
    """Who acts with that token, and its row; None if it is unknown, expired, revoked or its person may not come in any more."""
    alive = ApiToken.objects.filter(revoked_at=None, expires_on__gte=clock.today(), user__is_active=True).select_related("user", "zone")
    token = alive.filter(digest=token_digest(raw)).first()
    if token is None:
        return None
    person = person_in_zone(token.user, token.zone, on=clock.today(), address=address, surface=surface)
    return replace(person, may_write=token.may_write), token


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """All that the person ever made, newest first."""
    return ApiToken.objects.filter(user_id=user.pk).select_related("zone").order_by("-created_at", "-pk")


def sole_zone(user: User, *, on: date) -> Zone | None:
    """The zone of all the person's posts; None where there are several, or posts of the installation."""
    zones = {post.zone for post in valid_posts(user, on=on)}
    return zones.pop() if len(zones) == 1 else None


def second_factor_is_required(user: User) -> bool:
    """Whether this installation asks it of everybody or of one of the person's roles. No query unless roles are named."""
    if settings.LANTU_SECOND_FACTOR == "off":
        return False
    if settings.LANTU_SECOND_FACTOR == "required":
        return True
    named = settings.LANTU_SECOND_FACTOR_ROLES
    return bool(named) and valid_posts(user, on=clock.today()).filter(role__in=named).exists()


def minutes_locked(*, username: str, address: str) -> int:
    """How many minutes the lock-out of that name from that place lasts still; at least one."""
    last = AccessAttempt.objects.filter(username=username, ip_address=address).aggregate(last=Max("attempt_time"))["last"]
    length = get_cool_off()
    if last is None or length is None:
        return 1
    seconds: float = (last + length - clock.now()).total_seconds()
    return max(1, ceil(seconds / 60))


def backup_codes_left(user: User) -> int:
    return int(StaticToken.objects.filter(device__user_id=user.pk).count())


def second_factor_is_used() -> bool:
    return bool(settings.LANTU_SECOND_FACTOR != "off")


def is_set_up() -> bool:
    """Whether there is anybody."""
    return User.objects.exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneChoice:
    """A zone that a person may enter, and as what."""

    zone: Zone
    roles: tuple[str, ...]


def zones_with_roles(user: User, *, on: date) -> list[ZoneChoice]:
    """One query more than ``zones_of``, however many zones there are."""
    posts = list(valid_posts(user, on=on))
    everywhere = [post for post in posts if post.zone_id is None]
    return [
        ZoneChoice(
            zone=zone,
            roles=tuple(dict.fromkeys(post.get_role_display() for post in posts if post.zone_id == zone.pk or post in everywhere)),
        )
        for zone in zones_of(user, on=on)
    ]
