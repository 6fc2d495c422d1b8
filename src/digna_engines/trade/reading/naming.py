"""What a release is called when its publisher gives it no name."""

import re
import unicodedata
from pathlib import Path

LONGEST = 24


def release_of(path: Path, asked: str | None) -> str:
    """The name asked for, else the file's own, in letters a folder can have.

    >>> release_of(Path("Exportaciones Año 2023.csv"), None)
    'exportaciones-ano-2023'
    """
    plain = unicodedata.normalize("NFKD", asked or path.name.split(".")[0])
    ascii_ = plain.encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", ascii_).strip("-")[:LONGEST].strip("-") or "release"
