"""``lantu-web write_api_reference``: docs/reference/openapi.json and api.md, from the interface as a program meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.test import RequestFactory
from django.urls import resolve, reverse

from lantu_web.management.api_reference import as_markdown


def description() -> dict[str, Any]:
    """What the interface says of itself at its address."""
    address = reverse("api:openapi-json")
    found: dict[str, Any] = json.loads(resolve(address).func(RequestFactory().get(address)).content)
    return found


def files() -> dict[str, str]:
    """Name → content."""
    told = description()
    return {"openapi.json": json.dumps(told, ensure_ascii=False, indent=1) + "\n", "api.md": as_markdown(told)}


class Command(BaseCommand):
    help = "Write docs/reference/openapi.json and docs/reference/api.md (or into the folder named) from the interface."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("folder", nargs="?", default="docs/reference")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(options["folder"])
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files().items():
            (folder / name).write_text(content, encoding="utf-8")
            self.stdout.write(str(folder / name))
