"""Bodies and addresses as they come in: no characters that no database keeps, no depths that nothing needs."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

DEPTH = 20


class CleanParser(Parser):
    """JSON and query strings without NUL. Raises ValueError for a body that is no JSON, no text or too deep: answered with 400."""

    def parse_body(self, request: HttpRequest) -> Any:
        return _clean(json.loads(request.body), DEPTH)

    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        found = super().parse_querydict(data, list_fields, request)
        return {name: _clean(value, DEPTH) for name, value in found.items()}


def _clean(value: Any, depth: int) -> Any:
    if depth < 0:
        raise ValueError("too deep")
    match value:
        case str():
            value.encode()  # half of a pair of surrogates is no text
            return value.replace("\x00", "")
        case list():
            return [_clean(part, depth - 1) for part in value]
        case dict():
            return {_clean(name, 0): _clean(part, depth - 1) for name, part in value.items()}
        case _:
            return value
