"""Forms of a plan's life: approval, closing, adjustments and their lines, opinions, and what is looked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import ZoneKind
from lantu_web.accounts.models import Unit, Zone
from lantu_web.accounts.queries import units_of_zone
from lantu_web.accounts.rights import Right
from lantu_web.lib import clock
from lantu_web.plans.enums import ItemKind, Position, Trigger
from lantu_web.plans.forms.review import ContentForm
from lantu_web.plans.models import Plan, Version
from lantu_web.plans.queries.items import Wanted, chapters_of
from lantu_web.plans.validators import NOTE_LENGTH

_ALL: list[tuple[str, Any]] = [("", _("All"))]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class _Expected(forms.Form):
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def revision(self) -> int:
        """What was seen; 0 where the field was taken out, which no row has."""
        return self.cleaned_data.get("expected") or 0


class StepForm(_Expected):
    """A step without words of its own: the revision that was seen."""


class ApprovalForm(_Expected):
    approving_body = forms.CharField(label=_("Approving body"), max_length=100)
    document_number = forms.CharField(label=_("Document number"), max_length=60)
    approved_on = forms.DateField(label=_("Approved on"), widget=_day())

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        given = {"approving_body": plan.approving_body, "document_number": plan.document_number, "approved_on": plan.issued_on}
        kwargs.setdefault("initial", {**given, "expected": plan.revision})
        super().__init__(*args, **kwargs)
        self.fields["approving_body"].widget.attrs["placeholder"] = suggested_body(plan.zone)


class ClosingForm(_Expected):
    closed_on = forms.DateField(label=_("Closed on"), widget=_day(), initial=clock.today)


class AdjustmentForm(_Expected):
    title = forms.CharField(label=_("Title of the adjustment"), max_length=200)
    trigger = forms.ChoiceField(label=_("Trigger"), choices=Trigger.choices)
    reason = forms.CharField(label=_("Reason"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))


class AdjustmentApprovalForm(_Expected):
    approving_body = forms.CharField(label=_("Approving body"), max_length=100)
    upper_body = forms.CharField(label=_("Upper party committee"), max_length=100, required=False, help_text=_("Where it approved too."))
    document_number = forms.CharField(label=_("Document number"), max_length=60)
    approved_on = forms.DateField(label=_("Approved on"), widget=_day())
    effective_on = forms.DateField(label=_("Effective on"), widget=_day())

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("approving_body", plan.approving_body)
        super().__init__(*args, **kwargs)
        self.fields["approving_body"].widget.attrs["placeholder"] = suggested_body(plan.zone)


class LineForm(ContentForm):
    """A line of an adjustment: the content of its kind (none where an item is removed), below which task, and why."""

    def __init__(self, kind: ItemKind, *args: Any, has_content: bool = True, tasks: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(kind, *args, auto_id="id-content-%s", **kwargs)
        if not has_content:
            self.fields.clear()
        if tasks:
            choices = [("", _("—")), *((str(pk), label) for pk, label in tasks)]
            self.fields["task"] = forms.ChoiceField(label=_("Below which task"), required=False, choices=choices)
        self.fields["reason"] = forms.CharField(
            label=_("Reason for this change"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 2})
        )
        self.fields["expected"] = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def revision(self) -> int:
        """What was seen; 0 where the field was taken out, which no row has."""
        return self.cleaned_data.get("expected") or 0


class OpinionForm(forms.Form):
    """Who prepares adjustments enters whose opinion it is; others speak for themselves, so they are not asked."""

    body = forms.CharField(label=_("Who says so"), max_length=100, required=False)
    unit_id = forms.ModelChoiceField[Unit](
        label=_("Unit"), queryset=None, required=False, empty_label=_("None"), help_text=_("Where it is a unit of this zone.")
    )
    position = forms.ChoiceField(label=_("Position"), choices=Position.choices)
    text = forms.CharField(label=_("What is said"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    given_on = forms.DateField(label=_("Given on"), widget=_day(), initial=clock.today)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert by.zone_id is not None
        self.fields["unit_id"].queryset = units_of_zone(by.zone_id).filter(dissolved_on=None)  # type: ignore[attr-defined]
        if not by.may(Right.ADJUSTMENT_WRITE):
            del self.fields["body"], self.fields["unit_id"]

    def values(self) -> dict[str, Any]:
        """For the command."""
        given = dict(self.cleaned_data)
        unit = given.pop("unit_id", None)
        return {**given, "unit_id": unit.pk if unit else None}


class ItemFilter(forms.Form):
    text = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.SearchInput(attrs={"placeholder": _("Code or words")})
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[*_ALL, *ItemKind.choices])
    chapter = forms.ChoiceField(label=_("Chapter"), required=False)
    only = forms.ChoiceField(
        label=_("Show"), required=False,
        choices=[*_ALL, ("revised", _("Revised only")), ("added", _("Added later")), ("removed", _("Taken out"))],
    )  # fmt: skip

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chapter"].choices = [*_ALL, *((title, title) for title in chapters_of(plan))]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Whatever makes no sense is left out."""
        self.is_valid()
        return Wanted(**self.cleaned_data)


class CompareForm(forms.Form):
    """``from`` and ``to`` are numbers of versions."""

    def __init__(self, data: Any, *, versions: list[Version], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        named = str(_("Version %(number)s"))
        choices = [(str(one.number), f"{named % {'number': one.number}} · {one.document_number}") for one in versions]
        self.fields["from"] = forms.ChoiceField(label=_("From version"), choices=choices)
        self.fields["to"] = forms.ChoiceField(label=_("To version"), choices=choices)
        self.fields["all"] = forms.BooleanField(label=_("Show what is unchanged too"), required=False)


def suggested_body(zone: Zone) -> str:
    """Who usually approves there; a suggestion, since each plan says itself who does."""
    return "区人大常委会" if zone.kind == ZoneKind.DISTRICT else "管委会"
