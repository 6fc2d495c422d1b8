"""The factors of the export potential as arrays: supply, ease, demand, nearness, tariffs.

Source: Decreux and Spies (2016). Formulas and symbols: ``potential.export_potential``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digna_engines.errors import EngineError
from digna_engines.trade.tables import Array, Codes, Flows, summed

Pair = tuple[str, str]
Triple = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class Sums:
    """v_ik (exporters × products), v_jk (importers × products), v_ij (exporters × importers)."""

    sold: Array
    bought: Array
    pairs: Array


def sums_of(flows: Flows) -> Sums:
    """The three totals of the flows."""
    n, p = len(flows.countries), len(flows.products)
    i, k, j = positions(flows)
    return Sums(
        summed(i * p + k, flows.v, n * p).reshape(n, p),
        summed(j * p + k, flows.v, n * p).reshape(n, p),
        summed(i * n + j, flows.v, n * n).reshape(n, n),
    )


def positions(flows: Flows) -> tuple[Codes, Codes, Codes]:
    """i, k, j wide enough to be multiplied: a store may keep them in sixteen bits."""
    i, k, j = (np.asarray(one).astype(np.int64, copy=False) for one in (flows.i, flows.k, flows.j))
    return i, k, j


def rows_of(flows: Flows) -> Codes:
    """Where the flows of each product and exporter start: k n + i to the next."""
    n = len(flows.countries)
    i, k, _ = positions(flows)
    return _counted(k * n + i, n * len(flows.products))


def _counted(cell: Codes, size: int) -> Codes:
    """Where each cell's entries start, the last one's end included: entries are sorted by cell."""
    found = np.zeros(size + 1, dtype=np.int64)
    np.cumsum(np.bincount(cell, minlength=size), out=found[1:])
    return found


def supply_of(sums: Sums, g: Array, *, corrects_re_exports: bool) -> Array:
    """Each exporter's share of a product's world exports, projected, and corrected if asked."""
    grown = sums.sold * g[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        share: Array = np.nan_to_num(grown / grown.sum(axis=0, keepdims=True))
        own = np.where(sums.bought > 0, np.minimum(1, sums.sold / sums.bought), 1.0)
    return share * own if corrects_re_exports else share


def ease_of(sums: Sums) -> Array:
    """What a pair trades over what its products would make one expect."""
    sold, bought = sums.sold, sums.bought
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.nan_to_num(sold / sold.sum(axis=0, keepdims=True)) @ bought.T
        return np.where(expected > 0, sums.pairs / expected, 0.0)


def ratios(flows: Flows, given: Mapping[str, float] | None) -> Array:
    """A ratio for each country: 1 where it is not told."""
    found = np.array([1.0 if given is None else given.get(c, 1.0) for c in flows.countries])
    if not (np.isfinite(found) & (found > 0)).all():
        raise EngineError(
            "trade.ratio",
            "Una proyección de crecimiento o población es una razón mayor que 0 (1.2 es +20 %).",
            "A projection of growth or population is a ratio above 0 (1.2 is +20 %).",
            country=flows.countries[int(np.argmin(np.nan_to_num(found)))],
        )
    return found


def kilometres(flows: Flows, distances: Mapping[Pair, float]) -> Array:
    """Distances as exporters × markets; ``nan`` where the pair is not told either way round."""
    n, place = len(flows.countries), {c: at for at, c in enumerate(flows.countries)}
    km = np.full((n, n), np.nan)
    for (a, b), value in distances.items():
        if a in place and b in place and value > 0:
            km[place[a], place[b]] = value
    return np.where(np.isnan(km), km.T, km)


def mean_kilometres(flows: Flows, km: Array) -> Array:
    """D_jk, products × markets: over the suppliers whose distance is known."""
    n, p = len(flows.countries), len(flows.products)
    i, k, j = positions(flows)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(km)[i, j]
        known = np.isfinite(logs)
        cell = k[known] * n + j[known]
        weight = summed(cell, flows.v[known], n * p)
        total = summed(cell, flows.v[known] * logs[known], n * p)
        mean: Array = np.exp(total / weight).reshape(p, n)
    return mean


def nearness(mean: npt.ArrayLike, km: npt.ArrayLike) -> Array:
    """exp(-|ln D - ln d|) without an exponential a cell; 1 where one of them is not known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.asarray(mean) / np.asarray(km)
        near: Array = np.nan_to_num(np.minimum(ratio, 1 / ratio), nan=1.0)
    return near


def elasticities(flows: Flows, given: float | Mapping[str, float]) -> Array:
    """A price elasticity for each product: one for all, or 1 where a product's is not told."""
    if isinstance(given, Mapping):
        return np.array([given.get(product, 1.0) for product in flows.products])
    return np.full(len(flows.products), float(given))


@dataclass(frozen=True, eq=False)
class Charges:
    """Cells whose tariff is known, sorted by product, exporter, market, and what it does to them.

    Symbols: ``i, k, j`` positions, ``rate`` the tariff as a fraction, ``factor``
    ((1+T_jk)/(1+t_ijk))^s_k; the cells of product k and exporter i stand from ``rows[k n + i]``
    to the next. ``supply`` is (1+T_ik)/(1+T_k), exporters × products.
    """

    rows: Codes
    i: Codes
    k: Codes
    j: Codes
    rate: Array
    factor: Array
    supply: Array

    def of(self, i: int, k: int) -> tuple[Codes, Array]:
        """Markets of one exporter and product whose tariff is known, and their factors."""
        at = k * self.supply.shape[0] + i
        own = slice(self.rows[at], self.rows[at + 1])
        return self.j[own], self.factor[own]

    def part(self, k: int) -> slice:
        """Where the cells of one product stand."""
        n = self.supply.shape[0]
        return slice(self.rows[k * n], self.rows[(k + 1) * n])


def charges(flows: Flows, tariffs: Mapping[Triple, float], elasticity: Array) -> Charges:
    """Lay tariffs on cells. Means T are weighted by trade, over the flows whose tariff is known.

    Errors: ``trade.tariff`` for a rate that is no fraction.
    """
    n, p = len(flows.countries), len(flows.products)
    cell, rate = _sorted_cells(flows, tariffs)
    by_exporter, by_market, by_product = _mean_tariffs(flows, cell, rate)
    k, i, j = cell // (n * n), (cell // n) % n, cell % n
    relief = (1 + by_market[k, j]) / (1 + rate)
    supply = (1 + by_exporter) / (1 + by_product)[None, :]
    return Charges(_counted(k * n + i, n * p), i, k, j, rate, relief ** elasticity[k], supply)


def _sorted_cells(flows: Flows, tariffs: Mapping[Triple, float]) -> tuple[Codes, Array]:
    n = len(flows.countries)
    place = {c: at for at, c in enumerate(flows.countries)}
    products = {c: at for at, c in enumerate(flows.products)}
    found = sorted(
        ((products[k] * n + place[i]) * n + place[j], _rate(rate))
        for (i, k, j), rate in tariffs.items()
        if i in place and k in products and j in place
    )
    cell = np.array([one for one, _ in found], dtype=np.int64)
    return cell, np.array([rate for _, rate in found], dtype=float)


def _mean_tariffs(flows: Flows, cell: Codes, rate: Array) -> tuple[Array, Array, Array]:
    n, p = len(flows.countries), len(flows.products)
    i, k, j = positions(flows)
    asked = (k * n + i) * n + j
    at = np.searchsorted(cell, asked)
    inside = at < len(cell)
    known = np.zeros(len(asked), dtype=bool)
    known[inside] = cell[at[inside]] == asked[inside]
    v, paid = flows.v[known], flows.v[known] * rate[at[known]]
    i, k, j = i[known], k[known], j[known]

    def mean(where: Codes, size: int) -> Array:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.nan_to_num(summed(where, paid, size) / summed(where, v, size))

    return mean(i * p + k, n * p).reshape(n, p), mean(k * n + j, n * p).reshape(p, n), mean(k, p)


def _rate(rate: float) -> float:
    if not 0 <= rate <= 10:
        raise EngineError(
            "trade.tariff",
            f"Un arancel es una fracción de 0 a 10, no «{rate}»: 5 % se escribe 0.05.",
            f"A tariff is a fraction from 0 to 10, not “{rate}”: 5 % is written 0.05.",
            rate=rate,
        )
    return float(rate)
