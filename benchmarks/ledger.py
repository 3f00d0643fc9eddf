"""The ledger of a large zone: server time of its pages against the bounds of the project, and fifty people who edit at once.

``python benchmarks/ledger.py`` lays 20,000 tasks of three plans with 100,000 nodes and 200 units out in a temporary folder, asks each
address so often, prints a table and ends with 1 where a bound or the number of queries is missed. ``python benchmarks/ledger.py editing``
lets people edit the same ledger for a minute through a server with threads, and counts what was saved, refused and lost; ``bulk`` changes
five hundred tasks at once. All on SQLite or, with ``--postgresql``, on PostgreSQL, whose own process is counted with ours where the system
tells (Linux). ``both`` asks the two in turn, so that a slow minute of the machine is one of both.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.answers import p95, set_up

if TYPE_CHECKING:
    from django.test import Client

SAVED = "one cell saved"
# Milliseconds at the ninety-fifth percentile; None: told, not judged.
BOUNDS: dict[str, int | None] = {
    "page": 200, "page, filtered": 200, "page, grouped": 200, "page, sorted": 200, "page, all of it": 200, "last page": 200,
    "search": 150, "search by initials": 150, "cards": 200, "wall chart": 400, "matrix of units": None, "matrix of years": None,
    SAVED: None,
}  # fmt: skip
QUERIES = 12  # of one page, whatever the number of rows


class Taken(NamedTuple):
    """Milliseconds of one answer: on the clock, and those in which a core was busy with it (what is judged, whatever else runs)."""

    wall: float
    core: float
    queries: int


def main() -> int:
    arguments = _arguments()
    if arguments.what == "both":
        from benchmarks.ledger_both import beside_each_other

        return beside_each_other(arguments)
    with tempfile.TemporaryDirectory(prefix="lantu-bench-") as folder:
        world = laid_out(Path(folder), arguments, postgresql=arguments.postgresql)
        if arguments.what == "editing":
            from benchmarks.ledger_editing import edit_at_once

            return edit_at_once(world, people=arguments.people, seconds=arguments.seconds)
        if arguments.what == "bulk":
            from benchmarks.ledger_bulk import change_in_bulk

            return change_in_bulk(world, times=arguments.times)
        return _report(_measure(world.client(), world, arguments.times))


def laid_out(folder: Path, arguments: argparse.Namespace, *, postgresql: bool) -> Any:
    """The zone with its rows, and a server that has settled: what laying out the rows left behind is no part of it."""
    set_up(folder, postgresql=postgresql)
    from benchmarks.ledger_rows import lay_out

    from lantu_web.wsgi import settle

    world = lay_out(tasks=arguments.tasks, nodes=arguments.nodes, units=arguments.units, plans=arguments.plans)
    settle()
    if postgresql:
        _vacuum()
    return world


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["pages", "editing", "bulk", "both"], default="pages")
    parser.add_argument("--tasks", type=int, default=20_000)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--plans", type=int, default=3)
    parser.add_argument("--postgresql", action="store_true", help="on the PostgreSQL that the tests start, instead of SQLite")
    parser.add_argument("--times", type=int, default=20, help="how often each address is asked")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    return parser.parse_args()


def _vacuum() -> None:
    """What PostgreSQL does by itself within a minute of so many new rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _measure(client: Client, world: Any, times: int) -> dict[str, list[Taken]]:
    """Milliseconds of each answer, through the whole stack of the site."""
    told: dict[str, list[Taken]] = {}
    for name, nth in asks(client, world).items():
        if name != SAVED:
            nth(0)()
        told[name] = [timed(nth(number)) for number in range(times)]
    return told


def asks(client: Client, world: Any) -> dict[str, Callable[[int], Callable[[], object]]]:
    """By name, what is asked the n-th time."""
    from django.urls import reverse

    def address(name: str, query: str = "") -> Callable[[int], str]:
        return lambda number: f"{reverse(f'office:{name}', args=[world.zone.slug])}?{query.format(**world.nth(number))}"

    addresses = {
        "page": address("ledger", "page={page}"),
        "page, filtered": address("ledger", "unit={unit}&state=sent&year={year}"),
        "page, grouped": address("ledger", "group=lead_unit&page={page}"),
        "page, sorted": address("ledger", "sort=-due_on&page={page}"),
        "page, all of it": address("ledger", "plan={plan}&signing=waiting&due=later&group=chapter&sort=title&page={page}"),
        "last page": address("ledger", "sort=lead_unit&page=9999"),
        "search": address("ledger", "text={word}"),
        "search by initials": address("ledger", "text={initials}"),
        "cards": address("cards", "group=signing&page={page}"),
        "wall chart": address("wall-chart", "year={year}&page={page}"),
        "matrix of units": address("matrix", ""),
        "matrix of years": address("matrix", "by=years"),
    }
    asked = {name: (lambda number, nth=nth: _getting(client, nth(number))) for name, nth in addresses.items()}
    return {**asked, SAVED: lambda number: _saving(client, world, number)}


def _getting(client: Client, address: str) -> Callable[[], object]:
    return lambda: client.get(address)


def _saving(client: Client, world: Any, number: int) -> Callable[[], object]:
    from django.urls import reverse

    task, revision = world.task(number)
    address = reverse("office:ledger-cell", args=[world.zone.slug, task, "title"])
    return lambda: client.post(address, {"expected": revision, "value": f"改写的任务{number}"}, headers={"HX-Request": "true"})


def timed(ask: Callable[[], Any]) -> Taken:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        wall, core = time.perf_counter(), time.process_time() + _of_the_database()
        answer = ask()
        wall, core = (time.perf_counter() - wall) * 1000, (time.process_time() + _of_the_database() - core) * 1000
    # Once a minute a session also notes that it is alive; what a page asks for are its SELECTs.
    taken = Taken(wall, core, sum(query["sql"].startswith("SELECT") for query in queries.captured_queries))
    assert answer.status_code == 200, answer.status_code
    return taken


def _of_the_database() -> float:
    """Seconds in which PostgreSQL's process of our connection kept a core busy; SQLite works in our own."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    spent = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(spent.read_text().split()[0]) / 1e9 if spent.exists() else 0.0


def _report(measured: dict[str, list[Taken]]) -> int:
    missed = 0
    print(f"{'':20}{'times':>6}{'core p50':>10}{'core p95':>10}{'wall p50':>10}{'wall p95':>10}{'bound':>8}{'queries':>9}")
    for name, taken in measured.items():
        core, wall, queries = [one.core for one in taken], [one.wall for one in taken], max(one.queries for one in taken)
        bound = BOUNDS[name]
        is_missed = bound is not None and (p95(core) > bound or queries > QUERIES)
        missed += is_missed
        figures = "".join(f"{value:>10.1f}" for value in (statistics.median(core), p95(core), statistics.median(wall), p95(wall)))
        print(f"{name:20}{len(taken):>6}{figures}{bound or '':>8}{queries:>9}{'  missed' if is_missed else ''}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
