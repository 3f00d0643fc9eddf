"""What every place of use shares. What differs from house to house comes from the environment (`LANTU_…`), read by ``env``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from lantu_web.settings import env

PACKAGE = Path(__file__).resolve().parents[1]
VAR = Path(env.text("LANTU_VAR", str(Path.cwd() / "var"))).resolve()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "lantu_web",
    "lantu_web.audit",
    "lantu_web.accounts",
    "lantu_web.documents",
    "lantu_web.plans",
    "lantu_web.tasks",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "lantu_web.office.middleware.FirstRunMiddleware",
    "lantu_web.office.middleware.DoorMiddleware",
    "lantu_web.office.middleware.ActingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lantu_web.office.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lantu_web.urls"
WSGI_APPLICATION = "lantu_web.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lantu_web.office.context.office",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "lantu_web.templatetags.lantu"],
        },
    }
]

DATABASES = {"default": env.database("LANTU_DATABASE", VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "office:login"
LOGIN_REDIRECT_URL = "office:home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LANTU_PASSWORD_LENGTH = 10
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "lantu_web.accounts.validators.LengthValidator", "OPTIONS": {"min_length": LANTU_PASSWORD_LENGTH}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# A session ends after eight hours and with two hours of silence (lantu_web.office.middleware sees to both).
SESSION_COOKIE_AGE = env.number("LANTU_SESSION_HOURS", 8, least=1) * 3600
LANTU_IDLE_SECONDS = env.number("LANTU_IDLE_MINUTES", 120, least=5) * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "lantu_web.office.views.errors.stale_form"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Lock-out: so many wrong passwords for one person from one place, so many minutes.
AXES_FAILURE_LIMIT = env.number("LANTU_LOCKOUT_FAILURES", 5, least=3)
AXES_COOLOFF_TIME = env.number("LANTU_LOCKOUT_MINUTES", 15, least=1) / 60
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "lantu_web.office.views.entrance.locked_out"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the minutes told to the person stay true while they try
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "password", "current", "codes-current", "off-current", "new", "again"]
AXES_DISABLE_ACCESS_LOG = True  # the audit trail tells who came in
AXES_VERBOSE = False

# Second factor: off, optional, or required of everybody; LANTU_SECOND_FACTOR_ROLES requires it of some roles only.
OTP_TOTP_ISSUER = "Lantu 蓝图"
LANTU_SECOND_FACTOR = env.choice("LANTU_SECOND_FACTOR", "optional", ("off", "optional", "required"))
LANTU_SECOND_FACTOR_ROLES = env.words("LANTU_SECOND_FACTOR_ROLES")

# Single sign-on by OpenID Connect: on when an issuer is named.
LANTU_OIDC_ISSUER = env.text("LANTU_OIDC_ISSUER", "")
LANTU_OIDC_CLIENT_ID = env.text("LANTU_OIDC_CLIENT_ID", "")
LANTU_OIDC_CLIENT_SECRET = env.text("LANTU_OIDC_CLIENT_SECRET", "")
LANTU_OIDC_LABEL = env.text("LANTU_OIDC_LABEL", "")
LANTU_OIDC_LINK_BY_USERNAME = env.flag("LANTU_OIDC_LINK_BY_USERNAME", False)  # trust the provider's preferred_username

# Languages
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = env.text("LANTU_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True

# Files: originals lie in a folder of their own, outside of what the web server shows.
MEDIA_ROOT = VAR / "files"
LANTU_UPLOAD_BYTES = env.number("LANTU_UPLOAD_MEGABYTES", 50, least=1) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
LANTU_INCOMING = VAR / "incoming"  # uploads on their way; what a killed server leaves here is swept by the worker
FILE_UPLOAD_HANDLERS = ["lantu_web.office.uploads.BoundedUploadHandler"]
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/built/assets/.+-[\w-]{8}\.\w+$"

# Jobs: a queue in the database, worked off by `lantu-web worker`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
LANTU_LEASE_SECONDS = env.number("LANTU_LEASE_SECONDS", 60, least=1)  # a job whose worker says nothing for so long is taken up by another

# A file is read in a process of its own, which may take so much of the machine.
LANTU_COMPILE_SECONDS = env.number("LANTU_COMPILE_SECONDS", 900, least=1)
LANTU_COMPILE_MEGABYTES = env.number("LANTU_COMPILE_MEGABYTES", 4096, least=512)

# Nothing comes from another host, nothing is inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The API: so many calls a minute for one token, so many without a valid one from one address. They are counted in the memory of the
# process, which all threads of the server share; several processes that serve one site each count for themselves.
LANTU_API_CALLS_PER_MINUTE = env.number("LANTU_API_CALLS_PER_MINUTE", 600, least=1)
LANTU_API_STRANGERS_PER_MINUTE = env.number("LANTU_API_STRANGERS_PER_MINUTE", 60, least=1)

# Webhooks reach addresses of the open network by https. Inside of an office's own network they reach, by http too, only what is named here.
LANTU_WEBHOOK_NETWORKS = env.networks("LANTU_WEBHOOK_NETWORKS")

LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": LOCAL_MEMORY},
    "rates": {"BACKEND": LOCAL_MEMORY, "LOCATION": "rates", "OPTIONS": {"MAX_ENTRIES": 50_000}},
}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
