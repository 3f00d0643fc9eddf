"""Addresses of signing for tasks, working in them, the task page, my unit."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
