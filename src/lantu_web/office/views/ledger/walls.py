"""Lines of the wall chart, drawn: in each quarter's cell the bar and, below it, the nodes in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lantu_web.office.views.ledger.rows import Drawing
from lantu_web.tasks.queries.beside import Mark
from lantu_web.tasks.queries.ledger import Row
from lantu_web.tasks.queries.wall_chart import WIDTH, Quarter, quarters
from lantu_web.templatetags.lantu import icon


@dataclass(frozen=True)
class Wall:
    drawing: Drawing

    @cached_property
    def words(self) -> Mapping[str, str]:
        done, late = (f'<span class="visually-hidden">{escape(word)}</span>' for word in (_("Done"), _("Overdue")))
        return {
            "is-done": f"{icon('success', 'small')}{done}", "is-late": f"{icon('danger', 'small')}{late}", "": icon("circle", "small"),
            "unit": escape(_("Lead unit")),
            **{str(one): escape(_("Quarter %(number)s") % {"number": one}) for one in range(1, 5)},
        }  # fmt: skip

    def rows(self, rows: Sequence[Row]) -> SafeString:
        return SafeString("".join(map(self._row, rows)))

    def _row(self, row: Row) -> str:
        task, way = row.task, self.drawing.ways["task"]
        title, unit = escape(task.title), escape(task.lead_unit.name) if task.lead_unit else ""
        named = f'<a href="{way.format(task.pk)}" lang="zh-Hans">{title}</a>' if way else f'<span lang="zh-Hans">{title}</span>'
        head = f'<span class="wall__number num">{escape(task.number)}</span> {named}{self.drawing.source(row)}'
        cells = "".join(self._cell(row, quarter) for quarter in quarters(row))
        return (
            f'<tr class="wall__row"><th scope="row" class="wall__task">{head}</th>'
            f'<td class="wall__unit" data-label="{self.words["unit"]}">{unit}</td>{cells}</tr>\n'
        )

    def _cell(self, row: Row, quarter: Quarter) -> str:
        bars = "".join(
            f'<rect class="wall__bar--{one.tone}" x="{one.start}" y="1" width="{one.width}" height="6"/>' for one in quarter.spans
        )
        today = "" if quarter.today is None else f'<rect class="wall__today" x="{quarter.today}" y="0" width="1" height="8"/>'
        nodes = "".join(self._node(row, node) for node in quarter.nodes)
        listed = f'<ul class="wall__nodes">{nodes}</ul>' if nodes else ""
        drawn = f'<svg class="wall__bar" viewBox="0 0 {WIDTH} 8" preserveAspectRatio="none" aria-hidden="true">{bars}{today}</svg>'
        return f'<td class="wall__cell" data-label="{self.words[str(quarter.number)]}">{drawn}{listed}</td>'

    def _node(self, row: Row, node: Mark) -> str:
        standing = "is-done" if node.done_on is not None else "is-late" if node.due_on < row.today else ""
        day = f"{node.due_on.month}-{node.due_on.day}"
        words = f'<span class="num">{day}</span> <span lang="zh-Hans">{escape(node.text)}</span>'
        return f'<li class="wall__node {standing}">{self.words[standing]}{words}</li>'
