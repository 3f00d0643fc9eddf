"""The ledger of a plan as tables, the same for the workbook, Markdown and CSV."""

from __future__ import annotations

from dataclasses import dataclass

from lantu.interchange.ledger import figures, tasks, things
from lantu.interchange.ledger.overview import Overview, overview
from lantu.interchange.ledger.table import Table
from lantu.interchange.places import Places
from lantu.model import Plan

__all__ = ["Ledger", "ledger"]


@dataclass(frozen=True, slots=True)
class Ledger:
    overview: Overview
    tables: tuple[Table, ...]


def ledger(plan: Plan) -> Ledger:
    """Every table of the plan, in the order of the workbook's sheets."""
    places = Places(plan)
    tables = (
        tasks.task_table(plan, places),
        figures.target_table(plan, places),
        figures.actual_table(plan, places),
        things.project_table(plan, places),
        things.mechanism_table(plan, places),
        things.zone_table(plan, places),
        things.actor_table(plan, places),
        things.finding_table(plan, places),
        things.outline_table(plan),
        *((things.loss_table(plan),) if plan.repairs.losses else ()),
    )
    return Ledger(overview(plan, tables, places), tables)
