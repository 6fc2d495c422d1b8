"""`DATABASE_URL` into Django's settings: SQLite by default, PostgreSQL by one variable."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# WAL and IMMEDIATE: with SQLite's defaults two thirds of concurrent writes failed (ADR 0003).
# FULL: who is told «received» may lose their own copy; a loss of power may not lose ours.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA temp_store=MEMORY;"
    "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-8000;"
)


def sqlite(path: Path) -> dict[str, Any]:
    """Settings for one SQLite file that many readers and one writer share."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        },
    }


def database_from_url(url: str, folder: Path) -> dict[str, Any]:
    """Read `sqlite:///path` or `postgresql://user:password@host:port/name?option=value`.

    An empty URL means SQLite at `folder/digna.sqlite3`.

    Raises:
        ImproperlyConfigured: a scheme that Digna does not run on.
    """
    if not url:
        return sqlite(folder / "digna.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)[1:] or str(folder / "digna.sqlite3")))
    if parts.scheme not in {"postgres", "postgresql"}:
        message = f"DATABASE_URL: {parts.scheme!r} is not known; write sqlite:/// or postgresql://"
        raise ImproperlyConfigured(message)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": options | {"pool": {"min_size": 1, "max_size": 8}},
    }
