"""The records of the library as candidates: what a row says of a task, a target, a project …, with its words and its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lantu.model import Plan, Span, SuggestedUnit, Task
from lantu_web.documents.models import ReadingResult
from lantu_web.lib.errors import Invalid
from lantu_web.plans.content import FIELDS, Content, Field, Kind, clean_field, label_of
from lantu_web.plans.enums import ItemKind
from lantu_web.plans.validators import NOTE_LENGTH

DOUBT = 300  # characters of the column


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One candidate before it is a row. ``parent`` is the index, in the same list, of the task of a measure."""

    kind: ItemKind
    content: Content
    label: str
    quote: str
    start: int
    end: int
    section: str | None
    doubt: str = ""
    note: str = ""
    parent: int | None = None


def found_in(plan: Plan, result: ReadingResult) -> list[Found]:
    """Everything that was found, tasks first and each measure after its task."""
    make = _Maker(plan, result.doubts)
    found: list[Found] = []
    for task in plan.tasks:
        found.append(make.task(task))
        found.extend(make.measures(task, len(found) - 1))
    found.extend(make.others())
    return found


class _Maker:
    def __init__(self, plan: Plan, doubts: Sequence[tuple[int, int, str]]) -> None:
        self.plan, self.doubts = plan, doubts

    def task(self, task: Task) -> Found:
        lead = task.suggested_units[0].unit if task.suggested_units else ""
        words = self.plan.text[slice(*task.span)]
        values = {"title": task.title.strip() or words, "deadline": task.deadline, "topic": task.topic, "lead_unit": lead}
        return self._found(ItemKind.TASK, values, task.span, task.section, note=reasons(task.suggested_units))

    def measures(self, task: Task, parent: int) -> Iterator[Found]:
        for measure in task.measures:
            yield self._found(ItemKind.MEASURE, {"text": measure.text}, measure.span, task.section, parent=parent)

    def others(self) -> Iterator[Found]:
        plan = self.plan
        for kind, figures in ((ItemKind.TARGET, plan.targets), (ItemKind.ACTUAL, plan.actuals)):
            for figure in figures:
                yield self._found(kind, asdict(figure), figure.span, figure.section, doubt=figure.doubt or "", quote=figure.quote)
        for project in plan.projects:
            yield self._found(ItemKind.PROJECT, asdict(project), project.span, project.section)
        for mechanism in plan.mechanisms:
            yield self._found(ItemKind.MECHANISM, asdict(mechanism), mechanism.span, mechanism.section)
        for zone in plan.zones:
            yield self._found(ItemKind.ZONE, {"name": zone.name, **asdict(zone.bounds)}, zone.span, zone.section)
        for actor in plan.actors:
            yield self._found(ItemKind.ACTOR, asdict(actor), actor.span, actor.section)

    def _found(
        self, kind: ItemKind, values: Mapping[str, Any], span: Span, section: str | None,
        *, doubt: str = "", quote: str = "", note: str = "", parent: int | None = None,
    ) -> Found:  # fmt: skip
        quote = quote or self.plan.text[span.start : span.end]
        content, misfits = fitted(kind, values, quote)
        told = [*filter(None, [doubt or self._doubt_at(span)]), *misfits]
        return Found(
            kind=kind, content=content, label=label_of(kind, content), quote=quote, start=span.start, end=span.end, section=section,
            doubt=" ".join(told)[:DOUBT], note=note[:NOTE_LENGTH], parent=parent,
        )  # fmt: skip

    def _doubt_at(self, span: Span) -> str:
        return next((why for start, end, why in self.doubts if start < span.end and span.start < end), "")


def fitted(kind: ItemKind, values: Mapping[str, Any], quote: str) -> tuple[Content, list[str]]:
    """The content that a row can hold, and what of the record it cannot: nothing is made up, nothing is dropped silently."""
    content: Content = {}
    misfits = []
    for field in FIELDS[kind]:
        try:
            content[field.name] = clean_field(field, _plain(field, values.get(field.name)))
        except Invalid as error:
            content[field.name] = clean_field(field, quote[: field.length] if field.required else None)
            misfits.append(str(error))
    return content, misfits


def _plain(field: Field, value: Any) -> Any:
    """A value of a record as a form would send it: numbers without an exponent, texts no longer than the column."""
    if isinstance(value, float):
        return format(value, "f") if "e" not in repr(value) else f"{value:.12f}"
    if isinstance(value, str) and field.kind in (Kind.LINE, Kind.TEXT) and len(value) > field.length:
        return f"{value[: field.length - 1]}…"
    return value


def reasons(units: Sequence[SuggestedUnit]) -> str:
    """Why those units could lead, in the plan's own words and language, whoever reads it."""
    told = "；".join(f"{unit.unit}：{unit.reason}" for unit in units)
    return f"建议牵头单位——{told}" if told else ""
