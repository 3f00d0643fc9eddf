"""What a reading found becomes the rows of a review."""

from __future__ import annotations

from collections.abc import Sequence

from lantu.model import Plan as Record
from lantu.model import Section, SectionKind, Severity
from lantu_web.accounts.acting import Person
from lantu_web.bridge.candidates import Found, found_in
from lantu_web.bridge.compiling import record_of
from lantu_web.bridge.layout import pieces
from lantu_web.documents.models import Reading, ReadingResult
from lantu_web.plans.commands import lay_out as commands
from lantu_web.plans.models import Candidate, Finding, Heading, Plan, Sentence

NUMBER = 40
NOTHING_FOUND = "nothing_found"
_NOTHING_FOUND = "未从文本中找到任何目标、任务或项目，请核对是否选错了文件。"  # findings are told in Chinese, as those of the library


def lay_out(*, by: Person, plan_id: int, reading: Reading) -> Plan:
    """Headings, sentences, candidates and findings of the reading's result; the plan goes into review.

    Raises Conflict where the plan is in review already.
    """
    laid = rows(Plan(pk=plan_id), reading.result)
    return commands.lay_out(by=by, plan_id=plan_id, reading=reading, laid=laid)


def rows(plan: Plan, result: ReadingResult) -> commands.Laid:
    """The rows of a plan, not yet saved."""
    found = record_of(result)
    headings = headings_of(plan, found.sections, len(result.text))
    by_section = {section.id: heading for section, heading in zip(found.sections, headings, strict=True)}
    candidates = candidates_of(plan, found_in(found, result), by_section)
    return commands.Laid(
        headings=headings,
        sentences=sentences_of(plan, result, found.sections, headings),
        candidates=candidates,
        findings=[*(() if candidates else nothing_found(plan, result)), *findings_of(plan, found, by_section)],
    )


def headings_of(plan: Plan, sections: Sequence[Section], length: int) -> list[Heading]:
    made: dict[str, Heading] = {}
    ends = [*(section.span.start for section in sections[1:]), length]
    for position, (section, body_end) in enumerate(zip(sections, ends, strict=False)):
        made[section.id] = Heading(
            plan=plan, parent=made.get(section.parent or ""), position=position, level=section.level, number=section.number[:NUMBER],
            title=section.title, is_box=section.kind is SectionKind.BOX, start=section.span.start, end=section.span.end, body_end=body_end,
        )  # fmt: skip
    return list(made.values())


def sentences_of(plan: Plan, result: ReadingResult, sections: Sequence[Section], headings: Sequence[Heading]) -> list[Sentence]:
    return [
        Sentence(
            plan=plan, heading=headings[piece.heading] if piece.heading >= 0 else None, position=position, block=piece.block,
            layout=piece.layout, standing=piece.standing, row=piece.row, column=piece.column, row_span=piece.row_span,
            column_span=piece.column_span, start=piece.start, end=piece.end, text=result.text[piece.start : piece.end],
        )
        for position, piece in enumerate(pieces(result, sections))
    ]  # fmt: skip


def candidates_of(plan: Plan, found: Sequence[Found], by_section: dict[str, Heading]) -> list[Candidate]:
    made: list[Candidate] = []
    for one in found:
        made.append(
            Candidate(
                plan=plan, heading=by_section.get(one.section or ""), parent=made[one.parent] if one.parent is not None else None,
                kind=one.kind, label=one.label, content=one.content, quote=one.quote, start=one.start, end=one.end, doubt=one.doubt,
                note=one.note,
            )
        )  # fmt: skip
    return made


def findings_of(plan: Plan, found: Record, by_section: dict[str, Heading]) -> list[Finding]:
    return [
        Finding(
            plan=plan, heading=by_section.get(finding.section or ""), code=finding.code[:60], severity=finding.severity.value,
            message=finding.message, start=finding.span.start, end=finding.span.end,
        )
        for finding in found.findings
    ]  # fmt: skip


def nothing_found(plan: Plan, result: ReadingResult) -> list[Finding]:
    """One finding, at the first line of the text: probably somebody chose the wrong file."""
    first = len(result.text) - len(result.text.lstrip())
    end = first + len(result.text[first:].partition("\n")[0])
    return [Finding(plan=plan, code=NOTHING_FOUND, severity=Severity.ERROR.value, message=_NOTHING_FOUND, start=first, end=end)]
