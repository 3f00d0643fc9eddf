"""One change of five hundred tasks at once, its preview and its taking back: how long the database waits for one of them.

Everything else that would write to the ledger waits so long on SQLite, which has one writer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from benchmarks.answers import Taken, report, timed
from benchmarks.ledger_rows import LOT, World

from lantu_web.accounts.models import User
from lantu_web.accounts.queries import person_in_zone
from lantu_web.lib import clock
from lantu_web.tasks.commands.bulk import assign, foresee
from lantu_web.tasks.commands.undo import undo_batch
from lantu_web.tasks.enums import BulkMode, Event, Part, SignatureState
from lantu_web.tasks.models import Signature, Task, Webhook
from lantu_web.tasks.queries.values import signed_contents

BOUND = 1000  # milliseconds
MOST = 500


def change_in_bulk(world: World, *, times: int) -> int:
    """Prints what each kind of change takes; 1 where one of them holds the lock for longer than its bound."""
    _sign_everything(world)
    Webhook.objects.create(
        zone=world.zone, url="https://example.org/", events=[Event.TASK_CHANGED], secret="s", created_by=world.officer,
        created_at=clock.now(),
    )  # fmt: skip
    measured: dict[str, list[Taken]] = {}
    for at in range(times):
        for name, field, value, mode in _changes(world, at):
            for step, taken in _steps(world, at, field, value, mode):
                measured.setdefault(f"{name}, {step}", []).append(taken)
    return report(measured, dict.fromkeys(measured, BOUND))


def _changes(world: World, at: int) -> list[tuple[str, str, Any, BulkMode]]:
    leader = User.objects.get(username=f"leader{at % 8}").pk
    return [
        ("topic", "topic", f"综合{at}", BulkMode.SET), ("sponsor", "sponsor", leader, BulkMode.SET),
        ("cooperating units", "cooperating", [world.units[-1 - at % 9]], BulkMode.ADD),
        ("due date", "due_on", date(2031, 6, 1 + at), BulkMode.SET),
    ]  # fmt: skip


def _steps(world: World, at: int, field: str, value: Any, mode: BulkMode) -> list[tuple[str, Taken]]:
    by, pks = person_in_zone(world.officer, world.zone, on=clock.today()), world.open_tasks[at * MOST % 5_000 :][:MOST]
    seen = dict(Task.objects.filter(pk__in=pks).values_list("pk", "revision"))
    found: list[Any] = []
    asked: dict[str, Any] = {"by": by, "seen": seen, "field": field, "value": value, "mode": mode}
    steps: list[tuple[str, Callable[[], object]]] = [
        ("looked at", lambda: foresee(**asked)), ("done", lambda: found.append(assign(**asked))),
        ("taken back", lambda: undo_batch(by=by, batch=found[0][0])),
    ]  # fmt: skip
    return [(name, timed(step)) for name, step in steps]


def _sign_everything(world: World) -> None:
    """What a division that is out has: every unit of a task signed for it."""
    tasks = list(Task.objects.filter(pk__in=world.open_tasks[:6_000], left_out=""))
    contents, now, rows = signed_contents(tasks), clock.now(), []
    for task in tasks:
        units = [(task.lead_unit_id, Part.LEAD), *((pk, Part.COOPERATING) for pk in contents[task.pk]["cooperating"])]
        rows += [
            Signature(task=task, unit_id=pk, part=part, round=1, content=contents[task.pk], sent_at=now, state=SignatureState.SIGNED)
            for pk, part in units
        ]  # fmt: skip
    Signature.objects.bulk_create(rows, batch_size=LOT)
