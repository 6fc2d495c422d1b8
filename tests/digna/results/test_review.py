"""The review of a period: who sends, who approves, what is closed, what moved and who moved it."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import make
import make_results
from digna.errors import Refused
from digna.events.models import Attendance
from digna.journal.models import Line
from digna.programmes.models import Programme
from digna.results.models import Indicator, IndicatorReview, ReportingPeriod
from digna.results.selectors import reviewing
from digna.results.selectors import reviews as shown
from digna.results.services import iati, indicators, periods, reviews, targets

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TRAINED = "constituents_trained"
TODAY = date(2022, 2, 1)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def period() -> ReportingPeriod:
    """A year of 41 people, computed and open."""
    programme = make_results.programme()
    make_results.adopted(programme)
    Indicator.objects.exclude(code__in=(TRAINED, "training_hours")).delete()
    session = make_results.session(make_results.process([programme]))
    make_results.attend(session, make_results.people(25, "female"))
    make_results.attend(session, make_results.people(16, "male"))
    made = year(programme)
    make_results.computed(programme)
    return made


def year(of: Programme, label: str = "2021") -> ReportingPeriod:
    first, last = date(int(label), 1, 1), date(int(label), 12, 31)
    return periods.open_period(
        actor=make.actor(), programme=of, label=label, starts_on=first, ends_on=last
    )


def every(period: ReportingPeriod) -> list[Indicator]:
    return list(Indicator.objects.filter(programme=period.programme))


def one_more(programme: Programme) -> int:
    """One more person at the first session; the last line of the journal before computing."""
    session = Attendance.objects.select_related("session__process").all()[0].session
    (late,) = make_results.people(1, "female")
    make_results.attend(session, [late])
    line = Line.objects.order_by("-pk").values_list("pk", flat=True)[0]
    make_results.computed(programme)
    return line


def test_who_sent_does_not_approve_and_another_does(period: ReportingPeriod) -> None:
    mel, lead = make.user("Marta", role="mel"), make.user("Elena", role="lead")
    assert reviews.submit(actor=make.actor(mel), period=period, indicators=every(period)) == 2
    with pytest.raises(Refused) as own:
        reviews.approve(actor=make.actor(mel), period=period, indicators=every(period))
    assert own.value.code == "results.review.own"
    assert reviews.approve(actor=make.actor(lead), period=period, indicators=every(period)) == 2
    row = IndicatorReview.objects.get(indicator__code=TRAINED)
    assert (row.state, row.submitted_by, row.decided_by) == ("approved", mel, lead)
    assert (row.approved_alone, row.said) == (False, "41")


def test_who_is_alone_in_the_office_approves_her_own_and_it_is_said(
    period: ReportingPeriod,
) -> None:
    lead = make.user("Elena", role="lead")
    make.user("Otra", role="mel", programmes=["otro"])
    make.user("Antes", role="mel", ends_on=date(2020, 1, 1), starts_on=date(2019, 1, 1))
    reviews.submit(actor=make.actor(lead), period=period, indicators=every(period))
    reviews.approve(actor=make.actor(lead), period=period, indicators=every(period))
    assert IndicatorReview.objects.filter(approved_alone=True).count() == 2
    text = signed_in(lead).get("/resultados/bdp/revision").content.decode()
    assert "Lo aprobó quien lo envió" in text


def test_a_figure_that_moved_since_it_was_sent_is_not_approved(period: ReportingPeriod) -> None:
    mel, lead = make.user("Marta", role="mel"), make.user("Elena", role="lead")
    reviews.submit(actor=make.actor(mel), period=period, indicators=every(period))
    one_more(period.programme)
    with pytest.raises(Refused) as moved:
        reviews.approve(actor=make.actor(lead), period=period, indicators=every(period))
    assert moved.value.code == "results.review.moved"
    assert IndicatorReview.objects.filter(state="approved").count() == 0
    assert reviews.submit(actor=make.actor(mel), period=period, indicators=every(period)) == 2
    assert reviews.approve(actor=make.actor(lead), period=period, indicators=every(period)) == 2


def test_an_approval_that_the_figure_outlived_no_longer_counts(period: ReportingPeriod) -> None:
    mel, lead = make.user("Marta", role="mel"), make.user("Elena", role="lead")
    reviews.submit(actor=make.actor(mel), period=period, indicators=every(period))
    reviews.approve(actor=make.actor(lead), period=period, indicators=every(period))
    assert reviewing.unapproved(period) == []
    one_more(period.programme)
    assert {row.code for row in reviewing.unapproved(period)} == {TRAINED, "training_hours"}


def test_it_is_sent_back_with_a_reason_and_waits_on_the_first_page(
    period: ReportingPeriod,
) -> None:
    trainer, lead = make.user("Tania", role="trainer"), make.user("Elena", role="lead")
    reviews.submit(actor=make.actor(trainer), period=period, indicators=every(period))
    (waits,) = shown.waiting(lead, TODAY)
    assert waits.what == "2 indicadores de 2021 esperan su aprobación"
    assert waits.what in signed_in(lead).get("/").content.decode()
    row = IndicatorReview.objects.get(indicator__code=TRAINED)
    with pytest.raises(Refused) as silent:
        reviews.send_back(actor=make.actor(lead), review=row)
    assert silent.value.details["field"] == "reason"
    reviews.send_back(actor=make.actor(lead, reason="falta una lista"), review=row)
    (back,) = shown.waiting(trainer, TODAY)
    assert "falta una lista" in back.what
    reviews.submit(actor=make.actor(trainer), period=period, indicators=every(period))
    assert shown.waiting(trainer, TODAY) == []


def test_what_one_sent_is_taken_back_by_oneself_only(period: ReportingPeriod) -> None:
    trainer, lead = make.user("Tania", role="trainer"), make.user("Elena", role="lead")
    reviews.submit(actor=make.actor(trainer), period=period, indicators=every(period))
    row = IndicatorReview.objects.get(indicator__code=TRAINED)
    with pytest.raises(Refused):
        reviews.withdraw(actor=make.actor(lead), review=row)
    assert reviews.withdraw(actor=make.actor(trainer), review=row).state == "draft"


def test_freezing_under_review_lists_what_is_not_approved(period: ReportingPeriod) -> None:
    lead = make.user("Elena", role="lead")
    reviews.set_due(actor=make.actor(), period=period, due_on=date(2022, 1, 20))
    page = signed_in(lead).get(f"/resultados/bdp/periodos/{period.pk}/congelar").content.decode()
    assert "2 indicadores sin aprobar" in page
    with pytest.raises(Refused) as left:
        periods.freeze_period(actor=make.actor(lead), period=period)
    assert left.value.code == "results.period.not_approved"
    frozen = periods.freeze_period(
        actor=make.actor(lead, reason="vence el informe al donante"), period=period
    )
    assert (frozen.state, frozen.frozen_despite) == ("frozen", "vence el informe al donante")
    text = signed_in(lead).get(f"/resultados/bdp/revision?periodo={period.pk}").content.decode()
    assert "vence el informe al donante" in text


def test_the_page_says_what_would_change_and_which_line_caused_it(
    period: ReportingPeriod,
) -> None:
    lead = make.user("Elena", role="lead")
    periods.freeze_period(actor=make.actor(lead), period=period)
    page = f"/resultados/bdp/revision?periodo={period.pk}"
    assert "Nada cambió desde que se congeló" in signed_in(lead).get(page).content.decode()
    line = one_more(period.programme)
    text = signed_in(lead).get(page).content.decode()
    assert "cambiaría de 41 a 42" in text
    assert f"/diario/{line}" in text
    (moved,) = [one for one in shown._moved(period) if one.change.indicator.code == TRAINED]
    assert line in [cause.number for cause in moved.causes.lines]


def test_a_correction_around_the_records_is_found_too(period: ReportingPeriod) -> None:
    periods.freeze_period(actor=make.actor(), period=period)
    session = Attendance.objects.select_related("session").all()[0].session
    starts, ends = (at.replace(year=2018) for at in (session.starts_at, session.ends_at))
    make_results.change(
        actor=make.actor(reason="la fecha era de 2018"),
        row=session, starts_at=starts, ends_at=ends,
    )  # fmt: skip
    make_results.computed(period.programme)
    (moved,) = [one for one in shown._moved(period) if one.change.indicator.code == TRAINED]
    assert moved.change.sentence == "cambiaría de 41 a 0"
    assert [cause.reason for cause in moved.causes.lines] == ["la fecha era de 2018"]


def test_stated_values_of_a_closed_period_stay(period: ReportingPeriod) -> None:
    row = Indicator.objects.get(code=TRAINED)
    said = {"indicator": row, "period": "2021", "written": "300"}
    target = targets.set_target(actor=make.actor(), **said)
    iati.set_baseline(actor=make.actor(), indicator=row, year=2021, amount=None, comment="no hay")
    reviews.lock(actor=make.actor(reason="se envió al donante"), period=period)
    reported = indicators.declare_reported(
        actor=make.actor(), programme=period.programme, code="dicho", name_es="Dicho"
    )
    for refused in (
        lambda: targets.set_target(actor=make.actor(), **said),
        lambda: targets.remove_target(actor=make.actor(), target=target),
        lambda: targets.report_actual(
            actor=make.actor(), indicator=reported, period="2021-T2", written="4"
        ),
        lambda: iati.remove_baseline(actor=make.actor(), baseline=row.baseline),
        lambda: iati.set_baseline(
            actor=make.actor(), indicator=row, year=2020, amount=None, comment="otra"
        ),
    ):
        with pytest.raises(Refused) as closed:
            refused()
        assert closed.value.code == "results.period.closed"
        assert "2021" in str(closed.value.message)
    targets.set_target(actor=make.actor(), **{**said, "period": "2019-10-01/2021-12-31"})
    with pytest.raises(Refused):
        reviews.unlock(actor=make.actor(), period=period)
    reviews.unlock(actor=make.actor(reason="faltaba una meta"), period=period)
    targets.set_target(actor=make.actor(), **said)
    make_results.computed(period.programme)
    periods.freeze_period(actor=make.actor(), period=period)
    with pytest.raises(Refused):
        targets.set_target(actor=make.actor(), **said)


def test_what_is_late_is_told(period: ReportingPeriod) -> None:
    with pytest.raises(Refused):
        reviews.set_due(actor=make.actor(), period=period, due_on=date(2021, 6, 1))
    reviews.set_due(actor=make.actor(), period=period, due_on=date(2022, 1, 20))
    lead = make.user("Elena", role="lead")
    (waits,) = shown.waiting(lead, TODAY)
    assert "Venció el plazo" in waits.what
    assert shown.waiting(lead, date(2022, 1, 20)) == []
    text = signed_in(lead).get("/resultados/bdp/revision").content.decode()
    assert "2 fuera de plazo" in text


def test_a_thread_is_written_resolved_and_opened_again(period: ReportingPeriod) -> None:
    client = signed_in(make.user("Tania", role="trainer"))
    path = f"/resultados/bdp/revision/{period.pk}/de/{TRAINED}"
    client.post(f"{path}/comentar", {"text": "¿Por qué tantos en marzo?"})
    text = client.get(path).content.decode()
    assert "¿Por qué tantos en marzo?" in text
    row = Indicator.objects.get(code=TRAINED).comments.get()
    client.post(f"{path}/comentarios/{row.pk}")
    row.refresh_from_db()
    assert row.resolved_at is not None
    client.post(f"{path}/comentarios/{row.pk}", {"again": "1"})
    row.refresh_from_db()
    assert row.resolved_at is None
    month = f"/resultados/bdp/revision?periodo={period.pk}"
    assert "1 comentario sin resolver" in client.get(month).content.decode()


def test_the_buttons_of_the_page_send_and_approve(period: ReportingPeriod) -> None:
    mel, lead = make.user("Marta", role="mel"), make.user("Elena", role="lead")
    path = f"/resultados/bdp/revision/{period.pk}"
    row = Indicator.objects.get(code=TRAINED)
    signed_in(mel).post(f"{path}/enviar", {"indicators": [row.pk]})
    assert IndicatorReview.objects.get().state == "submitted"
    signed_in(lead).post(f"{path}/aprobar", {"all": "1"})
    assert IndicatorReview.objects.get().state == "approved"
    assert "nada enviado que aprobar" in (
        signed_in(lead).post(f"{path}/aprobar", {"all": "1"}, follow=True).content.decode()
    )
    signed_in(lead).post(f"{path}/de/{TRAINED}/devolver", {"back-reason": "revise marzo"})
    assert IndicatorReview.objects.get().returned_because == "revise marzo"


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("auditor", "/resultados/bdp/revision", 200),
        ("trainer", "/resultados/bdp/revision", 200),
        ("owner", "/resultados/bdp/revision", 403),
        ("trainer", "/resultados/bdp/revision/{}/plazo", 403),
        ("auditor", "/resultados/bdp/revision/{}/bloqueo", 403),
        ("lead", "/resultados/bdp/revision/{}/bloqueo", 200),
    ],
)
def test_doors(period: ReportingPeriod, role: str, path: str, status: int) -> None:
    client = signed_in(make.user(role.title(), role=role))
    assert client.get(path.format(period.pk)).status_code == status


def test_the_monthly_page_costs_the_same_at_two_and_twelve(period: ReportingPeriod) -> None:
    client = signed_in(make.user("Elena", role="lead"))
    path = f"/resultados/bdp/revision?periodo={period.pk}"
    mel = make.user("Marta", role="mel")
    reviews.submit(actor=make.actor(mel), period=period, indicators=every(period))
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    declared = Indicator.objects.get(code=TRAINED).declaration
    for n in range(10):
        indicators.declare_indicator(
            actor=make.actor(), programme=period.programme, code=f"otro_{n}",
            declaration={**declared, "code": f"otro_{n}"}, name_es=f"Otro {n}",
        )  # fmt: skip
    make_results.computed(period.programme)
    reviews.submit(actor=make.actor(mel), period=period, indicators=every(period))
    client.get(path)  # what every page keeps until the next write is read again
    with CaptureQueriesContext(connection) as many:
        assert "Otro 9" in client.get(path).content.decode()
    assert len(many) == len(few) <= 25
