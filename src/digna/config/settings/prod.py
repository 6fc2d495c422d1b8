"""A site behind TLS: hosts named, cookies secure, HSTS on."""

import os

from digna.config.settings.base import *  # noqa: F403
from digna.config.settings.base import CONTENT_HOST

DEBUG = False
ALLOWED_HOSTS = os.environ.get("DIGNA_HOSTS", "").split(",")
if CONTENT_HOST:
    ALLOWED_HOSTS.append(CONTENT_HOST.replace("*", "", 1))
CSRF_TRUSTED_ORIGINS = [
    f"https://{host}" for host in os.environ.get("DIGNA_HOSTS", "").split(",") if host
]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
