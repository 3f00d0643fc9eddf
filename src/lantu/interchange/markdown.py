"""Plan → a ledger in Markdown (GitHub tables), to be read, searched and compared as text."""

from __future__ import annotations

from collections.abc import Iterator

from lantu.interchange.ledger import ledger
from lantu.interchange.ledger.overview import Overview
from lantu.interchange.ledger.table import Cell, ColumnKind, Row, Table
from lantu.interchange.wording import printed_number
from lantu.model import Plan
from lantu.patterns import regex

_SPECIAL = regex(r"[\\`*_\[\]<>|]")  # marks that Markdown would take for its own
_LINE_END = regex(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_ALIGNMENT = {ColumnKind.LABEL: ":-:", ColumnKind.PLACE: "--:"}


def render_markdown(plan: Plan) -> str:
    """Title, what the document says of itself, and one section per table that has rows; columns to be filled in are left out."""
    told = ledger(plan)
    parts = [*_overview(told.overview)]
    for table in told.tables:
        if table.groups:
            parts += ["", f"## {table.name}（{len(table.groups)}）", "", *_table(table)]
    return "\n".join(parts) + "\n"


def _overview(overview: Overview) -> Iterator[str]:
    yield f"# {_inline(overview.title)}"
    yield ""
    yield from (f"- {_inline(name)}：{_inline(value)}" for name, value in overview.facts)
    if overview.chapters:
        yield from ("", "| 章节 | 任务 | 目标 | 项目 |", "| --- | :-: | :-: | :-: |")
        yield from (_line(chapter) for chapter in overview.chapters)


def _table(table: Table) -> Iterator[str]:
    kept = [index for index, column in enumerate(table.columns) if column.kind is not ColumnKind.BLANK]
    yield _line(tuple(table.columns[index].title for index in kept))
    yield _line_of(_ALIGNMENT.get(table.columns[index].kind, "---") for index in kept)
    for group in table.groups:
        for number, row in enumerate(group):
            yield _line(tuple("" if number and table.columns[index].shared else row[index] for index in kept))


def _line(row: Row) -> str:
    return _line_of(_cell(cell) for cell in row)


def _line_of(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return _inline(cell) if isinstance(cell, str) else printed_number(cell)


def _inline(text: str) -> str:
    """The text on one line, its marks taken literally."""
    return _LINE_END.sub("<br>", _SPECIAL.sub(r"\\\g<0>", text))
