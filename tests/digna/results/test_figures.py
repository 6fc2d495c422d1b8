"""Figures come out of records: the published sentence, parts and totals, unions, freshness."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import make
import make_results
from digna.events.models import Attendance, Enrolment
from digna.journal.models import Change
from digna.results import computing, declarations, packing, parts, rowkeys, store, tasks
from digna.results.models import Computation, Figure, Indicator
from digna.results.selectors import freshness
from digna.results.services import figures as services
from digna.results.services import indicators, periods
from digna_engines.indicators import FactSchema, compute
from digna_engines.values import Period

pytestmark = pytest.mark.django_db


def test_the_published_sentence_comes_out_of_records() -> None:
    programme = make_results.programme()
    make_results.adopted(programme)
    women, men, _sessions = make_results.published(programme)
    found = make_results.computed(programme)
    trained = found["constituents_trained"]
    assert trained.value == 263
    by_sex = {part.category: part.value for part in parts.read(trained.parts)["sex"]}
    assert by_sex == {"female": 158, "male": 105}
    share = found["constituents_trained_women"]
    assert (share.numerator, share.denominator) == (158, 263)
    assert (share.n, share.cohort) == (263, 263)
    assert packing.unpack(share.records) == tuple(sorted(person.pk for person in women))
    assert set(packing.unpack(trained.records)) == {p.pk for p in [*women, *men]}
    assert found["training_attendances"].value == Attendance.objects.count() == 333
    assert found["training_hours"].value == 333 * 4
    assert found["capacity_processes"].value == 3


def test_an_activity_in_three_sectors_and_six_departments_is_one_activity() -> None:
    programme = make_results.programme()
    make_results.bolivia()
    rows = make_results.adopted(programme)
    sectors = list(make_results.Sector.objects.all()[:3])
    departments = list(make_results.Place.objects.filter(kind="department")[:6])
    make_results.activity(programme, sectors=sectors, departments=departments)
    make_results.activity(programme, sectors=sectors[:1], departments=departments[:2])
    declaration = rows["market_assessments"].declaration | {
        "measure": "unique",
        "of": "activity_id",
    }
    indicators.change_indicator(
        actor=make.actor(), indicator=rows["market_assessments"], declaration=declaration
    )
    found = make_results.computed(programme)
    assert found["market_assessments"].value == 2
    assert found["sectors_chosen"].value == 3
    assert packing.unpack(found["sectors_chosen"].records) == tuple(
        sorted(sector.code for sector in sectors)
    )


def test_firms_are_counted_once_with_the_unknown_apart() -> None:
    programme = make_results.programme()
    make_results.adopted(programme)
    for formal in (True, True, False, None):
        make.enterprise(is_formal=formal)
    found = make_results.computed(programme)
    assert found["firms_registered"].value == 4
    formal = found["firms_formal"]
    assert (formal.numerator, formal.denominator) == (2, 3)
    assert (formal.n, formal.cohort) == (3, 4)


def test_one_event_of_two_programmes_is_a_union_and_not_a_sum() -> None:
    one, two = make_results.programme("uno"), make_results.programme("dos")
    make_results.adopted(one)
    make_results.adopted(two)
    shared = make_results.session(make_results.process([one, two], "conversatorio"))
    own = make_results.session(make_results.process([one], "conversatorio"))
    make_results.attend(shared, make_results.people(12, "female"))
    make_results.attend(own, make_results.people(5, "male"))
    keys = [
        set(packing.unpack(make_results.computed(p)["conversatorio_participants"].records))
        for p in (one, two)
    ]
    assert [len(found) for found in keys] == [17, 12]
    assert len(keys[0] | keys[1]) == 17


marks = st.lists(
    st.tuples(
        st.integers(0, 7),  # who
        st.integers(0, 2),  # where
        st.sampled_from(["employers", "workers", "government", ""]),
        st.sampled_from(["present", "absent"]),
    ),
    max_size=20,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(marks=marks, sexes=st.lists(st.sampled_from(["female", "male", ""]), min_size=8, max_size=8))
def test_parts_unknown_and_several_are_the_total(
    marks: list[tuple[int, int, str, str]], sexes: list[str]
) -> None:
    programme = make_results.programme(f"p{Computation.objects.count()}-{len(marks)}-{id(marks)}")
    make_results.adopted(programme)
    people = [make_results.people(1, sex)[0] for sex in sexes]
    sessions = [make_results.session(make_results.process([programme])) for _ in range(3)]
    seen: set[tuple[int, int]] = set()
    for who, where, constituency, status in marks:
        if (who, where) in seen:
            continue
        seen.add((who, where))
        at, person = sessions[where], people[who]
        rows = [
            Enrolment(process=at.process, person=person, constituency=constituency),
            Attendance(
                session=at,
                person=person,
                status=status,
                hours=4 if status == "present" else None,
            ),
        ]
        make_results.add(actor=make.actor(), rows=rows)
    for figure in make_results.computed(programme).values():
        for of_dimension in parts.read(figure.parts).values():
            assert sum(part.numerator or 0 for part in of_dimension) == (figure.numerator or 0)
            if figure.denominator is not None:
                assert sum(p.denominator or 0 for p in of_dimension) == figure.denominator


def test_the_records_of_the_parts_split_the_records_of_the_figure() -> None:
    programme = make_results.programme()
    make_results.adopted(programme)
    _women, _men, sessions = make_results.published(programme)
    make_results.attend(sessions[0], make_results.people(3), "")
    figure = make_results.computed(programme)["constituents_trained"]
    tasks.find_members.call(figure.pk)
    kept = parts.read(figure.parts)
    for dimension, of_dimension in kept.items():
        rows = figure.slices.filter(dimension=dimension)
        counts = {row.category: row.record_count for row in rows}
        assert counts == {p.category or "": p.numerator for p in of_dimension}
        keys = [key for row in rows for key in packing.unpack(row.records)]
        assert sorted(keys) == list(packing.unpack(figure.records))
    assert {p.category for p in kept["constituency"]} >= {"several", None}


def test_the_rows_behind_a_figure_are_those_the_engine_would_bring() -> None:
    programme = make_results.programme()
    make_results.adopted(programme)
    _women, _men, sessions = make_results.published(programme)
    missing = Attendance.objects.filter(session=sessions[0])[:7]
    for row in missing:
        make_results.change(actor=make.actor(), row=row, status="absent", hours=None)
    found = make_results.computed(programme)
    present = Attendance.objects.filter(status="present").order_by("pk")
    for code in ("training_attendances", "training_hours"):
        figure = found[code]
        assert figure.record_kind == "attendance_id"
        assert packing.unpack(figure.records) == tuple(present.values_list("pk", flat=True))
        tasks.find_members.call(figure.pk)
        by_sex = {row.category: row.record_count for row in figure.slices.filter(dimension="sex")}
        assert sum(by_sex.values()) == figure.record_count == 326
    connection = ibis.duckdb.connect()
    tables = {"events.attendance": store.table("events.attendance", programme.pk, connection)}
    row = found["training_hours"].indicator
    declared = declarations.read({**row.declaration, "code": row.code}).indicator
    assert declared is not None
    for period in (None, Period.quarter(2021, 1), Period.quarter(2021, 2), Period.year(2019)):
        for one in (declared, replace(declared, semantics="cumulative")):
            since = programme.starts_on
            (slow,) = compute([one], tables, periods=[period], since=since, records=True)
            assert slow.records is not None
            keys = sorted({key[0] for key in slow.records.keys if isinstance(key, tuple)})
            fast = rowkeys.packed(one, tables["events.attendance"], period, since)
            assert list(packing.unpack(fast.data)) == keys
    connection.disconnect()


def test_computing_again_without_news_writes_no_figure() -> None:
    programme = make_results.programme()
    make_results.adopted(programme)
    make_results.published(programme)
    make_results.computed(programme)
    before = list(Figure.objects.order_by("pk").values_list("pk", "computed_at"))
    count = Change.objects.filter(model="results.figure").count()
    make_results.computed(programme)
    assert list(Figure.objects.order_by("pk").values_list("pk", "computed_at")) == before
    assert Change.objects.filter(model="results.figure").count() == count


def test_the_journal_tells_when_figures_are_stale() -> None:
    programme = make_results.programme()
    assert not freshness.of(programme).is_stale
    make_results.adopted(programme)
    assert freshness.of(programme).is_stale
    make_results.computed(programme)
    assert not freshness.of(programme).is_stale
    make.user("Nadie")
    assert not freshness.of(programme).is_stale
    make.person()
    assert freshness.of(programme).is_stale


def test_facts_are_read_again_only_when_they_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    programme = make_results.programme()
    make_results.adopted(programme)
    make_results.published(programme)
    written: list[str] = []
    write = store._write

    def noted(schema: FactSchema, rows: Iterable[tuple[Any, ...]], path: Path) -> None:
        written.append(schema.name)
        write(schema, rows, path)

    monkeypatch.setattr(store, "_write", noted)
    make_results.computed(programme)
    # Only the tables that an adopted indicator reads; other rooms publish more.
    assert sorted(written) == ["events.attendance", "programmes.activity", "registry.enterprise"]
    make_results.computed(programme)
    assert len(written) == 3
    make_results.activity(programme)
    make_results.computed(programme)
    assert written[3:] == ["programmes.activity"]


def test_asking_twice_starts_one_computation() -> None:
    programme = make_results.programme()
    assert services.ask_for_figures(actor=make.actor(), programme=programme) is True
    assert services.ask_for_figures(actor=make.actor(), programme=programme) is False
    tasks.recompute.call(programme.pk)
    assert Computation.objects.get().state == Computation.State.DONE
    assert services.ask_for_figures(actor=make.actor(), programme=programme) is True


def test_a_computation_that_breaks_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    programme = make_results.programme()
    services.ask_for_figures(actor=make.actor(), programme=programme)

    def broken(asked: object) -> None:
        raise OSError("disco lleno")

    monkeypatch.setattr(computing, "figures", broken)
    with pytest.raises(OSError, match="disco lleno"):
        tasks.recompute.call(programme.pk)
    last = Computation.objects.get()
    assert (last.state, last.problem) == (Computation.State.FAILED, "disco lleno")


def test_each_period_has_its_own_figures_and_cumulative_ones_grow() -> None:
    programme = make_results.programme()
    make_results.adopted(programme)
    make_results.published(programme)
    quarters = [("2021-T1", 1, 3), ("2021-T2", 4, 6), ("2021-T3", 7, 9)]
    for label, first, last in quarters:
        periods.open_period(
            actor=make.actor(),
            programme=programme,
            label=label,
            starts_on=date(2021, first, 1),
            ends_on=date(2021, last, 30),
        )
    make_results.computed(programme)
    rows = Figure.objects.exclude(period=None).order_by("period__starts_on")
    people = [f.value for f in rows.filter(indicator__code="constituents_trained")]
    assert people == [120, 200, 263]
    attendances = [f.value for f in rows.filter(indicator__code="training_attendances")]
    assert attendances == [120, 100, 113]
    assert Indicator.objects.filter(programme=programme).count() == 15
