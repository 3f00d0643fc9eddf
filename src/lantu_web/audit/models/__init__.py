"""Rows of the audit trail."""

from lantu_web.audit.models.chain import Chain
from lantu_web.audit.models.entry import Entry

__all__ = ["Chain", "Entry"]
