"""Addresses of a plan's life after the review: approval, content, versions, adjustments, opinions, amended files."""

from __future__ import annotations

from django.urls import URLPattern, path

from lantu_web.office.views import adjustment_lines, adjustments, compare, life, opinions, reimport

PLAN = "z/<slug:zone>/plans/<int:pk>/"
ADJUSTMENT = "z/<slug:zone>/adjustments/<int:pk>/"
LINE = f"{ADJUSTMENT}lines/<int:line>/"
REIMPORT = "z/<slug:zone>/reimports/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}approve/", life.approve, name="plan-approve"),
    path(f"{PLAN}close/", life.close, name="plan-close"),
    path(f"{PLAN}items/", life.items, name="items"),
    path(f"{PLAN}versions/", life.versions, name="versions"),
    path(f"{PLAN}compare/", compare.page, name="compare"),
    path(f"{PLAN}opinions/", opinions.of_plan, name="opinions"),
    path(f"{PLAN}adjustments/", adjustments.of_plan, name="adjustments"),
    path(f"{PLAN}adjustments/new/", adjustments.new, name="adjustment-new"),
    path(ADJUSTMENT, adjustments.page, name="adjustment"),
    path(f"{ADJUSTMENT}edit/", adjustments.edit, name="adjustment-edit"),
    path(f"{ADJUSTMENT}consult/", adjustments.consult, name="adjustment-consult"),
    path(f"{ADJUSTMENT}take-back/", adjustments.take_back, name="adjustment-take-back"),
    path(f"{ADJUSTMENT}withdraw/", adjustments.withdraw, name="adjustment-withdraw"),
    path(f"{ADJUSTMENT}approve/", adjustments.approve, name="adjustment-approve"),
    path(f"{ADJUSTMENT}opinion/", opinions.of_adjustment, name="adjustment-opinion"),
    path(f"{ADJUSTMENT}items/", adjustment_lines.choose, name="adjustment-items"),
    path(f"{ADJUSTMENT}items/<int:item>/change/", adjustment_lines.change, name="adjustment-change"),
    path(f"{ADJUSTMENT}items/<int:item>/remove/", adjustment_lines.remove, name="adjustment-remove"),
    path(f"{ADJUSTMENT}add/<str:kind>/", adjustment_lines.add, name="adjustment-add"),
    path(LINE, adjustment_lines.rewrite, name="adjustment-line"),
    path(f"{LINE}drop/", adjustment_lines.drop, name="adjustment-line-drop"),
    path(f"{LINE}renew/", adjustment_lines.renew, name="adjustment-line-renew"),
    path(REIMPORT, reimport.page, name="reimport"),
    path(f"{REIMPORT}lines/<int:line>/", reimport.choose, name="reimport-choose"),
    path(f"{REIMPORT}choose/", reimport.choose_all, name="reimport-choose-all"),
    path(f"{REIMPORT}apply/", reimport.apply, name="reimport-apply"),
    path(f"{REIMPORT}again/", reimport.again, name="reimport-again"),
    path(f"{REIMPORT}give-up/", reimport.give_up, name="reimport-give-up"),
]
