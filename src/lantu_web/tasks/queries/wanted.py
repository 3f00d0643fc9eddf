"""What somebody wants to see of the ledger: read from an address and written into one again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from lantu_web.lib.numbers import id_of, whole
from lantu_web.plans.enums import ItemKind
from lantu_web.plans.validators import YEARS
from lantu_web.tasks.columns import COLUMNS
from lantu_web.tasks.enums import Signing, TaskState

SIZES = (50, 100, 200)
LONGEST = 200  # characters of a text that is looked for
DUE = ("overdue", "month", "quarter", "year", "later", "none")
GROUPS = ("plan", "chapter", "topic", "lead_unit", "sponsor", "person", "state", "signing", "kind", "due")
SORTS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "number": ("plan_id", "position"),
    "plan": ("plan__name",),
    "chapter": ("chapter",),
    "source": ("source",),
    "topic": ("topic",),
    "kind": ("kind",),
    "title": ("title",),
    "left_out": ("left_out",),
    "indicator_kind": ("indicator_kind",),
    "baseline": ("baseline",),
    "target": ("target",),
    "target_year": ("target_year",),
    "sponsor": ("sponsor__name",),
    "lead_unit": ("lead_unit__position", "lead_unit__code"),
    "section": ("section__name",),
    "person": ("person__name",),
    "start_on": ("start_on",),
    "due_on": ("due_on",),
    "state": ("state",),
    "signing": ("signing",),
})
SHOWN = ("number", "title", "parts", "nodes", "sponsor", "lead_unit", "cooperating", "person", "due_on", "signing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """"" and None mean all. ``year`` is the year whose parts and nodes are shown (None: this one); ``sort`` a key of SORTS, with a minus
    the other way round; ``columns`` keys of COLUMNS in their order."""

    text: str = ""
    plan: int | None = None
    chapter: str = ""
    topic: str = ""
    kind: str = ""
    line: int | None = None
    unit: int | None = None
    cooperating: int | None = None
    sponsor: int | None = None
    person: int | None = None
    state: str = ""
    signing: str = ""
    due: str = ""
    left_out: str = ""
    year: int | None = None
    group: str = ""
    sort: str = ""
    columns: tuple[str, ...] = SHOWN
    size: int = SIZES[0]

    @property
    def parameters(self) -> dict[str, str]:
        """What stands behind the question mark: only what differs from what is shown anyway."""
        usual = Wanted().as_texts()
        return {name: text for name, text in self.as_texts().items() if text != usual[name]}

    def as_texts(self) -> dict[str, str]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: ",".join(value) if isinstance(value, tuple) else "" if value is None else str(value) for name, value in values.items()
        }

    @property
    def query(self) -> str:
        return urlencode(self.parameters)

    @property
    def filters(self) -> dict[str, str]:
        """The parameters that leave tasks out."""
        return {name: value for name, value in self.parameters.items() if name in FILTERS}


FILTERS = (
    "text", "plan", "chapter", "topic", "kind", "line", "unit", "cooperating", "sponsor", "person", "state", "signing", "due", "left_out",
)  # fmt: skip
_CLOSED: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "kind": tuple(ItemKind.values), "state": tuple(TaskState.values), "signing": tuple(Signing.values), "due": DUE,
    "left_out": ("yes", "no"), "group": GROUPS,
})  # fmt: skip


def read(given: Mapping[str, str]) -> Wanted:
    """What an address asks for; whatever makes no sense is left out."""
    values: dict[str, Any] = {name: given.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in ("text", "topic", "chapter")}
    values |= {name: id_of(given.get(name, "")) for name in ("plan", "line", "unit", "cooperating", "sponsor", "person")}
    values |= {name: given.get(name, "") if given.get(name, "") in known else "" for name, known in _CLOSED.items()}
    year, size, sort = whole(given.get("year", "")), whole(given.get("size", "")), given.get("sort", "")
    return Wanted(
        **values, year=year if year in YEARS else None, sort=sort if sort.removeprefix("-") in SORTS else "",
        columns=_columns(given.get("columns", "")), size=size if size in SIZES else SIZES[0],
    )  # fmt: skip


def not_understood(given: Mapping[str, str]) -> list[str]:
    """Names that ``read`` does not know, and those whose value makes no sense to it."""
    found, usual = read(given), Wanted().as_texts()
    taken = found.as_texts()
    return [name for name, value in given.items() if name not in usual or (value.strip() and value != usual[name] == taken[name])]


def _columns(given: str) -> tuple[str, ...]:
    """In the order of the table; the task itself is always among them."""
    named = set(given.split(",")) & set(COLUMNS)
    return tuple(name for name in COLUMNS if name in named | {"title"}) if named else SHOWN
