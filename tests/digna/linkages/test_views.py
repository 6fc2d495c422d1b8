"""Screens: who enters, forms that come back filled, lists that cost the same however many."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import cast
import make
from cast import client_of
from digna.linkages.models import (
    Buyer,
    BuyerLink,
    Cohort,
    Deal,
    Demand,
    MiniProject,
    Offer,
    Requirement,
)
from digna.linkages.services import cohorts, interests, offers
from digna.registry.models import Enterprise
from digna.registry.services import organisations, people
from linkages import made
from linkages.made import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def players() -> cast.Cast:
    return cast.cast()


def kept_firm(owner: Any = None) -> Enterprise:
    """A firm in the care of CAINCO, perhaps owned by somebody with an account."""
    partner = organisations.named("CAINCO") or organisations.register_organisation(
        actor=make.actor(), name="CAINCO", code=cast.PARTNER, is_partner=True
    )
    firm = make.enterprise("Granos Jiwra", partner=partner)
    if owner is not None:
        rosa = make.person("Olga")
        people.affiliate(actor=make.actor(), person=rosa, enterprise=firm, role="owner")
        people.correct_person(actor=make.actor(), person=rosa, account=owner)
    return firm


def each(names: tuple[str, ...], key: Any) -> dict[str, list[Any]]:
    """The same argument for several pages."""
    return {name: [key] for name in names}


def pages(firm: Enterprise) -> dict[str, str]:
    """Every page that is opened by GET, of one firm's rows."""
    made.kit()
    offer, link = made.shown_offer("public", firm=firm), made.link()
    demand, deal = made.demand(link.buyer), made.deal(firm)
    step = deal.steps.get()
    cohort = made.cohort(partner=firm.partner)
    row = cohorts.add_firm(actor=make.actor(), cohort=cohort, enterprise=firm, joined_on=DAY)
    project = cohorts.plan_project(actor=make.actor(), firm=row, title="x", starts_on=DAY)
    named: dict[str, list[Any]] = {
        "overview": [], "offers": [], "export_offers": [], "deals": [], "export_deals": [],
        "chase": [], "open_deal": [], "buyers": [], "export_buyers": [], "register_buyer": [],
        "interests": [], "cohorts": [], "open_cohort": [],
        **each(("firm_offers", "note_offer", "consent", "withdraw_consent"), firm.public_id),
        **each(("offer", "change_offer", "note_paper"), offer.public_id),
        **each(("buyer", "change_buyer", "give_link", "note_demand"), link.buyer.public_id),
        **each(("demand", "change_demand"), demand.public_id),
        **each(("deal", "change_deal", "record_step", "lose_deal", "follow_up"), deal.public_id),
        **each(("correct_step", "withdraw_step"), step.public_id),
        **each(("cohort", "export_cohort", "change_cohort", "add_firm"), cohort.public_id),
        **each(("cohort_firm", "let_go", "plan_project"), row.public_id),
        "mark_step": [row.public_id, "photos"], "end_project": [project.public_id],
    }  # fmt: skip
    return {name: reverse(f"linkages:{name}", args=args) for name, args in named.items()}


LISTS = {"overview", "offers", "export_offers", "deals", "export_deals", "chase"}
OWN = {"firm_offers", "offer", "deal"}
EDIT = {
    "open_deal", "note_offer", "consent", "withdraw_consent", "change_offer", "note_paper",
    "change_deal", "record_step", "lose_deal", "follow_up", "correct_step", "withdraw_step",
}  # fmt: skip
BUYERS = {"buyers", "export_buyers", "buyer", "demand"}
KEEP_BUYERS = {"register_buyer", "change_buyer", "give_link", "note_demand", "change_demand"}
COHORTS = {"cohorts", "cohort", "export_cohort", "cohort_firm"}
KEEP_COHORTS = {"open_cohort", "change_cohort", "add_firm", "let_go"}
MARK = {"mark_step", "plan_project", "end_project", "interests"}
EVERYTHING = LISTS | OWN | EDIT | BUYERS | KEEP_BUYERS | COHORTS | KEEP_COHORTS | MARK


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lead", EVERYTHING),
        ("mel", EVERYTHING),
        ("coordinator", EVERYTHING),
        ("trainer", EVERYTHING - KEEP_BUYERS - KEEP_COHORTS),
        ("auditor", LISTS | OWN | BUYERS | COHORTS),
        ("owner", LISTS | OWN | EDIT),
        ("other_coordinator", LISTS | BUYERS | KEEP_BUYERS
         | {"open_deal", "cohorts", "open_cohort", "interests"}),
        ("mentor", set()),
    ],
)  # fmt: skip
def test_who_enters_where(players: cast.Cast, who: str, may: set[str]) -> None:
    client = client_of(getattr(players, who))
    for name, url in pages(kept_firm(players.owner)).items():
        status = client.get(url).status_code
        assert (status == 200) == (name in may), (who, name, status)
        assert status in (200, 403, 404), (name, status)


def test_a_stranger_signs_in_first() -> None:
    for url in pages(kept_firm()).values():
        assert client_of(None).get(url).status_code == 302


def send(client: Any, page: str, /, *args: Any, **values: Any) -> Any:
    return client.post(reverse(f"linkages:{page}", args=args), values | {"intention": uuid.uuid4()})


def test_an_owner_notes_an_offer_decides_what_is_shown_and_publishes(players: cast.Cast) -> None:
    firm, client = kept_firm(players.owner), client_of(players.owner)
    key = firm.public_id
    refused = send(client, "note_offer", key, name_es="Café", capacity_per_month="60")
    assert refused.status_code == 422
    assert 'value="60"' in refused.content.decode()
    send(client, "note_offer", key, name_es="Café", capacity_per_month="60,5", unit="qq",
         languages=["es"], months=["5", "6"])  # fmt: skip
    offer = Offer.objects.get()
    assert (offer.capacity_per_month, offer.months) == (Decimal("60.5"), [5, 6])
    send(client, "publish_offer", offer.public_id)
    offer.refresh_from_db()
    assert offer.state == "draft"  # nobody said what may be shown
    send(client, "consent", key, audience="buyers", shows=["name", "price"], said_by="Olga")
    send(client, "publish_offer", offer.public_id)
    word = firm.market_consents.get()
    assert (word.shows_name, word.shows_phone, word.noted_by) == (True, False, players.owner)
    page = client.get(reverse("linkages:firm_offers", args=[key])).content.decode()
    assert "a los compradores del programa" in page
    send(client, "withdraw_consent", key, said_by="Olga")
    assert firm.market_consents.first().audience == "nobody"  # type: ignore[union-attr]
    send(client, "withdraw_offer", offer.public_id)
    offer.refresh_from_db()
    assert offer.state == "withdrawn"


def test_papers_and_photographs_by_their_buttons(players: cast.Cast) -> None:
    made.kit()
    client, offer = client_of(players.lead), made.shown_offer()
    organic = Requirement.objects.get(code="organic")
    send(client, "note_paper", offer.public_id, requirement=organic.pk, valid_until="2020-01-01")
    assert (
        "vencida" in client.get(reverse("linkages:offer", args=[offer.public_id])).content.decode()
    )
    send(client, "remove_paper", offer.certifications.get().pk)
    send(client, "no_more_papers", offer.public_id)
    assert not offer.certifications.exists()
    photo = SimpleUploadedFile("x.jpg", made.picture(), content_type="image/jpeg")
    send(client, "add_photo", offer.public_id, photo=photo, caption="Grano")
    key = offer.photos.get().pk
    assert client.get(reverse("linkages:photo", args=[key]))["content-type"] == "image/jpeg"
    assert client_of(players.other_coordinator).get(
        reverse("linkages:photo", args=[key])
    ).status_code == 404  # fmt: skip
    send(client, "remove_photo", key)
    assert not offer.photos.exists()


def test_a_buyer_with_a_demand_and_a_link(players: cast.Cast) -> None:
    made.kit()
    client = client_of(players.coordinator)
    told = {
        "name": "Nordkorn", "kind": "foreign", "country": "de", "time_zone": "Europe/Berlin",
        "languages": ["en"],
    }  # fmt: skip
    assert send(client, "register_buyer", **told | {"country": "Alemania"}).status_code == 422
    assert send(client, "register_buyer", **told).status_code == 302
    buyer = Buyer.objects.get()
    assert send(client, "register_buyer", **told).status_code == 422
    send(client, "note_demand", buyer.public_id, product_es="Quinua", valid_from="2024-03-04",
         quantity_per_month="2", unit="t", must=["organic"], wish=["organic", "fair_trade"],
         is_published="on")  # fmt: skip
    demand = Demand.objects.get()
    assert demand.requirements == [
        {"code": "organic", "level": "must"}, {"code": "fair_trade", "level": "wish"},
    ]  # fmt: skip
    send(client, "change_demand", demand.public_id, product_es="Quinua real",
         valid_from="2024-03-04")  # fmt: skip
    demand.refresh_from_db()
    assert (demand.product_es, demand.is_published) == ("Quinua real", False)
    send(client, "give_link", buyer.public_id, name="Ute", language="en")
    link = BuyerLink.objects.get()
    page = client.get(reverse("linkages:buyer", args=[buyer.public_id])).content.decode()
    assert link.token in page
    auditor = client_of(players.auditor).get(reverse("linkages:buyer", args=[buyer.public_id]))
    assert link.token not in auditor.content.decode()
    send(client, "revoke_link", link.pk)
    link.refresh_from_db()
    assert link.revoked_at is not None
    send(client, "change_buyer", buyer.public_id, kind="foreign", country="PE",
         time_zone="America/Lima", is_active="on")  # fmt: skip
    buyer.refresh_from_db()
    assert (buyer.country, buyer.time_zone) == ("PE", "America/Lima")


def test_a_deal_from_the_intention_to_the_payment(players: cast.Cast) -> None:
    firm, client = kept_firm(), client_of(players.coordinator)
    made.programme()
    told = {
        "enterprise": firm.pk, "product": "Quinua", "buyer_name": "Nordkorn", "on": "2024-03-04",
        "programme": made.programme().pk, "amount": "900", "currency": "USD",
    }  # fmt: skip
    assert send(client, "open_deal", **told | {"buyer_name": ""}).status_code == 422
    assert send(client, "open_deal", **told).status_code == 302
    deal = Deal.objects.get()
    key = deal.public_id
    send(client, "follow_up", key, on="2024-06-01", was_answered="no", next_on="2024-07-01")
    send(client, "record_step", key, kind="order", on="2024-06-10", amount="800", currency="USD")
    asked = send(client, "record_step", key, kind="paid", on="2024-07-10", amount="850",
                 currency="USD")  # fmt: skip
    assert asked.status_code == 422
    assert "¿Es correcto?" in asked.content.decode()
    pdf = SimpleUploadedFile("f.pdf", b"%PDF-1.4 factura", content_type="application/pdf")
    send(client, "record_step", key, kind="paid", on="2024-07-10", amount="850", currency="USD",
         confirmed_reason="Con flete", evidence=pdf)  # fmt: skip
    paid = deal.steps.get(kind="paid")
    assert (paid.review, paid.has_evidence) == ("waiting", True)
    got = client.get(reverse("linkages:evidence", args=[paid.public_id]))
    assert got["content-type"] == "application/pdf"
    send(client, "confirm_step", paid.public_id, reason="Vi la factura")
    send(client, "correct_step", paid.public_id, kind="paid", on="2024-07-11", amount="800",
         currency="USD", reason="Era sin flete")  # fmt: skip
    page = client.get(reverse("linkages:deal", args=[key])).content.decode()
    assert "1 paso corregido o quitado" in page
    assert "Era sin flete" in page
    listed = client.get(reverse("linkages:deals")).content.decode()
    assert "USD 800,00 vendidos de USD 900,00 de intención" in listed
    assert "1 de 1 con seguimiento" in listed


def test_a_loss_says_why_and_can_be_taken_back(players: cast.Cast) -> None:
    deal, client = made.deal(), client_of(players.lead)
    key = deal.public_id
    assert send(client, "lose_deal", key, on="2024-05-01", note="").status_code == 422
    send(client, "lose_deal", key, on="2024-05-01", note="Precio")
    lost = deal.steps.get(kind="lost")
    send(client, "withdraw_step", lost.public_id, reason="Volvieron")
    lost.refresh_from_db()
    assert lost.withdrawn_reason == "Volvieron"
    send(client, "change_deal", key, product="Quinua roja", is_export="on")
    deal.refresh_from_db()
    assert (deal.product, deal.is_export) == ("Quinua roja", True)


def test_what_is_due_is_listed_the_longest_overdue_first(players: cast.Cast) -> None:
    client, today = client_of(players.lead), timezone.localdate()
    old = made.deal(make.enterprise("Vieja"), product="A")
    made.deal(make.enterprise("Nueva"), product="B", on=today, amount=None)
    page = client.get(reverse("linkages:chase")).content.decode()
    assert "Vieja" in page
    assert "Nueva" not in page
    made.step(old, "order", DAY + timedelta(days=30), "100")
    made.step(old, "paid", DAY + timedelta(days=60), "100")
    assert "Vieja" not in client.get(reverse("linkages:chase")).content.decode()


def test_filters_narrow_the_list_and_its_sentence(players: cast.Cast) -> None:
    client = client_of(players.lead)
    made.deal(make.enterprise("Uno"), buyer=made.buyer(), buyer_name="")
    other = made.deal(make.enterprise("Dos"), amount="50")
    made.step(other, "sample", DAY)
    url = reverse("linkages:deals")
    for query, shown, hidden in (
        ("?q=uno", "Uno", "Dos"), ("?estado=sample", "Dos", "Uno"),
        ("?tipo=exportacion", "Uno", "Dos"), ("?programa=p&tipo=nacional", "Dos", "Uno"),
    ):  # fmt: skip
        page = client.get(url + query).content.decode()
        table = page[page.index("<tbody>") :]
        assert shown in table
        assert hidden not in table
    assert "Nada pasa por esos filtros" in client.get(f"{url}?q=nadie").content.decode()
    assert "sin ventas anotadas de USD 50,00 de intención" in client.get(
        f"{url}?estado=sample"
    ).content.decode()  # fmt: skip
    assert client.get(f"{url}?comprador=x").status_code == 200


def test_intended_and_paid_leave_in_columns_of_their_own(players: cast.Cast) -> None:
    deal = made.deal(make.enterprise("Uno"))
    made.step(deal, "paid", DAY, "350", currency="BOB")
    answer = client_of(players.lead).get(reverse("linkages:export_deals"), {"formato": "xlsx"})
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
    assert [row[7:11] for row in rows[1:]] == [
        ("BOB", None, None, 350), ("USD", 900, None, None),
    ]  # fmt: skip


def test_a_cohort_on_screen(players: cast.Cast) -> None:
    made.kit()
    firm, client = kept_firm(), client_of(players.coordinator)
    partner = firm.partner
    assert partner is not None
    send(client, "open_cohort", name="RE-Actívate 1", programme=made.programme().pk,
         partner=partner.pk, starts_on="2024-03-04")  # fmt: skip
    cohort = Cohort.objects.get()
    send(client, "add_firm", cohort.public_id, enterprise=firm.pk, joined_on="2024-03-04")
    row = cohort.firms.get()
    key = row.public_id
    assert send(client, "mark_step", key, "catalogue", state="done",
                on="2024-04-01").status_code == 422  # fmt: skip
    send(client, "mark_step", key, "catalogue", state="done", on="2024-04-01", note="Publicado")
    page = client.get(reverse("linkages:cohort", args=[cohort.public_id])).content.decode()
    assert "1 de 1 empresas del grupo abrieron un canal digital" in page
    idea = client.get(reverse("linkages:plan_project", args=[key]) + "?idea=catalogue.0")
    assert "Cargar veinte productos con precio" in idea.content.decode()
    assert client.get(
        reverse("linkages:plan_project", args=[key]) + "?idea=nada.9"
    ).status_code == 200  # fmt: skip
    send(client, "plan_project", key, title="Fotos", starts_on="2024-04-01", target="10")
    project = MiniProject.objects.get()
    send(client, "end_project", project.public_id, on="2024-05-01", result="8")
    project.refresh_from_db()
    assert project.result == Decimal(8)
    send(client, "drop_project", project.public_id)
    send(client, "change_cohort", cohort.public_id, name="RE-Actívate uno",
         programme=made.programme().pk, partner=partner.pk, starts_on="2024-03-04")  # fmt: skip
    send(client, "let_go", key, on="2024-06-01", why="Sin internet")
    row.refresh_from_db()
    assert row.left_on == date(2024, 6, 1)
    assert Cohort.objects.get().name == "RE-Actívate uno"


def test_what_buyers_ask_is_answered_or_becomes_a_deal(players: cast.Cast) -> None:
    firm = kept_firm()
    offer, link = made.shown_offer(firm=firm), made.link()
    asked = interests.show_interest(actor=make.actor(), link=link, offer=offer, kind="sample")
    other = interests.show_interest(actor=make.actor(), link=link, offer=offer, kind="interested")
    client = client_of(players.trainer)
    assert "Nordkorn" in client.get(reverse("linkages:interests")).content.decode()
    send(client, "answer_interest", asked.pk, act="open")  # no programme chosen
    assert not Deal.objects.exists()
    programme = made.programme()
    reply = send(client, "answer_interest", asked.pk, act="open", programme=programme.code)
    assert reply["location"] == reverse("linkages:deal", args=[Deal.objects.get().public_id])
    send(client, "answer_interest", other.pk, act="answer")
    assert "Nadie espera" in client.get(reverse("linkages:interests")).content.decode()


def many(number: int) -> None:
    for n in range(number):
        firm = make.enterprise(f"Empresa {number}-{n}")
        made.consent(firm, "public")
        offers.publish_offer(actor=make.actor(), offer=made.offer(firm))
        made.step(made.deal(firm), "sample", DAY)
        made.demand(made.buyer(name=f"Comprador {number}-{n}"))
        cohort = Cohort.objects.first() or made.cohort()
        cohorts.add_firm(actor=make.actor(), cohort=cohort, enterprise=firm)


PAGES: dict[str, Callable[[], str]] = {
    "offers": lambda: reverse("linkages:offers"),
    "deals": lambda: reverse("linkages:deals"),
    "chase": lambda: reverse("linkages:chase"),
    "buyers": lambda: reverse("linkages:buyers"),
    "cohorts": lambda: reverse("linkages:cohorts"),
    "cohort": lambda: reverse("linkages:cohort", args=[Cohort.objects.get().public_id]),
    "demand": lambda: reverse("linkages:demand", args=[Demand.objects.earliest("pk").public_id]),
    "export_deals": lambda: reverse("linkages:export_deals"),
    "catalogue": lambda: reverse("linkages:catalogue"),
}


def test_lists_cost_the_same_at_few_and_at_many(players: cast.Cast) -> None:
    client = client_of(players.lead)
    counts: list[dict[str, int]] = []
    for number in (2, 4):
        many(number)
        found = {}
        for name, url in PAGES.items():
            client.get(url())
            with CaptureQueriesContext(connection) as context:
                assert client.get(url()).status_code == 200
            found[name] = len(context)
        counts.append(found)
    assert counts[0] == counts[1]
