"""The one table of rights: which role may do what, and how far. The page of rights, the docs and the tests read it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.enums import Role


class Right(StrEnum):
    """What can be done. A right is named object first, so that the table reads in groups."""

    REGISTER_READ = "register.read"
    PLAN_READ = "plan.read"
    PLAN_DRAFT_READ = "plan.draft.read"
    PLAN_WRITE = "plan.write"
    ORIGINAL_UPLOAD = "original.upload"
    ORIGINAL_DOWNLOAD = "original.download"
    CANDIDATE_REVIEW = "candidate.review"
    PLAN_APPROVE = "plan.approve"
    ADJUSTMENT_WRITE = "adjustment.write"
    ADJUSTMENT_APPROVE = "adjustment.approve"
    OPINION_GIVE = "opinion.give"
    TASK_READ = "task.read"
    TASK_DRAFT_READ = "task.draft.read"
    DIVISION_WRITE = "division.write"
    TASK_SIGN = "task.sign"
    TASK_WORK = "task.work"
    COMMENT_WRITE = "comment.write"
    LEDGER_IMPORT = "ledger.import"
    CALENDAR_OWN = "calendar.own"
    WEBHOOK_WRITE = "webhook.write"
    ORGANISATION_READ = "organisation.read"
    ORGANISATION_WRITE = "organisation.write"
    PEOPLE_READ = "people.read"
    PEOPLE_WRITE = "people.write"
    ZONE_WRITE = "zone.write"
    AUDIT_READ = "audit.read"
    RIGHTS_READ = "rights.read"
    TOKEN_OWN = "token.own"


class Reach(IntEnum):
    """How far a right reaches, least first. No right but those of the system administrator crosses the border of a zone."""

    NONE = 0
    OWN_UNIT = 1
    ZONE = 2
    INSTALLATION = 3


LABELS = {
    Right.REGISTER_READ: _("Read the register of plans"),
    Right.PLAN_READ: _("Read approved plans and their versions"),
    Right.PLAN_DRAFT_READ: _("Read plans before their approval"),
    Right.PLAN_WRITE: _("Enter and change plans in the register"),
    Right.ORIGINAL_UPLOAD: _("Upload the file of a plan"),
    Right.ORIGINAL_DOWNLOAD: _("Download the original file"),
    Right.CANDIDATE_REVIEW: _("Review what was found in a plan"),
    Right.PLAN_APPROVE: _("Record the approval of a plan, close a plan"),
    Right.ADJUSTMENT_WRITE: _("Prepare an adjustment"),
    Right.ADJUSTMENT_APPROVE: _("Record the approval of an adjustment"),
    Right.OPINION_GIVE: _("Give an opinion"),
    Right.TASK_READ: _("Read the ledger of tasks that were sent out"),
    Right.TASK_DRAFT_READ: _("Read tasks before they are sent out"),
    Right.DIVISION_WRITE: _("Break a plan down, send tasks out, settle objections"),
    Right.TASK_SIGN: _("Sign for tasks or object to them"),
    Right.TASK_WORK: _("Work in tasks: section and person, nodes, finished parts, files, later due dates"),
    Right.COMMENT_WRITE: _("Comment on tasks"),
    Right.LEDGER_IMPORT: _("Bring a ledger back from a workbook"),
    Right.CALENDAR_OWN: _("Subscribe to one's own due dates"),
    Right.WEBHOOK_WRITE: _("Let other programs be told of changes"),
    Right.ORGANISATION_READ: _("Read the organisation"),
    Right.ORGANISATION_WRITE: _("Change the organisation"),
    Right.PEOPLE_READ: _("See the people"),
    Right.PEOPLE_WRITE: _("Change people and their posts"),
    Right.ZONE_WRITE: _("Open and name zones"),
    Right.AUDIT_READ: _("Read the audit trail"),
    Right.RIGHTS_READ: _("Read the table of rights"),
    Right.TOKEN_OWN: _("Make tokens for programs, with one's own rights"),
}

_EVERYONE = frozenset({Right.RIGHTS_READ, Right.TOKEN_OWN, Right.ORGANISATION_READ})
_READERS = _EVERYONE | {Right.REGISTER_READ, Right.PLAN_READ, Right.TASK_READ, Right.CALENDAR_OWN}
_OVERSEERS = _READERS | {Right.PLAN_DRAFT_READ, Right.TASK_DRAFT_READ, Right.PEOPLE_READ}
_ABOVE_ALL_PLANS = frozenset({Right.ZONE_WRITE, Right.PEOPLE_WRITE, Right.AUDIT_READ})
_OF_THE_INSTALLATION = frozenset({
    Right.ORGANISATION_WRITE, Right.PEOPLE_READ, Right.PEOPLE_WRITE, Right.ZONE_WRITE, Right.AUDIT_READ,
})  # fmt: skip


def _in_zone(*rights: Right) -> Mapping[Right, Reach]:
    return dict.fromkeys(rights, Reach.ZONE)


_UNIT = MappingProxyType({
    **_in_zone(*_READERS, Right.OPINION_GIVE, Right.COMMENT_WRITE),
    **dict.fromkeys((Right.PLAN_DRAFT_READ, Right.ORIGINAL_DOWNLOAD, Right.PEOPLE_READ), Reach.OWN_UNIT),
    **dict.fromkeys((Right.TASK_SIGN, Right.TASK_WORK, Right.LEDGER_IMPORT), Reach.OWN_UNIT),
})  # fmt: skip

RIGHTS: Mapping[Role, Mapping[Right, Reach]] = MappingProxyType({
    Role.SYSTEM_ADMINISTRATOR: dict.fromkeys(_EVERYONE | _OF_THE_INSTALLATION, Reach.INSTALLATION),
    Role.PLANNING_OFFICER: _in_zone(*(right for right in Right if right not in _ABOVE_ALL_PLANS)),
    Role.SUPERVISION_OFFICER: _in_zone(*_OVERSEERS, Right.ORIGINAL_DOWNLOAD, Right.OPINION_GIVE, Right.COMMENT_WRITE),
    Role.CONTACT_PERSON: _UNIT,
    Role.UNIT_HEAD: _UNIT,
    Role.LEADER: _in_zone(*_OVERSEERS, Right.ORIGINAL_DOWNLOAD, Right.OPINION_GIVE, Right.COMMENT_WRITE),
    Role.EVALUATOR: _in_zone(*_READERS, Right.ORIGINAL_DOWNLOAD, Right.OPINION_GIVE),
    Role.AUDITOR: _in_zone(*_OVERSEERS, Right.AUDIT_READ),
})


def reach(roles: frozenset[Role], right: Right) -> Reach:
    """The farthest that any of the roles reaches."""
    return max((RIGHTS[role].get(right, Reach.NONE) for role in roles), default=Reach.NONE)
