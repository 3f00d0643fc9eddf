"""Sending a task's content to its units: one signature each, of a round; earlier rounds are superseded, never changed."""

from __future__ import annotations

from collections.abc import Iterable

from lantu_web.lib import clock
from lantu_web.tasks.enums import Part, SignatureState, Signing
from lantu_web.tasks.models import Signature, Task
from lantu_web.tasks.queries.values import signed_content


def issue(task: Task, *, round_number: int, signed_for: Iterable[int] = ()) -> None:
    """Ask all units of the task to sign its present content. Units in ``signed_for`` count as having signed (a change that they proposed).

    The caller holds the task and saves it: ``round`` and ``signing`` are set here.
    """
    Signature.objects.filter(task=task, is_superseded=False).update(is_superseded=True)
    content, now, agreed = signed_content(task), clock.now(), set(signed_for)
    units = [(task.lead_unit_id, Part.LEAD), *((pk, Part.COOPERATING) for pk in content["cooperating"])]
    Signature.objects.bulk_create([
        Signature(
            task=task, unit_id=unit, part=part, round=round_number, content=content, sent_at=now,
            state=SignatureState.SIGNED if unit in agreed else SignatureState.WAITING, answered_at=now if unit in agreed else None,
        )
        for unit, part in units if unit is not None
    ])  # fmt: skip
    task.round = round_number
    task.signing = standing(task)


def standing(task: Task) -> Signing:
    """The least settled of the signatures that count."""
    states = set(Signature.objects.filter(task=task, is_superseded=False).values_list("state", flat=True))
    if SignatureState.OBJECTED in states:
        return Signing.OBJECTED
    if SignatureState.WAITING in states:
        return Signing.WAITING
    return Signing.SIGNED if states else Signing.NONE


def reissue_if_changed(task: Task) -> bool:
    """After a change of a task that was sent out: if what was signed for is not what it says now, ask again. True where it was asked."""
    last = Signature.objects.filter(task=task, is_superseded=False).order_by("-round").first()
    if task.round == 0 or (last is not None and last.content == signed_content(task)):
        return False
    issue(task, round_number=max(task.round, last.round if last else 0) + 1)
    return True
