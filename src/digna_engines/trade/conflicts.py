"""Figures that do not agree: the two ends of a flow, and what different sources printed.

Neither is resolved here: both figures are shown, each with who said it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from digna_engines.trade.sheet import Conflict, Mirror, Published

MEASURES = ("value", "quantity", "unit_value")


def mirrored(
    own: Mapping[int, float | None], partners: Mapping[int, float | None]
) -> tuple[Mirror, ...]:
    """The mirror gap of each year that either end tells: (own - partners) / partners.

    Symbols: ``own`` what the exporter's customs report by year, USD; ``partners`` what the world
    table (made from both ends) says of the same exporter and product.

    >>> mirrored({2020: 90.0}, {2020: 100.0})[0].gap
    -0.1
    """
    found = []
    for year in sorted(set(own) | set(partners)):
        ours, theirs = own.get(year), partners.get(year)
        known = ours is not None and theirs is not None and theirs != 0
        gap = (ours - theirs) / theirs if known else None  # type: ignore[operator]
        found.append(Mirror(year, ours, theirs, gap))
    return tuple(found)


def conflicts_of(
    published: Iterable[Mapping[str, Any]], own: Mapping[tuple[str, str, int, str], float | None]
) -> tuple[Conflict, ...]:
    """Published figures of the same thing side by side, where they differ or differ from ours.

    Symbols: ``published`` rows ``product, country, year, measure, figure, source`` (``measure`` is
    value, quantity or unit_value; value when not said); ``own`` our figure by (product, country,
    year, measure). A figure that agrees with every other and with ours is no conflict.
    """
    together: dict[tuple[str, str, int, str], list[Published]] = {}
    for row in published:
        key = (str(row["product"]), str(row["country"]), int(row["year"]),
               str(row.get("measure") or "value"))  # fmt: skip
        together.setdefault(key, []).append(Published(float(row["figure"]), str(row["source"])))
    found = []
    for key, figures in sorted(together.items()):
        ours = own.get(key)
        told = {one.value for one in figures} | ({ours} if ours is not None else set())
        if len(told) > 1:
            found.append(Conflict(*key, tuple(figures), ours))
    return tuple(found)
