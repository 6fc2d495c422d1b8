"""What a round came to: held of scheduled, intended beside paid, followed up n of N."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from digna.linkages import amounts
from digna.linkages.amounts import Followed, Measure, Tally
from digna.linkages.following import Due
from digna.linkages.models import Deal
from digna.linkages.selectors import deals as deal_selectors
from digna.linkages.selectors.deals import DealStanding
from digna.rounds.models import BusinessRound, Meeting, Party
from digna.rounds.selectors import agendas
from digna.rounds.selectors.links import Contact, contact_of

State = Meeting.State


@dataclass(frozen=True, slots=True)
class Came:
    """One meeting with its slips, its deal and what is known since."""

    meeting: Meeting
    interest: int | None
    disagree: bool
    standing: DealStanding | None
    is_followed: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """Some meetings together. Intended and paid stand side by side and are never added."""

    scheduled: int
    held: int
    not_held: int
    with_interest: int
    deals: int
    money: Followed

    @property
    def unknown(self) -> int:
        """Scheduled meetings of which nobody said whether they were held."""
        return self.scheduled - self.held - self.not_held


@dataclass(frozen=True, slots=True)
class OfParty:
    """The totals of one buyer or firm."""

    party: Party
    totals: Totals


@dataclass(frozen=True, slots=True)
class Result:
    """A round's result."""

    totals: Totals
    by_buyer: Sequence[OfParty]
    by_firm: Sequence[OfParty]
    taken_out: int
    firms_met: int
    firms_registered: int
    fewest: int
    most: int


def came_of(row: BusinessRound) -> list[Came]:
    """Return every scheduled meeting with what came of it, in a fixed number of queries."""
    meetings = list(agendas.agenda(row))
    keys = [m.deal_id for m in meetings if m.deal_id is not None]
    deals: QuerySet[Deal] = deal_selectors.with_steps(Deal.objects.filter(pk__in=keys))
    standing = {found.deal.pk: found for found in deal_selectors.standings(deals)}
    return [_came(m, standing.get(m.deal_id or 0)) for m in meetings]


def _came(meeting: Meeting, standing: DealStanding | None) -> Came:
    slips = list(meeting.slips.all())
    said = [slip.interest for slip in slips if slip.interest is not None]
    told = {(slip.amount, slip.currency) for slip in slips if slip.amount is not None}
    return Came(
        meeting=meeting,
        interest=max(said, default=None),
        disagree=len(told) > 1 or len({slip.was_held for slip in slips}) > 1,
        standing=standing,
        is_followed=standing is not None and standing.is_followed_up,
    )


def totals(rows: Iterable[Came]) -> Totals:
    """Return meetings together; a deal counts once."""
    found = list(rows)
    with_deal = [came for came in found if came.standing is not None]
    intended, realised = Tally(Measure.INTENDED), Tally(Measure.REALISED)
    for came in with_deal:
        assert came.standing is not None  # noqa: S101 — chosen so
        intended += came.standing.intended
        realised += came.standing.realised
    followed = sum(came.is_followed for came in with_deal)
    return Totals(
        scheduled=len(found),
        held=sum(came.meeting.state == State.HELD for came in found),
        not_held=sum(came.meeting.state == State.NOT_HELD for came in found),
        with_interest=sum((came.interest or 0) >= 2 for came in found),
        deals=len(with_deal),
        money=amounts.followed(intended, realised, followed_up=followed, of=len(with_deal)),
    )


def result(row: BusinessRound) -> Result:
    """Return what a round came to, whole, by buyer and by firm."""
    found = came_of(row)
    buyers: dict[Party, list[Came]] = {}
    firms: dict[Party, list[Came]] = {}
    for came in found:
        buyers.setdefault(came.meeting.buyer, []).append(came)
        firms.setdefault(came.meeting.firm, []).append(came)
    inside = list(row.parties.filter(side=Party.Side.FIRM, state=Party.State.REGISTERED))
    counts = [len(firms.get(party, ())) for party in inside]
    held = {c.meeting.firm_id for c in found if c.meeting.state == State.HELD}
    return Result(
        totals=totals(found),
        by_buyer=_each(buyers),
        by_firm=_each(firms),
        taken_out=row.meetings.filter(state=State.CANCELLED).count(),
        firms_met=len(held),
        firms_registered=len(inside),
        fewest=min(counts, default=0),
        most=max(counts, default=0),
    )


def _each(grouped: dict[Party, list[Came]]) -> list[OfParty]:
    rows = [OfParty(party, totals(found)) for party, found in grouped.items()]
    return sorted(rows, key=lambda one: (-one.totals.held, one.party.name))


@dataclass(frozen=True, slots=True)
class Chase:
    """A meeting whose deal is due to be asked after."""

    came: Came
    due: Due
    contact: Contact


def chases(row: BusinessRound, today: date, request: HttpRequest) -> list[Chase]:
    """Return whom to ask what was really sold, the oldest first."""
    words = _("De su reunión en «%(round)s»: ¿qué se vendió? Cuéntenos en un minuto:")
    found = []
    for came in came_of(row):
        due = came.standing.due if came.standing is not None else None
        if due is not None and due.on <= today:
            contact = contact_of(came.meeting.firm, request, words % {"round": row.title})
            found.append(Chase(came, due, contact))
    return sorted(found, key=lambda one: (one.due.on, one.came.meeting.firm.name))


def asked_after(deals: Iterable[int], today: date) -> set[int]:
    """Return which of these deals are due to be asked after."""
    rows = deal_selectors.with_steps(Deal.objects.filter(pk__in=list(deals)))
    standing = deal_selectors.standings(rows)
    return {s.deal.pk for s in standing if s.due is not None and s.due.on <= today}
