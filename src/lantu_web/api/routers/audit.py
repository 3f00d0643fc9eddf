"""The audit trail of the zone: read, and checked."""

from __future__ import annotations

from itertools import islice
from typing import Any

from ninja import Query, Router

from lantu_web.accounts.rights import Right
from lantu_web.api.schemas.audit import ChainOut, EntriesWanted, EntryOut
from lantu_web.api.schemas.base import Page, Paging, page_of
from lantu_web.api.security import ApiRequest, endpoint
from lantu_web.audit.queries import breaks_of, chain_of_zone, entries_wanted

router = Router(tags=["Audit"])
MOST = 100  # breaks that are told


@router.get("/audit/entries")
@endpoint(Right.AUDIT_READ, Page[EntryOut])
def list_entries(request: ApiRequest, wanted: Query[EntriesWanted], paging: Query[Paging]) -> dict[str, Any]:
    """Every write in the zone, the newest first: who, when, from where, before and after."""
    return page_of(entries_wanted(request.person.zone_id, **wanted.model_dump()), paging)


@router.get("/audit/chain")
@endpoint(Right.AUDIT_READ, ChainOut)
def verify_chain(request: ApiRequest) -> dict[str, Any]:
    """Whether the zone's chain of entries holds: it is computed anew."""
    chain = chain_of_zone(request.person.zone_id)
    found = list(islice(breaks_of(chain), MOST)) if chain else []
    return {
        "length": chain.length if chain else 0, "last_hash": chain.last_hash if chain else "", "holds": not found, "breaks": found,
    }  # fmt: skip
