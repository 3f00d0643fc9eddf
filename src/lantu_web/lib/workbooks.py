"""What an uploaded workbook must be before anything opens it: small, a zip of a believable size, no macros, no password, no tricks."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from lantu_web.lib.errors import Invalid

FILE_BYTES = 5 * 1024 * 1024
UNPACKED_BYTES = 60 * 1024 * 1024
PART_RATIO = 150
SMALL_PART = 1024 * 1024  # a part of this unpacked size is no bomb, whatever its ratio
PARTS = 500
_CHUNK = 1 << 20
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*?ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")  # of the XML of a sheet
DAMAGE = (  # what openpyxl raises over a file that is no workbook inside
    KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, EOFError, zipfile.BadZipFile, InvalidFileException,
    SyntaxError,  # of XML, whichever parser
)  # fmt: skip


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
        raise damaged() from None
    _check_parts(package, unpacked)
    return package


def _check_parts(package: zipfile.ZipFile, unpacked: int) -> None:
    infos = package.infolist()
    names = {info.filename.replace("\\", "/").lstrip("/").lower() for info in infos}
    if len(infos) > PARTS or sum(info.file_size for info in infos) > unpacked or any(_is_bomb(info) for info in infos):
        raise _refused(_("The file unpacks to far more than its size: it was not opened. Copy the rows into a fresh workbook."))
    if any(name.rsplit("/", 1)[-1] == "vbaproject.bin" for name in names):
        raise _refused(_("The workbook holds macros. Save it as .xlsx without macros and upload it again."))
    if "xl/workbook.xml" not in names:
        raise damaged()
    if any(info.flag_bits & 0x1 for info in infos):
        raise _refused(_("The file is protected by a password. Remove the password in Excel or WPS and upload it again."))
    if any(_declares_entities(package, info) for info in infos if info.filename.lower().endswith((".xml", ".rels"))):
        raise damaged()


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


def damaged() -> Invalid:
    """What to tell of a file that claims to be a workbook."""
    return _refused(_("This is no Excel workbook (.xlsx), or it is damaged. Save it again in Excel, WPS or LibreOffice."))


def cells_of(area: str, *, rows: int, width: int) -> tuple[tuple[int, int], Iterator[tuple[int, int]]]:
    """The top left cell of “B2:C5” as (row, column) and every cell of it, no more than ``rows`` down and up to column ``width``."""
    left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(area))
    down, across = range(top, min(bottom, top + rows) + 1), range(left, min(right, width) + 1)
    return (top, left), ((row, column) for row in down for column in across)


def _refused(message: str) -> Invalid:
    return Invalid(message, field="file")
