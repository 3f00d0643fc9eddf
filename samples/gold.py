"""The gold of a sample, from the marks in its source, one JSON object a line.

Fields are those of the plan format; quotes are exact in the clean text that is written beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from samples.markup import LEVELS, Block, Mark, SourceError

_FIGURE = re.compile(
    r"(?P<subject>\S+) (?P<comparator>[<>]=?|=|~|range) (?P<value>\S+) (?P<unit>\S+) (?P<year>\S+) (?P<period>\S+) (?P<measure>\S+)"
    r"(?: base=(?P<base>[\d.]+)(?:@(?P<base_year>\d+))?)?(?: N=(?P<nature>\S+))?$"
)
_CLAUSE_END = "，；。："
_KIND_OF_WORKS = re.compile("(?:工程|项目)$")
_SIDES = {"E": "east", "W": "west", "S": "south", "N": "north"}
_HALF_WIDTH = str.maketrans("（）：；，", "():;,")
Row = dict[str, object]


def gold_lines(document: str, blocks: Iterable[Block]) -> str:
    """The whole gold file of ``document`` (its file name)."""
    return "".join(json.dumps({"doc": document, **row}, ensure_ascii=False) + "\n" for row in _rows(blocks))


def _rows(blocks: Iterable[Block]) -> Iterator[Row]:
    seen: set[str] = set()
    for block in blocks:
        if block.kind in LEVELS:
            yield _heading(block, LEVELS[block.kind], "")
        elif block.kind == "lead":
            yield _heading(block, 3, "optional: the first sentence of a paragraph, without a number")
        for mark in block.marks:
            yield from _MAKERS[mark.kind](block, mark, seen)


def _heading(block: Block, level: int, note: str) -> Row:
    row: Row = {"kind": "heading", "quote": block.heading, "level": level, "title": block.heading}
    note = note or ("run-in: the body follows on the same line" if block.body else "")
    return {**row, "note": note} if note else row


def _figure(block: Block, mark: Mark, _seen: set[str]) -> Iterator[Row]:
    found = _FIGURE.match(mark.body)
    if not found:
        raise SourceError(f"line {mark.line}: not a figure: {mark.body}")
    low, _, high = found["value"].partition("~")
    row: Row = {
        "kind": "target" if mark.kind == "t" else "actual",
        "quote": _figure_quote(block, mark, found),
        "subject": found["subject"], "comparator": found["comparator"], "value": _number(low), "value_high": _number(high or "-"),
        "unit": _given(found["unit"]) or "", "year": _number(found["year"]), "period": _given(found["period"]),
        "measure": found["measure"], "nature": found["nature"],
        "baseline": _number(found["base"] or "-"), "baseline_year": _number(found["base_year"] or "-"),
    }  # fmt: skip
    yield {**row, "note": mark.note} if mark.note else row


def _figure_quote(block: Block, mark: Mark, found: re.Match[str]) -> str:
    if block.kind == "row":
        return block.text.strip()
    if mark.quote:
        return _once(block, mark, mark.quote)
    printed = found["value"] + (_given(found["unit"]) or "")
    places = [place.start() for place in re.finditer(rf"(?<![\d.]){re.escape(printed)}", block.text)]
    if len(places) != 1:
        raise SourceError(f"line {mark.line}: {printed} stands {len(places)} times in its block; give a quote")
    start = max(block.text.rfind(end, 0, places[0]) for end in _CLAUSE_END) + 1
    ends = [place for end in _CLAUSE_END if (place := block.text.find(end, places[0])) >= 0]
    return block.text[start : min(ends, default=len(block.text))]


def _once(block: Block, mark: Mark, quote: str) -> str:
    if block.text.count(quote) != 1:
        raise SourceError(f"line {mark.line}: «{quote}» stands {block.text.count(quote)} times in its block")
    return quote


def _named(kind: str, block: Block, mark: Mark, seen: set[str]) -> Row:
    """A thing that was named before is optional: whether it is told once or at every place is taste."""
    name, _, what = (part.strip() for part in mark.body.partition("::"))
    row: Row = {"kind": kind, "quote": _once(block, mark, mark.quote or name), "name": name.translate(_HALF_WIDTH)}
    if kind == "mechanism":
        row["what"] = what
    stem = f"{kind} {_KIND_OF_WORKS.sub('', name)}"
    note = mark.note or ("optional: named before" if stem in seen else None)
    seen.add(stem)
    return {**row, "note": note} if note else row


def _project(block: Block, mark: Mark, seen: set[str]) -> Iterator[Row]:
    yield _named("project", block, mark, seen)


def _mechanism(block: Block, mark: Mark, seen: set[str]) -> Iterator[Row]:
    yield _named("mechanism", block, mark, seen)


def _zone(block: Block, mark: Mark, _seen: set[str]) -> Iterator[Row]:
    name, *sides = mark.body.split()
    named: Row = dict.fromkeys(_SIDES.values())
    named |= {_SIDES[side]: place for side, _, place in (part.partition("=") for part in sides)}
    yield {"kind": "zone", "quote": _once(block, mark, mark.quote or name), "name": name, "bounds": named}


def _actors(block: Block, mark: Mark, seen: set[str]) -> Iterator[Row]:
    """Each organisation once in a document, however often it is named."""
    for name in mark.body.split():
        if name not in block.text:
            raise SourceError(f"line {mark.line}: {name} does not stand in its block")
        if name not in seen:
            seen.add(name)
            yield {"kind": "actor", "quote": name, "name": name.translate(_HALF_WIDTH)}


_MAKERS = {"t": _figure, "a": _figure, "p": _project, "m": _mechanism, "z": _zone, "o": _actors}


def _given(word: str) -> str | None:
    return None if word == "-" else word


def _number(word: str) -> int | float | None:
    if word == "-":
        return None
    return float(word) if "." in word else int(word)
