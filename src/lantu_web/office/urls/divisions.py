"""Addresses of the breakdown of a plan: division scheme, tasks, parts and nodes, work lines."""

from __future__ import annotations

from django.urls import URLPattern, path

from lantu_web.office.views.divisions import breaking, chapter, lines, scheme

DIVISION = "z/<slug:zone>/plans/<int:pk>/division/"
TASK = "z/<slug:zone>/tasks/<int:pk>/breakdown/"
LINE = "z/<slug:zone>/work-lines/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(DIVISION, scheme.page, name="division"),
    path(f"{DIVISION}open/", scheme.open_scheme, name="division-open"),
    path(f"{DIVISION}edit/", scheme.edit, name="division-edit"),
    path(f"{DIVISION}send/", scheme.send, name="division-send"),
    path(f"{DIVISION}add/", scheme.add, name="division-add"),
    path(f"{DIVISION}chapters/<int:chapter>/", chapter.page, name="division-chapter"),
    path(f"{DIVISION}chapters/<int:chapter>/accept/", chapter.accept, name="division-accept"),
    path(TASK, breaking.page, name="division-task"),
    path(f"{TASK}assign/", breaking.assign, name="division-assign"),
    path(f"{TASK}years/", breaking.years, name="division-years"),
    path(f"{TASK}path/", breaking.take_path, name="division-path"),
    path(f"{TASK}nodes/", breaking.nodes, name="division-nodes"),
    path(f"{TASK}schedule/", breaking.take_nodes, name="division-schedule"),
    path(f"{TASK}words/take/", breaking.take_words, name="division-words-take"),
    path(f"{TASK}words/keep/", breaking.keep_words, name="division-words-keep"),
    path(f"{TASK}remove/", breaking.remove, name="division-remove"),
    path(f"{TASK}withdraw/", breaking.withdraw, name="division-withdraw"),
    path("z/<slug:zone>/work-lines/", lines.page, name="work-lines"),
    path("z/<slug:zone>/work-lines/new/", lines.new, name="work-line-new"),
    path(LINE, lines.edit, name="work-line"),
    path(f"{LINE}shift/", lines.shift, name="work-line-shift"),
    path(f"{LINE}remove/", lines.remove, name="work-line-remove"),
]
