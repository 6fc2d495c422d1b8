"""Expected income and people, as ratios over a horizon: what a person brings, never a guess."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digna_engines.trade import beside
from digna_engines.trade.beside import Origin
from digna_engines.trade.reading import small

KIND = "macro"
SERIES = ("gdp", "population")
HORIZON = 5
"""Years ahead: the export potential indicator's own."""


@dataclass(frozen=True, eq=False)
class Macro:
    """Series of income and people by country.

    Symbols: ``values[series][country][year]`` in any one unit: only ratios are used.
    """

    values: Mapping[str, Mapping[str, Mapping[int, float]]]
    origin: Origin | None = None

    def growth(self, year: int, horizon: int = HORIZON) -> dict[str, float]:
        """G = GDP(t + horizon) / GDP(t) of every country that has both years.

        >>> Macro({"gdp": {"BOL": {2023: 100.0, 2028: 120.0}}}).growth(2023)
        {'BOL': 1.2}
        """
        return self.ratio("gdp", year, horizon)

    def population(self, year: int, horizon: int = HORIZON) -> dict[str, float]:
        """P = population(t + horizon) / population(t) of every country that has both years."""
        return self.ratio("population", year, horizon)

    def ratio(self, series: str, year: int, horizon: int) -> dict[str, float]:
        """The ratio of two years; a country that lacks one of them is not in the answer."""
        told = self.values.get(series, {})
        return {
            country: by_year[year + horizon] / by_year[year]
            for country, by_year in sorted(told.items())
            if by_year.get(year) is not None and by_year[year] > 0 and year + horizon in by_year
        }


def bring(root: Path, path: Path) -> Origin:
    """Keep a file ``iso3,series,year,value`` (series ``gdp`` or ``population``).

    Errors: ``trade.column``, ``trade.cell``, ``trade.empty``, ``trade.file_unreadable``.
    """
    table = small.opened(path, ("iso3", "series", "year", "value"), {"indicator": "series"})
    found: dict[tuple[str, str, int], float] = {}
    for line, row in table.rows:
        series = row["series"].strip().lower()
        if series not in SERIES:
            raise table.wrong(
                line, "series", row["series"], "Debe ser gdp o population.",
                "It must be gdp or population.",
            )  # fmt: skip
        key = (series, table.iso3(line, row, "iso3"), int(table.number(line, row, "year")))
        if key in found:
            raise table.wrong(
                line, "year", row["year"], "Ese país ya tiene ese año. Deje una sola fila.",
                "That country already has that year. Leave one row.",
            )  # fmt: skip
        found[key] = table.number(line, row, "value", least=0)
    columns: dict[str, list[Any]] = {
        "series": [key[0] for key in found],
        "iso3": [key[1] for key in found],
        "year": [key[2] for key in found],
        "value": list(found.values()),
    }
    return beside.keep(root, KIND, columns, path, path.name)


def read(root: Path) -> Macro | None:
    """What somebody brought, or None."""
    kept = beside.load(root, KIND)
    if kept is None:
        return None
    columns, origin = kept
    values: dict[str, dict[str, dict[int, float]]] = {}
    for series, country, year, value in zip(*columns.values(), strict=True):
        values.setdefault(series, {}).setdefault(country, {})[year] = value
    return Macro(values, origin)
