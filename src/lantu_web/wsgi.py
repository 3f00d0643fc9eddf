"""The site as a WSGI application."""

from __future__ import annotations

import gc
import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantu_web.settings.dev")
TEMPLATES = Path(__file__).parent / "templates"
YOUNG = 10_000  # objects; with Python's own 700 one answer looks for garbage some twenty times


def settle() -> None:
    """Read in what answers are made with, and take it out of the garbage collection: it lives as long as the process.

    Otherwise every full collection walks through some 200,000 objects, a fifth of a second in the middle of some answer.
    """
    assert get_resolver().url_patterns
    for path in TEMPLATES.rglob("*.html"):
        get_template(path.relative_to(TEMPLATES).as_posix())
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)


application = get_wsgi_application()
settle()
