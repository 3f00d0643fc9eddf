"""Addresses of calendars and webhooks."""

from __future__ import annotations

from django.urls import URLPattern, path

from lantu_web.office.views import calendars, webhooks

ZONE = "z/<slug:zone>/"
WEBHOOK = f"{ZONE}webhooks/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("calendar/<str:secret>.ics", calendars.feed, name="calendar-feed"),
    path(f"{ZONE}calendar/", calendars.page, name="calendar"),
    path(f"{ZONE}calendar/close/", calendars.close, name="calendar-close"),
    path(f"{ZONE}webhooks/", webhooks.webhooks, name="webhooks"),
    path(f"{ZONE}webhooks/new/", webhooks.new, name="webhook-new"),
    path(WEBHOOK, webhooks.webhook, name="webhook"),
    path(f"{WEBHOOK}edit/", webhooks.edit, name="webhook-edit"),
    path(f"{WEBHOOK}secret/", webhooks.renew, name="webhook-secret"),
    path(f"{WEBHOOK}retire/", webhooks.retire, name="webhook-retire"),
    path(f"{WEBHOOK}revive/", webhooks.revive, name="webhook-revive"),
    path(f"{WEBHOOK}messages/<int:delivery>/again/", webhooks.again, name="delivery-again"),
]
