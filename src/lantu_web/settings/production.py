"""For a real installation: everything that must be its own is asked of the environment."""

from __future__ import annotations

from lantu_web.settings import env
from lantu_web.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = env.text("LANTU_SECRET_KEY")
ALLOWED_HOSTS = env.words("LANTU_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("LANTU_ORIGINS")
_HTTPS = env.flag("LANTU_HTTPS", True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
if env.flag("LANTU_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
