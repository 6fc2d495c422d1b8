"""A second opinion on the ease of trade: gravity by Poisson pseudo-maximum likelihood.

Source: Santos Silva and Tenreyro (2006), The Log of Gravity. The ease of the export potential
compares what a pair trades with what its products would make one expect; this compares it with what
sizes and distance would. Needs pyfixest, which is not installed unless asked for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digna_engines.errors import EngineError
from digna_engines.trade.factors import Pair, ease_of, kilometres, sums_of
from digna_engines.trade.tables import VERSION, Array, Codes, Flows, frozen

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Gravity:
    """Trade of pairs as the model has it, and how that agrees with the ease.

    Symbols: ``fitted`` exporters × markets in the unit of the flows, ``nan`` where the pair was
    left out (itself, no distance, or a country that sells or buys nothing); ``ratio`` = traded /
    fitted; ``distance_elasticity`` the change of ln trade by ln km; ``pairs`` used; ``agreement``
    Spearman's rank correlation of ``ratio`` and ease over the pairs that trade.
    """

    countries: tuple[str, ...]
    fitted: Array
    ratio: Array
    distance_elasticity: float
    pairs: int
    agreement: float
    version: str = VERSION


def gravity(flows: Flows, distances: Mapping[Pair, float]) -> Gravity:
    """Fit v_ij = exp(a_i + b_j + c ln d_ij) over all pairs, those that do not trade included.

    With effects of exporters and importers the fitted values of each add up to what it sells and
    buys (over the pairs used).
    Errors: ``trade.no_pyfixest`` where the package is not there; ``trade.few_pairs`` with fewer
    than three pairs an effect can be told from.
    """
    fit = _fitter()
    sums = sums_of(flows)
    km = kilometres(flows, distances)
    used = np.isfinite(km) & ~np.eye(len(km), dtype=bool)
    used = _connected(sums.pairs, used)
    if used.sum() < 3:
        raise EngineError(
            "trade.few_pairs",
            "Hay menos de tres pares de países con comercio y distancia: no hay qué ajustar.",
            "Fewer than three pairs of countries trade at a known distance: nothing can be fitted.",
        )
    i, j = np.nonzero(used)
    elasticity, values = fit(sums.pairs[used], np.log(km[used]), i, j)
    fitted = np.full_like(km, np.nan)
    fitted[used] = values
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = sums.pairs / fitted
    return Gravity(
        flows.countries, frozen(fitted), frozen(ratio), elasticity, int(used.sum()),
        _agreement(ratio, ease_of(sums), used & (sums.pairs > 0)),
    )  # fmt: skip


def _connected(pairs: Array, used: Mask) -> Mask:
    """Leave out, again and again, who sells or buys nothing among the pairs: it has no effect."""
    while True:
        traded = np.where(used, pairs, 0.0)
        sells, buys = traded.sum(axis=1) > 0, traded.sum(axis=0) > 0
        kept: Mask = used & sells[:, None] & buys[None, :]
        if (kept == used).all():
            return kept
        used = kept


def _fitter() -> Callable[[Array, Array, Codes, Codes], tuple[float, Array]]:
    try:
        import pandas as pd  # type: ignore[import-untyped]
        import pyfixest
    except ImportError as absent:
        raise EngineError(
            "trade.no_pyfixest",
            "La comprobación por gravedad necesita el paquete pyfixest, que no está instalado: "
            "«pip install digna[gravity]».",
            "The gravity cross-check needs the package pyfixest, which is not installed: "
            "“pip install digna[gravity]”.",
        ) from absent

    def fit(traded: Array, log_km: Array, i: Codes, j: Codes) -> tuple[float, Array]:
        # trade is scaled to a mean of 1, which changes nothing but the constant
        scale = float(traded.mean())
        frame = pd.DataFrame({"trade": traded / scale, "log_km": log_km, "i": i, "j": j})
        model = pyfixest.fepois(
            "trade ~ log_km | i + j", frame, vcov="iid", fixef_rm="none", separation_check=[],
            iwls_tol=1e-10,
        )  # fmt: skip
        fitted = np.asarray(model.predict(type="response"), dtype=float) * scale
        return float(model.coef()["log_km"]), fitted

    return fit


def _agreement(one: Array, other: Array, where: Mask) -> float:
    """Spearman's correlation of two tables over some cells; ``nan`` below three."""
    if where.sum() < 3:
        return float("nan")
    ranks = [np.argsort(np.argsort(values[where], kind="stable")) for values in (one, other)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])
