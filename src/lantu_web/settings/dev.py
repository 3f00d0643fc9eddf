"""For the demo and for work on the site: one machine, SQLite in ``var``, a secret made at the first start."""

from __future__ import annotations

import secrets

from lantu_web.settings.base import *  # noqa: F403
from lantu_web.settings.base import VAR

DEBUG = False
ALLOWED_HOSTS = ["*"]


def _own_secret() -> str:
    """The secret of this installation, kept in ``var`` so that sessions outlive a restart."""
    path = VAR / "secret"
    VAR.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii")


SECRET_KEY = _own_secret()
