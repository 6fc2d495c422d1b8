"""People and firms: keys block, names are found however they are typed, facts are dated."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

import make
from digna.errors import Refused
from digna.registry import likeness, names, search
from digna.registry.likeness import Traits
from digna.registry.models import Enterprise, Person, SearchUse, SizeRule
from digna.registry.selectors import matching
from digna.registry.services import enterprises, people


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("document", "4567890", "registry.person.document_taken"),
        ("phone", "+59171234567", "registry.person.phone_taken"),
    ],
)
def test_an_exact_key_blocks_and_names_the_other(key: str, value: str, code: str) -> None:
    standing = make.person("Rosa", "Mamani", **{key: value})
    with pytest.raises(Refused) as refusal:
        make.person("Juana", "Choque", **{key: value})
    assert refusal.value.code == code
    assert "Mamani, Rosa" in str(refusal.value.message)
    assert refusal.value.details["person"] == standing


@pytest.mark.django_db
def test_a_shared_phone_is_allowed_when_said() -> None:
    make.person("Rosa", "Mamani", phone="+59171234567")
    make.person("Juana", "Choque", phone="+59171234567", shares_phone=True)
    assert Person.objects.filter(phone="+59171234567").count() == 2


@pytest.mark.django_db
def test_the_database_has_the_last_word_on_documents() -> None:
    first = make.person(document="4567890")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(given_names="Otra", document_hash=first.document_hash)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        "mamani rosa",
        "ROSA QUISPE",
        "rosa maman",
        "róSá",
        "mamni rosa",
        "quizpe mamani",
        "ros ma qu",
    ],
)
def test_search_forgives_order_case_accents_and_errors(typed: str) -> None:
    wanted = make.person("Rosa Elvira", "Mamani Quispe")
    for first, last in (("Juana", "Choque"), ("Pedro", "Vargas Rojas"), ("Ana", "Flores")):
        make.person(first, last)
    found = search.find(SearchUse.Kind.PERSON, typed, Person.objects.living())
    assert found[:1] == [wanted.pk]


@pytest.mark.django_db
def test_search_shows_only_what_is_visible() -> None:
    make.person("Rosa", "Mamani")
    assert search.find(SearchUse.Kind.PERSON, "rosa", Person.objects.none()) == []


@pytest.mark.django_db
def test_a_rebuilt_index_finds_the_same() -> None:
    person, firm = make.person("Rosa", "Mamani"), make.enterprise("Tostaduría Illimani")
    assert search.rebuild() == 2
    assert search.find(SearchUse.Kind.PERSON, "mamni", Person.objects.living()) == [person.pk]
    assert search.find(SearchUse.Kind.ENTERPRISE, "ilimani", Enterprise.objects.living()) == [
        firm.pk
    ]


@pytest.mark.django_db
def test_near_people_are_shown_before_a_new_one_is_made() -> None:
    lead = make.user(role="lead")
    near = make.person("Rosa", "Mamani Quispe")
    make.person("Juan", "Choque")
    assert [n.row for n in matching.near_people(lead, "Rossa", "Mamani Quispe")] == [near]
    assert matching.near_people(lead, "Ro", "") == []


@pytest.mark.django_db
def test_facts_are_dated_and_the_size_says_which_rule_decided() -> None:
    bands = {"micro": [1, 9], "small": [10, 19], "medium": [20, 49], "large": [50, None]}
    SizeRule.objects.create(
        code="ruex", version="2020", name_es="RUEX", thresholds={"workers": bands}
    )
    workers = {"workers_women": Decimal(9), "workers_men": Decimal(5)}
    firm = make.enterprise(on=date(2020, 1, 1), numbers=workers)
    assert firm.size_band == "small"
    enterprises.record_facts(
        actor=make.actor(),
        enterprise=firm,
        on=date(2021, 1, 1),
        numbers={"workers_women": Decimal(2), "workers_men": Decimal(3)},
    )
    bands_over_time = {f.on.year: (f.text, f.rule) for f in firm.facts.filter(kind="size_band")}
    assert bands_over_time == {2020: ("small", "ruex"), 2021: ("micro", "ruex")}
    assert firm.size_band == "micro"


@pytest.mark.django_db
def test_workers_of_one_sex_alone_give_no_size() -> None:
    SizeRule.objects.create(
        code="ruex",
        version="2020",
        name_es="RUEX",
        thresholds={"workers": {b: [0, None] for b in ("micro", "small", "medium", "large")}},
    )
    assert make.enterprise(numbers={"workers_women": Decimal(9)}).size_band == ""


@pytest.mark.django_db
def test_a_nit_is_taken_once() -> None:
    make.enterprise("Qhana SRL", nit="1023456028")
    with pytest.raises(Refused, match=r"registry\.enterprise\.nit_taken"):
        make.enterprise("Otra", nit="1023456028")


@pytest.mark.django_db
def test_a_link_is_made_once_while_it_lasts_and_ends_after_it_began() -> None:
    person, body = make.person(), make.organisation("Cámara", constituency="employers")
    link = people.affiliate(
        actor=make.actor(),
        person=person,
        organisation=body,
        role="representative",
        starts_on=date(2020, 5, 1),
    )
    again = people.affiliate(
        actor=make.actor(), person=person, organisation=body, role="representative"
    )
    assert again == link
    with pytest.raises(Refused, match="ends_before_start"):
        people.end_affiliation(actor=make.actor(), affiliation=link, on=date(2020, 4, 1))


NAMES = st.lists(
    st.sampled_from(["rosa", "mamani", "quispe", "juan", "choque", "nayra", "flores", "vargas"]),
    min_size=1,
    max_size=4,
    unique=True,
).map(tuple)


@given(NAMES, NAMES)
def test_likeness_is_symmetric_and_between_none_and_whole(
    a: tuple[str, ...], b: tuple[str, ...]
) -> None:
    score = likeness.of_words(a, b)
    assert 0 <= score <= 1
    assert score == pytest.approx(likeness.of_words(b, a))


@given(NAMES, st.randoms())
def test_the_order_of_words_never_matters(a: tuple[str, ...], random: object) -> None:
    shuffled = tuple(sorted(a))
    assert likeness.of_words(a, shuffled) == 1.0


def test_a_letter_changed_is_doubtful_and_a_sister_is_not() -> None:
    one = Traits(names.words("Rosa Mamani Quispe"))
    assert likeness.compare(one, Traits(names.words("Rosa Mamani Quizpe"))).score >= 0.9
    assert likeness.compare(one, Traits(names.words("Juana Mamani Quispe"))).score < 0.86
    assert likeness.compare(one, Traits(names.words("Pedro Vargas Rojas"))).score < 0.4
