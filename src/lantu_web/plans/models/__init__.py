"""Rows of plans."""

from lantu_web.plans.models.adjustment import Adjustment, AdjustmentItem, Opinion
from lantu_web.plans.models.candidate import Candidate, Decision, Finding
from lantu_web.plans.models.plan import Plan
from lantu_web.plans.models.reimport import Reimport, ReimportLine
from lantu_web.plans.models.text import Heading, Sentence
from lantu_web.plans.models.version import Item, ItemState, Version

__all__ = [
    "Adjustment", "AdjustmentItem", "Candidate", "Decision", "Finding", "Heading", "Item", "ItemState", "Opinion", "Plan", "Reimport",
    "ReimportLine", "Sentence", "Version",
]  # fmt: skip
