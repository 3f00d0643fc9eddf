"""Webhooks: other programs that are told of changes, and what became of the messages."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from lantu_web.accounts.rights import Right
from lantu_web.api.fetching import webhook_of
from lantu_web.api.schemas.base import Expected, Id, Page, Paging, page_of
from lantu_web.api.schemas.outside import DeliveriesWanted, DeliveryOut, WebhookChange, WebhookNew, WebhookOut, WebhookSecretOut
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.tasks.commands import delivering, webhooks
from lantu_web.tasks.queries.webhooks import deliveries_of, webhooks_of_zone

router = Router(tags=["Webhooks"])


@router.get("/webhooks")
@endpoint(Right.WEBHOOK_WRITE, Page[WebhookOut])
def list_webhooks(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """All of the zone, those in use first."""
    return page_of(webhooks_of_zone(request.person), paging)


@router.post("/webhooks")
@endpoint(Right.WEBHOOK_WRITE, WebhookSecretOut, status=201)
def make_webhook(request: ApiRequest, given: WebhookNew) -> Any:
    """Let another program be told of events. The answer holds the secret that signs its messages, once."""
    hook, secret = webhooks.make(by=request.person, url=given.url, events=[event.value for event in given.events])
    return {"webhook": webhook_of(request, hook.pk), "secret": secret}


@router.get("/webhooks/{int:webhook_id}")
@endpoint(Right.WEBHOOK_WRITE, WebhookOut)
def get_webhook(request: ApiRequest, webhook_id: Id) -> Any:
    """One webhook."""
    return webhook_of(request, webhook_id)


@router.put("/webhooks/{int:webhook_id}")
@endpoint(Right.WEBHOOK_WRITE, WebhookOut)
def change_webhook(request: ApiRequest, webhook_id: Id, given: WebhookChange) -> Any:
    """Another address, or other events."""
    hook, events = webhook_of(request, webhook_id), [event.value for event in given.events]
    webhooks.change(by=request.person, webhook_id=hook.pk, expected=given.revision, url=given.url, events=events)
    return webhook_of(request, webhook_id)


@router.post("/webhooks/{int:webhook_id}/secret")
@endpoint(Right.WEBHOOK_WRITE, WebhookSecretOut)
def renew_webhook_secret(request: ApiRequest, webhook_id: Id, seen: Expected) -> Any:
    """A new secret in place of the old one, told once."""
    hook = webhook_of(request, webhook_id)
    secret = webhooks.renew_secret(by=request.person, webhook_id=hook.pk, expected=seen.revision)[1]
    return {"webhook": webhook_of(request, webhook_id), "secret": secret}


@router.post("/webhooks/{int:webhook_id}/retire")
@endpoint(Right.WEBHOOK_WRITE, WebhookOut)
def retire_webhook(request: ApiRequest, webhook_id: Id, seen: Expected) -> Any:
    """Nothing more is sent to it."""
    webhooks.retire(by=request.person, webhook_id=webhook_of(request, webhook_id).pk, expected=seen.revision)
    return webhook_of(request, webhook_id)


@router.post("/webhooks/{int:webhook_id}/revive")
@endpoint(Right.WEBHOOK_WRITE, WebhookOut)
def revive_webhook(request: ApiRequest, webhook_id: Id, seen: Expected) -> Any:
    """It is told again of what happens from now on."""
    webhooks.revive(by=request.person, webhook_id=webhook_of(request, webhook_id).pk, expected=seen.revision)
    return webhook_of(request, webhook_id)


@router.get("/webhooks/{int:webhook_id}/deliveries")
@endpoint(Right.WEBHOOK_WRITE, Page[DeliveryOut])
def list_deliveries(request: ApiRequest, webhook_id: Id, wanted: Query[DeliveriesWanted], paging: Query[Paging]) -> dict[str, Any]:
    """Its messages and what became of them, the newest first."""
    return page_of(deliveries_of(webhook_of(request, webhook_id), state=wanted.state or ""), paging)


@router.post("/webhooks/{int:webhook_id}/deliveries/{int:delivery_id}/again")
@endpoint(Right.WEBHOOK_WRITE, DeliveryOut)
def send_delivery_again(request: ApiRequest, webhook_id: Id, delivery_id: Id) -> Any:
    """Send one message again."""
    row = get_object_or_404(deliveries_of(webhook_of(request, webhook_id)), pk=delivery_id)
    return delivering.send_again(by=request.person, delivery_id=row.pk)
