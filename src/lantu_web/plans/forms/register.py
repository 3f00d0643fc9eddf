"""Forms of the register: its filters, the entry of a plan, its filing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit
from lantu_web.accounts.queries import units_of_zone
from lantu_web.plans.commands.register import Entry
from lantu_web.plans.enums import PlanKind, PlanLevel, PlanState
from lantu_web.plans.models import Plan
from lantu_web.plans.queries.register import ANY_IN_FORCE, Wanted, possible_parents
from lantu_web.plans.validators import EARLIEST_YEAR, LATEST_YEAR

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_ALL: list[tuple[str, Any]] = [("", _("All"))]


def year_field(label: _StrPromise, **kwargs: Any) -> forms.IntegerField:
    """A year that may be left out."""
    return forms.IntegerField(label=label, required=False, min_value=EARLIEST_YEAR, max_value=LATEST_YEAR, **kwargs)


class RegisterFilter(forms.Form):
    """What is looked for; whatever makes no sense is left out."""

    text = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.SearchInput(attrs={"placeholder": _("Name, number or unit")})
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=[*_ALL, (ANY_IN_FORCE, _("In force")), *PlanState.choices])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[*_ALL, *PlanKind.choices])
    level = forms.ChoiceField(label=_("Level"), required=False, choices=[*_ALL, *PlanLevel.choices])
    year = year_field(_("In force in"), widget=forms.NumberInput(attrs={"placeholder": _("Year")}))
    view = forms.CharField(required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def wanted(self) -> Wanted:
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if name != "view"}
        return Wanted(**given)


class PlanForm(forms.Form):
    """The entry of a plan before its approval."""

    wide = ("name",)  # what belongs together then stands side by side

    name = forms.CharField(label=_("Name of the plan"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=PlanKind.choices)
    level = forms.ChoiceField(label=_("Level"), choices=PlanLevel.choices, initial=PlanLevel.ZONE)
    unit = forms.ModelChoiceField(label=_("Drafting unit"), queryset=Unit.objects.none(), required=False, empty_label=_("None"))
    parent = forms.ModelChoiceField(
        label=_("Upper plan"), queryset=Plan.objects.none(), required=False, empty_label=_("None"),
        help_text=_("The plan that this one carries out."),
    )  # fmt: skip
    period_start = year_field(_("First year"))
    period_end = year_field(_("Last year"))
    issuing_body = forms.CharField(label=_("Issuing body"), required=False, max_length=100)
    approving_body = forms.CharField(label=_("Approving body"), required=False, max_length=100)
    document_number = forms.CharField(label=_("Document number"), required=False, max_length=60)
    issued_on = forms.DateField(label=_("Issued on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    filing_number = forms.CharField(label=_("Filing number"), required=False, max_length=60)
    filed_on = forms.DateField(label=_("Filed on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, by: Person, plan: Plan | None = None, **kwargs: Any) -> None:
        if plan is not None:
            typed = {name: getattr(plan, name) for name in self.base_fields if name != "expected"}
            kwargs.setdefault("initial", {**typed, "expected": plan.revision})
        super().__init__(*args, **kwargs)
        assert by.zone_id is not None
        own = Q(pk=plan.unit_id) if plan is not None else Q(pk=None)
        self.fields["unit"].queryset = units_of_zone(by.zone_id).filter(Q(dissolved_on=None) | own)  # type: ignore[attr-defined]
        self.fields["parent"].queryset = possible_parents(by, plan)  # type: ignore[attr-defined]

    def entry(self) -> Entry:
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("expected", "unit", "parent")}
        unit, parent = self.cleaned_data["unit"], self.cleaned_data["parent"]
        return Entry(**given, unit_id=unit.pk if unit else None, parent_id=parent.pk if parent else None)


class FilingForm(forms.Form):
    """备案 of a plan whose content is fixed."""

    filing_number = forms.CharField(label=_("Filing number"), required=False, max_length=60)
    filed_on = forms.DateField(label=_("Filed on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    expected = forms.IntegerField(widget=forms.HiddenInput)


class UploadForm(forms.Form):
    """One file; whether it can be taken in is told by the command that takes it."""

    file = forms.FileField(label=_("File of the plan"), required=False, allow_empty_file=True)
