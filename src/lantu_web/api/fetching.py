"""Objects that a call names, fetched through the caller's right: what the caller may not see is not there (404)."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from lantu_web.api.security import ApiRequest
from lantu_web.plans.models import Adjustment, Heading, Plan, Reimport
from lantu_web.plans.queries.adjustments import adjustments_of_zone
from lantu_web.plans.queries.outline import BEFORE, keys_below
from lantu_web.plans.queries.register import plans_visible_to
from lantu_web.plans.queries.reimports import reimports_visible_to
from lantu_web.plans.queries.review import headings_of, plans_to_look_into
from lantu_web.tasks.models import Division, Exchange, Extension, Node, Signature, Task, TaskFile, Webhook, WorkLine, YearPart
from lantu_web.tasks.queries.divisions import plans_to_divide, work_lines_of
from lantu_web.tasks.queries.exchanges import exchanges_of
from lantu_web.tasks.queries.listing import divisions_visible_to
from lantu_web.tasks.queries.page import tasks_to_show
from lantu_web.tasks.queries.parts import extensions_visible_to, nodes_visible_to, parts_visible_to
from lantu_web.tasks.queries.signing import signatures_visible_to
from lantu_web.tasks.queries.talk import files_visible_to
from lantu_web.tasks.queries.webhooks import webhooks_of_zone


def plan_of(request: ApiRequest, plan_id: int) -> Plan:
    return get_object_or_404(plans_visible_to(request.person), pk=plan_id)


def plan_in_review_of(request: ApiRequest, plan_id: int) -> Plan:
    """A plan whose review the caller may look into."""
    return get_object_or_404(plans_to_look_into(request.person), pk=plan_id)


def adjustment_of(request: ApiRequest, adjustment_id: int) -> Adjustment:
    return get_object_or_404(adjustments_of_zone(request.person), pk=adjustment_id)


def reimport_of(request: ApiRequest, reimport_id: int) -> Reimport:
    return get_object_or_404(reimports_visible_to(request.person), pk=reimport_id)


def heading_of(plan: Plan, section: int) -> Heading | None:
    """The heading; None for 0, which is what stands before the first."""
    return get_object_or_404(headings_of(plan), pk=section) if section else None


def section_keys(plan: Plan, section: int) -> frozenset[int]:
    """The section and all below it, as the queries of the review name them."""
    return frozenset(key or BEFORE for key in keys_below(plan, heading_of(plan, section)))


def plan_to_divide_of(request: ApiRequest, plan_id: int) -> Plan:
    """A plan whose breakdown the caller may see before it is sent out."""
    return get_object_or_404(plans_to_divide(request.person), pk=plan_id)


def division_of(request: ApiRequest, division_id: int) -> Division:
    return get_object_or_404(divisions_visible_to(request.person), pk=division_id)


def task_of(request: ApiRequest, task_id: int) -> Task:
    """With all that it names."""
    return get_object_or_404(tasks_to_show(request.person), pk=task_id)


def part_of(request: ApiRequest, part_id: int) -> YearPart:
    return get_object_or_404(parts_visible_to(request.person), pk=part_id)


def node_of(request: ApiRequest, node_id: int) -> Node:
    return get_object_or_404(nodes_visible_to(request.person), pk=node_id)


def signature_of(request: ApiRequest, signature_id: int) -> Signature:
    return get_object_or_404(signatures_visible_to(request.person), pk=signature_id)


def extension_of(request: ApiRequest, extension_id: int) -> Extension:
    return get_object_or_404(extensions_visible_to(request.person), pk=extension_id)


def task_file_of(request: ApiRequest, file_id: int) -> TaskFile:
    return get_object_or_404(files_visible_to(request.person), pk=file_id)


def work_line_of(request: ApiRequest, line_id: int) -> WorkLine:
    return get_object_or_404(work_lines_of(request.person.zone_id or 0), pk=line_id)


def webhook_of(request: ApiRequest, webhook_id: int) -> Webhook:
    return get_object_or_404(webhooks_of_zone(request.person), pk=webhook_id)


def exchange_of(request: ApiRequest, exchange_id: int) -> Exchange:
    """One of the caller's own."""
    return get_object_or_404(exchanges_of(request.person), pk=exchange_id)
