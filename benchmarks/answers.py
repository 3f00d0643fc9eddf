"""How long answers of the site take: a site of its own in a temporary folder, the timing, and the table with its bounds.

Judged is the time in which a core was busy with an answer; the time on the clock is told beside it, whatever else the machine did.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Taken(NamedTuple):
    """Milliseconds of one answer."""

    wall: float
    core: float


def set_up(folder: Path, settings_module: str = "lantu_web.settings.test", *, postgresql: bool = False) -> None:
    """The site on a database of its own, with the settings of the house: SQLite in the folder, or the PostgreSQL that its tests start."""
    os.environ["LANTU_VAR"] = str(folder)
    if postgresql:
        import tests.postgresql  # noqa: F401  # names its address
    else:
        os.environ["LANTU_DATABASE"] = f"sqlite:///{folder / 'bench.sqlite3'}"
    os.environ["DJANGO_SETTINGS_MODULE"] = settings_module
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""
    settings.LOGGING["root"]["level"] = "ERROR"
    django.setup()
    import lantu_web.wsgi  # noqa: F401  # settled as its server is

    call_command("migrate", verbosity=0)


def timed(ask: Callable[[], object]) -> Taken:
    from django.http import StreamingHttpResponse

    wall, core = time.perf_counter(), time.process_time()
    answer = ask()
    if isinstance(answer, StreamingHttpResponse):
        answer.getvalue()  # made only while it is sent
    taken = Taken((time.perf_counter() - wall) * 1000, (time.process_time() - core) * 1000)
    assert getattr(answer, "status_code", 200) in (200, 409), answer
    return taken


def report(measured: Mapping[str, Sequence[Taken]], bounds: Mapping[str, int | None]) -> int:
    """Prints the table; 1 where the ninety-fifth percentile of the core's milliseconds is over its bound (None: told, not judged)."""
    print(f"{'':32}{'times':>6}{'core p50':>10}{'core p95':>10}{'wall p50':>10}{'wall p95':>10}{'bound':>8}")
    missed = 0
    for name, taken in measured.items():
        core, wall = [one.core for one in taken], [one.wall for one in taken]
        bound = bounds[name]
        is_missed = bound is not None and p95(core) > bound
        missed += is_missed
        figures = "".join(f"{value:>10.1f}" for value in (statistics.median(core), p95(core), statistics.median(wall), p95(wall)))
        print(f"{name:32}{len(taken):>6}{figures}{bound or '':>8}{'  missed' if is_missed else ''}")
    return 1 if missed else 0


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
