"""The gallery: every component in all its states, light beside dark, dense or spacious."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from lantu_web.components.contract import contract, names
from lantu_web.components.states import LOOKS
from lantu_web.documents.enums import ReadingState, Stage
from lantu_web.office.doors import OfficeRequest, own_page
from lantu_web.office.navigation import PLACES, Link
from lantu_web.plans.enums import AdjustmentState, CandidateState, Difference, PlanKind, PlanLevel, PlanState, Position, Standing

DENSITIES = ("dense", "spacious")
SHOWN_STATES = (PlanState, CandidateState, Standing, AdjustmentState, Position, Difference, ReadingState)


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("Name of the plan"), max_length=40, help_text=_("As it stands on the title page."))
    kind = forms.ChoiceField(label=_("Kind"), choices=PlanKind.choices)
    issued_on = forms.DateField(label=_("Issued on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    level = forms.ChoiceField(label=_("Level"), choices=PlanLevel.choices[2:5], widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    file = forms.FileField(label=_("File"), required=False)
    binding = forms.BooleanField(label=_("Binding"), required=False, help_text=_("A binding target must be reached."))

    def clean(self) -> None:
        if self.data:
            self.add_error(None, _("The last year is before the first."))


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Search"), required=False, widget=forms.SearchInput(attrs={"placeholder": _("Name or document number")}))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *PlanKind.choices])


@dataclass(frozen=True, slots=True)
class Specimen:
    name: str
    about: str

    @property
    def template(self) -> str:
        return f"office/gallery/specimens/{self.name}.html"


@dataclass(frozen=True, slots=True)
class Step:
    label: object
    is_done: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """As Django's messages look to a template."""

    level_tag: str
    text: object

    def __str__(self) -> str:
        return str(self.text)


@dataclass(frozen=True, slots=True)
class Side:
    """One theme of the gallery, with forms whose ids are its own."""

    theme: str

    @property
    def form(self) -> SampleForm:
        return SampleForm(auto_id=f"{self.theme}_%s", initial={"name": "云溪新区高质量发展五年规划纲要", "level": "municipal"})

    @property
    def wrong_form(self) -> SampleForm:
        return SampleForm({"name": "", "kind": "none"}, auto_id=f"{self.theme}_wrong_%s")

    @property
    def field(self) -> forms.BoundField:
        return SampleForm(auto_id=f"{self.theme}_field_%s")["name"]

    @property
    def wrong_field(self) -> forms.BoundField:
        return SampleForm({"kind": "none"}, auto_id=f"{self.theme}_wrong_field_%s")["kind"]

    @property
    def filters(self) -> FilterForm:
        return FilterForm(auto_id=f"{self.theme}_filter_%s")


@own_page
def gallery(request: OfficeRequest) -> HttpResponse:
    """``?density=spacious`` shows how leaders read; dense is how officers work."""
    density = request.GET.get("density", "")
    return render(request, "office/gallery/gallery.html", {
        "specimens": [Specimen(name, contract(name).about) for name in names()],
        "sides": (Side("light"), Side("dark")),
        "density": density if density in DENSITIES else DENSITIES[0],
        "states": [(choice.value, choice.label) for kind in SHOWN_STATES for choice in kind if choice.value in LOOKS],
        "steps": _steps(),
        "sample_links": _links(),
        "first_page": _page(1),
        "middle_page": _page(7),
        "notices": [Notice(tag, _("The plan was registered.")) for tag in ("success", "info", "warning", "error")],
    })  # fmt: skip


def _steps() -> list[Step]:
    stages = list(Stage)[1:]
    return [Step(stage.label, is_done=place < 2, is_now=place == 2) for place, stage in enumerate(stages)]


def _links() -> list[Link]:
    return [Link("#component-navigation", place.label, place.icon, is_here=place is PLACES[0]) for place in PLACES]


def _page(number: int) -> Page[int]:
    return Paginator(range(412), 25).page(number)
