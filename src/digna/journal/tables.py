"""Tables as lines of text, the same whichever database they come from or go to.

One table is a heading of column names and one JSON list a row, in the order of the keys, hashed
as written. Backups hold every row so; a partner's working copy those that are its own.
"""

import base64
import hashlib
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

LEFT_OUT = frozenset(
    {"sessions", "contenttypes", "axes", "django_tasks_database", "django_tasks_db", "auth"}
)
"""What comes and goes by itself: sessions, queues, failed sign-ins."""
BATCH = 500

Row = list[Any]
Change = Callable[[Row], Row | None]


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows a table has and the sha256 of its lines."""

    rows: int
    sha256: str


def every() -> list[type[models.Model]]:
    """Return every model whose rows are worth keeping, in one order."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in LEFT_OUT and model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def member(model: type[models.Model]) -> str:
    """Return the name under which a table lies in an archive."""
    return f"tables/{model._meta.label_lower}.jsonl"


def columns(model: type[models.Model]) -> list[Any]:
    """Return the columns of a table, in one order."""
    return list(model._meta.concrete_fields)


def heading(model: type[models.Model]) -> bytes:
    """Return the first line: the names of the columns."""
    return json.dumps([field.attname for field in columns(model)]).encode() + b"\n"


def line(fields: list[Any], values: Iterable[Any]) -> bytes:
    """Return one row as canonical JSON."""
    plain = [_out(field, value) for field, value in zip(fields, values, strict=True)]
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def lines(
    model: type[models.Model], alias: str = "default", change: Change | None = None
) -> Iterator[bytes]:
    """Yield a table line by line; `change` returns a row as it shall be told, or None to skip."""
    fields = columns(model)
    yield heading(model)
    stored = model._base_manager.using(alias).order_by("pk")
    for row in stored.values_list(*(f.attname for f in fields)).iterator(chunk_size=2000):
        told = list(row) if change is None else change(list(row))
        if told is not None:
            yield line(fields, told)


def write(archive: zipfile.ZipFile, name: str, told: Iterable[bytes]) -> Written:
    """Write lines into an archive and return how many rows, and their hash."""
    digest, count = hashlib.sha256(), -1
    with archive.open(name, "w", force_zip64=True) as file:
        for one in told:
            file.write(one)
            digest.update(one)
            count += 1
    return Written(count, digest.hexdigest())


def weigh(told: Iterable[bytes]) -> Written:
    """Return what `write` would, writing nothing: how a copy is compared with its source."""
    digest, count = hashlib.sha256(), -1
    for one in told:
        digest.update(one)
        count += 1
    return Written(count, digest.hexdigest())


def read(archive: zipfile.ZipFile, model: type[models.Model]) -> None:
    """Insert a table's lines as they are."""
    by_name = {field.attname: field for field in columns(model)}
    with archive.open(member(model)) as file:
        fields = [by_name[name] for name in json.loads(file.readline())]
        batch: list[models.Model] = []
        for one in file:
            values = zip(fields, json.loads(one), strict=True)
            batch.append(model(**{f.attname: _in(f, value) for f, value in values}))
            if len(batch) >= BATCH:
                _insert(model, fields, batch)
                batch = []
        _insert(model, fields, batch)


def _out(field: Any, value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.DateTimeField):
        return value.astimezone(timezone.get_fixed_timezone(0)).isoformat()
    if isinstance(field, models.DecimalField):
        return f"{value:.{field.decimal_places}f}"
    return repr(value) if isinstance(value, float) else str(value)


def _in(field: Any, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    return field.to_python(value)


def _insert(model: type[models.Model], fields: list[Any], rows: list[models.Model]) -> None:
    """Insert rows as they are: no defaults, no «now», keys kept."""
    step = max(1, 900 // max(1, len(fields)))  # SQLite takes so many values at once
    for start in range(0, len(rows), step):
        model._base_manager.all()._insert(  # type: ignore[attr-defined]
            rows[start : start + step], fields=fields, using="default", raw=True
        )


def reset_sequences() -> None:
    """Let new rows get keys after those that were inserted with theirs."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), every()):
            cursor.execute(statement)


def migrations() -> list[str]:
    """Return what this database was migrated to: the version of its shape."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


@contextmanager
def snapshot() -> Iterator[str]:
    """Yield the alias of a database that stands still while it is read."""
    if connection.in_atomic_block:  # a test: its rows are in this transaction and nowhere else
        yield "default"
        return
    if connection.vendor != "sqlite":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield "default"
        return
    connection.ensure_connection()
    with tempfile.TemporaryDirectory(dir=settings.HOME) as folder:
        copy = Path(folder) / "copy.sqlite3"
        target = sqlite3.connect(copy)
        connection.connection.backup(target)
        target.close()
        connections.settings["snapshot"] = connections.settings["default"] | {"NAME": str(copy)}
        try:
            yield "snapshot"
        finally:
            connections["snapshot"].close()
            del connections["snapshot"]
            del connections.settings["snapshot"]
