"""Units of a zone, the sections (科室) in them, their names through time and what became of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.enums import SuccessionKind, UnitKind
from lantu_web.accounts.models.zone import Zone


class Unit(models.Model):
    """``name`` is today's name; older ones are in ``UnitName``. A dissolved unit stays, for the history that names it."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("Superior unit")
    )
    code = models.CharField(_("Code"), max_length=20)
    name = models.CharField(_("Name"), max_length=100)
    short_name = models.CharField(_("Short name"), max_length=40, blank=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=UnitKind.choices)
    position = models.PositiveIntegerField(_("Position"), default=0)
    established_on = models.DateField(_("Established on"), null=True, blank=True)
    dissolved_on = models.DateField(_("Dissolved on"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["zone", "code"], name="unit_code"),
            models.UniqueConstraint(fields=["zone", "name"], condition=Q(dissolved_on=None), name="unit_name_of_the_living"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="unit_not_its_own_superior"),
        ]

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """科室 inside a unit."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sections")
    name = models.CharField(_("Name"), max_length=60)
    is_active = models.BooleanField(_("In use"), default=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["unit", "id"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="section_name")]

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """A name that a unit bore until ``until``."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=40, blank=True)
    until = models.DateField()

    class Meta:
        ordering = ["unit", "-until"]

    def __str__(self) -> str:
        return self.name


class UnitSuccession(models.Model):
    """What became of a unit: merged into another, or split into others."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="origins")
    kind = models.CharField(max_length=10, choices=SuccessionKind.choices)
    on = models.DateField()
    document_number = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="unit_succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=models.F("successor")), name="unit_succession_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class UnitGroup(models.Model):
    """考核分组: units that are assessed against one another."""

    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="unit_groups")
    name = models.CharField(_("Name"), max_length=60)
    units = models.ManyToManyField(Unit, related_name="groups", blank=True, verbose_name=_("Units"))
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["zone", "name"], name="unit_group_name")]

    def __str__(self) -> str:
        return self.name
