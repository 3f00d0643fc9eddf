"""Forms of the breakdown: the scheme and its papers, a line and who does it, its figures, work lines. The commands decide."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.forms.rows import many_to_tick
from lantu_web.accounts.models import Section, Unit, User
from lantu_web.lib import clock
from lantu_web.lib.errors import Invalid
from lantu_web.lib.numbers import whole
from lantu_web.plans.models import Plan
from lantu_web.plans.queries.items import chapters_of
from lantu_web.tasks.commands.changing import as_day, as_number
from lantu_web.tasks.commands.parts import DUE, VALUE
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.drafts import NodeDraft, YearDraft
from lantu_web.tasks.enums import IndicatorKind, LineKind
from lantu_web.tasks.forms.signing import Expected
from lantu_web.tasks.models import Task, WorkLine
from lantu_web.tasks.queries.divisions import leaders_of
from lantu_web.tasks.queries.page import people_for, sections_for, units_for
from lantu_web.tasks.queries.paths import FIGURES
from lantu_web.tasks.queries.values import plain, value_of

ASSIGNED = ("title", "lead_unit", "section", "person", "cooperating", "sponsor", "lines", "start_on", "due_on", "left_out")


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _decimal() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})


class DivisionForm(Expected):
    title = forms.CharField(label=_("Title of the scheme"), max_length=200)
    document_number = forms.CharField(label=_("Number of its paper"), max_length=60, required=False)


class SendForm(forms.Form):
    sign_by = forms.DateField(label=_("Sign by"), widget=_day())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sign_by"].widget.attrs["min"] = clock.today().isoformat()


class WithdrawForm(Expected):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class AddTaskForm(forms.Form):
    """A line that the plan does not say itself; of other origin, told in its source."""

    title = forms.CharField(label=_("Task"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    chapter = forms.ChoiceField(label=_("Chapter"), required=False)
    source = forms.CharField(label=_("Source"), max_length=300, required=False, help_text=_("Where it comes from, if not from the plan."))
    lead_unit = forms.ModelChoiceField(label=_("Lead unit"), queryset=Unit.objects.none(), required=False, empty_label=_("None"))
    due_on = forms.DateField(label=_("Due"), widget=_day(), required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chapter"].choices = [("", _("None")), *((title, title) for title in chapters_of(plan))]  # type: ignore[attr-defined]
        self.fields["lead_unit"].queryset = Unit.objects.filter(zone=plan.zone_id, dissolved_on=None)  # type: ignore[attr-defined]


class AssignForm(Expected):
    """Who does it until when: ``values`` are the fields that somebody changed. Section and person are of the present lead unit."""

    title = forms.CharField(max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    lead_unit = forms.ModelChoiceField(queryset=Unit.objects.none(), required=False, empty_label=_("None"))
    section = forms.ModelChoiceField(queryset=Section.objects.none(), required=False, empty_label=_("None"))
    person = forms.ModelChoiceField(queryset=User.objects.none(), required=False, empty_label=_("None"))
    cooperating = forms.ModelMultipleChoiceField(queryset=Unit.objects.none(), required=False, widget=many_to_tick())
    sponsor = forms.ModelChoiceField(queryset=User.objects.none(), required=False, empty_label=_("None"))
    lines = forms.ModelMultipleChoiceField(queryset=WorkLine.objects.none(), required=False, widget=many_to_tick())
    start_on = forms.DateField(widget=_day(), required=False)
    due_on = forms.DateField(widget=_day(), required=False)
    left_out = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        self._now = {name: value_of(task, name) for name in ASSIGNED}
        kwargs.setdefault("initial", {**self._now, "expected": task.revision})
        super().__init__(*args, **kwargs)
        rows: dict[str, Any] = {
            "lead_unit": units_for(task), "section": sections_for(task), "person": people_for(task),
            "cooperating": units_for(task, first=self._now["cooperating"]), "sponsor": leaders_of(task.zone_id),
            "lines": WorkLine.objects.filter(zone=task.zone_id, is_active=True),
        }  # fmt: skip
        for name in ASSIGNED:
            self.fields[name].label = FIELDS[name].label
            if name in rows:
                self.fields[name].queryset = rows[name]  # type: ignore[attr-defined]
        self.fields["left_out"].help_text = _("Goals left to the market are watched, not split; then there is no lead unit.")
        for name in ("section", "person", "lines"):
            if not rows[name].exists():
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        given = {name: _plain(self.cleaned_data[name]) for name in ASSIGNED if name in self.cleaned_data}
        return {name: value for name, value in given.items() if value != (self._now[name] if self._now[name] is not None else None)}


class FiguresForm(Expected):
    indicator_kind = forms.ChoiceField(choices=[("", "—"), *IndicatorKind.choices], required=False)
    measured_in = forms.CharField(max_length=40, required=False)
    baseline = forms.CharField(required=False, widget=_decimal())
    baseline_year = forms.CharField(required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    target = forms.CharField(required=False, widget=_decimal())
    target_year = forms.CharField(required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        self._now = {name: value_of(task, name) for name in FIGURES}
        kwargs.setdefault("initial", {**self._now, "expected": task.revision})
        super().__init__(*args, **kwargs)
        for name in FIGURES:
            self.fields[name].label = FIELDS[name].label

    def values(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name] for name in FIGURES
            if name in self.cleaned_data and str(self.cleaned_data[name] or "") != str(self._now[name] or "")
        }  # fmt: skip


class WorkLineForm(Expected):
    kind = forms.ChoiceField(label=_("Kind"), choices=LineKind.choices)
    name = forms.CharField(label=_("Name"), max_length=60)
    year = forms.IntegerField(label=_("Year"), required=False, help_text=_("Of a campaign that fills one year."))
    is_active = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *args: Any, line: WorkLine | None = None, **kwargs: Any) -> None:
        if line is not None:
            known = {name: getattr(line, name) for name in ("kind", "name", "year", "is_active")}
            kwargs.setdefault("initial", {**known, "expected": line.revision})
        super().__init__(*args, **kwargs)
        del self.fields["is_active" if line is None else "kind"]


def years_of(posted: QueryDict) -> list[YearDraft]:
    """Rows of the table of years; one without a year is none. Raises Invalid naming the field."""
    rows = zip(posted.getlist("year"), posted.getlist("goal"), posted.getlist("value"), strict=False)
    found = []
    for year, goal, value in rows:
        if year.strip():
            found.append(YearDraft(year=_year(year.strip()), goal=goal.strip(), value=as_number(value.strip(), VALUE)))
    return found


def nodes_of(posted: QueryDict) -> list[NodeDraft]:
    """Rows of the table of nodes; an empty one is none. Raises Invalid naming the field."""
    rows = zip(posted.getlist("due_on"), posted.getlist("text"), posted.getlist("value"), strict=False)
    found = []
    for due_on, text, value in rows:
        if not text.strip():
            continue
        day = as_day(due_on.strip(), DUE)
        if day is None:
            raise Invalid(_now("The node “%(node)s” needs a day.") % {"node": text.strip()[:60]}, field="due_on")
        found.append(NodeDraft(due_on=day, text=text.strip(), value=as_number(value.strip(), VALUE)))
    return found


def rows_posted(posted: QueryDict, names: Sequence[str]) -> list[dict[str, str]]:
    """What was typed in, to be shown again."""
    return [dict(zip(names, row, strict=True)) for row in zip(*(posted.getlist(name) for name in names), strict=False)]


def shown(value: Decimal | None) -> str:
    return plain(value) or ""


def _year(text: str) -> int:
    year = whole(text, digits=4)
    if year is None or year < 1000:
        raise Invalid(_now("%(field)s: “%(value)s” is not a year.") % {"field": _now("Year"), "value": text[:60]}, field="year")
    return year


def _plain(value: Any) -> Any:
    """As ``values_of`` tells it: ids for rows, text for days, None or "" where empty."""
    if isinstance(value, Section | Unit | User):
        return value.pk
    if hasattr(value, "values_list"):
        return list(value.values_list("pk", flat=True))
    return value.isoformat() if hasattr(value, "isoformat") else value
