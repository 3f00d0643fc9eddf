"""Findings: what a careful reader of the plan would be told, in Chinese, each with its place and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from lantu.compile.checks.figures import Figures, check_figures
from lantu.compile.checks.report import Report
from lantu.compile.checks.structure import check_structure
from lantu.compile.checks.wording import check_wording
from lantu.compile.reading import Reading
from lantu.model import Actor, Figure, Finding, IndicatorTable, Section, Task
from lantu.patterns import regex
from lantu.rulebooks.wording import wording

# Where a plan says who answers for it.
_IMPLEMENTATION = ("组织实施", "实施保障", "保障措施", "规划实施", "组织保障", "实施机制", "组织领导", "保障")

# Kinds of documents in which nobody is named: the work is given out later, in a 分工方案.
_GENERAL = regex("(?:规划|纲要|报告)(?![^(《]*(?:方案|计划|意见|分工))")


def read_findings(
    reading: Reading, *, targets: Sequence[Figure], tables: Sequence[IndicatorTable], tasks: Sequence[Task], actors: Sequence[Actor]
) -> tuple[Finding, ...]:
    """Everything there is to tell, in the order of the text."""
    report = Report(reading)
    check_structure(report)
    check_wording(report)
    check_figures(report, Figures.of(targets, tables))
    _check_responsibility(report, tasks, actors)
    return report.findings()


def _check_responsibility(report: Report, tasks: Sequence[Task], actors: Sequence[Actor]) -> None:
    """One finding for a plan of tasks that names nobody, at the chapter that should. Outlines and reports never name anybody."""
    if not tasks or actors or not _should_name(report):
        return
    chapter = _implementation_chapter(report.reading.sections)
    report.add("responsible_unit_missing", *(chapter.span if chapter else tasks[-1].span), tasks=len(tasks))


def _should_name(report: Report) -> bool:
    """Is it a document that gives out work, and without a column or label of those who answer?"""
    titles = [section.title for section in report.reading.sections if section.level == 0]
    if any(_GENERAL.search(title) for title in titles[-1:]):
        return False
    return not any(label in report.text for label in wording().duty.labels)


def _implementation_chapter(sections: Sequence[Section]) -> Section | None:
    """The last heading that speaks of carrying out the plan."""
    return next((section for section in reversed(sections) if any(word in section.title for word in _IMPLEMENTATION)), None)
