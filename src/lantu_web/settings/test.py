"""For the tests: quick password hashes, no files left behind; ``LANTU_TEST_DATABASE=postgresql`` runs them on PostgreSQL."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("LANTU_VAR", tempfile.mkdtemp(prefix="lantu-test-"))

from lantu_web.settings.base import *  # noqa: F403
from lantu_web.settings.base import DATABASES, TEMPLATES, VAR

VAR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = "only for tests"
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = Path(VAR) / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads of the live server and of two-at-once tests need their own connections.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}


class _UnknownVariable(str):
    """A template that asks for what it was not given fails, instead of showing nothing."""

    def __contains__(self, item: object) -> bool:
        return item == "%s"

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"a template asks for {name!r}, which its view does not give")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _UnknownVariable("%s")
