"""Keep an original: the bytes under their hash, once a zone, and the row that knows them."""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.documents.file_names import ACCEPTED, EVIDENCE, media_type, shown_name
from lantu_web.documents.folders import incoming, on_disk, stored_path
from lantu_web.documents.models import Original
from lantu_web.documents.secrecy import mark_in_name
from lantu_web.lib import clock
from lantu_web.lib.errors import Invalid

LEFT_BEHIND = timedelta(hours=6)  # an upload that is older than that was cut off


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Bytes in the folder of uploads on their way."""

    path: Path
    sha256: str
    size: int


def store(*, by: Person, chunks: Iterable[bytes], file_name: str) -> Original:
    """Keep the bytes for ever. The same bytes again give the same original.

    Raises Invalid (a kind of file that is not read, empty, too large, a 密级 in its name or known from before), with nothing kept.
    """
    require(by, Right.ORIGINAL_UPLOAD)
    return _stored(by=by, chunks=chunks, name=shown_name(file_name), accepted=ACCEPTED)


def store_evidence(*, by: Person, chunks: Iterable[bytes], file_name: str) -> Original:
    """The same for a file that is not read, only kept (佐证材料: photographs too). The caller knows that the person may."""
    return _stored(by=by, chunks=chunks, name=shown_name(file_name), accepted=EVIDENCE)


def _stored(*, by: Person, chunks: Iterable[bytes], name: str, accepted: Mapping[str, str]) -> Original:
    kind = media_type(name, accepted)
    if mark_in_name(name):
        raise classified()
    received = receive(chunks)
    try:
        return _keep(by=by, received=received, name=name, kind=kind)
    finally:
        received.path.unlink(missing_ok=True)


def receive(chunks: Iterable[bytes]) -> Received:
    """Stream the bytes to the disk, hashing. Raises Invalid where there are none or too many."""
    path, digest, size = incoming() / f"{uuid.uuid4().hex}.part", hashlib.sha256(), 0
    try:
        with path.open("xb") as target:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.LANTU_UPLOAD_BYTES:
                    raise too_large()
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        if not size:
            raise Invalid(_("The file is empty (0 bytes). Export or fetch it again."), field="file")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Received(path=path, sha256=digest.hexdigest(), size=size)


def too_large() -> Invalid:
    message = _("The file is larger than %(most)s. Compress its pictures, or split it.")
    return Invalid(message % {"most": filesizeformat(settings.LANTU_UPLOAD_BYTES)}, field="file")


def classified() -> Invalid:
    message = _("The file is marked as a state secret (秘密/机密/绝密). It was not kept: such files do not belong into this system.")
    return Invalid(message, field="file")


@transaction.atomic
def _keep(*, by: Person, received: Received, name: str, kind: str) -> Original:
    """The bytes first, the row after them: a row without its bytes can never be, bytes without a row harm nobody."""
    known = Original.objects.select_for_update().filter(zone_id=by.zone_id or 0, sha256=received.sha256).first()
    if known is not None and known.removed_at is not None:
        raise classified()
    assert by.zone_id is not None
    path = stored_path(by.zone_id, received.sha256)
    place(received.path, on_disk(path))
    if known is not None:
        return known
    original, is_new = Original.objects.get_or_create(
        zone_id=by.zone_id, sha256=received.sha256,
        defaults={
            "size": received.size, "file_name": name, "media_type": kind, "path": path, "uploaded_by_id": by.user_id,
            "uploaded_at": clock.now(),
        },
    )  # fmt: skip
    if is_new:
        record(by=by, action="original.store", on=original, after={"sha256": received.sha256, "size": received.size, "file_name": name})
    return original


def place(source: Path, target: Path) -> None:
    """Move in one step; what stands there already is the same, since its name is its hash."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        return
    try:
        source.replace(target)
    except OSError:  # another disk: copied beside its place, then moved in one step
        beside = target.with_name(f".{uuid.uuid4().hex}")
        shutil.copyfile(source, beside)
        beside.replace(target)
    target.chmod(0o440)


@transaction.atomic
def remove_classified(*, by: Person, original_id: int, mark: str) -> None:
    """The bytes of a file that is marked as a state secret go; its row stays, so that it is refused when it comes again."""
    original = Original.objects.select_for_update().get(pk=original_id)
    if original.removed_at is None:
        original.removed_at = clock.now()
        original.save(update_fields=["removed_at"])
        record(by=by, action="original.remove_classified", on=original, before={"sha256": original.sha256}, after={"mark": mark})
    on_disk(original.path).unlink(missing_ok=True)


def sweep() -> int:
    """Remove what killed uploads and killed readings left on their way, files and folders; gives how many. None of it ever had a row."""
    oldest = (clock.now() - LEFT_BEHIND).timestamp()
    left = [path for path in incoming().iterdir() if path.lstat().st_mtime < oldest]
    for path in left:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(left)
