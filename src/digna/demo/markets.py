"""The demo's market access: offers of its firms, buyers near and far, deals of which part is known.

Every buyer says «ficticio» or «fictitious» in its name. Of the deals some were paid, some ordered,
some lost, and of some nothing was heard after the intention: that stays «sin dato».
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import cycle
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from digna.demo.words import Draw
from digna.improvement.models import Instrument
from digna.improvement.services import checklists
from digna.improvement.services.checklists import Given
from digna.journal.actor import Actor
from digna.linkages.models import Buyer, Cohort, CohortFirm, Deal, Demand, MarketStep, Offer
from digna.linkages.models import Requirement as Paper
from digna.linkages.services import buyers, cohorts, consents, deals, interests, offers
from digna.programmes.models import Programme
from digna.registry.models import Enterprise, Organisation

NEXT_CODE = "score-iv-demo"
STARTS, ENDS = date(2021, 3, 1), date(2021, 9, 30)


@dataclass(frozen=True, slots=True)
class Product:
    """What a firm of a sector offers."""

    sector: str
    es: str
    en: str
    common: str
    hs: str
    capacity: int
    unit: str
    price: tuple[str, str]
    per: str
    currency: str
    papers: tuple[str, ...]
    tint: tuple[int, int, int]
    kinds: tuple[str, ...] = ()
    """First words of the firms that make it, where the sector says too little."""

    def is_made_by(self, firm: Enterprise) -> bool:
        """Whether a firm of this name would offer it."""
        is_one = firm.sector is not None and firm.sector.code == self.sector
        return is_one and (not self.kinds or firm.name.split()[0] in self.kinds)


PRODUCTS = (
    Product("andean_grains", "Quinua real en grano", "Royal quinoa, grain", "quinua real", "100850",
            4600, "kg", ("2.9", "3.3"), "kg", "USD", ("nit", "sanitary_registration", "organic"),
            (214, 190, 138)),
    Product("andean_grains", "Hojuelas de quinua", "Quinoa flakes", "hojuelas", "110419", 800, "kg",
            ("4.2", "4.8"), "kg", "USD", ("nit", "sanitary_registration", "label"),
            (226, 205, 160)),
    Product("andean_grains", "Cañahua tostada en polvo", "Toasted cañahua powder", "pito",
            "110290", 350, "kg", ("38", "45"), "kg", "BOB", (), (122, 84, 56)),
    Product("coffee", "Café tostado de altura", "Roasted high-grown coffee", "café tostado",
            "090121", 900, "kg", ("9.5", "12"), "kg", "USD", ("nit", "sanitary_registration",
            "commerce_registry"), (78, 52, 36)),
    Product("coffee", "Café verde lavado", "Washed green coffee", "café oro", "090111", 60, "qq",
            ("210", "240"), "qq", "USD", ("exporter_registry", "organic", "fair_trade"),
            (120, 134, 88)),
    Product("tourism", "Recorrido comunitario por el lago", "Community lake tour",
            "turismo comunitario", "", 40, "tour", ("280", "350"), "tour", "BOB", ("nit",),
            (84, 132, 160)),
    Product("manufacturing", "Chompas de alpaca tejidas a mano", "Hand-knitted alpaca jumpers",
            "chompas", "611019", 120, "unit", ("38", "52"), "unit", "USD", ("nit", "label"),
            (160, 88, 108), ("Taller", "Confecciones")),
    Product("andean_grains", "Barras de cereales andinos", "Andean cereal bars", "barritas",
            "190420", 5000, "unit", ("3", "3.5"), "unit", "BOB", ("nit", "sanitary_registration",
            "label", "barcode"), (190, 140, 70)),
)  # fmt: skip
"""Synthetic capacities and prices, of an order of size that a small firm could have."""

BUYERS: tuple[dict[str, Any], ...] = (
    {"name": "Supermercado Illimani (ficticio)", "kind": "tractor", "country": "BO",
     "city": "La Paz", "time_zone": "America/La_Paz", "languages": ["es"],
     "supplier_programme": "Manos de aquí", "seeks_es": "Alimentos empacados con código de barras",
     "seeks_en": "Packed food with a bar code"},
    {"name": "Hoteles del Oriente (ficticio)", "kind": "tractor", "country": "BO",
     "city": "Santa Cruz", "time_zone": "America/La_Paz", "languages": ["es", "pt"],
     "supplier_programme": "Desayuno boliviano", "seeks_es": "Café tostado y cereales",
     "seeks_en": "Roasted coffee and cereals"},
    {"name": "Compras Escolares Oruro (ficticia)", "kind": "public", "country": "BO",
     "city": "Oruro", "time_zone": "America/La_Paz", "languages": ["es", "qu", "ay"],
     "seeks_es": "Desayuno escolar", "seeks_en": "School meals"},
    {"name": "Importadora Pacífico (ficticia)", "kind": "foreign", "country": "PE", "city": "Lima",
     "time_zone": "America/Lima", "languages": ["es"], "seeks_es": "Textiles de alpaca y granos",
     "seeks_en": "Alpaca textiles and grains"},
    {"name": "Nordkorn Handel (fictitious)", "kind": "foreign", "country": "DE", "city": "Hamburg",
     "time_zone": "Europe/Berlin", "languages": ["en", "de"],
     "seeks_es": "Quinua y café orgánicos", "seeks_en": "Organic quinoa and coffee"},
    {"name": "Kantuta Market (fictitious)", "kind": "platform", "country": "US",
     "city": "Washington", "time_zone": "America/New_York", "languages": ["en", "es"],
     "seeks_es": "Productos andinos para tienda en línea",
     "seeks_en": "Andean goods for a shop on line"},
)  # fmt: skip


def _must(*codes: str, wish: tuple[str, ...] = ()) -> list[dict[str, str]]:
    needs = [{"code": code, "level": "must"} for code in codes]
    return needs + [{"code": code, "level": "wish"} for code in wish]


DEMANDS: tuple[tuple[int, dict[str, Any]], ...] = (
    (4, {"product_es": "Quinua real orgánica", "product_en": "Organic royal quinoa",
         "hs_code": "100850", "quantity_per_month": Decimal(9), "unit": "t",
         "price_wanted": Decimal("3.1"), "currency": "USD", "price_unit": "kg",
         "requirements": _must("sanitary_registration", "organic", wish=("fair_trade",)),
         "languages": ["en", "de"], "delivery_place": "Hamburg (CIF)"}),
    (4, {"product_es": "Café verde orgánico", "product_en": "Organic green coffee",
         "hs_code": "090111", "quantity_per_month": Decimal(2), "unit": "t",
         "requirements": _must("exporter_registry", "organic"), "languages": ["en"]}),
    (1, {"product_es": "Café tostado", "product_en": "Roasted coffee", "hs_code": "090121",
         "quantity_per_month": Decimal(400), "unit": "kg",
         "requirements": _must("nit", "sanitary_registration", wish=("credit_30",)),
         "languages": ["es"], "delivery_place": "Santa Cruz"}),
    (0, {"product_es": "Barras de cereales", "product_en": "Cereal bars", "hs_code": "190420",
         "quantity_per_month": Decimal(8000), "unit": "unit", "price_wanted": Decimal("3.2"),
         "currency": "BOB", "price_unit": "unit",
         "requirements": _must("nit", "barcode", "sanitary_registration")}),
    (3, {"product_es": "Chompas de alpaca", "product_en": "Alpaca jumpers", "hs_code": "611019",
         "quantity_per_month": Decimal(200), "unit": "unit", "languages": ["es"]}),
)  # fmt: skip

PAID, ORDERED, SAMPLED = ("sample", "order", "paid"), ("sample", "order"), ("sample",)
FATES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("whole", PAID), ("silent", ()), ("whole", PAID), ("asked", SAMPLED), ("silent", ()),
    ("lost", SAMPLED), ("partly", PAID), ("asked", ORDERED), ("silent", ()), ("doubtful", PAID),
    ("whole", PAID), ("open", ()),
)  # fmt: skip
"""What becomes of deals, one after another."""

READY = {
    "before": ("no", "partly", "no", "partly", "yes", "yes", "partly", "no", "no", "partly"),
    "after": ("yes", "yes", "partly", "yes", "yes", "yes", "yes", "partly", "partly", "yes"),
}


@dataclass
class Market:
    """What every part needs."""

    actor: Actor
    draw: Draw
    programme: Programme
    buyers: list[Buyer] = field(default_factory=list)
    demands: list[Demand] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)


def load(actor: Actor, draw: Draw, programme: Programme) -> None:
    """Write the whole market: buyers, offers, deals, one cohort."""
    market = Market(actor, draw, programme)
    _buyers(market)
    _offers(market)
    _deals(market)
    _recent(market)
    _interests(market)
    _cohort(market)


def _buyers(market: Market) -> None:
    for told in BUYERS:
        buyer = buyers.register_buyer(
            actor=market.actor, programmes=[market.programme], email="compras@demo.example", **told
        )
        language = "es" if "es" in told["languages"] else "en"
        buyers.give_link(actor=market.actor, buyer=buyer, name="Compras", language=language)
        market.buyers.append(buyer)
    for place, demand in DEMANDS:
        market.demands.append(
            buyers.note_demand(
                actor=market.actor,
                buyer=market.buyers[place],
                valid_from=date(2021, 2, 1),
                is_published=True,
                **demand,
            )
        )


def _offers(market: Market) -> None:
    """Two firms offer each product; not all agree to be shown."""
    papers = {row.code: row for row in Paper.objects.all()}
    shown = cycle(("public", "buyers", "public", "buyers", "nobody"))
    firms = list(Enterprise.objects.living().select_related("sector", "place").order_by("pk"))
    for number, product in enumerate(PRODUCTS * 2):
        firm = next((one for one in firms if product.is_made_by(one)), None)
        if firm is None:
            continue
        firms.remove(firm)
        audience = next(shown)
        _agree(market, firm, audience, number)
        offer = _offer(market, firm, product, number)
        for code in product.papers[: len(product.papers) - (number >= len(PRODUCTS))]:
            offers.note_paper(
                actor=market.actor,
                offer=offer,
                requirement=papers[code],
                valid_until=date(2030, 6, 30) if code == "organic" else None,
            )
        if number < 4:
            offers.add_photo(
                actor=market.actor, offer=offer, content=_picture(product), caption=product.es
            )
        if audience != "nobody":
            market.offers.append(offers.publish_offer(actor=market.actor, offer=offer))


def _agree(market: Market, firm: Enterprise, audience: str, number: int) -> None:
    consents.say_consent(
        actor=market.actor,
        enterprise=firm,
        audience=audience,
        said_by="Gerencia",
        on=STARTS,
        name=number % 3 != 2,
        place=True,
        phone=number % 4 == 0,
        price=number % 2 == 0,
        capacity=number % 5 != 4,
        papers=True,
        photos=True,
    )


def _offer(market: Market, firm: Enterprise, product: Product, number: int) -> Offer:
    factor = Decimal(1) if number < len(PRODUCTS) else Decimal("0.4")
    known = number % 7 != 6
    return offers.note_offer(
        actor=market.actor,
        enterprise=firm,
        name_es=product.es,
        name_en=product.en if number % 4 != 3 else "",
        common_name=product.common,
        hs_code=product.hs,
        description_es="Producto de una empresa inventada, para mostrar el catálogo.",
        description_en="A product of an invented firm, to show the catalogue.",
        capacity_per_month=(product.capacity * factor).quantize(Decimal(1)) if known else None,
        unit=product.unit,
        price_low=Decimal(product.price[0]),
        price_high=Decimal(product.price[1]),
        currency=product.currency,
        price_unit=product.per,
        languages=["es", "en"] if number % 2 == 0 else ["es", "ay"],
        months=list(range(1, 13)) if product.sector != "coffee" else [5, 6, 7, 8, 9, 10],
    )


def _picture(product: Product) -> bytes:
    """Draw a plain still life: nobody's photograph is in the demo."""
    image = Image.new("RGB", (640, 440), (236, 230, 218))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 300, 640, 440), fill=(206, 196, 176))
    pen.ellipse((170, 120, 470, 400), fill=product.tint)
    pen.ellipse((205, 140, 435, 230), fill=tuple(min(255, part + 30) for part in product.tint))
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def _deals(market: Market) -> None:
    fates = cycle(FATES)
    for number in range(24):
        offer = market.offers[number % len(market.offers)]
        buyer = market.buyers[(number * 5 + 2) % len(market.buyers)]
        code = "USD" if buyer.is_foreign else "BOB"
        opened = STARTS + timedelta(days=9 * number)
        meant = Decimal(market.draw.chance.randrange(8, 60) * (100 if code == "USD" else 500))
        deal = deals.open_deal(
            actor=market.actor,
            enterprise=offer.enterprise,
            programme=market.programme,
            product=offer.name_es,
            buyer=buyer,
            offer=offer,
            intention=deals.IntentionValues(on=opened, amount=meant, currency=code),
        )
        _walk(market, deal, next(fates), opened, meant, code)


def _walk(
    market: Market,
    deal: Deal,
    fate: tuple[str, tuple[str, ...]],
    opened: date,
    meant: Decimal,
    code: str,
) -> None:
    name, steps = fate
    part = {"partly": Decimal("0.4"), "doubtful": Decimal("1.1")}.get(name, Decimal("0.8"))
    ordered = (meant * Decimal("0.8")).quantize(Decimal(1))
    for number, kind in enumerate(steps, start=1):
        amount = {"order": ordered, "paid": (meant * part).quantize(Decimal(1))}.get(kind)
        deals.record_step(
            actor=market.actor,
            deal=deal,
            kind=kind,
            on=opened + timedelta(days=35 * number),
            amount=amount,
            currency=code if amount is not None else "",
            evidence_link="https://demo.example/factura" if kind == "paid" else "",
            confirmed_reason="Incluye el flete." if name == "doubtful" and kind == "paid" else "",
        )
    if name == "lost":
        on = opened + timedelta(days=70)
        deals.lose_deal(actor=market.actor, deal=deal, on=on, note="Pidieron más volumen.")
    if name == "asked":
        deals.note_follow_up(
            actor=market.actor, deal=deal, on=opened + timedelta(days=95),
            note="Siguen interesados; esperan presupuesto.",
        )  # fmt: skip


def _recent(market: Market) -> None:
    """Three deals of these months, so that what is due has something of today in it."""
    programme = Programme.objects.filter(code=NEXT_CODE).first() or market.programme
    today = timezone.localdate(market.actor.at)
    for number, days in enumerate((100, 86, 20)):
        offer, opened = market.offers[number], today - timedelta(days=days)
        deals.open_deal(
            actor=market.actor,
            enterprise=offer.enterprise,
            programme=programme,
            product=offer.name_es,
            buyer=market.buyers[4 - number],
            offer=offer,
            intention=deals.IntentionValues(on=opened, amount=Decimal(2400), currency="USD"),
        )


def _interests(market: Market) -> None:
    for place, offer in ((4, market.offers[0]), (5, market.offers[2])):
        link = market.buyers[place].links.get()
        interests.show_interest(
            actor=market.actor, link=link, offer=offer, kind="sample",
            message="Please send 500 g with the analysis.",
        )  # fmt: skip


def _cohort(market: Market) -> None:
    """Ten firms of RE-Actívate: some far along, one left, some of which little is known."""
    partner = Organisation.objects.filter(is_partner=True).order_by("pk").first()
    cohort = cohorts.open_cohort(
        actor=market.actor,
        programme=market.programme,
        name="RE-Actívate 2021, primer grupo",
        starts_on=STARTS,
        ends_on=ENDS,
        partner=partner,
    )
    firms = {offer.enterprise_id: offer.enterprise for offer in market.offers}
    joined = [
        cohorts.add_firm(actor=market.actor, cohort=cohort, enterprise=firm, joined_on=STARTS)
        for firm in list(firms.values())[:10]
    ]
    steps = list(MarketStep.objects.filter(is_retired=False))
    for number, row in enumerate(joined):
        for place, step in enumerate(steps[: max(0, 8 - number)]):
            cohorts.mark_step(
                actor=market.actor,
                firm=row,
                step=step,
                state="doing" if place == 7 - number else "done",
                on=STARTS + timedelta(days=12 * (place + 1)),
                note="Visto en la visita (datos sintéticos).",
            )
    _ready(market, cohort, joined)
    _projects(market, joined, steps)
    cohorts.let_go(
        actor=market.actor, firm=joined[-1], on=date(2021, 5, 20), why="No tenía internet estable."
    )


def _ready(market: Market, cohort: Cohort, joined: list[CohortFirm]) -> None:
    instrument = Instrument.objects.get(kind="checklist", code=cohort.checklist_code)
    for number, row in enumerate(joined[:4]):
        previous = None
        for when, on in (("before", STARTS), ("after", ENDS))[: 2 if number < 2 else 1]:
            run = checklists.start_run(
                actor=market.actor, enterprise=row.enterprise, instrument=instrument, on=on,
                previous=previous,
            )  # fmt: skip
            values = zip(run.version.items, cycle(READY[when]), strict=False)
            answers = {item["code"]: Given(value=value) for item, value in values}
            checklists.answer(actor=market.actor, run=run, answers=answers)
            previous = checklists.close_run(actor=market.actor, run=run)


def _projects(market: Market, joined: list[CohortFirm], steps: list[MarketStep]) -> None:
    for number, row in enumerate(joined[:5]):
        step = next(step for step in steps[number:] if step.ideas)
        project = cohorts.plan_project(
            actor=market.actor,
            firm=row,
            title=step.ideas[0]["es"],
            step=step,
            target=Decimal(10),
            unit=step.ideas[0]["measure_es"][:40],
            responsible="Ventas",
            starts_on=STARTS,
            due_on=STARTS + timedelta(days=45),
        )
        if number % 2 == 0:
            cohorts.end_project(
                actor=market.actor,
                project=project,
                on=STARTS + timedelta(days=44),
                result=Decimal(10 - number),
                result_note="Quedó andando.",
            )
