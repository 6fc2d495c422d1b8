"""The suite: fast hasher, mail in memory, tasks at once; SQLite, or PostgreSQL when asked."""

import os
import tempfile

# xdist's workers inherit the environment: each still gets a home, and so a database, of its own
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ["DIGNA_HOME"] = tempfile.mkdtemp(prefix="digna-test-")
os.environ.setdefault("DIGNA_HOME", tempfile.mkdtemp(prefix="digna-test-"))
os.environ.setdefault("DIGNA_SECRET_KEY", "only-for-tests-0123456789-0123456789-0123456789")
os.environ.setdefault("DIGNA_DOCUMENT_KEY", "only-for-tests-document-key")

from digna.config.settings.base import *  # noqa: F403
from digna.config.settings.base import DATABASES, HOME, TEMPLATES

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1", ".localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT = HOME / "static"  # what was collected for `make run` may be of another day
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""

# A file, not memory: in the browser tests the server's threads and the test write at once.
DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}

if os.environ.get("DIGNA_TEST_DB") == "postgres":
    from digna.config.settings.postgres_for_tests import start

    DATABASES = {"default": start()}
