"""Everything a firm's board shows, in its page, on the wall and on the owner's telephone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from digna.improvement import kpis, savings, sentences
from digna.improvement.models import BoardKpi, Observation, Project
from digna.improvement.models.measurements import Point
from digna.registry.models import Enterprise
from digna.web.svg import Trend, trend

POINTS_DRAWN = 8


@dataclass(frozen=True, slots=True)
class KpiCard:
    """One KPI of the board: before, now, how it changed, and the row each comes from."""

    kpi: BoardKpi
    name: str
    unit: str
    decimals: int
    better: str
    before: Observation | None
    now: Observation | None
    change: kpis.Change | None
    verdict: str
    spark: Trend | None
    values: tuple[Observation, ...]
    waiting: int

    @property
    def rule_code(self) -> str:
        """The KPI's code: PROD, DEF…"""
        return self.kpi.instrument.code

    @property
    def mark(self) -> str:
        """How a badge is coloured: "good", "warning" or ""."""
        is_better = None if self.change is None else self.change.is_better
        return {True: "good", False: "warning", None: ""}[is_better]


@dataclass(frozen=True, slots=True)
class Board:
    """A firm's board on a day."""

    enterprise: Enterprise
    as_of: date
    cards: tuple[KpiCard, ...]
    projects: tuple[Project, ...]
    saved_each_year: savings.Total
    saved_once: savings.Total
    saved_this_year: savings.Total
    projects_done: int
    projects_waiting: int

    @property
    def next_steps(self) -> tuple[str, ...]:
        """What to do next, in plain sentences."""
        return sentences.next_steps(self)


def of(enterprise: Enterprise, as_of: date) -> Board:
    """Return everything the board of a firm shows on a day; what came later is left out."""
    sector = enterprise.sector.code if enterprise.sector is not None else ""
    cards = tuple(card_of(kpi, as_of, sector) for kpi in _kpis(enterprise))
    projects = tuple(projects_of(enterprise, as_of))
    sums = [saving_of(project) for project in projects]
    return Board(
        enterprise=enterprise,
        as_of=as_of,
        cards=cards,
        projects=projects,
        saved_each_year=savings.recurring(sums, "BOB"),
        saved_once=savings.one_off(sums, "BOB"),
        saved_this_year=savings.in_year(sums, "BOB", as_of),
        projects_done=sum(p.status == Project.Status.DONE for p in projects),
        projects_waiting=sum(p.review == Project.Review.WAITING for p in projects),
    )


def _kpis(enterprise: Enterprise) -> list[BoardKpi]:
    standing = Observation.objects.standing().select_related("version", "measurement")
    rows = BoardKpi.objects.filter(enterprise=enterprise, retired_on=None)
    return list(
        rows.select_related("instrument__current").prefetch_related(
            Prefetch("observations", queryset=standing, to_attr="standing_values")
        )
    )


def projects_of(enterprise: Enterprise, as_of: date) -> list[Project]:
    """Return the firm's projects begun by a day, what is under way first."""
    rows = Project.objects.filter(enterprise=enterprise, starts_on__lte=as_of)
    rows = rows.select_related("overlaps").prefetch_related("photos")
    rank = {"doing": 0, "planned": 1, "done": 2, "dropped": 3}
    return sorted(rows, key=lambda p: (rank[p.status], p.due_on or date.max, p.pk))


def card_of(kpi: BoardKpi, as_of: date, sector: str) -> KpiCard:
    """Return one KPI with its values known on a day; `kpi.standing_values` was fetched before."""
    version = kpi.instrument.current
    assert version is not None  # noqa: S101 — chosen KPIs have a version
    rule = kpis.Kpi.of(version.document)
    stored: Sequence[Observation] = kpi.standing_values  # type: ignore[attr-defined]
    values = tuple(
        sorted((o for o in stored if o.period_end <= as_of), key=lambda o: (o.period_end, o.pk))
    )
    before, now = pair(rule, values, sector)
    found = None
    if now is not None:
        found = kpis.change(rule, None if before is None else before.reading, now.reading, sector)
    return KpiCard(
        kpi=kpi,
        name=str(version),
        unit=version.say("unit"),
        decimals=int(version.document["decimals"]),
        better=rule.better,
        before=before,
        now=now,
        change=found,
        verdict=sentences.verdict(found, rule.better),
        spark=_spark([o for o in values if o.review != Observation.Review.WAITING]),
        values=values,
        waiting=sum(o.review == Observation.Review.WAITING for o in stored),
    )


def pair(
    rule: kpis.Kpi, values: Sequence[Observation], sector: str
) -> tuple[Observation | None, Observation | None]:
    """Return the value to compare with and the latest one.

    Before is the baseline where there is one, else the first; in a trade with seasons, the
    earliest of the same months. Values that wait for review are shown, not compared.
    """
    known = [o for o in values if o.review != Observation.Review.WAITING]
    if not known:
        return None, None
    now = known[-1]
    earlier = known[:-1]
    if rule.is_seasonal_in(sector):
        same = [o for o in earlier if kpis.same_season(o.reading, now.reading)]
        earlier = same or earlier
    bases = [o for o in earlier if _is_baseline(o)]
    return next(iter(bases or earlier), None), now


def _is_baseline(observation: Observation) -> bool:
    measurement = observation.measurement
    return measurement is not None and measurement.point == Point.BASELINE


def _spark(values: Sequence[Observation]) -> Trend | None:
    shown = values[-POINTS_DRAWN:]
    if len(shown) < 2:
        return None
    points: list[tuple[str, Decimal | None]] = [(f"{o.period_end:%m/%y}", o.value) for o in shown]
    return trend(points, kind="line")


def saving_of(project: Project) -> savings.Saving:
    """Return the plain values that sums of savings work on."""
    return savings.Saving(
        amount=project.saving,
        currency=project.currency,
        is_recurring=project.saving_kind == Project.SavingKind.RECURRING,
        running_cost=project.running_cost,
        since=project.done_on,
        counts=project.counts_in_total,
    )


def annual_saving(enterprise: Enterprise) -> Decimal | None:
    """Return what a firm's projects save each year in bolivianos; None where none is known."""
    sums = [saving_of(project) for project in Project.objects.filter(enterprise=enterprise)]
    return savings.recurring(sums, "BOB").amount


def histories(rows: Iterable[Observation]) -> dict[int, list[Observation]]:
    """Return values by KPI of the board, the latest first."""
    found: dict[int, list[Observation]] = defaultdict(list)
    for row in rows:
        found[row.board_kpi_id].insert(0, row)
    return found
