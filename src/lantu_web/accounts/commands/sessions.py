"""Log out everywhere."""

from __future__ import annotations

from django.db import transaction

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import User
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record


@transaction.atomic
def end_all(*, by: Person, user_id: int) -> User:
    """End every session of the person: one's own, or, with the right to change people, somebody else's."""
    if by.user_id != user_id:
        require(by, Right.PEOPLE_WRITE)
    person = User.objects.select_for_update().get(pk=user_id)
    count_up(person)
    record(by=by, action="person.end_sessions", on=person)
    return person


def count_up(person: User) -> None:
    """The row must be locked by the caller."""
    person.session_number += 1
    person.save(update_fields=["session_number"])
