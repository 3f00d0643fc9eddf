"""An amended text of a plan in review, compared with what is there."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.documents.models import Reading
from lantu_web.lib.errors import Refused


def prepare(*, by: Person, reading: Reading) -> None:
    """The differences between the reading and the review, for somebody to decide."""
    raise Refused(_("Amended files cannot be compared yet."))
