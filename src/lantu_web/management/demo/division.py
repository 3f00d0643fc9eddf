"""The demo's division scheme: the five-year scheme broken down as the program proposes it, sent out, mostly signed, partly objected to."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Section, Unit, User, Zone
from lantu_web.bridge import breakdown
from lantu_web.bridge.breakdown import Choice
from lantu_web.lib import clock
from lantu_web.management.demo.organisation import acting
from lantu_web.plans.enums import ItemKind
from lantu_web.plans.models import Plan
from lantu_web.tasks.commands import dividing, extending, finishing, lines, signing, talking
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.enums import LineKind, Outcome, SignatureState
from lantu_web.tasks.models import Division, Node, Signature, Task, YearPart
from lantu_web.tasks.queries.paths import problems_of

TAKEN = (ItemKind.TASK, ItemKind.TARGET, ItemKind.PROJECT)
LINES = (
    (LineKind.WORK_LINE, "产业强区"), (LineKind.WORK_LINE, "创新驱动"), (LineKind.WORK_LINE, "城乡融合"), (LineKind.WORK_LINE, "生态优先"),
    (LineKind.WORK_LINE, "民生改善"), (LineKind.WORK_LINE, "改革开放"),
    (LineKind.CAMPAIGN, "项目攻坚年"), (LineKind.CAMPAIGN, "营商环境提升年"),
)  # fmt: skip
# Words of a title → the work line that it stands in.
WORDS = {
    "产业强区": ("产业", "制造", "企业", "装备", "工业"), "创新驱动": ("创新", "研发", "科技", "人才", "数字"),
    "城乡融合": ("城", "乡村", "交通", "道路", "农"), "生态优先": ("生态", "污染", "能耗", "水", "空气", "绿"),
    "民生改善": ("教育", "医", "养老", "就业", "社会", "居民"), "改革开放": ("改革", "开放", "营商", "招商", "外贸"),
}  # fmt: skip
OPEN = {"203": 6, "206": 4, "205": 3, "212": 3, "401": 2, "301": 2}  # bureau → how many it has not signed for yet
# Bureau, words of the task, why it objects, by how many days it wants to be later; the first of them is followed.
COUNTERS = (
    ("301", ("水质", "断面", "水"), "跨区域断面水质受上游来水影响较大，建议完成时限顺延半年。", 181),
    ("205", ("用地", "土地", "耕地"), "用地指标尚未下达，建议顺延一年。", 365),
    ("206", ("管网", "道路", "改造", "桥"), "建设资金落实到2031年，建议顺延一年。", 365),
    ("203", ("平台", "机构", "中心"), "平台认定由上级主管部门组织，时间不由我局掌握，建议顺延半年。", 181),
)  # fmt: skip
FOLLOWED = "情况属实，同意顺延；请每半年报送一次断面监测情况。"
LATELY = timedelta(days=45)  # what was due longer before it was sent out is no node any more


def divide(zone: Zone, officer: Person, plan: Plan) -> None:
    """All of it, from the opened scheme to the settled objection."""
    division = dividing.open_division(by=officer, plan_id=plan.pk, document_number="云溪管办发〔2026〕15号")
    proposals = [one for one in breakdown.proposals(plan) if one.draft.kind in TAKEN]
    choices = [
        Choice(item=one.said.item.pk, lead_unit=one.draft.lead_unit, left_out=one.draft.left_out)
        for one in proposals if one.draft.lead_unit is not None or one.draft.left_out
    ]  # fmt: skip
    tasks = breakdown.accept(by=officer, division_id=division.pk, choices=choices)
    _cross(officer, tasks)
    _share(zone, tasks)
    _set_nodes(tasks)
    ready = [task.pk for task in tasks if not problems_of(task)]
    signing.send(by=officer, division_id=division.pk, task_ids=ready, sign_by=clock.today() + timedelta(days=12))
    _object(zone, division)
    _sign(zone, officer, division)
    _settle(officer, division)
    _work(zone, officer, division)


def _cross(officer: Person, tasks: list[Task]) -> None:
    """Work lines over the tree, by the words of the titles."""
    years = {LineKind.CAMPAIGN: 2026}
    made = {name: lines.add_line(by=officer, kind=kind, name=name, year=years.get(kind)) for kind, name in LINES}
    rows = [
        Task.lines.through(task_id=task.pk, workline_id=made[name].pk)
        for task in tasks for name, words in WORDS.items() if any(word in task.title for word in words)
    ]  # fmt: skip
    Task.lines.through.objects.bulk_create(rows)


def _share(zone: Zone, tasks: list[Task]) -> None:
    """Units that no proposal named take part in something too: towns and companies where work is done on the spot."""
    units = list(Unit.objects.filter(zone=zone, dissolved_on=None).order_by("code"))
    led = [task for task in tasks if task.lead_unit_id is not None]
    named = {task.lead_unit_id for task in led} | set(Unit.objects.filter(cooperations__task__in=led).values_list("pk", flat=True))
    idle = [unit for unit in units if unit.pk not in named]
    for place, unit in enumerate(idle):
        for task in led[place :: max(1, len(led) // 3)][:3]:
            if task.lead_unit_id != unit.pk:
                task.cooperations.create(unit=unit, position=9)


def _set_nodes(tasks: list[Task]) -> None:
    """The quarters to come of this year and the next, as they are proposed; the rest of the years has none yet."""
    rows, years, first = [], {clock.today().year, clock.today().year + 1}, clock.today() - LATELY
    for task in tasks:
        if task.left_out:
            continue
        parts = {part.year: part for part in task.parts.all()}
        rows += [
            Node(
                task=task, part=parts.get(node.due_on.year), year=node.due_on.year, quarter=(node.due_on.month + 2) // 3,
                due_on=node.due_on, latest_on=task.latest_on, text=node.text, value=node.value,
            )
            for node in breakdown.scheduled_nodes(task) if node.due_on >= first and (node.due_on.year in years or not parts)
        ]  # fmt: skip
    Node.objects.bulk_create(rows, batch_size=500)


def _contact(zone: Zone, code: str, officer: Person | None = None) -> Person:
    """Who signs for the unit: its contact person, else the planning office from the signed paper."""
    user = User.objects.filter(posts__unit__zone=zone, posts__unit__code=code, posts__role="contact_person").order_by("pk").first()
    if user is not None:
        return acting(user, zone)
    assert officer is not None
    return officer


def _waiting(division: Division, code: str) -> list[Signature]:
    rows = Signature.objects.filter(task__plan=division.plan_id, unit__code=code, is_superseded=False, state=SignatureState.WAITING)
    return list(rows.select_related("task").order_by("part", "task__position"))


def _object(zone: Zone, division: Division) -> None:
    for code, words, reason, days in COUNTERS:
        fitting = (one for word in words for one in _waiting(division, code) if one.part == "lead" and word in one.task.title)
        row = next(fitting, None)
        if row is not None and row.task.due_on is not None:
            counter = {"due_on": (row.task.due_on + timedelta(days=days)).isoformat()}
            by = _contact(zone, code)
            signing.object_to(by=by, signature_id=row.pk, expected=row.revision, reason=reason, counter=counter)


def _sign(zone: Zone, officer: Person, division: Division) -> None:
    """Most of it, unit by unit; some bureaus are not through yet."""
    rows = Signature.objects.filter(task__plan=division.plan_id, is_superseded=False, state=SignatureState.WAITING)
    by_unit: dict[str, list[signing.Seen]] = defaultdict(list)
    for row in rows.select_related("unit").order_by("unit__code", "part", "task__position"):
        by_unit[row.unit.code].append(signing.Seen(row.pk, row.revision))
    for code, seen in by_unit.items():
        wanted = seen[OPEN.get(code, 0) :]
        if wanted:
            signing.sign_many(by=_contact(zone, code, officer), seen=wanted)


def _settle(officer: Person, division: Division) -> None:
    """The first objection is followed as the unit proposes, so that the others have the later date to sign for again."""
    rows = Signature.objects.filter(task__plan=division.plan_id, is_superseded=False, state=SignatureState.OBJECTED)
    row = rows.order_by("answered_at", "pk").first()
    if row is not None:
        signing.settle(
            by=officer, signature_id=row.pk, expected=row.revision, outcome=Outcome.FOLLOWED, values=row.counter,
            note=FOLLOWED,
        )  # fmt: skip


def _work(zone: Zone, officer: Person, division: Division) -> None:
    """A bureau at work: a person named, a node reached, a year claimed, a later date asked for, a question asked."""
    contact = _contact(zone, "203")
    tasks = list(Task.objects.filter(plan=division.plan_id, lead_unit__code="203", signing="signed").order_by("position"))
    section = Section.objects.filter(unit__zone=zone, unit__code="203").order_by("pk").first()
    who = {"section": section.pk if section else None, "person": contact.user_id}
    for task in tasks[:6]:
        change(by=contact, task_id=task.pk, expected=task.revision, values=who)
    node = Node.objects.filter(task__in=tasks, due_on__lte=clock.today()).order_by("due_on", "pk").first()
    if node is not None:
        finishing.finish_node(by=contact, node_id=node.pk, expected=node.revision, done_on=min(node.due_on, clock.today()))
    part = YearPart.objects.filter(task__in=tasks, year=2026).order_by("pk").first()
    if part is not None:
        finishing.claim(by=contact, part_id=part.pk, expected=part.revision, note="年度目标已完成，认定文件见附件。")
    dated = next((task for task in tasks if task.due_on is not None), None)
    if dated is not None and dated.due_on is not None:
        later = date(dated.due_on.year + 1, 6, 30)
        extending.ask(by=contact, task_id=dated.pk, due_on=later, reason="配套用地报批预计延后三个月。")
        talking.comment(by=officer, task_id=dated.pk, text="@李文静 请在申请延期的同时补报分月计划。")
