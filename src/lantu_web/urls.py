"""The front doors: the office for people, the interface for programs."""

from __future__ import annotations

from django.urls import include, path

from lantu_web.api import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("lantu_web.office.urls")),
]
handler400 = "lantu_web.office.views.errors.bad_request"
handler403 = "lantu_web.office.views.errors.forbidden"
handler404 = "lantu_web.office.views.errors.not_found"
handler500 = "lantu_web.office.views.errors.server_error"
