"""The review of a plan retold on its amended text: headings and sentences replaced, candidates, findings and reasons carried over."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.lib import clock
from lantu_web.lib.rows import BATCH
from lantu_web.plans.commands.lay_out import Laid, save_text
from lantu_web.plans.commands.review.standing import refresh
from lantu_web.plans.enums import LIVE, Act, CandidateState, Choice, Difference, ItemKind
from lantu_web.plans.models import Candidate, Decision, Finding, Heading, Plan, Reimport, ReimportLine, Sentence
from lantu_web.plans.validators import NOTE_LENGTH

_PLACED = (
    "heading", "parent", "start", "end", "quote", "doubt", "content", "label", "state", "note", "revision", "decided_by", "decided_at",
)  # fmt: skip


def retell(*, by: Person, reimport: Reimport, laid: Laid) -> dict[str, int]:
    """Write everything below the plan on the amended text; gives how often each difference was taken or kept."""
    plan, text = reimport.plan, reimport.reading.result.text
    findings = _Findings(plan, text, laid)
    _replace_text(plan, laid)
    findings.carry_over()
    lines = list(reimport.lines.select_related("candidate__parent").order_by("start", "pk"))
    _Candidates(by, plan, laid.headings).write(lines)
    refresh(plan.pk, [(0, len(text))])
    return dict(Counter(f"{line.difference}.{line.choice}" for line in lines))


def _replace_text(plan: Plan, laid: Laid) -> None:
    """Other headings and sentences; what was deliberately no task stays so where a sentence says the same."""
    spoken = Sentence.objects.filter(plan=plan, decisions__isnull=False) | Sentence.objects.filter(plan=plan).exclude(reason="")
    before = list(spoken.distinct().order_by("position"))
    decisions: dict[int, list[int]] = defaultdict(list)
    for decision, of_sentence in Decision.objects.filter(sentence__in=before).values_list("pk", "sentence"):
        decisions[of_sentence or 0].append(decision)
    fresh: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in laid.sentences:
        fresh[sentence.text].append(sentence)
    heirs = [(old, fresh[old.text].pop(0)) for old in before if fresh[old.text]]
    for old, heir in heirs:
        heir.reason = old.reason
    Sentence.objects.filter(plan=plan).delete()
    Heading.objects.filter(plan=plan).delete()
    save_text(laid)
    for old, heir in heirs:
        Decision.objects.filter(pk__in=decisions[old.pk]).update(sentence=heir)


class _Findings:
    """Findings by code and the words they are about; a settled one stays settled where the amended text has the same words."""

    def __init__(self, plan: Plan, text: str, laid: Laid) -> None:
        self.plan, self.text, self.laid = plan, text, laid
        self.before = plan.reading.result.text if plan.reading else ""

    def carry_over(self) -> None:
        there: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in Finding.objects.filter(plan=self.plan).order_by("start", "pk"):
            there[finding.code, self.before[finding.start : finding.end]].append(finding)
        kept, fresh = [], []
        for new in self.laid.findings:
            new.heading = new.heading  # takes up the key that its heading has got meanwhile
            same = there[new.code, self.text[new.start : new.end]]
            if same:
                kept.append(_placed(same.pop(0), new))
            else:
                fresh.append(new)
        Finding.objects.filter(pk__in=[old.pk for olds in there.values() for old in olds]).delete()
        Finding.objects.bulk_update(kept, ["heading", "start", "end", "message", "severity", "revision"], batch_size=BATCH)
        Finding.objects.bulk_create(fresh, batch_size=BATCH)


def _placed(old: Finding, new: Finding) -> Finding:
    old.heading, old.start, old.end, old.message, old.severity = new.heading, new.start, new.end, new.message, new.severity
    old.revision += 1
    return old


class _Candidates:
    """Each candidate by its line: other place, and other words where somebody took them over."""

    def __init__(self, by: Person, plan: Plan, headings: Sequence[Heading]) -> None:
        self.by, self.plan, self.headings = by, plan, list(headings)
        self.starts = [heading.start for heading in headings]
        self.decisions: list[Decision] = []

    def write(self, lines: Sequence[ReimportLine]) -> None:
        self._place_dropped(lines)
        met = [self._met(line, line.candidate) for line in lines if line.candidate is not None]
        new = [self._new(line) for line in lines if line.candidate is None and line.choice == Choice.TAKE]
        tasks = sorted((one for one in [*met, *new] if one.kind == ItemKind.TASK and one.state in LIVE), key=lambda one: one.start)
        Candidate.objects.bulk_create([one for one in new if one.kind == ItemKind.TASK], batch_size=BATCH)
        starts = [task.start for task in tasks]
        for one in [*met, *new]:
            if one.kind == ItemKind.MEASURE and one.state in LIVE and _may_have_another_task(one):
                one.parent = _task_around(one, tasks, starts)
        Candidate.objects.bulk_create([one for one in new if one.kind != ItemKind.TASK], batch_size=BATCH)
        # All rows at once by INSERT … ON CONFLICT: an UPDATE with a CASE for each of two thousand takes ten times as long.
        Candidate.objects.bulk_create(met, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=_PLACED)
        Decision.objects.bulk_create(self.decisions, batch_size=BATCH)

    def _met(self, line: ReimportLine, candidate: Candidate) -> Candidate:
        before = _told(candidate)
        candidate.start, candidate.end = line.start or 0, line.end or 0
        candidate.heading = self._heading_at(candidate.start)
        candidate.revision += 1
        if line.difference == Difference.DROPPED:
            self._dropped(line, candidate)
        else:
            candidate.quote, candidate.doubt = line.quote, line.doubt
        if line.difference == Difference.CHANGED and line.choice == Choice.TAKE:
            candidate.content, candidate.label = line.content, line.label
            candidate.state = CandidateState.OPEN if candidate.state == CandidateState.REJECTED else candidate.state
        if line.difference in (Difference.CHANGED, Difference.DROPPED):
            self._decide(line, candidate, before)
        return candidate

    def _dropped(self, line: ReimportLine, candidate: Candidate) -> None:
        if line.choice == Choice.TAKE:
            candidate.state = CandidateState.DROPPED
        else:
            kept = _("The amended text no longer says this; it was kept.")
            candidate.note = f"{candidate.note} {kept}".strip()[-NOTE_LENGTH:]

    def _decide(self, line: ReimportLine, candidate: Candidate, before: Mapping[str, Any]) -> None:
        candidate.decided_by_id, candidate.decided_at = self.by.user_id, clock.now()
        self.decisions.append(
            Decision(
                plan=self.plan, candidate=candidate, act=Act.REIMPORT, reason=str(Choice(line.choice).label), before=before,
                after=_told(candidate), by_id=self.by.user_id, at=clock.now(),
            )
        )  # fmt: skip

    def _new(self, line: ReimportLine) -> Candidate:
        start = line.start or 0
        return Candidate(
            plan=self.plan, heading=self._heading_at(start), kind=line.kind, label=line.label, content=line.content, quote=line.quote,
            start=start, end=line.end or start, doubt=line.doubt,
        )  # fmt: skip

    def _place_dropped(self, lines: Sequence[ReimportLine]) -> None:
        """What the text no longer says stands, without a length, behind what stood before it."""
        at = 0
        for line in sorted((line for line in lines if line.candidate), key=lambda line: line.candidate.start if line.candidate else 0):
            if line.difference == Difference.DROPPED:
                line.start = line.end = at
            else:
                at = line.end or at

    def _heading_at(self, start: int) -> Heading | None:
        index = bisect_right(self.starts, start) - 1
        return self.headings[index] if index >= 0 else None


def _may_have_another_task(measure: Candidate) -> bool:
    """Not where the parent says what it was split from."""
    return measure.parent is None or (measure.parent.kind == ItemKind.TASK and measure.parent.state in LIVE)


def _task_around(measure: Candidate, tasks: Sequence[Candidate], starts: Sequence[int]) -> Candidate | None:
    """The task whose words the measure stands in; else the one it had."""
    index = bisect_right(starts, measure.start) - 1
    if index >= 0 and measure.start < tasks[index].end:
        return tasks[index]
    return measure.parent


def _told(candidate: Candidate) -> dict[str, Any]:
    return {"content": candidate.content, "quote": candidate.quote, "state": str(candidate.state)}
