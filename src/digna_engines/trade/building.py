"""From gathered flows to a store: sorted twice, summed once, written whole or not at all."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from digna_engines.errors import EngineError
from digna_engines.trade.connecting import connect, copy, parquet
from digna_engines.trade.gathered import Gathered
from digna_engines.trade.manifest import Manifest, release_id
from digna_engines.trade.reports import Progress, Report, silent

BY_PRODUCT = "product, exporter, importer"
BY_EXPORTER = "exporter, product, importer"
MEAN_OF = 5
"""Years of the mean flows: the export potential indicator takes the last five."""
CHUNK = 10_000_000
"""Rows summed at a time for the mean flows."""
CUBES = {
    "x_ik": "exporter, product",
    "m_jk": "importer, product",
    "v_ij": "exporter, importer",
}


def build(
    root: Path,
    gathered: Gathered,
    *,
    working: Path,
    connection: Any = None,
    progress: Progress = silent,
) -> Report:
    """Write the store of a release under ``root``; it appears when it is whole.

    Symbols: ``working`` a folder on the same disk as ``root``; ``connection`` a DuckDB connection,
    a private one when none is given.
    Edge cases: a release that is there already is left as it is, and the report says so.
    Errors: ``trade.empty`` without a flow, ``trade.own_trade`` where a country trades with itself,
    ``trade.store_disk`` when the disk is full.
    """
    name = release_id(
        gathered.source, gathered.hs, gathered.release, gathered.files, gathered.choices
    )
    target = root / name
    if (target / "manifest.json").is_file():
        return Report(name, str(target), Manifest.read(target), already=True)
    made = working / "store"
    made.mkdir(parents=True)
    database = connection if connection is not None else connect(working)
    manifest = _write(database, gathered, made, progress)
    manifest.write(made)
    made.rename(target)
    return Report(name, str(target), manifest, already=False)


def _write(database: Any, gathered: Gathered, made: Path, progress: Progress) -> Manifest:
    years = tuple(sorted(gathered.parts))
    for done, year in enumerate(years):
        progress("sorting", done, len(years))
        _sorted_year(database, gathered.parts[year], made, year)
    progress("sorting", len(years), len(years))
    mean_years = years[-MEAN_OF:]
    if len(mean_years) > 1:
        _mean(database, made, mean_years, progress)
    _dimensions(database, gathered, made)
    rows, quantities, totals = _totals(database, made, years)
    return Manifest(
        release=gathered.release,
        source=gathered.source,
        hs=gathered.hs,
        years=years,
        provisional_years=gathered.provisional_years,
        rows=rows,
        quantities=quantities,
        total_usd=totals,
        mean_years=mean_years,
        files=gathered.files,
        licence=gathered.licence,
        attribution=gathered.attribution,
        synthetic=gathered.synthetic,
        valuation=gathered.valuation,
        left_out=dict(gathered.left_out),
        warnings=gathered.warnings,
    )


def _sorted_year(database: Any, part: Path, made: Path, year: int) -> None:
    columns = "exporter, importer, product, year, value, quantity"
    for folder, order in (("flows", BY_PRODUCT), ("flows_by_exporter", BY_EXPORTER)):
        path = made / folder / f"y={year}" / "flows.parquet"
        path.parent.mkdir(parents=True)
        query = f"SELECT {columns} FROM {parquet([part])} ORDER BY {order}"  # noqa: S608
        copy(database, query, path)
    flows = made / "flows" / f"y={year}" / "flows.parquet"
    _refuse_own_trade(database, flows, year)
    for cube, keys in CUBES.items():
        path = made / "cubes" / cube / f"y={year}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        sums = "sum(value)::BIGINT AS value, sum(quantity)::BIGINT AS quantity"
        query = f"SELECT {keys}, {sums} FROM {parquet([flows])} GROUP BY ALL ORDER BY {keys}"  # noqa: S608
        copy(database, query, path)


def _refuse_own_trade(database: Any, flows: Path, year: int) -> None:
    found = database.execute(
        f"SELECT exporter, product FROM {parquet([flows])} WHERE exporter = importer LIMIT 1"  # noqa: S608
    ).fetchone()
    if found:
        raise EngineError(
            "trade.own_trade",
            f"El país {found[0]} figura comerciando consigo mismo ({found[1]:06d}, {year}). "
            "Quite esas filas.",
            f"Country {found[0]} is said to trade with itself ({found[1]:06d}, {year}). Take those "
            "rows out.",
            country=found[0],
            year=year,
        )


def _mean(database: Any, made: Path, years: tuple[int, ...], progress: Progress) -> None:
    """Mean flows, summed a range of products at a time: the sums of a whole world do not fit."""
    files = [str(made / "flows" / f"y={year}" / "flows.parquet") for year in years]
    (made / "cubes" / "mean_flows").mkdir(parents=True)
    ranges = _ranges(database, files)
    for part, (first, last) in enumerate(ranges):
        progress("means", part, len(ranges))
        path = made / "cubes" / "mean_flows" / f"{part:03d}.parquet"
        copy(database, mean_query(files, len(years), first, last), path)
    progress("means", len(ranges), len(ranges))


def mean_query(files: Iterable[str | Path], years: int, first: int = 0, last: int = 999_999) -> str:
    """SQL for the mean flows of products ``first`` to ``last``; a year without a flow is 0."""
    return (
        f"SELECT exporter, importer, product, sum(value) / {years}.0 AS value "  # noqa: S608
        f"FROM {parquet(files)} "
        f"WHERE product BETWEEN {first} AND {last} GROUP BY ALL ORDER BY {BY_PRODUCT}"
    )


def _ranges(database: Any, files: list[str]) -> list[tuple[int, int]]:
    """Runs of products, together about ``CHUNK`` rows each."""
    counted = database.execute(
        f"SELECT product, count(*) FROM {parquet(files)} "  # noqa: S608
        "GROUP BY product ORDER BY product"
    ).fetchall()
    ranges: list[tuple[int, int]] = []
    first, held = counted[0][0], 0
    for product, rows in counted:
        held += rows
        if held >= CHUNK:
            ranges.append((first, product))
            first, held = product + 1, 0
    return [*ranges, (first, 999_999)]


def _dimensions(database: Any, gathered: Gathered, made: Path) -> None:
    """Who trades and what: the whole lists of the source, so that a zero can be told apart."""
    plain = {
        "countries": [asdict(country) for country in gathered.countries],
        "products": [asdict(product) for product in gathered.products],
    }
    (made / "dimensions.json").write_text(
        json.dumps(plain, ensure_ascii=False, indent=0), encoding="utf-8"
    )


def _totals(database: Any, made: Path, years: tuple[int, ...]) -> tuple[int, int, dict[int, int]]:
    rows, quantities, totals = 0, 0, {}
    for year in years:
        path = made / "flows" / f"y={year}" / "flows.parquet"
        found = database.execute(
            f"SELECT count(*), count(quantity), sum(value)::BIGINT FROM {parquet([path])}"  # noqa: S608
        ).fetchone()
        rows, quantities = rows + found[0], quantities + found[1]
        totals[year] = found[2]
    return rows, quantities, totals
