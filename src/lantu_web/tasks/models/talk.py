"""What was done and said about a task: changes (also for undo), comments, files."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.models import User
from lantu_web.documents.models import Original
from lantu_web.tasks.models.task import Task


class Change(models.Model):
    """One change of a task, with what was and what is; of a bulk change all share ``batch``. Written once, but for ``undone_at``."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="changes")
    action = models.CharField(max_length=40)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    revision = models.PositiveIntegerField()  # of the task after it
    batch = models.UUIDField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["task", "-at", "-id"]
        indexes = [models.Index(fields=["batch"], name="change_batch"), models.Index(fields=["by", "-at"], name="change_of_person")]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"


class Comment(models.Model):
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="comments")
    text = models.CharField(_("Comment"), max_length=2000)
    mentioned = models.ManyToManyField(User, blank=True, related_name="mentions")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["task", "at", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class TaskFile(models.Model):
    """佐证材料 and other files of a task; the bytes are kept once, as all originals."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="files")
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["task", "at", "id"]

    def __str__(self) -> str:
        return self.file_name
