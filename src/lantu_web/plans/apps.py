"""Names the app."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "lantu_web.plans"
    label = "plans"
