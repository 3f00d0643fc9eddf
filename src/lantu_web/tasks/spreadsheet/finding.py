"""What a text of a file means for a field of a task: ids for names, days, numbers, closed words. Raises ValueError with what to do."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from lantu_web.lib.cells import key
from lantu_web.plans.validators import EARLIEST_DAY, LATEST_DAY, YEARS
from lantu_web.tasks import goals
from lantu_web.tasks.content import FIELDS, Field, Type
from lantu_web.tasks.enums import IndicatorKind
from lantu_web.tasks.queries.exchange_names import Names
from lantu_web.tasks.queries.values import plain
from lantu_web.tasks.spreadsheet.cells import AMBIGUOUS, SEPARATOR
from lantu_web.tasks.words import INDICATOR_KINDS

_MOST = Decimal(10) ** 14
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Finder:
    """Looks names up in one zone."""

    def __init__(self, names: Names) -> None:
        self._names = names
        living = {pk: name for pk, name in names.units.items() if pk in names.living_units}
        self._units = _by_key(living.items(), ((pk, name) for pk, name in names.short_names.items()))
        self._lines = _by_key(names.lines.items())
        people = {pk: name for pk, name in names.people.items() if pk in names.living_people}
        self._people = _by_key(people.items(), ((pk, names.plain_names[pk]) for pk in people))
        self._sections: Mapping[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for pk in names.living_sections:
            self._sections[names.section_unit[pk]][key(names.sections[pk])].add(pk)
        self._kinds = {key(label): value for value, label in INDICATOR_KINDS.items()} | {value: value for value in IndicatorKind.values}

    def value(self, field: Field, text: str, *, lead_unit_id: int | None) -> Any:
        """What ``commands.changing`` takes for the field."""
        match field.type:
            case Type.LINE:
                return _line(field, text)
            case Type.DAY:
                return _day(text)
            case Type.NUMBER:
                return _number(text)
            case Type.YEAR:
                return _year(text)
            case Type.CHOICE:
                return self._kind(text)
            case Type.UNIT:
                return self._one(self._units, text) if text else None
            case Type.UNITS:
                return self._several(self._units, text)
            case Type.LINES:
                return sorted(self._several(self._lines, text))
            case Type.SECTION:
                return self._section(text, lead_unit_id)
            case _:
                return self._person(text, lead_unit_id)

    def target(self, year: int, text: str, units: Iterable[str]) -> dict[str, str | None] | None:
        """What a year's cell says, as it is kept: its words and its value; None where the year is to go."""
        if year not in YEARS:
            raise ValueError(_("This is not a year; write e.g. 2027."))
        found = goals.read(text, *units)
        return {"goal": found.goal, "value": plain(found.value)} if found is not None else None

    def knows_unit(self, text: str) -> bool:
        return key(text) in self._units

    def unit_parts(self, text: str) -> list[str]:
        """A list of units in its parts; a name that holds a separator itself stays whole."""
        return _parts(self._units, text)

    def _one(self, known: Mapping[str, set[int]], text: str) -> int:
        found = known.get(key(text), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise ValueError(_("Several bear this name; write the full one."))
        raise ValueError(self._unknown(known, text))

    def _several(self, known: Mapping[str, set[int]], text: str) -> list[int]:
        """Names with 、 between; a name that holds one itself is found as a whole."""
        return list(dict.fromkeys(self._one(known, part) for part in _parts(known, text)))

    def _section(self, text: str, lead_unit_id: int | None) -> int | None:
        if not text:
            return None
        if lead_unit_id is None:
            raise ValueError(_("A section belongs to a lead unit; the task has none."))
        return self._one(self._sections[lead_unit_id], text)

    def _person(self, text: str, lead_unit_id: int | None) -> int | None:
        if not text:
            return None
        found = self._people.get(key(text), set())
        own = {pk for pk in found if lead_unit_id in self._names.unit_of_person.get(pk, frozenset())}
        if len(found) > 1 and len(own) != 1:
            raise ValueError(_("Several people bear this name; write the user name behind it in brackets: 姓名（user name）."))
        if not found:
            raise ValueError(self._unknown(self._people, text))
        return next(iter(own if len(found) > 1 else found))

    def _kind(self, text: str) -> str:
        if not text:
            return ""
        if key(text) not in self._kinds:
            raise ValueError(self._unknown({word: {0} for word in self._kinds}, text))
        return self._kinds[key(text)]

    def _unknown(self, known: Mapping[str, Iterable[int]], text: str) -> str:
        near = difflib.get_close_matches(key(text), list(known)[:2_000], n=1, cutoff=0.6)
        if near:
            return _("“%(name)s” is not known here. Did you mean “%(near)s”?") % {"name": text[:60], "near": near[0]}
        return _("“%(name)s” is not known here. Choose one of the list.") % {"name": text[:60]}


def _parts(known: Mapping[str, set[int]], text: str) -> list[str]:
    parts, found = [part for part in text.split(SEPARATOR) if part], []
    at = 0
    while at < len(parts):
        end = next((end for end in range(len(parts), at + 1, -1) if key(SEPARATOR.join(parts[at:end])) in known), at + 1)
        found.append(SEPARATOR.join(parts[at:end]))
        at = end
    return found


def _by_key(*pairs: Iterable[tuple[int, str]]) -> Mapping[str, set[int]]:
    """Full names first: a short name never hides the full name of another."""
    found: dict[str, set[int]] = {}
    for at, group in enumerate(pairs):
        of_group: dict[str, set[int]] = defaultdict(set)
        for pk, name in group:
            of_group[key(name)].add(pk)
        found = of_group if at == 0 else {**of_group, **found}
    return dict(found)


def _line(field: Field, text: str) -> str:
    if len(text) > field.length:
        raise ValueError(_("%(length)s characters; at most %(most)s are possible.") % {"length": len(text), "most": field.length})
    if not text and field.name == "title":
        raise ValueError(_("The words of a task cannot be empty."))
    return text


def _day(text: str) -> str | None:
    if not text:
        return None
    if AMBIGUOUS.fullmatch(text):
        raise ValueError(_("This may mean January or October; write e.g. 2027-10-31."))
    found = _iso(text)
    if found is None:
        raise ValueError(_("This is not a day; write e.g. 2027-06-30."))
    if not EARLIEST_DAY <= found <= LATEST_DAY:
        told = {"first": EARLIEST_DAY.isoformat(), "last": LATEST_DAY.isoformat()}
        raise ValueError(_("This day is not between %(first)s and %(last)s.") % told)
    return text


def _iso(text: str) -> date | None:
    """Written with its separators; weeks, days without separators and the like are none."""
    if not _ISO.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> str | None:
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= _MOST or found != round(found, 6):
        raise ValueError(_("This is not a number; write digits only, without the unit, at most six of them after the point."))
    return text


def _year(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text) in YEARS):
        raise ValueError(_("This is not a year; write e.g. 2027."))
    return int(text)


def in_order(names: Iterable[str]) -> Sequence[str]:
    """Fields in the order in which they are set: the lead unit before what hangs on it."""
    wanted = set(names)
    return [name for name in FIELDS if name in wanted]
