"""Markets in order: by USD of unrealised potential, and beside it a score with weights to edit.

Sources: ITC's market attractiveness index, weights as in Nepal's Trade Integration Strategy (2010,
appendices 1 and 2). A score by minimum and maximum lets a tiny market that doubled come first, for
one extreme takes the whole scale; here every part is a rank, so that it counts as one place.
Pure Python: stored records are ranked again with other weights without a database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from digna_engines.errors import EngineError

LOW_IS_GOOD = frozenset({"distance_km", "concentration", "tariff", "tariff_disadvantage"})
"""Measures of which less is better; of every other, more is."""

DEFAULT: Mapping[str, float] = MappingProxyType({
    "unrealised": 0.30, "value": 0.15, "growth": 0.10, "growth_usd": 0.15, "unit_value": 0.10,
    "distance_km": 0.05, "tariff": 0.05, "concentration": 0.10,
})  # fmt: skip
ATTRACTIVENESS: Mapping[str, float] = MappingProxyType({
    "value": 0.30, "growth": 0.50 / 3, "growth_over_world": 0.50 / 3, "growth_usd": 0.50 / 3,
    "tariff": 0.10, "tariff_disadvantage": 0.10,
})  # fmt: skip
"""ITC's published weights: size 30 %, dynamism 50 %, openness 20 %, each split evenly within."""
MEASURES = frozenset(DEFAULT) | frozenset(ATTRACTIVENESS) | {
    "potential", "exporter_share", "world_share",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """What each measure counts for; they are divided by their sum.

    Errors: ``trade.weights`` for a measure that is not known, a negative weight, or all of 0.

    >>> Weights({"value": 3, "growth": 1}).shares["value"]
    0.75
    """

    parts: Mapping[str, float] = field(default_factory=lambda: dict(DEFAULT))

    def __post_init__(self) -> None:
        bad = [name for name, one in self.parts.items() if name not in MEASURES or not one >= 0]
        if bad or not sum(self.parts.values()) > 0:
            known = ", ".join(sorted(MEASURES))
            raise EngineError(
                "trade.weights",
                f"Los pesos deben ser de {known}, no negativos y alguno mayor que 0.",
                f"Weights must be of {known}, not negative, and one of them above 0.",
                wrong=tuple(bad),
            )

    @property
    def shares(self) -> dict[str, float]:
        """The weights as fractions that sum to 1."""
        whole = sum(self.parts.values())
        return {name: one / whole for name, one in self.parts.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """A market's place by potential and by score.

    ``parts`` are its places of each measure in [0, 1] (1 the best), over the ``known`` share of the
    weights: a measure that is missing counts neither for nor against.
    """

    market: str
    unrealised: float | None
    potential: float | None
    rank_by_potential: int | None
    score: float | None
    rank_by_score: int | None
    parts: Mapping[str, float]
    known: float


def rank(
    markets: Any, weights: Weights | None = None, **making: Any
) -> tuple[Place, ...]:  # fmt: skip
    """Markets in the order of their unrealised potential in USD, with the score beside.

    Formulas: part = (n - place) / (n - 1) over the n markets whose measure is known, equal values
    sharing their mean place; score = Σ w·part / Σ w over the parts that are known.

    Symbols: ``markets`` the record of a sheet, a sequence of its markets (mappings), or a store,
    of which a sheet is made first with ``making`` (exporter, product, years …). The order is by
    ``unrealised`` in USD, then ``potential``, then the market's code: never by the score alone.
    Errors: ``trade.weights``.

    >>> rows = [{"market": "BIG", "unrealised": 9e6, "value": 1e9, "growth": 0.02},
    ...         {"market": "TINY", "unrealised": 1e4, "value": 1e5, "growth": 1.2}]
    >>> [(one.market, one.rank_by_potential) for one in rank(rows)]
    [('BIG', 1), ('TINY', 2)]
    """
    asked = weights if weights is not None else Weights()
    rows, world = _rows(markets, asked, making)
    told = {str(row["market"]): _measures(row, world) for row in rows}
    parts = {name: _places(told, name) for name in asked.shares}
    scores = {market: _score(market, parts, asked.shares) for market in told}
    by_score = _order({m: score for m, (score, _, _) in scores.items() if score is not None})
    by_usd = _order({
        m: (one["unrealised"], one["potential"] or 0.0)
        for m, one in told.items() if one["unrealised"] is not None
    })  # fmt: skip
    found = [
        Place(
            market, one["unrealised"], one["potential"], by_usd.get(market), scores[market][0],
            by_score.get(market), scores[market][1], scores[market][2],
        )
        for market, one in told.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda p: (p.rank_by_potential or len(told) + 1, p.market)))


def _rows(
    markets: Any, weights: Weights, making: Mapping[str, Any]
) -> tuple[Sequence[Mapping[str, Any]], float | None]:
    """The markets as mappings, and how fast the world's imports grow where that is told."""
    if isinstance(markets, Mapping):
        return markets["markets"], markets.get("world", {}).get("growth")
    if hasattr(markets, "flows"):
        from digna_engines.trade.sheet import market_sheet, record

        return _rows(record(market_sheet(markets, weights=weights, **making)), weights, {})
    return list(markets), None


def _measures(row: Mapping[str, Any], world: float | None) -> dict[str, float | None]:
    """What can be weighed of one market; ``None`` where it is not known."""
    found: dict[str, float | None] = {name: row.get(name) for name in MEASURES}
    growth, value = row.get("growth"), row.get("value")
    found["growth_over_world"] = (
        growth - world if growth is not None and world is not None else None
    )
    found["growth_usd"] = growth * value if growth is not None and value is not None else None
    own, others = row.get("tariff"), row.get("tariff_top", row.get("tariff_mean"))
    found["tariff_disadvantage"] = own - others if own is not None and others is not None else None
    return found


def _places(told: Mapping[str, Mapping[str, float | None]], name: str) -> dict[str, float]:
    """Each market's part in [0, 1] of one measure; equal values share their mean place."""
    sign = -1.0 if name in LOW_IS_GOOD else 1.0
    known = {m: sign * one for m, row in told.items() if (one := row[name]) is not None}
    if len(known) < 2:
        return dict.fromkeys(known, 0.5)
    ordered = sorted(known.values())
    first: dict[float, int] = {}
    count: dict[float, int] = {}
    for at, value in enumerate(ordered):
        first.setdefault(value, at)
        count[value] = count.get(value, 0) + 1
    most = len(ordered) - 1
    return {m: (first[v] + (count[v] - 1) / 2) / most for m, v in known.items()}


def _score(
    market: str, parts: Mapping[str, Mapping[str, float]], shares: Mapping[str, float]
) -> tuple[float | None, dict[str, float], float]:
    own = {name: places[market] for name, places in parts.items() if market in places}
    known = sum(shares[name] for name in own)
    if not known > 0:
        return None, own, 0.0
    return sum(shares[name] * one for name, one in own.items()) / known, own, known


def _order(values: Mapping[str, Any]) -> dict[str, int]:
    """1 for the greatest; equal ones in the order of their codes."""
    codes: Iterable[str] = sorted(values)
    ordered = sorted(codes, key=lambda code: values[code], reverse=True)
    return {code: at for at, code in enumerate(ordered, 1)}
