"""The mark-up in which the samples are written: one block a line, and under it what a careful reader finds in it.

A line's first sign tells the block (``SIGNS``); a line without one is a paragraph. ``+`` and ``++`` open a paragraph whose first
sentence is a numbered run-in heading of level 3 or 2, ``~`` one whose first sentence is only bold. ``|!`` is the head of a table, ``|`` a
row; an empty cell continues the one above. ``* title`` … ``*end`` is a box (专栏). ``//`` is a comment. Lines that start with ``@`` are
gold:

    @t SUBJECT COMPARATOR VALUE UNIT YEAR PERIOD MEASURE [base=NUMBER[@YEAR]] [N=NATURE] [«QUOTE»] [# NOTE]     a target; @a an actual
    @p NAME [«QUOTE»] [# NOTE]                                  a project
    @m NAME [«QUOTE»] [:: WHAT] [# NOTE]                        a mechanism
    @z NAME «QUOTE» E=… W=… S=… N=…                             a zone
    @o NAME NAME …                                              organisations that are made responsible

A range is written 15~20, nothing is written -. Without a quote the clause around the printed value, or the name itself, is the quote.
Every quote must stand in its block exactly once, or the build stops: text and gold cannot drift apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

SIGNS = {
    "=": "title", "=-": "subtitle", "%": "number", ":": "addressee", ">": "signature", "#": "heading1", "##": "heading2",
    "###": "heading3", "+": "run_in3", "++": "run_in2", "~": "lead", "*": "box", "^": "caption", "|!": "head", "|": "row",
}  # fmt: skip
LEVELS = {"title": 0, "heading1": 1, "heading2": 2, "heading3": 3, "run_in3": 3, "run_in2": 2, "box": 3}
_LINE = re.compile(r"(=-|##?#?|\+\+?|\|!?|[=%:>~*^])\s")
_MARK = re.compile(r"@(?P<kind>[tapmzo])\s(?P<body>.*?)(?:\s#\s(?P<note>.*))?$")
_QUOTE = re.compile(r"\s*«(.*?)»")


class SourceError(ValueError):
    """The mark-up cannot be read, or a mark does not fit the text above it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One object of the gold as it was written; ``line`` is where, for messages."""

    kind: str
    body: str
    quote: str | None
    note: str | None
    line: int


@dataclass(slots=True)
class Block:
    """One paragraph, heading or table row (``cells``). ``boxed`` is inside a 专栏."""

    kind: str
    text: str
    cells: tuple[str, ...] = ()
    boxed: bool = False
    marks: list[Mark] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """The heading alone: of a run-in paragraph the words before its first full stop."""
        return self.text.split("。", 1)[0] if self.kind.startswith(("run_in", "lead")) else self.text

    @property
    def body(self) -> str:
        """What follows a run-in heading."""
        return self.text[len(self.heading) + 1 :] if self.kind.startswith(("run_in", "lead")) else ""


def read_source(path: Path) -> list[Block]:
    """The blocks of one source file, in order. Raises SourceError with file and line."""
    blocks: list[Block] = []
    boxed = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("//"):
            continue
        if line == "*end":
            boxed = False
        elif line.startswith("@"):
            _last(blocks, path, number).marks.append(_mark(line, path, number))
        else:
            block = _block(line)
            block.boxed = boxed or block.kind == "box"
            boxed = block.boxed
            blocks.append(block)
    return blocks


def tables(blocks: list[Block]) -> dict[int, list[Block]]:
    """Each table's rows, head first, by the index of its head."""
    found: dict[int, list[Block]] = {}
    start = -1
    for index, block in enumerate(blocks):
        if block.kind == "head":
            start = index
            found[start] = [block]
        elif block.kind == "row":
            found[start].append(block)
    return found


def _last(blocks: list[Block], path: Path, number: int) -> Block:
    if not blocks:
        raise SourceError(f"{path.name}:{number}: a mark before any text")
    return blocks[-1]


def _block(line: str) -> Block:
    sign = _LINE.match(line)
    if not sign:
        return Block("paragraph", line)
    kind, text = SIGNS[sign[1]], line[sign.end() :].strip()
    if kind not in ("head", "row"):
        return Block(kind, text)
    cells = tuple(cell.strip() for cell in line.removeprefix("|!").removeprefix("|").split("|"))
    return Block(kind, "\t".join(cells), cells)


def _mark(line: str, path: Path, number: int) -> Mark:
    found = _MARK.match(line)
    if not found:
        raise SourceError(f"{path.name}:{number}: not a mark: {line}")
    quote = _QUOTE.search(found["body"])
    return Mark(found["kind"], _QUOTE.sub("", found["body"]), quote[1] if quote else None, found["note"], number)
