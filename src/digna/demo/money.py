"""The demo's partners: what cycles cost and who paid, how far they are, what is handed over."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from digna.demo.words import Draw
from digna.journal.actor import Actor
from digna.partners.models import ActionTemplate, Marker
from digna.partners.services import assets, fees, maturity, money, profile, transition
from digna.registry.models import ConsentText, Enterprise, Organisation, Person
from digna.registry.services import consents
from digna.training.models import Cycle, Opportunity
from digna.training.services import pipeline

RATE = Decimal("6.96")
KINDS = ("employers", "association", "government", "private")
HANDED = (
    ("materials", "Guías de los módulos y presentaciones"),
    ("trainers", "Lista del equipo formador con su escalón"),
    ("database", "Copia de sus propios datos"),
    ("brand", "Reglas de uso del nombre y del logo"),
)


def load(
    actor: Actor, draw: Draw, partners: Sequence[Organisation], cycles: Sequence[Cycle]
) -> None:
    """Write money, markers and transition of every partner; one cycle's cost stays unknown."""
    for number, partner in enumerate(partners):
        _describe(actor, partner, number)
        _judge(actor, draw, partner, number)
        _plan(actor, partner, number)
    for number, cycle in enumerate(cycles):
        if number != 3:  # nobody wrote down what this one cost
            _cost(actor, draw, cycle, number)


def consent_to_copies(actor: Actor, draw: Draw) -> None:
    """Most firms and people agree that their partner keeps their data; some were never asked."""
    texts = {row.purpose: row for row in ConsentText.objects.filter(language="es")}
    firms = Enterprise.objects.filter(cycle_firms__isnull=False).distinct()
    people = Person.objects.filter(training_seats__isnull=False).distinct()
    for firm in firms:
        _say(actor, draw, texts["hand_over_firm"], enterprise=firm)
    for person in people:
        _say(actor, draw, texts["hand_over"], person=person)


def _say(actor: Actor, draw: Draw, text: ConsentText, **giver: Any) -> None:
    dice = draw.chance.random()
    if dice < 0.85:
        consents.record_consent(
            actor=actor, text=text, is_given=dice < 0.75, channel="paper", **giver
        )


def _describe(actor: Actor, partner: Organisation, number: int) -> None:
    profile.describe_partner(
        actor=actor,
        partner=partner,
        kind=KINDS[number % len(KINDS)],
        mou_from=date(2019, 11, 1),
        mou_until=date(2021, 12, 31) if number else date(2023, 12, 31),
        plan_from=date(2020, 6, 1) if number % 2 == 0 else None,
        plan_until=date(2022, 12, 31) if number % 2 == 0 else None,
    )
    profile.record_own_budget(
        actor=actor,
        partner=partner,
        year=2022,
        has_line=number % 2 == 0,
        amount=Decimal(48_000) if number % 2 == 0 else None,
        currency="BOB" if number % 2 == 0 else "",
        evidence="Acta de directorio (datos sintéticos)." if number % 2 == 0 else "",
    )


def _judge(actor: Actor, draw: Draw, partner: Organisation, number: int) -> None:
    """Two rounds of markers, half a year apart; the second is further on."""
    markers = list(Marker.objects.all())
    depth = {"expect": 0.9, "like": 0.55, "love": 0.2}
    for step, day in enumerate((date(2020, 12, 15), date(2021, 6, 15))):
        for marker in markers:
            chance = depth.get(marker.depth, 0.5) + 0.12 * step - 0.12 * number
            dice = draw.chance.random()
            reached = "reached" if dice < chance else "partly" if dice < chance + 0.2 else "not_yet"
            maturity.judge(
                actor=actor,
                partner=partner,
                marker=marker,
                on=day,
                reached=reached,
                evidence="Revisado en reunión con el socio (datos sintéticos).",
            )
        maturity.take_snapshot(actor=actor, partner=partner, on=day, label=f"{day:%m/%Y}")


def _plan(actor: Actor, partner: Organisation, number: int) -> None:
    templates = list(ActionTemplate.objects.all())
    transition.adopt_templates(
        actor=actor,
        partner=partner,
        templates=templates[number::2],
        owner="Gerencia del socio",
        starts_on=date(2021, 7, 1),
    )
    for at, action in enumerate(partner.transition_actions.all()):
        if at % 3 == 0:
            transition.close_action(
                actor=actor,
                action=action,
                on=date(2021, 11, 15),
                evidence="Acta firmada (datos sintéticos).",
            )
        elif at % 3 == 1:
            transition.change_action(actor=actor, action=action, likelihood=2, impact=3)
    for at, (kind, what) in enumerate(HANDED):
        asset = assets.list_asset(actor=actor, partner=partner, kind=kind, what=what)
        if at < 3 - number % 2:
            assets.hand_over(
                actor=actor, asset=asset, on=date(2021, 12, 3), received_by="Gerencia del socio"
            )


def _cost(actor: Actor, draw: Draw, cycle: Cycle, number: int) -> None:
    """Full cost in bolivianos (one line in dollars), fees in instalments, and the rest."""
    day = cycle.starts_on
    days = Decimal(10 + number % 4)
    money.add_cost(
        actor=actor, cycle=cycle, kind="trainer", what="Formadora y visitas",
        actual_days=days, day_rate=Decimal(700),
    )  # fmt: skip
    money.add_cost(actor=actor, cycle=cycle, kind="travel", actual=Decimal(1200 + 150 * number))
    money.add_cost(
        actor=actor, cycle=cycle, kind="materials", actual=Decimal(180), currency="USD",
        rate=RATE, rate_on=day, rate_source="Banco Central de Bolivia, tipo de venta",
    )  # fmt: skip
    money.add_cost(actor=actor, cycle=cycle, kind="coordination", actual=Decimal(2100))
    money.state_costs(actor=actor, cycle=cycle, is_complete=number % 7 != 5)
    money.add_income(
        actor=actor, cycle=cycle, source="donor", payer="Programa", on=day,
        amount=Decimal(5000 + 300 * (number % 5)),
    )  # fmt: skip
    if number % 3 == 0:
        money.add_income(
            actor=actor, cycle=cycle, source="public", payer="Fondo público (sintético)", on=day,
            amount=Decimal(1500),
        )  # fmt: skip
    if number % 2 == 0:
        money.add_income(
            actor=actor, cycle=cycle, source="partner", payer="Aporte propio", on=day,
            amount=Decimal(900),
        )  # fmt: skip
    _fees(actor, draw, cycle)


def _fees(actor: Actor, draw: Draw, cycle: Cycle) -> None:
    agreed = Decimal(600)
    for at, way in enumerate(cycle.firms.select_related("enterprise")):
        halves = [
            (cycle.starts_on + timedelta(days=10), agreed / 2),
            (cycle.starts_on + timedelta(days=70), agreed / 2),
        ]
        fee = fees.agree_fee(
            actor=actor,
            cycle=cycle,
            enterprise=way.enterprise,
            agreed=agreed,
            plan=halves,
            agreed_on=cycle.starts_on,
        )
        for part, (due, amount) in enumerate(halves):
            if draw.chance.random() < (0.9 if part == 0 else 0.6):
                fees.receive_payment(
                    actor=actor,
                    fee=fee,
                    on=due + timedelta(days=at % 5),
                    amount=amount,
                    receipt=f"R-{cycle.pk:02d}{at}{part}",
                )


LOST = ("price", "time", "no_interest", "free", "crisis")


def sell(actor: Actor, draw: Draw, cycles: Sequence[Cycle]) -> None:
    """The pipeline: firms that were met, diagnosed, offered, lost and signed."""
    for number, cycle in enumerate(cycles[:6]):
        for at, way in enumerate(cycle.firms.select_related("enterprise")[:3]):
            _opportunity(actor, draw, cycle, way.enterprise, number * 3 + at)


def _opportunity(actor: Actor, draw: Draw, cycle: Cycle, firm: object, number: int) -> None:
    day = cycle.starts_on - timedelta(days=40)
    row = pipeline.open_opportunity(
        actor=actor,
        enterprise=firm,  # type: ignore[arg-type]
        on=day,
        partner=cycle.partner,
        module=cycle.module,
        next_contact_on=day + timedelta(days=12),
    )
    pipeline.record_intake(
        actor=actor,
        opportunity=row,
        on=day + timedelta(days=7),
        answers={"defects": "350", "waste": "220", "late": "400", "monthly_wage": "2122"},
    )
    if number % 5 == 4:
        pipeline.lose_opportunity(
            actor=actor,
            opportunity=row,
            reason=LOST[number % len(LOST)],
            on=day + timedelta(days=25),
            note="Pidió que se le llame el próximo año.",
        )
        return
    stages = (
        (Opportunity.Stage.OFFER, {"price_offered": Decimal(1200), "subsidy": Decimal(600)}),
        (Opportunity.Stage.SIGNED, {"price_accepted": Decimal(600)}),
        (Opportunity.Stage.PAID, {"paid": Decimal(600)}),
    )
    for at, (stage, values) in enumerate(stages[: 1 + number % 3]):
        pipeline.move_opportunity(
            actor=actor,
            opportunity=row,
            stage=stage,
            on=day + timedelta(days=12 + 9 * at),
            **values,
        )
