"""How many firms are needed, what can be seen with those there are. Normal approximations."""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

from digna_engines.errors import EngineError

Analysis = Literal["end", "difference", "ancova"]
_NORMAL = NormalDist()


@dataclass(frozen=True)
class SampleSize:
    """Firms per arm: ``exact`` as the formula gives it, ``per_arm`` rounded up, whole clusters."""

    exact: float
    per_arm: int
    clusters_per_arm: int | None = None


def design_effect(cluster_size: float = 1, icc: float = 0) -> float:
    """How much larger a sample of clusters must be: 1 + (m - 1) ρ.

    Symbols: ``cluster_size`` m firms a cluster; ``icc`` ρ how alike firms of one cluster are.
    Source: Kish (1965). Errors: ``attribution.power`` outside m ≥ 1, 0 ≤ ρ ≤ 1.

    >>> design_effect(11, 0.1)
    2.0
    """
    if cluster_size < 1 or not 0 <= icc <= 1:
        raise _outside("cluster_size ≥ 1, 0 ≤ icc ≤ 1")
    return 1 + (cluster_size - 1) * icc


def analysis_factor(analysis: Analysis, correlation: float = 0) -> float:
    """The variance of a design over that of comparing ends alone.

    Formula: «end» 1; «difference» 2(1 - ρ); «ancova» 1 - ρ², with ρ the correlation of the value
    before with the value after. Source: McKenzie (2012). ANCOVA is never worse; a difference is
    worse than ends alone when ρ < 1/2.

    >>> [analysis_factor(one, 0.25) for one in ("end", "difference", "ancova")]
    [1.0, 1.5, 0.9375]
    """
    if not -1 < correlation < 1:
        raise _outside("-1 < correlation < 1")
    factors = {"end": 1.0, "difference": 2 * (1 - correlation), "ancova": 1 - correlation**2}
    return factors[analysis]


def sample_size_for_means(
    effect: float,
    *,
    power: float = 0.8,
    confidence: float = 0.95,
    cluster_size: float = 1,
    icc: float = 0,
    analysis: Analysis = "end",
    correlation: float = 0,
    attrition: float = 0,
) -> SampleSize:
    """Firms per arm to see a difference in means.

    Formula
        n = 2 (z₁₋α/₂ + z_power)² / d² × design effect × factor of the analysis / (1 - attrition).
    Symbols
        ``effect`` d, the difference over the standard deviation; ``attrition`` the share that will
        not be found again.
    Source
        Cohen (1988), with the factors of Kish (1965) and McKenzie (2012).
    Errors
        ``attribution.power`` for an effect of 0 or a share outside its range.

    >>> [sample_size_for_means(d).per_arm for d in (0.5, 0.3, 0.2)]
    [63, 175, 393]
    """
    _check(power, confidence, attrition)
    if effect == 0:
        raise _outside("effect ≠ 0")
    exact = 2 * (_z(confidence) + _NORMAL.inv_cdf(power)) ** 2 / effect**2
    exact *= design_effect(cluster_size, icc) * analysis_factor(analysis, correlation)
    return _rounded(exact / (1 - attrition), cluster_size)


def sample_size_for_shares(
    share_control: float,
    share_treated: float,
    *,
    power: float = 0.8,
    confidence: float = 0.95,
    cluster_size: float = 1,
    icc: float = 0,
    attrition: float = 0,
) -> SampleSize:
    """Firms per arm to see a difference between two shares.

    Formula
        n = (z₁₋α/₂ √(2 p̄ q̄) + z_power √(p₁q₁ + p₂q₂))² / (p₁ - p₂)² × design effect.
    Source
        Fleiss (1981), without continuity correction.
    Errors
        ``attribution.power`` for equal shares or shares outside 0 to 1.

    >>> sample_size_for_shares(0.5, 0.6).per_arm
    388
    """
    _check(power, confidence, attrition)
    p, q = share_treated, share_control
    if p == q or not (0 <= p <= 1 and 0 <= q <= 1):
        raise _outside("0 ≤ share ≤ 1")
    middle = (p + q) / 2
    found = _z(confidence) * math.sqrt(2 * middle * (1 - middle))
    found += _NORMAL.inv_cdf(power) * math.sqrt(p * (1 - p) + q * (1 - q))
    exact = found**2 / (p - q) ** 2 * design_effect(cluster_size, icc)
    return _rounded(exact / (1 - attrition), cluster_size)


def survey_sample(
    margin: float, *, share: float = 0.5, population: int | None = None, confidence: float = 0.95
) -> SampleSize:
    """Firms to ask so that a share is known within a margin.

    Formula
        n₀ = z² p (1 - p) / e²; of a population N: n₀ / (1 + (n₀ - 1)/N).
    Symbols
        ``margin`` e and ``share`` p, 0 to 1 (p = 1/2 is the most cautious).
    Source
        Cochran (1977).

    >>> round(survey_sample(0.05).exact, 2), survey_sample(0.05, population=263).per_arm
    (384.15, 157)
    """
    if not (0 < margin < 1 and 0 <= share <= 1 and 0 < confidence < 1):
        raise _outside("0 < margin < 1, 0 ≤ share ≤ 1")
    exact = _z(confidence) ** 2 * share * (1 - share) / margin**2
    if population is not None:
        exact /= 1 + (exact - 1) / population
    return _rounded(exact, 1)


def power_for_means(
    effect: float,
    per_arm: float,
    *,
    confidence: float = 0.95,
    cluster_size: float = 1,
    icc: float = 0,
    analysis: Analysis = "end",
    correlation: float = 0,
) -> float:
    """The chance of seeing an effect with the firms there are: the formula above, solved for it.

    >>> round(power_for_means(0.5, 63), 2)
    0.8
    """
    factors = design_effect(cluster_size, icc), analysis_factor(analysis, correlation)
    variance = _variance(per_arm, *factors)
    return _NORMAL.cdf(abs(effect) / math.sqrt(variance) - _z(confidence))


def smallest_visible_effect(
    per_arm: float,
    *,
    power: float = 0.8,
    confidence: float = 0.95,
    cluster_size: float = 1,
    icc: float = 0,
    analysis: Analysis = "end",
    correlation: float = 0,
) -> float:
    """The smallest effect, in standard deviations, seen with that power.

    >>> round(smallest_visible_effect(63), 2)
    0.5
    """
    factors = design_effect(cluster_size, icc), analysis_factor(analysis, correlation)
    variance = _variance(per_arm, *factors)
    return (_z(confidence) + _NORMAL.inv_cdf(power)) * math.sqrt(variance)


def _variance(per_arm: float, *factors: float) -> float:
    """Of a difference of two means, in variances of one firm."""
    if per_arm <= 0:
        raise _outside("per_arm > 0")
    return 2 / per_arm * math.prod(factors)


def _z(confidence: float) -> float:
    return _NORMAL.inv_cdf((1 + confidence) / 2)


def _rounded(exact: float, cluster_size: float) -> SampleSize:
    if cluster_size <= 1:
        return SampleSize(exact, math.ceil(exact - 1e-9))
    clusters = math.ceil(exact / cluster_size - 1e-9)
    return SampleSize(exact, math.ceil(clusters * cluster_size), clusters)


def _check(power: float, confidence: float, attrition: float) -> None:
    if not (0 < power < 1 and 0 < confidence < 1 and 0 <= attrition < 1):
        raise _outside("0 < power < 1, 0 < confidence < 1, 0 ≤ attrition < 1")


def _outside(wanted: str) -> EngineError:
    return EngineError(
        "attribution.power",
        f"Un dato del cálculo está fuera de su rango: {wanted}.",
        f"A value of the calculation is outside its range: {wanted}.",
    )
