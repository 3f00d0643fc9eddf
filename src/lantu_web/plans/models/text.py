"""The text of a plan as it is shown and covered: its headings and its sentences. Offsets count in the reading's canonical text."""

from __future__ import annotations

from django.db import models

from lantu_web.plans.enums import Layout, Standing
from lantu_web.plans.models.plan import Plan


class Heading(models.Model):
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="headings")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40, blank=True)
    title = models.TextField()
    is_box = models.BooleanField(default=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    body_end = models.PositiveIntegerField()  # where its own text ends: at the next heading, whatever its level

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="heading_position")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Sentence(models.Model):
    """``block`` counts paragraphs (and tables); a cell has its place in the grid of its block."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sentences")
    heading = models.ForeignKey(Heading, on_delete=models.CASCADE, null=True, blank=True, related_name="sentences")
    position = models.PositiveIntegerField()
    block = models.PositiveIntegerField()
    layout = models.CharField(max_length=10, choices=Layout.choices)
    row = models.PositiveIntegerField(null=True, blank=True)
    column = models.PositiveIntegerField(null=True, blank=True)
    row_span = models.PositiveSmallIntegerField(default=1)
    column_span = models.PositiveSmallIntegerField(default=1)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.OPEN)
    reason = models.CharField(max_length=300, blank=True)  # why it is deliberately not a task
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="sentence_position")]
        indexes = [
            models.Index(fields=["plan", "start"], name="sentence_start"),
            # Coverage and what is open are counted after every decision: from the index alone, without the texts.
            models.Index(fields=["plan", "standing", "heading", "start", "end"], name="sentence_standing"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
