"""Forms of people, posts, zones and of the import."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands.posts import PostTerms
from lantu_web.accounts.enums import Role, ZoneKind
from lantu_web.accounts.forms.organisation import day
from lantu_web.accounts.models import Section, Unit, User
from lantu_web.accounts.queries.units import living_units
from lantu_web.accounts.rights import Reach, Right

_ALL: list[tuple[str, Any]] = [("", _("All"))]


class PeopleFilter(forms.Form):
    """What the page of people is narrowed by; whatever makes no sense is left out."""

    search = forms.CharField(
        label=_("Search"), required=False, max_length=60, widget=forms.SearchInput(attrs={"placeholder": _("Name, user name or telephone")})
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All"))
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[*_ALL, *Role.choices])
    inactive = forms.BooleanField(label=_("With people who may not log in"), required=False)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = living_units(by.zone_id or 0)
        if by.reach(Right.PEOPLE_READ) is Reach.OWN_UNIT:
            units = units.filter(pk__in=by.unit_ids)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        given = self.cleaned_data
        unit = given.get("unit")
        return {
            "search": given.get("search", ""), "unit_id": unit.pk if unit else None, "role": given.get("role", ""),
            "inactive": given.get("inactive", False),
        }  # fmt: skip


class PostForm(forms.Form):
    """A post; the sections of every unit stand in one list, by unit."""

    role = forms.ChoiceField(label=_("Role"))
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("None"),
        help_text=_("Contact persons and unit heads need one."),
    )  # fmt: skip
    section = forms.ChoiceField(label=_("Section"), required=False)
    title = forms.CharField(label=_("Title"), max_length=60, required=False)
    valid_from = day(_("From"), required=False)
    valid_to = day(_("Last day"), required=False, help_text=_("Evaluators need one."))

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above_all = by.reach(Right.PEOPLE_WRITE) is Reach.INSTALLATION
        roles = [choice for choice in Role.choices if above_all or choice[0] != Role.SYSTEM_ADMINISTRATOR]
        self.fields["role"].choices = sorted(roles, key=lambda choice: choice[0] == Role.SYSTEM_ADMINISTRATOR)  # type: ignore[attr-defined]
        units = living_units(by.zone_id or 0)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["section"].choices = [("", _("None")), *_sections(units)]  # type: ignore[attr-defined]

    def terms(self) -> PostTerms:
        given = self.cleaned_data
        return PostTerms(
            role=given["role"], unit_id=given["unit"].pk if given["unit"] else None,
            section_id=int(given["section"]) if given["section"] else None, title=given["title"], valid_from=given["valid_from"],
            valid_to=given["valid_to"],
        )  # fmt: skip


def _sections(units: Iterable[Unit]) -> list[tuple[str, list[tuple[str, str]]]]:
    by_unit: dict[str, list[tuple[str, str]]] = {}
    for section in (
        Section.objects.filter(unit__in=units, is_active=True).select_related("unit").order_by("unit__position", "unit__code", "id")
    ):
        by_unit.setdefault(section.unit.name, []).append((str(section.pk), section.name))
    return list(by_unit.items())


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Full name"), max_length=60)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        if person is not None:
            known = {name: getattr(person, name) for name in ("name", "phone", "email")}
            kwargs.setdefault("initial", {**known, "expected": person.revision})
        super().__init__(*args, **kwargs)


class NewPersonForm(PostForm, PersonForm):
    """Somebody with a first post; ``username`` of somebody who is there already gives them the post."""

    username = forms.CharField(label=_("User name"), max_length=60, help_text=_("Letters, digits and . _ - @ +; it never changes."))
    field_order = ("username", "name", "phone", "email", "role", "unit", "section", "title", "valid_from", "valid_to")


class ExistingPersonForm(PostForm):
    """A post for somebody of another zone."""

    username = forms.CharField(label=_("User name"), max_length=60)
    field_order = ("username", "role", "unit", "section", "title", "valid_from", "valid_to")


class EndForm(forms.Form):
    on = day(_("Last day"))


class IdentityForm(forms.Form):
    subject = forms.CharField(label=_("Identifier at the sign-on provider"), max_length=200)


class ZoneForm(forms.Form):
    slug = forms.SlugField(
        label=_("Short name in addresses"), max_length=40, help_text=_("Latin letters and digits, for example yunxi; it never changes.")
    )
    name = forms.CharField(label=_("Name"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), choices=ZoneKind.choices, initial=ZoneKind.FUNCTIONAL_ZONE)
    division_code = forms.CharField(
        label=_("Division code"), max_length=12, required=False, help_text=_("Six, nine or twelve digits (GB/T 2260).")
    )
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AppointForm(forms.Form):
    username = forms.CharField(label=_("User name"), max_length=60)


class WorkbookForm(forms.Form):
    file = forms.FileField(
        label=_("Workbook (.xlsx)"), help_text=_("At most 5 MB and 5,000 rows a sheet. Nothing is written before you confirm."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}), allow_empty_file=True,
    )  # fmt: skip
