"""The outline: titles, numbered headings, boxes, unnumbered headings; their levels and their nesting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lantu.compile.headings import NumberedLine, Shape, choose_headings, numbered_lines
from lantu.compile.layout import Layout, read_layout
from lantu.compile.numbering import TABLE_LEVEL, Form
from lantu.compile.numbering_faults import Fault, numbering_faults
from lantu.compile.titles import TitleLines, find_titles
from lantu.compile.unnumbered import PlainHeading, find_plain_headings, is_continuation
from lantu.model import Section, SectionKind, Span
from lantu.text.document import Document

__all__ = ["Fault", "numbering_faults", "read_outline"]

_DEEPEST = 3
# What is cut off around a number and around a title: a number keeps the mark that makes it one (三、 1.).
_NUMBER_MARKS = " 　:"
_TITLE_MARKS = " 　:、.\t\n"


class _Entry(NamedTuple):
    """A heading on its way to a section: lines [first, last], text [start, end), its words from ``words`` on."""

    line: int
    start: int
    words: int
    end: int
    rank: int
    level: int | None
    kind: SectionKind
    value: int = 0


class _Open(NamedTuple):
    """A section whose body is being read; ``numbered``: those without a number do not move the levels of the numbered ones."""

    rank: int
    level: int
    section: str
    numbered: bool


def read_outline(document: Document, layout: Layout | None = None) -> tuple[Section, ...]:
    """The sections of the document in the order of the text; a heading of two lines is one section."""
    layout = layout or read_layout(document)
    ledgers = [ledger.span for ledger in layout.ledgers]
    skip = sorted([*layout.contents, *layout.flat])
    skipped = _lines_within(document, skip)
    numbered = numbered_lines(document.text, document.lines, skipped)
    chosen = choose_headings(document.text, document.lines, numbered)
    body = min((*_lines_within(document, ledgers), *(item.line for item in chosen[:1])), default=len(document.lines))
    titles, title_lines = find_titles(document, body)
    taken = skipped | title_lines
    plain = find_plain_headings(document, chosen, numbered, taken)
    entries = [*map(_title_entry, titles), *_numbered_entries(document, chosen, plain, taken), *_plain_entries(plain)]
    return _sections(document, sorted(entries, key=lambda entry: entry.start))


def _lines_within(document: Document, spans: Sequence[Span]) -> set[int]:
    inside: set[int] = set()
    waiting = list(reversed(spans))
    for index, line in enumerate(document.lines):
        while waiting and waiting[-1].end <= line.start:
            waiting.pop()
        if not waiting:
            break
        if waiting[-1].start <= line.start:
            inside.add(index)
    return inside


def _title_entry(title: TitleLines) -> _Entry:
    return _Entry(title.first, title.start, title.start, title.end, Form.TITLE, 0, SectionKind.TITLE)


def _numbered_entries(
    document: Document, chosen: Sequence[NumberedLine], plain: Sequence[PlainHeading], taken: set[int]
) -> list[_Entry]:
    heads = {item.line for item in chosen} | {heading.line for heading in plain} | taken
    forms = {item.number.form for item in chosen}
    decimal = Form.DECIMAL in forms and forms.isdisjoint((Form.PART, Form.CHAPTER, Form.CHINESE))
    outer = Form.CHINESE if Form.CHINESE in forms else Form.CHAPTER
    return [_numbered_entry(document, item, heads, decimal, outer) for item in chosen]


def _numbered_entry(document: Document, item: NumberedLine, heads: set[int], decimal: bool, outer: Form) -> _Entry:
    """``outer`` is the form of the headings that 1.1 stands below."""
    form, number = item.number.form, item.number
    end = item.end
    below = item.line + 1
    if below not in heads and (item.shape is Shape.BARE or item.shape is Shape.ALONE) and is_continuation(document, item):
        end = document.lines[below].end
    kind = SectionKind.BOX if form is Form.BOX else SectionKind.HEADING if item.shape in (Shape.ALONE, Shape.BARE) else SectionKind.RUN_IN
    rank, level = int(form), None
    if form is Form.DECIMAL:
        level = len(number.path)
        rank = outer + level
    elif form is Form.ARABIC and decimal:
        rank, level = Form.CHAPTER + 1, 1
    return _Entry(item.line, number.start, number.end, end, rank, level, kind, number.value)


def _plain_entries(plain: Sequence[PlainHeading]) -> list[_Entry]:
    return [_Entry(h.line, h.start, h.start, h.end, h.rank, h.level, SectionKind.HEADING) for h in plain]


def _sections(document: Document, entries: Sequence[_Entry]) -> tuple[Section, ...]:
    sections: list[Section] = []
    stack: list[_Open] = []
    inner = 0  # the last number of 1., 2., 3. inside the open box, to tell whether the next one goes on in it
    for entry in entries:
        while stack and (stack[-1].rank >= entry.rank or (stack[-1].rank == Form.BOX and _leaves_box(entry, inner))):
            stack.pop()
        inner = entry.value if entry.rank == Form.ARABIC else 0 if entry.rank == Form.BOX else inner
        level = _level(entry, stack)
        if level > _DEEPEST or (entry.rank >= Form.ARABIC_PAREN and _below_items(stack)):
            continue
        section = _section(document, entry, level, len(sections) + 1, stack[-1].section if stack else None)
        sections.append(section)
        stack.append(_Open(entry.rank, level, section.id, entry.words > entry.start))
    return tuple(sections)


def _leaves_box(entry: _Entry, inner: int) -> bool:
    """A box in the middle of 1., 2., 3. ends where the outer count goes on."""
    return entry.rank == Form.ARABIC and entry.value not in (1, inner + 1)


def _below_items(stack: Sequence[_Open]) -> bool:
    """Is the open section a 1. already? What is numbered inside it belongs to its text."""
    return bool(stack) and stack[-1].rank == Form.ARABIC


def _level(entry: _Entry, stack: Sequence[_Open]) -> int:
    """The level of the plan format's table, or one below the numbered section around it, at most 3."""
    if entry.level is not None:
        return entry.level
    outer = next((open_.level for open_ in reversed(stack) if open_.numbered), 0)
    return min(max(TABLE_LEVEL[entry.rank], outer + 1), _DEEPEST)


def _section(document: Document, entry: _Entry, level: int, ordinal: int, parent: str | None) -> Section:
    text = document.text
    span, raw_span = document.anchor(entry.start, entry.end)
    return Section(
        id=f"s{ordinal}", parent=parent, level=level, kind=entry.kind, span=span, raw_span=raw_span,
        number=text[entry.start : entry.words].strip(_NUMBER_MARKS),
        title=text[entry.words : entry.end].replace("\n", "").strip(_TITLE_MARKS),
        raw_title=document.raw[raw_span.start : raw_span.end],
    )  # fmt: skip
