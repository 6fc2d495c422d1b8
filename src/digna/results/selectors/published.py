"""What of a programme is public: which edition of its figures, each made safe to be shown."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from digna.programmes.models import Programme
from digna.results import parts, publishing
from digna.results.models import Figure, Indicator, ReportingPeriod
from digna.results.publishing import PublicFigure
from digna_engines.indicators import Slice


@dataclass(frozen=True, slots=True)
class Edition:
    """Which figures are shown: those of a frozen period, else the current ones, and of what day."""

    period: ReportingPeriod | None
    as_of: datetime | None

    @property
    def is_frozen(self) -> bool:
        """Whether these figures will not change."""
        return self.period is not None


@dataclass(frozen=True, slots=True)
class Published:
    """An indicator with its figure made safe."""

    indicator: Indicator
    figure: Figure | None
    public: PublicFigure | None


def edition(programme: Programme) -> Edition:
    """Return the frozen period that reaches furthest from the programme's first day.

    Else the current figures: what was frozen of one year alone would pass for all there is.
    """
    frozen = ReportingPeriod.objects.filter(
        programme=programme,
        state=ReportingPeriod.State.FROZEN,
        starts_on__lte=programme.starts_on,
    )
    period = frozen.order_by("-ends_on", "starts_on").first()
    if period is not None:
        return Edition(period, period.frozen_at)
    computation = getattr(
        Programme.objects.select_related("computation").get(pk=programme.pk), "computation", None
    )
    return Edition(None, computation.computed_at if computation is not None else None)


def published(programme: Programme, of: Edition, code: str = "") -> tuple[Published, ...]:
    """Return the public indicators with their figures made safe; one only if a code is given."""
    kind = Figure.Kind.FROZEN if of.is_frozen else Figure.Kind.CURRENT
    figures = Figure.objects.filter(period=of.period, kind=kind).defer("records", "workings")
    rows = (
        Indicator.objects.filter(programme=programme, is_public=True, is_reported=False)
        .select_related("area")
        .prefetch_related(Prefetch("figures", queryset=figures, to_attr="shown"))
        .order_by("area__order", "order", "pk")
    )
    if code:
        rows = rows.filter(code=code)
    return tuple(_published(row) for row in rows)


def _published(row: Indicator) -> Published:
    figures: list[Figure] = row.shown  # type: ignore[attr-defined]
    if not figures:
        return Published(row, None, None)
    figure = figures[0]
    whole = Slice(None, figure.numerator, figure.denominator, figure.value, figure.n or 0)
    safe = publishing.publish(whole, figure.cohort, parts.read(figure.parts), figure.record_kind)
    return Published(row, figure, safe)
