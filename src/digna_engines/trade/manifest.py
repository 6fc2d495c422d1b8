"""What a release of world trade says of itself: sources, hashes, sums, licence, all in one file."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from digna_engines.errors import EngineError

FILE = "manifest.json"
VERSION = "1"
"""Version of the layout on disk; a store written by another one is refused, not guessed at."""
BLOCK = 1 << 20


@dataclass(frozen=True)
class SourceFile:
    """A file the release was made from: its name, SHA-256 in hexadecimal, and size in bytes."""

    name: str
    sha256: str
    bytes: int

    @classmethod
    def of(cls, path: Path) -> "SourceFile":
        """Read a file once, block by block.

        >>> SourceFile.of(Path("/dev/null")).sha256[:8]
        'e3b0c442'
        """
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
                size += len(block)
        return cls(path.name, digest.hexdigest(), size)


@dataclass(frozen=True)
class Manifest:
    """A release, as its store tells it.

    Symbols: ``hs`` the edition of the Harmonized System as two digits (``"17"``); ``total_usd``
    the sum of the values of each year in US dollars; ``valuation`` how values are counted (FOB:
    free on board); ``provisional_years`` those the source may still correct; ``quantities`` how
    many rows of ``rows`` have a quantity; ``left_out`` what was filtered, with its count.
    """

    release: str
    source: str
    hs: str
    years: tuple[int, ...]
    provisional_years: tuple[int, ...]
    rows: int
    quantities: int
    total_usd: Mapping[int, int]
    mean_years: tuple[int, ...]
    files: tuple[SourceFile, ...]
    licence: str
    attribution: str
    synthetic: bool
    valuation: str = "FOB"
    left_out: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    version: str = VERSION

    def to_plain(self) -> dict[str, Any]:
        """The manifest as JSON holds it."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Manifest":
        """Read what ``to_plain`` wrote: JSON's keys of years become numbers again."""
        found = dict(plain)
        for name in ("years", "provisional_years", "mean_years", "warnings"):
            found[name] = tuple(found[name])
        found["total_usd"] = {int(year): total for year, total in found["total_usd"].items()}
        found["files"] = tuple(SourceFile(**one) for one in found["files"])
        return cls(**found)

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read the manifest of a store.

        Errors: ``trade.store_absent`` where there is none, ``trade.store_version`` where it was
        written by another version.
        """
        path = folder / FILE
        if not path.is_file():
            raise EngineError(
                "trade.store_absent",
                f"En «{folder}» no hay datos de comercio. Tráigalos con «digna trade import».",
                f"“{folder}” holds no trade data. Bring some with “digna trade import”.",
                folder=str(folder),
            )
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain.get("version") != VERSION:
            raise EngineError(
                "trade.store_version",
                f"«{folder}» fue escrito por otra versión ({plain.get('version')}, no {VERSION}). "
                "Bórrelo e importe el archivo de nuevo.",
                f"“{folder}” was written by another version ({plain.get('version')}, not "
                f"{VERSION}). Delete it and import the file again.",
                folder=str(folder),
            )
        return cls.from_plain(plain)

    def write(self, folder: Path) -> None:
        """Write the manifest: the last file of a store, so that a store with one is whole."""
        text = json.dumps(self.to_plain(), ensure_ascii=False, indent=1)
        (folder / FILE).write_text(text, encoding="utf-8")


def release_id(
    source: str, hs: str, release: str, files: Iterable[SourceFile], choices: str = ""
) -> str:
    """The name of a store: the same files and choices give the same name, whatever their order.

    >>> release_id("baci", "17", "202501", [SourceFile("a", "00" * 32, 1)])
    'baci-hs17-202501-0a2a55b6'
    """
    digest = hashlib.sha256((VERSION + choices).encode())
    for one in sorted(file.sha256 for file in files):
        digest.update(one.encode())
    return f"{source}-hs{hs}-{release}-{digest.hexdigest()[:8]}"
