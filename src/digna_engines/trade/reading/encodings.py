"""Which of two encodings a large file is in, without holding it."""

import codecs
from pathlib import Path

BLOCK = 1 << 20


def encoding_of(path: Path) -> str:
    """``utf-8`` when every byte is, else ``latin-1``, which anything is; as DuckDB calls them.

    >>> encoding_of(Path("/dev/null"))
    'utf-8'
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"
