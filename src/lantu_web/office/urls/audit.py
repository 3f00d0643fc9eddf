"""Addresses of the audit trail."""

from __future__ import annotations

from django.urls import path

from lantu_web.office.views import audit

urlpatterns = [
    path("z/<slug:zone>/audit/", audit.audit, name="audit"),
    path("z/<slug:zone>/audit/verify/", audit.verify, name="audit-verify"),
    path("audit/", audit.installation, name="installation-audit"),
    path("audit/verify/", audit.installation_verify, name="installation-audit-verify"),
]
