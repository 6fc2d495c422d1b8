"""A frozen figure stays; what it would become is told; replays change nothing twice."""

import uuid
from datetime import date

import pytest
from django.test import Client

import make
import make_results
from digna.errors import Refused
from digna.events.models import Attendance
from digna.journal import selectors as journal
from digna.journal.models import Line
from digna.programmes.models import Programme
from digna.results import packing
from digna.results.models import Figure, ReportingPeriod, Target
from digna.results.selectors import periods as shown
from digna.results.services import indicators, periods, targets

pytestmark = pytest.mark.django_db
TRAINED = "constituents_trained"


@pytest.fixture
def frozen() -> ReportingPeriod:
    """A year of 41 people, frozen."""
    programme = make_results.programme()
    make_results.adopted(programme)
    session = make_results.session(make_results.process([programme]))
    make_results.attend(session, make_results.people(25, "female"))
    make_results.attend(session, make_results.people(16, "male"))
    period = periods.open_period(
        actor=make.actor(),
        programme=programme,
        label="2021",
        starts_on=date(2021, 1, 1),
        ends_on=date(2021, 12, 31),
    )
    make_results.computed(programme)
    return periods.freeze_period(actor=make.actor(make.user("Elena")), period=period)


def figure(period: ReportingPeriod, kind: str = "frozen") -> Figure:
    return Figure.objects.get(period=period, kind=kind, indicator__code=TRAINED)


def one_more(programme: Programme) -> int:
    session = Attendance.objects.select_related("session__process").all()[0].session
    (late,) = make_results.people(1, "female")
    make_results.attend(session, [late])
    make_results.computed(programme)
    return late.pk


def test_a_late_record_would_change_41_to_42_and_the_frozen_value_stays(
    frozen: ReportingPeriod,
) -> None:
    before = figure(frozen)
    assert shown.would_change(before) is None
    late = one_more(frozen.programme)
    after = figure(frozen)
    assert (after.value, after.records_sha256) == (41, before.records_sha256)
    change = shown.would_change(after)
    assert change is not None
    assert (change.before, change.after, change.added, change.removed) == (41, 42, (late,), ())
    assert change.sentence == "cambiaría de 41 a 42"
    assert late not in packing.unpack(after.records)
    (row,) = shown.periods_list(frozen.programme)
    assert TRAINED in {change.indicator.code for change in row.changes}


def test_the_pages_show_the_frozen_value_and_what_it_would_be(frozen: ReportingPeriod) -> None:
    one_more(frozen.programme)
    client = Client()
    user = make.user("Marta", role="mel")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    text = client.get(f"/resultados/bdp/?periodo={frozen.pk}").content.decode()
    assert "41 → 42" in text
    assert "cambiaría de 41 a 42" in client.get("/resultados/bdp/periodos/").content.decode()


def test_another_person_in_place_of_one_is_a_change_under_the_same_number(
    frozen: ReportingPeriod,
) -> None:
    gone = Attendance.objects.all()[0]
    make_results.change(actor=make.actor(), row=gone, status="absent", hours=None)
    one_more(frozen.programme)
    change = shown.would_change(figure(frozen))
    assert change is not None
    assert (len(change.added), change.removed) == (1, (gone.person_id,))
    assert change.sentence == "seguiría en 41, con otros registros"


def test_a_stale_or_empty_or_frozen_period_is_not_frozen(frozen: ReportingPeriod) -> None:
    with pytest.raises(Refused) as twice:
        periods.freeze_period(actor=make.actor(), period=frozen)
    assert twice.value.code == "results.period.already_frozen"
    other = make_results.programme("otro")
    empty = periods.open_period(
        actor=make.actor(),
        programme=other,
        label="2020",
        starts_on=date(2020, 1, 1),
        ends_on=date(2020, 12, 31),
    )
    with pytest.raises(Refused) as nothing:
        periods.freeze_period(actor=make.actor(), period=empty)
    assert nothing.value.code == "results.period.no_figures"
    make_results.adopted(other)
    with pytest.raises(Refused) as stale:
        periods.freeze_period(actor=make.actor(), period=empty)
    assert stale.value.code == "results.period.stale"


def test_reopening_asks_why_and_keeps_what_was_frozen(frozen: ReportingPeriod) -> None:
    count = Figure.objects.filter(period=frozen, kind="frozen").count()
    with pytest.raises(Refused) as silent:
        periods.reopen_period(actor=make.actor(), period=frozen)
    assert silent.value.details["field"] == "reason"
    reason = "la lista de septiembre llegó tarde"
    period = periods.reopen_period(actor=make.actor(reason=reason), period=frozen)
    assert (period.state, period.reopened_because) == ("open", reason)
    assert Figure.objects.filter(period=frozen, kind="withdrawn").count() == count
    late = one_more(frozen.programme)
    periods.freeze_period(actor=make.actor(), period=period)
    assert figure(period).value == 42
    assert late in packing.unpack(figure(period).records)


def test_every_intention_replayed_changes_nothing_twice(frozen: ReportingPeriod) -> None:
    programme = frozen.programme
    row = programme.indicators.get(code=TRAINED)
    calls = [
        lambda actor: targets.set_target(actor=actor, indicator=row, period="2023", written="300"),
        lambda actor: periods.open_period(
            actor=actor,
            programme=programme,
            label="2022",
            starts_on=date(2022, 1, 1),
            ends_on=date(2022, 12, 31),
        ),
        lambda actor: indicators.declare_reported(
            actor=actor, programme=programme, code="nuevo", name_es="Nuevo"
        ),
        lambda actor: periods.reopen_period(actor=actor, period=frozen),
    ]
    for call in calls:
        intention = uuid.uuid4()
        first = call(make.actor(intention=intention, reason="porque sí"))
        lines, rows = Line.objects.count(), Target.objects.count()
        again = call(make.actor(intention=intention, reason="porque sí"))
        assert again == first
        assert (Line.objects.count(), Target.objects.count()) == (lines, rows)
    assert list(journal.verify()) == []


def test_the_journal_tells_from_what_to_what_a_figure_moved(frozen: ReportingPeriod) -> None:
    one_more(frozen.programme)
    moved = journal.history_of(figure(frozen, "current")).first()
    assert moved is not None
    assert moved.before is not None
    assert moved.after is not None
    assert (moved.before["value"], moved.after["value"]) == ("41.000000", "42.000000")
