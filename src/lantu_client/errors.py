"""The one root of everything that a call can be refused with. ``message`` is the site's own sentence, in the caller's language."""

from __future__ import annotations


class ClientError(Exception):
    """``status`` and ``code`` are those of the answer, where there was one; ``field`` names the part of the request that was wrong."""

    def __init__(self, message: str, *, status: int | None = None, code: str = "", field: str | None = None) -> None:
        self.message, self.status, self.code, self.field = message, status, code, field
        super().__init__(message)

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class Unreachable(ClientError):
    """No answer came: the site is not there, or does not speak as it should."""


class Unauthorised(ClientError):
    """The token is not valid (any more)."""


class Forbidden(ClientError):
    """The token's person has no right to this, or the token may read only."""


class NotFound(ClientError):
    """It is not there, or not to be seen."""


class Conflict(ClientError):
    """Somebody changed it meanwhile, or its state does not allow it. Nothing was written: read it again."""


class Invalid(ClientError):
    """A value that cannot be; ``field`` names it."""


class TooMany(ClientError):
    """Too many calls a minute. ``wait`` seconds are asked for."""

    wait: float = 60.0


class ServerFault(ClientError):
    """Something went wrong at the site. Nothing was saved."""


class Unexpected(ClientError):
    """An answer that is not what the interface describes: another version of the site, or no Lantu at all."""


class Unsigned(ClientError):
    """A message that the site did not sign, or not just now."""


BY_STATUS: dict[int, type[ClientError]] = {
    400: Invalid, 401: Unauthorised, 403: Forbidden, 404: NotFound, 409: Conflict, 410: NotFound, 413: Invalid, 422: Invalid, 429: TooMany,
}  # fmt: skip


def kind_of(status: int) -> type[ClientError]:
    return BY_STATUS.get(status, ServerFault if status >= 500 else Unexpected)
