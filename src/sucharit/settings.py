"""All settings of Sucharit, in one file.

Every value is read from the environment and has a default that works on a fresh clone.
``SUCHARIT_ENV=production`` refuses to start without the few values that have no safe default.
docs/settings.md lists them; a test fails when one is missing there.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()
PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parents[1]

ENV = env.str("SUCHARIT_ENV", default="development")
PRODUCTION = ENV == "production"
TESTING = "pytest" in sys.modules
DEBUG = env.bool("SUCHARIT_DEBUG", default=False)
# Where the database file, evidence and keys live. Nothing is ever written elsewhere.
DATA_DIR = Path(env.str("SUCHARIT_DATA", default=str(ROOT / "var")))
with suppress(OSError):  # a read-only place gets its clear line from the command that writes
    DATA_DIR.mkdir(parents=True, exist_ok=True)


def _needed_in_production(name: str, default: str) -> str:
    value: str = env.str(name, default="" if PRODUCTION else default)
    if PRODUCTION and not value:
        raise ImproperlyConfigured(f"SUCHARIT_ENV=production needs {name}; see docs/settings.md")
    return value


# --- Security
SECRET_KEY = _needed_in_production("SUCHARIT_SECRET_KEY", "development-only-" + "x" * 48)
if PRODUCTION and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SUCHARIT_SECRET_KEY is too short: at least 50 characters")
ALLOWED_HOSTS = [
    h
    for h in _needed_in_production("SUCHARIT_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(
        ","
    )
    if h
]
HTTPS = env.bool("SUCHARIT_HTTPS", default=PRODUCTION)
if PRODUCTION and not HTTPS:
    raise ImproperlyConfigured("SUCHARIT_ENV=production needs HTTPS (SUCHARIT_HTTPS=1)")
CSRF_TRUSTED_ORIGINS = [f"https://{h}" for h in ALLOWED_HOSTS] if HTTPS else []
SECURE_SSL_REDIRECT = HTTPS
_FORWARDED = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_PROXY_SSL_HEADER = _FORWARDED if env.bool("SUCHARIT_BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 10  # a working day
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- Apps and middleware ------------------------------------------------------------------------
INSTALLED_APPS = [
    "sucharit.core",
    "sucharit.orgs",
    "sucharit.desk",
    "sucharit.assessments",
    "sucharit.plans",
    "sucharit.committees",
    "sucharit.portal",
    "sucharit.api",
    *map("django.contrib.{}".format, ("auth", "contenttypes", "sessions", "messages")),
    *map("django.contrib.{}".format, ("staticfiles", "humanize")),
    "allauth",
    *map("allauth.{}".format, ("account", "mfa", "socialaccount")),
    "allauth.socialaccount.providers.openid_connect",
    "treebeard",
    "django_filters",
    "django_tables2",
    *("crispy_forms", "crispy_bootstrap5", "django_htmx"),
    *("django_tasks", "django_tasks_db", "csp"),
]
MIDDLEWARE = [
    "sucharit.core.middleware.SurveyFastLane",
    "sucharit.assessments.collect.lane.CollectLane",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "sucharit.core.middleware.NoNul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sucharit.orgs.middleware.WorkContext",
    "sucharit.core.middleware.RefusalPages",
]
ROOT_URLCONF = "sucharit.urls"
WSGI_APPLICATION = "sucharit.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sucharit.core.context.shell",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "core/table.html"

# --- Database -----------------------------------------------------------------------------------
DATABASE_URL = env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'sucharit.sqlite3'}")
_database = environ.Env.db_url_config(DATABASE_URL)
if "sqlite" in _database["ENGINE"]:
    # IMMEDIATE: a DEFERRED transaction that has read cannot upgrade and fails at once under WAL.
    # FULL: what was acknowledged survives a power loss (docs/decisions/0002).
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA busy_timeout=20000; PRAGMA cache_size=-32000; PRAGMA secure_delete=ON;"
        ),
    }
    # A file, not memory: race tests need several connections to one test database.
    _database["TEST"] = {
        "NAME": env.str("SUCHARIT_TEST_DB", default=str(DATA_DIR / f"test-{os.getpid()}.sqlite3"))
    }
    _database["CONN_MAX_AGE"] = None
else:
    _database["TEST"] = {
        "TEMPLATE": env.str("SUCHARIT_TEST_TEMPLATE", default="template0"),
        "CHARSET": "UTF8",
    }
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": _database}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TESTING
        else "django_tasks_db.DatabaseBackend"
    }
}

# --- People and sign-in -------------------------------------------------------------------------
AUTH_USER_MODEL = "orgs.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
_CHECKS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _CHECKS + "UserAttributeSimilarityValidator"},
    {"NAME": _CHECKS + "MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": _CHECKS + "CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "sucharit.orgs.adapter.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Sucharit"
MFA_TOTP_TOLERANCE = 1  # the codes before and after, too: slow typing (RFC 6238, 5.2)
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by an administrator, not by e-mail
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
OIDC_URL = env.str("SUCHARIT_OIDC_URL", default="")  # empty: no single sign-on
SOCIALACCOUNT_ONLY = False
_OIDC_APP = {
    "provider_id": "ministry",
    "name": env.str("SUCHARIT_OIDC_NAME", default="OIDC"),
    "client_id": env.str("SUCHARIT_OIDC_CLIENT", default=""),
    "secret": env.str("SUCHARIT_OIDC_SECRET", default=""),
    "settings": {"server_url": OIDC_URL},
}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_OIDC_APP]}} if OIDC_URL else {}

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale", *sorted(PACKAGE.glob("*/*/locale"))]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = "Asia/Bangkok"
USE_I18N = USE_TZ = True

# --- Files --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
NODE_MODULES = ROOT / "node_modules"
STATICFILES_DIRS = [
    PACKAGE / "static",
    *[
        (name, NODE_MODULES / path)
        for name, path in (
            ("tabler", "@tabler/core/dist"),
            ("sarabun", "@fontsource/sarabun"),
            ("htmx", "htmx.org/dist"),
            ("echarts", "echarts/dist"),
            ("maps", "@svg-maps/thailand"),
        )
        if (NODE_MODULES / path).is_dir()
    ],
]
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False
EVIDENCE_DIR = DATA_DIR / "evidence"
EVIDENCE_MAX_BYTES = env.int("SUCHARIT_EVIDENCE_MAX_MB", default=50) * 1024 * 1024
CLAMD = env.str("SUCHARIT_CLAMD", default="")  # host:port of a scanner; empty: stay "unscanned"
# Whether linked web pages are opened, to check and to keep them; hosts that may be private ("host:port").
FETCH_LINKS = env.bool("SUCHARIT_FETCH_LINKS", default=False)
FETCH_ALLOWED = env.list("SUCHARIT_FETCH_ALLOWED", default=[])
MEMO_TEMPLATE = env.str("SUCHARIT_MEMO_TEMPLATE", default="")  # a ministry's own memo, DOCX
S3_BUCKET = env.str("SUCHARIT_S3_BUCKET", default="")  # empty: files in SUCHARIT_DATA
_FILES = "django.core.files.storage.FileSystemStorage"
_FOLDER = {"location": str(EVIDENCE_DIR), "base_url": None}
_S3 = {
    "bucket_name": S3_BUCKET,
    "endpoint_url": env.str("SUCHARIT_S3_ENDPOINT", default="") or None,
    "querystring_auth": True,
    "file_overwrite": False,
}
_STATIC = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if PRODUCTION
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": _FILES, "OPTIONS": _FOLDER},
    "evidence": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": _S3}
    if S3_BUCKET
    else {"BACKEND": _FILES, "OPTIONS": {**_FOLDER, "file_permissions_mode": 0o600}},
    "staticfiles": {"BACKEND": _STATIC},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- Ledger -------------------------------------------------------------------------------------
LEDGER_KEY = env.str("SUCHARIT_LEDGER_KEY", default="")  # hex seed; empty: SUCHARIT_DATA/keys

# --- The deployment -----------------------------------------------------------------------------
SITE_URL = env.str("SUCHARIT_URL", default="http://localhost:8000").rstrip("/")
ROOT_UNIT = env.str("SUCHARIT_ROOT_UNIT", default="moi")
SYNTHETIC_BANNER = env.bool("SUCHARIT_SYNTHETIC_BANNER", default=True)

_MAIL = "django.core.mail.backends.{}.EmailBackend".format
_MAIL_SERVER = env.email_url("SUCHARIT_SMTP", default="smtp://localhost:25")
_MAIL_WAY = _MAIL("smtp" if os.environ.get("SUCHARIT_SMTP") else "console")
globals().update({k: v for k, v in _MAIL_SERVER.items() if k.startswith("EMAIL_")})
EMAIL_BACKEND = _MAIL("locmem") if TESTING else env.str("SUCHARIT_EMAIL_BACKEND", default=_MAIL_WAY)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.str("SUCHARIT_EMAIL_FROM", default="sucharit@localhost")
LINE_TOKEN = env.str("SUCHARIT_LINE_TOKEN", default="")  # empty: LINE is off
LINE_SECRET = env.str("SUCHARIT_LINE_SECRET", default="")  # empty: its webhook is off
LINE_API = env.str("SUCHARIT_LINE_API", default="https://api.line.me")
LINE_QUOTA = env.int("SUCHARIT_LINE_QUOTA", default=0)  # a month; 0: unknown, only what is urgent
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("SUCHARIT_LOG", default="WARNING")},
}
