"""The way back in for a system administrator whom nobody else can help: from the console of the machine."""

from __future__ import annotations

from axes.utils import reset
from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands import passwords, second_factor
from lantu_web.accounts.models import User
from lantu_web.accounts.queries.people import administrators_on
from lantu_web.audit.commands import record
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict


@transaction.atomic
def let_in(*, by: Person, username: str, lift_lock_out: bool, without_second_factor: bool) -> str:
    """A password for one use. Raises Conflict for whoever is no system administrator: they are helped by one.

    ``lift_lock_out`` forgets failed log-ins from every place; ``without_second_factor`` takes telephone and paper codes away.
    """
    person = administrator_named(username)
    password = passwords.give(by=by, user_id=person.pk)
    if lift_lock_out:
        reset(username=person.username)
        record(by=by, action="person.lift_lock_out", on=person)
    if without_second_factor and person.has_second_factor:
        second_factor.reset(by=by, user_id=person.pk)
    return password


def administrator_named(username: str) -> User:
    """Raises Conflict where nobody of that name can act as a system administrator today."""
    person = User.objects.filter(username=username, pk__in=administrators_on(clock.today()).values("user")).first()
    if person is None:
        raise Conflict(_("“%(name)s” is no system administrator who may log in.") % {"name": username})
    return person
