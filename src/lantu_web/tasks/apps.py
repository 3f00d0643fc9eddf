"""Names the app."""

from __future__ import annotations

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "lantu_web.tasks"
    label = "tasks"
