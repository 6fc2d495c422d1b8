"""The ledger of quality: what each rule finds, what it never passes, letters beside numbers."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

import make
import make_results
from digna.errors import Refused
from digna.programmes.models import Programme
from digna.registry.models import DuplicatePair
from digna.results import checking, packing
from digna.results.models import Figure, QualityCheck, QualityRun, VerificationSample
from digna.results.quality import of_journal, of_values, rules
from digna.results.quality.found import Behind, Looked
from digna.results.selectors import records, samples
from digna.results.services import quality
from digna_engines.indicators import Column, FactSchema, Indicator

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TRAINED, HOURS = "constituents_trained", "training_hours"
SCHEMA = FactSchema(
    "t",
    "a row",
    ("row_id", "person_id"),
    {
        "row_id": Column("integer"),
        "person_id": Column("integer"),
        "amount": Column("number"),
        "on": Column("date"),
        "starts_on": Column("date"),
        "ends_on": Column("date"),
        "sex": Column("text"),
        "grade": Column("text"),
        "measurement_id": Column("integer"),
        "value": Column("text"),
    },
    ("sex",),
)
DECLARED = Indicator("x", "t", "sum", "Bs", value="amount", on="on", disaggregate={"sex": "sex"})
TODAY = date(2022, 1, 31)


def behind(**columns: list[Any]) -> Behind:
    count = len(next(iter(columns.values())))
    rows = {"row_id": list(range(1, count + 1)), **columns}
    return Behind(DECLARED, SCHEMA, rows, count, TODAY)


def test_a_negative_amount_fails_and_a_negative_change_does_not() -> None:
    found = of_values.in_range(behind(amount=[Decimal(5), Decimal(-1), None]))
    assert (found.outcome, found.checked, found.failing, found.places) == ("poor", 2, 1, (1,))
    signed = replace(DECLARED, value="change_signed")
    rows = replace(behind(change_signed=[Decimal(-1)]), declared=signed)
    assert of_values.in_range(rows).outcome == "n/a"


def test_days_to_come_and_ends_before_beginnings() -> None:
    rows = behind(
        on=[date(2022, 1, 31), date(2022, 2, 1), None],
        starts_on=[date(2021, 5, 1), date(2021, 6, 1), None],
        ends_on=[date(2021, 4, 1), date(2021, 6, 1), date(2021, 1, 1)],
    )
    assert of_values.not_in_the_future(rows).places == (1,)
    assert (of_values.in_order(rows).checked, of_values.in_order(rows).places) == (2, (0,))


def test_parts_that_lose_the_unknown_no_longer_add_up() -> None:
    whole = replace(behind(amount=[Decimal(1)]), total=Decimal(10))
    parts = {"sex": [Decimal(6), Decimal(3), Decimal(1)]}
    assert of_values.parts_add_up(replace(whole, parts=parts)).outcome == "good"
    lost = {"sex": [Decimal(6), Decimal(3)]}
    assert of_values.parts_add_up(replace(whole, parts=lost)).outcome == "poor"
    assert of_values.parts_add_up(replace(whole, parts=lost, total=None)).outcome == "not run"


def test_an_outlier_is_named_and_too_few_values_say_nothing() -> None:
    values: list[Any] = [Decimal(10 + n % 4) for n in range(19)] + [Decimal(900)]
    found = of_values.without_outliers(behind(amount=values))
    assert (found.places, found.checked) == ((19,), 20)
    assert of_values.without_outliers(behind(amount=values[:5])).outcome == "not run"
    alike: list[Any] = [Decimal(4)] * 30
    assert of_values.without_outliers(behind(amount=alike)).details["why"] == "no_spread"


def test_round_numbers_too_often_are_told() -> None:
    guessed: list[Any] = [Decimal(100 * n) for n in range(1, 25)]
    measured: list[Any] = [Decimal(37 * n + 1) for n in range(1, 25)]
    assert of_values.not_heaped(behind(amount=guessed)).outcome == "fair"
    assert of_values.not_heaped(behind(amount=measured)).outcome == "good"


def test_who_answered_all_alike() -> None:
    rows = behind(measurement_id=[1] * 5 + [2] * 5, value=["yes"] * 5 + ["yes", "no"] * 2 + ["no"])
    found = of_values.not_straight(rows)
    assert (found.checked, found.failing, found.places) == (2, 1, (0, 1, 2, 3, 4))


def test_missing_values_and_unknown_categories_are_counted_apart() -> None:
    days = [date(2021, 1, 1)] * 3
    rows = behind(amount=[Decimal(0), None, Decimal(2)], on=days, sex=["female", "male", None])
    assert of_values.not_missing(rows).places == (1,)  # a zero is not missing
    assert of_values.known_categories(rows).places == (2,)
    assert of_values.known_categories(rows).details["lacking"] == {"sex": 1}


def test_n_of_n_counts_who_has_no_value() -> None:
    rows = replace(behind(amount=[Decimal(1)]), n=41, cohort=60)
    assert (of_values.whole_cohort(rows).failing, of_values.whole_cohort(rows).outcome) == (
        19,
        "fair",
    )


def test_written_down_late_against_the_day_it_happened() -> None:
    days = [date(2021, 1, 1), date(2021, 1, 1), date(2021, 1, 1)]
    recorded = {"1": date(2021, 1, 31), "2": date(2021, 2, 1)}
    rows = replace(behind(on=days), recorded=recorded)
    found = of_journal.in_time(rows)
    assert (found.checked, found.places) == (2, (1,))
    assert of_journal.traced(rows).places == (2,)
    assert of_journal.in_time(behind(on=days)).outcome == "not run"


def test_corrections_without_a_reason() -> None:
    rows = replace(behind(on=[None, None]), corrections={"1": [True, False]})
    found = of_journal.with_reasons(rows)
    assert (found.checked, found.failing, found.places) == (2, 1, (0,))
    assert of_journal.with_reasons(behind(on=[None])).outcome == "not run"


def test_a_recount_outside_ten_points_is_poor_whatever_the_errors() -> None:
    rows = behind(on=[None])
    assert of_journal.recounted(rows).details["why"] == "no_sample"
    off = replace(rows, sample=Looked(100, 100, 4, Decimal(80), Decimal(100)))
    assert of_journal.recounted(off).outcome == "poor"
    near = replace(rows, sample=Looked(100, 100, 4, Decimal(96), Decimal(100)))
    assert of_journal.recounted(near).outcome == "good"


def test_what_nobody_could_check_never_counts_as_good() -> None:
    found = rules.look(replace(behind(amount=[]), count=0))
    assert {one.outcome for _rule, one in found} <= {"n/a", "not run"}
    assert rules.graded(found).grade is None


def signed_in(role: str, **limits: Any) -> Client:
    client = Client()
    client.force_login(make.user(role.title(), role=role, **limits), backend=BACKEND)
    return client


@pytest.fixture
def programme(db: None) -> Programme:
    made = make_results.programme()
    make_results.adopted(made)
    make_results.published(made)
    make_results.computed(made)
    return made


def checked(of: Programme) -> QualityRun:
    run = quality.ask_for_run(actor=make.actor(), programme=of, period=None)
    return checking.check_quality(actor=make.actor(), run=run)


def check_of(run: QualityRun, code: str, rule: str) -> QualityCheck:
    return QualityCheck.objects.get(run=run, indicator__code=code, rule=rule)


def test_a_run_finds_what_is_there_and_a_letter_stands_beside_the_number(
    programme: Programme,
) -> None:
    people = list(make_results.people(2, "female"))
    first = Figure.objects.get(indicator__code=TRAINED, kind="current")
    behind_it = packing.unpack(first.records)
    pair = DuplicatePair(
        person_a_id=behind_it[0], person_b_id=people[0].pk, score=Decimal("0.9"), state="open"
    )
    make_results.add(actor=make.actor(), rows=[pair])
    run = checked(programme)
    assert check_of(run, TRAINED, "pairs").failing == 1
    assert check_of(run, TRAINED, "parts").outcome == "good"
    late = check_of(run, HOURS, "late")
    assert (late.outcome, late.failing, late.checked) == ("poor", 333, 333)
    assert check_of(run, TRAINED, "outliers").outcome == "n/a"
    assert check_of(run, HOURS, "unknown").details["lacking"]["department"] == 333
    client = signed_in("mel")
    text = client.get("/resultados/bdp/").content.decode()
    assert "Débil en puntualidad, completitud" in text
    one = client.get(f"/resultados/bdp/indicadores/{TRAINED}").content.decode()
    assert "calidad D" in " ".join(one.split())
    page = client.get("/resultados/bdp/calidad").content.decode()
    assert "Sin nota" in page
    failing = client.get(f"/resultados/bdp/calidad/controles/{late.pk}").content.decode()
    assert failing.count("De prueba") >= 333
    stranger = signed_in("trainer", partner="cainco")
    hidden = stranger.get(f"/resultados/bdp/calidad/controles/{late.pk}").content.decode()
    assert "De prueba" not in hidden
    assert "333 no le toca verlos" in hidden
    lines = list(csv.DictReader(io.StringIO(
        client.get("/resultados/bdp/calidad/controles.csv").content.decode("utf-8-sig")
    )))  # fmt: skip
    assert {line["outcome"] for line in lines} == {"good", "fair", "poor", "n/a", "not run"} - (
        {"fair"} - {line["outcome"] for line in lines}
    )


def test_the_button_runs_the_checks_and_asking_twice_runs_once(programme: Programme) -> None:
    client = signed_in("lead")
    assert "Todavía no se revisó" in client.get("/resultados/bdp/calidad").content.decode()
    client.post("/resultados/bdp/calidad/revisar")
    assert QualityRun.objects.get().state == "done"
    first = quality.ask_for_run(actor=make.actor(), programme=programme, period=None)
    again = quality.ask_for_run(actor=make.actor(), programme=programme, period=None)
    assert first == again
    assert QualityRun.objects.count() == 2
    quality.fail_run(actor=make.actor(), run=first, problem="se cortó")
    page = client.get("/resultados/bdp/calidad").content.decode()
    assert "No se pudo revisar la calidad" in page
    assert "Calificación" in page  # what the run before found is still there


def test_a_sample_of_157_of_263_is_drawn_printed_and_looked_for(programme: Programme) -> None:
    client = signed_in("lead")
    path = f"/resultados/bdp/calidad/de/{TRAINED}/muestra"
    client.post(path, {"margin": "0.05", "seed": "7"})
    sample = VerificationSample.objects.get()
    assert (sample.population, sample.records.count()) == (263, 157)
    page = f"/resultados/bdp/calidad/muestras/{sample.pk}"
    assert "157 de 263 registros, semilla 7" in client.get(page).content.decode()
    client.post(path, {"margin": "0.05", "seed": "7"})
    again = VerificationSample.objects.exclude(pk=sample.pk).get()
    drawn = list(sample.records.values_list("key", flat=True))
    assert list(again.records.values_list("key", flat=True)) == drawn
    for place in range(1, 9):
        client.post(f"{page}/{place}", {"result": "confirmed"})
    client.post(f"{page}/9", {"result": "differs", "recounted": "1"})
    client.post(f"{page}/10", {"result": "not found", "note": "nadie la recuerda"})
    looked = samples.looked(VerificationSample.objects.get(pk=sample.pk))
    assert (looked.looked_for, looked.wrong) == (10, 2)
    rate, ratio = samples.says(looked)
    assert rate.low is not None
    assert rate.high is not None
    assert (round(rate.low, 4), round(rate.high, 4)) == (0.0252, 0.5561)  # Clopper and Pearson
    assert (ratio.ratio, ratio.within) == (Decimal("0.9"), True)
    text = client.get(page).content.decode()
    assert "2 de 10 (20 %)" in text
    assert "nadie la recuerda" in text


def test_a_record_that_differs_says_what_was_found(programme: Programme) -> None:
    figure = Figure.objects.select_related("indicator").get(indicator__code=TRAINED, kind="current")
    sample = quality.draw_sample(actor=make.actor(), figure=figure, margin=Decimal("0.10"), seed=1)
    row = sample.records.all()[0]
    with pytest.raises(Refused) as silent:
        quality.record_result(actor=make.actor(), row=row, result="differs")
    assert silent.value.details["field"] == "recounted"
    empty = Figure.objects.select_related("indicator").get(
        indicator__code="market_assessments", kind="current"
    )
    with pytest.raises(Refused):
        quality.draw_sample(actor=make.actor(), figure=empty, margin=Decimal("0.05"), seed=1)


def test_names_of_a_sample_are_only_for_who_may_see_them(programme: Programme) -> None:
    figure = Figure.objects.select_related("indicator").get(indicator__code=TRAINED, kind="current")
    sample = quality.draw_sample(actor=make.actor(), figure=figure, margin=Decimal("0.10"), seed=1)
    stranger = signed_in("trainer", partner="cainco")
    page = f"/resultados/bdp/calidad/muestras/{sample.pk}"
    assert "De prueba" not in stranger.get(page).content.decode()
    assert stranger.get(f"{page}/1").status_code == 404
    assert signed_in("auditor").get(page).status_code == 403


def test_corrections_behind_a_figure_are_listed_with_their_reasons(programme: Programme) -> None:
    from digna.events.models import Attendance

    gone = Attendance.objects.all()[0]
    make_results.change(
        actor=make.actor(reason="firmó otra persona"), row=gone, status="absent", hours=None
    )
    make_results.computed(programme)
    text = signed_in("mel").get(f"/resultados/bdp/calidad/de/{HOURS}").content.decode()
    assert "Nadie corrigió" in text  # the row left the figure: it is no longer behind it
    other = Attendance.objects.filter(status="present")[0]
    make_results.change(actor=make.actor(reason="eran tres horas"), row=other, hours=Decimal(3))
    make_results.computed(programme)
    text = signed_in("mel").get(f"/resultados/bdp/calidad/de/{HOURS}").content.decode()
    assert "eran tres horas" in text


def test_records_of_another_room_never_open_as_ours() -> None:
    """A mentoring session and a training session may bear the same number."""
    theirs = Figure(record_kind="session_id", declaration={"source": "mentoring.session"})
    ours = Figure(record_kind="session_id", declaration={"source": "events.attendance"})
    assert records.kind_of(theirs) == "mentoring.session.session_id"
    assert records.kind_of(ours) == "session_id"
