"""How Digna keeps its one file."""

from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler

from digna.config import database


@pytest.mark.django_db
def test_what_was_answered_is_on_the_disk(tmp_path: Path) -> None:
    """Who is told «received» may delete their own copy: a commit waits for the disk."""
    connections = ConnectionHandler({"default": database.sqlite(tmp_path / "digna.sqlite3")})
    connection = connections["default"]
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone() == (2,)  # FULL
    finally:
        connection.close()
