"""Addresses of the ledger: grid, cards, wall chart, matrices, bulk changes, kept views."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
