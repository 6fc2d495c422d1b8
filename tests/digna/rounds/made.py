"""A small round, made through its services: 3 buyers, 5 firms, 4 slots and a break, 2 tables."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import make
from digna.journal.actor import Actor
from digna.linkages.models import Buyer
from digna.linkages.services import buyers
from digna.programmes.models import Programme
from digna.rounds import solving
from digna.rounds.models import BusinessRound, Meeting, Party, Timetable
from digna.rounds.services import parties, timetables
from digna.rounds.services import rounds as services

LA_PAZ = ZoneInfo("America/La_Paz")
DAY = date(2024, 3, 4)
BUYERS, FIRMS, SLOTS, TABLES = 3, 5, 4, 2


def at(hour: int = 12, minute: int = 0, on: date = DAY) -> Actor:
    """The system, at a moment of the day of the round."""
    moment = datetime(on.year, on.month, on.day, hour, minute, tzinfo=LA_PAZ)
    return replace(make.actor(), at=moment)


def programme() -> Programme:
    return Programme.objects.get_or_create(
        code="p", defaults={"name": "P", "starts_on": date(2024, 1, 1), "ends_on": date(2030, 1, 1)}
    )[0]


def buyer(number: int = 1, **values: Any) -> Buyer:
    stated: dict[str, Any] = {"kind": "national", "country": "BO", "languages": ["es"]}
    name = f"Comprador {number} {Buyer.objects.count()}"
    return buyers.register_buyer(
        actor=make.actor(), name=name, programmes=[programme()], **(stated | values)
    )


def empty(**values: Any) -> BusinessRound:
    """A round with slots and nobody in it."""
    stated: dict[str, Any] = {"title_es": "Rueda", "held_on": DAY, "tables": TABLES}
    row = services.create_round(
        actor=make.actor(), programme=programme(), least_per_firm=1, **(stated | values)
    )
    services.plan_slots(
        actor=make.actor(), round=row, starts_at=at(9).at, count=SLOTS, minutes=20, between=5,
        breaks=[services.Break(2, 30, "Pausa")],
    )  # fmt: skip
    return row


def invited(**values: Any) -> BusinessRound:
    """A round whose registration is open."""
    row = empty(**values)
    found = [buyer(number) for number in range(BUYERS)]
    parties.invite_buyers(actor=make.actor(), round=row, buyers=found)
    firms = [make.enterprise(phone=f"+5917000000{number}") for number in range(FIRMS)]
    parties.invite_firms(actor=make.actor(), round=row, firms=firms)
    return services.move_to(actor=make.actor(), round=row, stage="open")


def buyers_of(row: BusinessRound) -> list[Party]:
    return list(row.parties.filter(side="buyer").select_related("round").order_by("pk"))


def firms_of(row: BusinessRound) -> list[Party]:
    return list(row.parties.filter(side="seller").select_related("round").order_by("pk"))


def register(party: Party, **values: Any) -> Party:
    stated: dict[str, Any] = {
        "contact_name": f"Persona {party.pk}", "products": "Quinua", "languages": ["es"],
    }  # fmt: skip
    return parties.register(actor=make.actor(), party=party, **(stated | values))


def wished(**values: Any) -> BusinessRound:
    """Everybody registered, and everybody would like to meet everybody."""
    row = invited(**values)
    for party in (*buyers_of(row), *firms_of(row)):
        register(party)
    for party in (*buyers_of(row), *firms_of(row)):
        keys = parties.others_of(party).values_list("pk", flat=True)
        parties.give_wishes(actor=make.actor(), party=party, says=dict.fromkeys(keys, "meet"))
    return row


def solved(row: BusinessRound, **values: Any) -> Timetable:
    """A draft, computed here and now."""
    begun = timetables.begin(actor=values.pop("by", make.actor()), round=row, seconds=1, **values)
    told = solving.solve(begun.asked, begun.kept, seconds=1)
    return timetables.finish(actor=make.actor(), timetable=begun, told=told)


def published(**values: Any) -> BusinessRound:
    """A round with its agenda published."""
    row = wished(**values)
    timetables.publish(actor=make.actor(), timetable=solved(row))
    return BusinessRound.objects.get(pk=row.pk)


def standing(row: BusinessRound) -> list[Meeting]:
    """The meetings in the agenda."""
    rows = row.meetings.exclude(state="cancelled").select_related("slot", "buyer", "firm", "round")
    return list(rows.order_by("slot__starts_at", "pk"))


def assert_no_clash(row: BusinessRound) -> None:
    """Nobody in two places at once, no table with two meetings, nobody where they cannot be."""
    seen: set[tuple[Any, ...]] = set()
    for meeting in standing(row):
        if meeting.state == Meeting.State.NOT_HELD:
            continue  # its place is free again
        ends = [("party", meeting.buyer_id), ("party", meeting.firm_id)]
        ends += [("table", meeting.table)] if meeting.table else []
        for end in ends:
            assert (*end, meeting.slot_id) not in seen
            seen.add((*end, meeting.slot_id))
        assert meeting.slot is not None
        assert not meeting.slot.is_break
        assert not meeting.buyer.away.filter(pk=meeting.slot_id).exists()
        assert not meeting.firm.away.filter(pk=meeting.slot_id).exists()
