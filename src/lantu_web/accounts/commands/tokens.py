"""Tokens by which programs act as a person in one zone."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import ApiToken
from lantu_web.accounts.queries import token_digest
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.lib import clock
from lantu_web.lib.acting import Surface
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.lib.texts import day, typed

LONGEST = timedelta(days=366)
SHOWN = 10  # characters by which the person tells one from another
REST = timedelta(minutes=5)  # between two notes that a token was used
MOST = 20


@transaction.atomic
def make(*, by: Person, name: str, may_write: bool, expires_on: date) -> tuple[ApiToken, str]:
    """A token for the zone that ``by`` acts in, and its text, which is returned once and kept nowhere.

    Raises Invalid (fields "name", "expires_on"), Conflict where there are too many, Forbidden where a program asks.
    """
    require(by, Right.TOKEN_OWN)
    if by.surface is Surface.API or by.user_id is None:
        raise Forbidden(_("Only a person makes tokens, on their own page."))
    name = typed(name, field="name", label=_("Name"), length=60)
    today = clock.today()
    expires_on = day(expires_on, field="expires_on", label=_("Valid until"), earliest=today, latest=today + LONGEST)
    if ApiToken.objects.filter(user_id=by.user_id, revoked_at=None, expires_on__gte=today).count() >= MOST:
        raise Conflict(_("You have %(most)s valid tokens; revoke one first.") % {"most": MOST})
    raw = f"lantu_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user_id=by.user_id, zone_id=by.zone_id, name=name, prefix=raw[:SHOWN], digest=token_digest(raw), may_write=may_write,
        expires_on=expires_on,
    )  # fmt: skip
    record(by=by, action="token.make", on=token, after={"name": name, "may_write": may_write, "expires_on": expires_on})
    return token, raw


@transaction.atomic
def revoke(*, by: Person, token_id: int) -> ApiToken:
    """End one's own token. Raises Invalid where there is none such, Conflict where it was revoked before."""
    token = ApiToken.objects.select_for_update().filter(pk=token_id, user=by.user_id).first()
    if token is None:
        raise Invalid(_("There is no such token of yours."))
    if token.revoked_at is not None:
        raise Conflict(_("This token was revoked before."))
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    record(by=by, action="token.revoke", on=token, zone_id=token.zone_id)
    return token


def note_use(*, token: ApiToken) -> None:
    """Keep when it was last used, at most every few minutes: a call that reads should not have to write."""
    moment = clock.now()
    if token.last_used_at is None or moment - token.last_used_at > REST:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=moment)
