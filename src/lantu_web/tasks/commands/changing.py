"""Change fields of a task: checked against FIELDS, by those who may, with its trail; what was signed for is sent to be signed again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Section, Unit, User
from lantu_web.accounts.rules import require_in_unit
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.texts import day, typed
from lantu_web.plans.validators import EARLIEST_DAY, LATEST_DAY, YEARS
from lantu_web.tasks.commands.issuing import reissue_if_changed
from lantu_web.tasks.commands.locking import locked_task
from lantu_web.tasks.commands.reaching import refuse_unreached
from lantu_web.tasks.commands.telling import tell
from lantu_web.tasks.commands.trail import leave
from lantu_web.tasks.content import FIELDS, Field, Type, differing
from lantu_web.tasks.enums import VISIBLE, Event, ExtensionState, IndicatorKind, TaskState
from lantu_web.tasks.initials import initials_of
from lantu_web.tasks.models import Change, Cooperation, Extension, Node, Task, WorkLine
from lantu_web.tasks.queries.paths import FIGURES
from lantu_web.tasks.queries.values import value_of

WEIGHED = frozenset(("start_on", "due_on", "left_out", "lead_unit", "cooperating", "section"))  # what ``refuse_impossible`` looks at
_DIGITS = 14  # before the point; the column holds twenty, six of them after it


@transaction.atomic
def change(
    *, by: Person, task_id: int, expected: int, values: Mapping[str, Any], reason: str = "", batch: UUID | None = None
) -> Task:  # fmt: skip
    """Set the fields named in ``values`` (ids for rows, lists of ids, days and numbers as themselves or as ISO text).

    Raises Conflict where the task changed since ``expected``, Forbidden for a field that is not the person's, Invalid naming the field.
    """
    task = locked_task(by=by, task_id=task_id)
    refuse_stale(task, expected)
    change_held(by=by, task=task, values=values, reason=reason, batch=batch)
    return task


def change_held(
    *, by: Person, task: Task, values: Mapping[str, Any], reason: str = "", batch: UUID | None = None, action: str = "task.change",
    signed_for: Iterable[int] = (), lead_reason: str = "",
) -> Change | None:  # fmt: skip
    """The same for a task that the caller holds. None where nothing differs. ``signed_for``: units that proposed just this;
    ``lead_reason``: why another lead unit was proposed, where it was and comes back."""
    fields = [known(name) for name in values]
    refuse_unchangeable(by, task, fields)
    before, beside = {name: value_of(task, name) for name in watched(values)}, beside_fields(task)
    for field in fields:
        _set(task, field, values[field.name])
    was, now = differing(before, {name: value_of(task, name) for name in before})
    if not now:
        return None
    if "lead_unit" in now:
        task.lead_reason = lead_reason
    if now.keys() & WEIGHED:
        refuse_impossible(task)
    if now.keys() & FIGURES:
        refuse_unreached(task)
    beside_was, beside_now = differing(beside, beside_fields(task))
    held = reissue_if_changed(task, signed_for=signed_for)
    left = leave(
        by=by, task=task, action=action, before={**was, **beside_was}, after={**now, **beside_now, **held}, reason=reason, batch=batch
    )  # fmt: skip
    if task.state in VISIBLE:
        tell(by=by, event=Event.TASK_CHANGED, task=task, fields=sorted(now))
    return left


def refuse_unchangeable(by: Person, task: Task, fields: Sequence[Field]) -> None:
    """Raises Forbidden for a field that is not the person's, Conflict for a task that is withdrawn, or finished."""
    for field in fields:
        require_in_unit(by, field.right, task.lead_unit_id)
    refuse_withdrawn(task)
    if any(field.is_signed for field in fields):
        refuse_finished(task)


def watched(values: Iterable[str]) -> list[str]:
    """Section and person go with the lead unit: what is taken back brings them back, in this order."""
    names = [*values]
    return list(dict.fromkeys([*names, *(("section", "person") if "lead_unit" in names else ())]))


def beside_fields(task: Task) -> dict[str, Any]:
    """What is no field and goes with one: the day that was granted beyond the due date, and why the lead unit was proposed."""
    granted = task.latest_on.isoformat() if task.latest_on is not None and task.latest_on != task.due_on else None
    return {"latest_on": granted, "lead_reason": task.lead_reason}


def proposed(*, task: Task, values: Mapping[str, Any]) -> dict[str, Any]:
    """What those fields would hold after such a change, checked as ``change`` checks it; the task stays as it is.

    Raises Invalid naming the field. The caller holds the task, in a transaction.
    """
    fields = [known(name) for name in values]
    before = transaction.savepoint()
    try:
        for field in fields:
            _set(task, field, values[field.name])
        refuse_impossible(task)
        return {field.name: value_of(task, field.name) for field in fields}
    finally:
        transaction.savepoint_rollback(before)
        task.refresh_from_db()


def refuse_stale(task: Task, expected: int) -> None:
    """Raises Conflict, naming who changed the task since it was seen."""
    if task.revision == expected:
        return
    last = Change.objects.filter(task=task).select_related("by").first()
    who = last.by.name if last and last.by else "Lantu"
    told = {"who": who, "task": str(task)}
    raise Conflict(_("%(who)s changed “%(task)s” meanwhile. Nothing of yours was saved: look at it as it stands now.") % told)


def refuse_withdrawn(task: Task) -> None:
    if task.state == TaskState.WITHDRAWN:
        raise Conflict(_("“%(task)s” was withdrawn.") % {"task": task})


def refuse_finished(task: Task) -> None:
    """What units sign for is not changed any more once it is done: nobody could sign for it again."""
    if task.state == TaskState.FINISHED:
        raise Conflict(_("“%(task)s” is finished: what was signed for and done stays as it is.") % {"task": task})


def refuse_impossible(task: Task, cooperating: Sequence[int] | None = None) -> None:
    """What the database would refuse, said in words. Raises Invalid naming the field. ``cooperating``: where they were read already."""
    if task.start_on and task.due_on and task.start_on > task.due_on:
        raise Invalid(_("The task would begin after it is due."), field="start_on")
    if task.left_out and task.lead_unit_id is not None:
        raise Invalid(_("A task that is not decomposed has no lead unit: take one of the two away."), field="left_out")
    if task.state in (TaskState.SENT, TaskState.FINISHED) and task.lead_unit_id is None and not task.left_out:
        raise Invalid(_("A task that was sent out has exactly one lead unit."), field="lead_unit")
    if task.lead_unit_id is not None and _is_cooperating(task, task.lead_unit_id, cooperating):
        raise Invalid(_("The lead unit cannot be a cooperating unit too."), field="cooperating")
    if task.section_id is not None and task.section is not None and task.section.unit_id != task.lead_unit_id:
        raise Invalid(_("“%(section)s” is no section of the lead unit.") % {"section": task.section}, field="section")


def _is_cooperating(task: Task, unit_id: int, cooperating: Sequence[int] | None) -> bool:
    if cooperating is not None:
        return unit_id in cooperating
    return bool(task.pk) and Cooperation.objects.filter(task=task, unit=unit_id).exists()


def known(name: str) -> Field:
    if name not in FIELDS:
        raise Invalid(_("“%(field)s” is no field of a task.") % {"field": name[:60]}, field=name)
    return FIELDS[name]


def _set(task: Task, field: Field, value: Any) -> None:
    lead, due = task.lead_unit_id, task.due_on
    match field.type:
        case Type.UNITS:
            _set_cooperating(task, value, field)
        case Type.LINES:
            _set_lines(task, value, field)
        case _:
            setattr(task, field.name, checked(task.zone_id, value, field))
    _follow(task, field, lead, due)


def checked(zone_id: int, value: Any, field: Field) -> Any:
    """What the field would hold: a text, day, number, year or choice, the row of an id, for units and lines the ids.

    Raises Invalid naming the field.
    """
    match field.type:
        case Type.LINE:
            return typed(value, field=field.name, label=field.label, length=field.length, required=field.name == "title")
        case Type.DAY:
            return as_day(value, field)
        case Type.NUMBER:
            return as_number(value, field)
        case Type.YEAR:
            return _year(value, field)
        case Type.CHOICE:
            return _kind(value, field)
        case Type.UNITS:
            return _living_units(zone_id, value, field)
        case Type.LINES:
            return _lines_there(zone_id, value, field)
        case _:
            return _row(zone_id, field, value)


def _follow(task: Task, field: Field, lead: int | None, due: date | None) -> None:
    """What changes with a field: initials with the title, the latest day with the due day, section and person with the lead unit."""
    if field.name == "title":
        task.initials = initials_of(task.title)
    elif field.name == "due_on" and task.due_on != due:
        _move_latest(task)
    elif field.name == "lead_unit":
        follow_lead(task, lead)


def follow_lead(task: Task, lead: int | None) -> None:
    """``lead``: the unit before."""
    if task.lead_unit_id != lead:
        task.lead_reason = ""
    if task.section_id is not None and task.section is not None and task.section.unit_id != task.lead_unit_id:
        task.section, task.person = None, None
    if task.lead_unit_id != lead and task.person is not None and task.lead_unit_id not in _units_of(task.person):
        task.person = None


def _units_of(person: User) -> set[int | None]:
    return {post.unit_id for post in person.posts.all()}


def _move_latest(task: Task) -> None:
    granted = Extension.objects.filter(task=task, state=ExtensionState.APPROVED).order_by("-due_on").values_list("due_on", flat=True)
    latest = latest_of(task, granted.first())
    after = Node.objects.filter(task=task, due_on__gt=latest).order_by("due_on").first() if latest else None
    if after is not None:
        raise before_its_node(after.due_on, after.text)
    task.latest_on = latest
    Node.objects.filter(task=task).update(latest_on=latest)


def latest_of(task: Task, granted: date | None) -> date | None:
    """The due date or, where it is later, the day that was granted last: what was granted stands, whatever becomes of the due date."""
    return max(task.due_on, granted) if task.due_on is not None and granted is not None else task.due_on


def before_its_node(day: date, text: str) -> Invalid:
    """The refusal of a last day that lies before that of a node."""
    told = {"node": text, "day": day.isoformat()}
    return Invalid(_("The node “%(node)s” is due on %(day)s, after that day: move the node first.") % told, field="due_on")


def as_day(value: Any, field: Field) -> date | None:
    """A day, or its ISO text; None where empty. Raises Invalid naming the field."""
    if value in (None, ""):
        return None
    found = value if isinstance(value, date) else _iso_day(str(value))
    if found is None:
        message = _("%(field)s: “%(value)s” is not a day; write e.g. 2027-06-30.")
        raise Invalid(message % {"field": field.label, "value": str(value)[:60]}, field=field.name)
    return day(found, field=field.name, label=field.label, earliest=EARLIEST_DAY, latest=LATEST_DAY)


def _iso_day(text: str) -> date | None:
    """Written with its separators; a day of a week and the like are none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None


def as_number(value: Any, field: Field) -> Decimal | None:
    """A number with at most six decimals; None where empty. Raises Invalid naming the field."""
    if value in (None, ""):
        return None
    try:
        number = Decimal(str(value).replace(",", "").replace("，", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10**_DIGITS or number != round(number, 6):
        message = _("%(field)s: “%(value)s” is not a number; write digits, e.g. 12.5.")
        raise Invalid(message % {"field": field.label, "value": str(value)[:60]}, field=field.name)
    return number


def _year(value: Any, field: Field) -> int | None:
    if value in (None, ""):
        return None
    if not str(value).isascii() or not str(value).isdigit() or int(value) not in YEARS:
        raise Invalid(_("%(field)s: “%(value)s” is not a year.") % {"field": field.label, "value": str(value)[:60]}, field=field.name)
    return int(value)


def _kind(value: Any, field: Field) -> str:
    if value and value not in IndicatorKind.values:
        message = _("%(field)s: “%(value)s” is none of the choices.")
        raise Invalid(message % {"field": field.label, "value": str(value)[:60]}, field=field.name)
    return str(value or "")


def _row(zone_id: int, field: Field, value: Any) -> Unit | Section | User | None:
    if value in (None, ""):
        return None
    found: Unit | Section | User | None
    match field.type:
        case Type.UNIT:
            found = Unit.objects.filter(zone=zone_id, dissolved_on=None, pk=value).first()
        case Type.SECTION:
            found = Section.objects.filter(unit__zone=zone_id, is_active=True, pk=value).first()
        case _:
            found = User.objects.filter(posts__zone=zone_id, is_active=True, pk=value).distinct().first()
    if found is None:
        raise Invalid(_("%(field)s: this is not there (any more).") % {"field": field.label}, field=field.name)
    return found


def _set_cooperating(task: Task, value: Any, field: Field) -> None:
    wanted = _living_units(task.zone_id, value, field)
    if wanted == value_of(task, field.name):
        return
    Cooperation.objects.filter(task=task).delete()
    Cooperation.objects.bulk_create([Cooperation(task=task, unit_id=pk, position=at) for at, pk in enumerate(wanted)])


def _living_units(zone_id: int, value: Any, field: Field) -> list[int]:
    wanted = list(dict.fromkeys(value or ()))
    living = set(Unit.objects.filter(zone=zone_id, dissolved_on=None, pk__in=wanted).values_list("pk", flat=True))
    if len(living) != len(wanted):
        raise Invalid(_("%(field)s: this is not there (any more).") % {"field": field.label}, field=field.name)
    return wanted


def _set_lines(task: Task, value: Any, field: Field) -> None:
    task.lines.set(_lines_there(task.zone_id, value, field))


def _lines_there(zone_id: int, value: Any, field: Field) -> list[int]:
    wanted = set(value or ())
    found = list(WorkLine.objects.filter(zone=zone_id, pk__in=wanted).order_by("pk").values_list("pk", flat=True))
    if len(found) != len(wanted):
        raise Invalid(_("%(field)s: this is not there (any more).") % {"field": field.label}, field=field.name)
    return found
