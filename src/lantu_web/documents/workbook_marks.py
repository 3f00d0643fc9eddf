"""密级 marks in a workbook, wherever a reader would see one: in a cell of any sheet, in a heading or footing of the print, in a drawing,
a comment, the name of a sheet, the properties of the file.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError, iterparse

from lantu_web.documents.secrecy import mark_in
from lantu_web.lib.cells import unescaped

_CHUNK, _OVERLAP = 1 << 20, 32
# 密 in every encoding that a part may be in, or as a reference: what holds none of these holds no mark, and most workbooks do not.
_HINT = re.compile(b"|".join((
    *(re.escape("密".encode(code)) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")), b"&#0*(?:23494|x0*5[bB][cC]6);",
)))  # fmt: skip
_WHOLE = frozenset({"si", "is", "v", "p", "text", "title", "subject", "creator", "keywords", "description", "category", "contentStatus",
                    "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})  # fmt: skip
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z])')  # of the looks of a heading or footing


def mark_in_workbook(path: Path) -> str | None:
    """The first mark, or None. The package was looked at before (``lib.workbooks.opened``)."""
    with zipfile.ZipFile(path) as package:
        for info in package.infolist():
            if info.filename.lower().endswith((".xml", ".vml")) and _may_hold_one(package.open(info)):
                found = next((mark for text in _texts(package.open(info)) if (mark := mark_in(text))), None)
                if found is not None:
                    return found
    return None


def _may_hold_one(part: IO[bytes]) -> bool:
    before = b""
    with part:
        while chunk := part.read(_CHUNK):
            if _HINT.search(before + chunk):
                return True
            before = chunk[-_OVERLAP:]
    return False


def _texts(part: IO[bytes]) -> Iterator[str]:
    """Cell by cell, however many looks a cell has. A part that is no XML has none: whoever opens the workbook refuses it."""
    with part:
        try:
            for _event, element in iterparse(part):
                name = str(element.tag).rpartition("}")[2]
                if name == "sheet":
                    yield element.get("name", "")
                if name in _WHOLE:
                    yield unescaped(_CODES.sub("", "".join(element.itertext())))
                if name in _WHOLE or name in ("c", "row"):
                    element.clear()
        except ParseError:
            return
