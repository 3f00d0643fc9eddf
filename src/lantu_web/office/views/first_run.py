"""The wizard of the first run; gone as soon as there is somebody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lantu_web.accounts.commands import first_run
from lantu_web.accounts.forms.entrance import OptionalPersonForm, PersonForm, ZoneForm
from lantu_web.accounts.queries import is_set_up
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.office.doors import address
from lantu_web.office.refusals import status_of, tell
from lantu_web.office.views.entrance import let_in


class Forms:
    """The three parts of the wizard; the officer counts only where a field of theirs is filled in."""

    def __init__(self, data: dict[str, str] | None) -> None:
        self.administrator = PersonForm(data, prefix="administrator")
        self.zone = ZoneForm(data, prefix="zone")
        self.officer = OptionalPersonForm(data, prefix="officer")

    def all(self) -> tuple[PersonForm, ZoneForm, PersonForm]:
        return self.administrator, self.zone, self.officer

    def are_valid(self) -> bool:
        return not any(form.errors for form in self.all())

    def tell(self, problem: Invalid) -> None:
        for form in self.all():
            if (problem.field or "").startswith(f"{form.prefix}-"):
                return tell(form, problem)
        return tell(self.administrator, problem)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def wizard(request: HttpRequest) -> HttpResponse:
    """Whoever fills it in first is the system administrator, and is let in."""
    if is_set_up():
        raise Http404
    forms = Forms(request.POST.dict() if request.method == "POST" else None)
    if request.method == "POST" and forms.are_valid():
        try:
            user = first_run.set_up(
                administrator=_person(forms.administrator), zone=first_run.NewZone(**forms.zone.cleaned_data),
                officer=_person(forms.officer) if forms.officer.has_changed() else None,
                address=address(request), language=get_language() or "zh-hans",
            )  # fmt: skip
        except Conflict:
            return redirect("office:login")
        except Invalid as problem:
            forms.tell(problem)
        else:
            return let_in(request, user, "password", reverse("office:home"))
    return render(request, "office/entrance/first_run.html", {
        "administrator": forms.administrator, "zone_form": forms.zone, "officer": forms.officer,
    }, status=status_of(*forms.all()))  # fmt: skip


def _person(form: PersonForm) -> first_run.NewPerson:
    return first_run.NewPerson(**{name: form.cleaned_data[name] for name in ("username", "name", "password")})
