"""Coming in and going out, as the audit trail keeps them. Failed attempts are counted by django-axes, which locks out."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import User
from lantu_web.accounts.queries import sole_zone
from lantu_web.audit.commands import record
from lantu_web.lib import clock
from lantu_web.lib.errors import Invalid

SHOWN = 2  # of a name that nobody bears: people type their password into the wrong field


def at_the_door(user: User, *, address: str) -> Person:
    """The person before any right counts; what they do is kept in their zone, if they have just one."""
    zone = sole_zone(user, on=clock.today())
    zone_id = zone.pk if zone else None
    return Person(user_id=user.pk, name=user.name, zone_id=zone_id, address=address, roles=frozenset(), unit_ids=frozenset())


def stranger(username: str, *, address: str) -> Person:
    return Person(user_id=None, name=f"{username[:SHOWN]}…", zone_id=None, address=address, roles=frozenset(), unit_ids=frozenset())


def prove(*, request: HttpRequest, username: str, password: str, address: str, field: str | None = None) -> User:
    """The user whose password this is. Raises Invalid with one sentence for whatever is wrong: no name is given away."""
    user = authenticate(request, username=username, password=password)
    if isinstance(user, User):
        return user
    if not _was_locked_before(request):
        _keep_failure(username, address, locked_now=bool(getattr(request, "axes_locked_out", False)))
    raise Invalid(_("The user name or the password is wrong."), field=field)


def _was_locked_before(request: HttpRequest) -> bool:
    """Attempts during a lock-out are not counted and not written down: they would fill the trail."""
    return bool(getattr(request, "axes_locked_out", False)) and getattr(request, "axes_failures_since_start", None) is None


@transaction.atomic
def _keep_failure(username: str, address: str, *, locked_now: bool) -> None:
    user = User.objects.filter(username=username).first()
    by = at_the_door(user, address=address) if user else stranger(username, address=address)
    on = user or User(pk="", username=username, name=by.name)
    record(by=by, action="person.log_in_failed", on=on)
    if locked_now:
        record(by=by, action="person.lock_out", on=on)


@transaction.atomic
def came_in(*, by: Person, user: User, way: str) -> None:
    """Keep that the person came in: ``way`` is "password", "single sign-on", "code" or "backup code"."""
    record(by=by, action="person.log_in", on=user, after={"way": way})


@transaction.atomic
def went_out(*, by: Person, user: User) -> None:
    record(by=by, action="person.log_out", on=user)
