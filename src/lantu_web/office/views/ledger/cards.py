"""Tasks as cards, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lantu_web.office.views.ledger.rows import Drawing
from lantu_web.tasks.enums import Signing
from lantu_web.tasks.queries.ledger import Row
from lantu_web.templatetags.lantu import icon


@dataclass(frozen=True)
class Cards:
    drawing: Drawing

    @cached_property
    def words(self) -> dict[str, str]:
        named = {"unit": _("Lead unit"), "person": _("Responsible person"), "sponsor": _("Sponsor leader"), "late": _("Overdue"),
                 "left": _("Left to the market"), "nodes": _("Nodes")}  # fmt: skip
        icons = {name: icon(name, "small") for name in ("clock", "target")}
        return {**{name: escape(word) for name, word in named.items()}, **icons}

    def cards(self, rows: Sequence[Row]) -> SafeString:
        return SafeString("".join(map(self._card, rows)))

    def _card(self, row: Row) -> str:
        task, way, words = row.task, self.drawing.ways["task"], self.drawing.words
        standing = words[f"state {task.state}"] if task.signing == Signing.NONE else words[f"signing {task.signing}"]
        title = f'<a href="{way.format(task.pk)}">{escape(task.title)}</a>' if way else escape(task.title)
        return (
            f'<li class="task-card{" is-late" if row.is_late else ""}">'
            f'<header class="task-card__head"><span class="task-card__number num">{escape(task.number)}</span>{standing}</header>'
            f'<h3 class="task-card__title" lang="zh-Hans">{title}{self.drawing.source(row)}</h3>{self._goals(row)}'
            f'<dl class="task-card__facts">{self._facts(row)}</dl><footer class="task-card__foot">{self._foot(row)}</footer></li>\n'
        )

    def _goals(self, row: Row) -> str:
        measure, drawn = row.task.measured_in, []
        for part in row.beside.parts:
            unit = f" {escape(measure)}" if measure and part.value is not None and not part.goal else ""
            drawn.append(f'<p class="task-card__goal"><span class="muted">{row.year}</span> {escape(part.shown)}{unit}</p>')
        return "".join(drawn)

    def _facts(self, row: Row) -> str:
        task = row.task
        lead = escape(task.lead_unit.name) if task.lead_unit else self.words["left"] if task.left_out else "—"
        people = [(self.words[name], escape(found.name)) for name in ("person", "sponsor") if (found := getattr(task, name))]
        return "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in [(self.words["unit"], lead), *people])

    def _foot(self, row: Row) -> str:
        day = nodes = ""
        if row.task.latest_on:
            late, word = (" cell__late", f" {self.words['late']}") if row.is_late else ("", "")
            day = f'<span class="num{late}">{self.words["clock"]}{row.task.latest_on.isoformat()}{word}</span>'
        if row.beside.nodes:
            told = f'<span class="visually-hidden">{self.words["nodes"]}</span>{row.done}/{len(row.beside.nodes)}'
            nodes = f'<span class="num">{self.words["target"]}{told}</span>'
        return day + nodes
