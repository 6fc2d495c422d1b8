"""Rolling entry: effects that grow, worked by hand and by the slow way."""

import math

import numpy as np
import pytest

from digna_engines.attribution import Observation, staggered_effects, verdict
from digna_engines.errors import EngineError

PERIODS = (1, 2, 3, 4)


def rows(effects: dict[tuple[int, int], float], sizes: dict[int | None, int]) -> list[Observation]:
    """Parallel trends, firms of different levels, and an effect for each (entry, period)."""
    found = []
    for entered, size in sizes.items():
        for n in range(size):
            level = 10 * n + (entered or 0)
            for t in PERIODS:
                effect = effects.get((entered or 0, t), 0.0)
                found.append(Observation((entered, n), t, level + t * t + effect, entered))
    return found


GROWING = {(2, 2): 1.0, (2, 3): 2.0, (2, 4): 3.0, (3, 3): 4.0, (3, 4): 6.0}
SIZES: dict[int | None, int] = {2: 4, 3: 2, None: 4}


@pytest.mark.parametrize("controls", ["never", "not_yet"])
def test_growing_effects_are_found_cell_by_cell(controls: str) -> None:
    found = staggered_effects(rows(GROWING, SIZES), controls=controls)  # type: ignore[arg-type]
    after = {(c.group, c.period): c.value for c in found.cells if not c.is_before}
    assert after == pytest.approx(GROWING)
    assert {c.value for c in found.cells if c.is_before} == {0.0}


def test_cells_add_up_by_exposure_cohort_period_and_overall() -> None:
    found = staggered_effects(rows(GROWING, SIZES))
    shares = {2: 0.4, 3: 0.2}

    def mean(cells: list[tuple[int, int]]) -> float:
        weights = [shares[g] for g, _ in cells]
        values = [GROWING[cell] for cell in cells]
        return float(np.average(values, weights=weights))

    assert found.overall.value == pytest.approx(mean(list(GROWING)))
    assert found.by_exposure[0].value == pytest.approx(mean([(2, 2), (3, 3)]))
    assert found.by_exposure[2].value == pytest.approx(3)
    assert found.by_exposure[-1].value == 0
    assert found.by_group[3].value == pytest.approx(5)
    assert found.by_period[4].value == pytest.approx(mean([(2, 4), (3, 4)]))
    assert found.group_mean.value == pytest.approx((0.4 * 2 + 0.2 * 5) / 0.6)
    exposure = [found.by_exposure[e].value for e in (0, 1, 2)]
    assert found.exposure_mean.value == pytest.approx(np.mean(exposure))


def test_two_way_fixed_effects_would_have_said_less_than_the_smallest_cell() -> None:
    """Why it is here: with early entrants as controls of late ones, growth is taken away."""
    panel = rows({(2, t): 4.0 * (t - 1) for t in (2, 3, 4)}, {2: 3, 3: 3})
    firms = sorted({r.firm for r in panel})
    y = np.array([r.value for r in panel])
    columns = [[float(r.entered is not None and r.period >= r.entered) for r in panel]]
    columns += [[float(r.firm == firm) for r in panel] for firm in firms]
    columns += [[float(r.period == t) for r in panel] for t in PERIODS[1:]]
    naive = np.linalg.lstsq(np.array(columns).T, y, rcond=None)[0][0]
    found = staggered_effects(panel)
    assert naive < 2
    assert [(c.group, c.period, c.value) for c in found.cells if not c.is_before] == [(2, 2, 4.0)]
    assert set(found.skipped) == {(2, 3), (2, 4), (3, 2), (3, 3), (3, 4)}


def noisy(seed: int = 4) -> list[Observation]:
    random = np.random.default_rng(seed)
    return [
        Observation(f, t, float(random.normal(f % 7 + t, 1)), [2, 3, None][f % 3])
        for f in range(60)
        for t in PERIODS
    ]


def test_a_cells_error_is_that_of_two_means() -> None:
    panel = noisy()
    found = staggered_effects(panel, controls="never")
    value = {(r.firm, r.period): r.value for r in panel}
    cell = next(c for c in found.cells if (c.group, c.period) == (3, 4))
    spread = 0.0
    for group in (3, None):
        members = [f for f in range(60) if [2, 3, None][f % 3] == group]
        change = np.array([value[f, 4] - value[f, 2] for f in members])
        spread += ((change - change.mean()) ** 2).sum() / len(change) ** 2
    assert cell.error == pytest.approx(math.sqrt(spread))
    assert cell.is_impact


def test_an_aggregates_error_is_what_dropping_firms_one_by_one_says() -> None:
    panel = noisy()
    whole = staggered_effects(panel)
    without = [
        staggered_effects([r for r in panel if r.firm != firm]).overall.value for firm in range(60)
    ]
    jackknife = math.sqrt(59 / 60 * ((np.array(without) - np.mean(without)) ** 2).sum())
    assert whole.overall.error == pytest.approx(jackknife, rel=0.06)


def test_the_overall_effect_is_told_with_care() -> None:
    whole = staggered_effects(noisy()).estimate
    assert (whole.n_treated, whole.n_control) == (40, 20)
    assert verdict(whole).code == "not_distinguishable"
    few = staggered_effects(rows(GROWING, SIZES)).estimate
    assert (few.n_treated, few.n_control) == (6, 4)
    assert verdict(few).code == "too_few"


def test_firms_of_a_cluster_are_one_voice() -> None:
    panel = noisy()
    twins = [
        Observation((copy, r.firm), r.period, r.value, r.entered, r.firm)
        for copy in (0, 1)
        for r in panel
    ]
    one, two = staggered_effects(panel).overall, staggered_effects(twins).overall
    assert two.value == pytest.approx(one.value)
    assert two.error == pytest.approx(one.error)


def test_who_has_no_before_and_what_is_missing_are_left_out() -> None:
    panel = rows(GROWING, SIZES)
    early = [Observation("early", t, 1e6, 1) for t in PERIODS]
    gap = [r._replace(value=None) if r.firm == (2, 0) and r.period == 4 else r for r in panel]
    found = staggered_effects([*gap, *early])
    assert found.dropped == 1
    assert {(c.group, c.period): c.n_treated for c in found.cells}[2, 4] == 3
    assert found.overall.value == pytest.approx(staggered_effects(panel).overall.value)


def test_firms_that_act_on_news_move_the_base_back() -> None:
    news = {**GROWING, (3, 2): 5.0}
    plain, careful = (
        staggered_effects(rows(news, {3: 2, None: 2}), anticipation=n).cells for n in (0, 1)
    )
    assert {c.period: c.value for c in plain}[3] == pytest.approx(-1)
    assert {c.period: c.value for c in careful}[3] == pytest.approx(4)


def test_without_cohorts_or_controls_there_is_nothing_to_say() -> None:
    with pytest.raises(EngineError, match=r"^attribution\.no_cohorts"):
        staggered_effects([])
    with pytest.raises(EngineError, match=r"^attribution\.no_cohorts"):
        staggered_effects(rows({}, {None: 3}))
    with pytest.raises(EngineError, match=r"^attribution\.no_cohorts"):
        staggered_effects(rows({}, {2: 3}))
    with pytest.raises(EngineError, match=r"^attribution\.entered"):
        staggered_effects([Observation(1, 1, 1, 2), Observation(1, 2, 1, 3)])
