"""Services: what is recorded, what is refused, what is asked; nothing entered is lost."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

import make
from digna.errors import Refused
from digna.improvement.models import (
    BoardKpi,
    ContinuityPlan,
    Measurement,
    Observation,
    Suggestion,
)
from digna.improvement.selectors import board as boards
from digna.improvement.selectors import checklists as runs
from digna.improvement.selectors import completeness, practices, reminders
from digna.improvement.selectors import plans as plan_pages
from digna.improvement.selectors import pulses as rounds
from digna.improvement.services import (
    board,
    checklists,
    instruments,
    measurements,
    plans,
    projects,
    pulses,
)
from digna.journal.models import Change, Line
from digna.registry.models.people import Affiliation
from digna.registry.services import enterprises, erasure, merges
from improvement import made

pytestmark = pytest.mark.django_db


def refused(code: str, act: Callable[..., Any], **values: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        act(actor=values.pop("actor", make.actor()), **values)
    assert caught.value.code == code
    return caught.value


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()


# --- instruments


def test_a_kit_taken_twice_changes_nothing_and_a_newer_one_makes_versions() -> None:
    made.kit()
    before = Line.objects.count()
    made.kit()
    assert Line.objects.count() == before
    row = made.instrument("DEF")
    newer = row.current.document | {"name_es": "Defectos"}
    instruments.load_instruments(actor=make.actor(), kit="score", kind="kpi", entries=[newer])
    row.refresh_from_db()
    assert (row.current.number, str(row)) == (2, "Defectos")


def test_edited_on_screen_stands_until_the_kit_says_something_else() -> None:
    made.kit()
    row = made.instrument("DEF")
    document = row.current.document | {"name_es": "Fallas"}
    values = {"instrument": row, "base": 1, "document": document}
    refused("improvement.instrument.needs_reason", instruments.edit_instrument, **values)
    who = make.actor(reason="Así lo dicen en el taller.")
    instruments.edit_instrument(actor=who, **values)
    refused("improvement.instrument.moved_on", instruments.edit_instrument, actor=who, **values)
    again = values | {"base": 2}
    refused("improvement.instrument.same", instruments.edit_instrument, actor=who, **again)
    other = again | {"document": document | {"code": "XXX"}}
    refused("improvement.instrument.code_gone", instruments.edit_instrument, actor=who, **other)
    made.kit()
    row.refresh_from_db()
    assert str(row) == "Fallas"


def test_answers_keep_the_version_they_were_given_to() -> None:
    firm = made.firm()
    value = made.value(firm, "DEF", 5, 100)
    row = made.instrument("DEF")
    instruments.edit_instrument(
        actor=make.actor(reason="x"), instrument=row, base=1,
        document=row.current.document | {"name_es": "Otro"},
    )  # fmt: skip
    value.refresh_from_db()
    assert value.version.number == 1


def test_an_instrument_is_retired_with_a_reason_and_put_back() -> None:
    made.kit()
    row = made.instrument("DEF")
    refused("improvement.instrument.needs_reason", instruments.retire_instrument, instrument=row)
    instruments.retire_instrument(actor=make.actor(reason="Ya no"), instrument=row)
    assert row.retired_on is not None
    assert instruments.reinstate_instrument(actor=make.actor(), instrument=row).retired_on is None


# --- the board


def test_a_board_has_three_to_five_kpis_and_one_taken_off_keeps_its_values() -> None:
    firm = made.firm("DEF", "ABS", "PROD")
    made.value(firm, "DEF", 5, 100)
    few = [made.instrument(code) for code in ("DEF", "ABS")]
    many = [made.instrument(c) for c in ("DEF", "ABS", "PROD", "DELV", "WASTE"[:4], "MATW")]
    for chosen in (few, many):
        refused(
            "improvement.board.how_many", board.choose_kpis, enterprise=firm, instruments=chosen
        )
    computed = [*few, made.instrument("SAVE")]
    refused("improvement.board.not_a_kpi", board.choose_kpis, enterprise=firm, instruments=computed)
    other = [made.instrument(code) for code in ("ABS", "PROD", "DELV")]
    board.choose_kpis(actor=make.actor(), enterprise=firm, instruments=other)
    assert made.kpi(firm, "DEF").retired_on is not None
    assert Observation.objects.count() == 1
    first = [made.instrument(code) for code in ("DEF", "ABS", "PROD")]
    board.choose_kpis(actor=make.actor(), enterprise=firm, instruments=first)
    assert BoardKpi.objects.filter(enterprise=firm).count() == 4
    assert board.note_kpi(actor=make.actor(), board_kpi=made.kpi(firm, "DEF"), note=" cajas ").note


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"method": "guess"}, "improvement.kpi.method"),
        ({"numerator": -1}, "improvement.kpi.negative"),
        ({"denominator": None}, "improvement.kpi.denominator_missing"),
        ({"end": date(2021, 1, 1)}, "improvement.kpi.period"),
        ({"numerator": 120}, "improvement.kpi.is_it_right"),
        ({"denominator": 0}, "improvement.kpi.is_it_right"),
        ({"end": date(2199, 1, 1)}, "improvement.kpi.is_it_right"),
    ],
)
def test_what_a_value_may_not_be(values: dict[str, Any], code: str) -> None:
    firm = made.firm()
    with pytest.raises(Refused) as caught:
        made.value(firm, "DEF", **({"numerator": 5, "denominator": 100} | values))
    assert caught.value.code == code
    assert not Observation.objects.exists()


def test_a_doubtful_value_is_asked_about_kept_for_review_and_confirmed() -> None:
    firm = made.firm()
    made.value(firm, "DEF", 50, 100)
    with pytest.raises(Refused) as caught:
        made.value(firm, "DEF", 5, 100, month=(2021, 3))
    assert "¿Es correcto?" in str(caught.value.message)
    assert caught.value.details["field"] == "confirmed_reason"
    row = made.value(firm, "DEF", 5, 100, month=(2021, 3), confirmed_reason="Máquina nueva.")
    assert (row.review, row.doubts) == ("waiting", ["big_change"])
    card = boards.of(firm, date(2021, 12, 31)).cards[0]
    assert card.now is not None
    assert card.now.numerator == 50  # what waits is shown, not compared
    assert card.waiting == 1
    refused("improvement.review.needs_reason", board.confirm_kpi, observation=row)
    who = make.actor(reason="Vi el cuaderno.")
    board.confirm_kpi(actor=who, observation=row)
    refused("improvement.review.not_waiting", board.confirm_kpi, actor=who, observation=row)
    card = boards.of(firm, date(2021, 12, 31)).cards[0]
    assert card.change is not None
    assert card.change.share == Decimal("-0.9")
    assert card.change.is_better


def test_grades_follow_the_method_and_whether_the_record_was_seen() -> None:
    firm = made.firm()
    rows = [
        made.value(firm, "DEF", 5, 100, month=(2021, 1)),
        made.value(firm, "DEF", 5, 100, month=(2021, 2), record_seen=False),
        made.value(firm, "DEF", 5, 100, month=(2021, 3), method="estimate"),
        made.value(firm, "DEF", 5, 100, month=(2021, 4), method="recalled"),
    ]
    assert [row.grade for row in rows] == ["A", "B", "C", "D"]
    assert not rows[2].record_seen


def test_a_correction_keeps_history_and_is_undone() -> None:
    firm = made.firm()
    row = made.value(firm, "DEF", 5, 100)
    values = {
        "period_start": row.period_start, "period_end": row.period_end,
        "numerator": Decimal(6), "denominator": Decimal(100), "method": "record",
        "record_seen": True,
    }  # fmt: skip
    refused("improvement.kpi.stands_already", board.put_back_kpi, observation=row)
    newer = board.correct_kpi(actor=make.actor(), observation=row, **values)
    assert [o.pk for o in Observation.objects.standing()] == [newer.pk]
    row.refresh_from_db()
    refused("improvement.kpi.not_standing", board.correct_kpi, observation=row, **values)
    refused("improvement.kpi.not_standing", board.withdraw_kpi, observation=row)
    board.put_back_kpi(actor=make.actor(), observation=row)
    assert [o.pk for o in Observation.objects.standing()] == [row.pk]
    row.refresh_from_db()
    board.withdraw_kpi(actor=make.actor(), observation=row)
    assert not Observation.objects.standing().exists()
    board.put_back_kpi(actor=make.actor(), observation=row)
    assert Observation.objects.standing().count() == 1


def test_an_intention_sent_twice_records_once() -> None:
    firm = made.firm()
    who = make.actor(intention=uuid.uuid4())
    assert made.value(firm, "DEF", 5, 100, by=who) == made.value(firm, "DEF", 5, 100, by=who)
    assert Observation.objects.count() == 1
    who = make.actor(intention=uuid.uuid4())
    assert made.project(firm, by=who) == made.project(firm, by=who)


def test_another_firms_kpi_is_not_recorded_here() -> None:
    one, other = made.firm(), made.firm()
    row = made.measured(one)
    with pytest.raises(Refused, match="other_firm"):
        made.value(other, "DEF", 5, 100, measurement=row)
    refused(
        "improvement.kpi.other_firm", measurements.say_missing,
        measurement=row, board_kpi=made.kpi(other, "DEF"), reason="x",
    )  # fmt: skip


def test_a_seasonal_trade_compares_with_the_same_months() -> None:
    firm = made.firm(sector=made.sector("coffee"))
    made.value(firm, "PROD", 100, 10, month=(2020, 6))
    made.value(firm, "PROD", 60, 10, month=(2020, 12))
    made.value(firm, "PROD", 110, 10, month=(2021, 6), confirmed_reason="cosecha")
    Observation.objects.update(review="confirmed")
    card = next(c for c in boards.of(firm, date(2021, 12, 1)).cards if c.rule_code == "PROD")
    assert card.change is not None
    assert card.change.share == Decimal("0.1")


# --- measurements


def test_an_occasion_has_one_measurement_of_a_point() -> None:
    firm, occasion = made.firm(), uuid.uuid4()
    first = made.measured(firm, occasion=occasion)
    assert made.measured(firm, on=date(2021, 5, 5), occasion=occasion) == first
    visits = {made.measured(firm, "progress", date(2021, 4, d), occasion=occasion) for d in (1, 2)}
    assert len(visits) == 2
    assert made.measured(firm) == made.measured(firm)
    assert Measurement.objects.count() == 4
    act = measurements.open_measurement
    values = {"enterprise": firm, "point": "baseline", "on": date(2021, 1, 1)}
    refused("improvement.measurement.point", act, **values | {"point": "never"})
    ahead = timezone.localdate() + timedelta(days=2)
    refused("improvement.measurement.future", act, **values | {"on": ahead})
    other = values | {"enterprise": made.firm(), "occasion": occasion}
    refused("improvement.measurement.other_firm", act, **other)
    refused(
        "improvement.measurement.future", measurements.date_measurement,
        measurement=first, on=ahead,
    )  # fmt: skip
    day = date(2021, 2, 2)
    assert measurements.date_measurement(actor=make.actor(), measurement=first, on=day).on == day


def test_a_baseline_is_enough_only_when_it_is() -> None:
    firm = made.firm()
    row = made.measured(firm)
    found = completeness.of(row)
    assert not found.is_enough
    assert [m.url.rsplit("/", 1)[-1] for m in found.missing][:2] == ["personal", "practicas"]
    assert len(found.missing) == 5  # headcount, practices, three KPIs
    measurements.record_headcount(
        actor=make.actor(), measurement=row, **made.HEADS | {"casual_men": None}
    )
    assert not completeness.of(row).is_headcount_known
    row = made.complete_baseline(firm)
    found = completeness.of(row)
    assert found.is_enough
    assert (found.practices_answered, found.practices_total) == (20, 20)
    assert (found.kpis_with_value, found.kpis_chosen) == (0, 3)
    made.value(firm, "DEF", 5, 100, measurement=row)
    assert completeness.of(row).kpis_with_value == 1
    assert row.missing_values.count() == 2


def test_an_endline_wants_the_baselines_kpis_again() -> None:
    firm, occasion = made.firm(), uuid.uuid4()
    made.complete_baseline(firm, occasion=occasion)
    others = [made.instrument(code) for code in ("DELV", "WAST", "MATW")]
    board.choose_kpis(actor=make.actor(), enterprise=firm, instruments=others)
    end = made.measured(firm, "endline", date(2021, 8, 1), occasion=occasion)
    asked = {kpi.instrument.code for kpi in completeness.kpis_asked(end)}
    assert asked == {"DEF", "ABS", "PROD"}
    assert not completeness.of(end).is_enough
    visit = made.measured(firm, "progress", date(2021, 5, 1), occasion=occasion)
    assert not completeness.of(visit).is_enough
    made.value(firm, "DEF", 5, 100, measurement=visit)
    assert completeness.of(visit).is_enough


def test_without_kpis_on_the_board_the_baseline_asks_to_choose() -> None:
    made.kit()
    row = made.measured(make.enterprise())
    assert any(m.url.endswith("tablero/indicadores") for m in completeness.of(row).missing)


def test_practices_are_answered_taken_back_and_refused() -> None:
    firm = made.firm()
    row = made.measured(firm)
    act = measurements.record_practices
    refused("improvement.practices.unknown", act, measurement=row, answers={"zzz": "yes"})
    refused("improvement.practices.value", act, measurement=row, answers={"ppe": "maybe"})
    act(actor=make.actor(), measurement=row, answers={"ppe": "yes", "drill": "no"})
    act(actor=make.actor(), measurement=row, answers={"ppe": "partly", "drill": ""})
    assert [(a.practice_code, a.value) for a in row.practices.all()] == [("ppe", "partly")]
    refused(
        "improvement.headcount.negative", measurements.record_headcount,
        measurement=row, casual_men=-1,
    )  # fmt: skip
    for name, most in (("casual_hours", 168), ("permanent_months", 12)):
        refused(
            "improvement.headcount.time", measurements.record_headcount,
            measurement=row, **{name: Decimal(most) + 1},
        )  # fmt: skip
    refused(
        "improvement.kpi.missing_reason", measurements.say_missing,
        measurement=row, board_kpi=made.kpi(firm, "DEF"), reason=" ",
    )  # fmt: skip


def test_without_a_kit_there_are_no_practices_to_answer() -> None:
    row = made.measured(make.enterprise())
    refused(
        "improvement.practices.no_set", measurements.record_practices,
        measurement=row, answers={},
    )  # fmt: skip


def test_adoption_and_back_sliding() -> None:
    firm = made.firm()
    for on, answers in (
        (date(2021, 1, 1), {"ppe": "no", "drill": "yes", "eit": "na"}),
        (date(2021, 6, 1), {"ppe": "yes", "drill": "no", "eit": "yes"}),
    ):
        row = made.measured(firm, "baseline" if on.month == 1 else "endline", on)
        measurements.record_practices(actor=make.actor(), measurement=row, answers=answers)
    table = practices.table_of(firm)
    assert (table.adopted, table.slid_back, table.comparable) == (1, 1, 2)


# --- projects


def test_a_saving_out_of_measure_is_asked_about_and_waits() -> None:
    firm = made.firm()
    enterprises.record_facts(
        actor=make.actor(), enterprise=firm, on=date(2020, 12, 31),
        numbers={"annual_sales": Decimal(100000)},
    )  # fmt: skip
    for amount in ("21.72", "20", "30001"):
        with pytest.raises(Refused) as caught:
            made.project(firm, saving=Decimal(amount), status="done")
        assert caught.value.code == "improvement.project.is_it_right"
    row = made.project(firm, saving=Decimal(40000), status="done", confirmed_reason="Horno nuevo.")
    assert row.review == "waiting"
    assert not row.counts_in_total
    projects.confirm_project(actor=make.actor(reason="Vi facturas."), project=row)
    assert row.counts_in_total
    refused(
        "improvement.review.not_waiting", projects.confirm_project,
        actor=make.actor(reason="x"), project=row,
    )  # fmt: skip
    values = {"project": row, "saving": Decimal(50000)}
    refused("improvement.project.is_it_right", projects.change_project, **values)
    projects.change_project(actor=make.actor(), project=row, saving=Decimal(9000))
    assert (row.review, row.doubts) == ("not_needed", [])


def test_a_project_that_overlaps_another_counts_nothing() -> None:
    firm, other = made.firm(), made.firm()
    first = made.project(firm, saving=Decimal(1000), status="done", done_on=date(2021, 2, 1))
    second = made.project(
        firm, "Estantes", saving=Decimal(1000), status="done", overlaps=first,
        done_on=date(2021, 3, 1),
    )  # fmt: skip
    assert not second.counts_in_total
    assert boards.annual_saving(firm) == 1000
    act = projects.change_project
    refused("improvement.project.overlap", act, project=first, overlaps=first)
    refused("improvement.project.overlap", act, project=first, overlaps=made.project(other))
    refused("improvement.project.overlap", act, project=made.project(firm), overlaps=second)
    refused("improvement.project.other_firm", act, project=first, kpis=[made.kpi(other, "DEF")])
    refused("improvement.project.dates", act, project=first, due_on=date(2020, 1, 1))
    refused("improvement.project.negative", act, project=first, cost=Decimal(-1))
    projects.change_project(
        actor=make.actor(), project=first, kpis=[made.kpi(firm, "DEF")], status="doing"
    )
    assert first.done_on is None
    assert first.kpis.get().instrument.code == "DEF"


def test_photographs_are_small_and_at_most_twelve() -> None:
    row = made.project(made.firm())
    act = projects.add_photo
    for _n in range(12):
        kept = act(actor=make.actor(), project=row, moment="before", content=photo())
    assert kept.file.name.endswith(".jpg")
    refused("improvement.project.photos", act, project=row, moment="after", content=photo())
    projects.remove_photo(actor=make.actor(), photo=kept)
    assert row.photos.count() == 11
    refused("web.photo.unreadable", act, project=row, moment="after", content=b"no")


# --- checklists


def test_no_is_the_good_answer_of_the_biosafety_list() -> None:
    firm = made.firm()
    run = checklists.start_run(
        actor=make.actor(), enterprise=firm, instrument=made.instrument("biosafety"),
        on=date(2021, 3, 1),
    )  # fmt: skip
    given = checklists.Given
    answers = {
        "air": given("no"),
        "hands": given("yes"),
        "masks": given("priority", action="Comprar"),
    }
    checklists.answer(actor=make.actor(), run=run, answers=answers)
    page = runs.run_page(run)
    assert (page.tally.good, page.tally.bad, page.tally.open) == (1, 2, 11)
    masks = page.actions[0].answer
    assert masks is not None
    assert masks.is_priority
    checklists.mark_action(actor=make.actor(), answer=masks, is_done=True)
    assert masks.done_on is not None
    unplanned = run.answers.get(item_code="air")
    refused(
        "improvement.checklist.no_action", checklists.mark_action, answer=unplanned, is_done=True
    )


def test_a_recheck_compares_and_a_closed_walk_does_not_change() -> None:
    firm = made.firm()
    row = made.instrument("five-s")
    values = {"enterprise": firm, "instrument": row, "on": date(2021, 3, 1)}
    act = checklists.start_run
    refused("improvement.checklist.area", act, **values)
    ahead = timezone.localdate() + timedelta(days=2)
    refused("improvement.checklist.future", act, **values | {"area": "Taller", "on": ahead})
    first = act(actor=make.actor(), **values, area="Taller")
    refused("improvement.checklist.empty", checklists.close_run, run=first)
    given = checklists.Given
    checklists.answer(actor=make.actor(), run=first, answers={"sort": given("1")})
    checklists.add_photo(actor=make.actor(), run=first, item_code="sort", content=photo())
    checklists.add_photo(actor=make.actor(), run=first, item_code="set", content=photo())
    refused(
        "improvement.checklist.unknown", checklists.add_photo,
        run=first, item_code="zzz", content=photo(),
    )  # fmt: skip
    refused(
        "improvement.checklist.unknown", checklists.answer, run=first, answers={"sort": given("9")}
    )
    checklists.close_run(actor=make.actor(), run=first)
    refused("improvement.checklist.closed", checklists.answer, run=first, answers={})
    again = act(actor=make.actor(), **values, area="Taller", previous=first)
    checklists.answer(actor=make.actor(), run=again, answers={"sort": given("3")})
    item = runs.run_page(again).groups[0].items[0]
    assert item.movement == "better"
    stranger = values | {"enterprise": made.firm(), "area": "x", "previous": first}
    refused("improvement.checklist.other_run", act, **stranger)
    other = values | {"instrument": made.instrument("osh"), "previous": first}
    refused("improvement.checklist.other_run", act, **other)
    instruments.retire_instrument(actor=make.actor(reason="x"), instrument=row)
    refused("improvement.checklist.retired", act, **values, area="x")
    assert checklists.reopen_run(actor=make.actor(), run=first).closed_at is None


# --- the pulse

TODAY = date(2021, 6, 16)


def pulse_round(firm: Any, opens_on: date = date(2021, 6, 1)) -> Any:
    return pulses.open_round(
        actor=make.actor(), enterprise=firm, instrument=made.instrument("basic"),
        opens_on=opens_on, closes_on=opens_on + timedelta(days=20),
    )  # fmt: skip


@pytest.fixture
def only_pulse(monkeypatch: pytest.MonkeyPatch) -> None:
    """The set of practices is called «basic» too."""
    from digna.improvement.models import Instrument

    monkeypatch.setattr(made, "instrument", lambda code: Instrument.objects.get(
        code=code, kind="pulse" if code == "basic" else Instrument.objects.filter(
            code=code).values_list("kind", flat=True)[0]))  # fmt: skip


def answered(round: Any, value: str = "yes", suggestion: str = "") -> None:
    pulses.take_answer(
        actor=pulses.nobody(timezone.now(), uuid.uuid4()), round=round,
        answers={"voice": value, "safe": value}, suggestion=suggestion, today=TODAY,
    )  # fmt: skip


@pytest.mark.usefixtures("only_pulse")
def test_an_answer_leaves_no_trace_of_who_gave_it() -> None:
    round = pulse_round(made.firm())
    answered(round, suggestion="Más luz en el taller")
    round.refresh_from_db()
    assert round.answer_count == 1
    line = Line.objects.get(action="improvement.pulse.answered")
    assert (line.actor, line.device) == (None, "")
    assert line.at.date().weekday() == 0
    told = str([(c.before, c.after) for c in Change.objects.filter(line=line)])
    for secret in ("yes", "voice", "luz"):
        assert secret not in told
    kept = Suggestion.objects.get()
    assert (kept.month.day, isinstance(kept.pk, uuid.UUID)) == (1, True)


@pytest.mark.usefixtures("only_pulse")
def test_results_show_after_closing_and_from_five_answers_on() -> None:
    firm = made.firm()
    round = pulse_round(firm)
    for _n in range(4):
        answered(round)
    answered(round, suggestion="Pausas")
    round.refresh_from_db()
    kept = Suggestion.objects.get()
    assert not rounds.round_page(round, TODAY).is_shown
    after = date(2021, 6, 22)
    page = rounds.round_page(round, after)
    assert page.is_shown
    assert page.lines[0].band == "most"
    assert page.lines[1].band == ""  # nobody answered that one
    assert page.suggestions == (kept,)
    follow = pulses.follow_suggestion
    declined = {"suggestion": kept, "state": "declined"}
    refused("improvement.suggestion.needs_answer", follow, **declined)
    assert follow(actor=make.actor(), suggestion=kept, state="done").state == "done"
    second = pulse_round(firm, date(2021, 7, 1))
    type(second).objects.filter(pk=second.pk).update(answer_count=6, tallies=round.tallies)
    second.refresh_from_db()
    assert not rounds.round_page(second, date(2021, 8, 1)).is_compared  # 5 and 6 answers
    type(second).objects.filter(pk=second.pk).update(answer_count=5)
    second.refresh_from_db()
    assert rounds.round_page(second, date(2021, 8, 1)).is_compared


@pytest.mark.usefixtures("only_pulse")
def test_below_five_answers_nothing_is_shown() -> None:
    round = pulse_round(made.firm())
    answered(round, suggestion="Pausas")
    round.refresh_from_db()
    page = rounds.round_page(round, date(2021, 7, 1))
    assert (page.is_shown, page.lines, page.suggestions) == (False, (), ())
    refused(
        "improvement.suggestion.not_yet", pulses.follow_suggestion,
        suggestion=Suggestion.objects.get(), state="done",
    )  # fmt: skip
    assert rounds.voice(date(2021, 7, 1)) is None


@pytest.mark.usefixtures("only_pulse")
def test_what_is_refused_of_a_round() -> None:
    firm = made.firm()
    act, row = pulses.open_round, made.instrument("basic")
    values = {"enterprise": firm, "instrument": row, "opens_on": TODAY}
    for days in (3, 90):
        ends = {"closes_on": TODAY + timedelta(days=days)}
        refused("improvement.pulse.dates", act, **values, **ends)
    wrong = values | {"instrument": made.instrument("DEF"), "closes_on": TODAY}
    refused("improvement.pulse.retired", act, **wrong)
    round = pulse_round(firm)
    refused("improvement.pulse.open_already", act, **values, closes_on=TODAY + timedelta(days=10))
    take = {"round": round, "today": TODAY, "answers": {"voice": "yes"}}
    act = pulses.take_answer
    refused("improvement.pulse.not_open", act, **take | {"today": date(2021, 8, 1)})
    refused("improvement.pulse.nothing", act, **take | {"answers": {"voice": ""}})
    refused("improvement.pulse.unknown", act, **take | {"answers": {"voice": "hm"}})
    refused("improvement.pulse.over", pulses.end_round, round=round)
    today = timezone.localdate()
    now = pulse_round(firm, today - timedelta(days=2))
    refused("improvement.pulse.too_soon", pulses.end_round, round=now)
    type(now).objects.filter(pk=now.pk).update(opens_on=today - timedelta(days=9))
    now.refresh_from_db()
    assert pulses.end_round(actor=make.actor(), round=now).closes_on < today


# --- continuity


def plan_of(firm: Any) -> ContinuityPlan:
    row = plans.start_plan(actor=make.actor(), enterprise=firm)
    return plans.write_plan(
        actor=make.actor(), plan=row, products=["Café tostado", "Café tostado", " "],
        objective="Seguir tostando.", impacts=["Sin ventas"],
        contacts=[{"what": "Gas", "name": "Rosa Mamani", "phone": "71234567"}, {"name": " "}],
        scores={"cash": "3", "customers": "3", "debt": "", "key_people": "0"},
    )  # fmt: skip


def test_a_plan_is_written_approved_and_followed_by_a_version() -> None:
    firm = made.firm()
    row = plans.start_plan(actor=make.actor(), enterprise=firm)
    refused("improvement.plan.unfinished", plans.approve_plan, plan=row)
    assert plan_of(firm) == row
    row.refresh_from_db()
    refused("improvement.plan.score", plans.write_plan, plan=row, scores={"cash": "9"})
    refused("improvement.plan.action_empty", plans.add_action, plan=row, axis="people", what=" ")
    action = plans.add_action(
        actor=make.actor(), plan=row, axis="people", what="Barbijos", control="ppe"
    )
    page = plan_pages.plan_page(row, TODAY)
    assert "solo con equipo personal" in page.warnings[0]
    assert [a.level_code for a in page.axes] == ["low", "", "high", ""]
    refused(
        "improvement.plan.review_past", plans.approve_plan, plan=row, review_due=date(2020, 1, 1)
    )
    plans.approve_plan(actor=make.actor(), plan=row)
    refused("improvement.plan.not_draft", plans.write_plan, plan=row, objective="x")
    plans.mark_action(actor=make.actor(), action=action, is_done=True)
    newer = plans.start_plan(actor=make.actor(), enterprise=firm)
    assert (newer.number, newer.products, newer.actions.count()) == (2, ["Café tostado"], 0)
    extra = plans.add_action(actor=make.actor(), plan=newer, axis="profits", what="Ahorrar")
    plans.approve_plan(actor=make.actor(), plan=newer)
    refused("improvement.plan.not_draft", plans.remove_action, action=extra)
    row.refresh_from_db()
    assert row.state == "past"


def test_a_plan_reminds_of_its_review() -> None:
    firm, lead = made.firm(), make.user(role="lead")
    row = plan_of(firm)
    ContinuityPlan.objects.filter(pk=row.pk).update(state="approved", review_due=TODAY)
    assert "revisar el plan" in reminders.of(lead, TODAY)[0].what
    assert reminders.of(make.user(role="auditor"), TODAY) == []


def test_without_a_table_no_plan_begins() -> None:
    refused("improvement.plan.no_table", plans.start_plan, enterprise=make.enterprise())


# --- the register's rules hold here


def test_an_erased_person_is_forgotten_by_name() -> None:
    firm = made.firm()
    person = make.person("Rosa", "Mamani")
    Affiliation.objects.create(person=person, enterprise=firm, role="worker")
    project = made.project(firm, responsible="Rosa Mamani")
    kept = made.project(firm, "Otro", responsible="Jefa de taller")
    plan = plan_of(firm)
    erasure.erase_person(actor=make.actor(reason="Lo pidió."), person=person)
    for row in (project, kept, plan):
        row.refresh_from_db()
    assert (project.responsible, kept.responsible, plan.contacts) == ("—", "Jefa de taller", [])
    assert not any("Rosa" in str(c.after) for c in Change.objects.filter(
        model="improvement.project", object_id=project.pk))  # fmt: skip


def test_two_firms_merged_keep_every_value() -> None:
    keep, absorb = made.firm(), made.firm()
    for firm in (keep, absorb):
        made.value(firm, "DEF", 5, 100)
        made.project(firm)
        made.measured(firm)
    merges.merge(actor=make.actor(), keep=keep, absorb=absorb)
    assert Observation.objects.filter(board_kpi__enterprise=keep).count() == 2
    assert keep.projects.count() == 2
    assert keep.measurements.count() == 2
