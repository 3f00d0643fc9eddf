"""Names the app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lantu_web.accounts"
    label = "accounts"
