"""The dry run of the sheet 单位: what each row would do to the units of the zone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from lantu_web.accounts.models import Unit
from lantu_web.accounts.queries.import_rows import Step, UnitStep
from lantu_web.accounts.queries.units import superiors_of
from lantu_web.accounts.spreadsheet.columns import COLUMNS, KINDS, OTHER_WORDS, ROLES, Kind, Sheet
from lantu_web.accounts.spreadsheet.reading import Row

_BETWEEN_SECTIONS = re.compile(r"[、,，;；/\n]+")
SECTION_LENGTH = 60
_KIND_WORDS = {str(kind.value): word for word, kind in KINDS.items()}


def units_by_code(zone_id: int) -> dict[str, Unit]:
    """Every unit of the zone with its superior and its sections, by code."""
    units = Unit.objects.filter(zone_id=zone_id).select_related("parent").prefetch_related("sections")
    return {unit.code: unit for unit in units}


def unit_steps(rows: Iterable[Row], units: Mapping[str, Unit]) -> list[UnitStep]:
    """One step a row."""
    steps = [UnitStep(row, row.values["name"] or row.values["code"]) for row in rows]
    codes = Counter(step.row.values["code"] for step in steps)
    for step in steps:
        check_cells(step)
        if codes[step.row.values["code"]] > 1:
            step.wrong("code", _("This code stands in several rows: keep one of them."))
        _compare(step, units)
    _check_names(steps, units)
    _check_superiors(steps, units)
    return steps


def check_cells(step: Step) -> None:
    """What each cell must be by itself."""
    for column in COLUMNS[step.row.sheet]:
        text = step.row.values.get(column.field, "")
        if column.required and not text:
            step.wrong(column.field, _("Must be given."))
        elif len(text) > column.length:
            message = _("%(length)s characters; at most %(most)s are possible.")
            step.wrong(column.field, message % {"length": len(text), "most": column.length})
        elif text and column.kind is Kind.WORD and word(text) not in column.words:
            step.wrong(column.field, _("Choose one of: %(words)s.") % {"words": "、".join(column.words)})
        elif text and column.kind is Kind.DATE and day(text) is None:
            step.wrong(column.field, _("Write the date as 2026-01-31."))


def word(text: str) -> str:
    return OTHER_WORDS.get(text, text)


def day(text: str) -> date | None:
    """None where it is empty or no date."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def role_of_word(text: str) -> str:
    role = ROLES.get(word(text))
    return role.value if role else ""


def sections_of_cell(text: str) -> list[str]:
    """The names in one cell, each once."""
    return list(dict.fromkeys(name.strip() for name in _BETWEEN_SECTIONS.split(text) if name.strip()))


def _compare(step: UnitStep, units: Mapping[str, Unit]) -> None:
    values = step.row.values
    step.unit = unit = units.get(values["code"])
    step.is_new = unit is None
    kind = KINDS.get(word(values["kind"]))
    step.kind, step.established_on = kind.value if kind else "", day(values["established_on"])
    if unit is not None and unit.dissolved_on is not None:
        message = _("This unit was dissolved on %(day)s: give the new unit another code.")
        step.wrong("code", message % {"day": unit.dissolved_on.isoformat()})
    has = [section.name for section in unit.sections.all()] if unit else []
    names = sections_of_cell(values["sections"])
    if any(len(name) > SECTION_LENGTH for name in names):
        step.wrong("sections", _("Write the sections apart by “、”; a name has at most %(most)s characters.") % {"most": SECTION_LENGTH})
    step.new_sections = tuple(name for name in names if name not in has)
    _tell(step, unit, values)


def _tell(step: UnitStep, unit: Unit | None, values: Mapping[str, str]) -> None:
    """A cell left empty changes nothing."""
    before = {
        "name": unit.name, "short_name": unit.short_name, "kind": _KIND_WORDS[unit.kind],
        "parent": unit.parent.code if unit.parent else "", "established_on": unit.established_on.isoformat() if unit.established_on else "",
    } if unit else {}  # fmt: skip
    for name in ("name", "short_name", "kind", "parent", "established_on"):
        after = word(values[name]) if name == "kind" else values[name]
        if after:
            step.differs(name, before.get(name, ""), after)
    if step.new_sections:
        step.differs("sections", "", "＋" + "、".join(step.new_sections))


def _check_names(steps: list[UnitStep], units: Mapping[str, Unit]) -> None:
    """A name belongs to one living unit, after the import and at every moment of it."""
    held = {unit.name: code for code, unit in units.items() if unit.dissolved_on is None}
    asked = Counter(step.row.values["name"] for step in steps)
    for step in steps:
        name, code = step.row.values["name"], step.row.values["code"]
        if name and asked[name] > 1:
            step.wrong("name", _("This name stands in several rows: units are told apart by their names."))
        elif name and held.get(name, code) != code:
            message = _("The unit %(code)s bears this name: correct the code, or rename that unit first.")
            step.wrong("name", message % {"code": held[name]})


def _check_superiors(steps: list[UnitStep], units: Mapping[str, Unit]) -> None:
    """A superior is there, lives, and stands below nothing that it is above of."""
    numbers = {code: number for number, code in enumerate({*units, *(step.row.values["code"] for step in steps)})}
    living = {code for code, unit in units.items() if unit.dissolved_on is None}
    living |= {step.row.values["code"] for step in steps if step.unit is None}
    above: dict[int, int | None] = {numbers[code]: numbers.get(unit.parent.code) if unit.parent else None for code, unit in units.items()}
    for step in steps:
        if (parent := step.row.values["parent"]) and parent in numbers:
            above[numbers[step.row.values["code"]]] = numbers[parent]
    for step in steps:
        code, parent = step.row.values["code"], step.row.values["parent"]
        if parent and parent not in living:
            step.wrong("parent", _("There is no unit with this code: enter it in the sheet %(sheet)s too.") % {"sheet": Sheet.UNITS})
        elif parent and numbers[code] in superiors_of(above.get(numbers[code]), above):
            step.wrong("parent", _("The unit would stand under itself: correct the superior."))
