"""Addresses of files that go out and come in."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
