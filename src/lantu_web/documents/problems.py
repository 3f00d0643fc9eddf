"""Why a file could not be read, in the words of the person who uploaded it: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class ProblemCode(StrEnum):
    """Kept in ``Reading.problem``. The first are classes of the library's errors, or parts of them."""

    UNREADABLE = "UnreadableFile"
    ENCRYPTED = "Encrypted"
    EMPTY = "Empty"
    SCANNED = "Scanned"
    MISNAMED = "Misnamed"
    MACROS = "Macros"
    UNSUPPORTED = "UnsupportedFile"
    LIMIT = "LimitExceeded"
    NOT_A_PLAN = "NotAPlan"
    EXTRA_MISSING = "ExtraMissing"
    CLASSIFIED = "Classified"
    TIMED_OUT = "TimedOut"
    OUT_OF_MEMORY = "OutOfMemory"
    DEFECT = "Defect"
    GIVEN_UP = "GivenUp"
    CONFLICT = "Conflict"


@dataclass(frozen=True, slots=True)
class Problem:
    what: _StrPromise
    remedy: _StrPromise


PROBLEMS: Mapping[str, Problem] = MappingProxyType({
    ProblemCode.UNREADABLE: Problem(
        _("The file is damaged or is not what its name says."), _("Open it in Word, WPS or a pdf viewer, save it anew and upload that.")
    ),
    ProblemCode.ENCRYPTED: Problem(
        _("The file is protected by a password."),
        _("Open it, remove the password, save it and upload that."),
    ),
    ProblemCode.EMPTY: Problem(_("The file holds no text."), _("Check that it is the right file, and export it again.")),
    ProblemCode.SCANNED: Problem(
        _("The pages are pictures: there is no text to be read."),
        _("Upload the docx, or a pdf made from it; or have text recognition installed."),
    ),
    ProblemCode.MISNAMED: Problem(
        _("The content is of another kind than the file name says."), _("Give the file the right ending, or save it anew as docx or pdf.")
    ),
    ProblemCode.MACROS: Problem(
        _("The file holds macros, which a plan never needs."),
        _("Do not open it. Ask for a copy without macros."),
    ),
    ProblemCode.UNSUPPORTED: Problem(_("This kind of file is not read."), _("Save it as docx or pdf and upload that.")),
    ProblemCode.LIMIT: Problem(
        _("The file is larger, deeper or more compressed than any plan."),
        _("Remove pictures and needless nesting, or split it, and upload again."),
    ),
    ProblemCode.NOT_A_PLAN: Problem(
        _("The text was read, but it does not look like a Chinese plan."),
        _("Check that the right file was chosen; the text of the plan itself is needed."),
    ),
    ProblemCode.EXTRA_MISSING: Problem(
        _("This installation lacks a part that this file needs."),
        _("Ask the administrator, or upload the file as docx."),
    ),
    ProblemCode.CLASSIFIED: Problem(
        _("The text is marked as a state secret (秘密/机密/绝密). The file was removed and nothing of it was kept."),
        _("Such files do not belong into this system. Tell your secrecy officer if this one has come here by mistake."),
    ),
    ProblemCode.TIMED_OUT: Problem(
        _("Reading took longer than is allowed."),
        _("Split the file, or upload the docx instead of the scanned pdf."),
    ),
    ProblemCode.OUT_OF_MEMORY: Problem(_("Reading needed more memory than is allowed."), _("Remove pictures, or split the file.")),
    ProblemCode.DEFECT: Problem(
        _("Something went wrong in the program, not in your file."),
        _("Try again; if it happens again, tell the administrator."),
    ),
    ProblemCode.GIVEN_UP: Problem(
        _("Reading was interrupted several times and was given up."), _("Try again; if it happens again, tell the administrator.")
    ),
    ProblemCode.CONFLICT: Problem(
        _("The plan has changed meanwhile; nothing was laid out."),
        _("Look at the plan, then upload again if it is still needed."),
    ),
})  # fmt: skip

_PARTS = (
    ("encrypted", ProblemCode.ENCRYPTED), ("password", ProblemCode.ENCRYPTED), ("macros", ProblemCode.MACROS),
    ("its pages are pictures", ProblemCode.SCANNED), ("the name says", ProblemCode.MISNAMED),
    ("is empty", ProblemCode.EMPTY), ("nothing but blanks", ProblemCode.EMPTY), ("no text", ProblemCode.EMPTY),
    ("no content", ProblemCode.EMPTY),
)  # fmt: skip


def problem_of(code: str) -> Problem:
    """Sentence and remedy; those of a defect where the code is unknown."""
    return PROBLEMS.get(code, PROBLEMS[ProblemCode.DEFECT])


def code_of(error_class: str, message: str) -> str:
    """The code for an error of the library: the part of UnreadableFile that its message tells, else the class."""
    if error_class == ProblemCode.UNREADABLE:
        return next((code.value for words, code in _PARTS if words in message), error_class)
    return error_class if error_class in PROBLEMS else ProblemCode.DEFECT.value
