"""Sessions, agreements, goals, outcomes and the facts they become."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

import make
from digna.errors import NotAllowed, Refused
from digna.journal.models import Change
from digna.mentoring import facts
from digna.mentoring.models import Goal, Happened, MentoringSession, Pair, PrivateNote
from digna.mentoring.selectors import health, lists
from digna.mentoring.services import applications, cohorts, meetings, outcomes, pairs
from digna.registry.services import erasure, merges
from mentoring import made

pytestmark = pytest.mark.django_db


def logged(pair: Pair, back: int, happened: str = "held", **told: Any) -> MentoringSession:
    told.setdefault("channel", "whatsapp")
    return meetings.log_session(
        actor=make.actor(), pair=pair, on=made.ago(back), happened=happened, **told
    )


def rows_of(found: Any) -> list[dict[str, Any]]:
    schema, rows = found
    named = [dict(zip(schema.columns, row, strict=True)) for row in rows]
    for row in named:
        for name, column in schema.columns.items():
            assert column.nullable or row[name] is not None, name
    keys = [tuple(row[key] for key in schema.keys) for row in named]
    assert len(set(keys)) == len(keys)
    return named


def test_a_whatsapp_call_counts_and_ends_the_silence() -> None:
    pair = made.pair(on=made.ago(60))
    (before,) = health.of_pairs([pair], made.today())
    assert "silent" in before.alerts
    assert before.words[0] == "60 días sin contacto"
    logged(pair, 0, mood=4)
    (after,) = health.of_pairs([pair], made.today())
    assert "silent" not in after.alerts
    assert (after.held, after.mentor_mood, after.mentee_mood) == (1, 4, None)


def test_two_no_shows_in_a_row_ask_for_attention() -> None:
    pair = made.pair(on=made.ago(20))
    logged(pair, 6, Happened.MENTEE_ABSENT)
    (one,) = health.of_pairs([pair], made.today())
    assert "no_shows" not in one.alerts
    logged(pair, 3, Happened.MENTOR_ABSENT)
    (two,) = health.of_pairs([pair], made.today())
    assert "no_shows" in two.alerts
    assert two.missed == 2
    assert logged(pair, 1, mood=5, happened=Happened.MENTEE_ABSENT).mentor_mood is None


@pytest.mark.parametrize(
    ("back", "code"), [(-1, "mentoring.session.future"), (61, "mentoring.session.outside")]
)
def test_a_session_lies_within_the_days_of_its_pair(back: int, code: str) -> None:
    with pytest.raises(Refused) as told:
        logged(made.pair(on=made.ago(60)), back)
    assert told.value.code == code


def test_a_pair_that_has_not_begun_has_no_sessions() -> None:
    pair = made.asked(made.application(made.cohort()), made.mentor())
    with pytest.raises(Refused) as told:
        logged(pair, 0)
    assert told.value.code == "mentoring.pair.not_started"


def test_what_was_planned_is_filled_in_or_called_off_with_the_pair() -> None:
    pair = made.pair()
    planned = meetings.plan_session(actor=make.actor(), pair=pair, on=made.today())
    assert logged(pair, 0).pk == planned.pk
    later = meetings.plan_session(actor=make.actor(), pair=pair, on=made.ago(-5))
    with pytest.raises(Refused) as told:
        meetings.plan_session(actor=make.actor(), pair=pair, on=made.ago(1))
    assert told.value.code == "mentoring.session.past"
    (state,) = health.of_pairs([pair], made.today())
    assert state.next_on == later.on
    pairs.close(actor=make.actor(), pair=pair)
    later.refresh_from_db()
    assert later.happened == Happened.CANCELLED


def test_a_group_is_logged_at_once_and_who_was_away_is_told() -> None:
    cohort, mentor = made.cohort(template="group"), made.mentor(capacity=5)
    group = [made.pair(made.application(cohort, name), mentor) for name in ("Ana", "Eva")]
    meetings.log_group(
        actor=make.actor(), pairs=group, absent=[group[1]], on=made.today(), channel="video", mood=5
    )
    assert [p.sessions.get().happened for p in group] == ["held", "mentee_absent"]
    assert cohort.is_group


def test_both_accept_an_agreement_and_a_change_asks_them_again() -> None:
    pair = made.pair()
    told = {"how_often": "cada 15 días", "channel": "whatsapp", "aims": "Precios"}
    agreement = meetings.agree(
        actor=make.actor(), pair=pair, agreed_on=made.today(), by="mentor", **told
    )
    assert agreement.mentor_accepted_at
    assert agreement.mentee_accepted_at is None
    meetings.accept_agreement(actor=make.actor(), agreement=agreement, by="mentee")
    assert agreement.mentee_accepted_at
    again = meetings.agree(
        actor=make.actor(), pair=pair, agreed_on=made.today(), by="", **told | {"aims": "Otra"}
    )
    assert (again.mentor_accepted_at, again.mentee_accepted_at) == (None, None)


def test_goals_are_reached_dropped_and_reopened() -> None:
    goal = meetings.set_goal(actor=make.actor(), pair=made.pair(), what="Vender más")
    meetings.settle_goal(actor=make.actor(), goal=goal, state=Goal.State.REACHED)
    assert goal.closed_on == made.today()
    meetings.settle_goal(actor=make.actor(), goal=goal, state=Goal.State.OPEN)
    assert goal.closed_on is None


def test_the_mentee_tells_her_mood_of_a_session_that_was_held() -> None:
    pair = made.pair()
    assert meetings.tell_mood(actor=make.actor(), session=logged(pair, 2), mood=2).mentee_mood == 2
    (state,) = health.of_pairs([pair], made.today())
    assert "low_mood" in state.alerts
    missed = logged(pair, 1, Happened.MENTEE_ABSENT)
    with pytest.raises(Refused) as told:
        meetings.tell_mood(actor=make.actor(), session=missed, mood=2)
    assert told.value.code == "mentoring.mood.not_held"


def test_a_note_is_its_authors_and_the_journal_does_not_hold_its_words() -> None:
    author, other = make.user("Mario", role="mentor"), make.user("Carla", role="lead")
    note = meetings.keep_note(actor=make.actor(author), pair=made.pair(), text="SECRETO-4711")
    assert "SECRETO-4711" not in str(list(Change.objects.values_list("before", "after")))
    with pytest.raises(NotAllowed) as told:
        meetings.remove_note(actor=make.actor(other), note=note)
    assert told.value.code == "mentoring.note.not_yours"
    meetings.remove_note(actor=make.actor(author), note=note)
    assert not PrivateNote.objects.exists()
    assert "SECRETO-4711" not in str(list(Change.objects.values_list("before", "after")))


def test_no_data_is_not_zero() -> None:
    application = made.pair(on=made.ago(370)).application
    one = outcomes.record_outcome(
        actor=make.actor(), application=application, point=0, on=made.ago(370),
        sales=Decimal(0), currency="BOB", jobs_women=0, jobs_men=None,
        practices={"knows_cost": False, "pays_herself": None},
    )  # fmt: skip
    assert (one.sales, one.jobs_women, one.jobs_men) == (0, 0, None)
    assert one.practices == {"knows_cost": False}
    by_point = {row["point"]: row for row in rows_of(facts.outcome_facts())}
    assert set(by_point) == {0, 6, 12}
    assert (by_point[0]["sales"], by_point[0]["jobs_men"]) == (0, None)
    assert (by_point[0]["practices_yes"], by_point[0]["practices_known"]) == (0, 1)
    assert (by_point[6]["is_measured"], by_point[6]["sales"]) == (False, None)
    assert lists.measured(application.cohort, 1) == {0: (1, 1), 6: (0, 1), 12: (0, 1)}


def test_a_measurement_is_corrected_in_place_and_never_empty_or_in_the_future() -> None:
    application = made.pair(on=made.ago(370)).application
    told = {"actor": make.actor(), "application": application, "point": 12}
    outcomes.record_outcome(on=made.ago(5), sales=Decimal(50), currency="BOB", **told)
    again = outcomes.record_outcome(on=made.ago(4), sales=None, jobs_men=1, currency="BOB", **told)
    assert (again.sales, again.currency, application.outcomes.count()) == (None, "", 1)
    with pytest.raises(Refused) as empty:
        outcomes.record_outcome(on=made.today(), practices={"knows_cost": None}, **told)
    assert empty.value.code == "mentoring.outcome.empty"
    with pytest.raises(Refused) as future:
        outcomes.record_outcome(on=made.ago(-1), sales=Decimal(1), **told)
    assert future.value.code == "mentoring.outcome.future"


def test_sales_rise_only_where_both_are_known() -> None:
    application = made.pair(on=made.ago(370)).application
    told = {"actor": make.actor(), "application": application, "currency": "BOB"}
    outcomes.record_outcome(point=0, on=made.ago(370), sales=Decimal(100), **told)
    outcomes.record_outcome(point=6, on=made.ago(180), jobs_men=0, **told)
    outcomes.record_outcome(point=12, on=made.ago(2), sales=Decimal(130), **told)
    rose = {row["point"]: row["sales_rose"] for row in rows_of(facts.outcome_facts())}
    assert rose == {0: None, 6: None, 12: True}


def test_sessions_and_pairs_become_facts_of_their_programme() -> None:
    pair = made.pair(on=made.ago(60))
    logged(pair, 5, mood=4)
    logged(pair, 2, Happened.MENTEE_ABSENT)
    meetings.plan_session(actor=make.actor(), pair=pair, on=made.ago(-3))
    made.asked(made.application(pair.cohort, "Eva"), made.mentor("Sol"))
    programme = pair.cohort.programme_id
    assert [r["is_held"] for r in rows_of(facts.session_facts(programme))] == [True, False]
    (row,) = rows_of(facts.pair_facts(programme))
    assert (row["sessions_held"], row["is_completed"], row["sex"]) == (1, None, "female")
    assert rows_of(facts.pair_facts(programme + 1)) == []
    assert rows_of(facts.session_facts(programme + 1)) == []
    assert rows_of(facts.outcome_facts(programme + 1)) == []
    pairs.close(actor=make.actor(), pair=pair)
    assert rows_of(facts.pair_facts())[0]["is_completed"] is True


def test_the_indicators_of_the_kit_compute_with_n_of_N() -> None:
    from digna.results import computing
    from digna.results.models import Figure
    from digna.results.services import indicators

    cohort = made.cohort()
    for name in ("Ana", "Eva", "Flor"):
        one = made.pair(made.application(cohort, name), made.mentor(f"M{name}"), made.ago(370))
        logged(one, 5, mood=4)
        told = {"actor": make.actor(), "application": one.application, "currency": "BOB"}
        outcomes.record_outcome(point=0, on=made.ago(370), sales=Decimal(100), **told)
        if name != "Flor":
            sales = Decimal(150) if name == "Ana" else None
            outcomes.record_outcome(
                point=12, on=made.ago(2), sales=sales, jobs_women=0, sells_digitally=True, **told
            )
    documents = {"indicators": make.kit("impulsa").plain("indicators")}
    indicators.adopt_indicators(actor=make.actor(), programme=cohort.programme, documents=documents)
    computing.compute_figures(actor=make.actor(), programme=cohort.programme)
    found = {f.indicator.code: f for f in Figure.objects.filter(period=None)}
    assert (found["mentees_with_mentor"].value, found["mentoring_sessions"].value) == (3, 3)
    assert (found["mentoring_measured_year"].numerator, found["mentoring_measured_year"].n) == (
        2,
        3,
    )
    rose = found["mentoring_sales_rose"]
    assert (rose.numerator, rose.denominator, rose.cohort) == (1, 1, 3)
    jobs = found["mentoring_jobs_women"]
    assert (jobs.value, jobs.n, jobs.cohort) == (0, 2, 3)
    digital = found["mentoring_sells_digitally"]
    assert (digital.numerator, digital.denominator, digital.cohort) == (2, 2, 3)
    assert found["mentoring_completed"].value is None


def test_a_cohort_keeps_its_terms_and_closes_without_pairs() -> None:
    pair = made.pair()
    cohort = pair.cohort
    assert cohort.terms["template"]["sessions"] == 24
    assert len(cohort.terms["conduct"]["points"]) == 7
    with pytest.raises(Refused) as told:
        cohorts.close_cohort(actor=make.actor(), cohort=cohort)
    assert told.value.code == "mentoring.cohort.has_pairs"
    pairs.close(actor=make.actor(), pair=pair)
    assert cohorts.close_cohort(actor=make.actor(), cohort=cohort).closed_on == made.today()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"template": "magic"}, "mentoring.cohort.no_template"),
        ({"ends_on": made.ago(500)}, "mentoring.cohort.dates"),
        ({"call_closes_on": made.ago(500)}, "mentoring.cohort.call_dates"),
    ],
)
def test_a_cohort_that_cannot_be_is_refused(values: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as told:
        made.cohort(**values)
    assert told.value.code == code


def test_who_says_no_to_an_application_says_why() -> None:
    application = made.application(made.cohort(), is_accepted=False)
    with pytest.raises(Refused) as told:
        applications.decide(actor=make.actor(), application=application, is_accepted=False)
    assert told.value.code == "mentoring.application.needs_reason"
    row = applications.decide(
        actor=make.actor(), application=application, is_accepted=False, note="Busca crédito"
    )
    assert row.state == "declined"


def test_who_has_a_pair_does_not_just_vanish() -> None:
    application = made.pair().application
    for act in (
        lambda: applications.withdraw(actor=make.actor(), application=application),
        lambda: applications.decide(
            actor=make.actor(), application=application, is_accepted=False, note="x"
        ),
    ):
        with pytest.raises(Refused) as told:
            act()
        assert told.value.code == "mentoring.application.has_pair"


def test_erasing_a_person_blanks_what_was_written_and_keeps_what_was_counted() -> None:
    author = make.user("Mario", role="mentor")
    pair = made.pair(
        made.application(made.cohort(), motivation="Quiero abrir mi café", business="Café Ana")
    )
    logged(pair, 5, agreed="Hablar con su hermana Rosa")
    meetings.keep_note(actor=make.actor(author), pair=pair, text="SECRETO-4711")
    meetings.set_goal(actor=make.actor(), pair=pair, what="Café en la plaza")
    person = pair.application.person
    erasure.erase_person(actor=make.actor(reason="lo pidió"), person=person)
    pair.application.refresh_from_db()
    assert (pair.application.motivation, pair.application.token) == ("", None)
    assert pair.sessions.get().agreed == "—"
    assert pair.sessions.get().happened == "held"
    assert PrivateNote.objects.get().text == "—"
    told = str(list(Change.objects.values_list("before", "after")))
    for word in ("abrir mi café", "hermana Rosa", "Café en la plaza", "SECRETO-4711"):
        assert word not in told
    assert rows_of(facts.session_facts())[0]["is_held"] is True


def test_two_records_of_one_person_are_merged_with_their_mentoring() -> None:
    pair = made.pair()
    kept = make.person("Ana", sex="female")
    merges.merge(actor=make.actor(), keep=kept, absorb=pair.application.person)
    pair.application.refresh_from_db()
    assert pair.application.person == kept
    mentor = make.person("Luz", sex="female")
    merges.merge(actor=make.actor(), keep=mentor, absorb=pair.mentor.person)
    firm, other = make.enterprise("Café Uno"), make.enterprise("Café Dos")
    applications.correct_application(
        actor=make.actor(), application=pair.application, enterprise=other
    )
    merges.merge(actor=make.actor(), keep=firm, absorb=other)
    pair.application.refresh_from_db()
    assert pair.application.enterprise == firm
    pair.mentor.refresh_from_db()
    assert pair.mentor.person == mentor


def test_outcomes_are_due_by_the_first_pair_and_a_change_does_not_start_them_anew() -> None:
    pair = made.pair(on=made.ago(370))
    pairs.change(actor=make.actor(), pair=pair, ending="fit", on=made.ago(100))
    second = made.asked(pair.application, made.mentor("Sol"), follows=pair)
    pairs.accept(actor=make.actor(), pair=second, on=made.ago(90))
    rows = rows_of(facts.outcome_facts())
    assert [row["point"] for row in rows] == [0, 6, 12]
    assert rows[0]["due_on"] == made.ago(370)
    assert rows[2]["due_on"] <= made.today() - timedelta(days=4)
