"""Units: the longest one at a place, and conversion to base units."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from typing import NamedTuple

from lantu.errors import LantuError
from lantu.language.lexicon import Words
from lantu.language.numerals import MAGNITUDES
from lantu.patterns import compiled, regex
from lantu.shipped import shipped


class Unit(NamedTuple):
    """``factor`` base units make one of it; ``kind`` is money, area, share, people, count …"""

    name: str
    kind: str
    base: str
    factor: float


class UnitTable(NamedTuple):
    """``names`` are the keys of ``units``."""

    units: dict[str, Unit]
    names: Words

    def find(self, printed: str) -> Unit | None:
        """The unit of a printed unit with its magnitude cut off; None for a compound or an unknown one."""
        return self.units.get(split_magnitude(printed)[1])

    def at(self, text: str, position: int) -> str:
        """The longest unit printed at ``position``, compounds included (元/亩, 件/万人, /10万); "" where none is."""
        name = self.names.at(text, position)
        end = position + len(name)
        if not text.startswith("/", end):
            return name
        per = _PER_MANY.match(text, end)
        if not name:
            return per[0] if per else ""
        below = self.names.at(text, per.end() if per else end + 1)
        return name + (per[0] if per else "/") + below if below else name


# Each number is asked for its unit again and again; the units of a plan are few.
_REMEMBERED = 512
_PER_MANY = regex("/(?:10|十)?[百千万]+")
_MAGNITUDE = compiled("^(?:万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千(?![瓦克米伏焦])|百(?!分))")


@lru_cache(_REMEMBERED)
def split_magnitude(printed: str) -> tuple[float, str]:
    """"万人" → (10000, "人"); "千瓦" → (1, "千瓦")."""
    match = _MAGNITUDE.match(printed)
    if match is None:
        return 1.0, printed
    return MAGNITUDES[match[0]], printed[match.end() :]


@lru_cache(_REMEMBERED)
def unit_named(printed: str) -> Unit | None:
    """The unit that the printed one is, its magnitude cut off (万亩 → 亩); None for a compound or none."""
    return unit_table().find(printed)


def to_base(value: float, printed: str) -> tuple[float, str] | None:
    """(7000000, "亩") → (4666666666.7, "平方米"); None where a base unit has no sense."""
    magnitude, rest = split_magnitude(printed)
    unit = unit_table().units.get(rest)
    if unit is not None:
        return round(value * magnitude * unit.factor, 6), unit.base
    if "/" in rest or rest == "":
        return (round(value * magnitude, 6), rest) if magnitude != 1 else (value, rest) if rest else None
    return None


@cache
def unit_table() -> UnitTable:
    """The units of the data file, read once."""
    data = tomllib.loads(shipped("lantu.language", "data/units.toml"))
    units: dict[str, Unit] = {}
    for group in data["group"]:
        for name, factor in group["units"].items():
            _add(units, Unit(name, group["kind"], group["base"], float(factor)))
    for group in data["classifiers"]:
        for name in group["units"].split():
            if name not in units:
                _add(units, Unit(name, group["kind"], name, 1.0))
    return UnitTable(units, Words(units))


def _add(units: dict[str, Unit], unit: Unit) -> None:
    if unit.name in units or not unit.name or unit.factor <= 0:
        raise LantuError("unit given twice or without a positive factor", file="language/data/units.toml", place=unit.name)
    units[unit.name] = unit
