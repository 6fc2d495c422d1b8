"""Everything a market sheet asks of a store, by the labels of countries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from digna_engines.trade.brought import Brought, brought_by
from digna_engines.trade.market import market_rows
from digna_engines.trade.partners import pair_rows, world_rows, yearly_rows
from digna_engines.trade.product_rows import ProductRows, no_rows, pairs_table
from digna_engines.trade.sheet import Number, Point
from digna_engines.trade.tables import Array, Flows

if TYPE_CHECKING:
    from digna_engines.trade.potential import ExportPotential

Row = Mapping[str, Any]
CUBES = {"x_ik": ("exporter", "product"), "m_jk": ("importer", "product"),
         "v_ij": ("exporter", "importer")}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Asked:
    """One product's answers from the store, and what was brought besides."""

    exporter: str
    product: str
    years: tuple[int, ...]
    markets: Mapping[str, Row]
    pairs: Mapping[str, Sequence[Row]]
    by_importer: Mapping[str, Sequence[Point]]
    by_exporter: Mapping[str, Sequence[Point]]
    world: tuple[Point, ...]
    flows: Flows
    brought: Brought

    @property
    def last(self) -> int:
        return self.years[-1]

    def own(self, market: str) -> Row | None:
        """The exporter's row among a market's suppliers."""
        return next((p for p in self.pairs.get(market, ()) if p["supplier"] == self.exporter), None)


def ask(
    store: Any, exporter: Any, product: Any, years: tuple[int, ...], brought: Brought | None
) -> Asked:
    """Read the product's rows once and ask them everything.

    Errors: ``trade.no_trade`` where the product is not traded in the years.
    """
    rows = ProductRows.of(store.flows, int(product.code), years)
    label = {country.code: country.label for country in store.countries}
    flows = _mean(rows, label, product.code)
    if not len(flows.v):
        raise no_rows(product.code, years)
    beside = brought
    if beside is None:
        beside = brought_by(store, exporter.label, product.code, years[-1], flows.countries)
    tables = _tables(label, product.code, beside)
    return Asked(
        exporter=exporter.label,
        product=product.code,
        years=years,
        markets={
            label[row["market"]]: row
            for row in rows.ask(market_rows, tables, years=years, side="importer")
        },
        pairs=_by_market(rows.ask(pair_rows, years=years), label),
        by_importer=_points(rows.ask(yearly_rows, by="importer"), label),
        by_exporter=_points(rows.ask(yearly_rows, by="exporter"), label),
        world=tuple(_point(row) for row in rows.ask(world_rows)),
        flows=flows,
        brought=beside,
    )


def exports_by_year(
    store: Any, exporter: str, product: str, years: Sequence[int]
) -> dict[int, float]:
    """What one exporter sold of a product each year, USD; a year without sales is not there.

    Errors: ``trade.unknown`` where the store does not have the exporter or the product.
    """
    rows = ProductRows.of(store.flows, int(store.product(product).code), years)
    code = store.country(exporter).code
    found = rows.ask(yearly_rows, by="exporter")
    return {row["year"]: row["value"] for row in found if row["country"] == code}


def potential_of(store: Any, asked: Asked) -> "ExportPotential":
    """The export potential of the one product, with the ease of pairs from all products.

    The ease needs sums over every product, which a store keeps: reading them costs a hundredth of
    reading the flows. A store without such sums gives its mean flows instead.
    """
    from digna_engines.trade.potential import export_potential

    beside, flows = asked.brought, asked.flows
    ease = None
    if hasattr(store, "cube"):
        ease = _ease(store, asked)
    else:
        flows = store.mean_flows(asked.years)
    return export_potential(
        flows, distances=beside.distances, tariffs=beside.tariffs, growth=beside.growth,
        population=beside.population, ease=ease,
    )  # fmt: skip


def _ease(store: Any, asked: Asked) -> Array:
    """Ease of the pairs among the product's countries, from the yearly sums of the store."""
    from digna_engines.trade.factors import Sums, ease_of

    cubes = {name: _cube_means(store, name, asked.years) for name in CUBES}
    code = {country.label: country.code for country in store.countries}
    countries = np.unique(np.concatenate([cubes["v_ij"][0], cubes["v_ij"][1]]))
    products = np.unique(np.concatenate([cubes["x_ik"][1], cubes["m_jk"][1]]))
    at = {"exporter": countries, "importer": countries, "product": products}
    grids = []
    for name, keys in CUBES.items():
        grid = np.zeros((len(at[keys[0]]), len(at[keys[1]])))
        first, second, value = cubes[name]
        np.add.at(
            grid, (np.searchsorted(at[keys[0]], first), np.searchsorted(at[keys[1]], second)), value
        )  # fmt: skip
        grids.append(grid)
    whole = ease_of(Sums(*grids))
    place = np.searchsorted(countries, [code[label] for label in asked.flows.countries])
    return whole[np.ix_(place, place)]


def _cube_means(store: Any, name: str, years: Sequence[int]) -> tuple[Any, Any, Array]:
    found = [store.cube(name, year) for year in years]
    first, second = (np.concatenate([one[key] for one in found]) for key in CUBES[name])
    value = np.concatenate([np.asarray(one["value"], dtype=float) for one in found])
    return first, second, value / len(years)


def _mean(rows: ProductRows, label: Mapping[int, str], product: str) -> Flows:
    """Mean flows of the product over the years, a year without a flow counting as 0."""
    table = rows.rows if rows.backend.name == "duckdb" else rows.backend.to_pyarrow(rows.rows)
    columns = {name: table[name].to_numpy() for name in ("exporter", "importer", "value")}
    ends = np.concatenate([columns["exporter"], columns["importer"]])
    codes, both = np.unique(ends, return_inverse=True)
    n = len(codes)
    names = np.array([label[int(code)] for code in codes])
    order = np.argsort(names)
    place = np.empty(n, dtype=np.int64)
    place[order] = np.arange(n)
    i, j = place[both[: len(table)]], place[both[len(table) :]]
    total = np.bincount(i * n + j, columns["value"].astype(float), minlength=n * n)
    cell = np.flatnonzero(total > 0)
    return Flows(
        tuple(names[order].tolist()), (product,),
        cell // n, np.zeros(len(cell), np.int64), cell % n, total[cell] / len(rows.years),
    )  # fmt: skip


def _tables(label: Mapping[int, str], product: str, beside: Brought) -> dict[str, Any]:
    """Distances and tariffs of the product by the store's codes, as tables to join."""
    code = {name: one for one, name in label.items()}
    km, tariffs = beside.distances, beside.tariffs
    both = None if km is None else {(b, a): one for (a, b), one in km.items()} | dict(km)
    return {
        "distances": None if both is None else pairs_table(
            {(code[a], code[b]): v for (a, b), v in both.items() if a in code and b in code}, "km"
        ),
        "tariffs": None if tariffs is None else pairs_table(
            {(code[i], code[j]): one for (i, k, j), one in tariffs.items()
             if k == product and i in code and j in code}, "tariff",
        ),
    }  # fmt: skip


def _by_market(rows: Sequence[Row], label: Mapping[int, str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[label[row["importer"]]].append({**row, "supplier": label[row["exporter"]]})
    return dict(found)


def _points(rows: Sequence[Row], label: Mapping[int, str]) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = defaultdict(list)
    for row in rows:
        found[label[row["country"]]].append(_point(row))
    return dict(found)


def _point(row: Row) -> Point:
    return Point(row["year"], row["value"], row["quantity"], row["unit_value"])


def at_year(points: Sequence[Point], year: int) -> Point:
    """The point of a year, empty where there is none."""
    return next((one for one in points if one.year == year), Point(year, None, None, None))


def over(part: Any, whole: Any) -> Number:
    """part / whole; ``None`` where either is missing or the whole is not above 0."""
    if part is None or whole is None or not whole > 0:
        return None
    return float(part / whole)
