"""Addresses of the office, one file per area. Pages of a zone stand under ``/z/<zone>/``."""

from __future__ import annotations

from lantu_web.office.urls import (
    audit,
    divisions,
    entrance,
    exchange,
    face,
    ledger,
    library,
    life,
    organisation,
    outside,
    signing,
    workbench,
)

app_name = "office"
urlpatterns = [
    *entrance.urlpatterns,
    *organisation.urlpatterns,
    *library.urlpatterns,
    *workbench.urlpatterns,
    *life.urlpatterns,
    *divisions.urlpatterns,
    *signing.urlpatterns,
    *ledger.urlpatterns,
    *exchange.urlpatterns,
    *outside.urlpatterns,
    *audit.urlpatterns,
    *face.urlpatterns,
]
