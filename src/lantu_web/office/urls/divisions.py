"""Addresses of the breakdown of a plan: division scheme, tasks, parts and nodes, work lines."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
