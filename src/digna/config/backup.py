"""One file that holds an installation, the same whichever database it runs on, and is verified.

A zip of: `manifest.json` (version, migrations, rows and sha256 of every table, sha256 of every
file), one JSON-lines file a table, the uploads and the keys. Reading is from one snapshot, so a
backup taken while people work is whole. What comes and goes by itself (sessions, queues, failed
sign-ins) stays out. A backup taken on SQLite restores on PostgreSQL, and the other way round.
"""

import base64
import hashlib
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
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

from digna.config.database import sqlite
from digna.journal import selectors

FORMAT = 1
LEFT_OUT = frozenset(
    {"sessions", "contenttypes", "axes", "django_tasks_database", "django_tasks_db", "auth"}
)
BATCH = 500


class BackupError(Exception):
    """A backup that cannot be trusted or taken in, with a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a backup or a restore held: rows by table, files, the journal's seal."""

    tables: dict[str, int]
    files: int
    seal: str

    @property
    def rows(self) -> int:
        return sum(self.tables.values())


def tables() -> list[type[models.Model]]:
    """Return every model whose rows belong in a backup, in one order."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in LEFT_OUT and model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def back_up(path: Path) -> Report:
    """Write a backup to `path` and read it back to verify it.

    Raises:
        BackupError: what was written does not read back the same.
    """
    part = path.with_name(path.name + ".part")
    deflated = zipfile.ZIP_DEFLATED
    with _snapshot() as alias, zipfile.ZipFile(part, "w", deflated, compresslevel=6) as archive:
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "taken_at": timezone.now().isoformat(),
            "migrations": _migrations(),
            "tables": {m._meta.label_lower: _write_table(archive, m, alias) for m in tables()},
            "files": dict(_write_files(archive)),
            "seal": selectors.head_seal(alias),
        }
        archive.writestr("manifest.json", json.dumps(manifest, indent=1, sort_keys=True))
    report = check(part)
    part.replace(path)
    return report


def check(path: Path) -> Report:
    """Read a backup through and compare every count and hash with its manifest."""
    with _opened(path) as archive:
        manifest = _manifest(archive)
        for label, promised in manifest["tables"].items():
            found = _hash_of_lines(archive, f"tables/{label}.jsonl")
            if found != (promised["rows"], promised["sha256"]):
                raise BackupError(f"{path.name}: la tabla {label} no es la que dice el índice.")
        for name, digest in manifest["files"].items():
            if hashlib.sha256(archive.read(name)).hexdigest() != digest:
                raise BackupError(f"{path.name}: el archivo {name} está dañado.")
    counts = {label: promised["rows"] for label, promised in manifest["tables"].items()}
    return Report(counts, len(manifest["files"]), manifest["seal"])


def restore(path: Path, *, replace: bool = False) -> Report:
    """Fill an empty installation from a backup; all of it or nothing.

    Raises:
        BackupError: the file is damaged, of other migrations, or the database is not empty and
            `replace` was not asked for; or what went in does not hash to what came out.
    """
    report = check(path)
    with _opened(path) as archive:
        manifest = _manifest(archive)
        if manifest["migrations"] != _migrations():
            raise BackupError(
                "El respaldo es de otra versión de Digna. Instale esa versión, restaure y "
                "después actualice (docs/ops.md)."
            )
        with transaction.atomic():
            _empty(replace=replace)
            for model in tables():
                _read_table(archive, model)
            _reset_sequences()
        _read_files(archive, manifest["files"])
    _compare(manifest)
    return report


# --- reading and writing one table


def _columns(model: type[models.Model]) -> list[Any]:
    return list(model._meta.concrete_fields)


def _lines(model: type[models.Model], alias: str) -> Iterator[bytes]:
    """Yield the rows of a table as canonical JSON, in the order of their keys."""
    fields = _columns(model)
    names = [field.attname for field in fields]
    yield json.dumps(names).encode() + b"\n"
    rows = model._base_manager.using(alias).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=2000):
        values = [_out(field, value) for field, value in zip(fields, row, strict=True)]
        text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        yield text.encode() + b"\n"


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


def _write_table(archive: zipfile.ZipFile, model: type[models.Model], alias: str) -> dict[str, Any]:
    digest, count = hashlib.sha256(), -1
    with archive.open(f"tables/{model._meta.label_lower}.jsonl", "w", force_zip64=True) as file:
        for line in _lines(model, alias):
            file.write(line)
            digest.update(line)
            count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


def _hash_of_lines(archive: zipfile.ZipFile, name: str) -> tuple[int, str]:
    digest, count = hashlib.sha256(), -1
    with archive.open(name) as file:
        for line in file:
            digest.update(line)
            count += 1
    return count, digest.hexdigest()


def _read_table(archive: zipfile.ZipFile, model: type[models.Model]) -> None:
    by_name = {field.attname: field for field in _columns(model)}
    with archive.open(f"tables/{model._meta.label_lower}.jsonl") as file:
        fields = [by_name[name] for name in json.loads(file.readline())]
        batch: list[models.Model] = []
        for line in file:
            values = zip(fields, json.loads(line), strict=True)
            batch.append(model(**{f.attname: _in(f, value) for f, value in values}))
            if len(batch) >= BATCH:
                _insert(model, fields, batch)
                batch = []
        _insert(model, fields, batch)


def _insert(model: type[models.Model], fields: list[Any], rows: list[models.Model]) -> None:
    """Insert rows as they are: no defaults, no «now», keys kept."""
    step = max(1, 900 // max(1, len(fields)))  # SQLite takes so many values at once
    for start in range(0, len(rows), step):
        model._base_manager.all()._insert(  # type: ignore[attr-defined]
            rows[start : start + step], fields=fields, using="default", raw=True
        )


def _empty(*, replace: bool) -> None:
    busy = [model._meta.verbose_name_plural for model in tables() if model._base_manager.exists()]
    if busy and not replace:
        raise BackupError(
            f"La base no está vacía ({', '.join(str(name) for name in busy[:3])}…). "
            "Restaure en una instalación nueva, o diga --replace para borrar lo que hay."
        )
    names = [model._meta.db_table for model in tables()]
    if busy:
        connection.check_constraints()  # PostgreSQL empties no table with checks still to be made
        with connection.cursor() as cursor:
            for statement in connection.ops.sql_flush(no_style(), names, allow_cascade=True):
                cursor.execute(statement)


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def _compare(manifest: dict[str, Any]) -> None:
    """Read everything back out of the database: counts and hashes must be the backup's."""
    for model in tables():
        digest, count = hashlib.sha256(), -1
        for line in _lines(model, "default"):
            digest.update(line)
            count += 1
        promised = manifest["tables"][model._meta.label_lower]
        if (count, digest.hexdigest()) != (promised["rows"], promised["sha256"]):
            label = model._meta.label_lower
            raise BackupError(f"La tabla {label} no quedó igual que en el respaldo.")


# --- files, keys, snapshot


def _write_files(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    for folder in ("media", "keys"):
        root = settings.HOME / folder
        for path in sorted(root.rglob("*")) if root.exists() else []:
            if path.is_file():
                name = f"files/{folder}/{path.relative_to(root).as_posix()}"
                content = path.read_bytes()
                archive.writestr(name, content)
                yield name, hashlib.sha256(content).hexdigest()


def _read_files(archive: zipfile.ZipFile, files: dict[str, str]) -> None:
    for name in files:
        relative = Path(name).relative_to("files")
        if ".." in relative.parts:
            raise BackupError(f"El respaldo quiere escribir fuera de su carpeta: {name}")
        target = settings.HOME / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(name))
        target.chmod(0o600)


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, FileNotFoundError, KeyError) as broken:
        raise BackupError(f"{path}: no es un respaldo de Digna que se pueda leer.") from broken


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    if manifest.get("format") != FORMAT:
        raise BackupError("El respaldo es de un formato que esta versión no conoce.")
    return manifest


@contextmanager
def _snapshot() -> Iterator[str]:
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
        defaults = connections.settings["default"]
        connections.settings["snapshot"] = defaults | sqlite(copy)
        try:
            yield "snapshot"
        finally:
            connections["snapshot"].close()
            del connections["snapshot"]
            del connections.settings["snapshot"]
