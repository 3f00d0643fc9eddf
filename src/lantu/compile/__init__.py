"""Document → Plan: one file per kind of thing that a plan holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from lantu.compile.actors import actors_in_place
from lantu.compile.coverage import read_coverage
from lantu.compile.figures import read_figures
from lantu.compile.findings import read_findings
from lantu.compile.identity import Identity, read_identity
from lantu.compile.layout import read_layout
from lantu.compile.ledger_tables import read_ledger_tables
from lantu.compile.mechanisms import read_mechanisms
from lantu.compile.outline import read_outline
from lantu.compile.passages import read_passages
from lantu.compile.plausibility import refuse_what_is_no_plan
from lantu.compile.project_tables import with_tabled_projects
from lantu.compile.projects import read_projects
from lantu.compile.reading import Reading
from lantu.compile.tables import TableReading, read_tables
from lantu.compile.task_tables import with_deadlines, with_tabled_tasks
from lantu.compile.tasks import read_tasks
from lantu.compile.zones import read_zones
from lantu.model import Figure, Mechanism, Plan, Project
from lantu.text.document import Document

__all__ = ["compile_document"]


def compile_document(document: Document) -> Plan:
    """Read the whole document; deterministic, no clock, no network.

    Raises NotAPlan where the text holds nothing that a Chinese plan has.
    """
    refuse_what_is_no_plan(document)
    layout = read_layout(document)
    sections = read_outline(document, layout)
    identity = read_identity(document, sections)
    tables = read_tables(document, sections, identity.period, layout)
    ledgers = read_ledger_tables(document, [table.span for table in tables.tables], layout)
    skip = tuple(sorted((*tables.skip, *ledgers.skip, *layout.contents)))
    reading = Reading(document, sections, identity.period, _issued_year(identity), skip, ledgers.cells, layout)
    prose, actuals = read_figures(reading, tables.targets)
    targets, tables = _one_row(with_deadlines(reading, prose, ledgers.tables), tables)
    projects = with_tabled_projects(reading, read_projects(reading), ledgers.tables)
    mechanisms, zones = read_mechanisms(reading), read_zones(reading)
    actors, placed_actors = actors_in_place(reading, ledgers.actors)
    concrete: list[Figure | Project | Mechanism] = [*targets, *actuals, *projects, *mechanisms]
    passages = read_passages(reading, (item.span for item in concrete))
    tasks = read_tasks(reading, passages, targets, actuals, projects, placed_actors)
    tasks = with_tabled_tasks(tasks, ledgers.tables, reading, passages, targets, actuals, projects, placed_actors)
    coverage = read_coverage(reading, passages, tasks, (*targets, *actuals))
    findings = read_findings(reading, targets=targets, tables=tables.tables, tasks=tasks, actors=actors)
    return Plan(
        source=document.source, repairs=document.repairs, title=identity.title, issuer=identity.issuer,
        document_number=identity.document_number, issued_on=identity.issued_on, region=identity.region, period=identity.period,
        text=document.text, metadata=document.metadata, sections=sections, targets=targets, actuals=actuals,
        indicator_tables=tables.tables, tasks=tasks, projects=projects, mechanisms=mechanisms, zones=zones, actors=actors,
        findings=findings, coverage=round(coverage.share, 4),
    )  # fmt: skip


def _issued_year(identity: Identity) -> int | None:
    return int(identity.issued_on[:4]) if identity.issued_on else None


def _one_row(prose: Iterable[Figure], tables: TableReading) -> tuple[tuple[Figure, ...], TableReading]:
    """The targets of prose and tables in the order of the text, numbered through, and the tables with the new numbers."""
    ordered = sorted((*prose, *tables.targets), key=lambda figure: figure.span)
    named: Mapping[str, str] = {figure.id: f"T{number}" for number, figure in enumerate(ordered, 1)}
    rows = tuple(replace(table, rows=tuple(named[row] for row in table.rows)) for table in tables.tables)
    targets = (figure if named[figure.id] == figure.id else replace(figure, id=named[figure.id]) for figure in ordered)
    return tuple(targets), tables._replace(tables=rows)
