"""Addresses of the ledger: grid, cards, wall chart, matrices, bulk changes, kept views."""

from __future__ import annotations

from django.urls import URLPattern, path

from lantu_web.office.views.ledger import bulk, cells, changes, charts, kept, pages

LEDGER = "z/<slug:zone>/ledger/"

urlpatterns: list[URLPattern] = [
    path(LEDGER, pages.grid, name="ledger"),
    path(f"{LEDGER}cards/", pages.cards, name="cards"),
    path(f"{LEDGER}wall-chart/", charts.wall_chart, name="wall-chart"),
    path(f"{LEDGER}matrix/", charts.matrix, name="matrix"),
    path(f"{LEDGER}views/", kept.views, name="ledger-views"),
    path(f"{LEDGER}bulk/", bulk.page, name="ledger-bulk"),
    path(f"{LEDGER}changes/", changes.page, name="ledger-changes"),
    path(f"{LEDGER}undo/", changes.undo, name="ledger-undo"),
    path(f"{LEDGER}tasks/<int:pk>/<str:field>/", cells.cell, name="ledger-cell"),
]
