"""Addresses of other programs that are told of changes in the zone."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.locking import locked_zone
from lantu_web.accounts.models import Zone
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.audit.revisions import check_revision
from lantu_web.lib import clock, outbound
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.tasks.enums import DeliveryState, Event
from lantu_web.tasks.models import Delivery, Webhook

MOST = 20
UNFINISHED = (DeliveryState.WAITING, DeliveryState.SENDING)


@transaction.atomic
def make(*, by: Person, url: str, events: Collection[str]) -> tuple[Webhook, str]:
    """A webhook of the acting zone, and the secret that signs its messages, which is shown once.

    Raises Invalid (fields "url", "events"), Conflict where the zone has too many.
    """
    require(by, Right.WEBHOOK_WRITE)
    zone = locked_zone(by)
    if Webhook.objects.filter(zone=zone).count() >= MOST:
        raise Conflict(_("The zone has %(most)s webhooks; change one of them instead.") % {"most": MOST})
    values = {"url": _free(zone, url), "events": _known(events)}
    secret = _secret()
    hook = Webhook.objects.create(zone=zone, secret=secret, created_by_id=by.user_id, created_at=clock.now(), **values)
    record(by=by, action="webhook.make", on=hook, after=values)
    return hook, secret


@transaction.atomic
def change(*, by: Person, webhook_id: int, expected: int, url: str, events: Collection[str]) -> Webhook:
    """Another address or other events; what waits to be sent goes to the new address. Raises Invalid, Conflict."""
    hook = _held(by, webhook_id, expected)
    before = {"url": hook.url, "events": hook.events}
    hook.url, hook.events = _free(hook.zone, url, but=hook), _known(events)
    after = {"url": hook.url, "events": hook.events}
    if after != before:
        _keep(hook, by, "webhook.change", before, after)
    return hook


@transaction.atomic
def renew_secret(*, by: Person, webhook_id: int, expected: int) -> tuple[Webhook, str]:
    """A new secret in place of the old one, which signs nothing from now on; shown once. Raises Conflict."""
    hook = _held(by, webhook_id, expected)
    hook.secret = _secret()
    _keep(hook, by, "webhook.renew_secret")
    return hook, hook.secret


@transaction.atomic
def retire(*, by: Person, webhook_id: int, expected: int) -> Webhook:
    """Nothing more is sent to it, also not what still waits. Raises Conflict."""
    hook = _held(by, webhook_id, expected)
    if not hook.is_active:
        raise Conflict(_("This webhook is out of use already."))
    hook.is_active = False
    _keep(hook, by, "webhook.retire", {"is_active": True}, {"is_active": False})
    Delivery.objects.filter(webhook=hook, state__in=UNFINISHED).update(
        state=DeliveryState.GIVEN_UP, next_at=None, lease_until=None, problem=_("The webhook was taken out of use.")
    )
    return hook


@transaction.atomic
def revive(*, by: Person, webhook_id: int, expected: int) -> Webhook:
    """It is told again of what happens from now on. Raises Conflict."""
    hook = _held(by, webhook_id, expected)
    if hook.is_active:
        raise Conflict(_("This webhook is in use already."))
    hook.is_active = True
    _keep(hook, by, "webhook.revive", {"is_active": False}, {"is_active": True})
    return hook


def _held(by: Person, webhook_id: int, expected: int) -> Webhook:
    require(by, Right.WEBHOOK_WRITE)
    hook = Webhook.objects.select_for_update(of=("self",)).select_related("zone").filter(zone_id=by.zone_id or 0, pk=webhook_id).first()
    if hook is None:
        raise Conflict(_("This webhook is not there any more."))
    check_revision(hook, expected, by=by)
    return hook


def _keep(
    hook: Webhook, by: Person, action: str, before: Mapping[str, object] | None = None, after: Mapping[str, object] | None = None
) -> None:  # fmt: skip
    hook.revision += 1
    hook.save()
    record(by=by, action=action, on=hook, before=before, after=after)


def _secret() -> str:
    return f"whsec_{secrets.token_urlsafe(32)}"


def _free(zone: Zone, url: str, *, but: Webhook | None = None) -> str:
    text = outbound.checked(url, allowed=settings.LANTU_WEBHOOK_NETWORKS, field="url")
    if Webhook.objects.filter(zone=zone, url=text).exclude(pk=but.pk if but else 0).exists():
        raise Invalid(_("There is a webhook of this address already."), field="url")
    return text


def _known(events: Collection[str]) -> list[str]:
    """In the order of the table. Raises Invalid where one is not known or none is chosen."""
    strange = [event for event in events if event not in Event.values]
    if strange:
        raise Invalid(_("“%(event)s” is no event: choose among those listed.") % {"event": str(strange[0])[:60]}, field="events")
    if not events:
        raise Invalid(_("Choose at least one event."), field="events")
    return [event.value for event in Event if event.value in events]
