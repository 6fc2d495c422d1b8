"""After the meeting: slips, the deal opened once, follow-up; no two measures are ever added."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import RequestFactory

from digna.errors import Refused
from digna.linkages.models import Deal, DealStep, FollowUp
from digna.linkages.selectors import deals as deal_selectors
from digna.rounds import facts
from digna.rounds.models import BusinessRound, Meeting, Slip
from digna.rounds.selectors import results
from digna.rounds.services import after
from rounds import made

pytestmark = pytest.mark.django_db
D = Decimal


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=code.replace(".", r"\."))


def slip(meeting: Meeting, side: str = "firm", **values: Any) -> Slip:
    stated: dict[str, Any] = {"was_held": True, "interest": 3, "next_step": "sample"}
    party = meeting.firm if side == "firm" else meeting.buyer
    return after.give_slip(actor=made.at(15), meeting=meeting, party=party, **(stated | values))


def later(meeting: Meeting, months: int = 3, outcome: str = "talking", **values: Any) -> Deal:
    on = made.DAY + timedelta(days=31 * months)
    return after.follow_up(actor=made.at(on=on), meeting=meeting, outcome=outcome, on=on, **values)


@pytest.fixture
def row() -> BusinessRound:
    return made.published()


def standing(meeting: Meeting) -> deal_selectors.DealStanding:
    meeting.refresh_from_db()
    assert meeting.deal is not None
    return deal_selectors.standing(meeting.deal)


def test_interest_opens_a_deal_once_whoever_says_it_and_however_often(row: BusinessRound) -> None:
    one = made.standing(row)[0]
    for side in ("firm", "buyer", "firm", "buyer"):
        slip(one, side, amount=D(900), currency="usd")
    deal = Deal.objects.get()
    assert deal.origin == f"round-meeting:{one.public_id}"
    came = standing(one)
    assert came.deal == deal
    assert came.intended.by_currency == {"USD": D(900)}
    assert not came.realised
    assert Slip.objects.count() == 2
    one.refresh_from_db()
    assert one.state == "held"


@pytest.mark.parametrize(
    ("values", "opens"),
    [
        ({"interest": 0, "next_step": "nothing"}, False),
        ({"interest": 1, "next_step": ""}, False),
        ({"interest": 1, "next_step": "visit"}, False),
        ({"interest": 1, "next_step": "quote"}, True),
        ({"interest": 2, "next_step": ""}, True),
        ({"interest": 0, "next_step": "", "amount": D(5), "currency": "BOB"}, True),
        ({"was_held": False, "interest": None, "amount": D(5), "currency": "BOB"}, False),
    ],
)
def test_what_is_worth_a_deal(row: BusinessRound, values: dict[str, Any], opens: bool) -> None:
    slip(made.standing(row)[0], **values)
    assert Deal.objects.exists() is opens


def test_an_amount_said_later_fills_the_intention(row: BusinessRound) -> None:
    one = made.standing(row)[0]
    slip(one)
    assert not standing(one).intended
    slip(one, "buyer", amount=D(700), currency="BOB")
    assert standing(one).intended.by_currency == {"BOB": D(700)}
    slip(one, "firm", amount=D(800), currency="BOB")  # the two say different things
    assert standing(one).intended.by_currency == {"BOB": D(700)}
    (came,) = [c for c in results.came_of(row) if c.meeting.pk == one.pk]
    assert came.disagree


def test_who_says_an_amount_may_correct_it(row: BusinessRound) -> None:
    one = made.standing(row)[0]
    slip(one, amount=D(700), currency="BOB")
    slip(one, amount=D(750), currency="BOB")
    assert standing(one).intended.by_currency == {"BOB": D(750)}
    later(one, outcome="sample")
    slip(one, amount=D(9), currency="BOB")  # something has happened since: the deal is its own
    assert standing(one).intended.by_currency == {"BOB": D(750)}


def test_one_word_that_they_met_is_enough(row: BusinessRound) -> None:
    one = made.standing(row)[0]
    slip(one, was_held=False, interest=None)
    one.refresh_from_db()
    assert one.state == "not_held"
    slip(one, "buyer")
    one.refresh_from_db()
    assert one.state == "held"


def test_a_slip_is_refused_before_its_day_and_when_it_says_too_little(row: BusinessRound) -> None:
    one = made.standing(row)[0]
    give = after.give_slip
    with refused("rounds.slip.too_early"):
        give(actor=made.at(on=date(2024, 3, 3)), meeting=one, party=one.firm, was_held=True,
             interest=1)  # fmt: skip
    with refused("rounds.slip.interest"):
        slip(one, interest=None)
    for wrong in ({"amount": D(0), "currency": "BOB"}, {"amount": D(5), "currency": "Bs"}):
        with refused("rounds.slip.amount"):
            slip(one, **wrong)


def test_follow_up_takes_the_deal_further(row: BusinessRound) -> None:
    one = made.standing(row)[0]
    with refused("rounds.follow_up.not_held"):
        later(one)
    slip(one, amount=D(900), currency="USD")
    later(one, 3, "order", sold=after.Sold(amount=D(800), currency="USD"))
    later(one, 6, "order", sold=after.Sold(amount=D(800), currency="USD"))  # said twice, one order
    later(one, 12, "paid", sold=after.Sold(amount=D(300), currency="USD"))
    came = standing(one)
    assert [s.kind for s in came.steps] == ["intention", "order", "paid"]
    assert came.realised.by_currency == {"USD": D(300)}
    assert came.is_followed_up


def test_a_loss_needs_its_why_and_nothing_is_half_saved(row: BusinessRound) -> None:
    one = made.standing(row)[0]
    slip(one)
    with refused("linkages.deal.why_lost"):
        later(one, outcome="lost")
    assert not DealStep.objects.filter(kind="lost").exists()
    later(one, outcome="lost", note="Precio")
    assert standing(one).state == "lost"


def test_a_sale_nobody_expected_opens_its_deal(row: BusinessRound) -> None:
    one = made.standing(row)[0]
    slip(one, interest=1, next_step="")
    assert not Deal.objects.exists()
    later(one, outcome="paid", sold=after.Sold(amount=D(50), currency="BOB"))
    assert standing(one).realised.by_currency == {"BOB": D(50)}


def test_the_result_says_n_of_n_and_adds_no_two_measures(row: BusinessRound) -> None:
    first, second, third = made.standing(row)[:3]
    slip(first, amount=D(900), currency="USD")
    slip(second, amount=D(100), currency="BOB")
    slip(third, was_held=False, interest=None)
    later(first, outcome="paid", sold=after.Sold(amount=D(200), currency="USD"))
    found = results.result(row)
    totals = found.totals
    assert (totals.held, totals.not_held, totals.scheduled) == (2, 1, len(made.standing(row)))
    assert totals.unknown == totals.scheduled - 3
    assert totals.money.pairs == (("BOB", None, D(100)), ("USD", D(200), D(900)))
    assert (totals.money.followed, totals.money.of) == (1, 2)
    for rows in (found.by_buyer, found.by_firm):
        assert sum(one.totals.held for one in rows) == 2
        assert sum(one.totals.money.of for one in rows) == 2


def test_who_is_to_be_asked_and_since_when(row: BusinessRound) -> None:
    one = made.standing(row)[0]
    slip(one, amount=D(900), currency="USD")
    request = RequestFactory().get("/")
    asked = [results.chases(row, date(2024, *day), request) for day in ((6, 3), (6, 4), (9, 4))]
    assert [[c.due.months for c in found] for found in asked] == [[], [3], [3]]
    assert asked[1][0].due.on == date(2024, 6, 4)
    assert "wa.me" in asked[1][0].contact.whatsapp
    assert one.deal_id is None  # read before the slip
    one.refresh_from_db()
    assert results.asked_after([one.deal_id or 0], date(2024, 6, 4)) == {one.deal_id}
    later(one)
    assert results.chases(row, date(2024, 6, 10), request) == []


def test_asking_somebody_who_does_not_answer_is_no_follow_up(row: BusinessRound) -> None:
    one = made.standing(row)[0]
    slip(one, amount=D(900), currency="USD")
    later(one, outcome="silent")
    assert not FollowUp.objects.get().was_answered
    assert results.result(row).totals.money.followed == 0
    later(one, 4, outcome="talking")
    assert results.result(row).totals.money.followed == 1


def test_facts_are_one_row_a_scheduled_meeting(row: BusinessRound) -> None:
    one = made.standing(row)[0]
    slip(one, interest=1, next_step="quote")
    slip(one, "buyer", interest=2)
    schema, rows = facts.meeting_facts(row.programme_id)
    told = {r["meeting_id"]: r for r in (dict(zip(schema.columns, r, strict=True)) for r in rows)}
    assert len(told) == len(made.standing(row))
    mine = told[one.pk]
    assert (mine["is_held"], mine["interest"], mine["is_keen"]) == (True, 2, True)
    assert (mine["has_deal"], mine["is_followed"]) == (True, False)
    assert mine["held_on"] == made.DAY
    DealStep.objects.filter(kind="intention").update(kind="sample")
    again = [dict(zip(schema.columns, r, strict=True)) for r in facts.meeting_facts(None)[1]]
    assert sum(r["is_followed"] for r in again) == 1
