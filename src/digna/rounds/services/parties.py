"""Who takes part: invited, registered by their own link, on the waiting list, here or missing."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Q
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record, redaction
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.linkages.models import Buyer, Offer
from digna.linkages.models.buyers import new_token
from digna.registry.models import Enterprise, Person
from digna.rounds.models import BusinessRound, Meeting, Party, Slot, Wish
from digna.rounds.models.rounds import Mode, Presence
from digna.rounds.services.guards import NOT_OVER, Stage, locked, refuse_stage

PRODUCTS_MAX = 300
State = Party.State


@writes("rounds.buyers.invited")
def invite_buyers(*, actor: Actor, round: BusinessRound, buyers: Iterable[Buyer]) -> int:
    """Invite buyers, each with a link of its own; one that is in already stays as it is."""
    row = locked(round)
    refuse_stage(row, NOT_OVER)
    inside = set(row.parties.values_list("buyer", flat=True))
    rows = [
        Party(
            round=row, side=Party.Side.BUYER, buyer=buyer, invited_at=actor.at,
            language=_page_language(buyer), time_zone=buyer.time_zone,
            languages=list(buyer.languages), phone=buyer.phone,
            products=buyer.seeks_es[:PRODUCTS_MAX], presence=_presence(row, buyer.is_foreign),
        )
        for buyer in buyers if buyer.pk not in inside
    ]  # fmt: skip
    return len(record.add_many(rows))


@writes("rounds.firms.invited")
def invite_firms(
    *, actor: Actor, round: BusinessRound, firms: Iterable[Enterprise], waiting: bool = False
) -> int:
    """Invite firms, each with a link of its own; with `waiting`, onto the waiting list."""
    row = locked(round)
    refuse_stage(row, NOT_OVER)
    inside = set(row.parties.values_list("enterprise", flat=True))
    asked = [firm for firm in firms if firm.pk not in inside]
    offered = _offered(asked)
    rows = [
        Party(
            round=row, side=Party.Side.FIRM, enterprise=firm, invited_at=actor.at,
            time_zone=row.time_zone, languages=["es"], phone=firm.phone,
            products=offered.get(firm.pk, "")[:PRODUCTS_MAX], presence=_presence(row, False),
            state=State.WAITING if waiting else State.INVITED,
        )
        for firm in asked
    ]  # fmt: skip
    return len(record.add_many(rows))


def _offered(firms: Collection[Enterprise]) -> dict[int, str]:
    """What each firm's published offers are called."""
    found: dict[int, list[str]] = {}
    rows = Offer.objects.filter(enterprise__in=firms, state=Offer.State.PUBLISHED)
    for firm, name in rows.values_list("enterprise_id", "name_es"):
        found.setdefault(firm, []).append(name)
    return {firm: ", ".join(names) for firm, names in found.items()}


def _presence(row: BusinessRound, is_abroad: bool) -> str:
    if row.mode == Mode.VIRTUAL or (row.mode == Mode.HYBRID and is_abroad):
        return Presence.VIRTUAL
    return Presence.ON_SITE


def _page_language(buyer: Buyer) -> str:
    speaks = set(buyer.languages)
    return "en" if speaks and "es" not in speaks else "es-bo"


@writes("rounds.party.registered")
def register(
    *,
    actor: Actor,
    party: Party,
    away: Collection[Slot] = (),
    **values: Any,
) -> Party:
    """Register: who comes, in which slots they cannot be, languages, what they offer or seek.

    Raises:
        Refused: `rounds.registration.closed`, `rounds.party.withdrawn`, `rounds.party.never_there`
            (away in every slot), `rounds.party.time_zone`.
    """
    _refuse_closed(actor, party.round)
    if party.state == State.WITHDRAWN:
        raise Refused(
            "rounds.party.withdrawn",
            _("Esta participación se retiró. Pida a quien organiza que la devuelva."),
        )
    _refuse_away(party.round, away)
    _refuse_zone(values.get("time_zone", party.time_zone))
    state = State.WAITING if party.state == State.WAITING else State.REGISTERED
    record.change(party, **values, state=state, registered_at=party.registered_at or actor.at)
    record.link(party, "away", away)
    return party


@writes("rounds.party.changed")
def change_party(
    *, actor: Actor, party: Party, away: Collection[Slot] | None = None, **values: Any
) -> Party:
    """Correct what the organiser knows of somebody who takes part.

    Raises:
        Refused: as `register`; `rounds.party.numbers` (least above most).
    """
    refuse_stage(party.round, NOT_OVER)
    least, most = (values.get(name, getattr(party, name)) for name in ("least", "most"))
    if least is not None and most is not None and least > most:
        raise Refused(
            "rounds.party.numbers",
            _("Lo menos no puede pasar de lo más. Corrija uno de los dos."),
            field="least",
        )
    _refuse_zone(values.get("time_zone", party.time_zone))
    record.change(party, **values)
    if away is not None:
        _refuse_away(party.round, away)
        record.link(party, "away", away)
    return party


def _refuse_closed(actor: Actor, row: BusinessRound) -> None:
    """By link only while it is open; the organiser may type for somebody until the day is over."""
    allowed = {Stage.OPEN} if actor.user is None else {Stage.OPEN, Stage.CLOSED, Stage.PUBLISHED}
    if row.stage not in allowed:
        raise Refused(
            "rounds.registration.closed",
            _("La inscripción no está abierta. Escriba a quien organiza la rueda."),
        )


def _refuse_away(row: BusinessRound, away: Collection[Slot]) -> None:
    keys = set(row.slots.filter(is_break=False).values_list("pk", flat=True))
    if keys and keys <= {slot.pk for slot in away}:
        raise Refused(
            "rounds.party.never_there",
            _("Marcó que no está en ningún turno. Deje al menos uno."),
            field="away",
        )


def _refuse_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refused(
            "rounds.party.time_zone",
            _("No hay tal zona horaria. Escriba, por ejemplo, Europe/Berlin."),
            field="time_zone",
        ) from error


@writes("rounds.party.moved")
def move_party(*, actor: Actor, party: Party, state: str) -> Party:
    """Withdraw somebody, put them on the waiting list, let them in, or take that back.

    Raises:
        Refused: `rounds.round.stage`.
    """
    refuse_stage(party.round, NOT_OVER)
    new: dict[str, Any] = {"state": state}
    if state == State.REGISTERED and party.registered_at is None:
        new["registered_at"] = actor.at
    return record.change(party, **new)


@writes("rounds.party.link_renewed")
def renew_link(*, actor: Actor, party: Party) -> Party:
    """Give a new link; the old one stops working, what was said stays."""
    return record.change(party, token=new_token())


@writes("rounds.wishes.given")
def give_wishes(*, actor: Actor, party: Party, says: Mapping[int, str]) -> int:
    """Save whom a party wants to meet, by the other's key; an empty answer takes a wish back.

    Raises:
        Refused: `rounds.registration.closed`, `rounds.wish.unknown` (not on the other side of
            this round, or an answer that does not exist).
    """
    _refuse_closed(actor, party.round)
    others = set(others_of(party).values_list("pk", flat=True))
    if not set(says) <= others or not set(says.values()) <= {"", *Wish.Says.values}:
        raise Refused(
            "rounds.wish.unknown", _("Esa respuesta no es de esta rueda. Recargue la página.")
        )
    standing = {row.other_id: row for row in party.wishes.all()}
    for key, word in says.items():
        row = standing.get(key)
        if row is not None and not word:
            record.remove(row)
        elif row is not None and row.says != word:
            record.change(row, says=word, at=actor.at)
        elif row is None and word:
            record.add(Wish(party=party, other_id=key, says=word, at=actor.at))
    record.change(party, wished_at=actor.at)
    return len(says)


def others_of(party: Party) -> Any:
    """Return those on the other side who registered: who did not, agreed to be shown to nobody."""
    return (
        Party.objects.filter(round=party.round_id, state__in=(State.REGISTERED, State.WAITING))
        .exclude(side=party.side)
        .select_related("buyer__organisation", "enterprise__place")
    )


@writes("rounds.party.arrived")
def note_arrival(*, actor: Actor, party: Party) -> Party:
    """Note that somebody is here: the first time counts; who was given up as missing is back.

    Raises:
        Refused: `rounds.round.stage`.
    """
    refuse_stage(party.round, {Stage.PUBLISHED})
    return record.change(party, arrived_at=party.arrived_at or actor.at, missing_at=None)


@writes("rounds.party.missed")
def note_missing(*, actor: Actor, party: Party) -> Party:
    """Give somebody up: meetings that should have begun were not held; later ones wait for a
    new timetable.

    Raises:
        Refused: `rounds.round.stage`.
    """
    refuse_stage(party.round, {Stage.PUBLISHED})
    begun = Meeting.objects.filter(
        Q(buyer=party) | Q(firm=party),
        state=Meeting.State.PLANNED,
        slot__starts_at__lte=actor.at,
        slips=None,
    )
    for row in begun:
        record.change(row, state=Meeting.State.NOT_HELD)
    return record.change(party, missing_at=actor.at)


def forget(person: Person) -> None:
    """Blank who came to rounds, when that person is erased; meetings stay counted."""
    own = Q(contact=person)
    if person.phone:
        own |= Q(phone=person.phone, contact=None) & ~Q(contact_name="")
    rows = list(Party.objects.filter(own))
    if not rows:
        return
    redaction.forget(model=Party, keys=[row.pk for row in rows], at=record.current().actor.at)
    for row in rows:
        record.blank(row, contact=None, contact_name="", phone="")
