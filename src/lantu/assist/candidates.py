"""Plan + endpoint → the plan with what the assistant found besides, and what became of every candidate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lantu.assist.endpoint import Endpoint, ask
from lantu.assist.grounding import MalformedError, UngroundedError, Window, ground_figure, ground_mechanism, ground_project
from lantu.assist.question import messages_for, read_answer
from lantu.errors import AssistError
from lantu.model import Figure, Mechanism, Plan, Project, Span
from lantu.text.document import Document

WINDOW = 3_000  # characters asked about at once: what a small local model still reads with care
SHORTEST = 15  # a stretch with fewer characters says nothing that could be counted or named
FAILURES = 2  # after so many in a row the endpoint is left alone


@dataclass(frozen=True, slots=True)
class AssistReport:
    """Counts over all answers: ``accepted`` candidates joined the plan, the other three were thrown away.

    ``unusable`` answers held no JSON of the shape asked for; ``asked`` counts questions, answered or not.
    """

    asked: int = 0
    accepted: int = 0
    doubled: int = 0
    ungrounded: int = 0
    malformed: int = 0
    unusable: int = 0
    failures: tuple[AssistError, ...] = ()
    gave_up: bool = False

    @property
    def warning(self) -> str | None:
        """One line where candidates may be missing; the rule-based plan is complete either way."""
        told = [f"{len(self.failures)} of {self.asked} questions failed: {self.failures[-1]}"] if self.failures else []
        told += ["the rest was not asked"] if self.gave_up else []
        told += [f"{self.unusable} of {self.asked} answers were no JSON as asked for"] if self.unusable else []
        return "; ".join(told) or None


@dataclass(slots=True)
class _Gathering:
    """What has been accepted so far, beside what the rules found."""

    plan: Plan
    targets: list[Figure] = field(default_factory=list)
    actuals: list[Figure] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    mechanisms: list[Mechanism] = field(default_factory=list)

    def result(self) -> Plan:
        """The plan with both, in the order of the text."""
        return replace(
            self.plan,
            targets=_in_order(self.plan.targets, self.targets),
            actuals=_in_order(self.plan.actuals, self.actuals),
            projects=_in_order(self.plan.projects, self.projects),
            mechanisms=_in_order(self.plan.mechanisms, self.mechanisms),
        )

    def add_figure(self, window: Window, candidate: Any) -> bool:
        count = len(self.targets) + len(self.actuals) + 1
        status, figure = ground_figure(window, candidate, f"AF{count}")
        known = (*self.plan.targets, *self.plan.actuals, *self.targets, *self.actuals)
        if any(_touch(figure.span, other.span) and _same_number(figure, other) for other in known):
            return False
        (self.targets if status == "target" else self.actuals).append(figure)
        return True

    def add_project(self, window: Window, candidate: Any) -> bool:
        project = ground_project(window, candidate, f"AP{len(self.projects) + 1}")
        if _is_known(project, (*self.plan.projects, *self.projects)):
            return False
        self.projects.append(project)
        return True

    def add_mechanism(self, window: Window, candidate: Any) -> bool:
        mechanism = ground_mechanism(window, candidate, f"AM{len(self.mechanisms) + 1}")
        if _is_known(mechanism, (*self.plan.mechanisms, *self.mechanisms)):
            return False
        self.mechanisms.append(mechanism)
        return True


def add_candidates(plan: Plan, document: Document, endpoint: Endpoint) -> tuple[Plan, AssistReport]:
    """Ask about every section of the document that ``plan`` was compiled from.

    Never loses what the rules found: an endpoint that fails is told in the report. Ids of what was added begin with ``A``
    and a letter for its kind (AF figures, AP projects, AM mechanisms).
    """
    gathering, report, in_a_row = _Gathering(plan), AssistReport(), 0
    for window in _windows(plan, document):
        if in_a_row == FAILURES:
            report = replace(report, gave_up=True)
            break
        report = replace(report, asked=report.asked + 1)
        try:
            content = ask(endpoint, messages_for(window.text))
        except AssistError as error:
            report, in_a_row = replace(report, failures=(*report.failures, error)), in_a_row + 1
            continue
        report, in_a_row = _take(gathering, window, content, report), 0
    return gathering.result(), report


def _take(gathering: _Gathering, window: Window, content: str, report: AssistReport) -> AssistReport:
    """The report after one answer, whose grounded candidates join the gathering."""
    answer = read_answer(content)
    if answer is None:
        return replace(report, unusable=report.unusable + 1)
    counts: Counter[str] = Counter()
    add = {"figures": gathering.add_figure, "projects": gathering.add_project, "mechanisms": gathering.add_mechanism}
    for kind, candidates in answer.items():
        for candidate in candidates:
            try:
                counts["accepted" if add[kind](window, candidate) else "doubled"] += 1
            except UngroundedError:
                counts["ungrounded"] += 1
            except MalformedError:
                counts["malformed"] += 1
    return replace(
        report,
        accepted=report.accepted + counts["accepted"],
        doubled=report.doubled + counts["doubled"],
        ungrounded=report.ungrounded + counts["ungrounded"],
        malformed=report.malformed + counts["malformed"],
    )


def _windows(plan: Plan, document: Document) -> Iterator[Window]:
    """The body of each section, cut at line ends where it is long; text before the first heading belongs to none."""
    starts = [(0, None), *((section.span.end, section.id) for section in plan.sections)]
    ends = [*(section.span.start for section in plan.sections), len(document.text)]
    for (start, section), end in zip(starts, ends, strict=True):
        for span in _cut(document.text, start, end):
            if len(document.text[span.start : span.end].strip()) >= SHORTEST:
                yield Window(document, section, span)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > WINDOW:
        at = text.rfind("\n", start + 1, start + WINDOW) + 1 or start + WINDOW
        yield Span(start, at)
        start = at
    if start < end:
        yield Span(start, end)


def _in_order(found: tuple[Any, ...], added: list[Any]) -> tuple[Any, ...]:
    return tuple(sorted((*found, *added), key=lambda record: record.span)) if added else found


def _touch(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _same_number(figure: Figure, other: Figure) -> bool:
    return other.value is not None and figure.value == other.value and figure.value_high == other.value_high


def _is_known(record: Project | Mechanism, known: tuple[Project | Mechanism, ...]) -> bool:
    """The same thing by name, or by place where one name holds the other."""
    return any(
        record.name == other.name or (_touch(record.span, other.span) and (record.name in other.name or other.name in record.name))
        for other in known
    )
