"""Reads of people: a zone shows who holds or held a post there, and nobody else."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Post, User
from lantu_web.accounts.queries.acting import posts_on
from lantu_web.accounts.rights import Reach, Right


def posts_of(by: Person, user: User, right: Right = Right.PEOPLE_READ) -> QuerySet[Post]:
    """Posts of one person, as far as the right reaches."""
    return posts_visible_to(by, right).filter(user=user)


def posts_visible_to(by: Person, right: Right = Right.PEOPLE_READ) -> QuerySet[Post]:
    """Posts of the acting zone as far as the right reaches; above all zones, the posts of the installation."""
    found = by.reach(right)
    if by.zone_id is None:
        return Post.objects.filter(zone=None) if found is Reach.INSTALLATION else Post.objects.none()
    posts = Post.objects.filter(zone_id=by.zone_id).select_related("unit", "section")
    if found >= Reach.ZONE:
        return posts
    return posts.filter(unit__in=by.unit_ids) if found is Reach.OWN_UNIT else posts.none()


def people_visible_to(by: Person, right: Right = Right.PEOPLE_READ) -> QuerySet[User]:
    """Who holds or held one of the posts that ``by`` may see, by user name."""
    return User.objects.filter(Exists(posts_visible_to(by, right).filter(user=OuterRef("pk")))).order_by("username")


def people_list(
    by: Person, *, on: date, search: str = "", unit_id: int | None = None, role: str = "", inactive: bool = False
) -> QuerySet[User]:
    """The people page: with the posts of today (``posts_today``), narrowed by name, unit and role of a post of today."""
    today = posts_on(posts_visible_to(by), on=on)
    people = people_visible_to(by).prefetch_related(Prefetch("posts", queryset=today.order_by("id"), to_attr="posts_today"))
    if not inactive:
        people = people.filter(is_active=True)
    if search:
        people = people.filter(Q(name__icontains=search) | Q(username__icontains=search) | Q(phone__icontains=search))
    narrowed = today
    if unit_id is not None:
        narrowed = narrowed.filter(unit_id=unit_id)
    if role:
        narrowed = narrowed.filter(role=role)
    return people if narrowed is today else people.filter(Exists(narrowed.filter(user=OuterRef("pk"))))


def posts_of_person(by: Person, user: User) -> QuerySet[Post]:
    """The posts that ``by`` may see of the person, newest first."""
    return posts_visible_to(by).filter(user=user).order_by("-valid_from", "-id")


def posts_of_unit(by: Person, unit_id: int, *, on: date) -> QuerySet[Post]:
    """Who holds a post in the unit on that day, as far as ``by`` may see people."""
    posts = posts_on(posts_visible_to(by).filter(unit_id=unit_id, user__is_active=True), on=on)
    return posts.select_related("user").order_by("section_id", "user__username", "id")


def administrators() -> QuerySet[Post]:
    """The posts of system administrators, with who holds them."""
    return Post.objects.filter(role=Role.SYSTEM_ADMINISTRATOR).select_related("user").order_by("user__username", "id")


def administrators_on(day: date) -> QuerySet[Post]:
    """Those by which somebody can act as a system administrator on that day."""
    return posts_on(administrators().filter(user__is_active=True), on=day)
