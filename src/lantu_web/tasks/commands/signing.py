"""签收: sending tasks out, signing for them, objecting to them, settling objections."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require, require_in_unit
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.rows import BATCH
from lantu_web.lib.texts import day, typed
from lantu_web.plans.validators import LATEST_DAY, NOTE_LENGTH
from lantu_web.tasks.commands.changing import as_number, change_held, proposed
from lantu_web.tasks.commands.issuing import first_signatures, issue, next_round, standing, standings
from lantu_web.tasks.commands.locking import locked_division, locked_tasks
from lantu_web.tasks.commands.parts import VALUE, put_years
from lantu_web.tasks.commands.reaching import refuse_problems
from lantu_web.tasks.commands.telling import tell, tell_of_many
from lantu_web.tasks.commands.trail import leave, leave_many
from lantu_web.tasks.drafts import YearDraft
from lantu_web.tasks.enums import Event, Outcome, SignatureState, Signing, TaskState
from lantu_web.tasks.models import Division, Signature, Task
from lantu_web.tasks.queries.paths import years_of
from lantu_web.tasks.queries.signing import COUNTERS, OPEN, YEARS, answered_of, signatures_visible_to
from lantu_web.tasks.queries.values import plain, signed_content, signed_contents

TOLD = 5  # tasks named in one refusal


@dataclass(frozen=True, slots=True)
class Seen:
    """A signature, as it stood when somebody decided about it."""

    signature_id: int
    revision: int


@transaction.atomic
def send(*, by: Person, division_id: int, task_ids: Collection[int], sign_by: date | None) -> int:
    """Send drafts out to their units, to be signed by that day; gives how many. Those left out go out too, for nobody to sign.

    Raises Conflict where one was sent already, Invalid where one has no lead unit or years that miss its target, or the day is past.
    """
    require(by, Right.DIVISION_WRITE)
    division = locked_division(by=by, division_id=division_id)
    tasks = locked_tasks(by=by, task_ids=task_ids)
    until = day(sign_by, field="sign_by", label=_("Sign by"), earliest=clock.today(), latest=LATEST_DAY)
    _refuse_unready(division, tasks)
    division.round, division.sent_at, division.sent_by_id, division.sign_by = division.round + 1, clock.now(), by.user_id, until
    division.revision += 1
    division.save()
    _send(by, division, tasks)
    return len(tasks)


def _send(by: Person, division: Division, tasks: Sequence[Task]) -> None:
    """Drafts have no earlier round: all of them go out in a few statements, however many they are."""
    contents = signed_contents(tasks)
    made = [row for task in tasks for row in first_signatures(task, division, contents[task.pk])]
    Signature.objects.bulk_create(made, batch_size=BATCH)
    asked = {row.task_id for row in made}
    for task in tasks:
        task.state, task.round = TaskState.SENT, division.round
        task.signing = Signing.WAITING if task.pk in asked else Signing.NONE
    sign_by = division.sign_by.isoformat() if division.sign_by else None
    told = {"round": division.round, "sign_by": sign_by}
    leave_many(by=by, tasks=tasks, action="task.send", after=told, fields=("state", "round", "signing"), on=division)
    tell_of_many(by=by, event=Event.DIVISION_SENT, tasks=tasks, sign_by=sign_by)


def _refuse_unready(division: Division, tasks: Sequence[Task]) -> None:
    if not tasks:
        raise Invalid(_("Choose at least one task to send out."), field="task_ids")
    if any(task.plan_id != division.plan_id for task in tasks):
        raise Conflict(_("Some of these tasks belong to another plan. Nothing was sent."))
    sent = [task for task in tasks if task.state != TaskState.DRAFT]
    if sent:
        raise Conflict(_("Already sent out or withdrawn: %(tasks)s. Nothing was sent: look at the list again.") % {"tasks": _few(sent)})
    unled = [task for task in tasks if task.lead_unit_id is None and not task.left_out]
    if unled:
        message = _("Without a lead unit: %(tasks)s. Choose one for each, or say why it is not decomposed.")
        raise Invalid(message % {"tasks": _few(unled)}, field="lead_unit")
    for task in tasks:
        refuse_problems(task)


def _few(tasks: Sequence[Task]) -> str:
    named = "；".join(str(task) for task in tasks[:TOLD])
    return f"{named} … (+{len(tasks) - TOLD})" if len(tasks) > TOLD else named


@transaction.atomic
def sign(*, by: Person, signature_id: int, expected: int) -> Signature:
    """Sign for a task as it was sent; of an open objection this takes the objection back.

    Raises Conflict where it changed since it was seen, Forbidden for another unit's.
    """
    [(task, signature)] = _held(by, [Seen(signature_id, expected)])
    _sign(by, task, signature)
    return signature


@transaction.atomic
def sign_many(*, by: Person, seen: Iterable[Seen]) -> int:
    """Sign for all of them or, where one cannot be signed any more, for none; gives how many."""
    wanted = list(dict.fromkeys(seen))
    if not wanted:
        raise Invalid(_("Choose at least one task to sign for."), field="signatures")
    held = _held(by, wanted)
    contents, now = signed_contents([task for task, _row in held]), clock.now()
    for task, signature in held:
        _refuse_unsignable(by, task, signature, contents[task.pk])
        signature.state, signature.answered_by_id, signature.answered_at = SignatureState.SIGNED, by.user_id, now
        signature.reason, signature.counter, signature.revision = "", {}, signature.revision + 1
    fields = ("state", "answered_by", "answered_at", "reason", "counter", "revision")
    Signature.objects.bulk_update([row for _task, row in held], fields, batch_size=200)
    tasks = list({task.pk: task for task, _row in held}.values())
    for task, signing in zip(tasks, standings(tasks), strict=True):
        task.signing = signing
    units = "、".join(sorted({row.unit.name for _task, row in held}))
    told = {"unit": units, "state": SignatureState.SIGNED.value}
    leave_many(by=by, tasks=tasks, action="signature.sign", after=told, fields=("signing",))
    tell_of_many(by=by, event=Event.TASK_SIGNED, tasks=tasks, unit=units)
    return len(held)


def _refuse_unsignable(by: Person, task: Task, signature: Signature, content: Mapping[str, Any]) -> None:
    require_in_unit(by, Right.TASK_SIGN, signature.unit_id)
    _refuse_answered(task, signature)
    if signature.content != content:
        raise Conflict(_("“%(task)s” changed since it was sent out; it will be sent again.") % {"task": task})


def _sign(by: Person, task: Task, signature: Signature) -> None:
    _refuse_unsignable(by, task, signature, signed_content(task))
    before = {"state": signature.state, "reason": signature.reason} if signature.state == SignatureState.OBJECTED else None
    signature.reason, signature.counter = "", {}
    _answer(by, signature, SignatureState.SIGNED)
    _leave(by, task, signature, "signature.sign", before=before)
    tell(by=by, event=Event.TASK_SIGNED, task=task, unit=signature.unit.name, part=signature.part)


@transaction.atomic
def object_to(*, by: Person, signature_id: int, expected: int, reason: str, counter: Mapping[str, Any]) -> Signature:
    """Say why the unit does not sign, and what it proposes instead: fields of the task, ``COUNTERS``. It may be said anew while it is open.

    Raises Invalid naming the field, Conflict, Forbidden as ``sign`` does.
    """
    [(task, signature)] = _held(by, [Seen(signature_id, expected)])
    require_in_unit(by, Right.TASK_SIGN, signature.unit_id)
    _refuse_answered(task, signature)
    signature.reason = typed(reason, field="reason", label=_("Reason"), length=NOTE_LENGTH)
    signature.counter = _counter(task, counter)
    _answer(by, signature, SignatureState.OBJECTED)
    after = {"state": signature.state, "reason": signature.reason, "counter": signature.counter}
    _leave(by, task, signature, "signature.object", after=after)
    tell(by=by, event=Event.TASK_OBJECTED, task=task, unit=signature.unit.name, reason=signature.reason)
    return signature


def _counter(task: Task, counter: Mapping[str, Any]) -> dict[str, Any]:
    for name in counter:
        if name not in (*COUNTERS, YEARS):
            raise Invalid(_("“%(field)s” cannot be proposed; write it into the reason.") % {"field": name[:60]}, field=name)
    return _differing(task, counter)


def _differing(task: Task, values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what differs from the task as it stands, checked as a change of it would be; of the years those whose value does."""
    fields = {name: value for name, value in values.items() if name != YEARS}
    content = signed_content(task)
    found = {name: value for name, value in proposed(task=task, values=fields).items() if content.get(name) != value} if fields else {}
    years = _years(task, values.get(YEARS) or {})
    return {**found, YEARS: years} if years else found


def _years(task: Task, values: Mapping[str, Any]) -> dict[str, str | None]:
    """Year as text → value as text."""
    here = {str(part.year): plain(part.value) for part in years_of(task)}
    for year in values:
        if str(year) not in here:
            raise Invalid(_("The year %(year)s is not there any more.") % {"year": str(year)[:20]}, field=YEARS)
    wanted = {str(year): plain(as_number(value, VALUE)) for year, value in values.items()}
    return {year: value for year, value in wanted.items() if here[year] != value}


@transaction.atomic
def settle(
    *, by: Person, signature_id: int, expected: int, outcome: str, note: str, values: Mapping[str, Any] | None = None
) -> Signature:  # fmt: skip
    """Decide an objection. ``values`` are the fields of the task that change with it, and ``YEARS``; what changes the others sign again,
    and the unit too, unless it is just its proposal to just what it objected to.

    FOLLOWED changes something, or the task was changed since the objection. KEPT changes nothing and needs a note. RELEASED takes the unit
    out: of a task that it leads ``values`` name the new lead unit. Raises Invalid naming the field, Conflict where it is not open any more.
    """
    require(by, Right.DIVISION_WRITE)
    [(task, signature)] = _held(by, [Seen(signature_id, expected)])
    _refuse_closed(task, signature)
    if outcome not in Outcome.values:
        raise Invalid(_("Say how the objection is settled."), field="outcome")
    answer = typed(note, field="note", label=_("Answer of the planning office"), length=NOTE_LENGTH, required=outcome == Outcome.KEPT)
    changes = _changes(task, signature, Outcome(outcome), dict(values or {}))
    is_older = outcome == Outcome.FOLLOWED and not changes
    is_agreed = outcome == Outcome.FOLLOWED and _is_counter(task, signature, changes)
    signature.outcome, signature.outcome_note, signature.settled_by_id, signature.settled_at = outcome, answer, by.user_id, clock.now()
    signature.state, signature.revision = SignatureState.SETTLED, signature.revision + 1
    signature.save()
    if changes:
        agreed = [signature.unit_id] if is_agreed else []
        _change(by, task, changes, reason=answer or signature.reason, signed_for=agreed)
    elif is_older:
        issue(task, round_number=next_round(task))
    told = {"unit": signature.unit.name, "outcome": outcome, "outcome_note": answer}
    _leave(by, task, signature, "signature.settle", after=told)
    tell(by=by, event=Event.OBJECTION_SETTLED, task=task, **told)
    return signature


def _change(by: Person, task: Task, changes: Mapping[str, Any], *, reason: str, signed_for: Collection[int]) -> None:
    fields = {name: value for name, value in changes.items() if name != YEARS}
    wanted = changes.get(YEARS)
    if not wanted:
        change_held(by=by, task=task, values=fields, reason=reason, signed_for=signed_for)
        return
    years = [
        YearDraft(year=part.year, goal=part.goal, value=as_number(wanted.get(str(part.year), part.value), VALUE)) for part in years_of(task)
    ]
    put_years(by=by, task=task, years=years, values=fields, signed_for=signed_for)


def _changes(task: Task, signature: Signature, outcome: Outcome, values: dict[str, Any]) -> dict[str, Any]:
    """What of the values really changes the task."""
    if outcome == Outcome.KEPT:
        return {}
    if outcome == Outcome.RELEASED:
        values = _without(task, signature, values)
    changes = _differing(task, values)
    if outcome == Outcome.FOLLOWED and not changes and not _changed_since(task, signature):
        raise Invalid(_("Nothing would change. Say what changes, or choose “not followed” and say why."), field="outcome")
    return changes


def _without(task: Task, signature: Signature, values: dict[str, Any]) -> dict[str, Any]:
    """The values by which the unit is in the task no more."""
    others = values.get("cooperating", signed_content(task)["cooperating"])
    values["cooperating"] = [pk for pk in map(int, others) if pk != signature.unit_id]
    if task.lead_unit_id == signature.unit_id:
        new = values.get("lead_unit") or None
        if new is None or int(new) == signature.unit_id:
            raise Invalid(_("Choose who leads the task instead."), field="lead_unit")
        values["cooperating"] = [pk for pk in values["cooperating"] if pk != int(new)]
    return values


def _is_counter(task: Task, signature: Signature, changes: Mapping[str, Any]) -> bool:
    """Whether just what the unit proposed is done, to the words that it objected to: of others it said nothing."""
    return bool(changes) and dict(changes) == dict(signature.counter) and not _changed_since(task, signature)


def _changed_since(task: Task, signature: Signature) -> bool:
    """Whether the task says something else than when the unit objected."""
    return bool(answered_of([signature]).get(signature.pk, signature.content) != signed_content(task))


def _held(by: Person, seen: Sequence[Seen]) -> list[tuple[Task, Signature]]:
    """The tasks by ascending id, then their signatures, held; each as it was seen."""
    wanted = {one.signature_id: one.revision for one in seen}
    known = dict(signatures_visible_to(by).filter(pk__in=wanted).values_list("pk", "task"))
    if set(known) != set(wanted):
        raise Conflict(_("This is not there any more. Nothing was changed: look at the list again."))
    tasks = {task.pk: task for task in locked_tasks(by=by, task_ids=known.values())}
    rows = Signature.objects.select_for_update(of=("self",)).filter(pk__in=wanted).select_related("unit").order_by("task", "pk")
    held = []
    for row in rows:
        task = row.task = tasks[row.task_id]
        if row.revision != wanted[row.pk] or row.is_superseded:
            message = _("“%(task)s” was changed or answered meanwhile. Nothing was saved: look at it as it stands now.")
            raise Conflict(message % {"task": task})
        held.append((task, row))
    return held


def _refuse_answered(task: Task, signature: Signature) -> None:
    if task.state != TaskState.SENT:
        raise Conflict(_("“%(task)s” is not open for signatures any more.") % {"task": task})
    if signature.state not in OPEN:
        raise Conflict(_("“%(task)s” is answered already: %(state)s.") % {"task": task, "state": signature.get_state_display()})


def _refuse_closed(task: Task, signature: Signature) -> None:
    if signature.state != SignatureState.OBJECTED:
        raise Conflict(_("The objection to “%(task)s” is not open any more.") % {"task": task})


def _answer(by: Person, signature: Signature, state: SignatureState) -> None:
    signature.state, signature.answered_by_id, signature.answered_at = state, by.user_id, clock.now()
    signature.revision += 1
    signature.save()


def _leave(
    by: Person, task: Task, signature: Signature, action: str, *, before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    task.signing = standing(task)
    told = {"unit": signature.unit.name, "round": signature.round, "state": signature.state}
    leave(by=by, task=task, action=action, before=before, after={**told, **(after or {})})
