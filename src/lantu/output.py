"""Plan → the bytes of an output file, and files that are whole or not there."""

from __future__ import annotations

import os
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from lantu.errors import UsageError
from lantu.model import Plan

PART_SUFFIX = ".lantu-part"  # of a file that is being written; never a name that a user would give
_PART_STEM = 40  # characters of the output's name: with up to four bytes each, the whole stays under the 255 of file systems


class OutputFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    XLSX = "xlsx"
    MD = "md"


EXTENSIONS = {OutputFormat.TABLE: ".txt", OutputFormat.JSON: ".json", OutputFormat.XLSX: ".xlsx", OutputFormat.MD: ".md"}


def format_for(path: Path) -> OutputFormat:
    """The format that the name of an output file asks for. Raises UsageError where it asks for none."""
    for output_format, extension in EXTENSIONS.items():
        if path.suffix.lower() == extension:
            return output_format
    names = ", ".join(EXTENSIONS.values())
    raise UsageError(
        f"{path.suffix or 'no suffix'} names no output format", file=str(path), remedy=f"use one of {names}, or --format 请指定格式"
    )


def render(plan: Plan, output_format: OutputFormat, *, text: bool) -> bytes:
    """The whole output; ``text`` says whether a JSON output bears the canonical text."""
    match output_format:
        case OutputFormat.JSON:
            from lantu.interchange.plan_json import dumps

            return dumps(plan, text=text).encode("utf-8", "backslashreplace")
        case OutputFormat.XLSX:
            from lantu.interchange.workbook import workbook_bytes

            return workbook_bytes(plan)
        case OutputFormat.MD:
            from lantu.interchange.markdown import render_markdown

            return render_markdown(plan).encode("utf-8", "backslashreplace")
        case OutputFormat.TABLE:
            from lantu.terminal import Screen, render_table

            return render_table(plan, Screen()).encode("utf-8", "backslashreplace")


def write_whole(path: Path, content: bytes) -> None:
    """Write the file under another name in its folder, then rename: readers, and a kill at any moment, see all of it or none.

    Raises UsageError where the place cannot be written.
    """
    part = path.with_name(f".{path.name[:_PART_STEM]}.{os.getpid()}{PART_SUFFIX}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(
            f"cannot be written: {reason}", file=str(path), remedy="choose another -o, or free space 请更换输出位置"
        ) from error


def remove_parts(outdir: Path) -> None:
    """Remove what killed runs left half-written below ``outdir``; what a run that still lives is writing stays."""
    for part in outdir.rglob(f".*{PART_SUFFIX}"):
        if not _is_alive(part.name.removesuffix(PART_SUFFIX).rpartition(".")[2]):
            with suppress(OSError):
                part.unlink()


def _is_alive(process: str) -> bool:
    if os.name != "posix":  # elsewhere there is no harmless signal to ask with
        return False
    try:
        os.kill(int(process), 0)  # signal 0: asks only
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except OSError:
        return True
    return True
