"""Several interventions as one number: each unit once, gross and attributed, by funder."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

import cast
import make
import make_results
from digna.programmes.models import Programme
from digna.programmes.services import programmes
from digna.results.models import Figure
from digna.results.selectors import together

pytestmark = pytest.mark.django_db
PATH = "/resultados/juntos/"


@pytest.fixture
def pair() -> list[Figure]:
    """Two programmes: 263 people of a process of both, and 40 of one process of the second."""
    first, second = make_results.programme(), make_results.programme("otro", name="Otro")
    for one in (first, second):
        make_results.adopted(one)
    make_results.published(first)
    shared = make_results.process([first, second])
    mine = make_results.process([second])
    people = make_results.people(60, "female")
    make_results.attend(make_results.session(shared), people[:50])
    make_results.attend(make_results.session(mine), people[30:])
    found = []
    for one in (first, second):
        make_results.computed(one)
        found.append(
            Figure.objects.get(
                indicator__programme=one, indicator__code="constituents_trained",
                kind=Figure.Kind.CURRENT, period=None,
            )
        )  # fmt: skip
    return found


def page_of(figures: list[Figure], rule: str = "split", user: Any = None) -> Any:
    user = user or make.user("Mel", role="mel")
    return together.together_page(user, [one.pk for one in figures], rule)


def test_who_is_in_two_counts_once(pair: list[Figure]) -> None:
    found = page_of(pair).found
    first, second = (one.record_count for one in pair)
    assert (found.added, found.repeated) == (first + second, 50)
    assert found.total == first + second - 50
    assert [both.count for both in found.both] == [50]
    assert [part.only_here for part in found.parts] == [first - 50, second - 50]


@pytest.mark.parametrize("rule", ["split", "first"])
def test_what_is_attributed_adds_up_to_the_union(pair: list[Figure], rule: str) -> None:
    found = page_of(pair, rule).found
    assert sum(part.attributed for part in found.parts) == found.total
    assert found.parts[0].gross == pair[0].record_count
    gap = found.parts[0].gross - found.parts[0].attributed
    assert gap == (25 if rule == "split" else 0)


def test_funders_claim_by_their_part_of_the_money(pair: list[Figure]) -> None:
    first = Programme.objects.get(code="bdp")
    for name, amount in (("SECO", 750), ("OIT", 250)):
        programmes.add_funder(
            actor=make.actor(), programme=first, organisation=make.organisation(name),
            amount=Decimal(amount), currency="USD",
        )  # fmt: skip
    parts = page_of(pair).found.parts
    shares = {share.name: share.amount for share in parts[0].shares}
    assert shares["SECO"] == parts[0].attributed * Decimal("0.75")
    assert sum(shares.values()) == parts[0].attributed
    assert parts[1].shares == ()  # nothing is known of the other's money


def test_people_and_firms_are_not_joined(pair: list[Figure]) -> None:
    pair[1].record_kind = "enterprise_id"
    Figure.objects.filter(pk=pair[1].pk).update(record_kind="enterprise_id")
    found = page_of(pair)
    assert found.is_mixed
    assert found.found is None


def test_the_page_says_it_and_one_figure_is_too_few(pair: list[Figure]) -> None:
    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(make.user("Mel", role="mel"), backend=backend)
    keys = [one.pk for one in pair]
    text = client.get(PATH, {"cifra": keys}).content.decode()
    assert "50 se contarían otra vez" in text
    assert "Elija al menos dos" in client.get(PATH, {"cifra": keys[0]}).content.decode()
    assert client.get(PATH, {"cifra": "x"}).status_code == 200


def test_only_programmes_one_sees_are_offered(pair: list[Figure]) -> None:
    limited = make.user("Norma", role="coordinator", programmes=["otro"])
    found = page_of(pair, user=limited)
    assert found.found is None
    assert found.chosen_count == 1
    for part, user in cast.cast().everybody():
        status = cast.client_of(user).get(PATH).status_code
        assert status in ({302} if user is None else {200, 403}), part
