"""Forms of signing and of work: why a unit objects and what it proposes, how the office settles, people, nodes, later due dates, words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.forms.rows import many_to_tick
from lantu_web.lib import clock
from lantu_web.lib.numbers import id_of, whole
from lantu_web.plans.validators import NOTE_LENGTH
from lantu_web.tasks.content import FIELDS
from lantu_web.tasks.enums import Outcome
from lantu_web.tasks.models import Signature, Task
from lantu_web.tasks.queries.page import people_for, sections_for, units_for
from lantu_web.tasks.queries.paths import years_of
from lantu_web.tasks.queries.signing import YEARS
from lantu_web.tasks.queries.values import plain, value_of


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Expected(forms.Form):
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def revision(self) -> int:
        """What was seen; 0 where the field was taken out, which no row has."""
        return self.cleaned_data.get("expected") or 0


class _Changing(Expected):
    """Fields of the task as they stand, to be changed; ``values`` tells those that somebody changed."""

    def __init__(self, *args: Any, task: Task, proposed: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task, self._now = task, {name: value_of(task, name) for name in self._NAMES}
        self._parts = [part for part in years_of(task) if part.value is not None]
        wanted = {**self._now, **(proposed or {})}
        self._add("title", forms.CharField(max_length=300, widget=forms.Textarea(attrs={"rows": 2})), wanted)
        self._add("due_on", forms.DateField(widget=_day(), required=False), wanted)
        self._add("lead_unit", forms.ModelChoiceField(queryset=units_for(task), required=False, empty_label=_("None")), wanted)
        chosen = list(dict.fromkeys([*self._now["cooperating"], *wanted["cooperating"]]))
        others = forms.ModelMultipleChoiceField(
            queryset=units_for(task, first=chosen), required=False, widget=many_to_tick()
        )  # fmt: skip
        self._add("cooperating", others, wanted)
        if task.target is not None:
            self._add("target", forms.CharField(required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})), wanted)
        years = (proposed or {}).get(YEARS) or {}
        for part in self._parts:
            self.fields[f"year-{part.year}"] = forms.CharField(
                label=str(part.year), required=False, initial=years.get(str(part.year), plain(part.value)),
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )  # fmt: skip

    _NAMES = ("title", "due_on", "lead_unit", "cooperating", "target")

    def _add(self, name: str, field: forms.Field, wanted: Mapping[str, Any]) -> None:
        field.label, field.initial = FIELDS[name].label, wanted[name]
        self.fields[name] = field

    def task_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self._NAMES if name in self.fields]

    def year_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("year-")]

    def values(self) -> dict[str, Any]:
        """Only what differs from the task as it stands, as the commands take it."""
        given: dict[str, Any] = {}
        for name in self._NAMES:
            if name in self.fields and name in self.cleaned_data:
                value = _plain(self.cleaned_data[name])
                if value != self._now[name] and (value or self._now[name]):
                    given[name] = value
        now = {str(part.year): plain(part.value) or "" for part in self._parts}
        years = {year: self.cleaned_data.get(f"year-{year}", "").strip() for year in now}
        differing = {year: value for year, value in years.items() if value != now[year]}
        return {**given, YEARS: differing} if differing else given


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "pk"):
        return value.pk
    if hasattr(value, "values_list"):
        return list(value.values_list("pk", flat=True))
    return value


class ObjectForm(_Changing):
    """Why the unit does not sign; the other fields are its counter-proposal."""

    def __init__(self, *args: Any, row: Signature, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"expected": row.revision, "reason": row.reason})
        super().__init__(*args, task=row.task, proposed=row.counter, **kwargs)
        self.fields["reason"] = forms.CharField(
            label=_("Why your unit does not sign"), max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("What stands in the way, and since when. The planning office reads exactly this."),
        )  # fmt: skip


class SettleForm(_Changing):
    """``outcome`` and the answer; the fields start as the unit proposes."""

    def __init__(self, *args: Any, row: Signature, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"expected": row.revision})
        super().__init__(*args, task=row.task, proposed=row.counter, **kwargs)
        self.fields["outcome"] = forms.ChoiceField(label=_("Decision"), choices=Outcome.choices, widget=forms.RadioSelect)
        self.fields["note"] = forms.CharField(
            label=_("Answer to the unit"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Must be given where the objection is not followed."),
        )  # fmt: skip


class ManyForm(Expected):
    """Signatures ticked in a list, each with the revision that was seen: ``17.1``. The commands judge them."""

    def seen(self) -> list[tuple[int, int]]:
        """Pairs of id and revision; whatever is no such pair is left out."""
        sent: list[str] = self.data.getlist("signatures") if isinstance(self.data, QueryDict) else []
        pairs = [(id_of(pk), whole(revision)) for pk, _dot, revision in (value.partition(".") for value in sent)]
        return [(pk, revision) for pk, revision in pairs if pk is not None and revision is not None]


class PeopleForm(Expected):
    section = forms.ModelChoiceField[Any](label=_("Section"), queryset=None, required=False, empty_label=_("None"))
    person = forms.ModelChoiceField[Any](label=_("Responsible person"), queryset=None, required=False, empty_label=_("None"))

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"section": task.section_id, "person": task.person_id, "expected": task.revision})
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = sections_for(task)  # type: ignore[attr-defined]
        self.fields["person"].queryset = people_for(task)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {name: _plain(self.cleaned_data[name]) for name in ("section", "person")}


class NodeForm(Expected):
    done_on = forms.DateField(label=_("Done on"), widget=_day(), required=False)


class NoteForm(Expected):
    note = forms.CharField(label=_("Note"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ExtensionForm(forms.Form):
    due_on = forms.DateField(label=_("New due date"), widget=_day())
    reason = forms.CharField(
        label=_("Reason"), max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What delays it, and what is done about it."),
    )  # fmt: skip


class DecisionForm(Expected):
    decision = forms.ChoiceField(
        label=_("Decision"), choices=[("approve", _("Grant the later date")), ("refuse", _("Refuse"))], widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Answer"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Must be given where it is refused."),
    )  # fmt: skip


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Comment"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": _("@name speaks to somebody; they find it on their start page.")}),
    )  # fmt: skip


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"), required=False)


class SendForm(Expected):
    sign_by = forms.DateField(label=_("Sign by"), widget=_day())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sign_by"].widget.attrs["min"] = clock.today().isoformat()


class CarryForm(forms.Form):
    year = forms.TypedChoiceField(label=_("Year that ends"), coerce=int, choices=[])

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
