"""Who may do what, as sentences. ``require`` refuses where ``Person.may`` says no."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import User
from lantu_web.accounts.rights import LABELS, Right
from lantu_web.lib.errors import Forbidden

WRITING = frozenset(right for right in Right if not right.value.endswith((".read", ".download")) and right is not Right.TOKEN_OWN)


def require(by: Person, right: Right) -> None:
    """Refuse unless ``by`` has the right anywhere in the acting zone. Raises Forbidden."""
    if not by.may(right):
        raise Forbidden(_("You have no right to this: %(right)s.") % {"right": LABELS[right]})
    _refuse_reading_token(by, right)


def require_in_unit(by: Person, right: Right, unit_id: int | None) -> None:
    """Refuse unless ``by`` has the right for objects of that unit. Raises Forbidden."""
    if not by.may_in_unit(right, unit_id):
        raise Forbidden(_("You have no right to this: %(right)s.") % {"right": LABELS[right]})
    _refuse_reading_token(by, right)


def require_self(by: Person, user: User) -> None:
    """Refuse unless the person acts on themselves. Raises Forbidden."""
    if by.user_id is None or by.user_id != user.pk:
        raise Forbidden(_("Only the person themselves can do this."))


def _refuse_reading_token(by: Person, right: Right) -> None:
    if not by.may_write and right in WRITING:
        raise Forbidden(_("This token may read only."))
