"""Headings, boxes, tables, paragraphs: what is numbered wrongly, empty, missing or printed twice."""

from __future__ import annotations

from collections.abc import Sequence

from lantu.compile.checks.report import Report
from lantu.compile.numbering import Form, read_number
from lantu.compile.numbering_faults import numbering_faults
from lantu.compile.reading import ITEM_LEVEL
from lantu.compile.tables import missing_tables
from lantu.model import Section, SectionKind
from lantu.text.document import LineKind


def check_structure(report: Report) -> None:
    _check_numbers(report)
    _check_empty(report)
    _check_tables(report)
    _check_repeated(report)


def _check_numbers(report: Report) -> None:
    sections, text = report.reading.sections, report.text
    for fault in numbering_faults(sections):
        section = sections[fault.section]
        since = _since(sections, fault.section)
        if fault.code == "heading_number_skipped" and text.find(f"\n{fault.expected}", since, section.span.start) >= 0:
            continue  # printed, as the head of a paragraph that is no heading
        report.add(fault.code, *section.span, number=section.number, title=section.title, expected=fault.expected)


def _since(sections: Sequence[Section], index: int) -> int:
    """Where the last heading before the one at ``index`` stands that is numbered in the same form."""
    form = _form(sections[index])
    return next((section.span.start for section in reversed(sections[:index]) if _form(section) == form), 0)


def _form(section: Section) -> Form | None:
    number = read_number(section.number, 0, len(section.number))
    return number.form if number else None


def _check_empty(report: Report) -> None:
    """Chapters, 节 and boxes without a body. Items that are all heading are a way to print lists, not a fault."""
    sections, text = report.reading.sections, report.text
    parents = {section.parent for section in sections}
    for index, section in enumerate(sections):
        end = sections[index + 1].span.start if index + 1 < len(sections) else len(text)
        if section.id in parents or text[section.span.end : end].strip():
            continue
        if section.kind is SectionKind.BOX:
            report.add("box_without_items", *section.span, number=section.number, title=section.title)
        elif _must_have_body(section):
            report.add("empty_section", *section.span, number=section.number, title=section.title)


def _must_have_body(section: Section) -> bool:
    return section.kind is SectionKind.HEADING and 0 < section.level < ITEM_LEVEL and bool(section.number)


def _check_tables(report: Report) -> None:
    for span in missing_tables(report.reading.document, report.reading.sections, report.reading.layout):
        report.add("table_missing_under_caption", *span, caption=report.quote(*span))


def _check_repeated(report: Report) -> None:
    """Long paragraphs that are word for word the same; cells of tables repeat rightly."""
    seen: set[str] = set()
    for line in report.reading.document.lines:
        if line.end - line.start < report.limits.duplicate_length or line.kind is LineKind.CELL:
            continue
        words = report.text[line.start : line.end]
        if words in seen:
            report.add("duplicate_paragraph", line.start, line.end, quote=report.quote(line.start, line.end))
        seen.add(words)
