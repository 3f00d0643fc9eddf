"""What is refused, in one shape: ``{"error": {"code", "message", "field"}}``, in the language that the caller accepts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, Throttled, ValidationError

from lantu_web.lib.errors import Refused

CODES = {400: "refused", 401: "unauthorised", 403: "forbidden", 404: "not_found", 409: "conflict", 422: "invalid", 429: "too_many"}


class Problem(Schema):
    code: str
    message: str
    field: str | None = None


class Answer(Schema):
    """Every refusal has this shape."""

    error: Problem


def install(api: NinjaAPI) -> None:
    """Give every refusal its shape."""

    def answer(request: HttpRequest, status: int, message: str, field: str | None = None) -> HttpResponse:
        problem = {"error": {"code": CODES[status], "message": message, "field": field}}
        return api.create_response(request, problem, status=status)

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, problem: Refused) -> HttpResponse:
        return answer(request, problem.status, str(problem), problem.field)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, problem: Http404) -> HttpResponse:
        return answer(request, 404, _("There is nothing here that you may see."))

    @api.exception_handler(AuthenticationError)
    def stranger(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
        return answer(request, 401, _("Send a valid token: Authorization: Bearer …"))

    @api.exception_handler(Throttled)
    def throttled(request: HttpRequest, problem: Throttled) -> HttpResponse:
        response = answer(request, 429, _("Too many calls; wait %(seconds)s seconds.") % {"seconds": problem.wait or 60})
        response["Retry-After"] = str(problem.wait or 60)
        return response

    @api.exception_handler(ValidationError)
    def malformed(request: HttpRequest, problem: ValidationError) -> HttpResponse:
        first: dict[str, Any] = problem.errors[0] if problem.errors else {}
        field = ".".join(str(part) for part in first.get("loc", ())[1:]) or None
        message = _("%(field)s: %(fault)s") % {"field": field or _("request"), "fault": first.get("msg", "")}
        return answer(request, 422, message, field)
