"""Who acts, from where, through which door: what every command takes as ``by`` and the audit writes down."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Surface(StrEnum):
    OFFICE = "office"
    API = "api"
    JOB = "job"
    CONSOLE = "console"


class Acting(Protocol):
    """What the audit needs to know of an actor. ``zone_id`` is None for what belongs to the whole installation."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def zone_id(self) -> int | None: ...
    @property
    def address(self) -> str: ...
    @property
    def surface(self) -> Surface: ...
