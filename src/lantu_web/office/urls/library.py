"""Addresses of the register, of a plan and of its files."""

from __future__ import annotations

from django.urls import URLPattern, path

from lantu_web.office.views.library import files, plan, register

PLANS = "z/<slug:zone>/plans/"
PLAN = f"{PLANS}<int:pk>/"
READING = "z/<slug:zone>/readings/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(PLANS, register.page, name="register"),
    path(f"{PLANS}export/", register.export, name="register-export"),
    path(f"{PLANS}new/", plan.new, name="plan-new"),
    path(PLAN, plan.page, name="plan"),
    path(f"{PLAN}edit/", plan.edit, name="plan-edit"),
    path(f"{PLAN}offers/", plan.take_offers, name="plan-offers"),
    path(f"{PLAN}take-back/", plan.take_back, name="plan-take-back"),
    path(f"{PLAN}upload/", files.upload, name="upload"),
    path(f"{PLAN}originals/", files.originals, name="originals"),
    path(READING, files.reading, name="reading"),
    path(f"{READING}state/", files.reading_state, name="reading-state"),
    path(f"{READING}cancel/", files.reading_cancel, name="reading-cancel"),
    path("z/<slug:zone>/originals/<int:pk>/", files.original, name="original"),
]
