"""Export potential: what an exporter could sell of a product in a market.

Made of supply, ease and demand. Source: Decreux and Spies (2016), Export Potential Assessments.
The value is no ceiling: it says where supply, demand and ease of trade point, all else as it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from digna_engines.errors import EngineError
from digna_engines.trade.factors import (
    Charges,
    Pair,
    Triple,
    charges,
    ease_of,
    elasticities,
    kilometres,
    mean_kilometres,
    nearness,
    ratios,
    rows_of,
    sums_of,
    supply_of,
)
from digna_engines.trade.kernels import Cells, Passed, Singles, passed
from digna_engines.trade.tables import VERSION, Array, Codes, Flows, frozen

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
    """A market of one exporter and product, and its place in the table.

    ``growth_part`` is how much of what is unrealised comes from growth that is only expected, and
    ``friction_part`` the rest, which could be sold as things are; ``None`` without projections.
    """

    market: str
    potential: float
    actual: float
    growth_part: float | None = None

    @property
    def unrealised(self) -> float:
        return max(self.potential - self.actual, 0.0)

    @property
    def friction_part(self) -> float | None:
        return None if self.growth_part is None else self.unrealised - self.growth_part


@dataclass(frozen=True, eq=False)
class Totals:
    """Sums over the markets with a potential, exporters × products."""

    potential: Array
    actual: Array
    unrealised: Array


@dataclass(frozen=True, eq=False)
class Best:
    """The best markets of every exporter and product by unrealised potential.

    Symbols: ``market`` positions in ``countries``, exporters × products × top, -1 where there are
    fewer; ``unrealised`` likewise, in the unit of the flows (single precision); ``totals`` of the
    same pass.
    """

    countries: tuple[str, ...]
    products: tuple[str, ...]
    market: Any
    unrealised: Singles
    totals: Totals

    def of(self, exporter: str, product: str) -> tuple[tuple[str, float], ...]:
        """The best markets of one exporter and product, best first.

        Errors: ``trade.unknown``.
        """
        i = position(self.countries, exporter, "country")
        k = position(self.products, product, "product")
        pairs = zip(self.market[i, k], self.unrealised[i, k], strict=True)
        return tuple((self.countries[j], float(value)) for j, value in pairs if j >= 0)


@dataclass(frozen=True, eq=False)
class ExportPotential:
    """The three factors; cells are worked out when asked, for all of them are millions.

    Symbols: ``supply`` exporters × products, ``ease`` exporters × markets, ``demand`` products ×
    markets (without the distance term, which belongs to the cell); all in the unit of the flows.
    ``missing`` names the inputs that were not given: their terms are 1, and a sheet must say so.
    ``assumptions`` are the choices made where the paper leaves one.
    """

    countries: tuple[str, ...]
    products: tuple[str, ...]
    supply: Array
    ease: Array
    demand: Array
    flows: Flows
    missing: tuple[str, ...]
    assumptions: Mapping[str, Any]
    _km: Array | None = field(repr=False)
    _mean_km: Array | None = field(repr=False)
    _charges: Charges | None = field(repr=False)
    _still: "tuple[Array, Array] | None" = field(repr=False)
    _rows: Codes = field(repr=False)
    version: str = VERSION

    def block(self, products: slice) -> Array:
        """Potential of a run of products: products × exporters × markets."""
        cells = self._made(self.supply, self.demand, products)
        if self.assumptions["normalised"]:
            with np.errstate(divide="ignore", invalid="ignore"):
                scale = self.demand[products] / cells.sum(axis=1)
            cells *= np.where(np.isfinite(scale), scale, 0.0)[:, None, :]
        return cells

    def _made(self, supply: Array, demand: Array, products: slice) -> Array:
        cells: Array = supply.T[products, :, None] * self.ease[None] * demand[products, None]
        if self._km is not None and self._mean_km is not None:
            cells *= nearness(self._mean_km[products, None, :], self._km[None, :, :])
        if self._charges is not None:
            for k in range(products.start, min(products.stop, len(self.products))):
                part = self._charges.part(k)
                at = self._charges.i[part], self._charges.j[part]
                cells[k - products.start][at] *= self._charges.factor[part]
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
        """Potential, actual and unrealised over markets, without the array of all cells.

        In double precision throughout; ``top`` gives the same in single precision, many times
        faster, for a world.
        """
        n, p = len(self.countries), len(self.products)
        sums = np.zeros((3, n, p))
        for part in self._parts():
            cells, sold = self.block(part), self._sold(part)
            sums[0, :, part] = cells.sum(axis=2).T
            sums[1, :, part] = np.where(cells > 0, sold, 0).sum(axis=2).T
            sums[2, :, part] = np.maximum(cells - sold, 0, out=cells).sum(axis=2).T
        return Totals(*(frozen(one) for one in sums))

    def top(self, count: int = 10, *, threads: int = 2, compiled: bool = True) -> Best:
        """The ``count`` best markets of every exporter and product, and the totals, in one pass.

        Cells are in single precision, sums in double: totals agree with ``totals`` to about 1e-6.
        ``compiled=False`` runs the same in numpy, many times slower.

        Errors: ``trade.normalised`` when the potential is normalised: its cells depend on each
        other, and only ``block`` and what uses it can tell them.
        """
        if self.assumptions["normalised"]:
            raise EngineError(
                "trade.normalised",
                "El recorrido del mundo no admite el potencial normalizado. Pida los mercados de "
                "un producto, o no normalice.",
                "The pass over the world does not take a normalised potential. Ask for the markets "
                "of one product, or do not normalise.",
            )
        found: Passed = passed(self._cells(), count, threads=threads, compiled=compiled)
        totals = Totals(found.potential.T, found.actual.T, found.unrealised.T)
        return Best(
            self.countries, self.products, found.best_at.transpose(1, 0, 2),
            found.best.transpose(1, 0, 2), totals,
        )  # fmt: skip

    def _cells(self) -> Cells:
        charged, size = self._charges, len(self.countries) * len(self.products)
        none, zero = np.zeros(0), np.zeros(0, np.int64)
        return Cells(
            self.supply.T, self.ease, self.demand, self._km, self._mean_km,
            self._rows, self.flows.j, self.flows.v,
            np.zeros(size + 1, np.int64) if charged is None else charged.rows,
            zero if charged is None else charged.j, none if charged is None else charged.factor,
        )  # fmt: skip

    def markets(self, exporter: str, product: str) -> tuple[Ranked, ...]:
        """Every market of one exporter and product, by potential; ties in the order of codes.

        Errors: ``trade.unknown`` for a code that is not in the flows.
        """
        i, k = self._at(exporter, "country"), self._at(product, "product")
        one = slice(k, k + 1)
        cells, sold = self.block(one)[0, i], self._sold(one)[0, i]
        grown = self._growth_part(i, one, cells, sold)
        order = sorted(np.flatnonzero((cells > 0) | (sold > 0)), key=lambda j: -cells[j])
        return tuple(
            Ranked(
                self.countries[j], float(cells[j]), float(sold[j]),
                None if grown is None else float(grown[j]),
            )
            for j in order if j != i
        )  # fmt: skip

    def _growth_part(self, i: int, one: slice, cells: Array, sold: Array) -> Array | None:
        """min(U, EPI - EPI with G = P = 1): what waits for growth, of what is unrealised."""
        if self._still is None or self.assumptions["normalised"]:
            return None
        still = self._made(*self._still, one)[0, i]
        missed = np.maximum(cells - sold, 0.0)
        grown: Array = np.minimum(missed, np.maximum(cells - still, 0.0))
        return grown

    def explain(self, exporter: str, product: str, market: str) -> Explained:
        """One cell with every term behind it.

        Errors: ``trade.unknown``.
        """
        i, j = self._at(exporter, "country"), self._at(market, "country")
        k = self._at(product, "product")
        one = slice(k, k + 1)
        terms = self._terms(i, k, self._charged_at(i, k))[j]
        missing = list(self.missing)
        if self._km is not None and not np.isfinite(self._km[i, j]):
            missing.append("distance_of_pair")
        if self._charges is not None and j not in self._charges.of(i, k)[0]:
            missing.append("tariff_of_cell")
        return Explained(
            exporter, product, market, float(self.block(one)[0, i, j]),
            float(self._sold(one)[0, i, j]), terms, tuple(missing),
        )  # fmt: skip

    def terms_of(self, exporter: str, product: str) -> dict[str, dict[str, float]]:
        """The terms of every market of one exporter and product; empty where either is unknown."""
        if exporter not in self.countries or product not in self.products:
            return {}
        i, k = self._at(exporter, "country"), self._at(product, "product")
        return dict(zip(self.countries, self._terms(i, k, self._charged_at(i, k)), strict=True))

    def demand_at(self, i: int, j: int) -> Array:
        """Every product's demand in a market, with one exporter's nearness and tariffs laid on."""
        found: Array = np.array(self.demand[:, j])
        if self._km is not None and self._mean_km is not None:
            found *= nearness(self._mean_km[:, j], self._km[i, j])
        if self._charges is not None:
            own = (self._charges.i == i) & (self._charges.j == j)
            found[self._charges.k[own]] *= self._charges.factor[own]
        return found

    def supply_share(self, exporter: str, product: str) -> float | None:
        """The supply of one exporter and product; ``None`` where either is unknown."""
        if exporter not in self.countries or product not in self.products:
            return None
        return float(self.supply[self._at(exporter, "country"), self._at(product, "product")])

    def _terms(self, i: int, k: int, charged: Mapping[int, float]) -> list[dict[str, float]]:
        found = [
            {"supply": float(self.supply[i, k]), "ease": float(ease), "demand": float(demand)}
            for ease, demand in zip(self.ease[i], self.demand[k], strict=True)
        ]
        if self._km is not None and self._mean_km is not None:
            for terms, near in zip(found, nearness(self._mean_km[k], self._km[i]), strict=True):
                terms["nearness"] = float(near)
        if self._charges is not None:
            for j, terms in enumerate(found):
                terms["tariff"] = charged.get(j, 1.0)
        return found

    def _charged_at(self, i: int, k: int) -> dict[int, float]:
        if self._charges is None:
            return {}
        markets, factors = self._charges.of(i, k)
        return dict(zip(markets.tolist(), factors.tolist(), strict=True))

    def _sold(self, products: slice) -> Array:
        """The flows of a run of products, products × exporters × markets."""
        start, stop = products.start, min(products.stop, len(self.products))
        n = len(self.countries)
        rows = slice(self._rows[start * n], self._rows[stop * n])
        found = np.zeros((stop - start, n, n))
        at = self.flows.k[rows] - start, self.flows.i[rows], self.flows.j[rows]
        found[at] = self.flows.v[rows]
        return found

    def _parts(self) -> Iterator[slice]:
        for start in range(0, len(self.products), CHUNK):
            yield slice(start, min(start + CHUNK, len(self.products)))

    def _at(self, code: str, what: str) -> int:
        return position(self.countries if what == "country" else self.products, code, what)


def position(labels: tuple[str, ...], code: str, what: str) -> int:
    """The place of a code. Errors: ``trade.unknown``."""
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
    normalises: bool = False,
    ease: Array | None = None,
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
    m_ik from the flows; ``normalises`` scales the cells of a market and product so that they sum
    over exporters to the projected demand: replications differ on it, so it is off. ``ease`` is
    given (exporters × markets) where the flows are of some products only: it is worked out over
    all of them.

    Errors: ``trade.tariff`` and ``trade.ratio`` for a rate or ratio that cannot be one.

    >>> flows = Flows.of({"exporter": list("AABAB") + ["B"], "importer": list("CDCCC") + ["D"],
    ...     "product": list("pppqqq"), "value": [60, 20, 20, 10, 30, 60]})
    >>> round(export_potential(flows).explain("A", "p", "C").potential, 6)
    65.882353
    """
    sums = sums_of(flows)
    g, people = ratios(flows, growth), ratios(flows, population)
    charged = None
    if tariffs is not None:
        charged = charges(flows, tariffs, elasticities(flows, price_elasticity))
    faced = 1.0 if charged is None else charged.supply
    km = None if distances is None else kilometres(flows, distances)
    supply = supply_of(sums, g, corrects_re_exports=corrects_re_exports) * faced
    demand = sums.bought.T * (g / people)[None, :] ** demand_elasticity * people[None, :]
    still = None
    if growth is not None or population is not None:
        flat = np.ones(len(flows.countries))
        still = (
            supply_of(sums, flat, corrects_re_exports=corrects_re_exports) * faced, sums.bought.T,
        )  # fmt: skip
    return ExportPotential(
        countries=flows.countries,
        products=flows.products,
        supply=frozen(supply),
        ease=frozen(ease_of(sums) if ease is None else ease),
        demand=frozen(demand),
        flows=flows,
        missing=_absent(distances=distances, tariffs=tariffs, growth=growth, population=population),
        assumptions={
            "demand_elasticity": demand_elasticity,
            "price_elasticity": None if isinstance(price_elasticity, Mapping) else price_elasticity,
            "corrects_re_exports": corrects_re_exports,
            "normalised": normalises,
        },
        _km=km,
        _mean_km=None if km is None else mean_kilometres(flows, km),
        _charges=charged,
        _still=still,
        _rows=rows_of(flows),
    )


def _absent(**given: object) -> tuple[str, ...]:
    return tuple(name for name, value in given.items() if value is None)


def best(ranked: Iterable[Ranked], count: int = 10) -> tuple[Ranked, ...]:
    """The first markets by what is not sold yet."""
    return tuple(sorted(ranked, key=lambda one: (-one.unrealised, one.market))[:count])
