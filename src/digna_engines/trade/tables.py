"""Long tables of trade as labelled arrays, refused where a code or a value cannot be one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from digna_engines.errors import EngineError

Array = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
VERSION = "1"
"""Version of the methods; a stored result names it, so that a later change is seen."""


@dataclass(frozen=True, eq=False)
class Exports:
    """Exports by exporter and product.

    Symbols: ``values[i, k]`` ≥ 0 in one currency and unit, exporters × products; 0 is no trade.

    >>> Exports.of({"exporter": ["A", "B"], "product": ["0011", "0012"], "value": [2, 3]}).values
    array([[2., 0.],
           [0., 3.]])
    """

    exporters: tuple[str, ...]
    products: tuple[str, ...]
    values: Array

    @classmethod
    def of(cls, table: Any, *, year: int | None = None) -> "Exports":
        """Add up a long table with ``exporter``, ``product``, ``value`` (and ``year``).

        Errors: ``trade.column``, ``trade.code``, ``trade.value``, ``trade.empty``.
        """
        found = _columns(table, ("exporter", "product", "value"), year)
        exporters, i = _coded(found["exporter"], "exporter")
        products, k = _coded(found["product"], "product")
        values = _values(found["value"])
        grid = np.zeros((len(exporters), len(products)))
        np.add.at(grid, (i, k), values)
        return cls(exporters, products, frozen(grid))


def exports_of(given: Any, year: int | None) -> Exports:
    """``Exports`` as they are; the year of a store; or a long table added up.

    Errors: those of ``Exports.of``; ``trade.year_needed`` for a store without a year.
    """
    if isinstance(given, Exports):
        return given
    if not hasattr(given, "exports"):
        return Exports.of(given, year=year)
    if year is None:
        raise EngineError(
            "trade.year_needed",
            "Un almacén tiene varios años. Indique uno con year=…",
            "A store has several years. Name one with year=…",
        )
    found: Exports = given.exports(year)
    return found


@dataclass(frozen=True, eq=False)
class Flows:
    """Bilateral flows, one row for each exporter, product and market that trade.

    Symbols: ``i, k, j`` are positions in ``countries``, ``products``, ``countries``; ``v`` > 0 in
    one currency and unit. Several years are averaged over all the years there are, a year without
    a flow counting as 0, as the export potential indicator asks.
    """

    countries: tuple[str, ...]
    products: tuple[str, ...]
    i: Codes
    k: Codes
    j: Codes
    v: Array

    @classmethod
    def of(cls, table: Any, *, year: int | None = None) -> "Flows":
        """Average a long table with ``exporter``, ``importer``, ``product``, ``value``, ``year``.

        Errors: ``trade.column``, ``trade.code``, ``trade.value``, ``trade.empty``,
        ``trade.own_trade`` where a country trades with itself.
        """
        found = _columns(table, ("exporter", "importer", "product", "value"), year)
        ends = np.concatenate([found["exporter"], found["importer"]])
        countries, both = _coded(ends, "exporter")
        products, k = _coded(found["product"], "product")
        i, j = both[: len(k)], both[len(k) :]
        if (i == j).any():
            who = countries[int(i[np.argmax(i == j)])]
            raise EngineError(
                "trade.own_trade",
                f"«{who}» figura comerciando consigo mismo. Quite esas filas.",
                f"“{who}” is said to trade with itself. Take those rows out.",
                country=who,
            )
        years = len(np.unique(found["year"])) if "year" in found else 1
        return cls(countries, products, *_summed(i, k, j, _values(found["value"]), len(countries),
                                                 len(products), years))  # fmt: skip


def _summed(
    i: Codes, k: Codes, j: Codes, v: Array, n: int, p: int, years: int
) -> tuple[Codes, Codes, Codes, Array]:
    """One row for each (k, i, j), sorted by product: the order every kernel reads in."""
    cell = (k * n + i) * n + j
    cells, place = np.unique(cell, return_inverse=True)
    total = np.bincount(place, weights=v, minlength=len(cells)) / years
    kept = total > 0
    cells, total = cells[kept], total[kept]
    return (cells // n) % n, cells // (n * n), cells % n, frozen(total)


def summed(cell: Codes, values: Array, size: int) -> Array:
    """The sum of the values of each cell, 0 where there are none."""
    return np.bincount(cell, values, size).astype(float)


def frozen(values: npt.ArrayLike) -> Array:
    """A float array that nobody can write to."""
    made = np.array(values, dtype=float)
    made.setflags(write=False)
    return made


def _columns(table: Any, names: Iterable[str], year: int | None) -> dict[str, npt.NDArray[Any]]:
    found = _read(table)
    for name in names:
        if name not in found:
            raise EngineError(
                "trade.column",
                f"Falta la columna «{name}». Están: {', '.join(found)}.",
                f"The column “{name}” is missing. There are: {', '.join(found)}.",
                column=name,
            )
    if year is not None:
        if "year" not in found:
            raise EngineError(
                "trade.column", "Falta la columna «year».", "The column “year” is missing."
            )
        chosen = np.asarray(found["year"]).astype(int) == year
        found = {name: column[chosen] for name, column in found.items()}
    if not len(found[next(iter(found))]):
        raise EngineError("trade.empty", "La tabla no tiene filas.", "The table has no rows.")
    return found


def _read(table: Any) -> dict[str, npt.NDArray[Any]]:
    if isinstance(table, Mapping):
        return {str(name): np.asarray(column) for name, column in table.items()}
    import pyarrow as pa

    arrow = table if isinstance(table, pa.Table) else pa.table(table)
    return {name: arrow.column(name).to_numpy() for name in arrow.column_names}


def _coded(column: Any, what: str) -> tuple[tuple[str, ...], Codes]:
    """Labels in order, and the position of each row's label."""
    asked = np.asarray(column)
    if asked.dtype.kind not in "OUST" or any(not isinstance(c, str) or not c for c in set(asked)):
        es = {"exporter": "países", "product": "productos"}[what]
        raise EngineError(
            "trade.code",
            f"Los códigos de {es} deben ser texto y no estar vacíos: «0901» como número pierde su "
            "cero. Léalos como texto.",
            f"Codes of {what}s must be text and not empty: “0901” as a number loses its zero. "
            "Read them as text.",
            column=what,
        )
    labels, place = np.unique(asked.astype(str), return_inverse=True)
    return tuple(labels.tolist()), place.astype(np.int64)


def _values(column: Any) -> Array:
    try:
        found = np.asarray(column, dtype=float)
    except (TypeError, ValueError) as problem:
        raise _bad_value(str(problem)) from problem
    if not np.isfinite(found).all() or (found < 0).any():
        row = int(np.argmax(~np.isfinite(found) | (found < 0)))
        raise _bad_value(f"{row + 1}: {found[row]}")
    return found


def _bad_value(where: str) -> EngineError:
    return EngineError(
        "trade.value",
        f"Hay un valor que no es un número mayor o igual a 0 ({where}). Corríjalo o quite la fila.",
        f"There is a value that is not a number of at least 0 ({where}). Correct it or drop it.",
        where=where,
    )
