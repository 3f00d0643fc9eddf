"""Rows of organisation and people."""

from lantu_web.accounts.models.draft import ImportDraft
from lantu_web.accounts.models.person import ExternalIdentity, Post, User
from lantu_web.accounts.models.token import ApiToken
from lantu_web.accounts.models.unit import Section, Unit, UnitGroup, UnitName, UnitSuccession
from lantu_web.accounts.models.zone import Zone

__all__ = [
    "ApiToken", "ExternalIdentity", "ImportDraft", "Post", "Section", "Unit", "UnitGroup", "UnitName", "UnitSuccession", "User", "Zone",
]  # fmt: skip
