"""The guard against writing on an older view: whoever comes second is told who was quicker."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from lantu_web.audit.models import Entry
from lantu_web.audit.queries import last_change_of
from lantu_web.lib.acting import Acting
from lantu_web.lib.errors import Conflict


def check_revision(found: models.Model, expected: int, *, by: Acting, through: Q | None = None) -> None:
    """Refuse what was decided on an older view of the row. Raises Conflict, naming who changed it where the audit knows.

    ``through``: entries about other things that changed this row with them.
    """
    if found.revision != expected:  # type: ignore[attr-defined]
        raise changed_meanwhile(last_change_of(found, zone_id=by.zone_id, through=through))


def changed_meanwhile(last: Entry | None) -> Conflict:
    """What the second one is told; None where nothing says who was the first."""
    if last is None:
        return Conflict(_("Somebody changed this meanwhile. Nothing was saved: look at it again and repeat what still holds."))
    message = _("%(who)s changed this meanwhile. Nothing was saved: look at it again and repeat what still holds.")
    return Conflict(message % {"who": last.user_name})
