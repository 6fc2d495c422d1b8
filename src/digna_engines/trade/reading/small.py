"""Small tables people bring: opened whatever their encoding and separator, every row with its line.

Comma, semicolon or tab; UTF-8 (with its mark or without) or Latin-1; plain, ``.gz`` or Parquet.
"""

import csv
import gzip
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path

from digna_engines.errors import EngineError
from digna_engines.trade.reading import refusing

Row = Mapping[str, str]


@dataclass(frozen=True)
class Small:
    """A table: its columns, and its rows as (line of the file, values as text)."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Row], ...]

    def wrong(self, line: int, column: str, value: str, es: str, en: str) -> EngineError:
        """A refusal that names file, line, column and value; ``es`` and ``en`` are the remedy."""
        return refusing.wrong(self.name, line, column, value, "trade.cell", es, en)

    def number(self, line: int, row: Row, column: str, *, least: float | None = None) -> float:
        """A cell as a number; Errors: ``trade.cell``."""
        text = row[column].strip()
        try:
            found = float(text)
        except ValueError:
            found = float("nan")
        if isnan(found) or (least is not None and found < least):
            limit = "" if least is None else f" ≥ {least:g}"
            raise self.wrong(
                line, column, text,
                f"Debe ser un número{limit}, con punto decimal. Corrija la celda o quite la fila.",
                f"It must be a number{limit} with a decimal point. Correct it or drop the row.",
            )  # fmt: skip
        return found

    def iso3(self, line: int, row: Row, column: str) -> str:
        """A cell as the three letters of a country; Errors: ``trade.cell``."""
        text = row[column].strip().upper()
        if len(text) != 3 or not text.isascii() or not text.isalpha():
            raise self.wrong(
                line, column, row[column],
                "Deben ser las tres letras ISO del país: BOL, DEU.",
                "It must be the three ISO letters of the country: BOL, DEU.",
            )  # fmt: skip
        return text


def opened(path: Path, needed: Sequence[str], names: Mapping[str, str] | None = None) -> Small:
    """Read a table and see that the ``needed`` columns are there.

    Symbols: ``names`` other names of a column (lower case) → its name here.
    Errors: ``trade.file_unreadable``, ``trade.column``, ``trade.empty``, ``trade.cell`` where a row
    has more or fewer cells than the header.
    """
    found = _parquet(path) if path.suffix == ".parquet" else _csv(path)
    other = names or {}
    columns = tuple(other.get(one.strip().lower(), one.strip()) for one in found.columns)
    for name in needed:
        if name not in columns:
            raise refusing.column_absent(
                path.name, name, found.columns, "Revise el encabezado.", "Check the header."
            )
    if not found.rows:
        raise EngineError(
            "trade.empty", f"«{path.name}» no tiene filas.", f"“{path.name}” has no rows.",
            file=path.name,
        )  # fmt: skip
    rows = ((line, dict(zip(columns, row.values(), strict=True))) for line, row in found.rows)
    return Small(path.name, columns, tuple(rows))


def text_of(path: Path) -> str:
    """The text of a file, unpacked if it ends in ``.gz``, in UTF-8 or else Latin-1.

    Errors: ``trade.file_unreadable``.
    """
    try:
        raw = path.read_bytes()
        if path.suffix == ".gz":
            raw = gzip.decompress(raw)
    except (OSError, EOFError) as problem:
        raise refusing.unreadable(path.name, problem) from problem
    return decoded(raw)


def decoded(raw: bytes) -> str:
    """Bytes as text: UTF-8 when they are, else Latin-1, which anything is.

    >>> decoded("Côte".encode("latin-1")), decoded("\\ufeffCôte".encode())
    ('Côte', 'Côte')
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def separator(header: str) -> str:
    """The separator of a header line: the one there is most of.

    >>> separator('a;b,c;d'), separator("a"), separator("a\\tb")
    (';', ',', '\\t')
    """
    return max(",;\t", key=header.count)


def _csv(path: Path) -> Small:
    text = text_of(path)
    reader = csv.reader(io.StringIO(text), delimiter=separator(text.split("\n", 1)[0]))
    columns = tuple(next(reader, ()))
    rows = tuple(_lines(path.name, reader, columns))
    return Small(path.name, columns, rows)


def _lines(
    name: str, reader: "Iterator[list[str]]", columns: Sequence[str]
) -> Iterator[tuple[int, Row]]:
    line = 1
    for cells in reader:
        line += 1
        if not any(cells):
            continue
        if len(cells) != len(columns):
            raise EngineError(
                "trade.cell",
                f"«{name}», línea {line}: hay {len(cells)} celdas y el encabezado tiene "
                f"{len(columns)}. Vea si sobra o falta un separador.",
                f"“{name}”, line {line}: there are {len(cells)} cells and the header has "
                f"{len(columns)}. See whether a separator is missing or too many.",
                file=name,
                line=line,
            )
        yield line, dict(zip(columns, cells, strict=True))


def _parquet(path: Path) -> Small:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as problem:
        raise refusing.unreadable(path.name, problem) from problem
    columns = tuple(table.column_names)
    cells = zip(
        *([_written(cell) for cell in table[name].to_pylist()] for name in columns), strict=True
    )
    rows = tuple((n, dict(zip(columns, row, strict=True))) for n, row in enumerate(cells, 2))
    return Small(path.name, columns, rows)


def _written(cell: object) -> str:
    missing = cell is None or (isinstance(cell, float) and isnan(cell))
    return "" if missing else str(cell)
