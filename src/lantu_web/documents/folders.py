"""Where bytes lie on the disk. Names on the disk come from hashes alone, never from what somebody typed."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def stored_path(zone_id: int, sha256: str) -> str:
    """Under MEDIA_ROOT: ``originals/<zone>/<first two digits>/<sha256>``."""
    return f"originals/{zone_id}/{sha256[:2]}/{sha256}"


def on_disk(path: str) -> Path:
    return Path(settings.MEDIA_ROOT) / path


def incoming() -> Path:
    """The folder of uploads on their way, made where it is missing. On the same disk as the originals, so that a move is one step."""
    folder = Path(settings.LANTU_INCOMING)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
