"""Places that hold one pair each, days to answer that pass, changes that blame nobody."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

import make
from digna.errors import Clash, Refused
from digna.journal.actor import Actor
from digna.journal.models import Change
from digna.mentoring.models import Application, Mentor, Pair
from digna.mentoring.services import mentors, pairs
from mentoring import made

pytestmark = pytest.mark.django_db
State = Pair.State


def test_the_last_place_is_given_once() -> None:
    cohort, mentor = made.cohort(), made.mentor(capacity=1)
    made.asked(made.application(cohort, "Ana"), mentor)
    with pytest.raises(Clash) as told:
        made.asked(made.application(cohort, "Eva"), mentor)
    assert told.value.code == "mentoring.mentor.full"
    assert "acaba de ocuparse" in str(told.value.message)
    assert "1 de 1" in str(told.value.message)


def test_the_database_itself_lets_a_place_hold_one_pair() -> None:
    cohort, mentor = made.cohort(), made.mentor(capacity=1)
    first = made.asked(made.application(cohort, "Ana"), mentor)
    other = made.application(cohort, "Eva")
    with pytest.raises(IntegrityError), transaction.atomic():
        Pair.objects.create(
            cohort=cohort, application=other, mentor=mentor, seat=first.seat,
            answer_by=made.today(),
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Pair.objects.create(cohort=cohort, application=other, mentor=mentor, answer_by=made.today())
    with pytest.raises(IntegrityError), transaction.atomic():
        first.seat.delete()  # type: ignore[union-attr]


def test_who_lost_the_race_is_told_when_the_place_went_unseen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The constraint has the last word, even if both saw the place free."""
    cohort, mentor = made.cohort(), made.mentor(capacity=1)
    seat = mentor.seats.get()
    made.asked(made.application(cohort, "Ana"), mentor)
    monkeypatch.setattr(pairs, "_free_seat", lambda _mentor: seat)
    with pytest.raises(Clash) as told:
        made.asked(made.application(cohort, "Eva"), mentor)
    assert told.value.code == "mentoring.mentor.full"


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_confirm_the_same_last_place_at_once() -> None:
    cohort, mentor = made.cohort(), made.mentor(capacity=1)
    people = [made.application(cohort, name) for name in ("Ana", "Eva")]
    ready, told = threading.Barrier(2), []

    def confirm(application: Application) -> None:
        try:
            fresh = Application.objects.get(pk=application.pk)
            ready.wait(timeout=20)
            pairs.ask(actor=make.actor(), application=fresh, mentor=mentor)
            told.append("won")
        except Refused as problem:
            told.append(problem.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(told) == ["mentoring.mentor.full", "won"]
    assert Pair.objects.filter(mentor=mentor, state__in=Pair.HOLDING).count() == 1


def test_a_mentee_has_one_mentor_at_a_time() -> None:
    application = made.application(made.cohort())
    made.asked(application, made.mentor("Luz"))
    with pytest.raises(Refused) as told:
        made.asked(application, made.mentor("Sol"))
    assert told.value.code == "mentoring.application.has_pair"


def test_who_was_not_accepted_has_no_pair() -> None:
    application = made.application(made.cohort(), is_accepted=False)
    with pytest.raises(Refused) as told:
        made.asked(application, made.mentor())
    assert told.value.code == "mentoring.application.not_accepted"


def test_who_is_not_available_is_not_asked() -> None:
    with pytest.raises(Refused) as told:
        made.asked(made.application(made.cohort()), made.mentor(is_available=False))
    assert told.value.code == "mentoring.mentor.unavailable"


def test_a_day_to_answer_that_passed_counts_as_released_when_read_and_when_asked() -> None:
    cohort, mentor = made.cohort(), made.mentor(capacity=1)
    late = made.asked(made.application(cohort, "Ana"), mentor, answer_by=made.ago(1))
    assert late.state == State.ASKED
    assert late.state_on(made.today()) == State.RELEASED
    assert late.state_on(made.ago(1)) == State.ASKED
    with pytest.raises(Refused) as told:
        pairs.accept(actor=make.actor(), pair=late)
    assert told.value.code == "mentoring.pair.too_late"
    next_one = made.asked(made.application(cohort, "Eva"), mentor)
    late.refresh_from_db()
    assert (late.state, late.seat) == (State.RELEASED, None)
    assert next_one.seat is not None


def test_the_command_releases_what_nobody_answered(capsys: pytest.CaptureFixture[str]) -> None:
    cohort = made.cohort()
    late = made.asked(made.application(cohort, "Ana"), made.mentor("Luz"), answer_by=made.ago(1))
    waiting = made.asked(made.application(cohort, "Eva"), made.mentor("Sol"))
    call_command("mentoring", "release")
    assert "liberados: 1" in capsys.readouterr().out
    late.refresh_from_db()
    waiting.refresh_from_db()
    assert (late.state, waiting.state) == (State.RELEASED, State.ASKED)


def test_yes_begins_and_no_frees_the_place_without_a_reason() -> None:
    cohort, mentor = made.cohort(), made.mentor(capacity=1)
    no = pairs.decline(actor=make.actor(), pair=made.asked(made.application(cohort, "Ana"), mentor))
    assert (no.state, no.seat, no.ending_note) == (State.DECLINED, None, "")
    yes = pairs.accept(actor=make.actor(), pair=made.asked(made.application(cohort, "Eva"), mentor))
    assert (yes.state, yes.started_on) == (State.ACTIVE, made.today())
    with pytest.raises(Refused) as told:
        pairs.accept(actor=make.actor(), pair=yes)
    assert told.value.code == "mentoring.pair.answered"


def test_saying_no_may_take_a_mentor_off_the_list() -> None:
    mentor = made.mentor()
    pair = made.asked(made.application(made.cohort()), mentor)
    pairs.decline(actor=make.actor(), pair=pair, stays_available=False)
    mentor.refresh_from_db()
    assert not mentor.is_available


def test_a_change_of_pair_keeps_the_history_and_frees_the_place() -> None:
    pair = made.pair()
    pairs.change(actor=make.actor(), pair=pair, ending="schedule", note="")
    pair.refresh_from_db()
    assert (pair.state, pair.seat, pair.ended_on) == (State.CHANGED, None, made.today())
    again = made.asked(pair.application, made.mentor("Sol"), follows=pair)
    assert again.follows == pair
    with pytest.raises(Refused) as told:
        pairs.close(actor=make.actor(), pair=pair)
    assert told.value.code == "mentoring.pair.not_active"


def test_a_pair_does_not_end_before_it_began() -> None:
    pair = made.pair(on=made.ago(5))
    with pytest.raises(Refused) as told:
        pairs.close(actor=make.actor(), pair=pair, on=made.ago(6))
    assert told.value.code == "mentoring.pair.ends_before_start"
    assert pairs.close(actor=make.actor(), pair=pair).state == State.CLOSED


def test_places_grow_and_shrink_but_never_under_those_in_use() -> None:
    cohort, mentor = made.cohort(), made.mentor(capacity=2)
    made.asked(made.application(cohort, "Ana"), mentor)
    made.asked(made.application(cohort, "Eva"), mentor)
    mentors.set_capacity(actor=make.actor(), mentor=mentor, capacity=4)
    assert mentor.seats.count() == 4
    mentors.set_capacity(actor=make.actor(), mentor=mentor, capacity=2)
    assert mentor.seats.count() == 2
    with pytest.raises(Refused) as told:
        mentors.correct_mentor(actor=make.actor(), mentor=mentor, capacity=1)
    assert told.value.code == "mentoring.mentor.places_in_use"
    assert mentor.seats.count() == 2


def test_enlisting_twice_gives_the_same_mentor() -> None:
    mentor = made.mentor()
    again = mentors.enlist(actor=make.actor(), person=mentor.person, capacity=5)
    assert again == mentor
    assert Mentor.objects.count() == 1


def test_every_step_leaves_a_line() -> None:
    pair = made.pair()
    pairs.close(actor=Actor(at=timezone.now() + timedelta(seconds=1)), pair=pair)
    actions = Change.objects.filter(model="mentoring.pair").values_list("line__action", flat=True)
    assert [*actions.order_by("pk")] == [
        "mentoring.pair.asked", "mentoring.pair.accepted", "mentoring.pair.closed",
    ]  # fmt: skip
