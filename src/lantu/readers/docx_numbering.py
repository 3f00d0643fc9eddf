"""Automatic numbers of a Word file, as Word prints them: 第一章, 一、, (一), 1., ①."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from lantu.readers.docx_styles import VAL, NumberRef, W
from lantu.readers.number_words import number_words

_LEVELS = 9
_MOST = 100_000  # a start value beyond this is damage


@dataclass(frozen=True, slots=True)
class Level:
    """``text`` has %1…%9 for the counters of the levels; ``restart`` is the level whose step resets this one, None: any higher."""

    start: int
    form: str
    text: str
    suffix: str
    legal: bool
    restart: int | None


class Numbering:
    """Counts paragraphs as they are asked for, in document order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}  # abstract definition → its levels
        self._abstract: dict[str, str] = {}  # number id → abstract definition
        self._overrides: dict[str, dict[int, Level]] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._used: set[tuple[str, int]] = set()
        self._styles: dict[str, str] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        links: dict[str, str] = {}
        for abstract in root.iterchildren(W + "abstractNum"):
            identity = abstract.get(W + "abstractNumId") or ""
            self._levels[identity] = dict(map(_level, abstract.iterchildren(W + "lvl")))
            for child in abstract.iterchildren(W + "styleLink"):
                self._styles[child.get(VAL) or ""] = identity
            for child in abstract.iterchildren(W + "numStyleLink"):
                links[identity] = child.get(VAL) or ""
        for number in root.iterchildren(W + "num"):
            self._read_number(number, links)

    def _read_number(self, number: etree._Element, links: dict[str, str]) -> None:
        identity = number.get(W + "numId") or ""
        named = number.find(W + "abstractNumId")
        abstract = named.get(VAL) or "" if named is not None else ""
        self._abstract[identity] = self._styles.get(links.get(abstract, ""), abstract)
        for override in number.iterchildren(W + "lvlOverride"):
            level = _number(override.get(W + "ilvl"), 0)
            start = override.find(W + "startOverride")
            if start is not None:
                self._starts[identity, level] = _number(start.get(VAL), 1)
            for redefined in override.iterchildren(W + "lvl"):
                self._overrides.setdefault(identity, {})[level] = _level(redefined)[1]

    def next(self, ref: NumberRef) -> str:
        """The number of the next paragraph with this reference, with its suffix; "" for bullets and undefined numbers."""
        level = min(ref.level or 0, _LEVELS - 1)
        abstract = self._abstract.get(ref.number)
        levels = self._levels.get(abstract or "", {}) | self._overrides.get(ref.number, {})
        if abstract is None or level not in levels:
            return ""
        counters = self._counters.setdefault(abstract, [None] * _LEVELS)
        self._step(counters, levels, level, ref.number)
        return _printed(levels, counters, level)

    def _step(self, counters: list[int | None], levels: dict[int, Level], level: int, number: str) -> None:
        restart = self._starts.get((number, level))
        current = counters[level]
        if restart is not None and (number, level) not in self._used:
            counters[level] = restart
        else:
            counters[level] = levels[level].start if current is None else current + 1
        self._used.add((number, level))
        for higher in range(level):
            if counters[higher] is None:
                counters[higher] = levels[higher].start if higher in levels else 1
        for lower in range(level + 1, _LEVELS):
            limit = levels[lower].restart if lower in levels else None
            if limit is None or (limit and level < limit):
                counters[lower] = None


def _level(element: etree._Element) -> tuple[int, Level]:
    def value(tag: str) -> str | None:
        child = element.find(W + tag)
        return child.get(VAL) if child is not None else None

    legal = element.find(W + "isLgl")
    restart = value("lvlRestart")
    level = Level(
        start=_number(value("start"), 1),
        form=value("numFmt") or "decimal",
        text=value("lvlText") or "",
        suffix=value("suff") or "tab",
        legal=legal is not None and legal.get(VAL) not in ("0", "false"),
        restart=_number(restart, 0) if restart is not None else None,
    )
    return _number(element.get(W + "ilvl"), 0), level


def _printed(levels: dict[int, Level], counters: list[int | None], level: int) -> str:
    this = levels[level]
    if this.form in ("bullet", "none") and "%" not in this.text:
        return ""
    text = this.text
    for place in range(_LEVELS):
        if f"%{place + 1}" in text:
            form = levels[place].form if place in levels and not (this.legal and place <= level) else "decimal"
            text = text.replace(f"%{place + 1}", number_words(counters[place] or 0, form))
    return text + ("" if this.suffix == "nothing" or not text else " ")


def _number(value: str | None, otherwise: int) -> int:
    digits = (value or "").strip()
    return min(int(digits), _MOST) if digits.isascii() and digits.isdigit() and len(digits) < 10 else otherwise
