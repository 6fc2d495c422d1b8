"""The demo's records yield the published facts: counted from rows, not written down anywhere."""

from collections import Counter

import pytest
from django.db.models import Q

import make
from digna.certificates.models import Certificate
from digna.demo import programme
from digna.events.models import Attendance, Enrolment, Process, Session
from digna.improvement.models import Observation, Project
from digna.journal import selectors
from digna.linkages.models import Deal, MarketConsent, Offer
from digna.linkages.selectors import deals
from digna.partners.models import CostStatement
from digna.programmes.models import Activity, Programme
from digna.programmes.services import kits
from digna.registry.models import DuplicatePair, Enterprise, Person
from digna.results.models import Figure
from digna.training.models import CycleFirm


@pytest.mark.django_db
@pytest.mark.slow
def test_the_demo_programme_yields_the_published_facts() -> None:
    for code in ("bolivia", "score", "studies", "reactivate", "rounds"):
        kits.install_kit(actor=make.actor(), kit=make.kit(code))
    loaded = programme.load(make.actor())

    present = Attendance.objects.filter(status="present")
    trained = Person.objects.filter(
        attendances__in=present.filter(session__process__kind="capacity_building")
    ).distinct()
    assert trained.count() == 263
    assert trained.filter(sex="female").count() == 158
    assert Process.objects.filter(kind="capacity_building").count() == 3

    cycle = Process.objects.get(kind="conversatorio")
    assert cycle.programmes.count() == 4
    assert Session.objects.filter(process=cycle).count() == 4
    heard = Person.objects.filter(attendances__in=present.filter(session__process=cycle)).distinct()
    assert heard.filter(enrolments__process=cycle, enrolments__role="speaker").count() == 35
    assert heard.filter(enrolments__process=cycle, enrolments__role="participant").count() >= 195

    assessments = Activity.objects.filter(programme=loaded, kind="market_assessment")
    assert assessments.count() == 2
    chosen = {s.code for a in assessments for s in a.sectors.all()}
    assert chosen == {"andean_grains", "coffee", "tourism"}
    departments = {d.code for a in Activity.objects.all() for d in a.departments.all()}
    assert departments == {"BO-L", "BO-C", "BO-S", "BO-B", "BO-O", "BO-T"}

    assert not Programme.objects.filter(is_synthetic=False).exists()
    assert Enterprise.objects.filter(Q(size_band="") | Q(is_formal=None)).exists()
    assert DuplicatePair.objects.filter(state="open").count() == 4
    assert Enrolment.objects.filter(person__attendances=None).count() == 0
    assert list(selectors.verify()) == []
    figures_are_the_published_ones(loaded)
    firms_walk_their_ways_with_the_mess_of_real_ones(loaded)
    the_market_is_known_in_part(loaded)


def firms_walk_their_ways_with_the_mess_of_real_ones(loaded: Programme) -> None:
    """Sixty firms in cycles: most whole, some dropped, half measured, late, doubtful."""
    ways = CycleFirm.objects.filter(cycle__programmes=loaded)
    assert ways.values("enterprise").distinct().count() >= 60
    states = Counter(ways.values_list("state", flat=True))
    assert states["certificate_issued"] + states["year_after_done"] >= 40
    assert min(states["dropped"], states["year_after_done"], states["closed_no_data"]) >= 1
    certificates = Certificate.objects.filter(kind="completion", revoked_at=None)
    assert certificates.count() >= states["certificate_issued"] + states["year_after_done"]

    partial = ways.filter(state="agreement_signed").values_list("public_id", flat=True)
    half = Observation.objects.filter(measurement__occasion__in=list(partial))
    assert half.exists()
    late = ways.filter(state__startswith="visit").values_list("public_id", flat=True)
    assert Observation.objects.filter(
        measurement__occasion__in=list(late), measurement__point="endline"
    ).exists()

    doubtful = Project.objects.get(saving=20)
    assert doubtful.review == "waiting"
    registers = Observation.objects.filter(is_new_register=True)
    assert registers.exists()
    assert not registers.exclude(board_kpi__instrument__code="COMP").exists()
    assert CostStatement.objects.filter(is_complete=False).exists()


def figures_are_the_published_ones(loaded: Programme) -> None:
    """The results page says what the article said, out of the same records."""
    to_date = {
        figure.indicator.code: figure
        for figure in Figure.objects.filter(period=None, indicator__programme=loaded)
    }
    published = {
        "constituents_trained": 263,
        "market_assessments": 2,
        "sectors_chosen": 3,
        "departments_reached": 6,
        "conversatorio_speakers": 35,
        "conversatorio_events": 4,
    }
    assert {code: int(to_date[code].value or 0) for code in published} == published
    women = to_date["constituents_trained_women"]
    assert (women.numerator, women.denominator) == (158, 263)
    assert int(to_date["conversatorio_participants"].value or 0) >= 195


def the_market_is_known_in_part(loaded: Programme) -> None:
    """Deals in every state, less sold than intended; of some nothing was heard."""
    rows = deals.standings(deals.with_steps(Deal.objects.filter(programme=loaded)))
    states = Counter(row.state for row in rows)
    assert min(states[s] for s in ("intention", "sample", "order", "paid", "lost")) >= 1
    summary = deals.summary(rows)
    assert 0 < summary.followed.followed < summary.followed.of
    assert {code for code, _sold, _meant in summary.followed.pairs} == {"BOB", "USD"}
    assert all(sold < meant for _code, sold, meant in summary.followed.pairs if sold and meant)
    assert summary.waiting
    assert MarketConsent.objects.filter(audience="nobody").exists()
    assert Offer.objects.filter(state="published").count() >= 8
