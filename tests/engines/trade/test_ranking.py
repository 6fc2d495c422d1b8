"""Markets in order: dollars first, places beside, and the trap of the least and the greatest."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.trade import Weights, rank
from digna_engines.trade.ranking import ATTRACTIVENESS, DEFAULT, MEASURES

# Green coffee as one seller sees it: a market of 10 billion, and one of 15 million that doubled.
MARKETS: list[dict[str, Any]] = [
    {"market": "USA", "value": 10.0e9, "growth": 0.04, "unrealised": 480e6, "potential": 2.0e9},
    {"market": "DEU", "value": 4.6e9, "growth": 0.05, "unrealised": 310e6, "potential": 0.7e9},
    {"market": "JPN", "value": 1.6e9, "growth": 0.02, "unrealised": 120e6, "potential": 0.4e9},
    {"market": "BEL", "value": 1.2e9, "growth": 0.06, "unrealised": 90e6, "potential": 0.3e9},
    {"market": "ECU", "value": 15.0e6, "growth": 1.23, "unrealised": 2e6, "potential": 3e6},
]
SIZE_AND_SPEED = Weights({"value": 1.0, "growth": 1.0})


def least_and_greatest(name: str) -> dict[str, float]:
    """The usual score: (x - least) / (greatest - least)."""
    values = {row["market"]: row[name] for row in MARKETS}
    least, greatest = min(values.values()), max(values.values())
    return {market: (one - least) / (greatest - least) for market, one in values.items()}


def test_a_tiny_fast_market_does_not_come_first() -> None:
    size, speed = least_and_greatest("value"), least_and_greatest("growth")
    usual = {market: (size[market] + speed[market]) / 2 for market in size}
    # the trap: one extreme takes the whole scale, and 15 million stand level with 10 billion
    assert sorted(usual, key=lambda m: -usual[m]).index("ECU") <= 1
    assert usual["ECU"] > 3 * usual["DEU"] / 2
    places = {one.market: one for one in rank(MARKETS, SIZE_AND_SPEED)}
    assert places["ECU"].rank_by_score != 1
    assert places["ECU"].rank_by_potential == 5
    assert [one.market for one in rank(MARKETS)] == ["USA", "DEU", "JPN", "BEL", "ECU"]
    for weights in (DEFAULT, ATTRACTIVENESS):
        told = {one.market: one for one in rank(MARKETS, Weights(dict(weights)))}
        assert told["ECU"].rank_by_score not in {1, None}


def test_the_published_weights_are_those_of_the_index() -> None:
    dynamism = {"growth", "growth_over_world", "growth_usd"}
    openness = {"tariff", "tariff_disadvantage"}
    assert ATTRACTIVENESS["value"] == pytest.approx(0.30)
    assert sum(ATTRACTIVENESS[name] for name in dynamism) == pytest.approx(0.50)
    assert sum(ATTRACTIVENESS[name] for name in openness) == pytest.approx(0.20)


def test_a_measure_that_is_missing_counts_neither_for_nor_against() -> None:
    rows: list[dict[str, Any]] = [
        {"market": "A", "value": 2.0, "growth": None, "unrealised": 1.0},
        {"market": "B", "value": 1.0, "growth": 0.1, "unrealised": 2.0},
        {"market": "C", "value": 3.0, "growth": 0.2, "unrealised": None},
    ]
    told = {one.market: one for one in rank(rows, SIZE_AND_SPEED)}
    assert (told["A"].score, told["A"].known) == (0.5, 0.5)
    assert (told["B"].score, told["C"].score) == (0.0, 1.0)
    assert told["C"].rank_by_potential is None
    assert [one.market for one in rank(rows)] == ["B", "A", "C"]


def test_less_is_better_of_distance_and_tariffs() -> None:
    rows: list[dict[str, Any]] = [
        {"market": "NEAR", "distance_km": 100.0, "tariff": 0.0, "tariff_mean": 0.05},
        {"market": "FAR", "distance_km": 9_000.0, "tariff": 0.1, "tariff_mean": 0.02},
    ]
    for name in ("distance_km", "tariff", "tariff_disadvantage"):
        told = {one.market: one.score for one in rank(rows, Weights({name: 1.0}))}
        assert told == {"NEAR": 1.0, "FAR": 0.0}


@pytest.mark.parametrize("parts", [{"beauty": 1.0}, {"value": -1.0}, {"value": 0.0}, {},
                                   {"value": float("nan")}])  # fmt: skip
def test_weights_that_cannot_be_weights(parts: dict[str, float]) -> None:
    with pytest.raises(EngineError) as raised:
        Weights(parts)
    assert raised.value.code == "trade.weights"


rows_of_markets = st.lists(
    st.fixed_dictionaries({name: st.one_of(st.none(), st.floats(-1e6, 1e9)) for name in
                           ("value", "growth", "unrealised", "distance_km", "unit_value")}),
    min_size=1, max_size=8,
)  # fmt: skip


@given(rows_of_markets)
def test_scores_lie_between_none_and_all_and_places_are_different(rows: list[Any]) -> None:
    named = [row | {"market": f"M{at}"} for at, row in enumerate(rows)]
    told = rank(named)
    assert len(told) == len(named)
    scores = [one.score for one in told if one.score is not None]
    assert all(0 <= one <= 1 for one in scores)
    by_score = [one.rank_by_score for one in told if one.rank_by_score is not None]
    assert sorted(by_score) == list(range(1, len(scores) + 1))
    with_usd = [one.unrealised for one in told if one.unrealised is not None]
    assert with_usd == sorted(with_usd, reverse=True)


@given(st.floats(0.1, 100), st.sampled_from(sorted(MEASURES)))
def test_only_the_order_counts(factor: float, name: str) -> None:
    rows = [{"market": f"M{at}", name: float(at)} for at in range(5)]
    if name in {"growth_over_world", "growth_usd", "tariff_disadvantage"}:
        return
    stretched = [{"market": row["market"], name: float(row[name]) * factor} for row in rows]
    weights = Weights({name: 1.0})
    assert {o.market: o.score for o in rank(rows, weights)} == pytest.approx(
        {o.market: o.score for o in rank(stretched, weights)}
    )
