"""Any round: whoever wishes, stays away or does not come, nobody is ever in two places at once."""

import random

import pytest

import make
from digna.rounds.models import Notice, Ruling, Wish
from digna.rounds.services import parties, timetables
from rounds import made

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(4))
def test_no_clash_before_or_after_no_shows(seed: int) -> None:
    chance = random.Random(seed)
    row = made.invited(tables=chance.choice((1, 2, 3)), most_per_firm=chance.choice((None, 2)))
    slots = list(row.slots.filter(is_break=False))
    everybody = [*made.buyers_of(row), *made.firms_of(row)]
    for party in everybody:
        made.register(party, away=chance.sample(slots, chance.randrange(3)))
    for party in everybody:
        keys = parties.others_of(party).values_list("pk", flat=True)
        says = {key: chance.choice(("must", "meet", "meet", "no", "")) for key in keys}
        parties.give_wishes(actor=make.actor(), party=party, says=says)
    timetables.publish(actor=make.actor(), timetable=made.solved(row))
    made.assert_no_clash(row)
    before = {(m.buyer_id, m.firm_id): m.slot_id for m in made.standing(row)}
    gone = {party.pk for party in chance.sample(made.firms_of(row), 2)}
    for party in made.firms_of(row):
        if party.pk in gone:
            parties.note_missing(actor=made.at(9, 10), party=party)
    draft = made.solved(row, from_slot=slots[1])
    timetables.publish(actor=made.at(9, 12), timetable=draft)
    made.assert_no_clash(row)
    after = {(m.buyer_id, m.firm_id): m.slot_id for m in made.standing(row)}
    stay = {pair: slot for pair, slot in before.items() if not gone & set(pair)}
    assert {pair: after.get(pair) for pair in stay} == stay
    new = {pair for pair in after if pair not in before}
    told = set(Notice.objects.values_list("meeting__buyer", "meeting__firm"))
    assert new <= told
    refused = Wish.objects.filter(says="no").values_list("party", "other")
    ends = {frozenset(pair) for pair in refused}
    assert not {frozenset(pair) for pair in after} & ends
    assert not Ruling.objects.exists()
