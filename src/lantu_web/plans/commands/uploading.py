"""Ask for the reading of a plan's file: the first text of a draft, or an amended text of a plan in review."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require, require_in_unit
from lantu_web.documents.commands import readings
from lantu_web.documents.models import Original, Reading
from lantu_web.documents.queries import REIMPORT, REVIEW
from lantu_web.lib.errors import Conflict
from lantu_web.plans.commands.locking import locked_plan
from lantu_web.plans.enums import PlanState
from lantu_web.plans.models import Reimport


@transaction.atomic
def start_reading(*, by: Person, plan_id: int, original: Original, file_name: str) -> Reading:
    """Raises Conflict for an approved plan, while another file is being read, or while an amended one waits to be decided."""
    require(by, Right.ORIGINAL_UPLOAD)
    plan = locked_plan(by=by, plan_id=plan_id)
    require_in_unit(by, Right.ORIGINAL_UPLOAD, plan.unit_id)
    if plan.state not in (PlanState.DRAFT, PlanState.IN_REVIEW):
        raise Conflict(_("“%(plan)s” is approved: what it says changes only by an adjustment.") % {"plan": plan.name}, field="file")
    if Reimport.objects.filter(plan=plan, applied_at=None, given_up_at=None).exists():
        raise Conflict(_("An amended file of this plan waits to be decided. Take it over or give it up first."), field="file")
    purpose = REVIEW if plan.state == PlanState.DRAFT else REIMPORT
    return readings.start(by=by, original=original, file_name=file_name, purpose=purpose, purpose_id=plan.pk)
