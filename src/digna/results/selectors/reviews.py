"""The monthly page: each indicator of a period with its state, what is late, what moved since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digna.accounts import rights
from digna.accounts.models import User
from digna.journal import history
from digna.programmes.models import Programme
from digna.results import access, packing
from digna.results.models import (
    Figure,
    Indicator,
    IndicatorReview,
    ReportingPeriod,
    ReviewComment,
)
from digna.results.selectors import causes, overview, periods, reviewing
from digna.results.selectors.causes import Cause, Causes, Sought
from digna.results.selectors.overview import Chip
from digna.results.selectors.periods import WouldChange
from digna.results.selectors.reviewing import Said
from digna.web.numbers import number

State = IndicatorReview.State
KINDS = {"draft": "", "submitted": "now", "approved": "good", "frozen": "info"}
FEW = 3
"""Lines of the journal shown under each figure that moved; its own page shows them all."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One indicator in a period: what it says, how far its review is, what is asked about it."""

    indicator: Indicator
    said: str
    state: str
    word: str
    kind: str
    who: str
    returned: str
    has_moved: bool
    is_late: bool
    is_alone: bool
    open_comments: int
    url: str


@dataclass(frozen=True, slots=True)
class ReviewArea:
    """The indicators of one strategic area."""

    name: str
    rows: tuple[ReviewRow, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a frozen figure would become, and the lines of the journal that touched it."""

    change: WouldChange
    causes: Causes
    shown: tuple[Cause, ...]
    url: str

    @property
    def left_out(self) -> int:
        """How many lines only the indicator's own page shows."""
        return len(self.causes.lines) - len(self.shown)


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything the monthly page shows."""

    programme: Programme
    period: ReportingPeriod | None
    periods: tuple[Chip, ...]
    areas: tuple[ReviewArea, ...]
    counts: tuple[tuple[str, int], ...]
    moved: tuple[Moved, ...]
    late_count: int
    is_late: bool
    is_frozen: bool
    may_submit: bool
    may_approve: bool
    may_read_journal: bool


@dataclass(frozen=True, slots=True)
class OnePage:
    """One indicator in a period: its state, its thread, its history, what moved since."""

    programme: Programme
    period: ReportingPeriod
    row: ReviewRow
    review: IndicatorReview | None
    comments: tuple[ReviewComment, ...]
    history: list[history.Entry]
    moved: Moved | None
    may_submit: bool
    may_approve: bool
    may_withdraw: bool
    may_comment: bool
    may_read_journal: bool
    is_own: bool


def review_page(request: HttpRequest, programme: Programme, today: date) -> ReviewPage:
    """Return the monthly page of the period asked for, else of the next to close."""
    rows = tuple(ReportingPeriod.objects.filter(programme=programme))
    period = overview.chosen(rows, request.GET.get("periodo", "")) or next_to_close(rows, today)
    found = _rows(programme, period, today) if period is not None else ()
    frozen = period is not None and period.state == ReportingPeriod.State.FROZEN
    states = [row.state for row in found]
    late = sum(row.is_late for row in found)
    return ReviewPage(
        programme=programme,
        period=period,
        periods=_chips(rows, period),
        areas=_by_area(found),
        counts=tuple((str(word), states.count(state)) for state, word in State.choices),
        moved=_moved(period) if period is not None and frozen else (),
        late_count=late,
        is_late=late > 0,
        is_frozen=frozen,
        may_submit=rights.may(request.user, access.SUBMIT) and not frozen,
        may_approve=rights.may(request.user, access.APPROVE) and not frozen,
        may_read_journal="journal.search" in rights.codes_of(request.user),
    )


def next_to_close(rows: Iterable[ReportingPeriod], today: date) -> ReportingPeriod | None:
    """Return the period to look at: the latest that ended and is open, else the latest of all."""
    kept = list(rows)
    ended = [row for row in kept if row.state == "open" and row.ends_on < today]
    open_or_all = ended or kept
    return open_or_all[-1] if open_or_all else None


def _chips(rows: Iterable[ReportingPeriod], chosen: ReportingPeriod | None) -> tuple[Chip, ...]:
    marks = {"frozen": _("congelado")}
    return tuple(
        Chip(
            f"{row.label} · {marks[row.state]}" if row.state in marks else row.label,
            None,
            f"?periodo={row.pk}",
            row == chosen,
        )
        for row in rows
    )


def _rows(
    programme: Programme,
    period: ReportingPeriod,
    today: date,
    only: Indicator | None = None,
) -> tuple[ReviewRow, ...]:
    indicators = (
        [only]
        if only is not None
        else list(
            Indicator.objects.filter(programme=programme)
            .select_related("area")
            .order_by("area__order", "order", "pk")
        )
    )
    said = reviewing.said(period, indicators)
    reviews = {
        row.indicator_id: row
        for row in IndicatorReview.objects.filter(
            period=period, indicator__in=indicators
        ).select_related("submitted_by", "decided_by")
    }
    asked = dict(
        ReviewComment.objects.filter(period=period, indicator__in=indicators, resolved_at=None)
        .order_by()
        .values_list("indicator_id")
        .annotate(Count("pk"))
    )
    kept = indicators if only is not None else [row for row in indicators if row.pk in said]
    return tuple(
        _row(programme, period, one, said.get(one.pk), reviews.get(one.pk), asked, today)
        for one in kept
    )


def _row(
    programme: Programme,
    period: ReportingPeriod,
    indicator: Indicator,
    said: Said | None,
    review: IndicatorReview | None,
    asked: Mapping[int, int],
    today: date,
) -> ReviewRow:
    is_frozen = period.state == ReportingPeriod.State.FROZEN
    state = str(review.state) if review is not None else str(State.DRAFT)
    due = period.review_due_on
    moved = review is not None and state != State.DRAFT and said is not None
    return ReviewRow(
        indicator=indicator,
        said=said.text if said is not None else _("sin dato"),
        state=state,
        word=str(State(state).label),
        kind=KINDS[state],
        who=_who(review, state),
        returned=review.returned_because if review is not None and state == State.DRAFT else "",
        has_moved=moved and not is_frozen and review.seal != said.seal,  # type: ignore[union-attr]
        is_late=due is not None and due < today and state != State.APPROVED and not is_frozen,
        is_alone=review is not None and review.approved_alone,
        open_comments=asked.get(indicator.pk, 0),
        url=reverse("results:review_one", args=[programme.code, period.pk, indicator.code]),
    )


def _who(review: IndicatorReview | None, state: str) -> str:
    if review is None or state == State.DRAFT:
        return ""
    who = review.decided_by if state == State.APPROVED else review.submitted_by
    at = review.decided_at if state == State.APPROVED else review.submitted_at
    name = str(who) if who is not None else _("el sistema")
    return f"{name} · {at:%d/%m/%Y}" if at is not None else name


def _by_area(rows: Iterable[ReviewRow]) -> tuple[ReviewArea, ...]:
    groups: dict[str, list[ReviewRow]] = {}
    for row in rows:
        area = row.indicator.area
        name = area.name if area is not None else _("Sin área estratégica")
        groups.setdefault(name, []).append(row)
    return tuple(ReviewArea(name, tuple(found)) for name, found in groups.items())


def _moved(period: ReportingPeriod, only: Indicator | None = None) -> tuple[Moved, ...]:
    """Return what would change in a frozen period, each with the lines that explain it."""
    changes = [
        change for change in periods.changes_of(period) if only is None or change.indicator == only
    ]
    read: dict[str, list[Any]] = {}
    since = min((change.figure.as_of_line for change in changes), default=0)
    found = []
    for change in changes:
        source = str(change.figure.declaration.get("source", ""))
        if source not in read:
            read[source] = causes.changes_since(source, since)
        sought = _sought(change, source)
        after = [one for one in read[source] if one.line_id > sought.since]
        lines = causes.of(sought, after)
        shown = lines.lines if only is not None else lines.lines[:FEW]
        url = reverse(
            "results:review_one",
            args=[period.programme.code, period.pk, change.indicator.code],
        )
        found.append(Moved(change, lines, shown, url))
    return tuple(found)


def _sought(change: WouldChange, source: str) -> Sought:
    """Return the records that explain a change: those that came or went, or all that it counts."""
    keys = {str(key) for key in (*change.added, *change.removed)}
    figure = change.figure
    if not keys or figure.declaration.get("measure") not in causes.DIFFERENCES:
        packed = Figure.objects.values_list("records", flat=True).get(pk=figure.pk)
        keys |= {str(key) for key in packing.unpack(packed)}
    return Sought(source, figure.record_kind, frozenset(keys), figure.as_of_line)


def one_page(
    request: HttpRequest,
    programme: Programme,
    period: ReportingPeriod,
    indicator: Indicator,
    today: date,
) -> OnePage:
    """Return the page of one indicator in a period."""
    (row,) = _rows(programme, period, today, indicator)
    review = IndicatorReview.objects.filter(period=period, indicator=indicator).first()
    frozen = period.state == ReportingPeriod.State.FROZEN
    is_own = review is not None and review.submitted_by_id == request.user.pk
    sends = rights.may(request.user, access.SUBMIT)
    moved = _moved(period, indicator) if frozen else ()
    is_waiting = row.state == State.SUBMITTED and not frozen
    return OnePage(
        programme=programme,
        period=period,
        row=row,
        review=review,
        comments=tuple(
            ReviewComment.objects.filter(period=period, indicator=indicator).select_related(
                "author", "resolved_by"
            )
        ),
        history=_history(review),
        moved=moved[0] if moved else None,
        may_submit=sends and (row.state == State.DRAFT or row.has_moved) and not frozen,
        may_approve=rights.may(request.user, access.APPROVE)
        and row.state != "draft"
        and not frozen,
        may_withdraw=sends and is_own and is_waiting,
        may_comment=sends,
        may_read_journal="journal.search" in rights.codes_of(request.user),
        is_own=is_own,
    )


def _history(review: IndicatorReview | None) -> list[history.Entry]:
    """Return what happened to a review, without the columns it happened in."""
    if review is None:
        return []
    return [replace(entry, changes=()) for entry in history.history(review)]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something of a review that waits for a person: what, and where."""

    what: str
    url: str
    icon: str


def waiting(user: object, today: date) -> list[Waiting]:
    """Return what waits for a person on the first page: to approve, sent back to them, late."""
    found: list[Waiting] = []
    if rights.may(user, access.APPROVE):
        found += _to_decide(user, today)
    if isinstance(user, User) and rights.may(user, access.SUBMIT):
        back = IndicatorReview.objects.filter(
            submitted_by=user, state=State.DRAFT, period__programme__in=_visible(user)
        ).exclude(returned_because="")
        found += [
            Waiting(
                _("Le devolvieron «%(name)s» (%(period)s): %(why)s")
                % {"name": r.indicator, "period": r.period.label, "why": r.returned_because[:80]},
                reverse(
                    "results:review_one",
                    args=[r.period.programme.code, r.period_id, r.indicator.code],
                ),
                "undo-2",
            )
            for r in back.select_related("indicator", "period__programme")[:3]
        ]
    return found


def _visible(user: object) -> Any:
    return access.visible_programmes(user, access.SUBMIT).values("pk")


def _to_decide(user: object, today: date) -> list[Waiting]:
    """Return the open periods with something sent, or past their day."""
    sent = Count("reviews", filter=Q(reviews__state=State.SUBMITTED))
    rows = (
        ReportingPeriod.objects.filter(
            programme__in=access.visible_programmes(user, access.APPROVE).values("pk"),
            state=ReportingPeriod.State.OPEN,
        )
        .annotate(sent=sent)
        .filter(Q(sent__gt=0) | Q(review_due_on__lt=today))
        .select_related("programme")[:4]
    )
    return [
        Waiting(_decide_words(row), _review_url(row), "list-checks")
        for row in rows
        if row.sent or reviewing.unapproved(row)
    ]


def _decide_words(row: Any) -> str:
    if row.sent == 0:
        return _("Venció el plazo de revisión de %(period)s") % {"period": row.label}
    return ngettext(
        "%(n)s indicador de %(period)s espera su aprobación",
        "%(n)s indicadores de %(period)s esperan su aprobación",
        row.sent,
    ) % {"n": number(row.sent), "period": row.label}


def _review_url(row: ReportingPeriod) -> str:
    return reverse("results:review", args=[row.programme.code]) + f"?periodo={row.pk}"
