"""The content of an approved plan through time: items, and their states in each version that changed them."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from django.db import models
from django.db.models import Q

from lantu_web.plans.enums import ItemKind
from lantu_web.plans.models.candidate import Candidate
from lantu_web.plans.models.plan import Plan

Row = TypeVar("Row", bound=models.Model)


class WriteOnce(models.QuerySet[Row]):
    """Reads and appends; anything else is a fault of the program."""

    def update(self, **values: Any) -> NoReturn:
        raise TypeError("what was approved is written once")

    def delete(self) -> NoReturn:
        raise TypeError("what was approved is written once")


class Frozen(models.Model):
    """A row of what was approved: the program cannot change it, and deletes it only with its plan."""

    objects = WriteOnce.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("what was approved is written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("what was approved is written once")


class Version(Frozen):
    """Number 1 is the baseline as approved; each approved adjustment makes the next. Written once."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    effective_on = models.DateField()
    approving_body = models.CharField(max_length=100)
    document_number = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="version_number"),
            models.CheckConstraint(condition=~Q(approving_body="") & ~Q(document_number=""), name="version_names_its_approval"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.number}"


class Item(Frozen):
    """One thing that the plan commits to, with a code that never changes and its place in the plan's text."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, null=True, blank=True, related_name="item")
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    position = models.PositiveIntegerField()
    heading_title = models.TextField(blank=True)
    quote = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="item_code")]

    def __str__(self) -> str:
        return self.code


class ItemState(Frozen):
    """What an item says from ``version`` on, until a later version says otherwise. The first is the original. Written once."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="states")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="states")
    is_removed = models.BooleanField(default=False)
    label = models.CharField(max_length=300)
    content = models.JSONField()

    class Meta:
        ordering = ["item", "version__number"]
        constraints = [models.UniqueConstraint(fields=["item", "version"], name="item_state_once_a_version")]

    def __str__(self) -> str:
        return self.label
