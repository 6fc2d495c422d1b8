"""Members of a zip or files of a folder, one at a time: a year of the world is never in memory."""

import gzip
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from digna_engines.errors import EngineError
from digna_engines.trade.manifest import SourceFile
from digna_engines.trade.reading.refusing import there, unreadable
from digna_engines.trade.reports import Progress

BLOCK = 1 << 20


@dataclass(frozen=True)
class Bundle:
    """What a person brought: a zip, or files of one folder; ``names`` without their folders."""

    path: Path
    names: tuple[str, ...]
    is_zip: bool

    @classmethod
    def of(cls, path: Path) -> "Bundle":
        """Look into ``path``: a zip, a folder, or one file with its neighbours.

        Errors: ``trade.file_absent``, ``trade.zip``.
        """
        there(path)
        if path.suffix.lower() == ".zip":
            with _opened(path) as file:
                members = [one.filename for one in file.infolist() if not one.is_dir()]
            return cls(path, tuple(Path(name).name for name in members), is_zip=True)
        folder = path if path.is_dir() else path.parent
        return cls(folder, tuple(sorted(p.name for p in folder.iterdir() if p.is_file())), False)

    @contextmanager
    def file(self, name: str, working: Path, progress: Progress) -> Iterator[Path]:
        """Give a member as a plain file, gone afterwards when it had to be unpacked.

        Errors: ``trade.zip`` when the zip is cut short or damaged, ``trade.file_unreadable``.
        """
        if not self.is_zip and not name.endswith(".gz"):
            yield self.path / name
            return
        out = working / name.removesuffix(".gz")
        try:
            (self._unzip if self.is_zip else self._gunzip)(name, out, progress)
            yield out
        finally:
            out.unlink(missing_ok=True)

    def sources(self, names: tuple[str, ...]) -> tuple[SourceFile, ...]:
        """The files a release is made of: the zip, or those of the folder."""
        if self.is_zip:
            return (SourceFile.of(self.path),)
        return tuple(SourceFile.of(self.path / name) for name in sorted(names))

    def _unzip(self, name: str, out: Path, progress: Progress) -> None:
        with _opened(self.path) as file:
            member = next(one for one in file.infolist() if Path(one.filename).name == name)
            try:
                with file.open(member) as packed, out.open("wb") as plain:
                    done = 0
                    while block := packed.read(BLOCK):
                        plain.write(block)
                        done += len(block)
                        progress("unpacking", done, member.file_size)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as problem:
                raise _damaged(self.path, problem) from problem

    def _gunzip(self, name: str, out: Path, _progress: Progress) -> None:
        try:
            with gzip.open(self.path / name) as packed, out.open("wb") as plain:
                shutil.copyfileobj(packed, plain, BLOCK)
        except (OSError, EOFError, zlib.error) as problem:
            raise unreadable(name, problem) from problem


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        file = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as problem:
        raise _damaged(path, problem) from problem
    with file:
        yield file


def _damaged(path: Path, problem: Exception) -> EngineError:
    return EngineError(
        "trade.zip",
        f"«{path.name}» está cortado o dañado ({problem}). Descárguelo de nuevo y compare su "
        "tamaño con el de la página.",
        f"“{path.name}” is cut short or damaged ({problem}). Download it again and compare its "
        "size with that of the page.",
        file=path.name,
    )
