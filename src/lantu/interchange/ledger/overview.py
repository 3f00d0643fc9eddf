"""概览: what the document is, what was found in it, chapter by chapter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lantu.interchange.ledger.table import Table
from lantu.interchange.places import Places
from lantu.interchange.typeset import harmless, typeset
from lantu.interchange.wording import REPAIRS, SEVERITIES, heading
from lantu.model import Figure, Plan, Project, Severity, Task

UNTITLED = "（未见标题）"


@dataclass(frozen=True, slots=True)
class Overview:
    """``facts`` label and value; ``counts`` sheet name and number of things; ``chapters`` heading, tasks, targets, projects."""

    title: str
    facts: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]
    chapters: tuple[tuple[str, int, int, int], ...]


def title_of(plan: Plan) -> str:
    """The title of the document; the name of its file where it has none."""
    return typeset(plan.title) if plan.title else harmless(plan.source.file) or UNTITLED


def overview(plan: Plan, tables: tuple[Table, ...], places: Places) -> Overview:
    counts = tuple((table.name, len(table.groups)) for table in tables)
    return Overview(title_of(plan), tuple(fact for fact in _facts(plan) if fact[1]), counts, _chapters(plan, places))


def _facts(plan: Plan) -> tuple[tuple[str, str], ...]:
    source, metadata = plan.source, tuple((harmless(typeset(key)), harmless(typeset(value))) for key, value in plan.metadata.items())
    return (
        ("发布机关", plan.issuer or ""),
        ("文号", plan.document_number or ""),
        ("成文日期", plan.issued_on or ""),
        ("适用区域", plan.region or ""),
        ("规划期", period_label(plan)),
        *metadata,
        ("来源文件", harmless(source.file)),
        ("文件规模", f"{source.characters}字" + (f"，{source.pages}页" if source.pages else "")),
        ("文件校验值", f"SHA-256 {source.sha256}"),
        ("正文覆盖率", f"{plan.coverage:.1%}"),
        ("问题提示", _severities(plan)),
        ("文本修复", _repairs(plan)),
    )


def period_label(plan: Plan) -> str:
    """2021—2025年，展望至2035年; empty where the document names no period."""
    period = plan.period
    if period is None:
        return ""
    years = "—".join(str(year) for year in (period.start, period.end) if year is not None)
    horizon = f"展望至{period.horizon}年" if period.horizon else ""
    return "，".join(part for part in (f"{years}年" if years else "", horizon) if part)


def _severities(plan: Plan) -> str:
    counts = Counter(finding.severity for finding in plan.findings)
    return "，".join(f"{SEVERITIES[severity]}{counts[severity]}条" for severity in Severity if counts[severity])


def _repairs(plan: Plan) -> str:
    made = [f"{REPAIRS.get(kind, kind)}{count}处" for kind, count in plan.repairs.counts.items() if count]
    lost = [f"未能还原{len(plan.repairs.losses)}处"] if plan.repairs.losses else []
    return "，".join(made + lost)


def _chapters(plan: Plan, places: Places) -> tuple[tuple[str, int, int, int], ...]:
    kinds: tuple[tuple[Task | Figure | Project, ...], ...] = (plan.tasks, plan.targets, plan.projects)
    tasks, targets, projects = (Counter(_chapter_id(item.section, places) for item in items) for items in kinds)
    chapters = [(section.id, typeset(heading(section))) for section in plan.sections if places.path(section.id) == (section,)]
    before = [(None, "（章前）")] if tasks[None] or targets[None] or projects[None] else []
    return tuple((name, tasks[id], targets[id], projects[id]) for id, name in (*before, *chapters))


def _chapter_id(section: str | None, places: Places) -> str | None:
    chapter = places.chapter(section)
    return chapter.id if chapter else None
