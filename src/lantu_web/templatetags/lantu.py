"""What templates need of our own; loaded everywhere.

The built front end (Vite) is found through its manifest, so that names with hashes never stand in a template.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

import lantu_web

register = template.Library()
MANIFEST = Path(lantu_web.__file__).parent / "static" / "built" / "manifest.json"


@cache
def _manifest() -> dict[str, dict[str, object]]:
    """Raises FileNotFoundError before the front end was built (``make setup`` builds it)."""
    found: dict[str, dict[str, object]] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return found


@register.simple_tag
def entry(name: str) -> SafeString:
    """The script and the styles of one entry: ``{% entry "workbench" %}``."""
    chunk = _manifest()[f"entries/{name}.ts"]
    styles = chunk.get("css", [])
    assert isinstance(styles, list)
    links = format_html_join("", '<link rel="stylesheet" href="{}">', ((static(f"built/{sheet}"),) for sheet in styles))
    return format_html('{}<script type="module" src="{}"></script>', links, static(f"built/{chunk['file']}"))
