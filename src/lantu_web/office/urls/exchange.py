"""Addresses of files that go out and come in."""

from __future__ import annotations

from django.urls import URLPattern, path

from lantu_web.office.views import exchange

EXCHANGES = "z/<slug:zone>/exchange/"
ONE = f"{EXCHANGES}<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(EXCHANGES, exchange.listed, name="exchanges"),
    path(f"{EXCHANGES}export/", exchange.export, name="exchange-export"),
    path(f"{EXCHANGES}import/", exchange.bring_back, name="exchange-import"),
    path(f"{EXCHANGES}foreign/", exchange.foreign, name="exchange-foreign"),
    path(f"{ONE}columns/", exchange.match, name="exchange-match"),
    path(f"{ONE}sheet/", exchange.sheet, name="exchange-sheet"),
    path(ONE, exchange.page, name="exchange"),
    path(f"{ONE}state/", exchange.state, name="exchange-state"),
    path(f"{ONE}file/", exchange.file, name="exchange-file"),
    path(f"{ONE}choose/", exchange.choose_all, name="exchange-choose-all"),
    path(f"{ONE}rows/<int:row>/choose/", exchange.choose, name="exchange-choose"),
    path(f"{ONE}take-over/", exchange.take_over, name="exchange-take-over"),
    path(f"{ONE}give-up/", exchange.give_up, name="exchange-give-up"),
]
