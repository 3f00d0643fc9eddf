"""One line of the ledger, its years and its nodes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lantu_web.accounts.models import Section, Unit, User, Zone
from lantu_web.plans.enums import ItemKind
from lantu_web.plans.models import Item, ItemState, Plan
from lantu_web.tasks.enums import IndicatorKind, PartState, Signing, TaskState
from lantu_web.tasks.models.division import WorkLine


class Task(models.Model):
    """``number`` is the ledger's (3-2-1), ``position`` its order; ``item`` the plan's words that it comes from (none: of other origin,
    told in ``source``), ``words`` its state that the task was made of, or about which somebody decided since. ``left_out`` says why it is
    not decomposed (goals left to the market). ``latest_on`` is the due date, or the later one that an approved extension allows. ``round``
    is the division's round in which its present content was sent out (0: never).
    """

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="tasks")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tasks")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    words = models.ForeignKey(ItemState, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(_("Kind"), max_length=10, choices=ItemKind.choices, default=ItemKind.TASK)
    number = models.CharField(_("No."), max_length=20)
    position = models.PositiveIntegerField()
    title = models.CharField(pgettext_lazy("column of the ledger", "Task"), max_length=300)
    initials = models.CharField(max_length=300, blank=True)  # pinyin initials of the title, for search
    sought = models.GeneratedField(  # what a search looks through, kept by the database itself; a line for each, so that no word spans two
        expression=Lower(Concat("title", Value("\n"), "source", Value("\n"), "initials")), output_field=models.TextField(), db_persist=True
    )
    chapter = models.CharField(_("Chapter"), max_length=200, blank=True)
    source = models.CharField(pgettext_lazy("column of the ledger", "Source"), max_length=300, blank=True)
    topic = models.CharField(_("Topic"), max_length=40, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=TaskState.choices, default=TaskState.DRAFT)
    signing = models.CharField(_("Signing"), max_length=10, choices=Signing.choices, default=Signing.NONE)
    round = models.PositiveIntegerField(default=0)
    left_out = models.CharField(_("Not decomposed, because"), max_length=300, blank=True)

    lead_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="led_tasks", verbose_name=_("Lead unit")
    )
    lead_reason = models.CharField(max_length=300, blank=True)  # why this lead unit was proposed, in words
    cooperating = models.ManyToManyField(Unit, through="Cooperation", related_name="cooperated_tasks", verbose_name=_("Cooperating units"))
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks",
        verbose_name=pgettext_lazy("column of the ledger", "Section"),
    )  # fmt: skip
    person = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="own_tasks", verbose_name=_("Responsible person")
    )
    sponsor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="sponsored_tasks", verbose_name=_("Sponsor leader")
    )
    lines = models.ManyToManyField(WorkLine, blank=True, related_name="tasks", verbose_name=_("Work lines"))

    start_on = models.DateField(_("Start"), null=True, blank=True)
    due_on = models.DateField(_("Due"), null=True, blank=True)
    latest_on = models.DateField(null=True, blank=True)

    indicator_kind = models.CharField(_("Kind of indicator"), max_length=24, choices=IndicatorKind.choices, blank=True)
    measured_in = models.CharField(_("Unit of measure"), max_length=40, blank=True)
    baseline = models.DecimalField(_("Baseline"), max_digits=20, decimal_places=6, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("Base year"), null=True, blank=True)
    target = models.DecimalField(
        pgettext_lazy("column of the ledger", "Target"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    target_year = models.PositiveSmallIntegerField(_("Target year"), null=True, blank=True)

    finished_on = models.DateField(_("Finished on"), null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["plan", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="task_number"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="task_not_its_own_parent"),
            # Exactly one lead unit on what is sent; what is not decomposed has none and says why.
            models.CheckConstraint(
                condition=Q(state__in=[TaskState.DRAFT, TaskState.WITHDRAWN])
                | Q(lead_unit__isnull=False, left_out="")
                | (Q(lead_unit=None) & ~Q(left_out="")),
                name="task_sent_has_one_lead",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None, latest_on=None) | Q(latest_on__gte=F("due_on")), name="task_latest_not_before_due"
            ),
            models.CheckConstraint(
                condition=Q(start_on=None) | Q(due_on=None) | Q(start_on__lte=F("due_on")), name="task_begins_before_due"
            ),
            models.CheckConstraint(
                condition=Q(state=TaskState.FINISHED, finished_on__isnull=False) | (~Q(state=TaskState.FINISHED) & Q(finished_on=None)),
                name="task_finished_when",
            ),
        ]
        indexes = [
            models.Index(fields=["zone", "plan", "position"], name="task_order"),
            models.Index(fields=["zone", "state", "lead_unit"], name="task_of_unit"),
            models.Index(fields=["zone", "due_on"], name="task_due"),
            models.Index(fields=["zone", "topic"], name="task_topic"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Cooperation(models.Model):
    """配合单位, in the order in which the scheme names them."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="cooperations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cooperations")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["task", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="cooperation_once")]

    def __str__(self) -> str:
        return str(self.unit)


class YearPart(models.Model):
    """年度目标: what of a task is due in one year. One a year, and beside it what was carried over from an earlier one.

    ``value`` is in the task's unit of measure and means, by the task's indicator kind, the level at the year's end, the year's addition,
    or what must hold in the year. Finished is claimed by the unit and verified by the planning office; the two stay apart.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="parts")
    year = models.PositiveSmallIntegerField(_("Year"))
    goal = models.CharField(_("Annual target"), max_length=500, blank=True)
    value = models.DecimalField(_("Value"), max_digits=20, decimal_places=6, null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # how it was proposed; empty once somebody set it
    state = models.CharField(_("State"), max_length=10, choices=PartState.choices, default=PartState.OPEN)
    carried_from = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to")
    claimed_on = models.DateField(_("Claimed finished on"), null=True, blank=True)
    claimed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verified_on = models.DateField(_("Verified on"), null=True, blank=True)
    verified_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("Note"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["task", "year", "id"]
        constraints = [
            models.UniqueConstraint(fields=["task", "year"], condition=Q(carried_from=None), name="year_part_once"),
            models.CheckConstraint(condition=~Q(carried_from=F("id")), name="year_part_not_of_itself"),
            models.CheckConstraint(
                condition=Q(state=PartState.FINISHED, verified_on__isnull=False) | (~Q(state=PartState.FINISHED) & Q(verified_on=None)),
                name="year_part_finished_is_verified",
            ),
        ]
        indexes = [models.Index(fields=["year", "task"], name="year_part_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.goal}"


class Node(models.Model):
    """阶段节点: what stands at the end of a quarter (or on a day in it). ``latest_on`` repeats the task's, so that the database can hold
    that no node lies after it."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="nodes")
    part = models.ForeignKey(YearPart, on_delete=models.CASCADE, null=True, blank=True, related_name="nodes")
    year = models.PositiveSmallIntegerField(_("Year"))
    quarter = models.PositiveSmallIntegerField(_("Quarter"))
    due_on = models.DateField(_("Due"))
    latest_on = models.DateField(null=True, blank=True)
    text = models.CharField(_("Node"), max_length=300)
    value = models.DecimalField(_("Value"), max_digits=20, decimal_places=6, null=True, blank=True)
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["task", "due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="node_quarter"),
            models.CheckConstraint(condition=Q(latest_on=None) | Q(due_on__lte=F("latest_on")), name="node_not_after_its_task"),
            models.UniqueConstraint(fields=["task", "due_on", "text"], name="node_once"),
        ]
        indexes = [models.Index(fields=["year", "task"], name="node_year")]

    def __str__(self) -> str:
        return f"{self.due_on:%Y-%m-%d} {self.text}"
