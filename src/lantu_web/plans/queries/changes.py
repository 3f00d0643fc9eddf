"""Which entries of the audit changed a row that they are not told of."""

from __future__ import annotations

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from lantu_web.audit.models import Entry
from lantu_web.audit.queries import entries_about, entries_of_zone
from lantu_web.plans.models import Adjustment, Plan, Reimport, ReimportLine


def changes_from_below(plan: Plan) -> Q:
    """An amended text taken over and an adjustment approved leave another plan; both are told of themselves."""
    return _done("reimport.apply", Reimport.objects.filter(plan=plan)) | _done("adjustment.approve", Adjustment.objects.filter(plan=plan))


def last_choice_of(line: ReimportLine, *, zone_id: int) -> Entry | None:
    """Who decided a difference: alone, or with all that were still open; a decided line is not among these any more."""
    about = entries_about(zone_id=zone_id, object_type=Reimport._meta.label_lower, object_id=str(line.reimport_id))
    alone = about.filter(action="reimport.choose", after__line=line.pk).first()
    return alone or about.filter(action="reimport.choose_all", after__difference=line.difference).first()


def last_amendment_of(plan: Plan) -> Entry | None:
    """Who took an amended text over last: that leaves other rows below the plan without a decision on each."""
    return entries_of_zone(plan.zone_id).filter(_done("reimport.apply", Reimport.objects.filter(plan=plan))).first()


def _done(action: str, rows: QuerySet[Reimport] | QuerySet[Adjustment]) -> Q:
    keys = rows.order_by().annotate(key=Cast("pk", CharField())).values("key")
    return Q(action=action, object_type=rows.model._meta.label_lower, object_id__in=keys)
