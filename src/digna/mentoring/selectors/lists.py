"""Lists and pages of cohorts, applications, mentors and drafts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from digna.mentoring import access
from digna.mentoring.models import Application, Cohort, Draft, Mentor, Outcome, Pair, Proposal
from digna.mentoring.selectors import health
from digna.web.languages import either

State = Application.State


def cohorts(user: object) -> QuerySet[Cohort]:
    """Return the cohorts with how many applied, were accepted, and go along."""
    return (
        access.visible_cohorts(user)
        .select_related("programme", "partner")
        .annotate(
            applied=Count("applications", distinct=True),
            accepted=Count(
                "applications", filter=Q(applications__state=State.ACCEPTED), distinct=True
            ),
            going=Count("pairs", filter=Q(pairs__state=Pair.State.ACTIVE), distinct=True),
        )
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """A cohort in numbers, each with what it is of."""

    applied: int
    waiting: int
    accepted: int
    paired: int
    going: int
    asked: int
    with_alert: int
    sessions: int
    measured: Mapping[int, tuple[int, int]]


def figures(cohort: Cohort, today: date) -> Figures:
    """Return a cohort in numbers."""
    states = dict(cohort.applications.order_by().values_list("state").annotate(n=Count("pk")))
    rows = health.of_pairs(pairs_of(cohort), today)
    started = {h.pair.application_id for h in rows if h.pair.state in Pair.STARTED}
    going = [h for h in rows if h.state == Pair.State.ACTIVE]
    return Figures(
        applied=sum(states.values()),
        waiting=states.get(State.RECEIVED, 0),
        accepted=states.get(State.ACCEPTED, 0),
        paired=len(started),
        going=len(going),
        asked=sum(h.state == Pair.State.ASKED for h in rows),
        with_alert=sum(bool(h.alerts) for h in going),
        sessions=sum(h.held for h in rows),
        measured=measured(cohort, len(started)),
    )


def measured(cohort: Cohort, of: int) -> Mapping[int, tuple[int, int]]:
    """Return by point how many were measured, of how many who had a mentor."""
    counts = dict(
        Outcome.objects.filter(
            application__cohort=cohort, application__pairs__state__in=Pair.STARTED
        )
        .order_by()
        .values_list("point")
        .annotate(n=Count("application", distinct=True))
    )
    return {int(point): (counts.get(int(point), 0), of) for point in Outcome.Point}


def pairs_of(cohort: Cohort) -> QuerySet[Pair]:
    """Return a cohort's pairs with the people of each."""
    return cohort.pairs.select_related(
        "cohort", "application__person", "application__enterprise", "mentor__person"
    )


def applications(cohort: Cohort, state: str = "", q: str = "") -> QuerySet[Application]:
    """Return a cohort's applications, the eldest first."""
    rows = cohort.applications.select_related("person__place__parent", "enterprise", "sector")
    if state in State.values:
        rows = rows.filter(state=state)
    for word in q.split():
        rows = rows.filter(
            Q(person__given_names__icontains=word)
            | Q(person__surnames__icontains=word)
            | Q(business__icontains=word)
        )
    return rows


@dataclass(frozen=True, slots=True)
class MentorLine:
    """A mentor in the list: places taken of how many."""

    mentor: Mentor
    taken: int
    capacity: int

    @property
    def free(self) -> int:
        """Places left."""
        return max(0, self.capacity - self.taken)


def mentors(user: object, q: str = "", free: str = "") -> list[MentorLine]:
    """Return the mentors a user sees with their places, three queries."""
    rows = (
        access.visible_mentors(user)
        .select_related("person__place", "partner")
        .annotate(
            capacity=Count("seats", distinct=True),
            taken=Count("pairs", filter=Q(pairs__state__in=Pair.HOLDING), distinct=True),
        )
    )
    for word in q.split():
        rows = rows.filter(
            Q(person__given_names__icontains=word)
            | Q(person__surnames__icontains=word)
            | Q(headline__icontains=word)
        )
    lines = [MentorLine(row, row.taken, row.capacity) for row in rows]
    if free == "libres":
        return [line for line in lines if line.mentor.is_available and line.free]
    return lines


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A mentee in a draft: her proposals in order, or why she has none."""

    application: Application
    proposals: tuple[Proposal, ...]
    why_none: str

    @property
    def chosen(self) -> Proposal | None:
        """The proposal that waits for a decision or was confirmed."""
        live = [p for p in self.proposals if p.decision != Proposal.Decision.SET_ASIDE]
        return live[0] if live else None

    @property
    def rank(self) -> int:
        """What is to be decided comes first, then who was left over, then what is done."""
        if self.chosen is None:
            return 1
        return 0 if self.chosen.decision == Proposal.Decision.PENDING else 2


def draft_lines(draft: Draft) -> list[DraftLine]:
    """Return every mentee that went into a draft: to be decided, left over, confirmed."""
    found: dict[int, list[Proposal]] = {}
    rows = draft.proposals.select_related("mentor__person", "application__person", "draft")
    for row in rows.order_by("is_by_hand", "place"):
        found.setdefault(row.application_id, []).append(row)
    left = {one["key"]: either(one["es"], one["en"]) for one in draft.result.get("unmatched", ())}
    keys = [one["key"] for one in draft.inputs.get("mentees", ())]
    people = {
        str(a.public_id): a
        for a in Application.objects.filter(public_id__in=keys).select_related("person")
    }
    lines = [
        DraftLine(people[key], tuple(found.get(people[key].pk, ())), left.get(key, ""))
        for key in keys
        if key in people
    ]
    return sorted(lines, key=lambda line: line.rank)


def warnings(draft: Draft) -> list[str]:
    """Return what the matching warns of."""
    return [either(one["es"], one["en"]) for one in draft.result.get("warnings", ())]


def expected_outcomes(cohort: Cohort) -> list[dict[str, Any]]:
    """Return who is to be measured and what is known of each, at every point."""
    started = Pair.objects.filter(cohort=cohort, state__in=Pair.STARTED).values("application")
    rows = (
        cohort.applications.filter(pk__in=started)
        .select_related("person", "enterprise")
        .prefetch_related("outcomes")
        .order_by("person__surnames", "person__given_names", "pk")
    )
    return [
        {
            "application": row,
            "points": [
                (point, next((o for o in row.outcomes.all() if o.point == point), None))
                for point in Outcome.Point
            ],
        }
        for row in rows
    ]
