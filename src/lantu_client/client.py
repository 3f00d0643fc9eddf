"""The client: one site, one token, and what can be done with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypedDict, Unpack

from lantu_client.divisions import Divisions, Signatures
from lantu_client.outside import Files, Webhooks
from lantu_client.pages import Pages, known_only
from lantu_client.records import Me, Plan
from lantu_client.tasks import Tasks
from lantu_client.transport import Transport


class PlanFilters(TypedDict, total=False):
    """What the register is narrowed down by."""

    text: str
    state: str
    kind: str
    level: str
    year: int
    sort: str


class Client:
    """``token`` is made on a person's own page (Account → Tokens) and has that person's rights in one zone."""

    def __init__(
        self, url: str, token: str, *, language: str = "zh-hans", timeout: float = 30.0, patience: float = 120.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self.transport = Transport(url, token, language=language, timeout=timeout, patience=patience, sleep=sleep)
        self.tasks, self.divisions, self.signatures = Tasks(self.transport), Divisions(self.transport), Signatures(self.transport)
        self.webhooks, self.files = Webhooks(self.transport), Files(self.transport)

    def __repr__(self) -> str:
        return f"Client({self.transport.url!r})"

    def me(self) -> Me:
        """Who the token stands for."""
        return self.transport.get(Me, "/me")

    def plans(self, **filters: Unpack[PlanFilters]) -> Pages[Plan]:
        known_only(PlanFilters, filters)
        return Pages(self.transport, Plan, "/plans", filters)
