"""Names the app that holds templates, translations, built assets and operators' commands."""

from __future__ import annotations

from django.apps import AppConfig


class LantuWebConfig(AppConfig):
    name = "lantu_web"
    label = "lantu_web"

    def ready(self) -> None:
        from lantu_web import checks  # noqa: F401 -- registers them
