"""Market-access cohorts: who is in, which steps were taken, small projects with a result."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

import make
from digna.errors import Refused
from digna.improvement.models import Instrument
from digna.improvement.services import checklists
from digna.improvement.services.checklists import Given
from digna.linkages.models import MarketStep
from digna.linkages.selectors import cohorts as selectors
from digna.linkages.services import cohorts, reference
from linkages import made
from linkages.made import DAY

pytestmark = pytest.mark.django_db


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=code.replace(".", r"\."))


def joined() -> Any:
    return cohorts.add_firm(
        actor=make.actor(), cohort=made.cohort(), enterprise=make.enterprise(), joined_on=DAY
    )


def test_a_cohort_has_a_name_and_dates_in_order() -> None:
    with refused("linkages.cohort.name"):
        made.cohort(name=" ")
    with refused("linkages.cohort.dates"):
        made.cohort(ends_on=DAY - timedelta(days=1))
    row = made.cohort(ends_on=DAY)
    with refused("linkages.cohort.dates"):
        cohorts.change_cohort(actor=make.actor(), cohort=row, starts_on=DAY + timedelta(days=1))
    assert cohorts.change_cohort(actor=make.actor(), cohort=row, name="Otro").name == "Otro"


def test_a_firm_is_in_once_leaves_with_a_reason_and_may_come_back() -> None:
    row = joined()
    with refused("linkages.cohort.already_in"):
        cohorts.add_firm(actor=make.actor(), cohort=row.cohort, enterprise=row.enterprise)
    with refused("linkages.cohort.why_left"):
        cohorts.let_go(actor=make.actor(), firm=row, on=DAY, why=" ")
    with refused("linkages.cohort.dates"):
        cohorts.let_go(actor=make.actor(), firm=row, on=DAY - timedelta(days=1), why="x")
    cohorts.let_go(actor=make.actor(), firm=row, on=DAY, why="Sin internet")
    back = cohorts.add_firm(actor=make.actor(), cohort=row.cohort, enterprise=row.enterprise)
    assert (back.pk, back.left_on) == (row.pk, None)


def test_done_is_shown_by_something() -> None:
    made.kit()
    row, step = joined(), MarketStep.objects.get(code="catalogue")
    values: dict[str, Any] = {"firm": row, "step": step, "on": DAY}
    with refused("linkages.mark.evidence"):
        cohorts.mark_step(actor=make.actor(), state="done", **values)
    with refused("linkages.mark.future"):
        tomorrow = timezone.localdate() + timedelta(days=1)
        cohorts.mark_step(actor=make.actor(), state="doing", **(values | {"on": tomorrow}))
    cohorts.mark_step(actor=make.actor(), state="doing", **values)
    link = "https://tienda.example/jiwra"
    cohorts.mark_step(actor=make.actor(), state="done", evidence_link=link, **values)
    again = cohorts.mark_step(actor=make.actor(), state="done", note="sigue", **values)
    assert (row.marks.count(), again.evidence_link) == (1, link)


def test_a_line_counts_what_is_the_firms() -> None:
    made.kit()
    row = joined()
    for code, state in (("photos", "done"), ("catalogue", "done"), ("shop", "not_needed")):
        step = MarketStep.objects.get(code=code)
        cohorts.mark_step(
            actor=make.actor(), firm=row, step=step, state=state, on=DAY, note="visto"
        )
    line = selectors.lines(row.cohort)[0]
    assert (line.done, line.wanted, line.has_channel) == (2, 9, True)
    listed = selectors.listed(type(row.cohort).objects.all()).get()
    assert (listed.firm_count, listed.left_count, listed.channel_count) == (1, 0, 1)


def test_readiness_is_read_from_the_checklists_of_the_firm() -> None:
    made.checklist()
    row = joined()
    instrument = Instrument.objects.get(code="ecommerce-readiness")
    assert selectors.checklist(row.cohort) == instrument
    for value in ("no", "yes"):
        run = checklists.start_run(
            actor=make.actor(), enterprise=row.enterprise, instrument=instrument, on=DAY
        )
        answers = {item["code"]: Given(value=value) for item in run.version.items[:3]}
        checklists.answer(actor=make.actor(), run=run, answers=answers)
    line = selectors.lines(row.cohort)[0]
    assert line.first is not None
    assert line.last is not None
    assert (line.first.score, line.last.score, line.last.most) == (0, 6, 6)


def test_a_small_project_ends_with_a_number_or_words() -> None:
    row = joined()
    with refused("linkages.project.title"):
        cohorts.plan_project(actor=make.actor(), firm=row, title=" ", starts_on=DAY)
    with refused("linkages.project.dates"):
        cohorts.plan_project(
            actor=make.actor(), firm=row, title="x", starts_on=DAY, due_on=DAY - timedelta(days=1)
        )
    project = cohorts.plan_project(
        actor=make.actor(), firm=row, title="Diez fotos", starts_on=DAY, due_on=DAY,
        target=Decimal(10),
    )  # fmt: skip
    assert project.is_late(DAY + timedelta(days=1))
    with refused("linkages.project.result"):
        cohorts.end_project(actor=make.actor(), project=project, on=DAY)
    with refused("linkages.project.future"):
        cohorts.end_project(
            actor=make.actor(), project=project, on=DAY - timedelta(days=1), result=Decimal(1)
        )
    cohorts.drop_project(actor=make.actor(), project=project)
    assert project.dropped_on is not None
    ended = cohorts.end_project(actor=make.actor(), project=project, on=DAY, result=Decimal(0))
    assert (ended.result, ended.dropped_on) == (Decimal(0), None)


def test_what_a_kit_no_longer_brings_is_retired_and_stays() -> None:
    made.kit()
    entries = make.kit("reactivate").plain("market_steps")["market_steps"][1:]
    reference.load_steps(actor=make.actor(), kit="reactivate", entries=entries)
    assert MarketStep.objects.get(code="costs").is_retired
    assert selectors.steps()[0].code == "photos"
    made.kit()
    assert not MarketStep.objects.get(code="costs").is_retired
