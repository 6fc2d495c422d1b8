"""One file that holds an installation, the same whichever database it runs on, and is verified.

A zip of: `manifest.json` (version, migrations, rows and sha256 of every table, sha256 of every
file), one JSON-lines file a table, the uploads and the keys. Reading is from one snapshot, so a
backup taken while people work is whole. What comes and goes by itself (sessions, queues, failed
sign-ins) stays out. A backup taken on SQLite restores on PostgreSQL, and the other way round.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

from digna.field import installation
from digna.journal import selectors, tables

FORMAT = 1


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


def back_up(path: Path) -> Report:
    """Write a backup to `path` and read it back to verify it.

    Raises:
        BackupError: what was written does not read back the same.
    """
    part = path.with_name(path.name + ".part")
    deflated = zipfile.ZIP_DEFLATED
    with (
        tables.snapshot() as alias,
        zipfile.ZipFile(part, "w", deflated, compresslevel=6) as archive,
    ):
        manifest: dict[str, Any] = {
            "format": FORMAT,
            "taken_at": timezone.now().isoformat(),
            "migrations": tables.migrations(),
            "tables": {
                m._meta.label_lower: _write_table(archive, m, alias) for m in tables.every()
            },
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
        if manifest["migrations"] != tables.migrations():
            raise BackupError(
                "El respaldo es de otra versión de Digna. Instale esa versión, restaure y "
                "después actualice (docs/ops.md)."
            )
        with transaction.atomic():
            _empty(replace=replace)
            for model in tables.every():
                tables.read(archive, model)
            tables.reset_sequences()
        _read_files(archive, manifest["files"])
    _compare(manifest)
    installation.note_restore()
    return report


# --- tables


def _write_table(archive: zipfile.ZipFile, model: type[models.Model], alias: str) -> dict[str, Any]:
    written = tables.write(archive, tables.member(model), tables.lines(model, alias))
    return {"rows": written.rows, "sha256": written.sha256}


def _hash_of_lines(archive: zipfile.ZipFile, name: str) -> tuple[int, str]:
    with archive.open(name) as file:
        weighed = tables.weigh(file)
    return weighed.rows, weighed.sha256


def _empty(*, replace: bool) -> None:
    busy = [
        model._meta.verbose_name_plural for model in tables.every() if model._base_manager.exists()
    ]
    if busy and not replace:
        raise BackupError(
            f"La base no está vacía ({', '.join(str(name) for name in busy[:3])}…). "
            "Restaure en una instalación nueva, o diga --replace para borrar lo que hay."
        )
    names = [model._meta.db_table for model in tables.every()]
    if busy:
        connection.check_constraints()  # PostgreSQL empties no table with checks still to be made
        with connection.cursor() as cursor:
            for statement in connection.ops.sql_flush(no_style(), names, allow_cascade=True):
                cursor.execute(statement)


def _compare(manifest: dict[str, Any]) -> None:
    """Read everything back out of the database: counts and hashes must be the backup's."""
    for model in tables.every():
        found = tables.weigh(tables.lines(model))
        promised = manifest["tables"][model._meta.label_lower]
        if (found.rows, found.sha256) != (promised["rows"], promised["sha256"]):
            label = model._meta.label_lower
            raise BackupError(f"La tabla {label} no quedó igual que en el respaldo.")


# --- files and keys


def _write_files(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    for folder in ("media", "keys", "iati"):
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
