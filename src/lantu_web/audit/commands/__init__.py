"""The one write of the audit: to append."""

from lantu_web.audit.commands.record import Told, record, record_each

__all__ = ["Told", "record", "record_each"]
