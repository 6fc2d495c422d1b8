"""An empty database made the quick way has the schema that the usual way makes."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parents[3]
MASTER = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"


@pytest.mark.django_db
def test_the_schema_is_the_same(tmp_path: Path) -> None:
    quick = (
        "from django.core.management import call_command\n"
        "from digna.config import first_migration\n"
        "with first_migration.rendered_once():\n"
        "    call_command('migrate', verbosity=0, interactive=False)\n"
    )
    environment = os.environ | {
        "DIGNA_HOME": str(tmp_path),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "digna.config.settings.dev",
    }
    run = [sys.executable, "manage.py", "shell", "-v0", "-c", quick]
    subprocess.run(run, check=True, cwd=ROOT, env=environment)
    (made,) = tmp_path.rglob("*.sqlite3")
    with sqlite3.connect(made) as opened:
        rows = opened.execute(MASTER).fetchall()
    tables = {row[1] for row in rows if row[0] == "table" and not row[1].startswith("sqlite_")}
    assert tables == set(connection.introspection.table_names())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(MASTER)
            assert rows == cursor.fetchall()
