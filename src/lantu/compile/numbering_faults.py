"""Faults of the numbering of headings: repeated, skipped, out of order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lantu.compile.numbering import Form, read_number, renumbered
from lantu.model import Section, SectionKind


class Fault(NamedTuple):
    """``section`` is an index into the sections, ``expected`` the number that should stand there, in the printed form."""

    section: int
    code: str
    expected: str


def numbering_faults(sections: Sequence[Section]) -> tuple[Fault, ...]:
    """Every heading whose number does not follow from the one before it.

    A count may begin anew under a new parent or run on from the last one of its form; boxes are counted through the document.
    """
    faults: list[Fault] = []
    inside: dict[tuple[str | None, Form], int] = {}
    overall: dict[Form, int] = {}
    for index, section in enumerate(sections):
        number = read_number(section.number, 0, len(section.number)) if section.number else None
        if number is None or not number.path or number.form is Form.DECIMAL:
            continue
        parent = None if section.kind is SectionKind.BOX else section.parent
        before = inside.get((parent, number.form))
        code = _code(number.value, before, overall.get(number.form))
        if code is not None:
            expected = _expected(number.value, before, overall.get(number.form, 0))
            faults.append(Fault(index, code, renumbered(section.number, expected)))
        inside[parent, number.form] = overall[number.form] = number.value
    return tuple(faults)


def _expected(value: int, before: int | None, overall: int) -> int:
    """One more than the last; for the first under a new parent the count runs on where the printed number lies beyond it."""
    return before + 1 if before is not None else overall + 1 if value > overall else 1


def _code(value: int, before: int | None, overall: int | None) -> str | None:
    """What is wrong with ``value`` after ``before`` (the last under this parent; None for the first of them)."""
    if before is None:
        return None if value == 1 or value == (overall or 0) + 1 else "heading_number_skipped"
    if value == before + 1:
        return None
    if value == before:
        return "heading_number_repeated"
    return "heading_number_skipped" if value > before else "heading_number_disordered"
