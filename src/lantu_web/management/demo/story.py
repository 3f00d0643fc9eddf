"""The demo's plans, made by the commands that screens call: one approved and once adjusted, one freshly uploaded and half reviewed, and a
five-year scheme that is approved and divided among the units (``division``)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.db.models import QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.bridge.read_original import read_original
from lantu_web.documents.commands.store import store
from lantu_web.lib import clock
from lantu_web.management.demo.division import divide
from lantu_web.management.demo.organisation import acting
from lantu_web.plans.commands import adjustment_lines, adjustments, approval, opinions, register, uploading
from lantu_web.plans.commands.review import bulk, candidates, findings, sentences
from lantu_web.plans.commands.review.trail import Seen
from lantu_web.plans.enums import (
    CandidateState,
    FindingState,
    ItemKind,
    PlanKind,
    Position,
    RejectReason,
    Settlement,
    Standing,
    Trigger,
)  # fmt: skip
from lantu_web.plans.models import Candidate, Finding, Heading, Item, ItemState, Plan, Sentence

SCHEME = "云溪新区“十五五”高质量发展实施方案（2026—2030年）"
REVIEWED_SHARE = 0.5  # of the outline's headings: up to here the demo's officer has come


def tell(zone: Zone, samples: Path) -> None:
    """Both plans with what became of them."""
    officer = acting(User.objects.get(username="planner"), zone)
    drafting = Unit.objects.get(zone=zone, code="201")
    outline = _enter(
        officer, drafting, name="云溪新区国民经济和社会发展第十五个五年规划纲要", kind=PlanKind.DEVELOPMENT, years=(2026, 2030)
    )  # fmt: skip
    action = _enter(
        officer, drafting, name="云溪新区推进制造业智能化绿色化转型行动方案", kind=PlanKind.ACTION, years=(2026, 2028), parent=outline
    )
    _read(officer, action, samples / "yunxi-action-plan.md")
    _approve(officer, action)
    _adjust(zone, officer, action)
    _read(officer, outline, samples / "yunxi-plan.docx")
    _review_half(officer, outline)
    scheme = _enter(officer, drafting, name=SCHEME, kind=PlanKind.REGIONAL, years=(2026, 2030), parent=outline)
    _read_text(officer, scheme, _as_scheme(samples / "yunxi-plan.txt"), "云溪新区“十五五”实施方案.txt")
    _approve(officer, scheme, number="云溪管发〔2026〕11号", days=150)
    divide(zone, officer, scheme)


def _enter(
    officer: Person, unit: Unit, *, name: str, kind: PlanKind, years: tuple[int, int], parent: Plan | None = None
) -> Plan:  # fmt: skip
    entry = register.Entry(
        name=name, kind=kind, unit_id=unit.pk, parent_id=parent.pk if parent else None, issuing_body="云溪新区管理委员会",
        period_start=years[0], period_end=years[1],
    )  # fmt: skip
    return register.enter(by=officer, entry=entry)


def _read(officer: Person, plan: Plan, path: Path) -> None:
    _read_text(officer, plan, path.read_bytes(), path.name)


def _as_scheme(path: Path) -> bytes:
    """The scheme that puts the outline into effect says what the outline says, under a title and a number of its own."""
    text = path.read_text(encoding="utf-8").replace("国民经济和社会发展第十五个五年规划纲要", "“十五五”高质量发展实施方案")
    return text.replace("云溪管发〔2026〕3号", "云溪管发〔2026〕11号").encode()


def _read_text(officer: Person, plan: Plan, data: bytes, name: str) -> None:
    """As an upload, only that nobody waits for the queue: the queued delivery finds it done."""
    original = store(by=officer, chunks=[data], file_name=name)
    reading = uploading.start_reading(by=officer, plan_id=plan.pk, original=original, file_name=name)
    read_original(reading_id=reading.pk)
    plan.refresh_from_db()


def _approve(officer: Person, plan: Plan, *, number: str = "云溪管发〔2026〕7号", days: int = 210) -> None:
    _accept(officer, plan, Candidate.objects.filter(plan=plan, state=CandidateState.OPEN))
    for finding in Finding.objects.filter(plan=plan, state=FindingState.OPEN):
        findings.settle(by=officer, finding=finding, expected=finding.revision, settlement=Settlement.NO_MATTER)
    plan.refresh_from_db()
    approval.approve(
        by=officer, plan_id=plan.pk, expected=plan.revision, approving_body="云溪新区管理委员会", document_number=number,
        approved_on=_ago(days),
    )  # fmt: skip
    plan.refresh_from_db()


def _accept(officer: Person, plan: Plan, chosen: QuerySet[Candidate]) -> None:
    """Section by section, each at once."""
    sections: dict[Heading | None, list[Seen]] = {}
    for candidate in chosen.select_related("heading"):
        sections.setdefault(candidate.heading, []).append(Seen(candidate.pk, candidate.revision))
    for heading, seen in sections.items():
        bulk.accept_section(by=officer, plan=plan, heading=heading, seen=seen, with_doubt=True)


def _adjust(zone: Zone, officer: Person, plan: Plan) -> None:
    """A target that was too high, and one that was reached early, after asking two units and the evaluator."""
    adjustment = adjustments.draft(
        by=officer, plan_id=plan.pk, title="2026年度目标调整", trigger=Trigger.ENVIRONMENT,
        reason="受外部市场变化和重点企业投资计划延后影响，技改投资年度目标预计难以完成；智能工厂培育进度快于预期，目标相应提高。",
    )  # fmt: skip
    for subject, value, why in (("技改投资", "18", "两家重点企业的设备投资推迟到下一年度"), ("智能工厂", "15", "上半年已认定9家")):
        adjustment.refresh_from_db()
        _change_value(officer, adjustment.pk, adjustment.revision, plan, subject, value, why)
    adjustment.refresh_from_db()
    adjustments.consult(by=officer, adjustment_id=adjustment.pk, expected=adjustment.revision)
    for username, position, text in (
        ("head", Position.AGREE, "同意调整，建议同步下达到各园区。"),
        ("evaluator", Position.AGREE_WITH_CHANGES, "调整理由充分；建议在中期评估时一并说明调整前后口径。"),
    ):
        opinions.give(
            by=acting(User.objects.get(username=username), zone), plan_id=plan.pk, adjustment_id=adjustment.pk, position=position,
            text=text, given_on=_ago(75),
        )  # fmt: skip
    adjustment.refresh_from_db()
    adjustments.approve(
        by=officer, adjustment_id=adjustment.pk, expected=adjustment.revision, approving_body="云溪新区管理委员会",
        upper_body="中共云溪新区工作委员会", document_number="云溪管发〔2026〕21号", approved_on=_ago(60), effective_on=_ago(60),
    )  # fmt: skip


def _change_value(officer: Person, adjustment_id: int, expected: int, plan: Plan, subject: str, value: str, why: str) -> None:
    """Of the first target about that subject."""
    for state in ItemState.objects.filter(item__plan=plan, item__kind=ItemKind.TARGET).select_related("item").order_by("item__position"):
        if subject in state.content["subject"]:
            adjustment_lines.change_item(
                by=officer, adjustment_id=adjustment_id, expected=expected, item_id=state.item_id,
                after={**state.content, "value": value}, reason=why,
            )  # fmt: skip
            return
    raise LookupError(f"the sample plan has no target about {subject}: {Item.objects.filter(plan=plan).count()} items")


def _review_half(officer: Person, plan: Plan) -> None:
    """The first half of the plan: most accepted, an actual or two rejected, introductions marked as deliberately no task."""
    headings = list(Heading.objects.filter(plan=plan).order_by("position"))
    border = headings[int(len(headings) * REVIEWED_SHARE)].start
    first = Candidate.objects.filter(plan=plan, state=CandidateState.OPEN, start__lt=border)
    for candidate in first.filter(kind=ItemKind.ACTOR)[:2]:
        candidates.reject(by=officer, candidate=candidate, expected=candidate.revision, reason=RejectReason.DUPLICATE)
    _accept(officer, plan, first.all())
    for sentence in Sentence.objects.filter(plan=plan, standing=Standing.OPEN, start__lt=border)[:8]:
        sentences.mark_not_a_task(by=officer, sentence=sentence, expected=sentence.revision, reason="背景和总体要求，不单独分解")


def _ago(days: int) -> date:
    return clock.today() - timedelta(days=days)
