"""What is drawn once: the same until anybody writes anything, apart for languages and rights."""

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import translation

import make
import make_results
from digna.programmes.models import Programme
from digna.results import access, kept
from digna.results.models import Indicator
from digna.results.services import targets

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def programme() -> Programme:
    made = make_results.programme()
    make_results.adopted(made)
    make_results.published(made)
    return made


def drawn(role: str, path: str = "/resultados/bdp/") -> list[str]:
    """Draw twice; what was drawn, once or twice."""
    calls: list[str] = []

    def draw() -> str:
        calls.append(path)
        return "<p>263</p>"

    request = RequestFactory().get(path)
    request.user = make.user(role.title(), role=role)
    for _ in range(2):
        said = kept.drawn(request, "x", draw, depends_on=(access.EDIT,))
        assert said == "<p>263</p>"
    return calls


def test_it_is_drawn_once_for_each_address_language_and_right(programme: Programme) -> None:
    assert len(drawn("mel")) == 1
    assert len(drawn("mel", "/resultados/bdp/?periodo=1")) == 1
    with translation.override("en"):
        assert len(drawn("mel")) == 1
    assert len(drawn("auditor")) == 1


def test_a_write_of_anybody_draws_it_anew(programme: Programme) -> None:
    make_results.computed(programme)
    client = Client()
    client.force_login(make.user("Mel", role="mel"), backend=BACKEND)
    row = Indicator.objects.get(programme=programme, code="constituents_trained")
    first = client.get("/resultados/bdp/").content.decode()
    assert "158 de 263" in first
    assert client.get("/resultados/bdp/").content.decode().count("158 de 263") == first.count(
        "158 de 263"
    )
    targets.set_target(
        actor=make.actor(), indicator=row, period="2019-10-01/2021-12-31", written="999"
    )
    assert "999" in client.get("/resultados/bdp/").content.decode()


def test_who_may_not_edit_is_not_given_what_was_drawn_for_who_may(programme: Programme) -> None:
    make_results.computed(programme)
    users = [make.user(role.title(), role=role) for role in ("mel", "auditor")]
    request = RequestFactory().get("/resultados/bdp/")
    said = []
    for user in users:  # nothing is written in between: only their rights tell them apart
        request.user = user
        text = str(user.pk)
        said.append(kept.drawn(request, "x", lambda: text, depends_on=(access.EDIT,)))  # noqa: B023
    assert said == [str(user.pk) for user in users]
    request.user = users[0]
    assert kept.drawn(request, "x", lambda: "anew", depends_on=(access.EDIT,)) == said[0]
