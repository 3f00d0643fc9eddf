"""One row of a file beside the task as it was exported and as it stands now: what the file changes, what was changed here meanwhile, and
what cannot be. Pure: everything that it needs is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.tasks.columns import COLUMNS
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.enums import PartState, TaskState, Verdict
from lantu_web.tasks.goals import tidied
from lantu_web.tasks.queries.exchange_lines import Line
from lantu_web.tasks.queries.paths import FIGURES, indicator, told_problems
from lantu_web.tasks.spreadsheet.cells import clean, print_of
from lantu_web.tasks.spreadsheet.finding import Finder, in_order
from lantu_web.tasks.spreadsheet.reading import Fault, Row

_FOLLOWING = ("section", "person")  # of the lead unit
_MOST_PROBLEMS = 5  # told of one row


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """``changes``: field or year → {"base", "here", "file", "value", "conflict"}, and "with": the field that it goes with."""

    verdict: Verdict
    changes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    is_misplaced: bool = False  # its hidden cells are of another task


def compare(row: Row, here: Line, now: Mapping[str, Any], finder: Finder, by: Person) -> Compared:
    """``here``: the task's texts now; ``now``: its values (``exchange_lines.values_by_id``)."""
    names = [*in_order(row.texts), *(name for name in sorted(row.texts) if is_year(name))]
    changed = {name: texts for name in names if (texts := _three_ways(row, here, name)) is not None}
    if _is_misplaced(row):
        told = Fault(cell=row.cells["title"], value=row.texts["title"], message=_("The hidden cells of this row belong to another task."))
        return Compared(verdict=Verdict.WRONG, faults=(told,), is_misplaced=True)
    changed = {name: texts for name, texts in changed.items() if not _means_the_same(name, texts, row, now, finder)}
    if not changed:
        return Compared(verdict=Verdict.SAME, faults=_fixed(row))
    faults = [*(fault for fault in row.faults if _field_at(row, fault) in changed), *_rights(row, changed, now, by)]
    values: dict[str, Any] = {}
    lead = now["lead_unit_id"]
    for name, texts in changed.items():
        try:
            values[name] = (
                finder.target(int(name), texts["file"], (now["measured_in"], row.texts.get("measured_in", "")))
                if is_year(name) else finder.value(FIELDS[name], texts["file"], lead_unit_id=values.get("lead_unit", lead))
            )  # fmt: skip
        except ValueError as problem:
            faults.append(Fault(cell=row.cells[name], value=texts["file"], message=str(problem)))
    if not faults:
        faults += refused(row, now, values)
    notes = _fixed(row)
    if faults:
        return Compared(verdict=Verdict.WRONG, changes=_told(changed, values), faults=(*faults, *notes))
    in_conflict = any(texts["conflict"] for texts in changed.values())
    verdict = Verdict.CONFLICT if in_conflict else Verdict.CHANGED
    return Compared(verdict=verdict, changes=_told(changed | _following(changed, values, here, now), values), faults=notes)


def _three_ways(row: Row, here: Line, name: str) -> dict[str, Any] | None:
    """None where the file leaves the field as it is, or wants what stands here already."""
    if f"={name}" in (row.base or {}):
        return None  # of a file that was made when this could not be changed
    stands = standing(here, name)
    base = _base(row, here, name, stands)
    wanted = row.texts[name]
    if wanted in (base, stands):
        return None
    return {"base": base, "here": stands, "file": wanted, "conflict": base != stands}


def _is_misplaced(row: Row) -> bool:
    """Number and words are both those of another: only some of the columns were sorted or moved."""
    base = row.base or {}
    number, title = base.get("=number"), clean(base.get("title", ""), FIELDS["title"].type)
    is_other = number is not None and "number" in row.texts and print_of(row.texts["number"]) != number
    return is_other and bool(title) and row.texts.get("title", title) != title


def _means_the_same(name: str, texts: dict[str, Any], row: Row, now: Mapping[str, Any], finder: Finder) -> bool:
    """Whether the file says in other letters what it said, or what stands here; a conflict is none where both sides mean one thing."""
    file, here, base = (_meant(name, texts[side], row, now, finder) for side in ("file", "here", "base"))
    texts["conflict"] = texts["conflict"] and (base is None or base != here)
    return file is not None and file in (here, base)


def _meant(name: str, text: str | None, row: Row, now: Mapping[str, Any], finder: Finder) -> tuple[Any] | None:
    """None where that cannot be told."""
    if text is None:
        return None
    try:
        if is_year(name):
            return (finder.target(int(name), text, (now["measured_in"], row.texts.get("measured_in", ""))),)
        return (finder.value(FIELDS[name], text, lead_unit_id=now["lead_unit_id"]),)
    except ValueError:
        return None


def is_year(name: str) -> bool:
    """Whether a column is an annual target."""
    return name.isdecimal()


def standing(here: Line, name: str) -> str:
    """What a field or a year says here, as it is compared."""
    return cleaned(name, here.targets.get(int(name), "") if is_year(name) else here.texts[name])


def cleaned(name: str, text: str) -> str:
    return tidied(text) if is_year(name) else clean(text, FIELDS[name].type)


def _base(row: Row, here: Line, name: str, stands: str) -> str | None:
    """What the cell said when it went out; None where the file does not tell any more and the task has changed since."""
    if row.base is not None:
        return cleaned(name, row.base.get(name, ""))
    return stands if row.revision == here.revision else None


def refused(row: Row, now: Mapping[str, Any], values: Mapping[str, Any]) -> list[Fault]:
    """What taking the row over would refuse."""
    return [*_settled(row, now, values), *_impossible(row, now, values)] or _unreached(row, now, values)


def _rights(row: Row, changed: Mapping[str, Any], now: Mapping[str, Any], by: Person) -> list[Fault]:
    if now["state"] == TaskState.WITHDRAWN:
        cell = next(iter(row.cells.values()), "")
        return [Fault(cell=cell, value=now["number"], message=_("This task was withdrawn; it cannot be changed any more."))]
    message = _("You may not change this: it is for the planning office, or for the lead unit.")
    return [
        Fault(cell=row.cells[name], value=texts["file"], message=message)
        for name, texts in changed.items()
        if not by.may_in_unit(Right.DIVISION_WRITE if is_year(name) else FIELDS[name].right, now["lead_unit_id"])
    ]  # fmt: skip


def _impossible(row: Row, now: Mapping[str, Any], values: Mapping[str, Any]) -> list[Fault]:
    """What ``commands.changing`` would refuse, told before anything is written."""
    after = {**now, **{("lead_unit_id" if name == "lead_unit" else name): value for name, value in values.items()}}
    start, due = _as_day(after["start_on"]), _as_day(after["due_on"])
    found = []
    if start and due and start > due:
        found.append(("start_on" if "start_on" in values else "due_on", _("The task would begin after it is due.")))
    if "due_on" in values and due and now["last_node"] and now["last_node"] > due:
        told = {"day": now["last_node"].isoformat()}
        found.append(("due_on", _("A node of the task is due on %(day)s, after that day: move the node first.") % told))
    if after["left_out"] and after["lead_unit_id"] is not None:
        found.append(("left_out" if "left_out" in values else "lead_unit", _("A task that is not decomposed has no lead unit.")))
    if now["state"] in (TaskState.SENT, TaskState.FINISHED) and after["lead_unit_id"] is None and not after["left_out"]:
        found.append(("lead_unit" if "lead_unit" in values else "left_out", _("A task that was sent out has exactly one lead unit.")))
    if after["lead_unit_id"] is not None and after["lead_unit_id"] in after["cooperating"]:
        name = "cooperating" if "cooperating" in values else "lead_unit"
        found.append((name, _("The lead unit cannot be a cooperating unit too.")))
    return [
        Fault(cell=row.cells.get(name, ""), value=row.texts.get(name, ""), message=message)
        for name, message in found if name in values
    ]  # fmt: skip


def _settled(row: Row, now: Mapping[str, Any], values: Mapping[str, Any]) -> list[Fault]:
    """Years in which something is done, or stands that was carried over."""
    found = []
    for name in values:
        part = now["years"].get(int(name)) if is_year(name) else None
        if part is not None and part.state == PartState.FINISHED:
            found.append((name, _("%(year)s is verified as finished: what was done is not planned anew.") % {"year": name}))
        elif part is not None and (part.state == PartState.CARRIED or part.is_joined):
            found.append((name, _("In %(year)s stands what was carried over: change this year on the page of the task.") % {"year": name}))
    return [Fault(cell=row.cells[name], value=row.texts[name], message=message) for name, message in found]


def _unreached(row: Row, now: Mapping[str, Any], values: Mapping[str, Any]) -> list[Fault]:
    """Years that do not reach the target of a task that is out: told at the year, else at what the file changes of the figures."""
    if now["state"] != TaskState.SENT:
        return []
    after = {**now, **values}
    figures = indicator(
        kind=after["indicator_kind"], measured_in=after["measured_in"], baseline=_as_number(after["baseline"]),
        baseline_year=after["baseline_year"], target=_as_number(after["target"]), target_year=after["target_year"],
        period_start=now["plan__period_start"],
    )  # fmt: skip
    years = {year: part.value for year, part in now["years"].items() if part.is_own}
    years |= {int(name): _as_number(value["value"]) for name, value in values.items() if is_year(name) and value is not None}
    gone = {int(name) for name, value in values.items() if is_year(name) and value is None}
    problems = told_problems(figures, {year: value for year, value in years.items() if year not in gone}, after["measured_in"])
    return [_unreached_at(row, year, message, values) for year, message in problems[:_MOST_PROBLEMS]]


def _unreached_at(row: Row, year: int | None, message: str, values: Mapping[str, Any]) -> Fault:
    name = str(year)
    if name not in row.cells:
        name = next((one for one in (*sorted(filter(is_year, values)), *FIGURES) if one in values), next(iter(values)))
    return Fault(cell=row.cells.get(name, ""), value=row.texts.get(name, ""), message=message)


def _following(
    changed: Mapping[str, Any], values: Mapping[str, Any], here: Line, now: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Section and person of the former lead unit go with it; said, so that nobody wonders."""
    if "lead_unit" not in changed or now["section_id"] is None:
        return {}
    gone = {name: here.texts[name] for name in _FOLLOWING if name not in changed and here.texts[name]}
    return {name: {"base": text, "here": text, "file": "", "conflict": False, "with": "lead_unit"} for name, text in gone.items()}


def _told(changed: Mapping[str, Mapping[str, Any]], values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: {**changed[name], "value": values.get(name)} for name in (*in_order(changed), *sorted(filter(is_year, changed)))}


def _fixed(row: Row) -> tuple[Fault, ...]:
    """Cells that a file cannot change and that say something else than they did: told, not taken."""
    prints = {name[1:]: told for name, told in (row.base or {}).items() if name.startswith("=")}
    found = [name for name, told in prints.items() if name in row.texts and print_of(row.texts[name]) != told]
    return tuple(Fault(cell=row.cells[name], value=row.texts[name], message=_untouchable(name)) for name in found)


def _untouchable(name: str) -> str:
    heading = COLUMNS[name].heading if name in COLUMNS else f"{name}年"
    return _("“%(column)s” cannot be changed by a file; this cell was not taken over.") % {"column": heading}


def _field_at(row: Row, fault: Fault) -> str:
    return next((name for name, cell in row.cells.items() if cell == fault.cell), "")


def _as_number(value: Any) -> Decimal | None:
    if isinstance(value, str):
        return Decimal(value) if value else None
    return value  # type: ignore[no-any-return]


def _as_day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
