"""Cohorts that enter one after the other: group-time effects and what they add up to.

Two-way fixed effects compare late entrants with early ones already treated and can give the wrong
sign when effects grow; here every cohort is compared only with firms not (yet) treated.

Looked at before writing it: pyfixest 0.60 (well kept; its saturated event study has neither
not-yet-treated controls nor the error of the groups' shares in an aggregate), csdid, differences,
diff-diff and moderndid (young, each with pandas and much else to run). Without covariates the
estimator is means and their influence functions: short enough to own, and the tests hold it to
pyfixest where the two speak of the same thing.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from digna_engines.attribution.estimates import LEAST_PER_ARM, VERSION, Estimate
from digna_engines.attribution.pairs import Array, numbered
from digna_engines.errors import EngineError

Controls = Literal["never", "not_yet"]
_Z = 1.959963984540054


class Observation(NamedTuple):
    """One firm in one period: its value (``None`` not known), and when it entered.

    ``entered`` is the first period with the programme, ``None`` for a firm that never entered;
    periods are numbers in their order (years, or quarters counted). ``cluster`` as in ``Firm``.
    """

    firm: Hashable
    period: int
    value: float | None
    entered: int | None
    cluster: Hashable = None


@dataclass(frozen=True)
class GroupTime:
    """ATT(g, t): the effect in period ``period`` on those that entered in ``group``.

    ``is_before`` for periods before entry, where an effect would betray different trends.
    """

    group: int
    period: int
    value: float
    error: float | None
    n_treated: int
    n_control: int
    is_before: bool

    @property
    def is_impact(self) -> bool:
        """Whether there are enough firms on both sides to tell it as impact."""
        return min(self.n_treated, self.n_control) >= LEAST_PER_ARM


@dataclass(frozen=True)
class Combined:
    """A weighted mean of group-time effects, with its error and normal interval at 95 %."""

    value: float
    error: float
    low: float
    high: float


@dataclass(frozen=True)
class Staggered:
    """What rolling entry shows.

    Symbols: ``cells`` every ATT(g, t); ``overall`` their mean over treated cells by size of group;
    ``by_exposure`` by periods since entry (negative: before), ``by_group`` by cohort,
    ``by_period`` by calendar; ``exposure_mean`` and ``group_mean`` over those; ``skipped`` cells
    (g, t) without a comparison.
    """

    cells: tuple[GroupTime, ...]
    overall: Combined
    by_exposure: Mapping[int, Combined]
    by_group: Mapping[int, Combined]
    by_period: Mapping[int, Combined]
    exposure_mean: Combined
    group_mean: Combined
    controls: Controls
    n: int
    dropped: int
    skipped: tuple[tuple[int, int], ...]
    version: str = VERSION

    @property
    def estimate(self) -> Estimate:
        """The overall effect as an estimate, so that ``verdict`` says what may be told of it.

        ``n_treated`` firms of the cohorts, ``n_control`` the fewest that any treated cell had to
        compare with; normal approximation (``df`` is ``None``).
        """
        after = [cell for cell in self.cells if not cell.is_before]
        cohorts = {
            group: max(cell.n_treated for cell in after if cell.group == group)
            for group in {cell.group for cell in after}
        }
        found = self.overall
        return Estimate(
            found.value,
            found.error,
            found.low,
            found.high,
            2 * NormalDist().cdf(-abs(found.value / found.error)) if found.error > 0 else None,
            None,
            0.95,
            sum(cohorts.values()),
            min(cell.n_control for cell in after),
            "staggered_effects",
            dropped=self.dropped,
        )


@dataclass(frozen=True)
class _Panel:
    values: Array  # firms × periods, nan where not known
    periods: list[int]
    entered: Array  # firms, inf for never
    clusters: npt.NDArray[np.int64]
    dropped: int


def staggered_effects(
    observations: Iterable[Observation], *, controls: Controls = "not_yet", anticipation: int = 0
) -> Staggered:
    """Group-time average effects and their aggregations.

    Formula
        ATT(g, t) = mean(Y_t - Y_b | entered in g) - mean(Y_t - Y_b | controls), b the last period
        before entry (g - 1, less ``anticipation``); before entry, b is the period before t.
        Aggregates weigh cells by P(G = g); their errors come from the influence functions of the
        cells and of those shares.
    Symbols
        ``controls`` «never»: firms that never entered; «not_yet»: those and the ones that enter
        after t (and after b). ``anticipation`` periods in which firms may already act on news.
    Source
        Callaway and Sant'Anna (2021), without covariates: trends are parallel as they stand.
    Edge cases
        Firms that had entered by the first period are dropped, having no before; values that are
        missing leave their firm out of the cells that need them. A cell with fewer than two firms
        has no error. Errors are by cluster where clusters are named (normal approximation).
    Errors
        ``attribution.no_cohorts`` when nobody enters after the first period or nobody is left to
        compare with; ``attribution.entered`` for a firm with two dates of entry.

    >>> grown = {1: 0, 2: 2, 3: 4}
    >>> rows = [Observation(firm, t, firm + t + (grown[t] if firm < 2 else 0), entered)
    ...         for firm, entered in enumerate([2, 2, None, None]) for t in (1, 2, 3)]
    >>> found = staggered_effects(rows)
    >>> [(cell.period, cell.value) for cell in found.cells]
    [(2, 2.0), (3, 4.0)]
    >>> found.overall.value
    3.0
    """
    panel = _panel(list(observations))
    shares = {int(g): float((panel.entered == g).mean()) for g in _groups(panel)}
    cells: list[GroupTime] = []
    influences: list[Array] = []
    skipped: list[tuple[int, int]] = []
    for group in shares:
        for period in panel.periods[1:]:
            found = _cell(panel, group, period, controls, anticipation)
            if found is None:
                skipped.append((group, period))
            else:
                cells.append(found[0])
                influences.append(found[1])
    if not any(not cell.is_before for cell in cells):
        raise _no_cohorts()
    return _assembled(panel, shares, cells, np.array(influences), controls, tuple(skipped))


def _panel(rows: list[Observation]) -> _Panel:
    periods = sorted({one.period for one in rows})
    at = {period: place for place, period in enumerate(periods)}
    firms = {label: place for place, label in enumerate(dict.fromkeys(one.firm for one in rows))}
    values = np.full((len(firms), len(periods)), np.nan)
    entered = np.full(len(firms), np.nan)
    clusters: dict[int, Hashable] = {}
    for one in rows:
        place = firms[one.firm]
        group = np.inf if one.entered is None else float(one.entered)
        if not np.isnan(entered[place]) and entered[place] != group:
            raise EngineError(
                "attribution.entered",
                f"La empresa «{one.firm}» tiene dos fechas de entrada: deje la primera.",
                f"The firm “{one.firm}” has two dates of entry: keep the first.",
                firm=one.firm,
            )
        entered[place] = group
        clusters[place] = one.firm if one.cluster is None else one.cluster
        if one.value is not None:
            values[place, at[one.period]] = one.value
    if periods:
        entered[entered > periods[-1]] = np.inf  # within this panel they never entered
        kept = entered > periods[0]
    else:
        kept = np.zeros(0, dtype=bool)
    names = numbered([clusters[place] for place in range(len(firms)) if kept[place]])
    return _Panel(values[kept], periods, entered[kept], names, int((~kept).sum()))


def _groups(panel: _Panel) -> list[float]:
    groups = sorted({float(g) for g in panel.entered if np.isfinite(g)})
    if not groups:
        raise _no_cohorts()
    return groups


def _base(panel: _Panel, group: int, period: int, anticipation: int) -> int | None:
    """The period that ``period`` is compared with, or ``None``."""
    before_entry = [p for p in panel.periods if p < group - anticipation]
    earlier = [p for p in panel.periods if p < period]
    if period >= group - anticipation:
        return before_entry[-1] if before_entry else None
    return earlier[-1] if earlier else None


def _cell(
    panel: _Panel, group: int, period: int, controls: Controls, anticipation: int
) -> tuple[GroupTime, Array] | None:
    base = _base(panel, group, period, anticipation)
    if base is None:
        return None
    change = panel.values[:, panel.periods.index(period)]
    change = change - panel.values[:, panel.periods.index(base)]
    known = np.isfinite(change)
    last = max(period, base) + anticipation
    free = np.isinf(panel.entered) if controls == "never" else panel.entered > last
    treated, control = known & (panel.entered == group), known & free & (panel.entered != group)
    n_treated, n_control = int(treated.sum()), int(control.sum())
    if n_treated == 0 or n_control == 0:
        return None
    mean_treated, mean_control = change[treated].mean(), change[control].mean()
    n = len(change)
    influence = np.zeros(n)
    influence[treated] = n / n_treated * (change[treated] - mean_treated)
    influence[control] = -n / n_control * (change[control] - mean_control)
    value = float(mean_treated - mean_control)
    error = _error(panel, influence) if min(n_treated, n_control) > 1 else None
    is_before = period < group
    return GroupTime(group, period, value, error, n_treated, n_control, is_before), influence


def _error(panel: _Panel, influence: Array) -> float:
    summed = np.bincount(panel.clusters, influence)
    return float(np.sqrt((summed**2).sum()) / len(influence))


def _assembled(
    panel: _Panel,
    shares: dict[int, float],
    cells: list[GroupTime],
    influences: Array,
    controls: Controls,
    skipped: tuple[tuple[int, int], ...],
) -> Staggered:
    mix = _Mixer(panel, shares, cells, influences)
    after = [i for i, cell in enumerate(cells) if not cell.is_before]
    exposures = sorted({cell.period - cell.group for cell in cells})
    by_exposure = {
        e: mix.weighted([i for i, c in enumerate(cells) if c.period - c.group == e])
        for e in exposures
    }
    groups = sorted({cells[i].group for i in after})
    by_group = {g: mix.mean([i for i in after if cells[i].group == g]) for g in groups}
    periods = sorted({cells[i].period for i in after})
    by_period = {t: mix.weighted([i for i in after if cells[i].period == t]) for t in periods}
    return Staggered(
        tuple(cells),
        mix.told(mix.weighted(after)),
        {e: mix.told(found) for e, found in by_exposure.items()},
        {g: mix.told(found) for g, found in by_group.items()},
        {t: mix.told(found) for t, found in by_period.items()},
        mix.told(mix.average([by_exposure[e] for e in exposures if e >= 0])),
        mix.told(mix.by_share(groups, [by_group[g] for g in groups])),
        controls,
        len(panel.entered),
        panel.dropped,
        skipped,
    )


_Mixed = tuple[float, Array]


class _Mixer:
    """Weighted means of cells, each with its influence function."""

    def __init__(
        self, panel: _Panel, shares: dict[int, float], cells: list[GroupTime], influences: Array
    ) -> None:
        self.panel, self.shares, self.cells, self.influences = panel, shares, cells, influences

    def weighted(self, chosen: list[int]) -> _Mixed:
        """Cells by the share of their group among all firms."""
        groups = [self.cells[i].group for i in chosen]
        return self.by_share(groups, [(self.cells[i].value, self.influences[i]) for i in chosen])

    def by_share(self, groups: list[int], parts: list[_Mixed]) -> _Mixed:
        """Parts by the share of their groups; the shares are estimated, and their error counts."""
        share = np.array([self.shares[g] for g in groups])
        values = np.array([value for value, _ in parts])
        total = share.sum()
        influence = (share / total) @ np.array([part for _, part in parts])
        member = np.array([(self.panel.entered == g).astype(float) for g in groups])
        off = member - share[:, None]
        of_weights = off / total - off.sum(axis=0)[None, :] * share[:, None] / total**2
        return float(share @ values / total), influence + values @ of_weights

    def mean(self, chosen: list[int]) -> _Mixed:
        """Cells of one group, each period alike."""
        return self.average([(self.cells[i].value, self.influences[i]) for i in chosen])

    def average(self, parts: list[_Mixed]) -> _Mixed:
        """Parts, each alike."""
        values = [value for value, _ in parts]
        return float(np.mean(values)), np.mean([part for _, part in parts], axis=0)

    def told(self, mixed: _Mixed) -> Combined:
        """A mean with its error and interval."""
        value, influence = mixed
        error = _error(self.panel, influence)
        return Combined(value, error, value - _Z * error, value + _Z * error)


def _no_cohorts() -> EngineError:
    return EngineError(
        "attribution.no_cohorts",
        "Ninguna cohorte entra después del primer período, o no queda con quién compararla.",
        "No cohort enters after the first period, or nobody is left to compare it with.",
    )
