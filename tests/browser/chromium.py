"""Which Chromium is driven, and how it is started."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

USUAL = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
    "--disable-domain-reliability", "--disable-sync", "--no-first-run", "--no-default-browser-check",
]  # fmt: skip


def chromium() -> Path | None:
    named = os.environ.get("LANTU_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, USUAL)), None)
    return Path(found) if found and Path(found).exists() else None
