"""The options that set the limits in force."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, NamedTuple

from lantu.patterns import regex

if TYPE_CHECKING:
    from lantu.readers.limits import Limits

_SIZE = regex(r"(\d{1,12})\s*([KMG]?)(?:I?B)?", re.IGNORECASE)
_FACTORS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}


class LimitOption(NamedTuple):
    """``flag`` sets the field of ``lantu.readers.limits.Limits``; ``in_bytes`` ones take 64MB, the others a number."""

    flag: str
    field: str
    in_bytes: bool
    default: str  # as told in the help, which must not wait for the readers to load; a test holds it to Limits
    help: str


LIMIT_OPTIONS = (
    LimitOption("--max-size", "file_bytes", True, "64MB", "largest file that is opened 文件大小上限"),
    LimitOption("--max-part", "member_bytes", True, "48MB", "largest single part of a docx/xlsx once unpacked 单个部件解压上限"),
    LimitOption("--max-unpacked", "unpacked_bytes", True, "256MB", "all parts of a docx/xlsx once unpacked 解压总量上限"),
    LimitOption("--max-pages", "pages", False, "1500", "pages of a pdf 页数上限"),
    LimitOption("--max-cells", "cells", False, "400000", "table cells of a file 单元格上限"),
    LimitOption("--max-characters", "characters", False, "5000000", "characters of text 字数上限"),
)


def byte_count(text: str) -> int:
    """``64MB``, ``512 KB``, ``1g`` or a plain number of bytes (1 KB = 1024 bytes)."""
    match = _SIZE.fullmatch(text.strip())
    if not match or int(match[1]) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write it like 64MB")
    return int(match[1]) * _FACTORS[match[2].upper()]


def positive(text: str) -> int:
    """A whole number from 1."""
    if not re.fullmatch(r"[0-9]{1,12}", text) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)


def add_limit_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("limits 限制", "a file that exceeds one is refused (exit code 5)")
    for option in LIMIT_OPTIONS:
        convert, metavar = (byte_count, "SIZE") if option.in_bytes else (positive, "N")
        group.add_argument(option.flag, dest=option.field, type=convert, metavar=metavar, help=f"{option.help} (default: {option.default})")


def limits_from(arguments: argparse.Namespace) -> Limits:
    """The default limits with those that were given on the command line."""
    from lantu.readers.limits import Limits

    given = {option.field: getattr(arguments, option.field) for option in LIMIT_OPTIONS}
    return Limits(**{field: value for field, value in given.items() if value is not None})
