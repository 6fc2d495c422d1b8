"""What a country's trade is made of: advantage, balance, fit, spread, income behind its products.

Sources: Balassa (1965); Laursen (1998); Lafay (1992); Michaely (1996); Hummels and Klenow (2005);
Hausmann, Hwang and Rodrik (2007); formulas as in docs/methods/trade.md.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from digna_engines.trade.tables import Array, Exports, Flows, exports_of, frozen


def rca(exports: Exports | Any, *, year: int | None = None) -> Array:
    """Balassa's revealed comparative advantage, exporters × products.

    Formula: (x_ik / x_i) / (x_k / x). 1 is the world's own share. ``nan`` where the exporter or the
    product has no trade: a share of nothing is not 0.
    Symbols: ``exports`` are ``Exports``, a store (with ``year``) or a long table, whose exporters
    and products come in the order of their codes.

    >>> one = Exports(("A", "B"), ("p", "q"), np.array([[80.0, 10.0], [20.0, 90.0]]))
    >>> rca(one).round(6)
    array([[1.777778, 0.222222],
           [0.363636, 1.636364]])
    """
    x = exports_of(exports, year).values
    total = x.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        share = x / x.sum(axis=1, keepdims=True)
        found = share / (x.sum(axis=0, keepdims=True) / total)
    return frozen(found)


def rsca(exports: Exports) -> Array:
    """Laursen's symmetric form of the advantage, in [-1, 1): (RCA - 1) / (RCA + 1)."""
    advantage = rca(exports)
    return frozen((advantage - 1) / (advantage + 1))


def lafay(exports: Exports, imports: Exports) -> Array:
    """Lafay's index of trade specialisation: how each product's balance departs from the whole's.

    Formula: 100 [ (x-m)/(x+m)|k - Σ(x-m)/Σ(x+m) ] (x_k+m_k)/Σ(x+m). Sums to 0 over products.
    ``imports`` has the same countries and products as ``exports``; their order may differ.
    """
    x, m = exports.values, _aligned(imports, exports)
    whole = (x + m).sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.where(x + m > 0, (x - m) / (x + m), 0.0)
        balance = (x - m).sum(axis=1, keepdims=True) / whole
        return frozen(100 * (own - balance) * (x + m) / whole)


def complementarity(exports: Exports, imports: Exports) -> Array:
    """Michaely's fit of what i sells with what j buys, exporters × importers, in [0, 100].

    Formula: 100 (1 - Σ_k |m_jk/m_j - x_ik/x_i| / 2).
    """
    products = exports.products
    m = _aligned_products(imports, products)
    with np.errstate(divide="ignore", invalid="ignore"):
        sold = exports.values / exports.values.sum(axis=1, keepdims=True)
        bought = m / m.sum(axis=1, keepdims=True)
    far = np.abs(sold[:, None, :] - bought[None, :, :]).sum(axis=2)
    return frozen(100 * (1 - far / 2))


@dataclass(frozen=True, slots=True)
class Margins:
    """How much of what a market buys from others an exporter reaches, and how deep.

    Symbols: ``extensive`` share of the market's other imports in products that the exporter sells
    there; ``intensive`` its sales over those; ``share`` their product.
    """

    extensive: float
    intensive: float
    share: float


def margins(flows: Flows, exporter: str, market: str) -> Margins:
    """Hummels and Klenow's margins of an exporter in a market.

    Errors: ``ValueError`` for a country that is not there. ``nan`` where the market buys from
    nobody else.

    >>> flows = Flows.of({"exporter": list("AABB"), "importer": list("CCCC"),
    ...     "product": ["p", "q", "p", "r"], "value": [10, 5, 30, 60]})
    >>> margins(flows, "A", "C")
    Margins(extensive=0.3333333333333333, intensive=0.5, share=0.16666666666666666)
    """
    i, j = flows.countries.index(exporter), flows.countries.index(market)
    there = flows.j == j
    own = there & (flows.i == i)
    others = there & (flows.i != i)
    bought = np.bincount(flows.k[others], flows.v[others], len(flows.products))
    reached = np.zeros(len(flows.products), dtype=bool)
    reached[flows.k[own]] = True
    all_, within, sold = bought.sum(), bought[reached].sum(), flows.v[own].sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        return Margins(
            float(np.divide(within, all_)),
            float(np.divide(sold, within)),
            float(np.divide(sold, all_)),
        )


def penetration(flows: Flows, exporter: str) -> tuple[int, int]:
    """In how many (product, market) pairs an exporter sells, of those that import its products.

    Source: World Bank WITS, index of export market penetration; n of N, never the share alone.
    """
    i = flows.countries.index(exporter)
    own = flows.i == i
    products = np.unique(flows.k[own])
    asked = np.isin(flows.k, products) & (flows.j != i)
    n = len(flows.countries)
    return int(own.sum()), len(np.unique(flows.k[asked] * n + flows.j[asked]))


def prody(exports: Exports, income: npt.ArrayLike) -> Array:
    """PRODY of each product: the income per head of who sells it, weighted by advantage.

    Symbols: ``income`` per head by exporter, ``nan`` where not known: that exporter is left out.
    """
    known = np.asarray(income, dtype=float)
    there = np.isfinite(known) & (exports.values.sum(axis=1) > 0)
    share = exports.values[there] / exports.values[there].sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        return frozen((share * known[there, None]).sum(axis=0) / share.sum(axis=0))


def expy(exports: Exports, income: npt.ArrayLike) -> Array:
    """EXPY of each exporter: the mean PRODY of its basket, ``nan`` without exports."""
    worth = np.nan_to_num(prody(exports, income))
    with np.errstate(divide="ignore", invalid="ignore"):
        return frozen(exports.values @ worth / exports.values.sum(axis=1))


@dataclass(frozen=True, slots=True)
class Concentration:
    """How few share something: ``hhi`` in [1/n, 1], ``normalised`` in [0, 1], over ``n`` parts."""

    hhi: float
    normalised: float
    n: int


def herfindahl(values: npt.ArrayLike) -> Concentration:
    """Herfindahl-Hirschman, and UNCTAD's normalised form.

    Formula: Σ s²; (√Σs² - √(1/n)) / (1 - √(1/n)). Parts of 0 are not parts; one part alone: 1.

    >>> herfindahl([50, 50, 0])
    Concentration(hhi=0.5, normalised=0.0, n=2)
    """
    found = np.asarray(values, dtype=float)
    found = found[found > 0]
    n = len(found)
    if n == 0:
        return Concentration(float("nan"), float("nan"), 0)
    hhi = float(((found / found.sum()) ** 2).sum())
    least = (1 / n) ** 0.5
    return Concentration(hhi, 1.0 if n == 1 else (hhi**0.5 - least) / (1 - least), n)


def _aligned(other: Exports, like: Exports) -> Array:
    m = _aligned_products(other, like.products)
    place = {name: at for at, name in enumerate(other.exporters)}
    rows = np.array([place.get(name, -1) for name in like.exporters])
    return np.where((rows >= 0)[:, None], m[rows], 0.0)


def _aligned_products(other: Exports, products: tuple[str, ...]) -> Array:
    place = {name: at for at, name in enumerate(other.products)}
    columns = np.array([place.get(name, -1) for name in products])
    return np.where((columns >= 0)[None, :], other.values[:, columns], 0.0)
