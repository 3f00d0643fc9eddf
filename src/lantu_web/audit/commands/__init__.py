"""The one write of the audit: to append."""

from lantu_web.audit.commands.record import record

__all__ = ["record"]
