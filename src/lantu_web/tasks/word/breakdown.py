"""任务分解表: the table of the breakdown on its side, chapter by chapter, with heads on every page.

Where there are more years than a page holds beside each other, they are shared out among several tables; the first holds all the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from lantu_web.tasks.queries.exchange_lines import Line
from lantu_web.tasks.word.paper import LEVELS, Paper, cell_xml, numbered, row_xml, table_xml

TYPE_AREA = 225 - 3  # mm of a page on its side, less the lines of the table
MOST_YEARS = 8  # beside each other: a column still holds four characters in a line
_TWIPS = 1440 / 25.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    heading: str
    weight: float
    text: Callable[[Line], str]
    centred: bool = False


def write_breakdown(
    path: Path, *, title: str, years: Sequence[int], year: int, portions: Callable[[], Iterable[Sequence[Line]]],
    told: Callable[[int], None],
) -> int:  # fmt: skip
    """Write it; ``year``: of the nodes; ``portions`` gives the rows, anew for each table. Gives their number."""
    paper = Paper(title, on_its_side=True)
    paper.add("附件", "附件标识")
    paper.title(title)
    paper.add("", "居中公文")
    shares, count = shared_out(years), 0
    for at, share in enumerate(shares):
        if len(shares) > 1:
            paper.add(f"{numbered(0, at + 1)}{share[0]}—{share[-1]}年", LEVELS[0]).paragraph_format.keep_with_next = True
        columns = _columns(share, year) if at == 0 else _columns(share, None)
        count = _add_table(paper, columns, portions(), _share_of(told, at * count, len(shares)))
    paper.save(path)
    return count


def _share_of(told: Callable[[int], None], before: int, tables: int) -> Callable[[int], None]:
    """Of rows that are written once in each table."""
    return lambda done: told((before + done) // tables)


def shared_out(years: Sequence[int]) -> list[Sequence[int]]:
    """In order, as evenly as it goes."""
    tables = max(1, -(-len(years) // MOST_YEARS))
    cuts = [len(years) * at // tables for at in range(tables + 1)]
    return [years[first:last] for first, last in pairwise(cuts)]


def _add_table(paper: Paper, columns: Sequence[Column], portions: Iterable[Sequence[Line]], told: Callable[[int], None]) -> int:
    total = sum(column.weight for column in columns)
    widths = [int(TYPE_AREA * _TWIPS * column.weight / total) for column in columns]
    style = paper.document.styles["表格文字"].style_id
    table = table_xml(widths)
    for row in _heads(columns, widths, style):
        table.append(row)
    count, chapter = 0, ""
    for portion in portions:
        for line in portion:
            if line.texts["chapter"] and line.texts["chapter"] != chapter:
                chapter = line.texts["chapter"]
                table.append(row_xml(cell_xml(chapter, sum(widths), style, span=len(columns), head=True)))
            cells = "".join(
                cell_xml(column.text(line), width, style, centred=column.centred) for column, width in zip(columns, widths, strict=True)
            )
            table.append(row_xml(cells))
            count += 1
        told(count)
    paper.document.element.body.insert(len(paper.document.element.body) - 1, table)
    return count


def _columns(years: Sequence[int], year: int | None) -> list[Column]:
    """``year``: of the nodes; None in a table that holds nothing but further years."""
    def of(name: str) -> Callable[[Line], str]:
        return lambda line: line.texts[name]

    def in_year(one: int) -> Callable[[Line], str]:
        return lambda line: line.years.get(one, "")

    found = [
        Column(heading="序号", weight=4, text=of("number"), centred=True),
        Column(heading="重点任务", weight=21, text=_task),
        *(Column(heading=f"{one}年", weight=8.5, text=in_year(one), centred=True) for one in years),
    ]  # fmt: skip
    if year is None:
        return found
    return [
        *found,
        Column(heading=f"{year}年阶段节点", weight=19, text=of("nodes")),
        Column(heading="牵头单位", weight=8, text=_lead, centred=True),
        Column(heading="配合单位", weight=11, text=of("cooperating"), centred=True),
        Column(heading="包保领导", weight=7, text=of("sponsor"), centred=True),
        Column(heading="完成时限", weight=9, text=lambda line: day_in_words(line.texts["due_on"]), centred=True),
    ]  # fmt: skip


def _task(line: Line) -> str:
    return line.texts["title"] if not line.texts["left_out"] else f"{line.texts['title']}\n（不分解：{line.texts['left_out']}）"


def _lead(line: Line) -> str:
    return line.texts["lead_unit"] or ("—" if line.texts["left_out"] else "")


def day_in_words(iso: str) -> str:
    """2027年6月30日; the last day of a year as its end."""
    if not iso:
        return ""
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{year}年底" if (month, day) == (12, 31) else f"{year}年{month}月{day}日"


def _heads(columns: Sequence[Column], widths: Sequence[int], style: str) -> Iterable[object]:
    """Annual targets under one head; the other heads stand over both rows."""
    is_year = [column.heading.removesuffix("年").isdigit() for column in columns]
    upper, first = "", True
    for column, width, of_year in zip(columns, widths, is_year, strict=True):
        if not of_year:
            upper += cell_xml(column.heading, width, style, head=True, merge="restart")
        elif first:
            span = sum(is_year)
            joined = sum(one for one, flag in zip(widths, is_year, strict=True) if flag)
            upper += cell_xml("年度目标", joined, style, head=True, span=span)
            first = False
    lower = "".join(
        cell_xml(column.heading, width, style, head=True) if of_year else cell_xml("", width, style, head=True, merge="continue")
        for column, width, of_year in zip(columns, widths, is_year, strict=True)
    )  # fmt: skip
    return (row_xml(upper, head=True), row_xml(lower, head=True))
