"""Webhooks: other programs that are told of changes, and what became of each message."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantu_web.accounts.rights import Right
from lantu_web.lib.numbers import whole
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.entries import entry
from lantu_web.tasks.commands import delivering
from lantu_web.tasks.commands import webhooks as commands
from lantu_web.tasks.enums import DeliveryState, Event
from lantu_web.tasks.forms.outside import WebhookForm
from lantu_web.tasks.models import Webhook
from lantu_web.tasks.queries.webhooks import deliveries_of, webhooks_of_zone

PAGE = 50
FORM = "office/outside/webhook_form.html"


@require_safe
@screen(Right.WEBHOOK_WRITE)
def webhooks(request: OfficeRequest) -> HttpResponse:
    return render(request, "office/outside/webhooks.html", {"hooks": webhooks_of_zone(request.person)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.WEBHOOK_WRITE)
def new(request: OfficeRequest) -> HttpResponse:
    form = WebhookForm(request.POST or None)

    def act() -> HttpResponse:
        made, secret = commands.make(by=request.person, url=form.cleaned_data["url"], events=form.cleaned_data["events"])
        return _page(request, made.pk, secret=secret)

    context = {"title": gettext_lazy("New webhook"), "submit": gettext_lazy("Make the webhook"), "hook": None}
    return entry(request, form, act, context, template=FORM)


@require_safe
@screen(Right.WEBHOOK_WRITE)
def webhook(request: OfficeRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.WEBHOOK_WRITE)
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    hook = _hook(request, pk)
    form = WebhookForm(request.POST or None, hook=hook)

    def act() -> HttpResponse:
        given = form.cleaned_data
        commands.change(by=request.person, webhook_id=pk, expected=given["expected"] or 0, url=given["url"], events=given["events"])
        messages.success(request, _("Saved."))
        return _back(request, pk)

    context = {"title": gettext_lazy("Change the webhook"), "submit": gettext_lazy("Save"), "hook": hook}
    return entry(request, form, act, context, template=FORM)


@never_cache
@require_POST
@screen(Right.WEBHOOK_WRITE)
def renew(request: OfficeRequest, pk: int) -> HttpResponse:
    """A new secret, shown on the page that answers and nowhere else."""
    secret = commands.renew_secret(by=request.person, webhook_id=_hook(request, pk).pk, expected=_seen(request))[1]
    return _page(request, pk, secret=secret)


@require_POST
@screen(Right.WEBHOOK_WRITE)
def retire(request: OfficeRequest, pk: int) -> HttpResponse:
    commands.retire(by=request.person, webhook_id=_hook(request, pk).pk, expected=_seen(request))
    messages.success(request, _("The webhook is out of use."))
    return _back(request, pk)


@require_POST
@screen(Right.WEBHOOK_WRITE)
def revive(request: OfficeRequest, pk: int) -> HttpResponse:
    commands.revive(by=request.person, webhook_id=_hook(request, pk).pk, expected=_seen(request))
    messages.success(request, _("The webhook is in use again."))
    return _back(request, pk)


@require_POST
@screen(Right.WEBHOOK_WRITE)
def again(request: OfficeRequest, pk: int, delivery: int) -> HttpResponse:
    """Send one message again."""
    row = get_object_or_404(deliveries_of(_hook(request, pk)), pk=delivery)
    delivering.send_again(by=request.person, delivery_id=row.pk)
    messages.success(request, _("The message is being sent again."))
    return _back(request, pk)


def _page(request: OfficeRequest, pk: int, *, secret: str = "") -> HttpResponse:
    hook = _hook(request, pk)
    state = request.GET.get("state", "")
    state = state if state in DeliveryState.values else ""
    page = Paginator(deliveries_of(hook, state=state), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "hook": hook, "secret": secret, "page": page, "chosen": state, "states": DeliveryState.choices,
        "events": [Event(value) for value in hook.events],
    }  # fmt: skip
    return render(request, "office/outside/webhook.html", context)


def _hook(request: OfficeRequest, pk: int) -> Webhook:
    return get_object_or_404(webhooks_of_zone(request.person), pk=pk)


def _seen(request: OfficeRequest) -> int:
    return whole(request.POST.get("expected", "")) or 0


def _back(request: OfficeRequest, pk: int) -> HttpResponse:
    return redirect("office:webhook", zone=request.zone.slug, pk=pk)
