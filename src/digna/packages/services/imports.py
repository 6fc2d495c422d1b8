"""Bringing packages in: examined whole, then kept; versions, corrections, withdrawal."""

import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.packages import refusals
from digna.packages.models import Package, PackageVersion
from digna.packages.standards import archive as archives
from digna.packages.standards import reading, values
from digna.packages.standards.archive import Archive
from digna.packages.standards.values import Broken, Described


@writes("packages.package.imported")
def import_package(
    *, actor: Actor, archive: "File[bytes]", title: str = "", licence: str = "", language: str = ""
) -> Package:
    """Bring a new package in.

    Raises:
        Refused: `packages.import.broken` (with its reason), `packages.import.same`,
            `packages.import.too_big`.
    """
    opened, told = _opened(archive)
    digest = _digest(archive)
    same = PackageVersion.objects.filter(sha256=digest).select_related("package").first()
    if same is not None:
        raise Refused(
            "packages.import.same",
            _("Este mismo archivo ya está: es «%(title)s», versión %(number)s.")
            % {"title": same.package.title, "number": same.number},
            field="archive",
        )
    package = record.add(
        Package(
            title=(title.strip() or told.title)[:200],
            kind=told.kind,
            language=language.strip() or told.language,
            licence=(licence.strip() or told.licence)[:200],
            created_by=actor.user,
        )
    )
    _version(actor, package, archive, opened, told, digest, "")
    return package


@writes("packages.version.added")
def add_version(
    *, actor: Actor, package: Package, archive: "File[bytes]", note: str = ""
) -> PackageVersion:
    """Add a version; attempts at the ones before stay as they are.

    Raises:
        Refused: `packages.import.broken`, `packages.import.too_big`,
            `packages.version.other_kind`, `packages.version.same`.
    """
    opened, told = _opened(archive)
    digest = _digest(archive)
    if told.kind != package.kind:
        raise Refused(
            "packages.version.other_kind",
            _("Este paquete es %(kind)s y el archivo es %(other)s. Súbalo como paquete nuevo.")
            % {"kind": package.get_kind_display(), "other": told.standard},
            field="archive",
        )
    if package.versions.filter(sha256=digest).exists():
        raise Refused(
            "packages.version.same", _("Ese mismo archivo ya es una versión."), field="archive"
        )
    return _version(actor, package, archive, opened, told, digest, note)


@writes("packages.package.corrected")
def correct(*, actor: Actor, package: Package, title: str, licence: str, language: str) -> Package:
    """Correct what is told of a package."""
    return record.change(
        package, title=title.strip(), licence=licence.strip(), language=language.strip()
    )


@writes("packages.package.withdrawn")
def withdraw(*, actor: Actor, package: Package) -> Package:
    """Offer a package no longer; what was done with it stays."""
    return package if package.withdrawn_at else record.change(package, withdrawn_at=actor.at)


@writes("packages.package.returned")
def put_back(*, actor: Actor, package: Package) -> Package:
    """Offer a package again."""
    return record.change(package, withdrawn_at=None)


def _opened(archive: "File[bytes]") -> tuple[Archive, Described]:
    if (archive.size or 0) > archives.MOST_BYTES:
        raise Refused(
            "packages.import.too_big",
            _("El archivo pasa de %(n)s MB. Comprima los videos o divida la lección.")
            % {"n": archives.MOST_BYTES // 1024 // 1024},
            field="archive",
        )
    archive.seek(0)
    try:
        return reading.read(cast(BinaryIO, archive))
    except Broken as problem:
        raise refusals.refused(problem) from problem


def _digest(archive: "File[bytes]") -> str:
    archive.seek(0)
    total = hashlib.sha256()
    for piece in archive.chunks():
        total.update(piece)
    return total.hexdigest()


def _version(
    actor: Actor,
    package: Package,
    archive: "File[bytes]",
    opened: Archive,
    told: Described,
    digest: str,
    note: str,
) -> PackageVersion:
    last = package.versions.order_by("-number").values_list("number", flat=True).first()
    version = PackageVersion(
        package=package,
        number=(last or 0) + 1,
        standard=told.standard[:120],
        file_name=(archive.name or "paquete.zip").rsplit("/", 1)[-1][:200],
        sha256=digest,
        size=archive.size or 0,
        unpacked_size=opened.unpacked,
        file_count=len(opened.entries),
        parts=[values.as_plain(part) for part in told.parts],
        identifier=told.identifier[:500],
        note=note.strip()[:300],
        added_by=actor.user,
    )
    archive.seek(0)
    version.archive.save(f"{version.public_id}.zip", archive, save=False)
    _unpack(version, opened)
    return record.add(version)


def _unpack(version: PackageVersion, opened: Archive) -> None:
    kept: list[str] = []
    try:
        for path in opened.paths:
            content = _Chunks(opened.chunks(path))
            kept.append(default_storage.save(f"{version.folder}/{path}", content))
    except Broken as problem:
        for path in kept:
            default_storage.delete(path)
        version.archive.delete(save=False)
        raise refusals.refused(problem) from problem


class _Chunks(ContentFile[Any]):
    """A file written piece by piece, never whole in memory."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__(b"")
        self._pieces = pieces

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield what comes out of the archive."""
        return self._pieces
