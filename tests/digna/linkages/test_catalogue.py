"""What leaves the programme: the public catalogue and a buyer's own, by consent and at once."""

import uuid
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

import make
from cast import client_of
from digna.linkages.models import BuyerLink, Interest, Offer, Requirement
from digna.linkages.services import buyers, consents, offers
from linkages import made

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "Granos Jiwra", "place": "El Alto", "phone": "71234567",
    "email": "jiwra@firma.example", "price": "3,20", "capacity": "800 kg", "papers": "Orgánico",
}  # fmt: skip


@pytest.fixture
def offer() -> Offer:
    """An offer whose firm shows everything to everybody."""
    cache.clear()
    firm = make.enterprise(
        "Granos Jiwra", phone="71234567", email="jiwra@firma.example", place=make.place()
    )
    row = made.shown_offer("public", firm=firm)
    organic = Requirement.objects.create(code="organic", name_es="Orgánico", kind="certification")
    offers.note_paper(actor=make.actor(), offer=row, requirement=organic)
    offers.add_photo(actor=make.actor(), offer=row, content=made.picture())
    return row


def get(name: str, *args: Any, **headers: Any) -> Any:
    return client_of(None).get(reverse(f"linkages:{name}", args=args), **headers)


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def outside(offer: Offer, link: BuyerLink) -> dict[str, Any]:
    """Every way by which an offer is read from outside."""
    key, photo = offer.public_id, offer.photos.get().pk
    return {
        "public page": lambda: get("catalogue_offer", key),
        "public photo": lambda: get("catalogue_photo", photo),
        "buyer page": lambda: get("buyer_offer", link.token, key),
        "buyer photo": lambda: get("buyer_photo", link.token, photo),
        "public list": lambda: get("catalogue"),
        "public file": lambda: get("export_catalogue"),
        "buyer list": lambda: get("buyer_home", link.token),
        "buyer file": lambda: get("buyer_export", link.token),
    }


def test_withdrawal_hides_everywhere_with_the_next_page(offer: Offer) -> None:
    ways = outside(offer, made.link())
    for name, way in ways.items():
        answer = way()
        assert answer.status_code == 200, name
        assert "no-cache" in answer["cache-control"], name
    consents.withdraw_consent(actor=make.actor(), enterprise=offer.enterprise, said_by="Rosa")
    for name, way in ways.items():
        answer = way()
        assert answer.status_code == (404 if "page" in name or "photo" in name else 200), name
        assert "Quinua real" not in answer.content.decode(errors="replace"), name


@pytest.mark.parametrize("group", FACTS)
def test_each_box_hides_its_own_fact_from_every_page(offer: Offer, group: str) -> None:
    link = made.link(language="es")
    shows = {name: name != group for name in FACTS}
    consents.say_consent(
        actor=make.actor(), enterprise=offer.enterprise, audience="public", said_by="R", **shows
    )
    for page in (
        text(get("catalogue_offer", offer.public_id)), text(get("catalogue")),
        text(get("buyer_offer", link.token, offer.public_id)),
        text(get("buyer_home", link.token)), text(get("export_catalogue")),
    ):  # fmt: skip
        assert FACTS[group] not in page
    whole = text(get("catalogue_offer", offer.public_id))
    assert all(fact in whole for name, fact in FACTS.items() if name != group)


def test_photographs_hide_with_their_box(offer: Offer) -> None:
    key = offer.photos.get().pk
    made.consent(offer.enterprise, "public", name=True)
    assert get("catalogue_photo", key).status_code == 404
    assert "/foto/" not in text(get("catalogue"))


def test_what_is_for_buyers_is_not_public(offer: Offer) -> None:
    link = made.link()
    made.consent(offer.enterprise, "buyers")
    assert get("catalogue_offer", offer.public_id).status_code == 404
    assert "Royal quinoa" in text(get("buyer_home", link.token))


def test_a_buyer_abroad_reads_english_at_their_own_hour(offer: Offer) -> None:
    link = made.link()
    page = text(get("buyer_home", link.token))
    assert 'lang="en"' in page
    assert "Royal quinoa" in page
    assert "Europe/Berlin" in page
    link.refresh_from_db()
    assert link.seen_at is not None
    client = client_of(None)
    client.cookies["idioma"] = "es-bo"
    spanish = client.get(reverse("linkages:buyer_home", args=[link.token])).content.decode()
    assert "Quinua real" in spanish


def test_a_buyer_sees_what_fits_with_what_is_still_to_be_asked(offer: Offer) -> None:
    link = made.link()
    made.demand(link.buyer)
    made.consent(offer.enterprise, "buyers", name=True)
    page = text(get("buyer_home", link.token))
    assert "You seek: Quinoa" in page
    assert "not known whether there is enough for 2 t a month" in page
    assert "0.8" not in page


def test_links_that_do_not_open(offer: Offer) -> None:
    assert get("buyer_home", "no-such-token").status_code == 404
    late = made.link(expires_on=timezone.localdate() - timedelta(days=1))
    assert get("buyer_home", late.token).status_code == 404
    link = made.link(late.buyer)
    buyers.revoke_link(actor=make.actor(), link=link)
    assert get("buyer_home", link.token).status_code == 404
    open_link = made.link(late.buyer)
    buyers.change_buyer(actor=make.actor(), buyer=late.buyer, is_active=False)
    assert get("buyer_home", open_link.token).status_code == 404


def test_a_buyer_asks_for_a_sample_once(offer: Offer) -> None:
    link, client = made.link(), client_of(None)
    url = reverse("linkages:say_interest", args=[link.token, offer.public_id])
    assert client.get(url).status_code == 405
    for _time in range(2):
        answer = client.post(url, {"kind": "sample", "message": "500 g please"})
        assert answer.status_code == 302
    assert Interest.objects.get().message == "500 g please"
    page = text(get("buyer_offer", link.token, offer.public_id))
    assert "You have asked for it" in page
    assert client.post(url, {"kind": "steal"}).status_code == 422
    nowhere = reverse("linkages:say_interest", args=[link.token, uuid.uuid4()])
    assert client.post(nowhere, {"kind": "sample"}).status_code == 404


def test_search_by_word_and_by_code(offer: Offer) -> None:
    url = reverse("linkages:catalogue")
    client = client_of(None)
    for query, is_found in (("quinua", True), ("1008.50", True), ("café", False)):
        page = client.get(url, {"q": query}).content.decode()
        assert ("Granos Jiwra" in page) is is_found, query


def test_the_sheet_carries_what_is_shown_in_the_readers_language(offer: Offer) -> None:
    link = made.link()
    made.consent(offer.enterprise, "buyers", name=True, capacity=True)
    answer = client_of(None).get(
        reverse("linkages:buyer_export", args=[link.token]), {"formato": "xlsx"}
    )
    header, row = openpyxl.load_workbook(BytesIO(answer.content)).active.values  # type: ignore[union-attr]
    told = dict(zip(header, row, strict=True))
    assert told["Capacity a month"] == 800
    assert (told["Price from"], told["E-mail"]) == (None, None)


@pytest.mark.parametrize("way", ["public", "buyer"])
def test_the_paper_is_drawn_with_its_qr_and_nothing_hidden(offer: Offer, way: str) -> None:
    made.consent(offer.enterprise, "public", name=True, photos=True)
    answer = get("catalogue_paper") if way == "public" else get("buyer_paper", made.link().token)
    assert answer.status_code == 200
    paper = pypdfium2.PdfDocument(answer.content)
    said = paper[0].get_textpage().get_text_bounded()
    assert ("Quinua real" if way == "public" else "Royal quinoa") in said
    assert "71234567" not in said
    assert "3,20" not in said
