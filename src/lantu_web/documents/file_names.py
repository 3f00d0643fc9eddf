"""Names of files as somebody gave them: for people and for the library's errors only, never for a place on the disk."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath, PureWindowsPath

from django.utils.translation import gettext as _

from lantu_web.lib.errors import Invalid

LONGEST = 255
ACCEPTED = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".pdf": "application/pdf",
    ".html": "text/html", ".htm": "text/html", ".txt": "text/plain", ".md": "text/markdown",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".csv": "text/csv",
}  # fmt: skip
# What is kept beside a task without being read: photographs, slides and older papers too.
EVIDENCE = {
    **ACCEPTED, ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel", ".wps": "application/vnd.ms-works", ".et": "application/vnd.ms-excel", ".ofd": "application/ofd",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}  # fmt: skip
_MACROS = frozenset({".docm", ".dotm", ".xlsm", ".xltm", ".pptm"})


def shown_name(name: str) -> str:
    """The last part of the name without control and direction characters, at most 255 characters, its suffix kept."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    plain = "".join(character for character in last if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp")).strip(" .")
    suffix = PurePosixPath(plain).suffix[:16]
    return plain if len(plain) <= LONGEST else plain[: LONGEST - len(suffix) - 1] + "…" + suffix


def media_type(name: str, accepted: Mapping[str, str] = ACCEPTED) -> str:
    """Of the kind that the name says. Raises Invalid where that is none that is accepted, with what to do."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _MACROS:
        message = _("“%(suffix)s” files may hold macros and are not accepted. Save the file as docx or xlsx.")
        raise Invalid(message % {"suffix": suffix}, field="file")
    if suffix not in accepted:
        message = _("“%(name)s” is not a kind of file that can be read. Possible are: %(kinds)s. Save it as docx or pdf and upload that.")
        raise Invalid(message % {"name": name, "kinds": " · ".join(kind.removeprefix(".") for kind in accepted)}, field="file")
    return accepted[suffix]
