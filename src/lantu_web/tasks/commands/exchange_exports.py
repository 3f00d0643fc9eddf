"""Make the file that somebody asked for."""

from __future__ import annotations

from lantu_web.accounts.acting import Person
from lantu_web.documents.folders import on_disk
from lantu_web.lib import clock
from lantu_web.tasks.commands.exchange import path_of
from lantu_web.tasks.commands.exchange_leases import end, progress
from lantu_web.tasks.enums import ExchangeState
from lantu_web.tasks.models import Exchange
from lantu_web.tasks.queries.exchange_lines import lines_of, people_of, years_of
from lantu_web.tasks.queries.exchange_names import names_in
from lantu_web.tasks.queries.exchanges import changeable, choices_for, tasks_of_export
from lantu_web.tasks.spreadsheet.layout import places_of, years_shown
from lantu_web.tasks.spreadsheet.writing import Head, write_ledger

SUFFIX = ".xlsx"
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
        choices_for(by, names), len(ids), lines_of(ids, names, year=year), lambda done: progress(exchange, _AT_WORK * done / max(1, len(ids))),
    )  # fmt: skip
    name = f"{title}-{clock.today():%Y%m%d}{SUFFIX}"
    end(exchange, ExchangeState.READY, path=path, file_name=name[-255:], told={"rows": count})


def _note(exchange: Exchange, year: int) -> str:
    day = clock.today()
    return (
        f"制表单位：{exchange.zone.name}　　制表日期：{day.year}年{day.month}月{day.day}日　　阶段节点：{year}年　　"
        "浅黄色单元格可以修改后导回；其余各列只供查看。请勿删除隐藏列。"
    )  # fmt: skip
