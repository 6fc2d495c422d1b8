"""Rounds from the invitation to the publication: rules, wishes, timetables, changes."""

from datetime import timedelta
from typing import Any

import pytest

import make
from digna.errors import Refused
from digna.journal.models import Change, Line
from digna.registry.services import erasure, merges
from digna.rounds import gathering
from digna.rounds.models import Notice, Party, Ruling, Timetable
from digna.rounds.services import parties, timetables
from digna.rounds.services import rounds as services
from rounds import made

pytestmark = pytest.mark.django_db


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=code.replace(".", r"\."))


def test_slots_are_laid_out_with_their_break() -> None:
    row = made.empty()
    found = [(s.number, f"{s.starts_at.astimezone(made.LA_PAZ):%H:%M}", s.is_break)
             for s in row.slots.all()]  # fmt: skip
    assert found == [
        (1, "09:00", False), (2, "09:25", False), (902, "09:50", True), (3, "10:20", False),
        (4, "10:45", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"time_zone": "La Paz"}, "rounds.round.time_zone"),
        ({"most_per_firm": 1, "least_per_firm": 2}, "rounds.round.numbers"),
        ({"tables": 0}, "rounds.round.numbers"),
    ],
)
def test_a_round_that_cannot_be_is_refused(values: dict[str, Any], code: str) -> None:
    stated = {"programme": made.programme(), "title_es": "R", "held_on": made.DAY} | values
    with refused(code):
        services.create_round(actor=make.actor(), **stated)
    row = made.empty()
    with refused(code):
        services.change_round(actor=make.actor(), round=row, **values)


def test_the_stages_are_gone_through_in_order() -> None:
    row = made.empty()
    for stage in ("closed", "held", "published"):
        with refused("rounds.round.stage"):
            services.move_to(actor=make.actor(), round=row, stage=stage)
    row = services.move_to(actor=make.actor(), round=row, stage="open")
    row = services.move_to(actor=make.actor(), round=row, stage="closed")
    row = services.move_to(actor=make.actor(), round=row, stage="cancelled")
    assert services.move_to(actor=make.actor(), round=row, stage="preparing").stage == "preparing"


def test_registration_does_not_open_without_slots() -> None:
    row = services.create_round(
        actor=make.actor(), programme=made.programme(), title_es="R", held_on=made.DAY
    )
    with refused("rounds.slots.none"):
        services.move_to(actor=make.actor(), round=row, stage="open")


def test_somebody_is_invited_once_and_speaks_their_language() -> None:
    row = made.empty()
    abroad = made.buyer(9, country="DE", languages=["de", "en"], time_zone="Europe/Berlin")
    for _twice in range(2):
        parties.invite_buyers(actor=make.actor(), round=row, buyers=[abroad])
    firm = make.enterprise()
    parties.invite_firms(actor=make.actor(), round=row, firms=[firm], waiting=True)
    parties.invite_firms(actor=make.actor(), round=row, firms=[firm])
    buyer, seller = row.parties.order_by("side")
    assert (buyer.language, buyer.time_zone) == ("en", "Europe/Berlin")
    assert seller.state == Party.State.WAITING
    assert buyer.token != seller.token


def test_tokens_are_not_in_the_journal() -> None:
    made.invited()
    told = [str(change.after) for change in Change.objects.filter(model="rounds.party")]
    assert told
    assert not any(party.token in text for text in told for party in Party.objects.all())


def test_registering_says_who_comes_and_when_not() -> None:
    row = made.invited()
    party = made.firms_of(row)[0]
    slots = list(row.slots.filter(is_break=False))
    made.register(party, away=slots[:1])
    assert party.state == Party.State.REGISTERED
    assert [s.pk for s in party.away.all()] == [slots[0].pk]
    with refused("rounds.party.never_there"):
        made.register(party, away=slots)
    with refused("rounds.party.time_zone"):
        made.register(party, time_zone="nowhere")
    services.move_to(actor=make.actor(), round=row, stage="closed")
    with refused("rounds.registration.closed"):
        made.register(made.firms_of(row)[1])


def test_who_waits_goes_on_waiting_when_they_register() -> None:
    row = made.invited()
    party = made.firms_of(row)[0]
    parties.move_party(actor=make.actor(), party=party, state="waiting")
    assert made.register(party).state == Party.State.WAITING
    parties.move_party(actor=make.actor(), party=party, state="withdrawn")
    with refused("rounds.party.withdrawn"):
        made.register(party)


def test_wishes_are_of_the_other_side_alone_and_can_be_taken_back() -> None:
    row = made.invited()
    buyer, other = made.buyers_of(row)[:2]
    firm, silent = made.firms_of(row)[:2]
    for party in (buyer, firm):
        made.register(party)
    give = parties.give_wishes
    give(actor=make.actor(), party=buyer, says={firm.pk: "must"})
    for key in (other.pk, silent.pk, 0):  # own side; not registered: shown to nobody; unknown
        with refused("rounds.wish.unknown"):
            give(actor=make.actor(), party=buyer, says={key: "meet"})
    with refused("rounds.wish.unknown"):
        give(actor=make.actor(), party=buyer, says={firm.pk: "maybe"})
    give(actor=make.actor(), party=buyer, says={firm.pk: "no"})
    assert [w.says for w in buyer.wishes.all()] == ["no"]
    give(actor=make.actor(), party=buyer, says={firm.pk: ""})
    assert not buyer.wishes.exists()


def test_the_problem_holds_who_is_in_and_when_they_can() -> None:
    row = made.wished()
    gone, away = made.firms_of(row)[:2]
    parties.move_party(actor=make.actor(), party=gone, state="withdrawn")
    first = row.slots.filter(is_break=False)[0]
    parties.change_party(actor=make.actor(), party=away, away=[first], most=2)
    asked = gathering.asked_of(row)
    by_key = {p["key"]: p for p in asked["parties"]}
    assert gone.key not in by_key
    assert str(first.pk) not in by_key[away.key]["slots"]
    assert by_key[away.key]["most"] == 2
    assert len(by_key[away.key]["slots"]) == made.SLOTS - 1
    assert gathering.digest(asked) == gathering.digest(gathering.asked_of(row))


def test_a_timetable_is_computed_published_and_clashes_nowhere() -> None:
    row = made.wished()
    draft = made.solved(row)
    assert draft.state == Timetable.State.DRAFT
    assert draft.value is not None
    assert draft.upper_bound is not None
    assert draft.value <= draft.upper_bound
    assert draft.gap == draft.upper_bound - draft.value
    timetables.publish(actor=make.actor(), timetable=draft)
    made.assert_no_clash(row)
    assert len(made.standing(row)) == made.SLOTS * made.TABLES
    assert not Notice.objects.exists()  # the first agenda changes nothing for anybody
    row.refresh_from_db()
    assert row.stage == "published"


def test_nothing_is_computed_without_wishes_or_twice_at_once() -> None:
    row = made.invited()
    with refused("rounds.timetable.nobody"):
        timetables.begin(actor=make.actor(), round=row)
    row = made.wished()
    begun = timetables.begin(actor=make.actor(), round=row)
    with refused("rounds.timetable.working"):
        timetables.begin(actor=make.actor(), round=row)
    with refused("rounds.timetable.not_a_draft"):
        timetables.publish(actor=make.actor(), timetable=begun)
    later = made.replace(make.actor(), at=begun.created_at + timedelta(hours=1))
    timetables.begin(actor=later, round=row)  # its worker was killed
    begun.refresh_from_db()
    assert begun.state == Timetable.State.FAILED


def test_a_draft_of_data_that_changed_is_not_published() -> None:
    row = made.wished()
    draft = made.solved(row)
    assert not gathering.is_stale(draft)
    parties.move_party(actor=make.actor(), party=made.firms_of(row)[0], state="withdrawn")
    assert gathering.is_stale(draft)
    with refused("rounds.timetable.stale"):
        timetables.publish(actor=make.actor(), timetable=draft)


def test_one_no_keeps_the_two_apart_and_is_not_told() -> None:
    row = made.wished()
    buyer, firm = made.buyers_of(row)[0], made.firms_of(row)[0]
    parties.give_wishes(actor=make.actor(), party=firm, says={buyer.pk: "no"})
    draft = made.solved(row)
    pairs = {(m["buyer"], m["seller"]) for m in draft.told["meetings"]}
    assert (buyer.key, firm.key) not in pairs
    (one,) = [u for u in draft.told["unmet"] if (u["buyer"], u["seller"]) == (buyer.key, firm.key)]
    assert one["code"] == "refused"
    assert "prefirió" in one["es"]
    slot = row.slots.filter(is_break=False)[0]
    with refused("rounds.ruling.refused"):
        timetables.rule_pair(actor=make.actor(), buyer=buyer, firm=firm, slot=slot)


def test_what_is_ruled_by_hand_holds_in_the_next_timetable() -> None:
    row = made.wished()
    buyer, other = made.buyers_of(row)[:2]
    fixed, barred = made.firms_of(row)[:2]
    slots = list(row.slots.filter(is_break=False))
    rule = timetables.rule_pair
    rule(actor=make.actor(), buyer=buyer, firm=fixed, slot=slots[3])
    rule(actor=make.actor(), buyer=buyer, firm=barred)
    with refused("rounds.ruling.taken"):
        rule(actor=make.actor(), buyer=other, firm=fixed, slot=slots[3])
    with refused("rounds.ruling.sides"):
        rule(actor=make.actor(), buyer=fixed, firm=buyer)
    with refused("rounds.ruling.away"):
        rule(actor=make.actor(), buyer=other, firm=fixed, slot=row.slots.get(is_break=True))
    draft = made.solved(row)
    at = {(m["buyer"], m["seller"]): m["slot"] for m in draft.told["meetings"]}
    assert at[buyer.key, fixed.key] == str(slots[3].pk)
    assert (buyer.key, barred.key) not in at
    rule(actor=make.actor(), buyer=buyer, firm=fixed)  # said anew, it replaces
    assert Ruling.objects.count() == 2
    timetables.unrule_pair(actor=make.actor(), ruling=Ruling.objects.get(firm=fixed))
    assert Ruling.objects.count() == 1


def test_a_draft_is_kept_unless_one_begins_afresh() -> None:
    row = made.wished()
    first = made.solved(row)
    again = made.solved(row)
    assert again.kept is not None
    assert len(again.told["changes"]["kept"]) == len(first.told["meetings"])
    assert made.solved(row, afresh=True).kept is None


def test_after_a_no_show_few_meetings_change_and_those_concerned_are_told() -> None:
    row = made.published()
    before = {(m.buyer_id, m.firm_id): m.slot_id for m in made.standing(row)}
    gone = made.firms_of(row)[0]
    theirs = [m for m in made.standing(row) if m.firm_id == gone.pk]
    second = row.slots.get(number=2)
    parties.note_missing(actor=made.at(9, 10), party=gone)
    draft = made.solved(row, from_slot=second, reason="Ausencia")
    timetables.publish(actor=made.at(9, 12), timetable=draft)
    made.assert_no_clash(row)
    after = {(m.buyer_id, m.firm_id): m.slot_id for m in made.standing(row)}
    early = [m for m in theirs if m.slot is not None and m.slot.starts_at < second.starts_at]
    kept = {pair: slot for pair, slot in before.items() if pair[1] != gone.pk}
    assert {pair: after.get(pair) for pair in kept} == kept  # nobody else is moved
    assert all(m.firm_id != gone.pk for m in made.standing(row) if m.state == "planned")
    told = set(Notice.objects.values_list("party", flat=True))
    changed = [m for m in theirs if m not in early]
    new = [pair for pair in after if pair not in before]
    assert told == {m.buyer_id for m in changed} | {gone.pk for _ in changed[:1]} | {
        key for pair in new for key in pair
    }
    assert Timetable.objects.filter(state="published").count() == 1


def test_what_is_past_stands_when_the_day_is_solved_again() -> None:
    row = made.published()
    first = [m for m in made.standing(row) if m.slot is not None and m.slot.number == 1]
    gone = first[0].firm
    parties.note_missing(actor=made.at(9, 10), party=gone)
    first[0].refresh_from_db()
    assert first[0].state == "not_held"
    draft = made.solved(row, from_slot=row.slots.get(number=2))
    timetables.publish(actor=made.at(9, 12), timetable=draft)
    for meeting in first:
        slot, state = meeting.slot_id, meeting.state
        meeting.refresh_from_db()
        assert meeting.slot_id == slot
        assert meeting.state == state


def test_who_comes_after_all_is_back() -> None:
    row = made.published()
    party = made.firms_of(row)[0]
    parties.note_missing(actor=made.at(8), party=party)
    parties.note_arrival(actor=made.at(9, 30), party=party)
    assert party.missing_at is None
    assert party.arrived_at == made.at(9, 30).at
    parties.note_arrival(actor=made.at(10), party=party)
    assert party.arrived_at == made.at(9, 30).at


def test_a_meeting_that_comes_back_is_the_same_meeting() -> None:
    row = made.published()
    gone = made.firms_of(row)[0]
    theirs = {m.pk for m in made.standing(row) if m.firm_id == gone.pk}
    parties.note_missing(actor=made.at(8), party=gone)
    timetables.publish(actor=made.at(8, 1), timetable=made.solved(row))
    parties.note_arrival(actor=made.at(8, 5), party=gone)
    timetables.publish(actor=made.at(8, 6), timetable=made.solved(row))
    made.assert_no_clash(row)
    assert row.meetings.filter(pk__in=theirs).count() == len(theirs)
    assert row.meetings.count() == len({(m.buyer_id, m.firm_id) for m in row.meetings.all()})


def test_notices_are_told_and_seen_once() -> None:
    row = made.published()
    parties.note_missing(actor=made.at(8), party=made.firms_of(row)[0])
    timetables.publish(actor=made.at(8, 1), timetable=made.solved(row))
    one = Notice.objects.select_related("party").first()
    assert one is not None
    timetables.note_told(actor=made.at(8, 2), notice=one)
    timetables.note_told(actor=made.at(8, 9), notice=one)
    assert one.told_at == made.at(8, 2).at
    assert timetables.note_seen(actor=made.at(8, 3), party=one.party) >= 1
    assert timetables.note_seen(actor=made.at(8, 4), party=one.party) == 0


def test_slots_with_meetings_are_neither_redone_nor_made_breaks() -> None:
    row = made.published()
    with refused("rounds.round.stage"):
        services.plan_slots(
            actor=make.actor(), round=row, starts_at=made.at(9).at, count=2, minutes=10
        )
    with refused("rounds.slots.in_use"):
        services.turn_slot(actor=make.actor(), slot=row.slots.get(number=1), is_break=True)


def test_an_interpreter_joins_those_who_share_no_language() -> None:
    row = made.wished()
    with refused("rounds.interpreter.languages"):
        services.add_interpreter(actor=make.actor(), round=row, name="Nayra", languages=["es"])
    buyer = made.buyers_of(row)[0]
    parties.change_party(actor=make.actor(), party=buyer, languages=["en"])
    alone = made.solved(row)
    assert not [m for m in alone.told["meetings"] if m["buyer"] == buyer.key]
    who = services.add_interpreter(
        actor=make.actor(), round=row, name="Nayra", languages=["es", "en"]
    )
    draft = made.solved(row, afresh=True)
    joined = [m for m in draft.told["meetings"] if m["buyer"] == buyer.key]
    assert joined
    assert all(m["interpreter"] == str(who.pk) for m in joined)
    timetables.publish(actor=make.actor(), timetable=draft)
    assert {m.interpreter_id for m in made.standing(row) if m.buyer_id == buyer.pk} == {who.pk}


def test_an_erased_person_leaves_no_name_in_rounds() -> None:
    row = made.invited()
    person = make.person("Rosa", "Quispe", phone="+59170000001")
    party = made.firms_of(row)[0]
    made.register(party, contact_name="Rosa Quispe", phone=person.phone)
    parties.change_party(actor=make.actor(), party=party, contact=person)
    erasure.erase_person(actor=make.actor(reason="lo pidió"), person=person)
    party.refresh_from_db()
    assert (party.contact, party.contact_name, party.phone) == (None, "", "")
    told = Change.objects.filter(model="rounds.party", object_id=str(party.pk))
    assert not any("Rosa" in f"{c.before}{c.after}" for c in told)


def test_merged_firms_keep_their_rounds() -> None:
    row = made.published()
    party = made.firms_of(row)[0]
    keep = make.enterprise()
    assert party.enterprise is not None
    merge = merges.merge(actor=make.actor(), keep=keep, absorb=party.enterprise)
    party.refresh_from_db()
    assert party.enterprise == keep
    merges.undo_merge(actor=make.actor(), merge=merge)
    party.refresh_from_db()
    assert party.enterprise != keep


def test_each_act_is_one_line_of_the_journal() -> None:
    row = made.wished()
    draft = made.solved(row)
    before = Line.objects.count()
    timetables.publish(actor=make.actor(), timetable=draft)
    assert Line.objects.count() == before + 1
    assert Line.objects.latest("pk").action == "rounds.timetable.published"
