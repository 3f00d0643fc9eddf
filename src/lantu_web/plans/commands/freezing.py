"""From what was accepted in the review to what a plan commits to: items with codes, and what each says in version 1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from lantu_web.lib.rows import BATCH
from lantu_web.plans.codes import Codes
from lantu_web.plans.enums import CandidateState, ItemKind
from lantu_web.plans.models import Candidate, Heading, Item, ItemState, Plan, Version

_KINDS = list(ItemKind)


def freeze(plan: Plan, version: Version) -> list[Item]:
    """Write an item and its state in ``version`` for every accepted candidate, in the order of the text. The plan is locked."""
    candidates = list(Candidate.objects.filter(plan=plan))
    tasks = tasks_of_measures(candidates)
    titles = heading_paths(plan)
    roots, items, codes = dict[int, Item](), list[Item](), Codes()
    for position, candidate in enumerate(in_order([c for c in candidates if c.state == CandidateState.ACCEPTED], tasks)):
        task = roots.get(tasks.get(candidate.pk, 0))
        item = Item(
            plan=plan, parent=task, candidate=candidate, kind=candidate.kind, position=position,
            code=codes.next(ItemKind(candidate.kind), parent_code=task.code if task else None),
            heading_title=titles.get(candidate.heading_id, ""), quote=candidate.quote, start=candidate.start, end=candidate.end,
        )  # fmt: skip
        items.append(item)
        if candidate.kind == ItemKind.TASK:
            roots[candidate.pk] = item
    Item.objects.bulk_create([item for item in items if item.parent is None], batch_size=BATCH)
    Item.objects.bulk_create([item for item in items if item.parent is not None], batch_size=BATCH)
    ItemState.objects.bulk_create(
        [ItemState(item=i, version=version, label=i.candidate.label, content=i.candidate.content) for i in items if i.candidate],
        batch_size=BATCH,
    )
    return items


def in_order(accepted: Iterable[Candidate], tasks: dict[int, int]) -> Iterator[Candidate]:
    """As the text says it, tasks before what begins with them, and the measures of a task directly after it."""
    below: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in sorted(accepted, key=lambda c: (c.start, _KINDS.index(ItemKind(c.kind)), c.end, c.pk)):
        below[tasks.get(candidate.pk, 0)].append(candidate)
    for candidate in below[0]:
        yield candidate
        yield from below[candidate.pk]


def tasks_of_measures(candidates: Iterable[Candidate]) -> dict[int, int]:
    """The accepted task of each accepted measure, found through what was split and merged meanwhile."""
    by_pk = {candidate.pk: candidate for candidate in candidates}
    parts: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in by_pk.values():
        if _is_task(candidate) and candidate.parent_id:
            parts[candidate.parent_id].append(candidate)
    found = {}
    for candidate in by_pk.values():
        if candidate.kind == ItemKind.MEASURE and candidate.state == CandidateState.ACCEPTED:
            task = _task_above(candidate, by_pk, parts)
            if task is not None:
                found[candidate.pk] = task.pk
    return found


def _task_above(measure: Candidate, by_pk: dict[int, Candidate], parts: dict[int, list[Candidate]]) -> Candidate | None:
    above, seen = by_pk.get(measure.parent_id or 0), {measure.pk}
    while above is not None and above.pk not in seen:
        if _is_task(above):
            return above
        if parts[above.pk]:
            return next((part for part in parts[above.pk] if part.start <= measure.start < part.end), parts[above.pk][0])
        seen.add(above.pk)
        above = by_pk.get(above.parent_id or 0)
    return None


def _is_task(candidate: Candidate) -> bool:
    return candidate.kind == ItemKind.TASK and candidate.state == CandidateState.ACCEPTED


def heading_paths(plan: Plan) -> dict[int | None, str]:
    """The chain of headings above and with each, without the document's title."""
    headings = {heading.pk: heading for heading in Heading.objects.filter(plan=plan)}
    paths: dict[int | None, str] = {}
    for heading in headings.values():
        above = paths.get(heading.parent_id, "")
        own = str(heading) if heading.level else ""
        paths[heading.pk] = " › ".join(part for part in (above, own) if part)
    return paths
