"""Large text files read by DuckDB, strictly: every cell is text until a check has passed it.

One pass writes typed rows and the number of the check each failed, if any. Only when one did, a
second pass in the order of the file finds the first line that fails, so that a good file pays
nothing for being told where a bad one is wrong.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from digna_engines.errors import EngineError
from digna_engines.trade.connecting import copy, literal, parquet, quoted
from digna_engines.trade.reading.refusing import unreadable, wrong

_LINE = re.compile(r"Line:\s*(\d+)")


@dataclass(frozen=True)
class Text:
    """A delimited file: where it is, its name, and what its columns are; nothing guessed."""

    path: Path
    name: str
    columns: tuple[str, ...]
    delimiter: str = ","
    encoding: str = "utf-8"
    skipped: int = 1

    def sql(self, *, in_order: bool = False) -> str:
        """SQL that reads the rows as text; ``in_order`` by one thread, for their lines."""
        columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in self.columns)
        return (
            f"read_csv({quoted(literal(self.path))}, columns={{{columns}}}, "
            f"delim={quoted(self.delimiter)}, "
            f"encoding={quoted(self.encoding)}, quote='\"', escape='\"', header=false, "
            f"skip={self.skipped}, auto_detect=false, strict_mode=true, null_padding=false, "
            f"nullstr='', force_not_null=[{', '.join(map(quoted, self.columns))}], "
            f"parallel={str(not in_order).lower()})"
        )


@dataclass(frozen=True)
class Check:
    """What must not be: ``bad`` is SQL over the text columns; ``es`` and ``en`` say the remedy."""

    column: str
    bad: str
    code: str
    es: str
    en: str


def typed(
    database: Any,
    text: Text,
    select: Mapping[str, str],
    checks: Sequence[Check],
    out: Path,
    *,
    where: str = "true",
) -> int:
    """Write the rows that ``where`` keeps as Parquet; give how many there are.

    Symbols: ``select`` SQL of each column over the text columns.
    Errors: the code of the first check that a kept row fails, with its line; ``trade.row_shape``
    where a row has more or fewer cells than the header; ``trade.file_unreadable``.
    """
    import duckdb

    columns = ", ".join(f"{sql} AS {name}" for name, sql in select.items())
    failed = _failed(checks)
    query = f"SELECT {columns}, {failed} AS failed FROM {text.sql()} WHERE {where}"  # noqa: S608
    try:
        copy(database, query, out, compression="snappy")
        rows, worst = database.execute(
            f"SELECT count(*), max(failed) FROM {parquet([out])}"  # noqa: S608
        ).fetchone()
        if worst:
            raise first_fault(database, text, checks, where=where)
    except duckdb.Error as problem:
        raise _unreadable(text, str(problem)) from problem
    return int(rows)


def asked(database: Any, text: Text, query: str) -> list[tuple[Any, ...]]:
    """Ask a query of the file itself, ``{rows}`` standing for its rows.

    Errors: ``trade.row_shape``, ``trade.file_unreadable``.
    """
    import duckdb

    try:
        found: list[tuple[Any, ...]] = database.execute(query.format(rows=text.sql())).fetchall()
    except duckdb.Error as problem:
        raise _unreadable(text, str(problem)) from problem
    return found


def first_fault(
    database: Any, text: Text, checks: Sequence[Check], *, where: str = "true"
) -> EngineError:
    """The refusal of the first line that fails a check."""
    cells = ", ".join(f"{_name(check.column)}" for check in checks)
    found = rows_in_order(
        database,
        text,
        f"SELECT line, failed, {cells} FROM (SELECT *, {_failed(checks)} AS failed FROM lines "  # noqa: S608
        f"WHERE {where}) WHERE failed > 0 ORDER BY line LIMIT 1",
    )[0]
    line, check = found[0], checks[found[1] - 1]
    return wrong(text.name, line, check.column, found[1 + found[1]], check.code, check.es, check.en)


def rows_in_order(database: Any, text: Text, query: str) -> list[tuple[Any, ...]]:
    """Ask a query of ``lines``: the text columns and the ``line`` each row is on."""
    ahead = text.skipped
    database.execute("SET preserve_insertion_order=true")
    try:
        found: list[tuple[Any, ...]] = database.execute(
            f"WITH lines AS (SELECT row_number() OVER () + {ahead} AS line, * "  # noqa: S608
            f"FROM {text.sql(in_order=True)}) {query}"
        ).fetchall()
    finally:
        database.execute("SET preserve_insertion_order=false")
    return found


def refuse_unknown(
    database: Any, text: Text, part: Path, columns: Mapping[str, str], known: Iterable[int],
    code: str, es: str, en: str,
) -> None:  # fmt: skip
    """Refuse the first code of some columns that is not among the ``known``.

    Symbols: ``columns`` typed column → the text column it came from.
    """
    there = set(known)
    for column, written in columns.items():
        found = database.execute(f"SELECT DISTINCT {column} FROM {parquet([part])}").fetchall()  # noqa: S608
        strange = sorted({one for (one,) in found if one is not None} - there)
        if strange:
            bad = f"TRY_CAST({_name(written)} AS INTEGER) = {strange[0]}"
            raise first_fault(database, text, [Check(written, bad, code, es, en)])


def refuse_twice(
    database: Any, text: Text, part: Path, written: Mapping[str, str], *,
    where: str = "true", kept: str = "true",
) -> None:  # fmt: skip
    """Refuse a file that has a flow twice: the same exporter, importer, product and year.

    Symbols: ``written`` typed column → the text column it came from, ``year`` among them where a
    part holds several; ``where`` and ``kept`` which rows count, over typed and text columns.
    """
    years = "year::BIGINT" if "year" in written else "0::BIGINT"
    packed = database.execute(
        f"SELECT (({years} * 1000000 + product) * 1000 + exporter) * 1000 + importer AS flow "  # noqa: S608
        f"FROM {parquet([part])} WHERE {where} AND product IS NOT NULL"
    ).fetchnumpy()["flow"]
    flows = np.asarray(packed)
    flows.sort()
    same = np.flatnonzero(flows[1:] == flows[:-1])
    if len(same):
        raise _twice(database, text, int(flows[same[0]]), written, kept)


def _twice(
    database: Any, text: Text, flow: int, written: Mapping[str, str], kept: str
) -> EngineError:
    cells = {
        "importer": flow % 1000,
        "exporter": flow // 10**3 % 1000,
        "product": flow // 10**6 % 10**6,
        "year": flow // 10**12,
    }
    match = " AND ".join(
        f"TRY_CAST({_name(column)} AS INTEGER) = {cells[name]}" for name, column in written.items()
    )
    lines = rows_in_order(
        database,
        text,
        f"SELECT line FROM lines WHERE {kept} AND {match} ORDER BY line LIMIT 2",  # noqa: S608
    )
    first, second = (row[0] for row in lines)
    told = f"{cells['exporter']} → {cells['importer']}, {cells['product']:06d}"
    return EngineError(
        "trade.twice",
        f"«{text.name}»: el flujo {told} está en las líneas {first} y {second}. Descargue el "
        "archivo de nuevo: uno original no repite filas.",
        f"“{text.name}”: the flow {told} is on lines {first} and {second}. Download the file "
        "again: an original one repeats no row.",
        file=text.name,
        line=second,
        first_line=first,
    )


def _failed(checks: Sequence[Check]) -> str:
    cases = " ".join(f"WHEN {check.bad} THEN {at}" for at, check in enumerate(checks, 1))
    return f"(CASE {cases} ELSE 0 END)::UTINYINT" if checks else "0::UTINYINT"


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _unreadable(text: Text, problem: str) -> EngineError:
    found = _LINE.search(problem)
    if found and ("Number of Columns" in problem or "quote" in problem):
        line = int(found.group(1))
        return EngineError(
            "trade.row_shape",
            f"«{text.name}», línea {line}: no tiene las {len(text.columns)} columnas del "
            "encabezado. El archivo está cortado o fue editado: descárguelo de nuevo.",
            f"“{text.name}”, line {line}: it does not have the {len(text.columns)} columns of the "
            "header. The file was cut short or edited: download it again.",
            file=text.name,
            line=line,
        )
    return unreadable(text.name, problem)
