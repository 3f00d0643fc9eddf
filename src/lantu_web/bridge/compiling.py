"""What was found in a file ⇄ the row that keeps it."""

from __future__ import annotations

from lantu.interchange.plan_json import plan_from_dict
from lantu.model import Plan
from lantu_web.bridge.steps import Compiled, compiled, opened, repaired, told
from lantu_web.documents.models import Reading, ReadingResult


def compile_bytes(data: bytes, file_name: str) -> Compiled:
    """All three steps at once. Raises a LantuError that says what is wrong with the file."""
    return compiled(repaired(opened(data, file_name)))


def result_of(reading: Reading, found: Compiled) -> ReadingResult:
    """The row, not yet saved, that keeps what was found."""
    return ReadingResult(reading=reading, **told(found))


def record_of(result: ReadingResult) -> Plan:
    """The plan as the library found it, with its text."""
    return plan_from_dict({**result.plan, "text": result.text})
