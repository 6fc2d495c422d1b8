"""Rounds as lists and summaries show them; who takes part; what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from digna.rounds import access
from digna.rounds.models import BusinessRound, Meeting, Party, Timetable, Wish

Stage = BusinessRound.Stage
State = Party.State
ORDER = (Stage.PREPARING, Stage.OPEN, Stage.CLOSED, Stage.PUBLISHED, Stage.HELD)


def rounds(user: object, q: str = "", stage: str = "") -> QuerySet[BusinessRound]:
    """Return the rounds a user may see, with how many are in and how many meetings were held."""
    rows = access.visible_rounds(user).select_related("programme", "partner")
    if q:
        rows = rows.filter(Q(title_es__icontains=q) | Q(title_en__icontains=q))
    if stage:
        rows = rows.filter(stage=stage)
    return rows.annotate(
        buyer_count=_parties(Party.Side.BUYER),
        firm_count=_parties(Party.Side.FIRM),
        meeting_count=Count(
            "meetings", filter=~Q(meetings__state=Meeting.State.CANCELLED), distinct=True
        ),
        held_count=Count("meetings", filter=Q(meetings__state=Meeting.State.HELD), distinct=True),
    ).order_by("-held_on", "-pk")


def _parties(side: str) -> Count:
    inside = Q(parties__side=side, parties__state=State.REGISTERED)
    return Count("parties", filter=inside, distinct=True)


def stage_counts(user: object) -> dict[str, int]:
    """Return how many rounds are in each stage."""
    rows = access.visible_rounds(user).order_by().values("stage").annotate(n=Count("pk"))
    return {row["stage"]: row["n"] for row in rows}


@dataclass(frozen=True, slots=True)
class SideCount:
    """One side of a round in figures."""

    label: str
    invited: int
    registered: int
    wished: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Where a round stands."""

    sides: Sequence[SideCount]
    slot_count: int
    capacity: int
    must_both: int
    wish_count: int
    published: Timetable | None
    drafts: int


def summary(row: BusinessRound) -> Summary:
    """Return a round in figures, each with its n of N."""
    slots = row.slots.filter(is_break=False).count()
    said = Wish.objects.filter(party__round=row).exclude(says=Wish.Says.NO)
    mutual = said.filter(
        says=Wish.Says.MUST,
        party__side=Party.Side.BUYER,
        other__wishes__other=F("party"),
        other__wishes__says=Wish.Says.MUST,
    )
    return Summary(
        sides=[_side(row, side) for side in Party.Side],
        slot_count=slots,
        capacity=slots * row.tables,
        must_both=mutual.count(),
        wish_count=said.count(),
        published=row.timetables.filter(state=Timetable.State.PUBLISHED).first(),
        drafts=row.timetables.filter(state=Timetable.State.DRAFT).count(),
    )


def _side(row: BusinessRound, side: Party.Side) -> SideCount:
    found = row.parties.filter(side=side).aggregate(
        invited=Count("pk", filter=~Q(state=State.WITHDRAWN)),
        registered=Count("pk", filter=Q(state=State.REGISTERED)),
        wished=Count("pk", filter=Q(state=State.REGISTERED, wished_at__isnull=False)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
    )
    label = _("Compradores") if side == Party.Side.BUYER else _("Empresas")
    return SideCount(label=label, **found)


def stages(row: BusinessRound) -> tuple[list[str], int]:
    """Return the words of the stages and which one is now (from 1)."""
    words = [_("Preparar"), _("Inscribir"), _("Agendar"), _("Reunir"), _("Seguir")]
    now = ORDER.index(row.stage) + 1 if row.stage in ORDER else 0
    return words, now


def parties(row: BusinessRound, side: str = "", state: str = "", q: str = "") -> Any:
    """Return who takes part, with how many wishes and meetings each has."""
    rows = row.parties.select_related("buyer__organisation", "enterprise__place")
    if side:
        rows = rows.filter(side=side)
    if state:
        rows = rows.filter(state=state)
    if q:
        named = Q(buyer__organisation__name__icontains=q) | Q(enterprise__name__icontains=q)
        rows = rows.filter(named | Q(contact_name__icontains=q))
    planned = Meeting.State.CANCELLED
    return rows.annotate(
        wish_count=Count("wishes", distinct=True),
        as_buyer=Count(
            "meetings_as_buyer", filter=~Q(meetings_as_buyer__state=planned), distinct=True
        ),
        as_firm=Count(
            "meetings_as_firm", filter=~Q(meetings_as_firm__state=planned), distinct=True
        ),
    ).order_by("side", "buyer__organisation__name", "enterprise__name", "pk")


def party_counts(row: BusinessRound) -> dict[tuple[str, str], int]:
    """Return how many are in each side and state."""
    rows = row.parties.order_by().values("side", "state").annotate(n=Count("pk"))
    return {(one["side"], one["state"]): one["n"] for one in rows}
