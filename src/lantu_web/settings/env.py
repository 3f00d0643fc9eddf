"""Typed readers of the environment that refuse nonsense: a wrong value stops the start and says what was expected."""

from __future__ import annotations

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})
KEPT_OPEN = 60  # seconds that a connection to the database serves one request after the other
OFTEN = 3  # times that PostgreSQL plans a statement of a connection anew before it keeps the plan


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set; it has no default here.")
    return value


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name}={value!r}: expected one of {', '.join(sorted(TRUE | FALSE))}.")
    return value in TRUE


def number(name: str, default: int, *, least: int = 0) -> int:
    value = os.environ.get(name, str(default))
    try:
        found = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r}: expected a whole number.") from None
    if found < least:
        raise ImproperlyConfigured(f"{name}={found}: expected at least {least}.")
    return found


def choice(name: str, default: str, among: tuple[str, ...]) -> str:
    value = os.environ.get(name) or default
    if value not in among:
        raise ImproperlyConfigured(f"{name}={value!r}: expected one of {', '.join(among)}.")
    return value


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    value = os.environ.get(name)
    return list(default) if value is None else [word.strip() for word in value.split(",") if word.strip()]


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Networks in the usual notation, parted by commas: ``10.0.0.0/8, 192.168.7.0/24``."""
    found = []
    for word in words(name):
        try:
            found.append(ip_network(word))
        except ValueError:
            raise ImproperlyConfigured(f"{name}={word!r}: expected networks like 10.0.0.0/8, parted by commas.") from None
    return found


def database(name: str, folder: Path) -> dict[str, Any]:
    """A Django database setting from ``sqlite:///path`` or ``postgresql://user:password@host:port/name``."""
    value = os.environ.get(name) or f"sqlite:///{folder / 'lantu.sqlite3'}"
    parts = urlsplit(value)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(value.removeprefix("sqlite:///"))))
    if parts.scheme in ("postgresql", "postgres"):
        return _postgresql(value)
    raise ImproperlyConfigured(f"{name}={parts.scheme}://…: expected sqlite:///path or postgresql://user:password@host:port/name.")


def sqlite(path: Path) -> dict[str, Any]:
    """Write-ahead log, writers queue up at BEGIN (IMMEDIATE) instead of failing in the middle of a transaction."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": KEPT_OPEN,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000;",
        },
    }


def _postgresql(value: str) -> dict[str, Any]:
    """Without its compiler of queries (jit), which takes longer than the short answers of pages that it is used on; what a connection asks
    often is planned once (prepared statements: a PgBouncer that parts connections by transactions has to be 1.21 or newer)."""
    from urllib.parse import parse_qs

    parts = urlsplit(value)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": parts.port or "",
        "CONN_MAX_AGE": KEPT_OPEN,
        "OPTIONS": {"options": "-c jit=off", "server_side_binding": True, "prepare_threshold": OFTEN},
    }
