"""Where an installation keeps the code lists of IATI that it has imported, and how they come in.

They live in `DIGNA_HOME/iati/codelists`, one JSON file a list. Everything of an import is read
before anything is written, and each file replaces the former in one step: who validates at that
moment sees a whole list, the old or the new.
"""

import http.client
import io
import os
import urllib.request
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from digna_engines.errors import EngineError, UnreadableError
from digna_engines.iati.codelists import SUFFIXES, CodeList, read_codelist, write_codelist

MAX_BYTES: Final = 64 * 1024 * 1024
_SECONDS: Final = 60


@dataclass(frozen=True)
class Import:
    """What an import brought: the lists, and the files that were no code lists, with the reason."""

    lists: tuple[CodeList, ...]
    skipped: tuple[tuple[str, EngineError], ...]


def folder() -> Path:
    """Where the lists are kept."""
    return Path(settings.HOME) / "iati" / "codelists"


def kept() -> tuple[CodeList, ...]:
    """The imported lists, by name."""
    return tuple(read_codelist(path.read_bytes(), path.name) for path in _files(folder()))


def gather(source: str) -> Import:
    """Read every code list of a file, a folder, a ZIP or an address; nothing is written yet."""
    lists: dict[str, CodeList] = {}
    skipped: list[tuple[str, EngineError]] = []
    for name, content in _contents(source):
        try:
            one = read_codelist(content, name)
        except EngineError as problem:
            skipped.append((name, problem))
        else:
            lists[one.name] = one
    if not lists:
        if skipped:
            raise skipped[0][1]
        raise UnreadableError(
            "iati.no_codelists",
            f"En «{source}» no hay listas de códigos (XML, JSON o CSV).",
            f"There are no code lists (XML, JSON or CSV) in “{source}”.",
            source=source,
        )
    return Import(tuple(lists.values()), tuple(skipped))


def keep(lists: Iterable[CodeList]) -> None:
    """Write lists where they are kept, each in one step."""
    folder().mkdir(parents=True, exist_ok=True)
    for one in lists:
        path = folder() / f"{one.name}.json"
        draft = path.with_suffix(f".{os.getpid()}.tmp")
        draft.write_bytes(write_codelist(one))
        draft.replace(path)


def _contents(source: str) -> Iterator[tuple[str, bytes]]:
    if urlsplit(source).scheme in {"http", "https"}:
        name = PurePosixPath(urlsplit(source).path).name
        yield from _unpacked(name, _download(source))
        return
    path = Path(source)
    try:
        files = _files(path) if path.is_dir() else [path]
        for file in files:
            yield from _unpacked(file.name, file.read_bytes())
    except OSError as problem:
        raise UnreadableError(
            "iati.no_file",
            f"No se puede leer «{source}»: {problem.strerror}.",
            f"“{source}” cannot be read: {problem.strerror}.",
            path=source,
        ) from problem


def _files(place: Path) -> list[Path]:
    return sorted(path for path in place.glob("*") if path.suffix.lower() in SUFFIXES)


def _unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if not name.lower().endswith(".zip"):
        yield name, content
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                inside = PurePosixPath(entry.filename)
                if inside.suffix.lower() in SUFFIXES and entry.file_size <= MAX_BYTES:
                    yield inside.name, archive.read(entry)
    except zipfile.BadZipFile as problem:
        raise UnreadableError(
            "iati.not_zip",
            f"«{name}» no es un ZIP sano: vuelva a bajarlo.",
            f"“{name}” is not a sound ZIP: download it again.",
            file=name,
        ) from problem


def _download(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310  (http only)
            content: bytes = answer.read(MAX_BYTES + 1)
    except (OSError, http.client.HTTPException) as problem:
        raise UnreadableError(
            "iati.no_answer",
            f"«{address}» no respondió: {problem}. Baje las listas aparte e importe la carpeta.",
            f"“{address}” did not answer: {problem}. Download the lists and import the folder.",
            address=address,
        ) from problem
    if len(content) > MAX_BYTES:
        raise UnreadableError(
            "iati.too_large",
            f"Lo que hay en «{address}» pasa de {MAX_BYTES} bytes.",
            f"What “{address}” holds is more than {MAX_BYTES} bytes.",
            address=address,
        )
    return content
