"""Packing a partner's own working copy: one verified file that another installation takes in.

A zip of `manifest.json`, one JSON-lines file a table, and the documents of its rows. What goes and
what stays is decided by `registry.ownership`; whose identity goes, by their consent.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from digna.journal import selectors, tables
from digna.journal.models import Change, Head, Line
from digna.partners import choosing, retelling
from digna.partners.choosing import Choice, Model
from digna.partners.retold_journal import Retold
from digna.registry.models import Enterprise, Organisation, Person
from digna.registry.ownership import OWNED_BY, Goes

FORMAT = "digna-handover-1"
RULE_ES = (
    "Van las filas del socio y lo que cuelga de ellas. La identidad de una persona va solo si su "
    "última respuesta al permiso «hand_over» es sí, y la de una empresa si lo es a "
    "«hand_over_firm». De quien no respondió o dijo que no van sexo, año de nacimiento, lugar y "
    "cuentas, sin nombre, documento, contacto, textos libres ni fotos. No van claves, tarjetas ni "
    "la huella de los documentos de identidad."
)
RULE_EN = (
    "The partner's rows go, and what hangs on them. A person's identity goes only if their latest "
    "answer to the permission “hand_over” is yes, and a firm's if that to “hand_over_firm” is. Of "
    "whoever did not answer or said no, sex, year of birth, place and counts go, without name, "
    "document, contact, free text or photographs. No passwords, cards or hashes of identity "
    "documents go."
)

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Packed:
    """A copy as it was written."""

    manifest: dict[str, Any]
    sha256: str
    size: int


def pack(partner: Organisation, path: Path, step: Step = lambda _done, _total: None) -> Packed:
    """Write a partner's copy to `path`; `step` is told how far it is."""
    part = path.with_name(path.name + ".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tables.snapshot() as alias:
        choice = choosing.choose(partner, alias)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            manifest = _write_all(archive, choice, alias, step)
            archive.writestr("manifest.json", json.dumps(manifest, indent=1, sort_keys=True))
            archive.writestr("LEEME.txt", f"{RULE_ES}\n\n{RULE_EN}\n")
    part.replace(path)
    return Packed(manifest, _sha256(path), path.stat().st_size)


def _write_all(archive: zipfile.ZipFile, choice: Choice, alias: str, step: Step) -> dict[str, Any]:
    going = goers()
    total = len(going) + 2
    written: dict[str, Any] = {}
    for done, model in enumerate(going):
        step(done, total)
        lines = tables.lines(model, alias, _teller(choice, model))
        written[choosing.label_of(model)] = _write(archive, model, lines)
    journal = Retold(choice, alias)
    for model, lines in (
        (Line, journal.lines()),
        (Change, journal.change_lines()),
        (Head, journal.head_lines()),
    ):
        written[choosing.label_of(model)] = _write(archive, model, lines)
    step(total - 1, total)
    files, missing = _write_files(archive, choice, alias)
    step(total, total)
    return _manifest(choice, written, files, alias) | {
        "files_missing": missing,
        "journal_emptied": journal.emptied,
        "seal": journal.seal,
    }


def goers() -> list[Model]:
    """Return the models of which some rows may go, the journal apart."""
    return [m for m in tables.every() if (o := choosing.owned(m)) and o.goes is not Goes.NEVER]


def _teller(choice: Choice, model: Model) -> Any:
    declared = choosing.owned(model)
    assert declared is not None  # noqa: S101 — `goers` leaves out the undeclared
    return retelling.teller(choice, model, declared)


def _write(archive: zipfile.ZipFile, model: Model, lines: Iterator[bytes]) -> dict[str, Any]:
    written = tables.write(archive, tables.member(model), lines)
    return {"rows": written.rows, "sha256": written.sha256}


def _write_files(
    archive: zipfile.ZipFile, choice: Choice, alias: str
) -> tuple[dict[str, str], int]:
    """Write the documents of rows that go, and of no other; count those not on the disk."""
    hashes: dict[str, str] = {}
    missing = 0
    for name in sorted(_file_names(choice, alias)):
        path = Path(settings.MEDIA_ROOT) / name
        if not path.is_file():
            missing += 1
            continue
        content = path.read_bytes()
        archive.writestr(f"files/{name}", content)
        hashes[f"files/{name}"] = hashlib.sha256(content).hexdigest()
    return hashes, missing


def _file_names(choice: Choice, alias: str) -> Iterator[str]:
    for model in goers():
        label = choosing.label_of(model)
        for column in model._meta.concrete_fields:
            if not isinstance(column, models.FileField):
                continue
            rows = model._base_manager.using(alias).exclude(**{column.name: ""})
            for key, name in rows.values_list("pk", column.name):
                if choice.has(label, key) and not choice.is_quiet(label, key):
                    yield str(name)


def _manifest(
    choice: Choice, written: dict[str, Any], files: dict[str, str], alias: str
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "partner": {"code": choice.partner.code, "name": choice.partner.name},
        "taken_at": timezone.now().isoformat(),
        "migrations": tables.migrations(),
        "tables": written,
        "files": files,
        "left_out": {label: dict(why) for label, why in sorted(choice.left.items())},
        "never": {label: o.why for label, o in sorted(OWNED_BY.items()) if o.goes is Goes.NEVER},
        "people": _of(choice, Person),
        "firms": _of(choice, Enterprise),
        "rule": {"es": RULE_ES, "en": RULE_EN},
        "seal_of_source": selectors.head_seal(alias),
    }


def _of(choice: Choice, model: Model) -> dict[str, int]:
    label = choosing.label_of(model)
    keys, quiet = choice.keys.get(label, set()), choice.quiet.get(label, set())
    return {"total": len(keys), "whole": len(keys) - len(quiet), "reduced": len(quiet)}


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
