"""Addresses of the office, one file per area. Pages of a zone stand under ``/z/<zone>/``."""

from __future__ import annotations

from lantu_web.office.urls import audit, entrance, face, library, life, organisation, workbench

app_name = "office"
urlpatterns = [
    *entrance.urlpatterns,
    *organisation.urlpatterns,
    *library.urlpatterns,
    *workbench.urlpatterns,
    *life.urlpatterns,
    *audit.urlpatterns,
    *face.urlpatterns,
]
