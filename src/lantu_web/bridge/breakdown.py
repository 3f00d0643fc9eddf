"""Items of a plan as proposed lines of the ledger: lead unit, indicator, years and nodes from the library, each with its reason.

Nothing is written before the officer decides; what they leave as it was proposed keeps the reason, what they choose has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lantu.breakdown.kinds import Statement, Told, is_counted, tell
from lantu.breakdown.nodes import NodeStep, YearGoal, backward_schedule, quarter_nodes
from lantu.breakdown.paths import Indicator, Path, propose, shown
from lantu.interchange import wording
from lantu.model import Comparator, FigurePeriod, MeasureKind
from lantu.rulebooks.breakdown import breakdown
from lantu_web.accounts.acting import Person
from lantu_web.bridge.leads import Advisor, LeadChoice
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.plans.enums import ItemKind
from lantu_web.plans.models import Plan
from lantu_web.tasks.commands import parts
from lantu_web.tasks.commands.dividing import add_tasks
from lantu_web.tasks.commands.locking import locked_division
from lantu_web.tasks.commands.rewording import changed_words, take
from lantu_web.tasks.drafts import Draft, NodeDraft, YearDraft
from lantu_web.tasks.models import Task
from lantu_web.tasks.queries.divisions import InForce, actuals_of, chapter_of, in_force
from lantu_web.tasks.queries.paths import indicator_of, years_of

_SIX = Decimal("0.000001")
# What of a line follows the plan's words.
_REWORDED = ("title", "due_on", "indicator_kind", "measured_in", "baseline", "baseline_year", "target", "target_year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """``told`` says how the kind of the indicator was told, ``path`` what its years are; both None for what has no figures."""

    said: InForce
    draft: Draft
    leads: Sequence[LeadChoice]
    told: Told | None = None
    path: Path | None = None

    @property
    def lead(self) -> LeadChoice | None:
        """The proposed one; none for what is proposed not to be decomposed."""
        return self.leads[0] if self.leads and self.draft.lead_unit is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the officer decided of one item: who leads, or why it is not decomposed."""

    item: int
    lead_unit: int | None = None
    left_out: str = ""


def proposals(plan: Plan, *, chapter: str | None = None, items: Iterable[int] | None = None) -> list[Proposal]:
    """Everything in force that is not in the ledger yet, in the order of the plan."""
    make, made = _Maker(plan, Advisor(plan.zone_id)), []
    for said in in_force(plan, chapter, items):
        if said.task is None:
            made.append(make.proposal(said))
        else:
            make.remember(said, said.task.lead_unit_id)
    return made


@transaction.atomic
def accept(*, by: Person, division_id: int, choices: Sequence[Choice]) -> list[Task]:
    """Take those items into the ledger as they are proposed, but with what the officer decided. All or none."""
    division = locked_division(by=by, division_id=division_id)
    chosen = {choice.item: choice for choice in choices}
    chapters = {chapter_of(one.item) for one in in_force(division.plan, items=chosen)}
    found = [one for chapter in chapters for one in proposals(division.plan, chapter=chapter) if one.said.item.pk in chosen]
    if len(found) != len(chosen):
        raise Conflict(_("Some of what was chosen is in the ledger already or not in force any more. Nothing was taken over."))
    found.sort(key=lambda one: (one.said.item.position, one.said.item.pk))
    return add_tasks(by=by, division_id=division_id, drafts=[_decided(one, chosen[one.said.item.pk]) for one in found])


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedNodes:
    """Nodes from today on. ``past``: how many are left out because their day is over; ``counted_from``: the day from which the stages are
    counted, where the task began before it."""

    nodes: tuple[NodeDraft, ...] = ()
    past: int = 0
    counted_from: date | None = None


def proposed_nodes(task: Task, year: int | None = None) -> ProposedNodes:
    """The ends of the quarters of the years that have values (or of that year), the present quarter's first; without figures, stages back
    from the due date to today, or to the task's beginning where that is still to come."""
    today, every = clock.today(), scheduled_nodes(task, year)
    coming = tuple(node for node in every if node.due_on >= today)
    if len(coming) == len(every) or not coming or _values(task):
        return ProposedNodes(nodes=coming, past=len(every) - len(coming))
    stages = scheduled_nodes(task, year, since=today)
    return ProposedNodes(nodes=tuple(stages), counted_from=today)


def scheduled_nodes(task: Task, year: int | None = None, *, since: date | None = None) -> list[NodeDraft]:
    """The same from the task's beginning, whatever of it is past by now; stages not before ``since``."""
    indicator, values = indicator_of(task), _values(task)
    steps: list[NodeStep] = []
    if indicator is not None and values:
        before = indicator.baseline
        for at, value in values:
            goal = YearGoal(
                kind=indicator.kind, year=at, value=value, unit=task.measured_in, before=before, is_counted=indicator.is_counted
            )  # fmt: skip
            if year in (None, at):
                steps += quarter_nodes(goal, start_on=task.start_on, due_on=task.latest_on)
            before = value
    elif task.due_on is not None:
        first = task.start_on or _first_day(task)
        steps += backward_schedule(start_on=max(first, since or first), due_on=task.due_on)
    return [NodeDraft(due_on=step.due_on, text=step.text[:300], value=step.value) for step in steps if year in (None, step.due_on.year)]


def _values(task: Task) -> list[tuple[int, Decimal]]:
    """By year, of a task with an indicator."""
    return [(part.year, part.value) for part in years_of(task) if part.value is not None] if indicator_of(task) is not None else []


@transaction.atomic
def take_nodes(*, by: Person, task_id: int, expected: int, year: int | None = None) -> Task:
    """Take the proposed nodes over, in place of those to come (of that year) that are not done; what was due before stays as it is.

    Raises Invalid where none can be proposed.
    """
    task = parts.held(by, task_id, expected)
    proposed = proposed_nodes(task, year)
    if not proposed.nodes and proposed.past:
        raise Invalid(_("No nodes can be proposed: their days are past. Enter them by hand, or move the due date."), field="due_on")
    if not proposed.nodes:
        raise Invalid(_("No nodes can be proposed: give a due date, or values for the years."), field="due_on")
    replaced = Q(due_on__gte=clock.today()) if year is None else Q(due_on__gte=clock.today(), year=year)
    kept = [
        NodeDraft(due_on=node.due_on, text=node.text, value=node.value) for node in task.nodes.filter(done_on=None).exclude(replaced)
    ]  # fmt: skip
    standing = {(node.due_on, node.text) for node in kept}
    nodes = [*kept, *(node for node in proposed.nodes if (node.due_on, node.text) not in standing)]
    parts.put_nodes(by=by, task=task, nodes=nodes, action="task.take_nodes")
    return task


@transaction.atomic
def take_words(*, by: Person, task_id: int, expected: int) -> Task:
    """What the adjusted plan changed of the task's words, figures and years; what the officer set otherwise stays.

    Raises Conflict where the plan says the same, or the task changed since it was seen; Invalid where the new target is not reached.
    """
    task = parts.held(by, task_id, expected)
    found = changed_words(task)
    make = _Maker(task.plan, Advisor(task.plan.zone_id))
    before, after = (
        make.draft(InForce(item=state.item, label=state.label, content=state.content, task=task)) for state in (found.before, found.now)
    )
    values = {name: getattr(after, name) for name in _REWORDED if getattr(before, name) != getattr(after, name)}
    take(by=by, found=found, values=values)
    return task


def _first_day(task: Task) -> date:
    first = task.plan.period_start or (task.due_on.year if task.due_on else task.created_at.year)
    return min(date(first, 1, 1), task.due_on or date(first, 1, 1))


def _decided(proposal: Proposal, choice: Choice) -> Draft:
    if choice.left_out:
        return replace(proposal.draft, lead_unit=None, lead_reason="", cooperating=(), left_out=choice.left_out)
    proposed = next((lead for lead in proposal.leads if lead.unit.pk == choice.lead_unit), None)
    is_first = proposed is not None and proposed is proposal.leads[0]
    return replace(
        proposal.draft, lead_unit=choice.lead_unit, lead_reason=proposed.reason if proposed and is_first else "", left_out="",
        cooperating=tuple(pk for pk in proposal.draft.cooperating if pk != choice.lead_unit),
    )  # fmt: skip


class _Maker:
    """Items come in the order of the plan, so that what stands below a task finds it."""

    def __init__(self, plan: Plan, advisor: Advisor) -> None:
        self.plan, self.advisor = plan, advisor
        self._tasks: list[tuple[int, int, int]] = []  # (start, end, item) of the plan's tasks and measures
        self._leads: dict[int, int | None] = {}
        self._labels: dict[int, str] = {}  # the plan's own words, which all read who read the ledger; a draft's title is not told below it
        self._actuals: dict[tuple[str, str], list[tuple[int, Decimal]]] = defaultdict(list)
        for content in actuals_of(plan):
            value, year = number(content.get("value")), content.get("year")
            if value is not None and year and content.get("measure") == MeasureKind.LEVEL.value:
                self._actuals[str(content.get("subject") or ""), str(content.get("unit") or "")].append((int(year), value))

    def draft(self, said: InForce) -> Draft:
        """What its words and figures say, without who does it."""
        return self._drafted(said)[0]

    def _drafted(self, said: InForce) -> tuple[Draft, Told | None, Path | None]:
        return self._figure(said) if said.item.kind == ItemKind.TARGET else (self._plain(said), None, None)

    def proposal(self, said: InForce) -> Proposal:
        parent = self._parent(said)
        draft = self._drafted(said)
        text = f"{draft[0].title}。{said.item.quote}"
        stated = str(said.content.get("lead_unit") or "")
        leads = self.advisor.leads(text, stated=stated, parent_lead=self._leads.get(parent or 0), parent=self._labels.get(parent or 0, ""))
        made = self._led(replace(draft[0], parent_item=parent, topic=self._topic(said, text)), said, leads)
        self.remember(said, made.lead_unit)
        return Proposal(said=said, draft=made, leads=leads, told=draft[1], path=draft[2])

    def _led(self, draft: Draft, said: InForce, leads: Sequence[LeadChoice]) -> Draft:
        if said.is_anticipatory:
            return replace(draft, left_out=breakdown().left_out.anticipatory)
        if not leads:
            return draft
        others = [unit.pk for unit in self.advisor.named(said.item.quote) if unit.pk != leads[0].unit.pk]
        return replace(draft, lead_unit=leads[0].unit.pk, lead_reason=leads[0].reason, cooperating=tuple(others))

    def _actual(self, content: Mapping[str, Any]) -> tuple[Decimal | None, int | None]:
        """Where the plan itself says how it stood at the beginning: the same indicator in the same unit, the latest before the target."""
        told = self._actuals.get((str(content.get("subject") or ""), str(content.get("unit") or "")), [])
        before = [(year, value) for year, value in told if year < (content.get("year") or self.plan.period_end or 0)]
        return (max(before)[1], max(before)[0]) if before and content.get("measure") == MeasureKind.LEVEL.value else (None, None)

    def _topic(self, said: InForce, text: str) -> str:
        return (str(said.content.get("topic") or "") or self.advisor.topic(text))[:40]

    def _parent(self, said: InForce) -> int | None:
        """Its task in the plan, or the task or measure in whose words it stands."""
        item = said.item
        if item.parent_id is not None:
            return item.parent_id
        if item.kind in (ItemKind.TASK, ItemKind.MEASURE) or item.start is None or item.end is None:
            return None
        around = [pk for start, end, pk in self._tasks if start <= item.start and item.end <= end]
        return around[-1] if around else None

    def remember(self, said: InForce, lead: int | None) -> None:
        """For what stands below it."""
        item = said.item
        self._leads[item.pk], self._labels[item.pk] = lead, said.label
        if item.kind in (ItemKind.TASK, ItemKind.MEASURE) and item.start is not None and item.end is not None:
            self._tasks.append((item.start, item.end, item.pk))

    def _plain(self, said: InForce) -> Draft:
        year = said.content.get("deadline") or self.plan.period_end
        return Draft(
            title=said.label[:300], kind=ItemKind(said.item.kind), item=said.item.pk, chapter=said.item.heading_title.split(" › ")[0][:200],
            source=self._source(said), due_on=date(int(year), 12, 31) if year else None,
        )  # fmt: skip

    def _figure(self, said: InForce) -> tuple[Draft, Told | None, Path | None]:
        content = said.content
        value, baseline, base_year = number(content.get("value")), number(content.get("baseline")), content.get("baseline_year")
        if baseline is None:
            baseline, base_year = self._actual(content)
        statement = _statement(content, value, baseline, said.item.quote)
        told = tell(statement)
        year = content.get("year") or self.plan.period_end
        base_year = base_year or (self.plan.period_start - 1 if self.plan.period_start else None)
        indicator = Indicator(
            kind=told.kind, target=value, target_year=year, baseline=baseline, base_year=base_year, first_year=self._first(base_year),
            is_counted=is_counted(str(content.get("unit") or "")),
        )  # fmt: skip
        path = propose(indicator)
        draft = replace(
            self._plain(said), title=_title(statement), due_on=date(int(year), 12, 31) if year else None, indicator_kind=told.kind.value,
            measured_in=str(content.get("unit") or "")[:40], baseline=baseline, baseline_year=base_year, target=value, target_year=year,
            years=() if said.is_anticipatory else tuple(
                YearDraft(year=step.year, value=step.value, reason=step.formula[:300]) for step in path.steps
            ),
        )  # fmt: skip
        return draft, told, path

    def _first(self, base_year: int | None) -> int | None:
        start = self.plan.period_start
        return max(start, (base_year or start - 1) + 1) if start is not None else None

    def _source(self, said: InForce) -> str:
        """Plan, place in it and code: where the words stand that it comes from."""
        return " ".join(part for part in (f"《{self.plan.name}》", said.item.heading_title, said.item.code) if part)[:300]


def _statement(content: Mapping[str, Any], value: Decimal | None, baseline: Decimal | None, quote: str) -> Statement:
    period = content.get("period")
    return Statement(
        subject=str(content.get("subject") or ""), value=value, unit=str(content.get("unit") or ""),
        comparator=Comparator(content.get("comparator") or "="), measure=MeasureKind(content.get("measure") or "level"),
        period=FigurePeriod(period) if period else None, baseline=baseline, value_text=str(content.get("value_text") or ""), quote=quote,
        value_high=number(content.get("value_high")),
    )  # fmt: skip


def _title(said: Statement) -> str:
    """一般公共预算收入：年均增长6%. With the kind of change, without which a growth would read as a level and be signed for as one."""
    return "：".join(filter(None, (said.subject, wording.statement(said))))[:300]


def number(value: object) -> Decimal | None:
    """As the column holds it; None where it is none, or greater than the column."""
    if value in (None, ""):
        return None
    try:
        found = Decimal(shown(Decimal(str(value)).quantize(_SIX)))
    except InvalidOperation:
        return None
    return found if abs(found) < 10**14 else None
