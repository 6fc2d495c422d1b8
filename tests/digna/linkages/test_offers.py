"""Offers, papers, photographs, and what a firm agreed to show: the last word holds at once."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

import make
from digna.errors import Refused
from digna.linkages import showing
from digna.linkages.models import Interest, Offer, Requirement
from digna.linkages.selectors import fits
from digna.linkages.selectors import showing as selectors
from digna.linkages.services import consents, interests, offers
from digna.registry.services import erasure, merges, people
from linkages import made

pytestmark = pytest.mark.django_db


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=code.replace(".", r"\."))


def seen(audience: str) -> list[showing.Facts]:
    rows = selectors.with_parts(selectors.offers_for(audience))
    return selectors.shown(rows, audience, timezone.localdate())


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name_es": " "}, "linkages.offer.no_name"),
        ({"capacity_per_month": Decimal(0)}, "linkages.trade.amounts"),
        ({"hs_code": "1008"}, "linkages.trade.hs_code"),
        ({"currency": "US"}, "linkages.trade.currency"),
        ({"unit": ""}, "linkages.trade.units"),
        ({"price_unit": ""}, "linkages.trade.units"),
        ({"price_high": Decimal(1)}, "linkages.offer.prices"),
    ],
)
def test_an_offer_that_cannot_be_read_is_refused(values: Any, code: str) -> None:
    with refused(code):
        made.offer(**values)


def test_an_offer_is_kept_as_it_is_read() -> None:
    row = made.offer()
    assert (row.hs_code, row.currency, row.state) == ("100850", "USD", "draft")
    with refused("linkages.trade.amounts"):
        offers.change_offer(actor=make.actor(), offer=row, price_low=Decimal(-1))
    assert row.price_low == Decimal("3.2")
    offers.change_offer(actor=make.actor(), offer=row, price_low=None, price_high=None)
    assert Offer.objects.get().price_low is None


def test_nothing_is_published_before_the_firm_said_what_may_be_shown() -> None:
    row = made.offer()
    with refused("linkages.offer.no_consent"):
        offers.publish_offer(actor=make.actor(), offer=row)
    made.consent(row.enterprise)
    assert offers.publish_offer(actor=make.actor(), offer=row).published_on is not None
    assert [facts.name for facts in seen("buyers")] == ["Quinua real"]
    assert seen("public") == []


def test_what_is_withdrawn_is_gone_at_once() -> None:
    row = made.shown_offer("public")
    assert len(seen("public")) == len(seen("buyers")) == 1
    consents.withdraw_consent(actor=make.actor(), enterprise=row.enterprise, said_by="Rosa")
    assert seen("public") == seen("buyers") == []
    made.consent(row.enterprise, "buyers", name=True)
    assert seen("public") == []
    assert seen("buyers")[0].phone is None


def test_only_ticked_facts_leave_the_programme() -> None:
    row = made.shown_offer()
    made.consent(row.enterprise, "buyers", price=True)
    facts = seen("buyers")[0]
    assert facts.price_low == Decimal("3.2")
    assert (facts.firm_name, facts.phone, facts.capacity, facts.papers) == (None,) * 4
    assert facts.hidden == frozenset(showing.GROUPS) - {"price"}


def test_a_word_said_for_an_earlier_day_does_not_undo_a_later_one() -> None:
    row = made.shown_offer()
    today = timezone.localdate()
    consents.say_consent(
        actor=make.actor(), enterprise=row.enterprise, audience="public", said_by="Rosa",
        on=today - timedelta(days=30), name=True,
    )  # fmt: skip
    assert seen("public") == []
    with refused("linkages.consent.future"):
        consents.say_consent(
            actor=make.actor(), enterprise=row.enterprise, audience="public", said_by="Rosa",
            on=today + timedelta(days=1),
        )  # fmt: skip
    with refused("linkages.consent.who"):
        made.consents.say_consent(
            actor=make.actor(), enterprise=row.enterprise, audience="public", said_by=" "
        )


def test_saying_nobody_unticks_everything() -> None:
    row = made.shown_offer()
    word = consents.say_consent(
        actor=make.actor(), enterprise=row.enterprise, audience="nobody", said_by="Rosa", name=True
    )
    assert word.shows_name is False


def test_papers_are_unknown_until_somebody_asked() -> None:
    row = made.shown_offer()
    assert seen("buyers")[0].papers is None
    offers.state_no_more_papers(actor=make.actor(), offer=row)
    assert seen("buyers")[0].papers == ()
    organic = Requirement.objects.create(code="organic", name_es="Orgánico", kind="certification")
    paper = offers.note_paper(actor=make.actor(), offer=row, requirement=organic, number=" B-1 ")
    again = offers.note_paper(
        actor=make.actor(), offer=row, requirement=organic, valid_until=date(2020, 1, 1)
    )
    assert again.pk == paper.pk
    assert seen("buyers")[0].papers == ()  # it lapsed
    offers.remove_paper(actor=make.actor(), paper=again)
    assert not row.certifications.exists()


def test_six_photographs_are_enough() -> None:
    row = made.shown_offer()
    for _number in range(offers.PHOTOS_MAX):
        photo = offers.add_photo(actor=make.actor(), offer=row, content=made.picture())
    with refused("linkages.offer.photos_enough"):
        offers.add_photo(actor=make.actor(), offer=row, content=made.picture())
    offers.remove_photo(actor=make.actor(), photo=photo)
    assert len(seen("buyers")[0].photos) == offers.PHOTOS_MAX - 1


def test_an_offer_before_a_demand_in_words() -> None:
    row, buyer = made.shown_offer(), made.buyer()
    Requirement.objects.create(code="sanitary", name_es="Registro sanitario", kind="registration")
    offers.state_no_more_papers(actor=make.actor(), offer=row)
    Requirement.objects.create(code="fair", name_es="Comercio justo", kind="certification")
    needs = [{"code": "fair", "level": "wish"}, {"code": "sanitary", "level": "must"}]
    asked = made.demand(buyer, requirements=needs)
    found = fits.for_demand(asked, seen("buyers"), timezone.localdate())[0]
    assert found.gaps == (
        "capacidad 0,8 t de 2 t al mes",
        "falta: Registro sanitario",
        "falta, es deseable: Comercio justo",
    )
    assert found.word == "3 brechas"
    made.consent(row.enterprise, "buyers", name=True)
    hidden = fits.for_demand(asked, seen("buyers"), timezone.localdate())[0]
    assert hidden.gaps == ()
    assert "no se pregunt" in hidden.unknown[1]


def test_an_interest_said_twice_is_one_and_opens_one_deal() -> None:
    row, link = made.shown_offer(), made.link()
    for message in ("Send 500 g", ""):
        said = interests.show_interest(
            actor=make.actor(), link=link, offer=row, kind="sample", message=message
        )
    assert Interest.objects.get() == said
    assert (said.message, said.said_by) == ("Send 500 g", "Ute Brandt")
    with refused("linkages.interest.kind"):
        interests.show_interest(actor=make.actor(), link=link, offer=row, kind="buy")
    deal = interests.open_deal_of(actor=make.actor(), interest=said, programme=made.programme())
    again = interests.open_deal_of(actor=make.actor(), interest=said, programme=made.programme())
    assert deal == again
    assert (deal.is_export, deal.buyer) == (True, link.buyer)
    assert said.answered_at is not None


def test_an_erased_person_is_forgotten_where_they_spoke() -> None:
    firm = make.enterprise()
    rosa = make.person("Rosa", "Mamani Quispe", email="rosa@firma.example")
    people.affiliate(actor=make.actor(), person=rosa, enterprise=firm, role="owner")
    consents.say_consent(
        actor=make.actor(), enterprise=firm, audience="buyers", said_by="Rosa Mamani"
    )
    buyer = made.buyer(contact=rosa, email="rosa@firma.example", phone="+4940")
    link = made.link(buyer, name="Rosa Mamani")
    erasure.erase_person(actor=make.actor(reason="lo pidió"), person=rosa)
    assert firm.market_consents.get().said_by == "—"
    buyer.refresh_from_db()
    link.refresh_from_db()
    assert (buyer.contact, buyer.email, buyer.phone) == (None, "", "+4940")
    assert (link.name, link.works_on(timezone.localdate())) == ("—", False)


def test_merged_firms_keep_their_offers_deals_and_latest_word() -> None:
    keep, absorb = make.enterprise("Granos Jiwra"), make.enterprise("Granos Jiwra SRL")
    made.shown_offer("public", firm=absorb)
    deal = made.deal(absorb)
    merges.merge(actor=make.actor(), keep=keep, absorb=absorb)
    deal.refresh_from_db()
    assert deal.enterprise == keep
    assert [facts.firm_name for facts in seen("public")] == ["Granos Jiwra"]
