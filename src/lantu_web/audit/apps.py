"""Names the app."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "lantu_web.audit"
    label = "audit"
