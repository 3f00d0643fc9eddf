"""Closed words of plans, reviews and adjustments."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanKind(models.TextChoices):
    DEVELOPMENT = "development", _("Development plan")
    SPATIAL = "spatial", _("Spatial plan")
    SPECIAL = "special", _("Special plan")
    REGIONAL = "regional", _("Regional plan")
    ACTION = "action", _("Action plan")


class PlanLevel(models.TextChoices):
    NATIONAL = "national", _("National")
    PROVINCIAL = "provincial", _("Provincial")
    MUNICIPAL = "municipal", _("Municipal")
    DISTRICT = "district", _("District or county")
    ZONE = "zone", _("Functional zone")
    TOWNSHIP = "township", _("Town or street")


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    ADJUSTED = "adjusted", _("Adjusted")
    CLOSED = "closed", _("Closed")


BEFORE_APPROVAL = (PlanState.DRAFT, PlanState.IN_REVIEW)
IN_FORCE = (PlanState.APPROVED, PlanState.ADJUSTED)


class ItemKind(models.TextChoices):
    """What a candidate is, and an approved item after it."""

    TASK = "task", _("Task")
    MEASURE = "measure", _("Measure")
    TARGET = "target", _("Target")
    ACTUAL = "actual", _("Actual")
    PROJECT = "project", _("Project")
    MECHANISM = "mechanism", _("Mechanism")
    ZONE = "zone", _("Area")
    ACTOR = "actor", _("Actor")


class CandidateState(models.TextChoices):
    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    REPLACED = "replaced", _("Replaced")  # by the parts it was split into, or by what it was merged into
    DROPPED = "dropped", _("Dropped")  # with an amended text that no longer says it


LIVE = (CandidateState.OPEN, CandidateState.ACCEPTED)


class Origin(models.TextChoices):
    FOUND = "found", _("Found in the text")
    ADDED = "added", _("Added by hand")
    SPLIT = "split", _("Part of a split")
    MERGED = "merged", _("Merged")
    PAPER = "paper", _("Typed from the paper original")


class Act(models.TextChoices):
    """What somebody did to a candidate, a sentence or a finding."""

    ACCEPT = "accept", _("accepted")
    EDIT = "edit", _("edited")
    REJECT = "reject", _("rejected")
    REOPEN = "reopen", _("reopened")
    ADD = "add", _("added")
    SPLIT = "split", _("split")
    MERGE = "merge", _("merged")
    NOT_A_TASK = "not_a_task", _("marked as deliberately not a task")
    SETTLE = "settle", _("settled")
    REIMPORT = "reimport", _("changed with the amended text")


class Standing(models.TextChoices):
    """Of a sentence. ``LEFT_OUT``: a heading or furniture, which no one has to cover."""

    OPEN = "open", _("Open")
    COVERED = "covered", _("Covered")
    NOT_A_TASK = "not_a_task", _("Deliberately not a task")
    LEFT_OUT = "left_out", _("Heading")


class Layout(models.TextChoices):
    HEADING = "heading", _("Heading")
    PARAGRAPH = "paragraph", _("Paragraph")
    BOX = "box", _("Box")
    CELL = "cell", _("Table cell")


class RejectReason(models.TextChoices):
    NOT_A_COMMITMENT = "not_a_commitment", _("No commitment, only background")
    DUPLICATE = "duplicate", _("Stands elsewhere already")
    MISREAD = "misread", _("Misread")
    PART_OF_ANOTHER = "part_of_another", _("Part of another item")
    OTHER = "other", _("Other")


class FindingState(models.TextChoices):
    OPEN = "open", _("Open")
    SETTLED = "settled", _("Settled")
    DISMISSED = "dismissed", _("Nothing to do")


class Settlement(models.TextChoices):
    TYPED_FROM_PAPER = "typed_from_paper", _("Typed in from the paper original")
    TEXT_IS_RIGHT = "text_is_right", _("The text is right as it stands")
    ASKED_ISSUER = "asked_issuer", _("Asked the issuing body")
    NO_MATTER = "no_matter", _("Does not matter for delivery")


class Trigger(models.TextChoices):
    """Why an approved plan is adjusted."""

    ENVIRONMENT = "environment", _("Great change of the environment")
    UPPER_PLAN = "upper_plan", _("Change of an upper plan or policy")
    MIDTERM = "midterm", _("Outcome of the mid-term evaluation")
    DISASTER = "disaster", _("Disaster or emergency")
    STATISTICS = "statistics", _("Change of statistical caliber")
    CORRECTION = "correction", _("Correction of a clerical error")
    OTHER = "other", _("Another weighty reason")


class AdjustmentState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    CONSULTATION = "consultation", _("Opinions being collected")
    APPROVED = "approved", _("Approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Change(models.TextChoices):
    CHANGE = "change", pgettext_lazy("change of an item", "Changed")
    ADD = "add", pgettext_lazy("change of an item", "Added")
    REMOVE = "remove", pgettext_lazy("change of an item", "Removed")


class Position(models.TextChoices):
    """Of somebody who was asked for an opinion."""

    AGREE = "agree", _("Agrees")
    AGREE_WITH_CHANGES = "agree_with_changes", _("Agrees with changes")
    OBJECT = "object", _("Objects")
    NOTE = "note", _("Remark")


class Difference(models.TextChoices):
    """How a line of an amended text differs from what is there."""

    SAME = "same", _("Unchanged")
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    DROPPED = "dropped", _("No longer in the text")
    MOVED = "moved", _("Moved")


class Choice(models.TextChoices):
    """What the officer decides of a difference."""

    OPEN = "open", _("To be decided")
    TAKE = "take", _("Take over")
    KEEP = "keep", _("Keep as it is")
