"""The kit's indicators compute from the facts of rounds, each share with its two numbers."""

from decimal import Decimal

import pytest

import make
import make_results
from digna.results.services import indicators
from digna.rounds.services import after
from rounds import made

pytestmark = pytest.mark.django_db


def test_the_indicators_of_the_kit_compute() -> None:
    row = made.published()
    meetings = made.standing(row)
    for number, meeting in enumerate(meetings[:3]):
        after.give_slip(
            actor=made.at(15), meeting=meeting, party=meeting.firm, was_held=number < 2,
            interest=3 if number == 0 else 1, amount=Decimal(900) if number == 0 else None,
            currency="USD" if number == 0 else "",
        )  # fmt: skip
    kit = make.kit("rounds")
    indicators.adopt_indicators(
        actor=make.actor(), programme=row.programme,
        documents={name: kit.plain(name) for name in kit.documents},
    )  # fmt: skip
    figures = make_results.computed(row.programme)
    held = figures["round_meetings_held"]
    assert (held.numerator, held.denominator) == (2, len(meetings))
    keen = figures["round_meetings_interest"]
    assert (keen.numerator, keen.denominator) == (1, 2)
    followed = figures["round_deals_followed"]
    assert (followed.numerator, followed.denominator) == (0, 1)
    assert figures["round_deals_opened"].value == 1
    assert figures["round_firms_met"].value == len({m.firm_id for m in meetings[:2]})
