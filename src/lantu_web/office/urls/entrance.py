"""Addresses of those who come in, and of a person's own pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from lantu_web.office.views import account, entrance, first_run, home, sso, tokens, two_factor

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("login/", entrance.login, name="login"),
    path("login/second-factor/", entrance.code, name="second-factor"),
    path("logout/", entrance.logout, name="logout"),
    path("sso/", sso.start, name="sso-start"),
    path("sso/return/", sso.back, name="sso-return"),
    path("first-run/", first_run.wizard, name="first-run"),
    path("language/", entrance.language, name="language"),
    path("appearance/", entrance.appearance, name="appearance"),
    path("me/", account.account, name="account"),
    path("me/password/", account.password, name="password"),
    path("me/sessions/end/", account.end_sessions, name="sessions-end"),
    path("me/two-factor/", two_factor.page, name="two-factor"),
    path("me/two-factor/codes/", two_factor.codes, name="two-factor-codes"),
    path("me/two-factor/off/", two_factor.off, name="two-factor-off"),
    path("me/tokens/", tokens.page, name="tokens"),
    path("me/tokens/<int:pk>/revoke/", tokens.revoke, name="token-revoke"),
    path("z/<slug:zone>/", home.zone_home, name="zone-home"),
]
