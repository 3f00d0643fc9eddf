"""The text of a plan as HTML, as it stands in the document: built as strings, since a plan has thousands of sentences.

Everything that comes from the document goes through ``escape``. A section is one ``<section>`` with its heading, so that the browser need
not lay out what is not in view. Of sections far from the one that is shown first not even the elements are made at once (``folds.py``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import accumulate, groupby
from operator import attrgetter

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lantu_web.office.views.workbench.folds import folded
from lantu_web.plans.enums import FindingState, Layout
from lantu_web.plans.models import Finding
from lantu_web.plans.queries.outline import BEFORE, Outline
from lantu_web.plans.queries.review import Piece

Marks = Mapping[int, Sequence[Finding]]
DEEPEST = 6  # of the headings of HTML
NEAR = 3_000  # characters on both sides of the heading that is shown first whose elements are made at once


def plan_html(pieces: Sequence[Piece], outline: Outline, findings: Iterable[Finding], *, first: int) -> SafeString:
    """All sections; ``first`` is the key of the heading that is shown first."""
    marks = marks_by_piece(pieces, findings)
    boxed = _boxed(outline)
    sections = [(key, list(blocks)) for key, blocks in groupby(_blocks(pieces), key=lambda block: block[0].heading or BEFORE)]
    near = _near([key for key, _blocks in sections], [sum(_length(block) for block in blocks) for _key, blocks in sections], first)
    parts: list[str] = []
    for at, (key, blocks) in enumerate(sections):
        sheet = outline.sheet_of.get(key)
        level = outline.by_key[key].level if key in outline.by_key else 1
        kind = "part part--box" if key in boxed else "part"
        parts.append(
            f'<section class="{kind}" id="h{key}" data-heading="{key}" data-sheet="{sheet.section.key if sheet else key}"'
            f' data-start="{blocks[0][0].start}">'
        )
        told = "".join(_block(block, level, marks) for block in blocks)
        parts.append(told if at in near else folded(told))
        parts.append("</section>")
    return SafeString("".join(parts))


def _near(keys: Sequence[int], lengths: Sequence[int], first: int) -> range:
    """Sections within NEAR characters of that of the key, by their number."""
    at = keys.index(first) if first in keys else 0
    starts = [0, *accumulate(lengths)]
    return range(max(0, bisect_right(starts, starts[at] - NEAR) - 1), bisect_right(starts, starts[at] + NEAR))


def _length(block: Sequence[Piece]) -> int:
    return block[-1].end - block[0].start


def sentence_html(piece: Piece, *, is_swapped: bool = False) -> str:
    """One sentence; ``is_swapped`` where it replaces the one on the page."""
    why = f' title="{escape(piece.reason)}"' if piece.reason else ""
    swap = ' hx-swap-oob="true"' if is_swapped else ""
    return (
        f'<span class="s" id="s{piece.pk}" data-standing="{piece.standing}" data-start="{piece.start}" data-rev="{piece.revision}"'
        f' tabindex="-1"{why}{swap}>{escape(piece.text)}</span>'
    )


def mark_html(finding: Finding, *, is_swapped: bool = False) -> str:
    """Where a finding stands: a button that leads to it in the list."""
    swap = ' hx-swap-oob="true"' if is_swapped else ""
    state = "open" if finding.state == FindingState.OPEN else "done"
    told = escape(_("Finding: %(message)s") % {"message": finding.message})
    shape = {"error": "!", "warning": "?", "note": "i"}.get(finding.severity, "i") if state == "open" else "✓"
    return (
        f'<button class="mark mark--{escape(finding.severity)}" id="m{finding.pk}" type="button" data-finding="{finding.pk}"'
        f' data-state="{state}" aria-label="{told}" title="{told}"{swap}>{shape}</button>'
    )


def marks_by_piece(pieces: Sequence[Piece], findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    """For each piece the findings that begin in it (or, between two, before the next one)."""
    found: dict[int, list[Finding]] = {}
    rows = sorted(findings, key=attrgetter("start", "pk"))
    at = 0
    for finding in rows:
        while at < len(pieces) - 1 and pieces[at].end <= finding.start:
            at += 1
        if pieces:
            found.setdefault(pieces[at].pk, []).append(finding)
    return found


def _boxed(outline: Outline) -> frozenset[int]:
    """Boxes, and what stands inside of them."""
    return frozenset(key for section in outline.sections if section.is_box for key in section.keys)


def _blocks(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    for _number, block in groupby(pieces, key=attrgetter("block")):
        yield list(block)


def _block(block: Sequence[Piece], level: int, marks: Marks) -> str:
    if block[0].layout == Layout.CELL:
        return _table(block, marks)
    if all(piece.layout == Layout.HEADING for piece in block):
        rank = min(level + 1, DEEPEST)
        return f'<div class="part__head"><h{rank}>{_run(block, marks)}</h{rank}></div>'
    if block[0].layout == Layout.HEADING:
        return f'<p class="runs-in"><span class="run-in">{_run(block[:1], marks)}</span>{_run(block[1:], marks)}</p>'
    return f"<p>{_run(block, marks)}</p>"


def _run(pieces: Sequence[Piece], marks: Marks) -> str:
    """Sentences one after the other, a space where the text had one; before each what was found in it."""
    made, end = [], pieces[0].start if pieces else 0
    for piece in pieces:
        made.append(" " if piece.start > end else "")
        made.extend(map(mark_html, marks.get(piece.pk, ())))
        made.append(sentence_html(piece))
        end = piece.end
    return "".join(made)


def _table(cells: Sequence[Piece], marks: Marks) -> str:
    """A grid as it stands; what begins in no cell of its own comes with the row."""
    rows, label = [], escape(_("Table"))
    for number, row in groupby(cells, key=attrgetter("row")):
        tag = "th" if number == 0 else "td"
        rows.append(f"<tr>{''.join(_cell(cell, tag, marks) for cell in row)}</tr>")
    return f'<div class="plan-table" tabindex="0" role="region" aria-label="{label}"><table>{"".join(rows)}</table></div>'


def _cell(cell: Piece, tag: str, marks: Marks) -> str:
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    return f"<{tag}{spans}>{_run([cell], marks)}</{tag}>"
