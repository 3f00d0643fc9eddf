"""One change for many tasks: what to change, what would become of each, then done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lantu_web.accounts.rights import Right
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.office.doors import OfficeRequest, screen
from lantu_web.office.views.ledger.asked import asked, pairs
from lantu_web.office.views.ledger.cells import CHOSEN, MANY, marked, sent
from lantu_web.plans.validators import NOTE_LENGTH
from lantu_web.tasks.commands.bulk import Foreseen, assign, foresee, refuse_impossible_bulk
from lantu_web.tasks.content import FIELDS, Field
from lantu_web.tasks.enums import BulkMode
from lantu_web.tasks.queries.ledger import lead_units_of, some_of, tasks_in_order
from lantu_web.tasks.queries.offers import offers, words_for

SHOWN = 10  # tasks that are named before a value is chosen; the preview names all


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Right.TASK_WORK)
def page(request: OfficeRequest) -> HttpResponse:
    """``step``: nothing (choose the value), ``preview`` or ``assign``. Who comes without tasks goes back to the ledger."""
    query = asked(QueryDict(request.POST.get("query", ""))).query
    back = f"{reverse('office:ledger', args=[request.zone.slug])}?{query}"
    seen, field = _seen(request), request.POST.get("field", "")
    try:
        refuse_impossible_bulk(seen, field)
        if request.POST.get("step") == "assign":
            return _assigned(request, seen, FIELDS[field], back)
        return _shown(request, seen, FIELDS[field], query)
    except (Invalid, Conflict, Forbidden) as problem:
        messages.error(request, str(problem))
        return redirect(back)


def _seen(request: OfficeRequest) -> dict[int, int]:
    """Id → revision: as a preview sends them, of the ticked rows, or of all that the filters find."""
    if request.POST.get("seen"):
        return pairs(request.POST["seen"])
    if request.POST.get("all"):
        found = tasks_in_order(request.person, asked(QueryDict(request.POST.get("query", ""))))
        return dict(found.values_list("pk", "revision"))
    return pairs(",".join(request.POST.getlist("task")))


def _assigned(request: OfficeRequest, seen: dict[int, int], field: Field, back: str) -> HttpResponse:
    value, reason = sent(request, field), request.POST.get("reason", "")[:NOTE_LENGTH]
    _batch, count = assign(by=request.person, seen=seen, field=field.name, value=value, mode=_mode(request), reason=reason)
    told = ngettext("%(count)d task was changed.", "%(count)d tasks were changed.", count) % {"count": count}
    changes = reverse("office:ledger-changes", args=[request.zone.slug])
    messages.success(request, format_html('{} <a href="{}">{}</a>', told, changes, _("Take it back")) if count else told)
    return redirect(back)


def _mode(request: OfficeRequest) -> BulkMode:
    given = request.POST.get("mode", "")
    return BulkMode(given) if given in BulkMode.values else BulkMode.SET


def _shown(request: OfficeRequest, seen: dict[int, int], field: Field, query: str) -> HttpResponse:
    value, mode, is_preview = sent(request, field), _mode(request), request.POST.get("step") == "preview"
    foreseen = foresee(by=request.person, seen=seen, field=field.name, value=value, mode=mode) if is_preview else []
    chosen = {str(one) for one in (value if field.type in MANY else [value])}
    return render(request, "office/ledger/bulk.html", {
        "query": query, "seen": _written(seen), "count": len(seen), "field": field, "mode": mode, "modes": BulkMode.choices,
        "is_many": field.type in MANY, "is_preview": is_preview, "control": _control(request, seen, field, value, chosen),
        "values": value if field.type in MANY else [], "single": "" if field.type in MANY or value is None else value,
        "rows": _in_words(field, foreseen),
        "tasks": some_of(request.person, seen, SHOWN) if not is_preview else [],
        "reason": request.POST.get("reason", ""),
        "differing": [one for one in foreseen if one.differs], "refused": [one for one in foreseen if one.problem],
        "signing_again": sum(one.signs_again for one in foreseen),
        "seen_possible": _written({one.task.pk: seen[one.task.pk] for one in foreseen if one.differs}),
    })  # fmt: skip


def _written(seen: dict[int, int]) -> str:
    return ",".join(f"{pk}:{revision}" for pk, revision in seen.items())


def _control(request: OfficeRequest, seen: dict[int, int], field: Field, value: Any, chosen: set[str]) -> dict[str, Any]:
    options = _options(request, seen, field, chosen)
    return {"field": field, "value": "" if value is None else value, "is_many": field.type in MANY, "options": options}


def _options(request: OfficeRequest, seen: dict[int, int], field: Field, chosen: set[str]) -> list[tuple[str, str, bool]] | None:
    if field.type not in CHOSEN:
        return None
    open_to = offers(field, zone_id=request.zone.pk, unit_ids=lead_units_of(request.person, seen))
    return marked(open_to, chosen)


def _in_words(field: Field, foreseen: list[Foreseen]) -> list[dict[str, Any]]:
    words = words_for(field, [value for one in foreseen for value in (one.before, one.after)])
    return [{"one": one, "before": words[str(one.before)], "after": words[str(one.after)]} for one in foreseen]

