"""Make the file that somebody asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.documents.folders import on_disk
from lantu_web.lib import clock
from lantu_web.lib.errors import Invalid
from lantu_web.plans.models import Plan
from lantu_web.tasks.commands.exchange import path_of
from lantu_web.tasks.commands.exchange_leases import end, progress
from lantu_web.tasks.enums import ExchangeState
from lantu_web.tasks.models import Division, Exchange
from lantu_web.tasks.queries.exchange_lines import lines_of, people_of, years_of
from lantu_web.tasks.queries.exchange_names import Names, names_in
from lantu_web.tasks.queries.exchanges import changeable, choices_for, tasks_of_export
from lantu_web.tasks.queries.signing import last_day_to_sign
from lantu_web.tasks.spreadsheet.layout import places_of, years_shown
from lantu_web.tasks.spreadsheet.writing import Head, write_ledger
from lantu_web.tasks.word.breakdown import write_breakdown
from lantu_web.tasks.word.division import Scheme, write_division

SUFFIX, PAPER_SUFFIX = ".xlsx", ".docx"
MOST_IN_A_PAPER = 3_000  # tasks
_AT_WORK = 90  # per cent when the last row is written; the rest is packing


def export_ledger(*, by: Person, exchange: Exchange) -> None:
    """The ledger as a workbook. Raises Superseded where somebody gave it up meanwhile."""
    tasks = tasks_of_export(by, exchange)
    ids = list(tasks.values_list("pk", flat=True))
    names = names_in(exchange.zone_id, people_of(tasks))
    year = exchange.year or clock.today().year
    places = places_of(exchange.columns, years_shown(years_of(tasks), exchange.paper, year), changeable(by))
    path = path_of(exchange.zone_id, exchange, SUFFIX)
    on_disk(path).parent.mkdir(parents=True, exist_ok=True)
    title = f"{exchange.plan.name}重点任务台账" if exchange.plan else f"{exchange.zone.name}重点任务台账"
    count = write_ledger(
        on_disk(path), Head(title=title, note=_note(exchange, year), batch=str(exchange.batch), paper=exchange.paper), places,
        choices_for(by, names), len(ids), lines_of(ids, names, year=year),
        lambda done: progress(exchange, _AT_WORK * done / max(1, len(ids))),
    )  # fmt: skip
    name = f"{title}-{clock.today():%Y%m%d}{SUFFIX}"
    end(exchange, ExchangeState.READY, path=path, file_name=name[-255:], told={"rows": count})


def export_division(*, by: Person, exchange: Exchange) -> None:
    """The division scheme as an official paper. Raises Superseded as above, Invalid where it is too long for a paper."""
    plan, ids, names, _year = _for_a_paper(by, exchange)
    found = Division.objects.filter(plan=plan).first()
    title = found.title if found else f"{plan.name}分工方案"
    scheme = Scheme(
        title=title, plan=plan.name, document_number=found.document_number if found else "",
        bureau=plan.issuing_body or plan.approving_body or exchange.zone.name, issued_on=clock.today(),
        sign_by=last_day_to_sign(tasks_of_export(by, exchange)),
    )  # fmt: skip
    _written(exchange, title, lambda path, told: write_division(path, scheme, lines_of(ids, names), told), len(ids))


def export_breakdown(*, by: Person, exchange: Exchange) -> None:
    """The table of the breakdown as an attachment to it."""
    plan, ids, names, year = _for_a_paper(by, exchange)
    title, years = f"{plan.name}任务分解表", years_of(tasks_of_export(by, exchange))
    _written(
        exchange, title,
        lambda path, told: write_breakdown(
            path, title=title, years=years, year=year, portions=lambda: lines_of(ids, names, year=year), told=told
        ),
        len(ids),
    )  # fmt: skip


def _for_a_paper(by: Person, exchange: Exchange) -> tuple[Plan, list[int], Names, int]:
    plan, tasks = exchange.plan, tasks_of_export(by, exchange)
    if plan is None:
        raise Invalid(_("Choose the plan."), field="plan")
    ids = list(tasks.order_by("position", "pk").values_list("pk", flat=True))  # as the plan goes, however the list was sorted
    if len(ids) > MOST_IN_A_PAPER:
        message = _("%(count)s tasks are too many for a paper; at most %(most)s are possible. Narrow the list, or export the workbook.")
        raise Invalid(message % {"count": len(ids), "most": MOST_IN_A_PAPER}, field="plan")
    return plan, ids, names_in(exchange.zone_id, people_of(tasks)), exchange.year or clock.today().year


def _written(exchange: Exchange, title: str, write: Callable[[Path, Callable[[int], None]], int], expected: int) -> None:
    path = path_of(exchange.zone_id, exchange, PAPER_SUFFIX)
    on_disk(path).parent.mkdir(parents=True, exist_ok=True)
    count = write(on_disk(path), lambda done: progress(exchange, _AT_WORK * done / max(1, expected)))
    end(exchange, ExchangeState.READY, path=path, file_name=f"{title}{PAPER_SUFFIX}"[-255:], told={"rows": count})


def _note(exchange: Exchange, year: int) -> str:
    day = clock.today()
    return (
        f"制表单位：{exchange.zone.name}　　制表日期：{day.year}年{day.month}月{day.day}日　　阶段节点：{year}年　　"
        "浅黄色单元格可以修改后导回，年度目标填写数值、文字或“数值；文字”；阶段节点等其余各列只供查看。请勿删除隐藏列。"
    )  # fmt: skip
