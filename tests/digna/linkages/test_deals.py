"""Deals: forward only, corrected by replacing, intended and realised never one sum."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

import make
from digna.errors import Refused
from digna.linkages import rates
from digna.linkages.amounts import Measure, MixedMeasuresError
from digna.linkages.models import Buyer, Deal, DealStep
from digna.linkages.selectors import deals as selectors
from digna.linkages.services import buyers, deals
from digna.programmes.models import Programme

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 4)


def programme() -> Programme:
    return Programme.objects.get_or_create(
        code="p", defaults={"name": "P", "starts_on": DAY, "ends_on": date(2030, 1, 1)}
    )[0]


def a_deal(**values: Any) -> Deal:
    stated: dict[str, Any] = {
        "enterprise": values.pop("enterprise", None) or make.enterprise(),
        "programme": programme(),
        "product": "Quinua real",
        "buyer_name": "Naturkost",
    }
    return deals.open_deal(actor=make.actor(), **(stated | values))


def step(deal: Deal, kind: str, days: int, amount: Any = None, **values: Any) -> DealStep:
    if amount is not None:
        values |= {"amount": Decimal(amount), "currency": values.get("currency", "USD")}
    on = DAY + timedelta(days=days)
    return deals.record_step(actor=make.actor(), deal=deal, kind=kind, on=on, **values)


def standing(deal: Deal) -> selectors.DealStanding:
    return selectors.standing(selectors.with_steps(Deal.objects.filter(pk=deal.pk)).get())


def intention(amount: str = "900") -> deals.IntentionValues:
    return deals.IntentionValues(on=DAY, amount=Decimal(amount), currency="usd")


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=code.replace(".", r"\."))


def test_the_whole_way_keeps_each_measure_apart() -> None:
    deal = a_deal(intention=intention())
    step(deal, "sample", 5)
    step(deal, "order", 10, 800)
    step(deal, "paid", 20, 300)
    step(deal, "paid", 30, 500)
    came = standing(deal)
    assert came.state == "paid"
    assert came.intended.by_currency == {"USD": Decimal(900)}
    assert came.ordered.by_currency == {"USD": Decimal(800)}
    assert came.realised.by_currency == {"USD": Decimal(800)}
    assert came.is_followed_up
    with pytest.raises(MixedMeasuresError):
        _ = came.intended + came.realised


def test_a_deal_without_steps_is_open_and_has_no_amounts() -> None:
    came = standing(a_deal())
    assert (came.state, came.since, bool(came.intended)) == ("open", None, False)
    assert not came.is_followed_up


@pytest.mark.parametrize(
    ("kind", "days", "code"),
    [
        ("order", 40, "linkages.step.repeated"),
        ("sample", 40, "linkages.step.backwards"),
        ("paid", 5, "linkages.step.date_backwards"),
    ],
)
def test_steps_go_only_forward(kind: str, days: int, code: str) -> None:
    deal = a_deal(intention=intention())
    step(deal, "order", 10, 800)
    with refused(code):
        step(deal, kind, days, 5 if kind == "paid" else None)


def test_nothing_follows_a_loss_but_taking_it_back() -> None:
    deal = a_deal(intention=intention())
    lost = deals.lose_deal(actor=make.actor(), deal=deal, on=DAY, note="Precio")
    with refused("linkages.step.closed"):
        step(deal, "order", 3, 800)
    deals.withdraw_step(actor=make.actor(reason="Volvieron a llamar"), step=lost)
    assert step(deal, "order", 3, 800).pk
    assert standing(deal).state == "order"


def test_a_loss_says_why() -> None:
    with refused("linkages.deal.why_lost"):
        deals.lose_deal(actor=make.actor(), deal=a_deal(), on=DAY, note=" ")


def test_a_payment_above_the_order_is_asked_about_and_waits() -> None:
    deal = a_deal()
    step(deal, "order", 1, 100)
    with refused("linkages.step.is_it_right"):
        step(deal, "paid", 2, 120)
    paid = step(deal, "paid", 2, 120, confirmed_reason="Pagó también el flete")
    assert paid.review == "waiting"
    came = standing(deal)
    assert came.realised.by_currency == {}
    assert came.waiting.by_currency == {"USD": Decimal(120)}
    deals.confirm_step(actor=make.actor(reason="Vi la factura"), step=paid)
    assert standing(deal).realised.by_currency == {"USD": Decimal(120)}


def test_a_payment_in_another_currency_needs_its_rate_or_an_answer() -> None:
    deal = a_deal()
    step(deal, "order", 1, 100)
    with refused("linkages.step.is_it_right"):
        step(deal, "paid", 2, 400, currency="BOB")
    rate = rates.RateValues(
        value=Decimal("0.14367816"), currency="USD", on=DAY, source="Banco Central"
    )
    paid = step(deal, "paid", 2, 400, currency="BOB", rate=rate)
    assert paid.review == "not_needed"
    assert standing(deal).realised.by_currency == {"BOB": Decimal(400)}
    assert selectors.plain(paid).said().in_currency("USD") == Decimal("57.47")  # type: ignore[union-attr]


def test_a_rate_is_whole_or_refused() -> None:
    rate = rates.RateValues(value=Decimal(7), currency="USD", on=DAY, source="")
    with refused("linkages.step.rate"):
        step(a_deal(), "order", 1, 100, currency="BOB", rate=rate)


@pytest.mark.parametrize(
    ("kind", "amount", "currency", "code"),
    [
        ("paid", None, "USD", "linkages.step.amount"),
        ("order", 0, "USD", "linkages.step.amount"),
        ("order", 5, "", "linkages.step.currency"),
        ("sample", 5, "USD", "linkages.step.amount"),
    ],
)
def test_money_is_a_positive_amount_with_its_currency(
    kind: str, amount: Any, currency: str, code: str
) -> None:
    with refused(code):
        step(a_deal(), kind, 1, amount, currency=currency)


def test_the_future_is_not_recorded() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with refused("linkages.step.future"):
        deals.record_step(actor=make.actor(), deal=a_deal(), kind="sample", on=tomorrow)


def test_a_correction_replaces_and_both_can_be_read() -> None:
    deal = a_deal(intention=intention())
    order = step(deal, "order", 10, 800)
    step(deal, "paid", 20, 300)
    with refused("linkages.step.needs_reason"):
        deals.correct_step(actor=make.actor(), step=order, amount=Decimal(700))
    with refused("linkages.step.date_backwards"):
        deals.correct_step(actor=make.actor(reason="x"), step=order, on=DAY + timedelta(days=25))
    new = deals.correct_step(
        actor=make.actor(reason="Bajó la cantidad"), step=order, amount=Decimal(700)
    )
    assert (new.replaces, new.on, new.currency) == (order, order.on, "USD")
    assert standing(deal).ordered.by_currency == {"USD": Decimal(700)}
    assert deal.steps.count() == 4
    order.refresh_from_db()
    with refused("linkages.step.not_standing"):
        deals.correct_step(actor=make.actor(reason="x"), step=order, amount=Decimal(1))


def test_one_origin_opens_one_deal() -> None:
    firm = make.enterprise()
    first = a_deal(origin="round-meeting:1", enterprise=firm, intention=intention())
    again = a_deal(origin="round-meeting:1", enterprise=firm, intention=intention("5"))
    assert again == first
    assert first.steps.count() == 1
    with refused("linkages.deal.exists"):
        a_deal(origin="round-meeting:1")
    assert selectors.of_origin("round-meeting:1") == first
    assert selectors.of_origin("") is None


def test_export_and_supplier_programme_are_read_from_the_buyer() -> None:
    abroad = buyers.register_buyer(
        actor=make.actor(), name="Naturkost", kind="foreign", country="de",
        time_zone="Europe/Berlin",
    )  # fmt: skip
    tractor = buyers.register_buyer(
        actor=make.actor(), name="Cervecera", kind=Buyer.Kind.TRACTOR, country="BO"
    )
    one, other = a_deal(buyer=abroad), a_deal(buyer=tractor)
    assert (one.is_export, one.is_supplier_programme) == (True, False)
    assert (other.is_export, other.is_supplier_programme) == (False, True)
    assert one.buyer_label == "Naturkost"


def test_a_deal_needs_a_buyer_a_product_and_its_own_firms_offer() -> None:
    with refused("linkages.deal.no_buyer"):
        a_deal(buyer_name="")
    with refused("linkages.deal.no_product"):
        a_deal(product=" ")


def test_the_measure_of_a_step_is_of_its_kind() -> None:
    deal = a_deal(intention=intention())
    said = selectors.plain(deal.steps.get()).said()
    assert said is not None
    assert said.measure is Measure.INTENDED


def test_a_deal_is_asked_after_without_moving() -> None:
    deal = a_deal(intention=intention())
    said = deals.note_follow_up(
        actor=make.actor(), deal=deal, on=DAY + timedelta(days=90), note=" Lo  piensan ",
        next_on=DAY + timedelta(days=120),
    )  # fmt: skip
    assert (said.note, said.was_answered) == ("Lo piensan", True)
    assert standing(deal).state == "intention"


@pytest.mark.parametrize(
    ("days", "next_days", "code"),
    [
        (-1, None, "linkages.follow_up.before"),
        (10, 10, "linkages.follow_up.next"),
    ],
)
def test_a_follow_up_is_after_the_deal_and_before_the_next(
    days: int, next_days: int | None, code: str
) -> None:
    deal = a_deal(intention=intention())
    with refused(code):
        deals.note_follow_up(
            actor=make.actor(), deal=deal, on=DAY + timedelta(days=days),
            next_on=None if next_days is None else DAY + timedelta(days=next_days),
        )  # fmt: skip
