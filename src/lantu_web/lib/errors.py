"""One root for everything that the site refuses, with messages made for the person: what was wrong and what to do.

``message`` is a lazy or plain translation; boundaries (screens, API) show it, they never show a traceback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Refused(Exception):
    """A write or a read that cannot be. ``field`` names the place in a form, where there is one."""

    status = 400

    def __init__(self, message: str | _StrPromise, *, field: str | None = None) -> None:
        self.message, self.field = message, field
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.message)


class Forbidden(Refused):
    """The person has no right to it."""

    status = 403


class Gone(Refused):
    """It was there and had to be removed."""

    status = 410


class Conflict(Refused):
    """Somebody else changed it meanwhile, or its state does not allow it any more. Nothing was written."""

    status = 409


class Invalid(Refused):
    """A value that cannot be."""

    status = 422
