"""The demo's mentoring: a cohort, its mentors, sessions, alerts, half of its outcomes."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from digna.accounts.models import User
from digna.demo.words import Draw
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.mentoring import drawing
from digna.mentoring.models import Application, Cohort, Draft, Happened, Mentor, Pair, Proposal
from digna.mentoring.services import (
    applications,
    cohorts,
    drafts,
    meetings,
    mentors,
    outcomes,
    pairs,
)
from digna.programmes.models import Programme
from digna.registry.models import Person, Place, Sector
from digna.registry.services import enterprises, people

SYNTHETIC = "datos sintéticos"
AREAS = ("costs", "sales", "digital", "finance", "people", "quality", "formality", "balance")
SLOTS = ("mon-eve", "tue-eve", "wed-eve", "thu-eve", "sat-am", "sat-pm", "sun-pm")
HEADLINES = (
    "Quince años vendiendo café tostado", "Contadora de negocios de mujeres",
    "Llevó su tienda a las redes", "Dirige un taller de confección", "Exporta quinua desde Oruro",
    "Guía de turismo comunitario", "Formó cooperativas de ahorro", "Ingeniera de alimentos",
    "Abrió tres pensiones en El Alto", "Abogada de trámites y licencias",
)  # fmt: skip
MENTEES, TODAY_BACK = 24, 395
KNOWN = Decimal("0.8")


@dataclass
class Ground:
    """What making the cohort needs."""

    actor: Actor
    draw: Draw
    today: date
    places: list[Place]
    sectors: list[Sector]
    made: list[Application] = field(default_factory=list)

    def some(self, words: tuple[str, ...], least: int, most: int) -> list[str]:
        """Some of a few words, in their order."""
        chance = self.draw.chance
        chosen = set(chance.sample(words, chance.randint(least, most)))
        return [word for word in words if word in chosen]

    def day(self, back: int) -> date:
        """The day that many days ago."""
        return self.today - timedelta(days=back)


def load(actor: Actor, draw: Draw, programme: Programme) -> Cohort:
    """Write the whole cohort; a few seconds."""
    ground = Ground(
        actor,
        draw,
        timezone.localdate(actor.at),
        list(Place.objects.filter(kind="municipality").order_by("code")),
        list(Sector.objects.order_by("code")),
    )
    cohort = _cohort(ground, programme)
    make_people(actor=actor, ground=ground, cohort=cohort)
    draft = drafts.ask_for_draft(actor=actor, cohort=cohort, mode=Draft.Mode.OPTIMAL)
    drawn = drawing.draw(draft.mode, draft.inputs, drafts.names_in_both(draft))
    drafts.keep_drawing(actor=actor, draft=draft, drawing=drawn)
    begin(actor=actor, ground=ground, draft=draft)
    live(actor=actor, ground=ground, cohort=cohort)
    measure(actor=actor, ground=ground, cohort=cohort)
    return cohort


def _cohort(ground: Ground, programme: Programme) -> Cohort:
    return cohorts.open_cohort(
        actor=ground.actor,
        title="IMPULSA, primera cohorte",
        programme=programme,
        template="one-to-one",
        starts_on=ground.day(TODAY_BACK),
        ends_on=ground.day(-20),
        call_opens_on=ground.day(TODAY_BACK + 40),
        call_closes_on=ground.day(-5),
        call_text="Para jóvenes que ya venden o están por empezar. Un año de acompañamiento, con "
        f"horarios que se acuerdan ({SYNTHETIC}).",
    )


@writes("demo.mentoring.joined")
def make_people(*, actor: Actor, ground: Ground, cohort: Cohort) -> int:
    """Enlist ten mentors and take in twenty-four applications."""
    for number, headline in enumerate(HEADLINES):
        _mentor(ground, number, headline)
    for number in range(MENTEES + 4):
        row = _application(ground, cohort, number)
        if number < MENTEES:
            applications.decide(actor=actor, application=row, is_accepted=True)
            ground.made.append(row)
        elif number == MENTEES:
            note = "Busca crédito, no acompañamiento."
            applications.decide(actor=actor, application=row, is_accepted=False, note=note)
    return len(ground.made)


def _person(ground: Ground, sex: str, number: int, born: int) -> Person:
    draw = ground.draw
    return people.register_person(
        actor=ground.actor,
        given_names=draw.given_names(sex),
        surnames=draw.surnames(),
        sex=sex,
        birth_year=born,
        phone=draw.phone(7_100_000 + number) if draw.chance.random() < 0.9 else "",
        place=draw.chance.choice(ground.places),
    )


def _mentor(ground: Ground, number: int, headline: str) -> Mentor:
    chance = ground.draw.chance
    sex = "male" if number in (3, 6) else "female"
    person = _person(ground, sex, number, chance.randint(1965, 1988))
    account = User.objects.filter(email="mentora@demo.example").first()
    if number == 0 and account is not None:
        people.correct_person(actor=ground.actor, person=person, account=account)
    mentor = mentors.enlist(
        actor=ground.actor,
        person=person,
        capacity=3 if number < 6 else 2,
        since=ground.day(TODAY_BACK + 30),
        headline=headline,
        expertise=ground.some(AREAS, 2, 4),
        sectors=[s.code for s in chance.sample(ground.sectors, 2)],
        stages=["young", "steady"] if number % 2 else ["idea", "young"],
        languages=["es", "ay"] if number % 3 == 0 else ["es"],
        slots=ground.some(SLOTS, 3, 5),
    )
    return mentors.accept_conduct(actor=ground.actor, mentor=mentor)


def _application(ground: Ground, cohort: Cohort, number: int) -> Application:
    chance = ground.draw.chance
    sex = "male" if number % 8 == 5 else "female"
    person = _person(ground, sex, 100 + number, ground.today.year - chance.randint(20, 30))
    sector = chance.choice(ground.sectors)
    told: dict[str, Any] = {}
    if number % 3 != 2:  # the others have an idea, and no firm yet
        told["enterprise"] = enterprises.register_enterprise(
            actor=ground.actor,
            on=ground.day(TODAY_BACK + 20),
            name=ground.draw.firm(sector.code),
            sector=sector,
            place=person.place,
        )
        people.affiliate(
            actor=ground.actor, person=person, enterprise=told["enterprise"], role="owner"
        )
    return applications.enter_application(
        actor=ground.actor,
        cohort=cohort,
        person=person,
        business=ground.draw.firm(sector.code),
        sector=sector,
        stage=chance.choice(("idea", "young", "steady")),
        needs=ground.some(AREAS, 1, 3),
        languages=["es", "ay"] if number % 4 == 0 else ["es"],
        slots=ground.some(SLOTS, 2, 4),
        hours_a_month=chance.choice((2, 4, 4, 6, None)),
        care=chance.choice(("yes", "yes", "sometimes", "no", "")),
        needs_childcare=chance.choice((True, False, None)),
        wants_sex="female" if number % 6 == 0 else "",
        motivation="Vender todo el año y no solo en ferias (datos sintéticos).",
        **told,
    )


@writes("demo.mentoring.begun")
def begin(*, actor: Actor, ground: Ground, draft: Draft) -> int:
    """Confirm the draft; nearly all say yes on the day, one no, one lets the day pass."""
    rows = draft.proposals.select_related("draft", "application__cohort", "mentor")
    for number, proposal in enumerate(rows.filter(decision=Proposal.Decision.PENDING)):
        back = 380 - 3 * number if number < 16 else 150 - number
        if number == 20:
            continue  # waits for a decision
        answer_by = ground.day(-4) if number in (18, 21) else ground.day(back - 7)
        pair = drafts.confirm(actor=actor, proposal=proposal, answer_by=answer_by)
        if number in (18, 21):
            if number == 21:
                pairs.decline(actor=actor, pair=pair)
        elif number != 19:
            pairs.accept(actor=actor, pair=pair, on=ground.day(back))
    return rows.count()


@writes("demo.mentoring.lived")
def live(*, actor: Actor, ground: Ground, cohort: Cohort) -> int:
    """Agreements, goals and sessions: most go well, two go silent, one fails to meet."""
    going = list(cohort.pairs.filter(state=Pair.State.ACTIVE).order_by("started_on", "pk"))
    for number, pair in enumerate(going):
        _agree(actor, ground, pair, is_agreed=number % 9 != 8)
        last = {2: 40, 5: 95, 11: 27}.get(number, 3 + number % 12)
        _meet(actor, ground, pair, until=last)
        if number in (3, 7):
            for back in (9, 2):
                meetings.log_session(
                    actor=actor, pair=pair, on=ground.day(back),
                    happened=Happened.MENTEE_ABSENT, channel="whatsapp",
                )  # fmt: skip
        if number % 4 == 0:
            meetings.plan_session(actor=actor, pair=pair, on=ground.day(-6), channel="whatsapp")
    if len(going) > 9:
        pairs.change(actor=actor, pair=going[8], ending="schedule")
        pairs.close(actor=actor, pair=going[0], note="Llegó a sus metas.")
        what = "Se llamó a las dos: retoman el sábado."
        meetings.note_follow_up(actor=actor, pair=going[2], on=ground.day(1), what=what)
    return len(going)


def _agree(actor: Actor, ground: Ground, pair: Pair, *, is_agreed: bool) -> None:
    assert pair.started_on is not None  # noqa: S101 — such pairs were asked for
    if not is_agreed:
        return
    made = meetings.agree(
        actor=actor,
        pair=pair,
        agreed_on=pair.started_on,
        by=meetings.MENTOR,
        how_often=ground.draw.chance.choice(("cada semana", "cada 15 días")),
        channel="whatsapp",
        aims="Saber cuánto cuesta cada producto y fijar precios.",
    )
    meetings.accept_agreement(actor=actor, agreement=made, by=meetings.MENTEE)
    meetings.set_goal(
        actor=actor,
        pair=pair,
        what="Vender 20 % más en seis meses",
        due_on=pair.started_on + timedelta(days=180),
    )


def _meet(actor: Actor, ground: Ground, pair: Pair, *, until: int) -> None:
    """Some sessions on the way, the last one `until` days ago."""
    assert pair.started_on is not None  # noqa: S101 — such pairs were asked for
    chance = ground.draw.chance
    span = (ground.day(until) - pair.started_on).days
    count = max(1, min(7, span // 30))
    for number in range(count):
        on = ground.day(until) - timedelta(days=number * max(1, span // (count + 1)))
        session = meetings.log_session(
            actor=actor,
            pair=pair,
            on=max(on, pair.started_on),
            channel=chance.choice(("whatsapp", "whatsapp", "in_person", "video")),
            mood=chance.choice((3, 4, 4, 5)),
            minutes=chance.choice((30, 45, 60)),
        )
        if chance.random() < 0.6:
            meetings.tell_mood(actor=actor, session=session, mood=chance.choice((2, 4, 4, 5, 5)))


@writes("demo.mentoring.measured")
def measure(*, actor: Actor, ground: Ground, cohort: Cohort) -> int:
    """Measure most at the start, fewer at six months, half at a year; some answers are missing."""
    started = cohort.pairs.filter(state__in=Pair.STARTED).select_related("application")
    chance, count = ground.draw.chance, 0
    for number, pair in enumerate(started.order_by("started_on", "pk")):
        assert pair.started_on is not None  # noqa: S101 — such pairs were asked for
        sales = Decimal(chance.randrange(8, 60) * 100)
        for point, is_measured in ((0, number != 4), (6, number % 3 != 1), (12, number % 2 == 0)):
            on = pair.started_on + timedelta(days=int(point * 30.5))
            if not is_measured or on > ground.today:
                continue
            is_known = chance.random() < KNOWN
            outcomes.record_outcome(
                actor=actor,
                application=pair.application,
                point=point,
                on=on,
                sales=sales * (100 + point * chance.randrange(-1, 5)) / 100 if is_known else None,
                currency="BOB",
                sells_digitally=chance.choice((True, True, None)) if point else False,
                is_formal=chance.choice((True, False, False, None)),
                jobs_women=chance.randrange(1, 4),
                jobs_men=chance.choice((0, 0, 1, None)),
                practices={
                    "records_sales": point > 0 or None,
                    "knows_cost": chance.choice((True, False)),
                    "separates_money": chance.choice((True, False, None)),
                },
            )
            count += 1
    return count
