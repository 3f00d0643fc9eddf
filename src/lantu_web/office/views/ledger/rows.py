"""Lines of the ledger, drawn: a page has hundreds of cells, so they are written here and not by templates of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from types import MappingProxyType
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.tasks.columns import COLUMNS
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.enums import IndicatorKind, Signing, TaskState
from lantu_web.tasks.queries.beside import Mark
from lantu_web.tasks.queries.ledger import Row
from lantu_web.tasks.queries.values import plain
from lantu_web.templatetags.lantu import icon, state

_PLACE = 987654321  # stands for an id in an address that is made once and filled in for every row


@dataclass(frozen=True)
class Drawing:
    """How rows are drawn for one person on one page: their columns, what may be changed, where links lead."""

    by: Person
    zone: str
    columns: Sequence[str]

    @cached_property
    def labels(self) -> Mapping[str, str]:
        return {name: escape(str(COLUMNS[name].label)) for name in self.columns}

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Icons and words that stand in many rows."""
        source, finished, late = _("The plan's sentence"), _("Finished"), _("Overdue")
        left_out = _("Not decomposed:")
        return {
            "source": f"{icon('document', 'small')}<span class=\"visually-hidden\">{escape(source)}</span>", "source title": escape(source),
            "finished": f"{icon('success', 'small')}<span class=\"visually-hidden\">{escape(finished)}</span>",
            "late": f" {icon('danger', 'small')}<span class=\"visually-hidden\">{escape(late)}</span>",
            "left out": f"{icon('minus', 'small')}{escape(left_out)} ", "choose": _("Choose %(number)s"),
            **{f"signing {value}": state(value, label) for value, label in Signing.choices},
            **{f"state {value}": state(value, label) for value, label in TaskState.choices},
            **{f"kind {value}": str(label) for value, label in IndicatorKind.choices},
        }  # fmt: skip

    @cached_property
    def ways(self) -> Mapping[str, str]:
        """Addresses with a place for the id; of the task's page nothing where there is none."""
        try:
            task = reverse("office:task", args=[self.zone, _PLACE])
        except NoReverseMatch:
            task = ""
        text, items = (reverse(f"office:{name}", args=[self.zone, _PLACE]) for name in ("review", "items"))
        return {name: way.replace(str(_PLACE), "{}") for name, way in (("task", task), ("text", text), ("items", items))}

    @cached_property
    def may_change(self) -> bool:
        return self.by.may(Right.TASK_WORK)

    def changeable(self, row: Row) -> frozenset[str]:
        """The fields of the task that the person may change."""
        if row.task.state == TaskState.WITHDRAWN or not self.by.may_write:
            return frozenset()
        rights = {right for right in (Right.DIVISION_WRITE, Right.TASK_WORK) if self.by.may_in_unit(right, row.task.lead_unit_id)}
        return frozenset(name for name, field in FIELDS.items() if field.right in rights) if rights else frozenset()

    def source(self, row: Row) -> str:
        """One click to the plan's sentence: into the text for those who may look there, else to the approved item with its quote."""
        if row.sentence:
            address = f"{self.ways['text'].format(row.task.plan_id)}#s{row.sentence}"
        elif row.task.item:
            code = escape(row.task.item.code)
            address = f"{self.ways['items'].format(row.task.plan_id)}?text={code}#item-{code}"
        else:
            return ""
        return f'&#8288;<a class="to-source" href="{address}" title="{self.words["source title"]}">{self.words["source"]}</a>'

    def rows(self, rows: Sequence[Row]) -> SafeString:
        return SafeString("".join(self.row(row) for row in rows))

    def row(self, row: Row, opened: Mapping[str, str] | None = None) -> SafeString:
        """One line; ``opened`` holds the editor that stands in the cell of a field."""
        pk, revision, open_to = row.task.pk, row.task.revision, self.changeable(row)
        tick = ""
        if self.may_change:
            label = escape(self.words["choose"] % {"number": row.task.number})
            tick = (
                '<td class="ledger-grid__tick"><input class="form-check-input" type="checkbox" form="bulk" name="task"'
                f' value="{pk}:{revision}" data-tick aria-label="{label}"></td>'
            )
        cells = "".join(self._cell(row, name, open_to, opened or {}) for name in self.columns)
        late = " is-late" if row.is_late else ""
        return SafeString(f'<tr class="ledger-row{late}" id="t{pk}" data-task="{pk}" data-revision="{revision}">{tick}{cells}</tr>')

    def _cell(self, row: Row, name: str, open_to: frozenset[str], opened: Mapping[str, str]) -> str:
        field = COLUMNS[name].field if COLUMNS[name].field in open_to else ""
        drawn = opened.get(field) if field else None
        if drawn is None:
            special = _DRAWN.get(name)
            drawn = special(self, row) if special else f'<span class="cell__text">{escape(text_of(row, name))}</span>'
        tag, scope = ("th", ' scope="row"') if name == "title" else ("td", "")
        of_field = f' is-open" data-field="{field}"' if field else '"'
        return f'<{tag}{scope} class="cell cell--{name}{of_field} data-label="{self.labels[name]}" tabindex="-1">{drawn}</{tag}>'


def text_of(row: Row, name: str) -> str:
    """What a column says of a task, in words."""
    told = _TEXTS.get(name)
    return told(row) if told else str(getattr(row.task, name) or "")


def _number(drawing: Drawing, row: Row) -> str:
    way = drawing.ways["task"]
    number = escape(row.task.number)
    return f'<a class="num nowrap" href="{way.format(row.task.pk)}">{number}</a>' if way else f'<span class="num nowrap">{number}</span>'


def _title(drawing: Drawing, row: Row) -> str:
    way, title = drawing.ways["task"], escape(row.task.title)
    named = f'<a href="{way.format(row.task.pk)}" lang="zh-Hans">{title}</a>' if way else f'<span lang="zh-Hans">{title}</span>'
    left = f'<span class="cell__aside">{drawing.words["left out"]}{escape(row.task.left_out)}</span>' if row.task.left_out else ""
    return f'<span class="cell__title">{named}{drawing.source(row)}</span>{left}'


def _parts(drawing: Drawing, row: Row) -> str:
    drawn = []
    for part in row.beside.parts:
        unit = f" {escape(row.task.measured_in)}" if row.task.measured_in and part.value is not None and not part.goal else ""
        drawn.append(f'<span class="cell__part">{drawing.words["finished"] if part.is_finished else ""}{escape(part.shown)}{unit}</span>')
    return "".join(drawn)


def _nodes(drawing: Drawing, row: Row) -> str:
    if not row.beside.nodes:
        return ""
    marks = "".join(f'<span class="nodes__node{_standing(node, row)}"></span>' for node in row.beside.nodes)
    told = {"done": row.done, "all": len(row.beside.nodes), "late": len(row.late_nodes)}
    words = escape(_("%(done)d of %(all)d nodes done, %(late)d overdue") % told)
    count = f'<span class="nodes__count num" aria-hidden="true">{row.done}/{len(row.beside.nodes)}</span>'
    return f'<span class="nodes" title="{escape(text_of(row, "nodes"))}">{marks}{count}</span><span class="visually-hidden">{words}</span>'


def _standing(node: Mark, row: Row) -> str:
    if node.done_on is not None:
        return " is-done"
    return " is-late" if node.due_on < row.today else ""


def _state(drawing: Drawing, row: Row) -> str:
    return drawing.words[f"state {row.task.state}"]


def _signing(drawing: Drawing, row: Row) -> str:
    return "" if row.task.signing == Signing.NONE else drawing.words[f"signing {row.task.signing}"]


def _due(drawing: Drawing, row: Row) -> str:
    task = row.task
    if task.due_on is None or task.latest_on is None:
        return ""
    late, mark = (" cell__late", drawing.words["late"]) if row.is_late else ("", "")
    longer = ""
    if task.latest_on != task.due_on:
        words = escape(_("extended to %(day)s") % {"day": task.latest_on.isoformat()})
        longer = f'<span class="cell__aside num">{words}</span>'
    return f'<span class="num nowrap{late}">{task.due_on.isoformat()}{mark}</span>{longer}'


def _indicator(drawing: Drawing, row: Row) -> str:
    kind = row.task.indicator_kind
    return f'<span class="cell__text">{escape(drawing.words[f"kind {kind}"])}</span>' if kind else ""


_DRAWN: Mapping[str, Callable[[Drawing, Row], str]] = MappingProxyType({
    "number": _number, "title": _title, "parts": _parts, "nodes": _nodes, "state": _state, "signing": _signing, "due_on": _due,
    "indicator_kind": _indicator,
})  # fmt: skip


def _plain(name: str) -> Callable[[Row], str]:
    return lambda row: plain(getattr(row.task, name)) or ""


def _names(of: Callable[[Row], Sequence[Any]]) -> Callable[[Row], str]:
    return lambda row: "、".join(one.name for one in of(row))


_TEXTS: Mapping[str, Callable[[Row], str]] = MappingProxyType({
    "kind": lambda row: str(row.task.get_kind_display()),
    "lines": _names(lambda row: row.beside.lines),
    "cooperating": _names(lambda row: row.beside.cooperating),
    "lead_unit": lambda row: row.task.lead_unit.name if row.task.lead_unit else "",
    "sponsor": lambda row: row.task.sponsor.name if row.task.sponsor else "",
    "person": lambda row: row.task.person.name if row.task.person else "",
    "section": lambda row: row.task.section.name if row.task.section else "",
    "plan": lambda row: row.task.plan.name,
    "baseline": _plain("baseline"),
    "target": _plain("target"),
    "start_on": lambda row: row.task.start_on.isoformat() if row.task.start_on else "",
    "nodes": lambda row: "；".join(f"{node.due_on:%m-%d} {node.text}" for node in row.beside.nodes),
})
