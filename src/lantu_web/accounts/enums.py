"""Closed words of organisation and people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ZoneKind(models.TextChoices):
    DISTRICT = "district", _("District or county")
    FUNCTIONAL_ZONE = "functional_zone", _("Functional zone")


class UnitKind(models.TextChoices):
    COMMITTEE = "committee", _("Party working committee or management committee")
    BUREAU = "bureau", _("Bureau or office")
    TERRITORY = "territory", _("Street or town")
    PARK = "park", _("Park")
    COMPANY = "company", _("District company")
    VERTICAL = "vertical", _("Vertically managed unit")
    INSTITUTION = "institution", _("Public institution")


class SuccessionKind(models.TextChoices):
    MERGED = "merged", _("Merged into")
    SPLIT = "split", _("Split into")
    RENAMED = "renamed", _("Renamed")


class Role(models.TextChoices):
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    PLANNING_OFFICER = "planning_officer", _("Planning officer")
    SUPERVISION_OFFICER = "supervision_officer", _("Supervision officer")
    CONTACT_PERSON = "contact_person", _("Unit contact person")
    UNIT_HEAD = "unit_head", _("Unit head")
    LEADER = "leader", _("Leader")
    EVALUATOR = "evaluator", _("Evaluator")
    AUDITOR = "auditor", _("Auditor")


class Appearance(models.TextChoices):
    AUTO = "auto", _("As the system")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
