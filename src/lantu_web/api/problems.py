"""What is refused, in one shape: ``{"error": {"code", "message", "field"}}``, in the language that the caller accepts."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from lantu_web.api.faults import field_of, sentence_of
from lantu_web.lib.errors import Refused

log = logging.getLogger(__name__)

CODES = {
    400: "refused", 401: "unauthorised", 403: "forbidden", 404: "not_found", 409: "conflict", 410: "gone", 413: "too_large",
    422: "invalid", 429: "too_many", 500: "fault",
}  # fmt: skip


class Problem(Schema):
    """``code`` is for programs, ``message`` for people; ``field`` names the part of the request, where there is one."""

    code: str
    message: str
    field: str | None = None


class Refusal(Schema):
    """Every refusal has this shape."""

    error: Problem


def refusal(api: NinjaAPI, request: HttpRequest, status: int, message: str, field: str | None = None) -> HttpResponse:
    """The answer, with its header where the protocol asks for one."""
    problem = {"error": {"code": CODES[status], "message": message, "field": field}}
    response = api.create_response(request, problem, status=status)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def install(api: NinjaAPI) -> None:
    """Give every refusal its shape."""
    _install_of_site(api)
    _install_of_protocol(api)


def _install_of_site(api: NinjaAPI) -> None:
    @api.exception_handler(Refused)
    def refused(request: HttpRequest, problem: Refused) -> HttpResponse:
        return refusal(api, request, problem.status, str(problem), problem.field)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, problem: Http404) -> HttpResponse:
        return refusal(api, request, 404, _("There is nothing here that you may see."))

    @api.exception_handler(AuthenticationError)
    def stranger(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
        return refusal(api, request, 401, _("Send a valid token: Authorization: Bearer …"))

    @api.exception_handler(Throttled)
    def throttled(request: HttpRequest, problem: Throttled) -> HttpResponse:
        seconds = int(problem.wait or 60)
        response = refusal(api, request, 429, _("Too many calls; wait %(seconds)s seconds.") % {"seconds": seconds})
        response["Retry-After"] = str(seconds)
        return response

    @api.exception_handler(Exception)
    def broken(request: HttpRequest, problem: Exception) -> HttpResponse:
        """A fault of the program: written down, told to nobody."""
        log.error("%s %s", request.method, request.path, exc_info=problem)
        got_request_exception.send(sender=type(api), request=request)
        return refusal(api, request, 500, _("Something went wrong here. Nothing was saved; the fault was written down."))


def _install_of_protocol(api: NinjaAPI) -> None:
    @api.exception_handler(ValidationError)
    def malformed(request: HttpRequest, problem: ValidationError) -> HttpResponse:
        first: dict[str, Any] = problem.errors[0] if problem.errors else {}
        field = field_of(first)
        return refusal(api, request, 422, sentence_of(first, field), field)

    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, problem: HttpError) -> HttpResponse:
        return refusal(api, request, 400, _("The body of the request cannot be read."))

    @api.exception_handler(RequestDataTooBig)
    def too_large(request: HttpRequest, problem: RequestDataTooBig) -> HttpResponse:
        return refusal(api, request, 413, _("The request is too large."))

    for kind in (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError):
        api.add_exception_handler(kind, lambda request, problem: unreadable(request, HttpError(400, "")))
