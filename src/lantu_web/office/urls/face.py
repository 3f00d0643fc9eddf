"""Addresses of the gallery of components."""

from __future__ import annotations

from django.urls import URLPattern, path

from lantu_web.office.views import face

urlpatterns: list[URLPattern] = [
    path("gallery/", face.gallery, name="gallery"),
]
