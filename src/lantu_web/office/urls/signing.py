"""Addresses of signing for tasks, working in them, the task page, my unit."""

from __future__ import annotations

from django.urls import URLPattern, path

from lantu_web.office.views.signing import my_unit, settle, sign, task, work

PLAN = "z/<slug:zone>/plans/<int:pk>/"
SIGNATURE = "z/<slug:zone>/signatures/<int:pk>/"
TASK = "z/<slug:zone>/tasks/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("z/<slug:zone>/my-unit/", my_unit.page, name="my-unit"),
    path("z/<slug:zone>/my-unit/sign/", sign.many, name="sign-many"),
    path(SIGNATURE, sign.one, name="sign"),
    path(f"{SIGNATURE}object/", sign.objection, name="sign-object"),
    path(f"{SIGNATURE}settle/", settle.settle, name="settle"),
    path(f"{SIGNATURE}follow/", settle.follow, name="settle-follow"),
    path(f"{PLAN}objections/", settle.objections, name="objections"),
    path(f"{PLAN}carry-over/", settle.carry_over, name="carry-over"),
    path(TASK, task.page, name="task"),
    path(f"{TASK}people/", task.people, name="task-people"),
    path(f"{TASK}comment/", work.comment, name="task-comment"),
    path(f"{TASK}readers/", task.readers, name="task-readers"),
    path(f"{TASK}files/", work.file_add, name="task-file-add"),
    path(f"{TASK}files/<int:file>/", task.file, name="task-file"),
    path(f"{TASK}files/<int:file>/remove/", work.file_remove, name="task-file-remove"),
    path(f"{TASK}nodes/<int:node>/done/", work.node_done, name="node-done"),
    path(f"{TASK}parts/<int:part>/claim/", work.part_claim, name="part-claim"),
    path(f"{TASK}parts/<int:part>/verify/", work.part_verify, name="part-verify"),
    path(f"{TASK}parts/<int:part>/send-back/", work.part_send_back, name="part-send-back"),
    path(f"{TASK}extend/", work.extension_ask, name="extension-ask"),
    path("z/<slug:zone>/extensions/<int:pk>/", work.extension, name="extension"),
]
