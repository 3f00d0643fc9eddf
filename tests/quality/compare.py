"""What a compiled plan has of its gold: found, missed, too much. The smallest measure that the tests need.

An object is found where its place in the raw text touches one of the places of the gold's quote and its value, or its name, agrees.
Gold whose note begins with ``optional`` neither helps nor hurts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from lantu.model import Figure, Plan

Row = Mapping[str, object]
# Two names that share this much mean one thing (产业园二期 and 精密装备产业园二期).
_ALIKE = 0.6
_HALF_WIDTH = str.maketrans("（）：；，", "():;,")


@dataclass(frozen=True, slots=True)
class Outcome:
    """``missed`` are quotes and ``extra`` the texts of what nobody asked for, ``pairs`` what met."""

    pairs: Sequence[tuple[Row, object]]
    missed: Sequence[str]
    extra: Sequence[str]

    @property
    def recall(self) -> float:
        return len(self.pairs) / max(1, len(self.pairs) + len(self.missed))

    @property
    def precision(self) -> float:
        return len(self.pairs) / max(1, len(self.pairs) + len(self.extra))

    @property
    def f1(self) -> float:
        return 2 * self.recall * self.precision / max(1e-9, self.recall + self.precision)

    def __str__(self) -> str:
        lines = (
            f"precision {self.precision:.3f}, recall {self.recall:.3f}",
            *map("missed {}".format, self.missed),
            *map("extra {}".format, self.extra),
        )
        return "\n".join(lines)


class Gold:
    """The gold of one document, with the places of every quote in its raw text."""

    def __init__(self, path: Path, raw: str) -> None:
        self.raw = raw
        self.rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        self._places = {row["quote"]: _places(row["quote"], raw) for row in self.rows}

    def figures(self, plan: Plan) -> Outcome:
        return self._meet(("target", "actual"), (*plan.targets, *plan.actuals), lambda row, figure: row["value"] == figure.value, _subject)

    def headings(self, plan: Plan) -> Outcome:
        return self._meet(
            ("heading",), plan.sections, lambda row, found: _alike(row["title"], found.raw_title), lambda found: found.raw_title
        )

    def named(self, kind: str, found: Iterable[object]) -> Outcome:
        return self._meet((kind,), tuple(found), lambda row, thing: _alike(row["name"], thing.name), lambda thing: thing.name)

    def _meet(self, kinds: Sequence[str], found: Sequence[object], fits: Callable, shown: Callable) -> Outcome:
        """Required rows choose first, each among what is left, the likest name."""
        rows = sorted((row for row in self.rows if row["kind"] in kinds), key=_optional)
        left, pairs, missed = list(found), [], []
        for row in rows:
            fitting = [thing for thing in left if self._touches(row["quote"], thing) and fits(row, thing)]
            wanted = str(row.get("subject") or row.get("name") or row.get("title"))
            best = max(fitting, key=lambda thing: _likeness(wanted, shown(thing)), default=None)
            if best is not None:
                left.remove(best)
            if not _optional(row):
                (missed if best is None else pairs).append(row["quote"] if best is None else (row, best))
        return Outcome(pairs, missed, [f"{shown(thing)} at {thing.raw_span}" for thing in left])

    def _touches(self, quote: str, thing: object) -> bool:
        start, end = thing.raw_span
        return any(start < stop and begin < end for begin, stop in self._places[quote])


def agreement(outcome: Outcome, field: str) -> tuple[float, list[str]]:
    """The share of found figures whose ``field`` is the gold's or a second right answer of its note, and the others."""
    wrong = [
        f"{field}: {row[field]!r} wanted, {value!r} found in {row['quote']}"
        for row, figure in outcome.pairs
        if (value := getattr(figure, field)) != row[field]
        and f"{field} {'null' if value is None else value} acceptable" not in str(row.get("note"))
    ]
    return 1 - len(wrong) / max(1, len(outcome.pairs)), wrong


def _places(quote: str, raw: str) -> list[tuple[int, int]]:
    found, at = [], raw.find(quote)
    while at >= 0:
        found.append((at, at + len(quote)))
        at = raw.find(quote, at + 1)
    return found


def _optional(row: Row) -> bool:
    return str(row.get("note", "")).startswith("optional")


def _subject(figure: Figure) -> str:
    return f"{figure.subject} {figure.value}{figure.unit}"


def _alike(wanted: str, found: str) -> bool:
    return _likeness(wanted, found) >= _ALIKE


def _likeness(wanted: str, found: str) -> float:
    one, other = wanted.translate(_HALF_WIDTH), found.translate(_HALF_WIDTH)
    return 1.0 if one in other or other in one else SequenceMatcher(None, one, other, autojunk=False).ratio()
