"""Webhooks, and files that go out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lantu_client.errors import ServerFault
from lantu_client.pages import Pages
from lantu_client.records import Delivery, Exchange, Webhook, WebhookSecret
from lantu_client.transport import Transport

OVER = frozenset({"ready", "applied", "failed", "given_up"})


class Webhooks:
    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def list(self) -> Pages[Webhook]:
        return Pages(self.transport, Webhook, "/webhooks", {})

    def make(self, url: str, events: Sequence[str]) -> WebhookSecret:
        """The secret is told once: keep it where the messages are received (``read_message``)."""
        return self.transport.post(WebhookSecret, "/webhooks", url=url, events=list(events))

    def change(self, webhook: Webhook, *, url: str, events: Sequence[str]) -> Webhook:
        return self.transport.put(Webhook, f"/webhooks/{webhook.id}", revision=webhook.revision, url=url, events=list(events))

    def renew_secret(self, webhook: Webhook) -> WebhookSecret:
        return self.transport.post(WebhookSecret, f"/webhooks/{webhook.id}/secret", revision=webhook.revision)

    def retire(self, webhook: Webhook) -> Webhook:
        return self.transport.post(Webhook, f"/webhooks/{webhook.id}/retire", revision=webhook.revision)

    def revive(self, webhook: Webhook) -> Webhook:
        return self.transport.post(Webhook, f"/webhooks/{webhook.id}/revive", revision=webhook.revision)

    def deliveries(self, webhook: Webhook, *, state: str | None = None) -> Pages[Delivery]:
        return Pages(self.transport, Delivery, f"/webhooks/{webhook.id}/deliveries", {"state": state})

    def send_again(self, webhook: Webhook, delivery: Delivery) -> Delivery:
        return self.transport.post(Delivery, f"/webhooks/{webhook.id}/deliveries/{delivery.id}/again")


class Files:
    """Workbooks and Word files, made by a job of the site."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def ask(self, kind: str = "export_ledger", **wanted: Any) -> Exchange:
        """``kind``: export_ledger, export_division or export_breakdown; further: plan_id, query, paper, year, columns."""
        return self.transport.post(Exchange, "/exchanges", kind=kind, **wanted)

    def get(self, exchange: Exchange | int) -> Exchange:
        key = exchange if isinstance(exchange, int) else exchange.id
        return self.transport.get(Exchange, f"/exchanges/{key}")

    def wait(self, exchange: Exchange, *, seconds: float = 300.0, pause: float = 1.0) -> Exchange:
        """Until it is over. Raises ServerFault where it failed or takes longer."""
        left = seconds
        while exchange.state not in OVER:
            if left <= 0:
                raise ServerFault(f"{exchange.kind} is not ready after {seconds:g} seconds")
            self.transport.sleep(pause)
            left, exchange = left - pause, self.get(exchange)
        if exchange.state == "failed":
            raise ServerFault(exchange.problem or f"{exchange.kind} failed")
        return exchange

    def download(self, exchange: Exchange) -> bytes:
        return self.transport.download(f"/exchanges/{exchange.id}/file")
