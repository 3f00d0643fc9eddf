"""Closed words of originals and readings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReadingState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being read")
    DONE = "done", _("Read")
    FAILED = "failed", _("Could not be read")
    CANCELLED = "cancelled", _("Cancelled")


class Stage(models.TextChoices):
    """What the job is at, in order; the screen shows them as steps."""

    WAITING = "waiting", _("Waiting for its turn")
    OPENING = "opening", _("Opening the file")
    REPAIRING = "repairing", _("Repairing the text")
    COMPILING = "compiling", _("Finding goals, tasks and projects")
    STORING = "storing", _("Laying out for review")
    FINISHED = "finished", _("Finished")


UNFINISHED = (ReadingState.QUEUED, ReadingState.RUNNING)
