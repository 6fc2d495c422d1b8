"""The server under chaos: as in production, with one intake that breaks and no throttling."""

import os

from digna.config.settings.base import *  # noqa: F403
from digna.config.settings.base import INSTALLED_APPS

DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [*INSTALLED_APPS, "field.poison"]
FIELD_MOST_A_MINUTE = 1_000_000
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


class _WithoutMigrations:
    """Tables are made from the models: half a minute less than through every migration."""

    def __contains__(self, _room: str) -> bool:
        return True

    def __getitem__(self, _room: str) -> None:
        return None


if os.environ.get("DIGNA_CHAOS_TABLES"):
    MIGRATION_MODULES = _WithoutMigrations()
