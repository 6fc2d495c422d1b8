"""A cohort on one page: firms by steps, readiness at the start and now, small projects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from digna.improvement import scales
from digna.improvement.models import ChecklistRun, Instrument
from digna.linkages.models import Cohort, CohortFirm, MarketMark, MarketStep, MiniProject

DONE = MarketMark.State.DONE


@dataclass(frozen=True, slots=True)
class Readiness:
    """One walk of the readiness list: how many points of how many."""

    run: ChecklistRun
    score: int
    most: int


@dataclass(frozen=True, slots=True)
class StepState:
    """A step and where a firm stands with it; None: nobody said."""

    step: MarketStep
    mark: MarketMark | None

    @property
    def state(self) -> str:
        """The state's code, "" for nothing said."""
        return self.mark.state if self.mark is not None else ""


@dataclass(frozen=True, slots=True)
class FirmLine:
    """A firm of a cohort on one line."""

    firm: CohortFirm
    states: Sequence[StepState]
    first: Readiness | None
    last: Readiness | None
    projects: Sequence[MiniProject]

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(one.state == DONE for one in self.states)

    @property
    def wanted(self) -> int:
        """How many steps are this firm's: those that do not concern it are not counted."""
        return sum(one.state != MarketMark.State.NOT_NEEDED for one in self.states)

    @property
    def has_channel(self) -> bool:
        """Whether a sales channel was opened."""
        return any(one.state == DONE and one.step.is_channel for one in self.states)


def steps() -> list[MarketStep]:
    """Return the steps in use, in their order."""
    return list(MarketStep.objects.filter(is_retired=False))


def lines(cohort: Cohort, only: CohortFirm | None = None) -> list[FirmLine]:
    """Return the firms of a cohort with their steps, in a fixed number of queries."""
    firms = cohort.firms.select_related("enterprise__place").prefetch_related(
        "marks__step", "projects__step"
    )
    if only is not None:
        firms = firms.filter(pk=only.pk)
    rows, wanted = list(firms), steps()
    walked = _readiness(cohort, [row.enterprise_id for row in rows])
    return [_line(row, wanted, walked.get(row.enterprise_id, [])) for row in rows]


def _line(row: CohortFirm, wanted: Sequence[MarketStep], walked: list[Readiness]) -> FirmLine:
    marks = {mark.step_id: mark for mark in row.marks.all()}
    shown = list(wanted) + [
        mark.step for mark in marks.values() if mark.step.is_retired
    ]  # what was marked stays to be read
    return FirmLine(
        firm=row,
        states=[StepState(step, marks.get(step.pk)) for step in shown],
        first=walked[0] if walked else None,
        last=walked[-1] if len(walked) > 1 else None,
        projects=list(row.projects.all()),
    )


def _readiness(cohort: Cohort, firms: Sequence[int]) -> dict[int, list[Readiness]]:
    runs = (
        ChecklistRun.objects.filter(
            enterprise__in=firms,
            version__instrument__kind=Instrument.Kind.CHECKLIST,
            version__instrument__code=cohort.checklist_code,
        )
        .select_related("version")
        .prefetch_related("answers")
        .order_by("on", "pk")
    )
    found: dict[int, list[Readiness]] = {}
    for run in runs:
        found.setdefault(run.enterprise_id, []).append(_scored(run))
    return found


def _scored(run: ChecklistRun) -> Readiness:
    codes = [item["code"] for item in run.version.items]
    answers = {row.item_code: row.value for row in run.answers.all()}
    tally = scales.tally(run.version.document["scale"], codes, answers)
    return Readiness(run, tally.score, tally.score_most)


def checklist(cohort: Cohort) -> Instrument | None:
    """Return the readiness list of a cohort, where the kit is installed."""
    return Instrument.objects.filter(
        kind=Instrument.Kind.CHECKLIST, code=cohort.checklist_code, retired_on=None
    ).first()


def listed(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """Return cohorts with how many firms are in, left, and opened a channel."""
    return cohorts.select_related("programme", "partner").annotate(
        firm_count=Count("firms", filter=Q(firms__left_on=None), distinct=True),
        left_count=Count("firms", filter=Q(firms__left_on__isnull=False), distinct=True),
        channel_count=Count(
            "firms",
            filter=Q(firms__marks__state=DONE, firms__marks__step__is_channel=True),
            distinct=True,
        ),
    )


def is_over(cohort: Cohort, today: date) -> bool:
    """Whether a cohort has ended."""
    return cohort.ends_on is not None and cohort.ends_on < today
