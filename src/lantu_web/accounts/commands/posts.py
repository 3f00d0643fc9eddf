"""Posts: given and ended. What a person may do comes from them alone, so nobody gives one to themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.locking import lock_administrators, locked_zone, unit_of
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Post, Section, User
from lantu_web.accounts.queries.people import administrators_on, posts_visible_to
from lantu_web.accounts.rights import Reach, Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.lib.texts import day, typed

OF_A_UNIT = frozenset({Role.CONTACT_PERSON, Role.UNIT_HEAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTerms:
    """What is told of a post when it is given."""

    role: str
    unit_id: int | None = None
    section_id: int | None = None
    title: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@transaction.atomic
def give_post(*, by: Person, username: str, terms: PostTerms) -> Post:
    """Give a post to a person of the installation. Raises Invalid (field), Forbidden, Conflict where they hold it already."""
    require(by, Right.PEOPLE_WRITE)
    user = User.objects.select_for_update(of=("self",)).filter(username=username.strip()).first()
    if user is None or not _may_be_called(by, user):
        raise Invalid(_("There is nobody with the user name “%(name)s”.") % {"name": username.strip()[:60]}, field="username")
    return enter_post(by, user, terms)


def enter_post(by: Person, user: User, terms: PostTerms) -> Post:
    """The same inside of a command that holds the person."""
    if user.pk == by.user_id:
        raise Forbidden(_("Nobody gives posts to themselves: ask another administrator."))
    post = _new_post(by, user, terms)
    if _held_already(post):
        raise Conflict(_("%(name)s holds this post already.") % {"name": user.name})
    post.save()
    record(by=by, action="post.give", on=user, label=str(post), after=told(post))
    return post


def _may_be_called(by: Person, user: User) -> bool:
    """Somebody of another zone is known to those above all zones only."""
    return by.reach(Right.PEOPLE_WRITE) is Reach.INSTALLATION or user.posts.filter(zone_id=by.zone_id or 0).exists()


def _new_post(by: Person, user: User, terms: PostTerms) -> Post:
    role = role_of(terms.role)
    post = Post(
        user=user, role=role, valid_from=terms.valid_from, valid_to=terms.valid_to,
        title=typed(terms.title, field="title", label=_("Title"), length=60, required=False),
    )  # fmt: skip
    _check_times(role, terms)
    if role is Role.SYSTEM_ADMINISTRATOR:
        if by.reach(Right.PEOPLE_WRITE) is not Reach.INSTALLATION:
            raise Forbidden(_("Only a system administrator appoints system administrators."))
        return post
    post.zone = locked_zone(by)
    if terms.unit_id is not None:
        post.unit = unit_of(post.zone, terms.unit_id)
    elif role in OF_A_UNIT:
        raise Invalid(_("A unit contact person and a unit head need a unit."), field="unit")
    post.section = _section(post, terms.section_id)
    return post


def _check_times(role: Role, terms: PostTerms) -> None:
    if role is Role.EVALUATOR and terms.valid_to is None:
        raise Invalid(_("The post of an evaluator needs a last day."), field="valid_to")
    if terms.valid_from is not None and terms.valid_to is not None and terms.valid_to < terms.valid_from:
        raise Invalid(_("The last day is before the first."), field="valid_to")


def _section(post: Post, section_id: int | None) -> Section | None:
    if section_id is None:
        return None
    found = Section.objects.filter(pk=section_id, unit=post.unit, is_active=True).first() if post.unit else None
    if found is None:
        raise Invalid(_("The section does not belong to the unit."), field="section")
    return found


def _held_already(post: Post) -> bool:
    last = post.valid_from or clock.today()
    held = Post.objects.filter(user=post.user, role=post.role, zone=post.zone, unit=post.unit, section=post.section)
    return any(one.valid_to is None or one.valid_to >= last for one in held)


@transaction.atomic
def end_post(*, by: Person, post_id: int, on: date | None) -> Post:
    """Let a post end with that day (its last). Raises Conflict where it has ended, or where nobody would be left to administer."""
    require(by, Right.PEOPLE_WRITE)
    lock_administrators()
    post = _endable(by, post_id)
    last = day(on, field="on", label=_("Last day"), earliest=post.valid_from)
    if post.valid_to is not None and post.valid_to <= last:
        raise Conflict(_("This post ends on %(day)s already.") % {"day": post.valid_to.isoformat()})
    if post.role == Role.SYSTEM_ADMINISTRATOR:
        keep_an_administrator(without_post=post, after=last)
    until, post.valid_to = post.valid_to, last
    post.save(update_fields=["valid_to"])
    record(by=by, action="post.end", on=post.user, label=str(post), before=told(post) | {"valid_to": until}, after=told(post))
    return post


def _endable(by: Person, post_id: int) -> Post:
    above_all = by.reach(Right.PEOPLE_WRITE) is Reach.INSTALLATION
    posts = Post.objects.select_for_update(of=("self",)).filter(pk=post_id)
    here = posts.filter(pk__in=posts_visible_to(by, Right.PEOPLE_WRITE).values("pk")).first()
    found = here or (posts.filter(zone=None).first() if above_all else None)
    if found is None:
        raise Conflict(_("This post is not there any more."))
    return found


def keep_an_administrator(*, after: date, without_post: Post | None = None, without_user: User | None = None) -> None:
    """Refuse what would leave the installation without a system administrator on the day after. The administrators' posts are held."""
    left = administrators_on(max(after, clock.today()) + timedelta(days=1))
    if without_post is not None:
        left = left.exclude(pk=without_post.pk)
    if without_user is not None:
        left = left.exclude(user=without_user)
    if not left.exists():
        raise Conflict(_("This is the last system administrator: appoint another one first."))


def role_of(role: str) -> Role:
    if role not in Role.values:
        raise Invalid(_("“%(role)s” is no role.") % {"role": role[:40]}, field="role")
    return Role(role)


def told(post: Post) -> dict[str, object]:
    """What the audit keeps of a post."""
    return {
        "role": str(post.role), "unit": post.unit.name if post.unit else None, "section": post.section.name if post.section else None,
        "title": post.title, "valid_from": post.valid_from, "valid_to": post.valid_to,
    }  # fmt: skip
