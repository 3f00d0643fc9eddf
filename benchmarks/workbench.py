"""The review workbench of a long plan: server time of page, pane and acceptance on SQLite, against the bounds of the project.

``python benchmarks/workbench.py`` lays a plan of 70,000 characters with 2,000 candidates out in a temporary folder, asks each address so
often, prints a table and ends with 1 where a bound is missed. ``--characters`` and ``--candidates`` make other plans.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.answers import Taken, report, set_up, timed
from benchmarks.corpus import plan_text

if TYPE_CHECKING:
    from django.test import Client

    from lantu_web.plans.models import Plan

# Milliseconds at the ninety-fifth percentile; None: told, not judged.
BOUNDS: dict[str, int | None] = {"page": 400, "pane of candidates": None, "accept": 80, "accept a section": None, "not a task": 80}
SEED = 7


def main() -> int:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="lantu-bench-") as folder:
        set_up(Path(folder))
        plan, client = laid_out(arguments.characters, arguments.candidates)
        measured = _measure(plan, client, arguments.times)
    return report(measured, BOUNDS)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=70_000)
    parser.add_argument("--candidates", type=int, default=2_000)
    parser.add_argument("--times", type=int, default=40, help="how often each is asked (the page a quarter of it)")
    return parser.parse_args()


def laid_out(characters: int, candidates: int) -> tuple[Plan, Client]:
    """The plan as the library finds it, its candidates repeated until there are so many, a third of them decided."""
    from django.test import Client
    from tests.factories.web import make_person, make_reviewed_plan, make_unit, make_zone

    from lantu_web.accounts.enums import Role
    from lantu_web.plans.enums import CandidateState
    from lantu_web.plans.models import Candidate

    zone = make_zone()
    unit = make_unit(zone)
    user = make_person(Role.PLANNING_OFFICER, zone, unit, username="officer")[0]
    plan = make_reviewed_plan(zone, plan_text(SEED, characters), unit=unit)
    rows = list(Candidate.objects.filter(plan=plan))
    more = [_copy(rows[number % len(rows)]) for number in range(candidates - len(rows))]
    Candidate.objects.bulk_create(more, batch_size=500)
    surplus = Candidate.objects.filter(plan=plan).order_by("-pk").values_list("pk", flat=True)[: max(0, len(rows) - candidates)]
    Candidate.objects.filter(pk__in=list(surplus)).delete()
    decided = [pk for pk in Candidate.objects.filter(plan=plan).values_list("pk", flat=True) if pk % 3 == 0]
    Candidate.objects.filter(pk__in=decided).update(state=CandidateState.ACCEPTED)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return plan, client


def _copy(row: Any) -> Any:
    from lantu_web.plans.models import Candidate

    values = {field.attname: getattr(row, field.attname) for field in Candidate._meta.concrete_fields if field.name != "id"}
    return Candidate(**values)


def _measure(plan: Plan, client: Client, times: int) -> dict[str, list[Taken]]:
    """Milliseconds of each answer, through the whole stack of the site."""
    from django.urls import reverse

    from lantu_web.plans.models import Candidate, Sentence
    from lantu_web.plans.queries.outline import outline

    def address(name: str, *more: int) -> str:
        return reverse(f"office:{name}", args=[plan.zone.slug, plan.pk, *more])

    sheets = [sheet.section.key for sheet in outline(plan).sheets]
    open_ones = list(Candidate.objects.filter(plan=plan, state="open").values_list("pk", "revision"))[: times * 3 : 3]
    sentences = list(Sentence.objects.filter(plan=plan, standing="open").values_list("pk", "revision").order_by("-pk"))[:times]
    client.get(address("review"))
    told = {
        "page": [timed(lambda: client.get(address("review"))) for _again in range(max(4, times // 4))],
        "pane of candidates": [timed(lambda key=key: client.get(address("review-sheet", key))) for key in (sheets * times)[:times]],  # type: ignore[misc]
        "accept": [timed(_posting(client, address("candidate-accept", pk), revision)) for pk, revision in open_ones],
        "not a task": [timed(_posting(client, address("sentence-not-a-task", pk), revision)) for pk, revision in sentences],
        "accept a section": [timed(lambda key=key: _accept(client, address("section-accept", key))) for key in sheets[:5]],  # type: ignore[misc]
    }
    page = client.get(address("review")).getvalue()
    print(f"{len(page) / 1024:.0f} KiB of page, {len(sheets)} sheets, {Sentence.objects.filter(plan=plan).count()} sentences")
    return told


def _posting(client: Client, address: str, revision: int) -> Callable[[], object]:
    return lambda: client.post(address, {"expected": revision, "reason": "背景"})


def _accept(client: Client, address: str) -> object:
    """The dialog and its answer, as a person does it."""
    import re

    dialog = client.get(address).content.decode()
    seen, doubt = (re.search(rf'name="{name}" value="([\d:,]*)"', dialog) for name in ("seen", "seen_doubt"))
    assert seen
    assert doubt
    return client.post(address, {"seen": seen[1], "seen_doubt": doubt[1], "with_doubt": "1"})


if __name__ == "__main__":
    sys.exit(main())
