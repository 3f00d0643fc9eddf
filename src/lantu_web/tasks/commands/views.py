"""Views of the ledger that a person keeps, and shares with the zone."""

from __future__ import annotations

from urllib.parse import parse_qsl

from django.db import transaction
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.rights import Right
from lantu_web.accounts.rules import require
from lantu_web.audit.commands import record
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.lib.texts import typed
from lantu_web.tasks.models import SavedView
from lantu_web.tasks.queries.wanted import read

MOST = 50  # kept by one person in one zone: a list that can still be read


@transaction.atomic
def keep(*, by: Person, name: str, query: str, is_shared: bool = False) -> SavedView:
    """Under that name; one of one's own that bears it already shows from now on what is looked at now. Raises Invalid, Forbidden."""
    require(by, Right.TASK_READ)
    wanted = typed(name, field="name", label=_("Name"), length=60)
    own = SavedView.objects.filter(zone=by.zone_id or 0, owner=by.user_id or 0)
    if own.exclude(name=wanted).count() >= MOST:
        raise Invalid(_("You keep %(most)d views already: drop one first.") % {"most": MOST}, field="name")
    asked = read(dict(parse_qsl(query))).query
    values = {"query": asked, "is_shared": is_shared, "created_at": clock.now()}
    view, _made = SavedView.objects.update_or_create(
        zone_id=by.zone_id or 0, owner_id=by.user_id or 0, name=wanted, defaults=values
    )  # fmt: skip
    record(by=by, action="view.keep", on=view, after={"name": wanted, "query": asked, "is_shared": is_shared})
    return view


@transaction.atomic
def share(*, by: Person, view_id: int, is_shared: bool) -> SavedView:
    """With everybody in the zone, or no longer. Raises Conflict where it is not one's own."""
    view = _own(by, view_id)
    before, view.is_shared = view.is_shared, is_shared
    view.save(update_fields=["is_shared"])
    record(by=by, action="view.share", on=view, before={"is_shared": before}, after={"is_shared": is_shared})
    return view


@transaction.atomic
def drop(*, by: Person, view_id: int) -> None:
    """Raises Conflict where it is not one's own."""
    view = _own(by, view_id)
    record(by=by, action="view.drop", on=view, before={"name": view.name, "query": view.query})
    view.delete()


def _own(by: Person, view_id: int) -> SavedView:
    require(by, Right.TASK_READ)
    view = SavedView.objects.select_for_update().filter(zone=by.zone_id or 0, owner=by.user_id or 0, pk=view_id).first()
    if view is None:
        raise Conflict(_("This view is not there any more."))
    return view
