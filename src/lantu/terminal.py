"""A plan on a terminal: what `lantu show`, `lantu check` and `--format table` print.

Colours and the width of the window where somebody watches; plain text of a fixed width where the output goes into a file or a pipe.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lantu.interchange.ledger.overview import period_label, title_of
from lantu.interchange.places import Places, range_label
from lantu.interchange.typeset import harmless, typeset
from lantu.interchange.wording import SEVERITIES, fact, heading, statement, target_line
from lantu.model import Figure, Plan, Project, Section, SectionKind, Severity, Task
from lantu.patterns import regex

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text
    from rich.tree import Tree

PIPE_WIDTH = 120  # columns where nobody watches
_SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_COUNT_STYLES = {"任务": "green", "目标": "cyan", "现状": "blue", "项目": "magenta"}
_HEADING_LIMIT = 40  # characters of a heading in the outline; run-in headings may be whole sentences
_SHORT_COLUMNS = ("序号", "年份", "时限", "举措", "程度", "原文位置")
_PLACE_LIMIT = 12  # characters of a heading in a table
_QUIET = "dim"
_TRAILING_BLANKS = regex(r" +\n")
_BLANK_LINES = regex(r"\n(?: *\n){2,}")


@dataclass(frozen=True, slots=True)
class Screen:
    """Where text is shown: ``width`` in half-width characters."""

    width: int = PIPE_WIDTH
    colours: bool = False

    @classmethod
    def of_process(cls) -> Screen:
        """The terminal that stdout is, or a plain page."""
        if not sys.stdout.isatty():
            return cls()
        return cls(shutil.get_terminal_size((PIPE_WIDTH, 40)).columns, colours=True)


def render_show(plan: Plan, screen: Screen | None = None) -> str:
    """The outline with counts, the targets, the actuals and the findings."""
    places = Places(plan)
    parts = (
        *_head(plan), *_outline(plan, places), *_figures("目标", plan.targets, places, statement),
        *_figures("现状", plan.actuals, places, fact), *_findings(plan, places),
    )  # fmt: skip
    return _printed(parts, screen or Screen.of_process())


def render_table(plan: Plan, screen: Screen | None = None) -> str:
    """The ledger in short: tasks, targets, projects, mechanisms, zones. Plain unless the screen asks for colours."""
    places = Places(plan)
    projects = [(typeset(item.name), item.stage or item.verb, typeset(item.investment or "")) for item in plan.projects]
    mechanisms = [(typeset(item.name), item.verb, typeset(item.what)) for item in plan.mechanisms]
    parts = (
        *_head(plan), *_tasks(plan, places), *_figures("目标", plan.targets, places, statement),
        *_listed("项目", ("名称", "阶段", "投资"), projects), *_listed("机制", ("名称", "动作", "要求"), mechanisms),
        *_listed("片区", ("名称", "东至", "西至", "南至", "北至"), list(_zone_rows(plan))),
    )  # fmt: skip
    return _printed(parts, screen or Screen(Screen.of_process().width))


def render_check(plan: Plan, screen: Screen | None = None) -> str:
    """The findings, gravest first, each with its place; one line that says so where there are none."""
    from rich.text import Text

    place = screen or Screen.of_process()
    if not plan.findings:
        return _printed([Text(f"{title_of(plan)}：未发现问题", "green")], place)
    return _printed([Text(title_of(plan), "bold"), *_findings(plan, Places(plan))], place)


def _printed(parts: Iterable[RenderableType], screen: Screen) -> str:
    from rich.console import Console

    target = io.StringIO()
    console = Console(
        file=target, width=screen.width, force_terminal=screen.colours, no_color=not screen.colours, legacy_windows=False, highlight=False,
        color_system="standard" if screen.colours else None, emoji=False, markup=False, _environ={},
    )  # fmt: skip
    for part in parts:
        console.print(part)
    return _TRAILING_BLANKS.sub("\n", _BLANK_LINES.sub("\n\n", target.getvalue().rstrip())) + "\n"


def _head(plan: Plan) -> Iterator[Text]:
    from rich.text import Text

    yield Text(title_of(plan), "bold")
    period = period_label(plan)
    file = harmless(plan.source.file) if plan.title else ""  # without a title the file's name stands in its place
    said = [plan.issuer, plan.document_number, plan.issued_on, plan.region, f"规划期{period}" if period else "", file]
    if any(said):
        yield Text(" · ".join(part for part in said if part), _QUIET)
    counts = {
        "任务": plan.tasks, "目标": plan.targets, "现状": plan.actuals, "项目": plan.projects, "机制": plan.mechanisms,
        "片区": plan.zones, "责任主体": plan.actors, "问题": plan.findings,
    }  # fmt: skip
    found = "  ".join(f"{name}{len(items)}" for name, items in counts.items())
    yield Text(f"{found}  正文覆盖率{plan.coverage:.0%}")


def _outline(plan: Plan, places: Places) -> Iterator[Tree]:
    """The headings as a tree, each with what stands under it and below; nothing where there are none."""
    from rich.text import Text
    from rich.tree import Tree

    totals = _totals(plan, places)
    root = Tree(Text("目录", "bold"), guide_style=_QUIET)
    branches: dict[str, Tree] = {}
    for section in plan.sections:
        if section.kind is not SectionKind.TITLE:
            branches[section.id] = branches.get(section.parent or "", root).add(_branch(section, totals))
    if branches:
        yield root


def _branch(section: Section, totals: dict[str, Counter[str]]) -> Text:
    from rich.text import Text

    text = Text(_cut(typeset(heading(section)), _HEADING_LIMIT), overflow="fold")
    for name, style in _COUNT_STYLES.items():
        if count := totals[name][section.id]:
            text.append(f"  {name}{count}", style)
    return text


def _totals(plan: Plan, places: Places) -> dict[str, Counter[str]]:
    """Kind → section id → number of things in the section and all below it."""
    kinds: dict[str, Sequence[Task | Figure | Project]] = {
        "任务": plan.tasks, "目标": plan.targets, "现状": plan.actuals, "项目": plan.projects,
    }  # fmt: skip
    totals: dict[str, Counter[str]] = {name: Counter() for name in kinds}
    for name, items in kinds.items():
        for item in items:
            totals[name].update(section.id for section in places.path(item.section))
    return totals


def _figures(title: str, figures: Sequence[Figure], places: Places, said: Callable[[Figure], str]) -> Iterator[RenderableType]:
    if not figures:
        return
    table = _table(title, len(figures), ("指标", title, "年份", "章节", "原文位置"))
    for figure in figures:
        year = str(figure.year) if figure.year is not None else ""
        table.add_row(
            typeset(figure.subject), typeset(said(figure)), year, _chapter(figure.section, places), range_label(figure.raw_span)
        )
    yield from ("", table)


def _tasks(plan: Plan, places: Places) -> Iterator[RenderableType]:
    if not plan.tasks:
        return
    table = _table("任务", len(plan.tasks), ("序号", "重点任务", "举措", "目标值", "时限", "建议牵头"))
    targets = {figure.id: figure for figure in plan.targets}
    for task in plan.tasks:
        lines = [typeset(target_line(targets[id], task.deadline)) for measure in task.measures for id in measure.targets if id in targets]
        deadline = str(task.deadline) if task.deadline is not None else ""
        unit = task.suggested_units[0].unit if task.suggested_units else ""
        table.add_row(places.next_serial(task.section), typeset(task.title), str(len(task.measures)), "\n".join(lines), deadline, unit)
    yield from ("", table)


def _listed(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[RenderableType]:
    if not rows:
        return
    table = _table(title, len(rows), columns)
    for row in rows:
        table.add_row(*row)
    yield from ("", table)


def _zone_rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    for zone in plan.zones:
        sides = (zone.bounds.east, zone.bounds.west, zone.bounds.south, zone.bounds.north)
        yield (typeset(zone.name), *(typeset(side or "") for side in sides))


def _findings(plan: Plan, places: Places) -> Iterator[RenderableType]:
    from rich.text import Text

    if not plan.findings:
        return
    table = _table("问题", len(plan.findings), ("程度", "问题", "章节", "原文位置"))
    gravest_first = list(Severity)
    for finding in sorted(plan.findings, key=lambda item: (gravest_first.index(item.severity), item.span)):
        severity = Text(SEVERITIES[finding.severity], _SEVERITY_STYLES[finding.severity])
        table.add_row(severity, typeset(finding.message), _chapter(finding.section, places), range_label(finding.raw_span))
    yield from ("", table)


def _chapter(section: str | None, places: Places) -> str:
    """The innermost heading, cut: enough to find the place, short enough for a column."""
    path = places.path(section)
    return _cut(typeset(heading(path[-1])), _PLACE_LIMIT) if path else ""


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _table(title: str, count: int, columns: Sequence[str]) -> Table:
    """An empty table; its short columns are never broken, the others share what room is left."""
    from rich import box
    from rich.table import Table

    table = Table(
        title=f"{title}（{count}）", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold"
    )
    for name in columns:
        table.add_column(name, overflow="fold", no_wrap=name in _SHORT_COLUMNS)
    return table
