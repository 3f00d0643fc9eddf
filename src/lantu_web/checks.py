"""What is asked at the start of every command, before a page could fail by it."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from lantu_web.templatetags import lantu


@register
def face_is_built(**options: Any) -> list[CheckMessage]:
    """An error where scripts and styles are not there."""
    if lantu.MANIFEST.is_file():
        return []
    return [Error(lantu.NOT_BUILT, hint=f"There is no {lantu.MANIFEST.name} in static/built.", id="lantu.E001")]
