"""The caller: who it is, and what it may do."""

from __future__ import annotations

from datetime import date, datetime

from lantu_web.accounts.enums import Role, ZoneKind
from lantu_web.accounts.rights import Reach, Right
from lantu_web.api.schemas.base import In, Out, Ref, Revision


class ZoneOut(Out):
    id: int
    slug: str
    name: str
    kind: ZoneKind
    division_code: str
    revision: int


class ZoneChange(In):
    revision: Revision
    name: str
    kind: ZoneKind
    division_code: str = ""


class ZoneNew(In):
    """``slug`` is the zone's short name in addresses, which never changes."""

    slug: str
    name: str
    kind: ZoneKind
    division_code: str = ""


class TokenOut(Out):
    """A token without its text, which nobody has but who made it."""

    id: int
    name: str
    prefix: str
    zone: Ref | None
    may_write: bool
    created_at: datetime
    expires_on: date
    last_used_at: datetime | None
    revoked_at: datetime | None


class RightOut(Out):
    """How far a right reaches: own_unit, zone or installation."""

    right: Right
    label: str
    reach: str


class MeOut(Out):
    id: int
    username: str
    name: str
    language: str
    zone: ZoneOut | None
    roles: list[Role]
    unit_ids: list[int]
    rights: list[RightOut]
    token: TokenOut


class RoleOut(Out):
    """A row of the table of rights."""

    role: Role
    label: str
    rights: list[RightOut]


def reach_name(reach: Reach) -> str:
    return reach.name.lower()
