"""The demo's pathways: three firms with their own lists, and steps by others: medians show."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from digna.demo.words import Draw
from digna.journal.actor import Actor
from digna.pathways.services import exporting, firms, reports, steps
from digna.programmes.models import Programme
from digna.registry.models import Enterprise, LegalForm, Place, Sector
from digna.registry.services import enterprises
from digna_engines.pathways.conditions import Answer

START = date(2021, 2, 1)


@dataclass(frozen=True, slots=True)
class Done:
    """A step that a firm did: how many days after it set out it began, how long, for how much."""

    step: str
    after: int
    days: int
    spent: str | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Tale:
    """One of the three firms, and how far it came."""

    name: str
    place: str
    sector: str
    form: str
    numbers: tuple[tuple[str, int], ...]
    pathways: tuple[str, ...]
    answers: tuple[tuple[str, Answer], ...]
    done: tuple[Done, ...]
    doing: tuple[str, ...]


TALES = (
    Tale(
        "Asociación Juira Jupha", "Oruro", "andean_grains", "association",
        (("workers_women", 3), ("workers_men", 2)),
        ("formal_business", "export_grains"),
        (("regime", "general"), ("product_state", "raw"), ("preference", "certificate"),
         ("to_eu", True), ("organic", True), ("asks_food_safety", False), ("runs_plant", True)),
        (Done("choose_form", 0, 3, "0"), Done("legal_personality_association", 5, 96, "1450"),
         Done("tax_number_general", 104, 6, "0", "1020304050"), Done("choose_market", 20, 30, "0"),
         Done("digital_signature", 118, 4, "190"),
         Done("exporter_register", 126, 2, "142", "RUEX 20417")),
        ("plant_health_register", "organic_certificate"),
    ),
    Tale(
        "Confecciones Kantuta", "El Alto", "manufacturing", "sole_trader",
        (("workers_women", 1), ("workers_men", 0)),
        ("formal_business",),
        (("regime", "general"), ("makes_food", False)),
        (Done("choose_form", 0, 1, "0"), Done("digital_citizenship", 2, 1, "0"),
         Done("tax_number_general", 4, 9, "0", "4877310013"),
         Done("trade_licence", 15, 7, "130", "4877310013")),
        ("municipal_licence",),
    ),
    Tale(
        "Café Yungas Alto SRL", "Caranavi", "coffee", "srl",
        (("workers_women", 5), ("workers_men", 6)),
        ("formal_business", "export_coffee"),
        (("regime", "general"), ("product_state", "raw"), ("preference", "certificate"),
         ("to_eu", False), ("organic", False), ("asks_food_safety", False), ("fob_usd", 30000)),
        (Done("choose_form", 0, 2, "0"), Done("digital_citizenship", 3, 1, "0"),
         Done("tax_number_general", 20, 12, "0", "387120024"), Done("choose_market", 10, 21, "0"),
         Done("digital_signature", 40, 6, "210"), Done("exporter_register", 50, 3, "182")),
        ("origin_statement",),
    ),
)  # fmt: skip
OTHERS = (
    Done("choose_form", 0, 2, "0"),
    Done("digital_citizenship", 3, 1, "0"),
    Done("tax_number_general", 6, 8, "0"),
    Done("trade_licence", 16, 10, "130"),
)


def load(actor: Actor, draw: Draw, programme: Programme) -> list[Enterprise]:
    """Write the three lists, and the first steps of a few firms that are there already."""
    told = [_tell(actor, tale) for tale in TALES]
    others = Enterprise.objects.living().exclude(pk__in=[firm.pk for firm in told]).order_by("pk")
    for number, firm in enumerate(others[:4]):
        firms.start_pathway(actor=actor, enterprise=firm, code="formal_business", on=START)
        for one in OTHERS[: 4 - number % 2]:
            extra = draw.chance.randrange(0, 9)
            _do(actor, firm, one, later=number * 10, longer=extra)
    _export(actor, told)
    reports.report_error(
        actor=actor, step="trade_licence", pathway="formal_business",
        text="En la ventanilla ya piden el balance de apertura (reporte de demostración).",
    )  # fmt: skip
    return told


def _tell(actor: Actor, tale: Tale) -> Enterprise:
    firm = enterprises.register_enterprise(
        actor=actor,
        on=START - timedelta(days=20),
        name=tale.name,
        sector=Sector.objects.get(code=tale.sector),
        legal_form=LegalForm.objects.get(code=tale.form),
        place=Place.objects.filter(name=tale.place).order_by("-kind").first(),
        phone="",
        numbers={kind: Decimal(n) for kind, n in tale.numbers},
    )
    for code in tale.pathways:
        firms.start_pathway(actor=actor, enterprise=firm, code=code, on=START)
    given: dict[str, Answer | None] = dict(tale.answers)
    firms.answer_questions(actor=actor, enterprise=firm, given=given, on=START)
    for one in tale.done:
        _do(actor, firm, one)
    for step in tale.doing:
        began = START + timedelta(days=130)
        steps.record_step(actor=actor, enterprise=firm, step=step, state="doing", began_on=began)
    return firm


def _do(actor: Actor, firm: Enterprise, one: Done, later: int = 0, longer: int = 0) -> Any:
    began = START + timedelta(days=one.after + later)
    return steps.record_step(
        actor=actor,
        enterprise=firm,
        step=one.step,
        state="done",
        began_on=began,
        finished_on=began + timedelta(days=one.days + longer),
        spent=None if one.spent is None else Decimal(one.spent),
        number=one.number,
    )


def _export(actor: Actor, told: list[Enterprise]) -> None:
    """The association answers how ready it is and writes a plan."""
    grains = told[0]
    exporting.check_readiness(
        actor=actor, enterprise=grains, on=date(2021, 7, 1),
        answers={
            "spec_sheet": "yes", "same_quality": "partly", "lab_result": "no", "traceable": "yes",
            "volume": "partly", "stock": "yes", "bad_year": "no", "unit_cost": "partly",
            "buyer_needs": "yes", "sample": "no", "no_child_labour": "yes", "safe_work": "partly",
        },
    )  # fmt: skip
    exporting.write_plan(
        actor=actor, enterprise=grains, product="Quinua real blanca, grano", on=date(2021, 7, 15),
        hs_code="1008.50.90.00", pathway="export_grains", market="Alemania", volume=Decimal(18),
        unit="t", price=Decimal(2450), currency="USD", incoterm="FCA",
        logistics="Camión hasta Arica, contenedor consolidado.", budget=Decimal(64000),
        budget_currency="BOB", budget_note="Flete interno, análisis, certificación y papeles.",
        calendar="Agosto: muestra al comprador.\nSeptiembre: análisis de laboratorio.\n"
        "Octubre: primer embarque.",
        risks="Si la humedad pasa de 13 %, se seca otra vez antes de embolsar.",
    )  # fmt: skip
