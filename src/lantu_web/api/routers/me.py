"""The caller, its tokens, the table of rights."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from lantu_web.accounts.commands import tokens
from lantu_web.accounts.enums import Role
from lantu_web.accounts.queries import tokens_of
from lantu_web.accounts.rights import LABELS, RIGHTS, Reach, Right
from lantu_web.api.schemas.base import Id, Page, Paging, page_of
from lantu_web.api.schemas.me import MeOut, RoleOut, TokenOut, reach_name
from lantu_web.api.security import ApiRequest, endpoint

router = Router(tags=["Caller"])


@router.get("/me")
@endpoint(None, MeOut)
def get_me(request: ApiRequest) -> dict[str, Any]:
    """Who the token stands for, and what that person may do in its zone."""
    user, person = request.token.user, request.person
    return {
        "id": user.pk, "username": user.username, "name": user.name, "language": user.language, "zone": request.token.zone,
        "roles": sorted(person.roles), "unit_ids": sorted(person.unit_ids), "token": request.token,
        "rights": _rights({right: person.reach(right) for right in Right}),
    }  # fmt: skip


@router.get("/me/tokens")
@endpoint(Right.TOKEN_OWN, Page[TokenOut])
def list_tokens(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """One's own tokens, in all zones. They are made on the person's page alone."""
    return page_of(tokens_of(request.token.user), paging)


@router.delete("/me/tokens/{int:token_id}")
@endpoint(Right.TOKEN_OWN, TokenOut)
def revoke_token(request: ApiRequest, token_id: Id) -> Any:
    """End one of one's own tokens."""
    token = get_object_or_404(tokens_of(request.token.user), pk=token_id)
    return tokens.revoke(by=request.person, token_id=token.pk)


@router.get("/rights")
@endpoint(Right.RIGHTS_READ, list[RoleOut])
def get_rights(request: ApiRequest) -> list[dict[str, Any]]:
    """The table of rights: what each role may do, and how far."""
    return [{"role": role, "label": str(role.label), "rights": _rights(RIGHTS[role])} for role in Role]


def _rights(reaches: Any) -> list[dict[str, str]]:
    return [
        {"right": right, "label": str(LABELS[right]), "reach": reach_name(reaches[right])}
        for right in Right
        if reaches.get(right, Reach.NONE) > Reach.NONE
    ]
