"""Who may enter where, and as whom they act there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, Q, QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Post, UnitSuccession, User, Zone
from lantu_web.lib.acting import Surface


def valid_posts(user: User, *, on: date) -> QuerySet[Post]:
    """Posts that the person holds on that day, with their zones and units."""
    return posts_on(user.posts.all(), on=on).select_related("zone", "unit")


def posts_on(posts: QuerySet[Post], *, on: date) -> QuerySet[Post]:
    """Those of the posts that hold on that day."""
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    not_over = Q(valid_to=None) | Q(valid_to__gte=on)
    return posts.filter(begun & not_over)


def zones_of(user: User, *, on: date) -> QuerySet[Zone]:
    """Where the person may enter: a system administrator everywhere, others where they hold a post."""
    posts = posts_on(Post.objects.filter(user_id=user.pk), on=on)
    return Zone.objects.filter(Exists(posts.filter(role=Role.SYSTEM_ADMINISTRATOR)) | Q(pk__in=posts.values("zone")))


class Entered(NamedTuple):
    """``zones``: all that the person may enter, by name."""

    zone: Zone
    person: Person
    zones: Iterable[Zone]


def entered(user: User, slug: str, *, on: date, address: str, surface: Surface) -> Entered | None:
    """The zone of that name and the person in it, of one look at their posts; None where they may not enter, or there is none."""
    posts = list(valid_posts(user, on=on))
    own = {post.zone.slug: post.zone for post in posts if post.zone is not None}
    goes_everywhere = any(post.role == Role.SYSTEM_ADMINISTRATOR for post in posts)
    zone = own.get(slug) or (Zone.objects.filter(slug=slug).first() if goes_everywhere else None)
    if zone is None:
        return None
    zones = Zone.objects.all() if goes_everywhere else sorted(own.values(), key=str)
    return Entered(zone, _person(user, posts, zone, on=on, address=address, surface=surface), zones)


def person_in_zone(user: User, zone: Zone | None, *, on: date, address: str = "", surface: Surface = Surface.OFFICE) -> Person:
    """The person with the posts that count there: those of the zone, and those of the installation.

    What belonged to a unit that was merged or split belongs to the people of its successors: ``unit_ids`` holds its id too.
    """
    return _person(user, valid_posts(user, on=on), zone, on=on, address=address, surface=surface)


def _person(user: User, held: Iterable[Post], zone: Zone | None, *, on: date, address: str, surface: Surface) -> Person:
    posts = [post for post in held if post.zone_id is None or (zone is not None and post.zone_id == zone.pk)]
    own = frozenset(post.unit_id for post in posts if post.unit_id is not None)
    return Person(
        user_id=user.pk, name=user.name, zone_id=zone.pk if zone else None, address=address, surface=surface,
        roles=frozenset(Role(post.role) for post in posts), unit_ids=units_reached(own, on=on),
    )  # fmt: skip


def units_reached(own: Collection[int], *, on: date) -> frozenset[int]:
    """The units themselves and all that they came from by that day. One query a generation, none without units."""
    reached, youngest = set(own), set(own)
    while youngest:
        found = UnitSuccession.objects.filter(successor__in=youngest, on__lte=on).values_list("predecessor_id", flat=True)
        youngest = set(found) - reached
        reached |= youngest
    return frozenset(reached)
