"""Whether a sentence is covered: an accepted candidate overlaps it.

If none does, it is deliberately not a task where a reason stands, else open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from lantu_web.plans.enums import CandidateState, Standing
from lantu_web.plans.models import Candidate, Sentence

Stretch = tuple[int, int]


def refresh(plan_id: int, touched: Iterable[Stretch]) -> None:
    """Compute anew the standing of every sentence that the stretches overlap. Headings stay left out."""
    stretches = [stretch for stretch in touched if stretch[0] < stretch[1]]
    if not stretches:
        return
    start, end = min(first for first, _last in stretches), max(last for _first, last in stretches)
    covering = joined(
        Candidate.objects.filter(plan_id=plan_id, state=CandidateState.ACCEPTED, start__lt=end, end__gt=start)
        .order_by("start", "end").values_list("start", "end")
    )  # fmt: skip
    sentences = Sentence.objects.filter(plan_id=plan_id, start__lt=end, end__gt=start).exclude(standing=Standing.LEFT_OUT).order_by()
    changed: dict[Standing, list[int]] = {}
    for pk, first, last, standing, reason in sentences.values_list("pk", "start", "end", "standing", "reason"):
        now = Standing.COVERED if overlaps(covering, first, last) else Standing.NOT_A_TASK if reason else Standing.OPEN
        if now != standing:
            changed.setdefault(now, []).append(pk)
    for standing_now, keys in changed.items():
        Sentence.objects.filter(pk__in=keys).update(standing=standing_now)


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Sorted stretches with those that touch made one."""
    made: list[Stretch] = []
    for start, end in stretches:
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        elif start < end:
            made.append((start, end))
    return made


def overlaps(stretches: Sequence[Stretch], start: int, end: int) -> bool:
    """Whether any of the joined stretches shares a character with [start, end)."""
    at = bisect_left(stretches, (end,)) - 1
    return at >= 0 and stretches[at][1] > start
