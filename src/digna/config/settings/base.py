"""What holds in every surrounding. Secrets and paths come from `digna.config.home`."""

import os
from pathlib import Path
from typing import Any

import django.conf.locale

from digna.config.database import database_from_url
from digna.config.home import CHECKOUT, home, secret

HOME: Path = home()
SECRET_KEY = secret("secret_key", HOME)
# Keyed hash of document numbers: the numbers themselves are never stored (ADR 0008).
DOCUMENT_KEY = secret("document_key", HOME)

# Digna's rooms come first, so that their templates win over those of the packages they dress.
INSTALLED_APPS = [
    "digna.web",
    "digna.journal",
    "digna.accounts",
    "digna.registry",
    "digna.programmes",
    "digna.certificates",
    "digna.xapi",
    "digna.packages",
    "digna.surveys",
    "digna.events",
    "digna.improvement",
    "digna.training",
    "digna.trainers",
    "digna.partners",
    "digna.studies",
    "digna.pathways",
    "digna.learning",
    "digna.markets",
    "digna.mentoring",
    "digna.linkages",
    "digna.rounds",
    "digna.results",
    "digna.reports",
    "digna.portal",
    "digna.field",
    "digna.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "template_partials.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "digna.web.middleware.PackingMiddleware",  # below: static files are packed when collected
    "digna.packages.hosts.keep_apart",
    "digna.web.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "digna.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "digna.accounts.doors.DefaultDenyMiddleware",
    "digna.web.middleware.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "digna.config.urls"
WSGI_APPLICATION = "digna.config.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "digna.web.context.screen",
    "digna.accounts.context.rights_of_request",
    "digna.config.navigation.navigation",
    "digna.programmes.context.synthetic",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": CONTEXT_PROCESSORS,
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "digna.web.templatetags.screen",
            ],
        },
    }
]

FORM_RENDERER = "digna.web.forms.Renderer"

DATABASES = {"default": database_from_url(os.environ.get("DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- language: Spanish of Bolivia is the source, English is complete, qu and ay come next
django.conf.locale.LANG_INFO.update(
    {
        "es-bo": {
            "bidi": False,
            "code": "es-bo",
            "name": "Bolivian Spanish",
            "name_local": "español",
        },
        "qu": {"bidi": False, "code": "qu", "name": "Quechua", "name_local": "Runasimi"},
        "ay": {"bidi": False, "code": "ay", "name": "Aymara", "name_local": "Aymar aru"},
    }
)
LANGUAGES = [("es-bo", "español"), ("en", "English")]
LANGUAGE_CODE = "es-bo"
LANGUAGE_COOKIE_NAME = "idioma"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = ["digna.config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/La_Paz"

# --- static files and uploads
STATIC_URL = "/static/"
STATIC_ROOT = CHECKOUT / ".build" / "static"
MEDIA_ROOT = HOME / "media"
FACT_STORE = Path(os.environ.get("DIGNA_FACT_STORE", HOME / "facts"))
ANALYTICS = os.environ.get("DIGNA_ANALYTICS", "")  # empty: DuckDB in the worker; sc://host: Spark
KITS = CHECKOUT / "kits"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
# Telephones send a form with up to a hundred files at once, and its XML beside them.
DATA_UPLOAD_MAX_NUMBER_FILES = 250
# What one person's telephones may ask in a minute; an outbox of a season passes within it.
FIELD_MOST_A_MINUTE = int(os.environ.get("DIGNA_FIELD_MOST_A_MINUTE", "1200"))
# More submissions than this are exported by the worker: so many of thirty questions take about five
# seconds of one processor, and a request holds one of the web server's two threads.
SURVEYS_EXPORT_AT_ONCE = int(os.environ.get("DIGNA_SURVEYS_EXPORT_AT_ONCE", "20000"))
SURVEYS_MOST_BYTES = int(os.environ.get("DIGNA_SURVEYS_MOST_BYTES", "104857600"))

# --- learning records: what stands for this installation in them, and who may ask from elsewhere
LEARNER_HOME = os.environ.get("DIGNA_LEARNER_HOME", "https://digna.invalid")
XAPI_ORIGINS = [one for one in os.environ.get("DIGNA_XAPI_ORIGINS", "").split(",") if one]
# Packages play in an origin of their own; a * stands for one name a version (docs/adr/0014).
# On one's own machine this is *.localhost without being set.
CONTENT_HOST = os.environ.get("DIGNA_CONTENT_HOST", "")
XAPI_MOST_BYTES = 8 * 1024 * 1024

# --- sign-in (rooms: accounts)
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# 19 MiB and two passes is OWASP's floor for argon2id; Django's 100 MiB costs 0.35 s and one
# such allocation a sign-in, too much for the small servers Digna runs on.
PASSWORD_HASHERS = [
    "digna.accounts.hashers.SmallServerArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_NAME = "sesion"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "csrf"
CSRF_COOKIE_SAMESITE = "Lax"

ACCOUNT_ADAPTER = "digna.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email", "phone", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {"login_failed": ""}  # axes counts, in the database
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Digna"
USERSESSIONS_TRACK_ACTIVITY = False

AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "digna.accounts.lockout.locked_out"
AXES_CACHE = "default"
AXES_VERBOSE = False

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("DIGNA_FROM_EMAIL", "digna@localhost")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS = ["axes.W003", "account.W001"]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"digna": {"level": "INFO"}},
}
