"""A business round of the demo: 8 buyers, 20 firms, 12 slots, three no-shows, half followed up.

Everything goes through the same services as real data, with the clock of the day it happened. The
buyers and what was sold are invented.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from digna.demo.words import Draw
from digna.journal.actor import Actor
from digna.linkages.models import Buyer
from digna.linkages.services import buyers as buying
from digna.programmes.models import Programme
from digna.registry.models import Enterprise, Place
from digna.rounds import solving
from digna.rounds.models import BusinessRound, Meeting, Party, Timetable
from digna.rounds.models.after import NextStep
from digna.rounds.selectors import agendas
from digna.rounds.services import after, parties, timetables
from digna.rounds.services import rounds as organising

LA_PAZ = ZoneInfo("America/La_Paz")
HELD_ON = date(2021, 3, 18)
FIRMS, SLOTS, MISSING = 20, 12, 3
SECONDS = 3
WORDS = ("must", "meet", "meet", "meet", "no", "", "", "", "")
BUYERS: tuple[tuple[str, str, str, str, str, tuple[str, ...], str], ...] = (
    ("Supermercados Ayni (ficticio)", "national", "BO", "La Paz", "America/La_Paz", ("es",),
     "Granos, café molido y conservas para 14 tiendas"),
    ("Hotel Cordillera (ficticio)", "national", "BO", "La Paz", "America/La_Paz", ("es", "en"),
     "Café, miel y artesanía para sus huéspedes"),
    ("Alimentos del Valle (ficticia)", "tractor", "BO", "Cochabamba", "America/La_Paz", ("es",),
     "Proveedores de quinua lavada, cañahua y embalaje"),
    ("Desayuno escolar municipal (ficticio)", "public", "BO", "El Alto", "America/La_Paz",
     ("es", "ay"), "Raciones de granos andinos en bolsas de 50 g"),
    ("Tienda en línea Ch'aska (ficticia)", "platform", "BO", "Santa Cruz", "America/La_Paz",
     ("es",), "Marcas nuevas con fotos y despacho en 48 horas"),
    ("Andes Feinkost GmbH (fictitious)", "foreign", "DE", "Hamburgo", "Europe/Berlin",
     ("de", "en"), "Quinua orgánica y café especial, lotes de 1 a 5 toneladas"),
    ("Northern Roasters (fictitious)", "foreign", "US", "Portland", "America/Los_Angeles", ("en",),
     "Café verde de altura, microlotes"),
    ("Sabores del Plata (ficticia)", "foreign", "AR", "Rosario", "America/Argentina/Buenos_Aires",
     ("es", "pt"), "Granos andinos y snacks sin gluten"),
)  # fmt: skip
AGENDA_ES = "08:30 inscripción y tarjetas\n09:00 reuniones\n10:40 refrigerio\n14:30 cierre"
AGENDA_EN = "08:30 registration and badges\n09:00 meetings\n10:40 break\n14:30 closing"


def load(actor: Actor, draw: Draw, programme: Programme) -> BusinessRound:
    """Write the round, from the invitation to the follow-up."""
    row = _organise(_at(actor, -40), draw, programme)
    _wish(_at(actor, -20), draw, row)
    organising.move_to(actor=_at(actor, -5), round=row, stage="closed")
    _publish(_at(actor, -4), row)
    _hold(actor, draw, row)
    organising.move_to(actor=_at(actor, 1), round=row, stage="held")
    _follow(actor, draw, row)
    return row


def _at(actor: Actor, days: int, hour: int = 8, minute: int = 0) -> Actor:
    """The same actor, on a day counted from that of the round."""
    on = HELD_ON + timedelta(days=days)
    at = datetime(on.year, on.month, on.day, hour, minute, tzinfo=LA_PAZ)
    return replace(actor, at=at, intention=None)


def _organise(actor: Actor, draw: Draw, programme: Programme) -> BusinessRound:
    row = organising.create_round(
        actor=actor, programme=programme, title_es="Rueda de negocios Sabores de altura",
        title_en="High-altitude flavours business round", mode="hybrid",
        venue="Salón Illimani (ficticio)", held_on=HELD_ON, tables=7, most_per_firm=7,
        least_per_firm=3, agenda_es=AGENDA_ES, agenda_en=AGENDA_EN,
        place=Place.objects.filter(kind="municipality", parent__code="BO-L").first(),
        video_url="https://video.demo.example/rueda",
    )  # fmt: skip
    nine = datetime(HELD_ON.year, HELD_ON.month, HELD_ON.day, 9, tzinfo=LA_PAZ)
    organising.plan_slots(
        actor=actor, round=row, starts_at=nine, count=SLOTS, minutes=20, between=5,
        breaks=[organising.Break(4, 30, "Refrigerio")],
    )  # fmt: skip
    organising.add_interpreter(
        actor=actor, round=row, name="Nayra Poma (ficticia)", languages=["es", "en", "de"]
    )
    parties.invite_buyers(actor=actor, round=row, buyers=_buyers(actor, programme))
    firms = Enterprise.objects.living().exclude(phone="").order_by("pk")[: FIRMS + 1]
    parties.invite_firms(actor=actor, round=row, firms=firms[:FIRMS])
    parties.invite_firms(actor=actor, round=row, firms=firms[FIRMS:], waiting=True)
    organising.move_to(actor=actor, round=row, stage="open")
    for party in row.parties.select_related("round", "enterprise__sector", "buyer"):
        _register(actor, draw, party)
    return row


def _buyers(actor: Actor, programme: Programme) -> list[Buyer]:
    made = []
    for number, (name, kind, country, city, zone, languages, seeks) in enumerate(BUYERS):
        found = Buyer.objects.filter(organisation__name=name).first()
        made.append(
            found
            or buying.register_buyer(
                actor=actor, name=name, kind=kind, country=country, city=city, time_zone=zone,
                languages=list(languages), programmes=[programme], seeks_es=seeks,
                phone="+5917600010" + str(number) if country == "BO" else "",
            )
        )  # fmt: skip
    return made


def _register(actor: Actor, draw: Draw, party: Party) -> None:
    sex = draw.chance.choice(("female", "female", "male"))
    slots = list(party.round.slots.filter(is_break=False))
    firm = party.enterprise
    sold = str(firm.sector) if firm is not None and firm.sector is not None else "Varios productos"
    parties.register(
        actor=actor,
        party=party,
        contact_name=f"{draw.given_names(sex)} {draw.surnames()}",
        products=party.products or sold,
        languages=party.languages or ["es"],
        away=draw.chance.sample(slots, 2) if draw.chance.random() < 0.25 else [],
    )


def _wish(actor: Actor, draw: Draw, row: BusinessRound) -> None:
    """All buyers and most firms say whom they want to meet; three firms never answer."""
    rows = list(row.parties.select_related("round").order_by("pk"))
    silent = {party.pk for party in rows[-4:-1]}
    for party in rows:
        if party.pk in silent:
            continue
        others = sorted(parties.others_of(party), key=lambda other: other.pk)
        says = {other.pk: draw.chance.choice(WORDS) for other in others}
        parties.give_wishes(actor=actor, party=party, says={k: w for k, w in says.items() if w})


def _publish(actor: Actor, row: BusinessRound, from_number: int | None = None) -> None:
    slot = row.slots.get(number=from_number) if from_number is not None else None
    reason = "" if slot is None else "Ausencias de la mañana"
    made = timetables.begin(actor=actor, round=row, seconds=SECONDS, from_slot=slot, reason=reason)
    told = solving.solve(made.asked, made.kept, seconds=SECONDS)
    timetables.finish(actor=actor, timetable=made, told=told)
    timetables.publish(actor=actor, timetable=Timetable.objects.get(pk=made.pk))
    row.refresh_from_db()


def _hold(actor: Actor, draw: Draw, row: BusinessRound) -> None:
    """The day: arrivals, three who never come, a new agenda from the second slot, slips."""
    firms = list(row.parties.filter(side="seller", state="registered").order_by("pk"))
    gone = {party.pk for party in firms[2 : 2 + MISSING]}
    for party in row.parties.filter(state="registered").select_related("round"):
        if party.pk not in gone:
            parties.note_arrival(actor=_at(actor, 0, 8, 40), party=party)
    for party in Party.objects.filter(pk__in=gone).select_related("round"):
        parties.note_missing(actor=_at(actor, 0, 9, 15), party=party)
    _publish(_at(actor, 0, 9, 16), row, from_number=2)
    for number, meeting in enumerate(agendas.agenda(row)):
        if meeting.state == Meeting.State.PLANNED and number % 11:
            _fill(actor, draw, meeting)


def _fill(actor: Actor, draw: Draw, meeting: Meeting) -> None:
    """The firm's slip, and now and then the buyer's."""
    interest = draw.chance.choices((0, 1, 2, 3), (1, 4, 3, 2))[0]
    step = (NextStep.NOTHING, NextStep.NOTHING, NextStep.SAMPLE, NextStep.QUOTE)[interest]
    amount = None
    if interest == 3 or (interest == 2 and draw.chance.random() < 0.5):
        amount = Decimal(draw.chance.randrange(4, 90) * 100)
    is_abroad = meeting.buyer.buyer is not None and meeting.buyer.buyer.is_foreign
    after.give_slip(
        actor=_at(actor, 0, 15), meeting=meeting, party=meeting.firm, was_held=True,
        interest=interest, next_step=step, amount=amount,
        currency="USD" if is_abroad else "BOB",
    )  # fmt: skip
    if draw.chance.random() < 0.25:
        after.give_slip(
            actor=_at(actor, 0, 15, 30), meeting=meeting, party=meeting.buyer, was_held=True,
            interest=max(interest - 1, 0), next_step=NextStep.NOTHING,
        )  # fmt: skip


def _follow(actor: Actor, draw: Draw, row: BusinessRound) -> None:
    """Two of three are asked at three months, fewer later; what nobody asked stays unknown."""
    with_deal = [m for m in agendas.agenda(row) if m.deal_id is not None]
    lost = set()
    for meeting in with_deal:
        if draw.chance.random() < 0.65:
            said = _answer(actor, draw, meeting, 3, ("talking", "sample", "order", "lost"))
            lost |= {meeting.pk} if said == "lost" else set()
    for meeting in with_deal:
        if meeting.pk not in lost and draw.chance.random() < 0.35:
            _answer(actor, draw, meeting, 6, ("paid", "paid", "silent"))


def _answer(
    actor: Actor, draw: Draw, meeting: Meeting, months: int, choices: tuple[str, ...]
) -> str:
    days = months * 30 + 5
    outcome = draw.chance.choice(choices)
    sold = after.Sold()
    if outcome in ("paid", "order"):
        is_abroad = meeting.buyer.buyer is not None and meeting.buyer.buyer.is_foreign
        amount = Decimal(draw.chance.randrange(3, 40) * 100)
        sold = after.Sold(amount=amount, currency="USD" if is_abroad else "BOB")
    after.follow_up(
        actor=_at(actor, days), meeting=meeting, outcome=outcome,
        on=HELD_ON + timedelta(days=days - 3), sold=sold,
        note="No llegó a un precio" if outcome == "lost" else "",
        confirmed_reason="Subió el precio del flete",
    )  # fmt: skip
    return outcome
