"""The ledger of a large zone through a workbook: seconds and memory of an export, of a dry run and of taking a file over.

``python benchmarks/ledger_exchange.py`` lays out the zone of ``ledger.py``, exports all of it, brings 5,000 rows of it back (one in ten
edited) and prints a table; it ends with 1 where a bound of the project is missed. ``--every`` edits every row.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.answers import set_up

if TYPE_CHECKING:
    from lantu_web.tasks.models import Exchange

BOUNDS = {"export": 15.0, "dry run": 10.0}  # seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=20_000)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--postgresql", action="store_true", help="on the PostgreSQL that the tests start, instead of SQLite")
    parser.add_argument("--every", action="store_true", help="edit every row")
    parser.add_argument("--keep", type=Path, help="keep the workbook there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lantu-bench-") as folder:
        set_up(Path(folder), postgresql=arguments.postgresql)
        return _report(_measure(arguments))


def _measure(arguments: argparse.Namespace) -> dict[str, float]:
    from benchmarks.ledger_rows import lay_out
    from django.conf import settings

    from lantu_web.accounts.queries import person_in_zone
    from lantu_web.documents.folders import on_disk
    from lantu_web.lib import clock
    from lantu_web.tasks.columns import COLUMNS
    from lantu_web.tasks.commands.exchange import ask_export, receive_ledger, take_over
    from lantu_web.tasks.enums import ExchangeKind

    settings.MEDIA_ROOT = Path(os.environ["LANTU_VAR"]) / "files"
    world = lay_out(tasks=arguments.tasks, nodes=arguments.nodes, units=200, plans=3)
    by = person_in_zone(world.officer, world.zone, on=clock.today())
    found: dict[str, float] = {}
    whole = ask_export(by=by, kind=ExchangeKind.EXPORT_LEDGER, columns=tuple(COLUMNS))
    found["export"] = _run(whole)
    found["export, MB of the file"] = on_disk(whole.path).stat().st_size / 1e6
    if arguments.keep:
        arguments.keep.write_bytes(on_disk(whole.path).read_bytes())
    data = _edited(on_disk(whole.path), arguments.rows, 1 if arguments.every else 10)
    back = receive_ledger(by=by, chunks=[data], file_name="台账.xlsx")
    found["dry run"] = _run(back)
    print(back.told, back.problem)
    if not arguments.every:
        take_over(by=by, exchange_id=back.pk, expected=back.revision)
        found["taking over"] = _run(back)
    found["most memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def _run(exchange: Exchange) -> float:
    from lantu_web.tasks.commands.exchange_running import run

    start = time.process_time()  # of the core, whatever else runs
    run(exchange_id=exchange.pk)
    exchange.refresh_from_db()
    return time.process_time() - start


def _edited(path: Path, rows: int, step: int) -> bytes:
    """The first rows of the workbook, every so many edited; its texts are shared, as spreadsheet programs save them."""
    from io import BytesIO

    import openpyxl
    import xlsxwriter

    source = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"})
    sheet, title = book.add_worksheet("台账"), -1
    for number, values in enumerate(source.iter_rows(values_only=True, max_row=rows + 4)):
        if number == 3:
            title = values.index("重点任务")
        for at, value in enumerate(values):
            if at == title and number > 3 and number % step == 0:
                value = f"{value}（修改）"
            if value is not None:
                sheet.write(number, at, value)
    book.close()
    return out.getvalue()


def _report(found: dict[str, float]) -> int:
    missed = 0
    for name, value in found.items():
        bound = BOUNDS.get(name)
        missed += bound is not None and value > bound
        print(f"{name:<26}{value:>10.1f}{'' if bound is None else f'   (at most {bound:.0f} s)'}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
