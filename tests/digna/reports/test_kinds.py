"""The four reports: what each counts, from small worlds made for it."""

from datetime import date
from decimal import Decimal

import pytest
from tests.digna.reports import made

import make
from cast import cast
from digna.reports import making, paper
from digna.reports.paper import Cited, Paper, Table
from digna.training.models import Visit, Workshop, WorkshopAttendance

pytestmark = pytest.mark.django_db


def cited(of: Paper, code: str, period: str = "") -> Cited:
    found = [one for _s, one in paper.cited(of) if one.code == code and period in ("", one.period)]
    assert found, f"no {code} {period}"
    return found[0]


def table(of: Paper, title: str) -> Table:
    return next(one for _section, one in paper.tables(of) if one.title.startswith(title))


def test_the_statement_says_the_published_sentence_with_its_figures() -> None:
    report = made.report("statement", programme=made.trained())
    found = making.paper_of(report, "es-bo")
    section = next(one for one in found.sections if one.code == "constituents")
    told = " ".join(one.text for one in section.blocks if isinstance(one, paper.Paragraph))
    assert (
        "3 procesos de capacitación llegaron a 263 representantes de empleadores, trabajadores y "
        "gobierno; mujeres: 158 de 263 (60 %)."
    ) in told
    women = cited(found, "constituents_trained_women")
    assert (women.numerator, women.denominator) == (158, 263)
    assert women.url == "/publico/bdp/constituents_trained_women"
    assert found.definitions[women.note - 1].code == "constituents_trained_women"


def test_the_statement_in_english_says_the_same_numbers() -> None:
    report = made.report("statement", programme=made.trained())
    spanish, english = (making.paper_of(report, one) for one in ("es-bo", "en"))
    said = [
        [(one.code, one.value) for _section, one in paper.cited(found)]
        for found in (spanish, english)
    ]
    assert said[0] == said[1]
    section = next(one for one in english.sections if one.code == "constituents")
    told = " ".join(one.text for one in section.blocks if isinstance(one, paper.Paragraph))
    assert "3 capacity-building processes reached 263 representatives" in told


def test_what_is_missing_says_so_and_small_cells_are_kept_in() -> None:
    programme = made.programme()
    processes = made.indicator(programme, "capacity_processes")
    made.figure(processes, 3, record_kind="process_id")
    made.indicator(programme, "constituents_trained")  # never computed
    few = made.indicator(programme, "constituents_trained_women")
    made.figure(few, 4)
    found = making.paper_of(made.report("statement", programme=programme), "es-bo")
    assert cited(found, "constituents_trained").text == "sin dato"
    assert cited(found, "constituents_trained").value is None
    hidden = cited(found, "constituents_trained_women")
    assert (hidden.text, hidden.value, hidden.n, hidden.mark) == ("reservado", None, None, "hidden")


def test_an_indicator_that_is_not_public_stays_out_of_the_statement() -> None:
    programme = made.trained()
    made.figure(made.indicator(programme, "capacity_hours", is_public=False), 900)
    found = making.paper_of(made.report("statement", programme=programme), "es-bo")
    assert "capacity_hours" not in paper.figures(found)


def test_a_logframe_shows_frozen_first_and_progress_both_ways() -> None:
    programme = made.programme()
    year = made.period(programme, "2020", 2020, state="frozen")
    rising = made.indicator(programme, "trained")
    made.figure(rising, 120, year, kind="frozen")
    made.figure(rising, 121, year)  # what it would be now
    made.target(rising, 200, 2020)
    made.baseline(rising, 40)
    falling = made.indicator(programme, "lost", direction="descending", semantics="incremental")
    made.figure(falling, 300, year, kind="frozen")
    made.target(falling, 200, 2020)
    made.baseline(falling, 400)
    found = making.paper_of(made.report("logframe", programme=programme), "es-bo")
    actual = cited(found, "trained", "2020")
    assert (actual.text, actual.mark) == ("120", "frozen")
    up, down = cited(found, "trained.reached", "2020"), cited(found, "lost.reached", "2020")
    assert (up.numerator, up.denominator, up.text) == (80, 160, "50 %")
    assert (down.numerator, down.denominator, down.text) == (-100, -200, "50 %")
    why = {row.head: row.cells[2] for row in table(found, "Medios").rows}
    assert why["Indicador trained"] == "cada período ya contiene a los anteriores"
    assert why["Indicador lost"] == "quien está en dos períodos se contaría dos veces"


def test_what_should_fall_without_a_baseline_has_no_progress() -> None:
    programme = made.programme()
    year = made.period(programme, "2020", 2020)
    falling = made.indicator(programme, "lost", direction="descending")
    made.figure(falling, 300, year)
    made.target(falling, 200, 2020)
    found = making.paper_of(made.report("logframe", programme=programme), "es-bo")
    assert "lost.reached" not in paper.figures(found)


def test_the_parts_of_a_logframe_keep_unknown_and_give_the_total() -> None:
    found = making.paper_of(made.report("logframe", programme=made.trained()), "es-bo")
    split = table(found, "Desglose: sexo")
    assert [column.name for column in split.columns[1:]] == [
        "Mujeres", "Hombres", "Sin dato", "Total"
    ]  # fmt: skip
    row = next(row for row in split.rows if row.head == "Representantes capacitados")
    values = [cell.value for cell in row.cells if isinstance(cell, Cited)]
    assert values == [158, 102, 3, 263]


def test_a_logframe_until_a_period_leaves_later_ones_out() -> None:
    programme = made.programme()
    people = made.indicator(programme, "trained")
    for year in (2020, 2021):
        made.figure(people, year, made.period(programme, str(year), year))
    made.figure(people, 9000)
    report = made.report("logframe", programme=programme, period="2020")
    found = making.paper_of(report, "es-bo")
    assert {one.period for _s, one in paper.cited(found)} == {"2020"}


def test_a_partner_counts_people_once_and_attendances_every_time() -> None:
    partner, other = made.partner(), made.partner("cadepia")
    cycle = made.cycle(partner)
    firm = made.firm(cycle, "Qhana", certificate_on=date(2021, 6, 20))
    made.firm(cycle, "Illimani")
    made.firm(made.cycle(other), "Ajena")
    people = [make.person(sex=sex) for sex in ("female", "female", "male", "")]
    for number, (day, who) in enumerate(((12, people), (19, people[:2])), start=1):
        workshop = Workshop.objects.create(
            cycle=cycle, number=number, title="Taller", starts_at=f"2021-04-{day}T09:00-04:00",
            ends_at=f"2021-04-{day}T12:00-04:00", mode="on_site",
        )  # fmt: skip
        for person in who:
            WorkshopAttendance.objects.create(
                workshop=workshop, firm=firm, person=person, role="worker", is_present=True
            )
    found = making.paper_of(made.report("partner", partner=partner), "es-bo")
    assert cited(found, "people").value == 4
    assert cited(found, "attendances").value == 6
    women = cited(found, "women")
    assert (women.numerator, women.denominator) == (2, 4)
    assert cited(found, "firms").value == 2
    assert cited(found, "firms_certified").text == "1 de 2 (50 %)"
    by_sex = table(found, "Personas por sexo")
    assert [(row.head, row.cells[0].text) for row in by_sex.rows if isinstance(row.cells[0], Cited)] == [  # noqa: E501
        ("mujeres", "2"), ("hombres", "1"), ("sin dato", "1"), ("Total", "4")
    ]  # fmt: skip


def test_a_partner_shows_what_firms_paid_apart_and_only_complete_cycles() -> None:
    from tests.digna.partners import made as money

    partner = made.partner()
    money.complete(made.cycle(partner), "1000", firm="200", public="300")
    made.cycle(partner, title="Sin costo")
    found = making.paper_of(made.report("partner", partner=partner), "es-bo")
    recovered, paid = cited(found, "cost_recovery"), cited(found, "firm_paid_share")
    assert (recovered.numerator, recovered.denominator, recovered.n, recovered.of) == (
        500, 1000, 1, 2
    )  # fmt: skip
    assert paid.value == Decimal(20)


def test_a_partner_of_whom_nothing_is_known_gets_sentences_and_no_zeros_for_missing() -> None:
    found = making.paper_of(made.report("partner", partner=made.partner()), "es-bo")
    assert cited(found, "cycles_running").text == "0"
    assert cited(found, "cost_recovery").text == "sin dato"
    assert cited(found, "kpis_better").text == "sin dato"
    notes = [b.text for s in found.sections for b in s.blocks if isinstance(b, paper.Note)]
    assert "El socio no tuvo ciclos en marcha en estos días." in notes
    assert "Todavía nadie juzgó la madurez de este socio." in notes


def test_a_trainer_sees_her_visits_and_minutes_of_those_that_tell_them() -> None:
    her = cast().trainer
    cycle = made.cycle(made.partner(), her)
    firm = made.firm(cycle, "Qhana")
    for number, minutes in ((1, 90), (2, None)):
        Visit.objects.create(
            firm=firm, number=number, on=date(2021, 5, number), mode="on_site", trainer=her,
            minutes=minutes,
        )  # fmt: skip
    found = making.paper_of(made.report("trainer", trainer=her), "es-bo")
    assert cited(found, "visits_made").value == 2
    told = cited(found, "visit_minutes")
    assert (told.value, told.n, told.of) == (90, 1, 2)
    assert table(found, "Dónde está").rows[0].head == "Qhana"
    assert cited(found, "to_chase").value == len(table(found, "Lo más antiguo").rows)


def test_who_answers_for_one_partner_sees_nothing_of_another() -> None:
    her = cast().trainer
    made.firm(made.cycle(made.partner(), her), "Qhana")
    made.firm(made.cycle(made.partner("cadepia"), her), "Ajena")
    whole = making.paper_of(made.report("trainer", trainer=her), "es-bo")
    half = making.paper_of(made.report("trainer", trainer=her, partner=made.partner()), "es-bo")
    assert cited(whole, "firms").value == 2
    assert cited(half, "firms").value == 1
    assert "Ajena" not in repr(half)


def test_every_number_that_is_cited_has_a_definition_period_and_mark() -> None:
    partner = made.partner()
    her = cast().trainer
    made.firm(made.cycle(partner, her), "Qhana")
    programme = made.trained()
    for report in (
        made.report("trainer", trainer=her),
        made.report("partner", partner=partner),
        made.report("logframe", programme=programme),
        made.report("statement", programme=programme),
    ):
        for language in making.LANGUAGES:
            found = making.paper_of(report, language)
            assert [one.number for one in found.definitions] == list(
                range(1, len(found.definitions) + 1)
            )
            for _section, one in paper.cited(found):
                assert one.period
                assert one.mark
                if not one.code.endswith(".reached"):
                    assert found.definitions[one.note - 1].code == one.code
