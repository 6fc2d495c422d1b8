"""A backup is verified, restores whole on an empty installation, and says when it is damaged."""

import json
import zipfile
from pathlib import Path

import pytest
from django.conf import LazySettings

import make
from digna.config import backup
from digna.field import installation
from digna.journal import selectors
from digna.registry.models import Person
from digna.registry.services import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(tmp_path: Path, settings: LazySettings) -> Path:
    settings.HOME = tmp_path / "home"
    keys = settings.HOME / "keys"
    keys.mkdir(parents=True)
    (keys / "document_key").write_text("una llave")
    person = make.person("Ñusta", "Quispe Áñez", document="4567890", phone="+59171234567")
    people.correct_person(actor=make.actor(), person=person, surnames="Quispe")
    make.enterprise("Tostaduría Illimani", nit="1023456028")
    path = tmp_path / "copia.zip"
    backup.back_up(path)
    return path


def test_a_backup_restores_every_row_and_file(taken: Path, settings: LazySettings) -> None:
    seal = selectors.head_seal()
    (settings.HOME / "keys" / "document_key").write_text("otra")
    make.person("Otra", "Persona")
    report = backup.restore(taken, replace=True)
    assert Person.objects.get().full_name == "Quispe, Ñusta"
    assert report.tables["registry.person"] == 1
    assert (settings.HOME / "keys" / "document_key").read_text() == "una llave"
    assert (selectors.head_seal(), list(selectors.verify())) == (seal, [])


def test_telephones_notice_a_restore(taken: Path) -> None:
    before = installation.told()
    backup.restore(taken, replace=True)
    first, second = installation.told(), installation.told()
    assert first["mark"] != before["mark"]
    assert second["mark"] == first["mark"]


def test_the_same_installation_has_another_mark_after_a_restore(
    tmp_path: Path, taken: Path
) -> None:
    backup.restore(taken, replace=True)
    before = installation.told()
    backup.back_up(tmp_path / "otra.zip")
    backup.restore(tmp_path / "otra.zip", replace=True)
    after = installation.told()
    assert (after["id"], after["mark"] == before["mark"]) == (before["id"], False)
    assert installation.told()["mark"] == after["mark"]


def test_new_rows_after_a_restore_get_new_keys(taken: Path) -> None:
    backup.restore(taken, replace=True)
    standing = Person.objects.get()
    assert make.person("Nueva", "Persona").pk > standing.pk


def test_a_database_with_rows_is_not_overwritten_unasked(taken: Path) -> None:
    with pytest.raises(backup.BackupError, match="no está vacía"):
        backup.restore(taken)
    assert Person.objects.count() == 1


def rewritten(path: Path, name: str, content: bytes) -> Path:
    other = path.with_name("otra.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for item in old.infolist():
            new.writestr(item.filename, content if item.filename == name else old.read(item))
    return other


def test_an_altered_table_is_refused_before_anything_is_touched(taken: Path) -> None:
    with zipfile.ZipFile(taken) as archive:
        lines = archive.read("tables/registry.person.jsonl")
    altered = rewritten(taken, "tables/registry.person.jsonl", lines.replace(b"Quispe", b"Choque"))
    with pytest.raises(backup.BackupError, match=r"registry\.person"):
        backup.restore(altered, replace=True)
    assert Person.objects.get().surnames == "Quispe"


def test_an_altered_file_is_refused(taken: Path) -> None:
    altered = rewritten(taken, "files/keys/document_key", b"ajena")
    with pytest.raises(backup.BackupError, match="dañado"):
        backup.check(altered)


def test_a_backup_of_another_version_is_refused(taken: Path) -> None:
    with zipfile.ZipFile(taken) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    manifest["migrations"].append("registry.9999_future")
    other = rewritten(taken, "manifest.json", json.dumps(manifest).encode())
    with pytest.raises(backup.BackupError, match="otra versión"):
        backup.restore(other, replace=True)


def test_something_else_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "foto.zip"
    path.write_bytes(b"nada")
    with pytest.raises(backup.BackupError, match="no es un respaldo"):
        backup.check(path)
