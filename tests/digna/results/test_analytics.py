"""Figures computed where an installation says: the same on a server of Spark's protocol."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings

import make_results
from digna.errors import Refused
from digna.programmes.models import Programme
from digna.results import analytics, computing
from digna.results.models import Figure
from engines import spark

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.xdist_group("spark"),
    # the client's own, about pandas and what it imports
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with spark.sail() as url:
        yield url


@pytest.fixture
def programme() -> Programme:
    made = make_results.programme()
    make_results.adopted(made)
    make_results.published(made)
    return made


def told(figure: Figure) -> Any:
    return (
        figure.numerator, figure.denominator, figure.value, figure.n, figure.cohort, figure.parts,
        figure.workings, figure.record_count, figure.records_sha256,
    )  # fmt: skip


def test_a_cluster_gives_the_figures_that_the_worker_gives(
    programme: Programme, settings: LazySettings, address: str
) -> None:
    here = {code: told(one) for code, one in make_results.computed(programme).items()}
    assert here["constituents_trained"][0] == 263
    Figure.objects.all().delete()
    settings.ANALYTICS = address
    there = {code: told(one) for code, one in make_results.computed(programme).items()}
    assert there == here


def test_an_address_of_another_kind_is_refused_in_words(settings: LazySettings) -> None:
    settings.ANALYTICS = "spark://cluster:7077"
    with pytest.raises(Refused, match="sc://"), analytics.backend():
        pass
    assert computing.analytics is analytics
