"""An annual target as one cell of a workbook says it, and back.

A value with its unit (140亿元), words with the value in them (产值达到140亿元), or, where the words tell another value or none, the value
before them (140亿元；产值再上台阶 — and ；完成遴选10家 has none). ``read(told(goal, value)) == (goal, value)``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from lantu_web.lib.cells import narrow, printable, tidy
from lantu_web.plans.validators import NOTE_LENGTH

BETWEEN = "；"
_COMMA = re.compile("[；;]")
_NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
_PLAIN_UNIT = re.compile(r"[^\d.,，、；;+\-\s]{1,40}")  # one that cannot be taken for a part of the number
_RANGE = re.compile(r"\d\s*[%％]?\s*[-–—~～到至、]\s*$")
_MOST = Decimal(10) ** 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """As it is kept: ``value`` in the task's unit of measure."""

    goal: str = ""
    value: Decimal | None = None


def tidied(text: str) -> str:
    """The cell as it is compared: what stands in lines of it stays in lines."""
    lines = (tidy(line) for line in printable(text).split("\n"))
    return "\n".join(line for line in lines if line)


def told(goal: str, value: Decimal | None, unit: str) -> str:
    """The shortest cell that is read as just this."""
    if not tidied(goal) and value is None:
        return ""
    words, number = tidied(goal), f"{value.normalize():f}{_unit(unit)}" if value is not None else ""
    kept = Goal(goal=words, value=value)
    for cell in (words, number, f"{number}{BETWEEN}{words}"):
        if _reads_as(cell, unit, kept):
            return cell
    return f"{number}{BETWEEN}{words}"


def read(cell: str, *units: str) -> Goal | None:
    """None for an empty cell. ``units``: of measure, as the task has it and as the file names it. Raises ValueError with what to do."""
    text = tidied(cell)
    if not text:
        return None
    first, comma, rest = _parted(text)
    value = _measured(first, units)
    if value is not None:
        found = Goal(goal=rest.strip(), value=_possible(value))
    elif comma and not first:
        found = Goal(goal=_words(rest))
    else:
        found = Goal(goal=text, value=_within(text, units))
    if len(found.goal) > NOTE_LENGTH:
        told_ = {"length": len(found.goal), "most": NOTE_LENGTH}
        raise ValueError(_("%(length)s characters; at most %(most)s are possible.") % told_)
    return found


def _reads_as(cell: str, unit: str, kept: Goal) -> bool:
    try:
        return read(cell, unit) == kept
    except ValueError:
        return False


def _parted(text: str) -> tuple[str, str, str]:
    found = _COMMA.search(text)
    return (text[: found.start()].strip(), found[0], text[found.end() :]) if found else (text, "", "")


def _words(text: str) -> str:
    """What stands behind a separator before which nothing stands."""
    if not text.strip():
        message = _("Nothing stands beside the “;”: write a value, words or “value; words”, or empty the cell to take the year out.")
        raise ValueError(message)
    return text.strip()


def _measured(text: str, units: tuple[str, ...]) -> Decimal | None:
    """A number and at most a unit of measure."""
    bare = narrow(text)
    for unit in sorted({"", *map(narrow, units)}, key=len, reverse=True):
        number = bare.removesuffix(unit).rstrip() if unit and bare.endswith(unit) else bare
        if re.fullmatch(_NUMBER, number):
            return Decimal(number.replace(",", ""))
    return None


def _within(text: str, units: tuple[str, ...]) -> Decimal | None:
    """The one value with its unit that the words tell; None where they tell none, or several."""
    pattern = _with_unit(tuple(sorted({narrow(unit) for unit in units if _unit(unit)}, key=len, reverse=True)))
    if pattern is None:
        return None
    bare = narrow(text)
    found = list(pattern.finditer(bare))
    if len(found) != 1 or _RANGE.search(bare[: found[0].start()]):
        return None
    value = Decimal(found[0][1].replace(",", ""))
    return value if _is_possible(value) else None


@lru_cache(maxsize=200)
def _with_unit(units: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(rf"(?<![\d.,-])({_NUMBER})\s*(?:{'|'.join(map(re.escape, units))})") if units else None


def _unit(unit: str) -> str:
    return unit if _PLAIN_UNIT.fullmatch(unit) and narrow(unit) == unit else ""


def _possible(value: Decimal) -> Decimal:
    if not _is_possible(value):
        raise ValueError(_("This is not a number; write digits only, without the unit, at most six of them after the point."))
    return value


def _is_possible(value: Decimal) -> bool:
    return abs(value) < _MOST and value == round(value, 6)
