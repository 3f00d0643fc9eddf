"""Webhooks, and files that go out and come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lantu_client.errors import ServerFault
from lantu_client.pages import Pages
from lantu_client.reading import record
from lantu_client.records import Column, Delivery, Exchange, ExchangeRow, Webhook, WebhookSecret
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
    """Workbooks and Word files, made by a job of the site, and ledgers that come in."""

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

    def bring_back(self, file_name: str, data: bytes) -> Exchange:
        """Hand a workbook in that was exported before and worked in; wait for it, then look at its rows."""
        return record(Exchange, self.transport.upload("/exchanges/import", file_name=file_name, data=data))

    def take_in(self, plan_id: int, file_name: str, data: bytes) -> Exchange:
        """Hand in a ledger of another make for the division of a plan; its columns are matched next."""
        return record(Exchange, self.transport.upload(f"/exchanges/foreign/{plan_id}", file_name=file_name, data=data))

    def columns(self, exchange: Exchange) -> Sequence[Column]:
        """The heads of a ledger of another make, with what each is taken for."""
        return [record(Column, one) for one in self.transport.call("GET", f"/exchanges/{exchange.id}/columns")]

    def match(self, exchange: Exchange, fields: Mapping[int, str], *, name: str = "") -> Exchange:
        """Say which column (by its number) is which field; kept under the name for the next file with the same heads."""
        wanted = [{"column": column, "field": field} for column, field in fields.items()]
        return self.transport.put(
            Exchange, f"/exchanges/{exchange.id}/columns", revision=exchange.revision, fields=wanted, name=name
        )

    def read_sheet(self, exchange: Exchange, sheet: str) -> Exchange:
        """Read another sheet of a ledger of another make: one of ``told["sheets"]``; its columns are matched anew."""
        return self.transport.put(Exchange, f"/exchanges/{exchange.id}/sheet", revision=exchange.revision, sheet=sheet)

    def rows(self, exchange: Exchange, *, verdict: str | None = None) -> Pages[ExchangeRow]:
        """What each row would change; ``verdict``: changed, new, conflict, wrong."""
        return Pages(self.transport, ExchangeRow, f"/exchanges/{exchange.id}/rows", {"verdict": verdict})

    def choose(self, exchange: Exchange, row: ExchangeRow, choice: str) -> ExchangeRow:
        """Decide a conflict: ``file`` or ``here``; a new row: ``leave`` it out, or ``open`` to take it in."""
        return self.transport.put(ExchangeRow, f"/exchanges/{exchange.id}/rows/{row.id}", revision=row.revision, choice=choice)

    def choose_cells(self, exchange: Exchange, row: ExchangeRow, cells: Mapping[str, str]) -> ExchangeRow:
        """Decide a conflict cell by cell: field or year → ``file`` or ``here``; cells that are not named stay as they were."""
        return self.transport.put(ExchangeRow, f"/exchanges/{exchange.id}/rows/{row.id}", revision=row.revision, cells=dict(cells))

    def take_over(self, exchange: Exchange) -> Exchange:
        """Let the site write what was shown and decided; wait for it."""
        return self.transport.post(Exchange, f"/exchanges/{exchange.id}/take-over", revision=exchange.revision)

    def download(self, exchange: Exchange) -> bytes:
        return self.transport.download(f"/exchanges/{exchange.id}/file")
