"""Growth per year of a series: least squares on logarithms, compound, and of the last year.

Source: UNCTAD, Handbook of Statistics, calculation methods (least squares on logarithms). Each rule
is written twice: over a plain series, and as Ibis columns that any backend reckons alike.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LEAST_POINTS = 3
"""Two points always lie on a line: below three there is no growth to speak of."""


@dataclass(frozen=True, slots=True)
class Growth:
    """Fractions per year: ``rate`` by least squares over ``n`` years, ``cagr``, ``last``."""

    rate: float | None
    n: int
    cagr: float | None
    last: float | None


def growth(series: Mapping[int, float | None], years: Sequence[int]) -> Growth:
    """Growth of a yearly series within ``years`` (consecutive, in order).

    Formulas: ln y_t = a + b t by least squares, rate = exp(b) - 1, over the n years with y > 0;
    cagr = (y_T / y_0)^(1/(T-0)) - 1 between the first and the last of ``years``; last is
    y_T / y_(T-1) - 1. Each is ``None`` where its years are missing or 0; the rate needs three.

    >>> found = growth({2019: 100.0, 2020: 110.0, 2021: 121.0}, [2019, 2020, 2021])
    >>> round(found.rate, 9), found.n, round(found.cagr, 9), round(found.last, 9)
    (0.1, 3, 0.1, 0.1)
    """
    points = [(year, value) for year in years if (value := series.get(year)) and value > 0]
    known = dict(points)
    first, last = (years[0], years[-1]) if years else (0, 0)
    span = last - first
    return Growth(
        rate=_least_squares(points),
        n=len(points),
        cagr=_ratio(known, last, first, 1 / span) if span else None,
        last=_ratio(known, last, last - 1, 1.0),
    )


def _least_squares(points: Sequence[tuple[int, float]]) -> float | None:
    if len(points) < LEAST_POINTS:
        return None
    middle = sum(year for year, _ in points) / len(points)
    level = sum(math.log(value) for _, value in points) / len(points)
    across = sum((year - middle) * (math.log(value) - level) for year, value in points)
    return math.exp(across / sum((year - middle) ** 2 for year, _ in points)) - 1


def _ratio(known: Mapping[int, float], last: int, first: int, power: float) -> float | None:
    if last not in known or first not in known:
        return None
    return float((known[last] / known[first]) ** power - 1)


def growth_columns(
    yearly: Any, years: Sequence[int], measure: str = "value", prefix: str = "growth"
) -> dict[str, Any]:
    """The same as Ibis reductions over the rows of a group, one row a year.

    Symbols: ``yearly`` has ``year`` and the measure. Gives ``growth``, ``growth_n``,
    ``growth_cagr``, ``growth_last`` (or another prefix), to pass to ``aggregate``.
    """
    first, last = min(years), max(years)
    known = yearly[measure].cast("float64")
    return {
        prefix: _slope(yearly["year"], known, first + last),
        f"{prefix}_n": known.count(where=known > 0),
        f"{prefix}_cagr": _step(yearly["year"], known, last, first),
        f"{prefix}_last": _step(yearly["year"], known, last, last - 1),
    }


def _slope(year: Any, value: Any, twice_middle: int) -> Any:
    """exp(b) - 1 from sums; half-years from the middle keep the sums small, whole and exact."""
    import ibis

    logs = ibis.ifelse(value > 0, value, ibis.null("float64")).ln()
    at = ibis.ifelse(value > 0, year.cast("float64") * 2 - twice_middle, ibis.null("float64"))
    n = logs.count().cast("float64")
    across = n * (at * logs).sum() - at.sum() * logs.sum()
    spread = n * (at * at).sum() - at.sum() * at.sum()
    slope = 2 * across / spread.nullif(0)
    return ibis.ifelse(n >= LEAST_POINTS, slope.exp() - 1, ibis.null("float64"))


def _step(year: Any, value: Any, last: int, first: int) -> Any:
    import ibis

    if last == first:
        return ibis.null("float64")
    end, start = (ibis.ifelse((year == y) & (value > 0), value, ibis.null("float64")).max()
                  for y in (last, first))  # fmt: skip
    ratio = end / start
    return ratio - 1 if last - first == 1 else ratio.pow(1 / (last - first)) - 1
