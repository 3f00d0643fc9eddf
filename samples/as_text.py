"""A sample as plain text and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samples.markup import Block

_INDENTED = ("paragraph", "lead", "run_in3", "run_in2")
# Between a number and the unit or noun after it.
_AFTER_NUMBER = re.compile(r"(?<=\d)(?=[一-鿿])")
_APART = ("title", "number", "heading1", "heading2", "heading3", "box", "caption")


def as_text(blocks: Sequence[Block]) -> str:
    """Paragraphs indented by two characters, cells apart by tabs, an empty line before each heading."""
    lines: list[str] = []
    for block in blocks:
        if block.kind in _APART and lines:
            lines.append("")
        lines.append(f"　　{block.text}" if block.kind in _INDENTED else block.text)
    return "\n".join(lines) + "\n"


def as_markdown(blocks: Sequence[Block]) -> str:
    """Headings by their level, run-in headings in bold."""
    return "\n\n".join(map(_markdown, blocks)) + "\n"


def _markdown(block: Block) -> str:
    if block.kind in ("title", "heading1", "heading2", "heading3"):
        return f"{'#' * ('title', 'heading1', 'heading2', 'heading3').index(block.kind)}# {block.text}"
    return f"**{block.heading}。**{block.body}" if block.body else block.text


def as_flat_text(blocks: Sequence[Block]) -> str:
    """One line a paragraph, one line a table cell, a space after numbers: what some sites leave of a page."""
    lines = [cell for block in blocks for cell in (filter(None, block.cells) if block.cells else (block.text,))]
    return _AFTER_NUMBER.sub(" ", "\n".join(lines)) + "\n"
