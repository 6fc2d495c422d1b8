"""A DuckDB of one's own for heavy reading and sorting, and paths as SQL takes them."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from digna_engines.errors import EngineError

MEMORY = "450MB"
"""What sorting may hold; beyond it works on disk, so that a small server can import a year."""
ROW_GROUP = 122_880
DICTIONARY = 1_000
"""Values worth a dictionary in a row group: codes are, amounts are not, and trying costs time."""


def connect(working: Path, memory: str = MEMORY) -> Any:
    """A private DuckDB that keeps to ``memory`` and spills into the folder ``working``.

    It never fetches an extension: an office without a network gets the same answer as one with.
    """
    import duckdb

    database = duckdb.connect()
    database.execute(f"SET memory_limit='{memory}'")
    database.execute(f"SET temp_directory={quoted(working / 'spill')}")
    database.execute("SET preserve_insertion_order=false")
    database.execute("SET autoinstall_known_extensions=false")
    # DuckDB 2.0 moves a TRY_CAST into the CSV reader, where it fails instead of giving NULL
    database.execute("SET disabled_optimizers='type_pushdown'")
    return database


def quoted(text: str | Path) -> str:
    """A path or text as an SQL literal.

    >>> quoted("o'neill/flows.parquet")
    "'o''neill/flows.parquet'"
    """
    return "'" + str(text).replace("'", "''") + "'"


def literal(path: str | Path) -> str:
    """A path that names one file whatever is in its name: DuckDB takes brackets for a pattern.

    >>> literal("COMTRADE[2022].csv")
    'COMTRADE[[]2022].csv'
    """
    return re.sub(r"([\[*?])", r"[\1]", str(path))


def parquet(files: Iterable[str | Path]) -> str:
    """SQL that reads Parquet files, their folders' names being no columns.

    >>> parquet(["a.parquet"])
    "read_parquet(['a.parquet'], hive_partitioning=false)"
    """
    listed = ", ".join(quoted(literal(file)) for file in files)
    return f"read_parquet([{listed}], hive_partitioning=false)"


def copy(database: Any, query: str, path: Path, compression: str = "zstd") -> None:
    """Write a query as Parquet.

    Errors: ``trade.store_disk`` when it cannot be written.
    """
    import duckdb

    options = (
        f"FORMAT parquet, COMPRESSION {compression}, ROW_GROUP_SIZE {ROW_GROUP}, "
        f"DICTIONARY_SIZE_LIMIT {DICTIONARY}"
    )
    try:
        database.execute(f"COPY ({query}) TO {quoted(path)} ({options})")
    except duckdb.IOException as problem:
        raise EngineError(
            "trade.store_disk",
            f"No se pudo escribir en «{path.parent}»: {problem}. Vea si queda espacio en el disco.",
            f"“{path.parent}” could not be written: {problem}. See whether the disk has room left.",
            folder=str(path.parent),
        ) from problem
