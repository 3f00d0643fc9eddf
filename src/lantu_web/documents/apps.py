"""Names the app."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "lantu_web.documents"
    label = "documents"
