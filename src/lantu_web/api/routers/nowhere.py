"""What is asked for at an address that is none."""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest
from ninja import Router

router = Router()


@router.api_operation(["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", include_in_schema=False)
def nothing(request: HttpRequest, rest: str) -> NoReturn:
    """Nothing is here."""
    raise Http404
