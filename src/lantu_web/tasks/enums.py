"""Closed words of the breakdown: divisions, tasks, parts, signatures, extensions, exchange."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lantu.model import IndicatorKind as _Kind
from lantu_web.plans.enums import ItemKind


class TaskState(models.TextChoices):
    """Of a line of the ledger. Units see what was sent, never a draft."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent out")
    FINISHED = "finished", pgettext_lazy("state of a task", "Finished")
    WITHDRAWN = "withdrawn", _("Withdrawn")


VISIBLE = (TaskState.SENT, TaskState.FINISHED)
# What of a plan is broken down: commitments; actuals, areas and actors are facts.
BROKEN_DOWN = (ItemKind.TASK, ItemKind.MEASURE, ItemKind.TARGET, ItemKind.PROJECT, ItemKind.MECHANISM)


class Signing(models.TextChoices):
    """Of a task as a whole: the least settled of its signatures of the present round."""

    NONE = "none", _("Not sent out")
    WAITING = "waiting", _("Waiting for signatures")
    OBJECTED = "objected", _("Objected to")
    SIGNED = "signed", _("Signed for")


class Part(models.TextChoices):
    """What a unit has in a task."""

    LEAD = "lead", _("Lead unit")
    COOPERATING = "cooperating", _("Cooperating unit")


class SignatureState(models.TextChoices):
    WAITING = "waiting", _("To be signed")
    SIGNED = "signed", _("Signed")
    OBJECTED = "objected", _("Objected")
    SETTLED = "settled", _("Objection settled")


class Outcome(models.TextChoices):
    """How the planning office settled an objection."""

    FOLLOWED = "followed", _("Followed: the task was changed")
    KEPT = "kept", _("Not followed: the task stays as it was sent")
    RELEASED = "released", _("The unit was released from the task")


class IndicatorKind(models.TextChoices):
    """指标类型: how the years lead from baseline to target. The values are the library's."""

    LEVEL_UP = _Kind.LEVEL_UP.value, _("Level, upwards")
    LEVEL_DOWN = _Kind.LEVEL_DOWN.value, _("Level, downwards")
    GROWTH_RATE = _Kind.GROWTH_RATE.value, _("Average yearly growth")
    CUMULATIVE_REDUCTION = _Kind.CUMULATIVE_REDUCTION.value, _("Reduction over the period")
    CUMULATIVE_COUNT = _Kind.CUMULATIVE_COUNT.value, _("Count over the period")
    KEEP_FLOOR = _Kind.KEEP_FLOOR.value, _("Kept at least")
    KEEP_CAP = _Kind.KEEP_CAP.value, _("Kept at most")
    SYNC = _Kind.SYNC.value, _("In step with another")
    EXTERNAL_TARGET = _Kind.EXTERNAL_TARGET.value, _("Set by the superior")
    MILESTONE = _Kind.MILESTONE.value, _("Milestone")


class PartState(models.TextChoices):
    """Of a year's part of a task."""

    OPEN = "open", pgettext_lazy("state of a year's part", "Open")
    FINISHED = "finished", pgettext_lazy("state of a year's part", "Finished")
    CARRIED = "carried", _("Carried over")


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("Asked for")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class LineKind(models.TextChoices):
    WORK_LINE = "work_line", _("Work line")
    CAMPAIGN = "campaign", _("Campaign")
    THEME = "theme", _("Theme")


class ExchangeKind(models.TextChoices):
    """A file that goes out or comes in as a job."""

    EXPORT_LEDGER = "export_ledger", _("Ledger as workbook")
    EXPORT_DIVISION = "export_division", _("Division scheme (Word)")
    EXPORT_BREAKDOWN = "export_breakdown", _("Table of the breakdown (Word)")
    IMPORT_LEDGER = "import_ledger", _("Ledger that comes back")
    IMPORT_FOREIGN = "import_foreign", _("Ledger of another origin")


class Paper(models.TextChoices):
    """Of an exported workbook; always on its side."""

    A3 = "A3", _("A3, landscape")
    A4 = "A4", _("A4, landscape")


class ExchangeState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    READY = "ready", _("Ready")
    APPLIED = "applied", _("Taken over")
    FAILED = "failed", _("Failed")
    GIVEN_UP = "given_up", _("Given up")


class Verdict(models.TextChoices):
    """Of one row of a file that came in."""

    SAME = "same", _("Unchanged")
    CHANGED = "changed", _("Changed")
    NEW = "new", _("New")
    CONFLICT = "conflict", _("Changed here meanwhile")
    WRONG = "wrong", _("Wrong")


class Choice(models.TextChoices):
    """What to do with a row in conflict (mixed: told by each of its cells), or (leave) with a new one that is no task."""

    OPEN = "open", _("To be decided")
    FILE = "file", _("As in the file")
    HERE = "here", _("As it stands here")
    MIXED = "mixed", _("Cell by cell")
    LEAVE = "leave", _("Leave out")


class BulkMode(models.TextChoices):
    """What a bulk change does with several units or lines."""

    SET = "set", _("Set exactly these")
    ADD = "add", _("Add these")
    TAKE = "take", _("Take these away")


class Event(models.TextChoices):
    """What a webhook is told of."""

    DIVISION_SENT = "division.sent", _("Division sent out")
    TASK_CHANGED = "task.changed", _("Task changed")
    TASK_SIGNED = "task.signed", _("Task signed for")
    TASK_OBJECTED = "task.objected", _("Task objected to")
    OBJECTION_SETTLED = "objection.settled", _("Objection settled")
    PART_FINISHED = "part.finished", _("Year's part finished")
    EXTENSION_DECIDED = "extension.decided", _("Extension decided")
    COMMENT_WRITTEN = "comment.written", _("Comment written")


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", pgettext_lazy("state of a delivery", "Being sent")
    DELIVERED = "delivered", _("Delivered")
    GIVEN_UP = "given_up", _("Given up")
