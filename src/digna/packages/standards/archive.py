"""A zip that somebody sends: examined before a single file of it is written. No Django."""

import stat
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from digna.packages.standards.values import Broken

MOST_BYTES = 300 * 1024 * 1024
MOST_UNPACKED = 1024 * 1024 * 1024
MOST_ENTRIES = 10_000
MOST_RATIO = 200
SMALL = 1024 * 1024
RESERVED = "_digna"
RUNS = frozenset(
    (
        "exe", "dll", "msi", "com", "scr", "bat", "cmd", "ps1", "vbs", "sh", "bash", "jar", "apk",
        "app", "so", "dylib", "php", "phtml", "asp", "aspx", "jsp", "cgi", "py", "pl", "rb",
        "htaccess",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the archive: its path, as it will be served, and its size."""

    path: str
    size: int


class Archive:
    """An archive whose entries are all safe to unpack."""

    def __init__(self, file: BinaryIO) -> None:
        """Open and examine.

        Raises:
            Broken: `not_zip`, `empty`, `too_many`, `too_big`, `bomb`, `encrypted`, `path`,
                `link`, `runs`, `reserved`, `twice`.
        """
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError) as problem:
            raise Broken("not_zip") from problem
        self._infos = [info for info in self._zip.infolist() if not info.is_dir()]
        self.entries = _examined(self._infos)
        self._by_path = dict(zip((e.path for e in self.entries), self._infos, strict=True))

    @property
    def paths(self) -> Sequence[str]:
        """The paths of its files."""
        return [entry.path for entry in self.entries]

    @property
    def unpacked(self) -> int:
        """Bytes of all its files together."""
        return sum(entry.size for entry in self.entries)

    def holds(self, path: str) -> bool:
        """Whether there is a file of this path."""
        return path in self._by_path

    def read(self, path: str, *, most: int = 8 * SMALL) -> bytes:
        """Return a file's bytes.

        Raises:
            Broken: `missing`, `too_big`, `damaged`.
        """
        info = self._by_path.get(path)
        if info is None:
            raise Broken("missing", path=path)
        if info.file_size > most:
            raise Broken("too_big", path=path)
        return b"".join(self.chunks(path))

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield a file's bytes; a header that lied about its size ends it.

        Raises:
            Broken: `damaged`.
        """
        info = self._by_path[path]
        left = info.file_size
        try:
            with self._zip.open(info) as file:
                while piece := file.read(SMALL):
                    left -= len(piece)
                    if left < 0:
                        raise Broken("damaged", path=path)
                    yield piece
        except (
            zipfile.BadZipFile,
            OSError,
            NotImplementedError,
            EOFError,
            RuntimeError,
        ) as problem:
            raise Broken("damaged", path=path) from problem


def _examined(infos: Sequence[zipfile.ZipInfo]) -> list[Entry]:
    if not infos:
        raise Broken("empty")
    if len(infos) > MOST_ENTRIES:
        raise Broken("too_many", count=len(infos), most=MOST_ENTRIES)
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise Broken("too_big", path="")
    entries = [_entry(info) for info in infos]
    seen: set[str] = set()
    for entry in entries:
        if entry.path in seen:
            raise Broken("twice", path=entry.path)
        seen.add(entry.path)
    return entries


def _entry(info: zipfile.ZipInfo) -> Entry:
    path = clean(info.filename)
    mode = info.external_attr >> 16
    if mode and not (stat.S_ISREG(mode) or stat.S_IFMT(mode) == 0):
        raise Broken("link", path=path)
    if info.flag_bits & 0x1:
        raise Broken("encrypted", path=path)
    if info.file_size > SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        raise Broken("bomb", path=path)
    if path.rsplit(".", 1)[-1].lower() in RUNS:
        raise Broken("runs", path=path)
    return Entry(path, info.file_size)


def clean(name: str) -> str:
    """Return the path of an entry, if it stays inside its folder.

    Raises:
        Broken: `path`, `reserved`.

    >>> clean("a/./b.html")
    'a/b.html'
    """
    told = name.replace("\\", "/")
    path = PurePosixPath(told)
    bad = path.is_absolute() or ".." in path.parts or ":" in told.split("/", maxsplit=1)[0]
    if bad or "\x00" in told or not path.parts or any(ord(sign) < 32 for sign in told):
        raise Broken("path", path=name[:120])
    if len(told) > 240:
        raise Broken("path", path=name[:120])
    if path.parts[0] == RESERVED:
        raise Broken("reserved", path=str(path))
    return str(path)
