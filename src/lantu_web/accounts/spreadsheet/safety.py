"""What an uploaded workbook must be before anything opens it: small, a zip of a believable size, no macros, no password, no tricks."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from django.utils.translation import gettext as _

from lantu_web.lib.errors import Invalid

FILE_BYTES = 5 * 1024 * 1024
UNPACKED_BYTES = 60 * 1024 * 1024
PART_RATIO = 150
SMALL_PART = 1024 * 1024  # a part of this unpacked size is no bomb, whatever its ratio
PARTS = 500
_CHUNK = 1 << 20
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def opened(data: bytes, *, most: int = FILE_BYTES, unpacked: int = UNPACKED_BYTES) -> zipfile.ZipFile:
    """The package of an .xlsx file, every limit checked: bytes as they came and unpacked. Raises Invalid (field "file") with what to do."""
    if len(data) > most:
        raise _refused(_("The file is larger than %(most)s MB. Split it into several files.") % {"most": most // 1024**2})
    if not data:
        raise _refused(_("The file is empty."))
    if data.startswith(_OLD_OFFICE):
        if _ENCRYPTED in data:
            raise _refused(_("The file is protected by a password. Remove the password in Excel or WPS and upload it again."))
        raise _refused(_("This is the old .xls format. Save it as .xlsx in Excel or WPS and upload it again."))
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        raise _refused(_("This is no Excel workbook (.xlsx), or it is damaged. Use the template.")) from None
    _check_parts(package, unpacked)
    return package


def _check_parts(package: zipfile.ZipFile, unpacked: int) -> None:
    infos = package.infolist()
    names = {info.filename.replace("\\", "/").lstrip("/").lower() for info in infos}
    if len(infos) > PARTS or sum(info.file_size for info in infos) > unpacked or any(_is_bomb(info) for info in infos):
        raise _refused(_("The file unpacks to far more than its size: it was not opened. Copy the rows into a fresh template."))
    if any(name.rsplit("/", 1)[-1] == "vbaproject.bin" for name in names):
        raise _refused(_("The workbook holds macros. Save it as .xlsx without macros and upload it again."))
    if "xl/workbook.xml" not in names:
        raise _refused(_("This is no Excel workbook (.xlsx), or it is damaged. Use the template."))
    if any(info.flag_bits & 0x1 for info in infos):
        raise _refused(_("The file is protected by a password. Remove the password in Excel or WPS and upload it again."))
    if any(_declares_entities(package, info) for info in infos if info.filename.lower().endswith((".xml", ".rels"))):
        raise _refused(_("This is no Excel workbook (.xlsx), or it is damaged. Use the template."))


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > SMALL_PART and info.file_size > PART_RATIO * max(1, info.compress_size)


def _declares_entities(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether a part declares a document type, or hides one in another encoding; no workbook does. Reads no more than was promised."""
    before = b""
    try:
        with package.open(info) as part:
            while chunk := part.read(_CHUNK):
                seen = before + chunk
                if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen or b"\x00" in chunk:
                    return True
                before = chunk[-16:]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return True
    return False


def _refused(message: str) -> Invalid:
    return Invalid(message, field="file")
