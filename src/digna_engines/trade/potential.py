"""Export potential: what an exporter could sell of a product in a market.

Made of supply, ease and demand. Source: Decreux and Spies (2016), Export Potential Assessments.
The value is no ceiling: it says where supply, demand and ease of trade point, all else as it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from digna_engines.errors import EngineError
from digna_engines.trade.tables import VERSION, Array, Codes, Flows, frozen, summed

Pair = tuple[str, str]
Triple = tuple[str, str, str]
CHUNK = 64
"""Products done at once: 226 × 64 × 226 cells are 26 MB."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One cell and everything it was made of: ``terms`` by name, ``missing`` inputs taken as 1."""

    exporter: str
    product: str
    market: str
    potential: float
    actual: float
    terms: Mapping[str, float]
    missing: tuple[str, ...]
    formula: str = "EPI = supply × ease × demand"

    @property
    def unrealised(self) -> float:
        """What is not sold yet: the potential above the actual, 0 where it is exceeded."""
        return max(self.potential - self.actual, 0.0)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A market of one exporter and product, and its place in the table."""

    market: str
    potential: float
    actual: float

    @property
    def unrealised(self) -> float:
        return max(self.potential - self.actual, 0.0)


@dataclass(frozen=True, eq=False)
class Totals:
    """Sums over the markets with a potential, exporters × products."""

    potential: Array
    actual: Array
    unrealised: Array


@dataclass(frozen=True, eq=False)
class ExportPotential:
    """The three factors; cells are worked out when asked, for all of them are millions.

    Symbols: ``supply`` exporters × products, ``ease`` exporters × markets, ``demand`` products ×
    markets (without the distance term, which belongs to the cell); all in the unit of the flows.
    ``missing`` names the inputs that were not given: their terms are 1, and a sheet must say so.
    """

    countries: tuple[str, ...]
    products: tuple[str, ...]
    supply: Array
    ease: Array
    demand: Array
    flows: Flows
    missing: tuple[str, ...]
    _km: Array | None = field(repr=False)
    _mean_km: Array | None = field(repr=False)
    _tariff: Mapping[tuple[int, int, int], float] = field(repr=False)
    _mean_tariff: Array | None = field(repr=False)
    _price_elasticity: Array = field(repr=False)
    _starts: Codes = field(repr=False)
    version: str = VERSION

    def block(self, products: slice) -> Array:
        """Potential of a run of products: products × exporters × markets."""
        cells: Array = (
            self.supply.T[products, :, None] * self.ease[None, :, :] * self.demand[products, None]
        )
        if self._km is not None and self._mean_km is not None:
            cells *= _nearness(self._mean_km[products, None, :], self._km[None, :, :])
        self._charge(cells, products)
        return cells

    @property
    def potential(self) -> Array:
        """Every cell, exporters × products × markets: mind the memory of many products."""
        whole = np.concatenate([self.block(part) for part in self._parts()])
        return frozen(whole.transpose(1, 0, 2))

    @property
    def actual(self) -> Array:
        """The flows as an array of the same shape."""
        n, p = len(self.countries), len(self.products)
        whole = np.zeros((n, p, n))
        whole[self.flows.i, self.flows.k, self.flows.j] = self.flows.v
        return frozen(whole)

    @property
    def unrealised(self) -> Array:
        """max(potential - actual, 0), cell by cell."""
        return frozen(np.maximum(self.potential - self.actual, 0))

    def totals(self) -> Totals:
        """Potential, actual and unrealised over markets, without the array of all cells."""
        n, p = len(self.countries), len(self.products)
        sums = np.zeros((3, n, p))
        for part in self._parts():
            cells, sold = self.block(part), self._sold(part)
            sums[0, :, part] = cells.sum(axis=2).T
            sums[1, :, part] = np.where(cells > 0, sold, 0).sum(axis=2).T
            sums[2, :, part] = np.maximum(cells - sold, 0, out=cells).sum(axis=2).T
        return Totals(*(frozen(one) for one in sums))

    def markets(self, exporter: str, product: str) -> tuple[Ranked, ...]:
        """Every market of one exporter and product, by potential; ties in the order of codes.

        Errors: ``trade.unknown`` for a code that is not in the flows.
        """
        i, k = self._at(exporter, "country"), self._at(product, "product")
        cells = self.block(slice(k, k + 1))[0, i]
        sold = self._sold(slice(k, k + 1))[0, i]
        order = sorted(np.flatnonzero((cells > 0) | (sold > 0)), key=lambda j: -cells[j])
        return tuple(
            Ranked(self.countries[j], float(cells[j]), float(sold[j])) for j in order if j != i
        )

    def explain(self, exporter: str, product: str, market: str) -> Explained:
        """One cell with every term behind it.

        Errors: ``trade.unknown``.
        """
        i, j = self._at(exporter, "country"), self._at(market, "country")
        k = self._at(product, "product")
        one = slice(k, k + 1)
        potential = float(self.block(one)[0, i, j])
        terms = {
            "supply": float(self.supply[i, k]),
            "ease": float(self.ease[i, j]),
            "demand": float(self.demand[k, j]),
        }
        missing = list(self.missing)
        if self._km is not None and self._mean_km is not None:
            terms["nearness"] = float(_nearness(self._mean_km[k, j], self._km[i, j]))
            if not np.isfinite(self._km[i, j]):
                missing.append("distance_of_pair")
        if self._mean_tariff is not None:
            terms["tariff"] = self._tariff_term(i, k, j)
            if (i, k, j) not in self._tariff:
                missing.append("tariff_of_cell")
        return Explained(
            exporter, product, market, potential, float(self._sold(one)[0, i, j]), terms,
            tuple(missing),
        )  # fmt: skip

    def _charge(self, cells: Array, products: slice) -> None:
        """Lay the tariff term on the cells whose tariff is known."""
        first = products.start or 0
        last = min(products.stop, len(self.products))
        for i, k, j in self._tariff:
            if first <= k < last:
                cells[k - first, i, j] *= self._tariff_term(i, k, j)

    def _tariff_term(self, i: int, k: int, j: int) -> float:
        own = self._tariff.get((i, k, j))
        if own is None or self._mean_tariff is None:
            return 1.0
        relief = (1 + self._mean_tariff[k, j]) / (1 + own)
        return float(relief ** self._price_elasticity[k])

    def _sold(self, products: slice) -> Array:
        """The flows of a run of products, products × exporters × markets."""
        start, stop = products.start or 0, min(products.stop, len(self.products))
        n, rows = len(self.countries), slice(self._starts[start], self._starts[stop])
        found = np.zeros((stop - start, n, n))
        found[self.flows.k[rows] - start, self.flows.i[rows], self.flows.j[rows]] = self.flows.v[
            rows
        ]
        return found

    def _parts(self) -> Iterator[slice]:
        for start in range(0, len(self.products), CHUNK):
            yield slice(start, min(start + CHUNK, len(self.products)))

    def _at(self, code: str, what: str) -> int:
        labels = self.countries if what == "country" else self.products
        if code in labels:
            return labels.index(code)
        es = {"country": "el país", "product": "el producto"}[what]
        raise EngineError(
            "trade.unknown",
            f"En los datos no está {es} «{code}».",
            f"The data do not have the {what} “{code}”.",
            code_asked=code,
        )


def export_potential(
    flows: Flows,
    *,
    distances: Mapping[Pair, float] | None = None,
    tariffs: Mapping[Triple, float] | None = None,
    growth: Mapping[str, float] | None = None,
    population: Mapping[str, float] | None = None,
    demand_elasticity: float = 1.0,
    price_elasticity: float | Mapping[str, float] = 1.0,
    corrects_re_exports: bool = True,
) -> ExportPotential:
    """Supply, ease and demand of every exporter, product and market.

    Formulas::

        supply_ik  = [ v_ik G_i / Σ_i'(v_i'k G_i') ] · min(1, v_ik / m_ik) · (1+T_ik)/(1+T_k)
        ease_ij    = v_ij / Σ_k[ (v_ik/v_k) v_jk ]
        demand_jk  = v_jk (G_j/P_j)^e P_j
        cell       = supply · ease · demand · [ (1+T_jk)/(1+t_ijk) ]^s · min(D_jk/d_ij, d_ij/D_jk)

    Symbols: ``distances`` km by (exporter, market); ``tariffs`` fractions by (exporter, product,
    market); ``growth`` G and ``population`` P as ratios expected over the horizon, by country;
    D_jk the import-weighted geometric mean distance of j's suppliers of k; T the trade-weighted
    mean tariffs over the flows whose tariff is known. What is not given makes its term 1 and is
    named in ``missing``: with nothing given and no re-export term, Σ_k EPI_ijk = v_ij.

    Choices: ``demand_elasticity`` e and ``price_elasticity`` s (by product, or one) are 1 where the
    tool that made the indicator known estimates them; ``corrects_re_exports`` takes own imports
    m_ik from the flows.

    >>> flows = Flows.of({"exporter": list("AABAB") + ["B"], "importer": list("CDCCC") + ["D"],
    ...     "product": list("pppqqq"), "value": [60, 20, 20, 10, 30, 60]})
    >>> round(export_potential(flows).explain("A", "p", "C").potential, 6)
    65.882353
    """
    n, p = len(flows.countries), len(flows.products)
    sold, bought, pairs = _sums(flows, n, p)
    g, people = _ratios(flows, growth), _ratios(flows, population)
    charged = _Charged(flows, tariffs, n, p)
    supply = _supply(sold, bought, g, corrects_re_exports=corrects_re_exports)
    if tariffs is not None:
        supply = supply * (1 + charged.by_exporter) / (1 + charged.by_product)[None, :]
    demand = bought.T * (g / people)[None, :] ** demand_elasticity * people[None, :]
    km = None if distances is None else _grid(flows, distances)
    return ExportPotential(
        countries=flows.countries,
        products=flows.products,
        supply=frozen(supply),
        ease=frozen(_ease(sold, bought, pairs)),
        demand=frozen(demand),
        flows=flows,
        missing=_absent(distances=distances, tariffs=tariffs, growth=growth, population=population),
        _km=km,
        _mean_km=None if km is None else _mean_distance(flows, km, n, p),
        _tariff=charged.cells,
        _mean_tariff=charged.by_market if tariffs is not None else None,
        _price_elasticity=_elasticities(flows, price_elasticity),
        _starts=np.searchsorted(flows.k, np.arange(p + 1)),
    )


def _absent(**given: object) -> tuple[str, ...]:
    return tuple(name for name, value in given.items() if value is None)


def _sums(flows: Flows, n: int, p: int) -> tuple[Array, Array, Array]:
    """v_ik, v_jk (as j × k) and v_ij."""
    sold = summed(flows.i * p + flows.k, flows.v, n * p).reshape(n, p)
    bought = summed(flows.j * p + flows.k, flows.v, n * p).reshape(n, p)
    pairs = summed(flows.i * n + flows.j, flows.v, n * n).reshape(n, n)
    return sold, bought, pairs


def _supply(sold: Array, bought: Array, g: Array, *, corrects_re_exports: bool) -> Array:
    grown = sold * g[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.nan_to_num(grown / grown.sum(axis=0, keepdims=True))
        own = np.where(bought > 0, np.minimum(1, sold / bought), 1.0)
    corrected: Array = share * own
    return corrected if corrects_re_exports else share


def _ease(sold: Array, bought: Array, pairs: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.nan_to_num(sold / sold.sum(axis=0, keepdims=True)) @ bought.T
        return np.where(expected > 0, pairs / expected, 0.0)


def _ratios(flows: Flows, given: Mapping[str, float] | None) -> Array:
    """A ratio for each country: 1 where it is not told."""
    return np.array([1.0 if given is None else given.get(c, 1.0) for c in flows.countries])


def _grid(flows: Flows, distances: Mapping[Pair, float]) -> Array:
    """Distances as exporters × markets; ``nan`` where the pair is not told either way round."""
    n, place = len(flows.countries), {c: at for at, c in enumerate(flows.countries)}
    km = np.full((n, n), np.nan)
    for (a, b), value in distances.items():
        if a in place and b in place and value > 0:
            km[place[a], place[b]] = value
    return np.where(np.isnan(km), km.T, km)


def _mean_distance(flows: Flows, km: Array, n: int, p: int) -> Array:
    """D_jk, products × markets: over the suppliers whose distance is known."""
    logs = np.log(km[flows.i, flows.j])
    known = np.isfinite(logs)
    cell = flows.k[known] * n + flows.j[known]
    weight = summed(cell, flows.v[known], n * p)
    total = summed(cell, flows.v[known] * logs[known], n * p)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean: Array = np.exp(total / weight).reshape(p, n)
    return mean


def _nearness(mean: npt.ArrayLike, km: npt.ArrayLike) -> Array:
    """exp(-|ln D - ln d|) without an exponential a cell; 1 where one of them is not known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.asarray(mean) / np.asarray(km)
        near: Array = np.nan_to_num(np.minimum(ratio, 1 / ratio), nan=1.0)
    return near


def _elasticities(flows: Flows, given: float | Mapping[str, float]) -> Array:
    if isinstance(given, Mapping):
        return np.array([given.get(product, 1.0) for product in flows.products])
    return np.full(len(flows.products), float(given))


class _Charged:
    """Tariffs by cell, and their trade-weighted means over the flows whose tariff is known."""

    def __init__(
        self, flows: Flows, tariffs: Mapping[Triple, float] | None, n: int, p: int
    ) -> None:
        self.cells: dict[tuple[int, int, int], float] = {}
        place = {c: at for at, c in enumerate(flows.countries)}
        products = {c: at for at, c in enumerate(flows.products)}
        for (exporter, product, market), rate in (tariffs or {}).items():
            if exporter in place and product in products and market in place:
                self.cells[place[exporter], products[product], place[market]] = _rate(rate)
        rows = list(zip(flows.i.tolist(), flows.k.tolist(), flows.j.tolist(), strict=True))
        rates = np.array([self.cells.get(row, np.nan) for row in rows])
        known = np.isfinite(rates)
        self._v, self._charged = flows.v[known], flows.v[known] * rates[known]
        i, k, j = flows.i[known], flows.k[known], flows.j[known]
        self.by_exporter = self._mean(i * p + k, n * p).reshape(n, p)
        self.by_market = self._mean(k * n + j, n * p).reshape(p, n)
        self.by_product = self._mean(k, p)

    def _mean(self, cell: Codes, size: int) -> Array:
        weight = summed(cell, self._v, size)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.nan_to_num(summed(cell, self._charged, size) / weight)


def _rate(rate: float) -> float:
    if not 0 <= rate <= 10:
        raise EngineError(
            "trade.tariff",
            f"Un arancel es una fracción de 0 a 10, no «{rate}»: 5 % se escribe 0.05.",
            f"A tariff is a fraction from 0 to 10, not “{rate}”: 5 % is written 0.05.",
            rate=rate,
        )
    return float(rate)


def best(ranked: Iterable[Ranked], count: int = 10) -> tuple[Ranked, ...]:
    """The first markets by what is not sold yet."""
    return tuple(sorted(ranked, key=lambda one: (-one.unrealised, one.market))[:count])
