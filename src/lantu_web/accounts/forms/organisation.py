"""Forms of units, sections and assessment groups. They ask and clean; what can be is decided by the commands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.units import UnitTerms
from lantu_web.accounts.enums import UnitKind
from lantu_web.accounts.forms.rows import RowsField, many_to_tick
from lantu_web.accounts.models import Unit, UnitGroup
from lantu_web.accounts.queries.units import living_units
from lantu_web.lib.numbers import id_of, whole

PARTS = 4  # into which a unit is split at most, in one go


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A field for a day, with the browser's calendar."""
    control = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=control, help_text=help_text)


class TreeFilter(forms.Form):
    """What the page of units is narrowed by."""

    search = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.SearchInput(attrs={"placeholder": _("Name, former name or code")})
    )
    dissolved = forms.BooleanField(label=_("With dissolved units"), required=False)


class UnitForm(forms.Form):
    """A new unit; without ``name`` and ``short_name`` the change of one."""

    name = forms.CharField(label=_("Name"), max_length=100)
    short_name = forms.CharField(label=_("Short name"), max_length=40, required=False)
    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("Tells units apart in files; no two units of a zone share one."))
    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices)
    parent = forms.ModelChoiceField(
        label=_("Superior unit"), queryset=Unit.objects.none(), required=False, empty_label=_("None: at the top")
    )
    established_on = day(_("Established on"), required=False)
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, by: Person, unit: Unit | None = None, **kwargs: Any) -> None:
        if unit is not None:
            known = {name: getattr(unit, name) for name in ("code", "kind", "parent", "established_on")}
            kwargs.setdefault("initial", {**known, "expected": unit.revision})
        super().__init__(*args, **kwargs)
        assert by.zone_id is not None
        self.fields["parent"].queryset = living_units(by.zone_id).exclude(pk=unit.pk if unit else 0)  # type: ignore[attr-defined]
        if unit is not None:
            del self.fields["name"], self.fields["short_name"]

    def terms(self) -> UnitTerms:
        given = self.cleaned_data
        return UnitTerms(
            code=given["code"], name=given["name"], short_name=given["short_name"], kind=given["kind"],
            parent_id=given["parent"].pk if given["parent"] else None, established_on=given["established_on"],
        )  # fmt: skip


class RenameForm(forms.Form):
    name = forms.CharField(label=_("New name"), max_length=100)
    short = forms.CharField(label=_("Short name"), max_length=40, required=False)
    on = day(_("From"), required=False, help_text=_("The old name is kept with this day."))
    document_number = forms.CharField(label=_("Document number"), max_length=60, required=False)
    is_slip = forms.BooleanField(label=_("Only a slip of the pen is mended: keep no former name"), required=False)
    expected = forms.IntegerField(widget=forms.HiddenInput)


class DissolveForm(forms.Form):
    on = day(_("Dissolved on"))
    document_number = forms.CharField(label=_("Document number"), max_length=60, required=False)
    expected = forms.IntegerField(widget=forms.HiddenInput)


class MergeForm(forms.Form):
    """Which units go, and what they become: a unit that stays, or a new one."""

    wide = ("units", "into")

    units = RowsField(label=_("Units that are dissolved"), queryset=Unit.objects.none(), widget=many_to_tick())
    into = forms.ModelChoiceField(label=_("Merged into"), queryset=Unit.objects.none(), required=False, empty_label=_("A new unit"))
    name = forms.CharField(label=_("Name of the new unit"), max_length=100, required=False)
    short_name = forms.CharField(label=_("Its short name"), max_length=40, required=False)
    code = forms.CharField(label=_("Its code"), max_length=20, required=False)
    kind = forms.ChoiceField(label=_("Its kind"), choices=UnitKind.choices, required=False)
    on = day(_("Day of the merger"))
    document_number = forms.CharField(label=_("Document number"), max_length=60, required=False)
    carry = forms.BooleanField(label=_("Posts go on in the successor"), required=False, initial=True)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert by.zone_id is not None
        living = living_units(by.zone_id)
        self.fields["units"].queryset = self.fields["into"].queryset = living  # type: ignore[attr-defined]
        self.fields["seen"].initial = " ".join(f"{pk}:{revision}" for pk, revision in living.values_list("pk", "revision"))

    def chosen(self) -> dict[int, int]:
        """The units that go, each with the revision that was seen when the form was made."""
        pairs = (pair.partition(":") for pair in self.cleaned_data["seen"].split())
        seen = {id_of(pk): whole(revision) or 0 for pk, _colon, revision in pairs}
        return {unit.pk: seen.get(unit.pk, 0) for unit in self.cleaned_data["units"]}

    def successor(self) -> int | UnitTerms:
        given = self.cleaned_data
        if given["into"]:
            return int(given["into"].pk)
        first = given["units"][0]
        return UnitTerms(
            code=given["code"], name=given["name"], short_name=given["short_name"], kind=given["kind"] or first.kind,
            parent_id=first.parent_id if first.parent_id not in {unit.pk for unit in given["units"]} else None,
            established_on=given["on"],
        )  # fmt: skip


class SplitForm(forms.Form):
    """The parts of a unit, line by line, and where its posts go on."""

    wide = ("carry_into",)

    on = day(_("Day of the split"))
    document_number = forms.CharField(label=_("Document number"), max_length=60, required=False)
    carry_into = forms.TypedChoiceField(label=_("Posts go on in"), required=False, coerce=int, empty_value=None)
    expected = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"expected": unit.revision})
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.fields["carry_into"].choices = [  # type: ignore[attr-defined]
            ("", _("None: they end")), *((str(number), _("Part %(number)s") % {"number": number + 1}) for number in range(PARTS)),
        ]  # fmt: skip
        for number in range(PARTS):
            told = {"number": number + 1}
            first = number < 2
            self.fields[f"name_{number}"] = forms.CharField(label=_("Part %(number)s: name") % told, max_length=100, required=first)
            self.fields[f"code_{number}"] = forms.CharField(label=_("Part %(number)s: code") % told, max_length=20, required=first)

    def parts(self) -> list[UnitTerms]:
        given = self.cleaned_data
        return [
            UnitTerms(
                code=given[f"code_{number}"], name=given[f"name_{number}"], kind=self.unit.kind, parent_id=self.unit.parent_id,
                established_on=given["on"],
            )
            for number in range(PARTS)
            if given[f"name_{number}"]
        ]  # fmt: skip


class SectionForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    units = RowsField(label=_("Units"), queryset=Unit.objects.none(), widget=many_to_tick(), required=False)
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, by: Person, group: UnitGroup | None = None, **kwargs: Any) -> None:
        if group is not None:
            kwargs.setdefault("initial", {"name": group.name, "units": list(group.units.all()), "expected": group.revision})
        super().__init__(*args, **kwargs)
        assert by.zone_id is not None
        self.fields["units"].queryset = living_units(by.zone_id)  # type: ignore[attr-defined]
