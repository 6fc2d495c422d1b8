"""Before and after, difference in differences, and ANCOVA, from firms measured twice.

Every design drops firms with one value only and says how many; ``None`` is never read as 0.
"""

from collections.abc import Iterable
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from digna_engines.attribution.estimates import Estimate, Notice, interval
from digna_engines.attribution.linear import Fit, least_squares
from digna_engines.attribution.pairs import Array, Firm, Matched, matched, require_arms
from digna_engines.errors import EngineError

Errors = Literal["cluster", "difference"]

_FEW_CLUSTERS = 30


def before_after(firms: Iterable[Firm], *, confidence: float = 0.95) -> Estimate:
    """The mean change of the firms that took part: what changed, not what the programme changed.

    Formula
        mean(after - before) over matched pairs; error s/√n with n - 1 degrees of freedom, or by
        clusters (CR1) when firms name them.
    Source
        DCED Standard VIII (2017), 3.3: defensible as attribution only where nothing else moved.
    Edge cases
        Firms without the programme are left aside; one firm alone has no error.
    Errors
        ``attribution.too_few`` with no firm measured twice.

    >>> toy = [Firm(100, 130, True), Firm(80, 95, True), Firm(120, 150, True)]
    >>> found = before_after(toy)
    >>> found.value, round(found.error, 4), found.n_control
    (25.0, 5.0, None)
    """
    found = matched(one for one in firms if one.is_treated)
    n = len(found.before)
    if n == 0:
        raise EngineError(
            "attribution.too_few",
            "Ninguna empresa del programa tiene el dato de antes y el de después.",
            "No firm of the programme has both the value before and the value after.",
        )
    fit = least_squares(found.change, np.ones((n, 1)), found.clusters)
    return _estimate(fit, 0, found, "before_after", confidence, comparison=False)


def difference_in_differences(
    firms: Iterable[Firm], *, errors: Errors = "cluster", confidence: float = 0.95
) -> Estimate:
    """What the programme's firms changed beyond what the others changed.

    Formula
        (T₁ - T₀) - (C₁ - C₀): the coefficient of T·post in y = a + bT + c·post + d·T·post, which
        in a panel of two moments is that of T in Δy = a + dT.
    Symbols
        ``errors`` «cluster»: CR1 over the 2n observations, clusters as named or each firm its own
        (a firm is measured twice: its two values are not independent), df = clusters - 1;
        «difference»: the classical error of Δy on T, df = n - 2, right when changes spread alike
        in both arms.
    Source
        Card and Krueger (1994); Bertrand, Duflo and Mullainathan (2004) on the errors. Taking the
        2n observations for independent gives an error that can be three times too large, or
        several times too small: it is not offered.
    Edge cases
        Fewer than 30 clusters: a notice, and ``permutation_test`` is the better p.
    Errors
        ``attribution.too_few`` with fewer than two firms in an arm.

    >>> toy = [Firm(100, 130, True), Firm(80, 95, True), Firm(120, 150, True),
    ...        Firm(90, 100, False), Firm(110, 105, False), Firm(70, 85, False)]
    >>> found = difference_in_differences(toy)
    >>> round(found.value, 4), round(found.error, 4)
    (18.3333, 8.1989)
    >>> round(difference_in_differences(toy, errors="difference").error, 4)
    7.8174
    """
    found = matched(firms)
    require_arms(found)
    treated = found.treated.astype(float)
    n = len(treated)
    if errors == "difference":
        fit = least_squares(found.change, np.column_stack([np.ones(n), treated]))
        return _estimate(fit, 1, found, "difference_in_differences", confidence)
    post = np.repeat([0.0, 1.0], n)
    arm = np.tile(treated, 2)
    own = found.clusters if found.clusters is not None else np.arange(n)
    fit = least_squares(
        np.concatenate([found.before, found.after]),
        np.column_stack([np.ones(2 * n), arm, post, arm * post]),
        np.tile(own, 2),
    )
    return _estimate(fit, 3, found, "difference_in_differences", confidence)


def ancova(
    firms: Iterable[Firm],
    *,
    covariates: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """The difference after, given the value before: the sharper design where chance chose.

    Formula
        d in y₁ = a + dT + b·y₀ (+ covariates). Its variance is (1 - ρ²) of a comparison of ends;
        that of difference in differences is 2(1 - ρ), never less.
    Symbols
        ``covariates`` (n × m), one row a firm in the order given, without missing values.
    Source
        McKenzie (2012), «Beyond baseline and follow-up».
    Edge cases
        Only where who took part was drawn by lot: otherwise who starts apart is compared to who
        does not, and a notice says so. Clusters as named (CR1), else classical errors.
    Errors
        ``attribution.too_few``, ``attribution.covariates`` (rows and firms differ, or missing).

    >>> firms = [Firm(before, before / 2 + 5 * (i % 2), i % 2 == 1)
    ...          for i, before in enumerate([10, 12, 9, 14, 11, 13, 8, 15])]
    >>> round(ancova(firms).value, 6)
    5.0
    """
    rows = list(firms)
    found = matched(rows)
    require_arms(found)
    extra = _covariates(covariates, rows)
    x = np.column_stack([np.ones(len(found.before)), found.treated, found.before, extra])
    fit = least_squares(found.after, x, found.clusters)
    return _estimate(fit, 1, found, "ancova", confidence).noting(
        Notice(
            "attribution.needs_lot",
            "Vale como efecto sólo si quién participó se decidió por sorteo.",
            "It holds as an effect only if who took part was drawn by lot.",
        )
    )


def _covariates(covariates: npt.ArrayLike | None, rows: list[Firm]) -> Array:
    whole = np.array([one.before is not None and one.after is not None for one in rows])
    if covariates is None:
        return np.empty((int(whole.sum()), 0))
    given = np.asarray(covariates, dtype=float)
    given = given[:, None] if given.ndim == 1 else given
    if len(given) != len(rows) or not np.isfinite(given[whole]).all():
        raise EngineError(
            "attribution.covariates",
            f"Hay {len(rows)} empresas y {len(given)} filas de covariables, o falta algún valor.",
            f"There are {len(rows)} firms and {len(given)} rows of covariates, or a value is "
            "missing.",
        )
    chosen: Array = given[whole]
    return chosen


def _estimate(
    fit: Fit,
    at: int,
    found: Matched,
    design: str,
    confidence: float,
    *,
    comparison: bool = True,
) -> Estimate:
    value, error = float(fit.coefficients[at]), float(fit.errors[at])
    treated, control = found.arms
    common: dict[str, Any] = {
        "confidence": confidence,
        "n_treated": treated,
        "n_control": control if comparison else None,
        "design": design,
        "clusters": fit.clusters,
        "dropped": found.dropped,
        "r_squared": fit.r_squared,
        "notices": _notices(fit),
    }
    if not np.isfinite(error):
        return Estimate(value, None, None, None, None, None, **common)
    test = interval(value, error, fit.df, confidence)
    return Estimate(value, error, test.low, test.high, test.p, fit.df, **common)


def _notices(fit: Fit) -> tuple[Notice, ...]:
    if fit.clusters is None or fit.clusters >= _FEW_CLUSTERS:
        return ()
    return (
        Notice(
            "attribution.few_clusters",
            f"Sólo {fit.clusters} conglomerados: el error puede quedar corto; mire también la "
            "prueba de permutación.",
            f"Only {fit.clusters} clusters: the error may fall short; see the permutation test "
            "too.",
        ),
    )
