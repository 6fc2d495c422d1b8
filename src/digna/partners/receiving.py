"""Taking in a partner's working copy on a fresh installation: all of it, verified, or nothing."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import actor as actors
from digna.journal import selectors, tables
from digna.journal.models import Change, Head, Line
from digna.partners import choosing, packing
from digna.partners.choosing import Model
from digna.partners.services import copies
from digna.registry import search
from digna.registry.models import Organisation

LOOSE = frozenset({"manifest.json", "LEEME.txt"})


@dataclass(frozen=True, slots=True)
class Received:
    """What was taken in."""

    partner: str
    rows: dict[str, int]
    files: int
    manifest: dict[str, Any]


def check(path: Path) -> dict[str, Any]:
    """Read a copy through and return its manifest.

    Raises:
        Refused: `partners.copy.unreadable`, `partners.copy.altered`.
    """
    with _opened(path) as archive:
        manifest = _manifest(archive)
        for name, promised in _promised(manifest).items():
            if _found(archive, name) != promised:
                raise _altered(name)
        unknown = set(archive.namelist()) - set(_promised(manifest)) - LOOSE
        if unknown:
            raise _altered(sorted(unknown)[0])
    return manifest


def receive(path: Path) -> Received:
    """Fill an empty installation of the same version from a copy.

    Raises:
        Refused: those of `check`, `partners.copy.version`, `partners.copy.not_empty`,
            `partners.copy.did_not_match`.
    """
    manifest = check(path)
    if manifest["migrations"] != tables.migrations():
        raise Refused(
            "partners.copy.version",
            _(
                "La copia es de otra versión de Digna. Instale la versión con que se hizo, "
                "reciba la copia y después actualice (docs/ops.md)."
            ),
        )
    _refuse_busy()
    with _opened(path) as archive, transaction.atomic():
        for model in _models(manifest):
            tables.read(archive, model)
        connection.check_constraints()
        tables.reset_sequences()
        _compare(manifest)
        _note(manifest)
        _take_files(archive, manifest)
        search.rebuild()
    rows = {label: told["rows"] for label, told in manifest["tables"].items()}
    return Received(manifest["partner"]["name"], rows, len(manifest["files"]), manifest)


def _refuse_busy() -> None:
    busy = [m for m in tables.every() if m._base_manager.exists()]
    if busy:
        names = ", ".join(str(model._meta.verbose_name_plural) for model in busy[:3])
        raise Refused(
            "partners.copy.not_empty",
            _(
                "Esta instalación no está vacía (%(names)s…). Reciba la copia en una nueva: "
                "digna migrate y después digna handover receive."
            )
            % {"names": names},
        )


def _models(manifest: dict[str, Any]) -> list[Model]:
    """Return the models of the manifest; one that may not be in a copy is refused."""
    going: list[Model] = [*packing.goers(), Line, Change, Head]
    allowed = {choosing.label_of(model): model for model in going}
    if set(manifest["tables"]) != set(allowed):
        odd = sorted(set(manifest["tables"]) ^ set(allowed))
        raise _altered(odd[0])
    return [allowed[label] for label in sorted(allowed)]


def _compare(manifest: dict[str, Any]) -> None:
    """Read everything back out: counts and hashes must be those of the copy, and the chain hold."""
    for model in _models(manifest):
        found = tables.weigh(tables.lines(model))
        promised = manifest["tables"][choosing.label_of(model)]
        if (found.rows, found.sha256) != (promised["rows"], promised["sha256"]):
            raise Refused(
                "partners.copy.did_not_match",
                _("La tabla %(table)s no quedó igual que en la copia. No se recibió nada.")
                % {"table": choosing.label_of(model)},
            )
    faults = list(selectors.verify())
    if faults or selectors.head_seal() != manifest["seal"]:
        raise _altered("journal")


def _note(manifest: dict[str, Any]) -> None:
    partner = Organisation.objects.get(code=manifest["partner"]["code"])
    copies.take_in(
        actor=actors.system(reason="digna handover receive"),
        partner=partner,
        taken_at=manifest["taken_at"],
        seal_of_source=manifest["seal_of_source"],
    )


def _take_files(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    root = Path(settings.MEDIA_ROOT).resolve()
    for name in manifest["files"]:
        target = (root / Path(name).relative_to("files")).resolve()
        if not target.is_relative_to(root):
            raise _altered(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(name))
        target.chmod(0o600)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, OSError, KeyError, ValueError, EOFError) as broken:
        raise Refused(
            "partners.copy.unreadable",
            _(
                "%(file)s no es una copia de Digna que se pueda leer, o está cortada. "
                "Pídala otra vez."
            )
            % {"file": path.name},
        ) from broken


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    if manifest.get("format") != packing.FORMAT:
        raise Refused(
            "partners.copy.format",
            _("La copia es de un formato que esta versión no conoce. Use la versión que la hizo."),
        )
    return manifest


def _promised(manifest: dict[str, Any]) -> dict[str, str]:
    listed = manifest["tables"].items()
    promised: dict[str, str] = {f"tables/{name}.jsonl": told["sha256"] for name, told in listed}
    promised.update(manifest["files"])
    return promised


def _found(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _altered(what: str) -> Refused:
    return Refused(
        "partners.copy.altered",
        _("La copia fue alterada o está incompleta: %(what)s. No se recibió nada. Pídala otra vez.")
        % {"what": what},
    )
