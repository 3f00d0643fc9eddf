"""The controls above the ledger: what can be chosen, what is chosen, and how to be rid of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lantu_web.lib import clock
from lantu_web.plans.enums import ItemKind
from lantu_web.tasks.columns import COLUMNS
from lantu_web.tasks.enums import BROKEN_DOWN, Signing, TaskState
from lantu_web.tasks.queries.choices import Choices
from lantu_web.tasks.queries.wanted import SIZES, Wanted

DUE = (
    ("overdue", gettext_lazy("Overdue")), ("month", gettext_lazy("In thirty days")), ("quarter", gettext_lazy("In this quarter")),
    ("year", gettext_lazy("In this year")), ("later", gettext_lazy("After this year")), ("none", gettext_lazy("No due date")),
)  # fmt: skip
LEFT_OUT = (("no", gettext_lazy("Decomposed")), ("yes", gettext_lazy("Left to the market")))
GROUPS = (
    ("plan", gettext_lazy("Plan")), ("chapter", gettext_lazy("Chapter")), ("topic", gettext_lazy("Topic")),
    ("lead_unit", gettext_lazy("Lead unit")), ("sponsor", gettext_lazy("Sponsor leader")), ("person", gettext_lazy("Responsible person")),
    ("signing", gettext_lazy("Signing")), ("state", gettext_lazy("State")), ("kind", gettext_lazy("Kind")),
    ("due", pgettext_lazy("grouping", "Quarter due")),
)  # fmt: skip
LABELS = {
    "text": gettext_lazy("Search"), "plan": gettext_lazy("Plan"), "chapter": gettext_lazy("Chapter"), "topic": gettext_lazy("Topic"),
    "kind": gettext_lazy("Kind"), "line": gettext_lazy("Work line"), "unit": gettext_lazy("Lead unit"),
    "cooperating": gettext_lazy("Cooperating unit"), "sponsor": gettext_lazy("Sponsor leader"),
    "person": gettext_lazy("Responsible person"), "state": gettext_lazy("State"), "signing": gettext_lazy("Signing"),
    "due": gettext_lazy("Due"), "left_out": gettext_lazy("Decomposition"), "group": gettext_lazy("Group by"),
    "year": gettext_lazy("Year shown"), "size": gettext_lazy("Rows a page"),
}  # fmt: skip
FIRST = ("plan", "unit", "signing", "due", "group", "year")
MORE = ("state", "cooperating", "line", "sponsor", "topic", "kind", "left_out", "size")


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Select:
    """A control of the filters; ``empty`` is what nothing chosen is called, "" where something always is."""

    name: str
    label: str
    empty: str
    options: tuple[Option, ...]

    @property
    def drawn(self) -> SafeString:
        """The options: hundreds where units are chosen among."""
        return SafeString("".join(
            f'<option value="{escape(one.value)}"{" selected" if one.is_chosen else ""}>{escape(one.label)}</option>'
            for one in self.options
        ))  # fmt: skip

    @property
    def is_used(self) -> bool:
        return bool(self.empty) and any(option.is_chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force; ``query`` is what is asked without it."""

    label: str
    value: str
    query: str


def selects(wanted: Wanted, found: Choices, names: Iterable[str]) -> list[Select]:
    made = []
    for name in names:
        chosen = str(_chosen(wanted, name) or "")
        options = tuple(Option(value, label, value == chosen) for value, label in _options(name, found, wanted))
        if options or chosen:
            made.append(Select(name, str(LABELS[name]), _empty(name), options))
    return made


def _empty(name: str) -> str:
    return {"year": "", "size": "", "group": _("Nothing")}.get(name, _("All"))


def _chosen(wanted: Wanted, name: str) -> Any:
    value = getattr(wanted, name)
    return None if (name == "year" and value == clock.today().year) or (name == "size" and value == SIZES[0]) else value


def _options(name: str, found: Choices, wanted: Wanted) -> list[tuple[str, str]]:
    match name:
        case "year":
            return [("" if year == clock.today().year else str(year), str(year)) for year in years(wanted)]
        case "size":
            return [("" if size == SIZES[0] else str(size), str(size)) for size in SIZES]
        case "topic":
            return [(topic, topic) for topic in found.topics]
        case "group" | "due" | "left_out" | "state" | "signing" | "kind":
            return [(str(value), str(label)) for value, label in _closed(name)]
        case _:
            return [(str(one.pk), one.name) for one in found.of(name)]


def _closed(name: str) -> Iterable[tuple[Any, Any]]:
    kinds = [(kind.value, kind.label) for kind in ItemKind if kind in BROKEN_DOWN]
    known: dict[str, Iterable[tuple[Any, Any]]] = {
        "group": GROUPS, "due": DUE, "left_out": LEFT_OUT, "state": TaskState.choices, "signing": Signing.choices, "kind": kinds,
    }  # fmt: skip
    return known[name]


def years(wanted: Wanted) -> list[int]:
    """Those around this one that plans reach, and the one that is shown."""
    today = clock.today().year
    return sorted({*range(today - 5, today + 7), wanted.year or today})


def chips(wanted: Wanted, found: Choices) -> list[Chip]:
    """The filters in force, each with its words."""
    usual, made = Wanted(), []
    for name, value in wanted.filters.items():
        words = dict(_options(name, found, wanted)) if name not in ("text", "chapter", "person") else {}
        without = replace(wanted, **{name: getattr(usual, name)})
        made.append(Chip(str(LABELS[name]), words.get(value, value), without.query))
    return made


def columns(wanted: Wanted) -> list[Option]:
    return [Option(name, str(column.label), name in wanted.columns) for name, column in COLUMNS.items()]
