"""The one root of everything that Lantu refuses, with messages made for the reader.

Each error names the file, the place in it where that is known, the value that was wrong and what to do about it.
The command line turns the class into its exit code; nothing else ever reaches a user as a traceback.
"""

from __future__ import annotations


class LantuError(Exception):
    """Something that the user can mend. ``str()`` gives file, place, message and remedy on one line."""

    exit_code = 1

    def __init__(self, message: str, *, file: str | None = None, place: str | None = None, remedy: str | None = None) -> None:
        self.message, self.file, self.place, self.remedy = message, file, place, remedy
        super().__init__(message)

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.place) if part)
        text = f"{where}: {self.message}" if where else self.message
        return f"{text} — {self.remedy}" if self.remedy else text

    def located(self, file: str) -> LantuError:
        """The same error, told of the file it happened in (readers work on bytes and do not know the name)."""
        if self.file is None:
            self.file = file
        return self


class UsageError(LantuError):
    """The call itself makes no sense: a missing file, an unknown format, an output that cannot be written."""

    exit_code = 2


class UnreadableFile(LantuError):
    """The bytes are not what their name says, are damaged, encrypted, or hold no text."""

    exit_code = 3


class UnsupportedFile(LantuError):
    """A kind of file that Lantu does not read."""

    exit_code = 4


class LimitExceeded(LantuError):
    """The file is larger, deeper or more compressed than the limits in force allow."""

    exit_code = 5


class NotAPlan(LantuError):
    """The text was read but holds no Chinese plan: another language, or nothing that a plan has."""

    exit_code = 6


class ExtraMissing(LantuError):
    """A feature whose optional extra is not installed (``pip install 'lantu[ocr]'``)."""

    exit_code = 7


class AssistError(LantuError):
    """The optional language-model endpoint could not be asked, or answered with something unusable."""

    exit_code = 8
