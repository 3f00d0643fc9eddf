"""Forms of files that go out and come in. The commands decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.acting import Person
from lantu_web.lib import clock
from lantu_web.plans.models import Plan
from lantu_web.plans.queries.register import plans_visible_to
from lantu_web.plans.validators import EARLIEST_YEAR, LATEST_YEAR
from lantu_web.tasks.columns import COLUMNS
from lantu_web.tasks.enums import ExchangeKind, Paper

_XLSX = forms.ClearableFileInput(attrs={"accept": ".xlsx"})


class ExportForm(forms.Form):
    """``plan`` is needed for the Word files, and narrows the workbook."""

    kind = forms.ChoiceField(label=_("What"), choices=[], widget=forms.RadioSelect)
    plan = forms.ModelChoiceField(label=_("Plan"), queryset=Plan.objects.none(), required=False, empty_label=_("All plans"))
    year = forms.IntegerField(
        label=_("Nodes of the year"), required=False, min_value=EARLIEST_YEAR, max_value=LATEST_YEAR,
        help_text=_("On A4 also the only year whose targets are shown."),
    )  # fmt: skip
    paper = forms.ChoiceField(label=_("Paper"), choices=Paper.choices, widget=forms.RadioSelect)
    columns = forms.ChoiceField(
        label=_("Columns"), widget=forms.RadioSelect,
        choices=[("", _("The usual ones, as they are printed")), ("all", _("All, for work on the figures"))], required=False,
    )  # fmt: skip
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (ExchangeKind.EXPORT_LEDGER, ExchangeKind.EXPORT_DIVISION, ExchangeKind.EXPORT_BREAKDOWN)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["plan"].queryset = plans_visible_to(by).filter(division__isnull=False)  # type: ignore[attr-defined]
        self.initial = {"kind": ExchangeKind.EXPORT_LEDGER, "paper": Paper.A3, "columns": "", "year": clock.today().year, **self.initial}

    def asked(self) -> dict[str, Any]:
        """What ``commands.exchange.ask_export`` takes."""
        values = self.cleaned_data
        return {
            "kind": values["kind"], "plan_id": values["plan"].pk if values["plan"] else None, "year": values["year"],
            "paper": values["paper"], "columns": tuple(COLUMNS) if values["columns"] == "all" else (), "query": values["query"],
        }  # fmt: skip


class BringBackForm(forms.Form):
    file = forms.FileField(
        label=_("Workbook (.xlsx)"), widget=_XLSX, allow_empty_file=True,
        help_text=_("At most 20 MB and 25,000 rows. Nothing is written before you have seen what the file would change."),
    )  # fmt: skip


class ForeignForm(BringBackForm):
    plan = forms.ModelChoiceField(
        label=_("Plan"), queryset=Plan.objects.none(), empty_label=_("Choose a plan"),
        help_text=_("New tasks become drafts of its division scheme."),
    )  # fmt: skip

    field_order = ("plan", "file")

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans_visible_to(by).filter(division__isnull=False)  # type: ignore[attr-defined]
