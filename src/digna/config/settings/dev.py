"""`make run`: one machine, plain http on localhost, demo data."""

import os

from digna.config.settings.base import *  # noqa: F403

DEBUG = os.environ.get("DIGNA_DEBUG", "") == "1"
ALLOWED_HOSTS = ["*"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
