"""What the styles of a Word file say of a paragraph: is it a heading, of which level, and how is it numbered."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from lantu.patterns import regex

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
_HEADING_NAME = regex(r"(?:heading|标题)\s*([1-9])", re.I)
_TITLE_NAMES = frozenset({"title", "标题", "文件标题", "公文标题"})
_CONTENTS_NAME = regex(r"(?:toc|目录)\s*\d|toc heading|table of figures|index \d", re.I)
_BODY_LEVEL = 9  # outlineLvl of text that is no heading
_LONGEST_CHAIN = 20  # styles based on styles; Word allows 11


class NumberRef(NamedTuple):
    """A numbering definition and a level in it; ``level`` None where only the definition is named."""

    number: str
    level: int | None


class Look(NamedTuple):
    """``level``: 0 = title, 1… = heading, None = text. ``contents``: a line of a table of contents. ``hidden``: not printed."""

    level: int | None = None
    contents: bool = False
    number: NumberRef | None = None


class Styles:
    """The paragraph styles by id, inheritance undone when first asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._looks: dict[str, Look] = {}
        self._default = ""
        for style in root.iterchildren(W + "style") if root is not None else ():
            if style.get(W + "type") == "paragraph":
                identity = style.get(W + "styleId") or ""
                self._elements[identity] = style
                if style.get(W + "default") in ("1", "true"):
                    self._default = identity

    def look(self, identity: str | None) -> Look:
        """What the style says; a style that is missing is known by its id alone (``Heading1``, ``2``)."""
        key = identity or self._default
        if key not in self._looks:
            self._looks[key] = self._resolve(key)
        return self._looks[key]

    def _resolve(self, identity: str) -> Look:
        level: int | None = None
        number: NumberRef | None = None
        contents = told = False
        for name, properties in self._chain(identity):
            contents = contents or _CONTENTS_NAME.match(name) is not None
            if not told:
                level, told = _level(name, properties)
            number = number or number_ref(properties)
        return Look(None if contents else level, contents, number)

    def _chain(self, identity: str) -> list[tuple[str, etree._Element | None]]:
        """(name, pPr) of the style and of those it is based on, nearest first."""
        chain: list[tuple[str, etree._Element | None]] = []
        while identity and len(chain) < _LONGEST_CHAIN:
            style = self._elements.get(identity)
            if style is None:
                chain.append((identity, None))
                break
            name = style.find(W + "name")
            chain.append((name.get(VAL) or "" if name is not None else "", style.find(W + "pPr")))
            based = style.find(W + "basedOn")
            identity = based.get(VAL) or "" if based is not None else ""
        return chain


def _level(name: str, properties: etree._Element | None) -> tuple[int | None, bool]:
    """(level, whether the style settles it)."""
    plain = name.strip().lower()
    if plain in _TITLE_NAMES:
        return 0, True
    heading = _HEADING_NAME.fullmatch(plain)
    if heading:
        return int(heading[1]), True
    return outline_level(properties)


def outline_level(properties: etree._Element | None) -> tuple[int | None, bool]:
    """(heading level of a pPr, whether it names one); outlineLvl 0 is level 1, 9 is text."""
    element = properties.find(W + "outlineLvl") if properties is not None else None
    value = element.get(VAL) if element is not None else None
    if value is None or not value.isdigit() or int(value) > _BODY_LEVEL:
        return None, False
    return (None if int(value) == _BODY_LEVEL else int(value) + 1), True


def number_ref(properties: etree._Element | None) -> NumberRef | None:
    """The numPr of a pPr."""
    element = properties.find(W + "numPr") if properties is not None else None
    if element is None:
        return None
    number, level = element.find(W + "numId"), element.find(W + "ilvl")
    value = level.get(VAL) if level is not None else None
    if number is None and value is None:
        return None
    return NumberRef(number.get(VAL) or "" if number is not None else "", int(value) if value and value.isdigit() else None)
