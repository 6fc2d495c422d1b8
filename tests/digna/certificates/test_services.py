"""Certificates: issued once, revoked with a reason, corrected by a new one; erased people go."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import make
from digna.certificates import selectors
from digna.certificates.models import Certificate, SigningKey
from digna.certificates.services import certificates
from digna.errors import Refused
from digna.journal import actor as journal_actor
from digna.registry.models import Person
from digna.registry.services import erasure, merges, people

pytestmark = pytest.mark.django_db


def issued(**values: Any) -> Certificate:
    facts = {"kind": "completion", "title_es": "Módulo 1", "person": None} | values
    if facts["person"] is None and "enterprise" not in values:
        facts["person"] = make.person("Rosa")
    return certificates.issue(actor=make.actor(), **facts)


def test_it_keeps_the_name_as_printed() -> None:
    row = issued()
    person = row.person
    assert isinstance(person, Person)
    name = row.holder_name
    people.correct_person(actor=make.actor(), person=person, given_names="Otra")
    row.refresh_from_db()
    assert row.holder_name == name


def test_a_firm_is_named_by_its_legal_name() -> None:
    firm = make.enterprise("Illimani", legal_name="Tostaduría Illimani SRL")
    assert issued(enterprise=firm).holder_name == "Tostaduría Illimani SRL"


def test_one_in_force_for_a_reference() -> None:
    reference, person = uuid.uuid4(), make.person("Rosa")
    first = issued(person=person, reference=reference)
    assert issued(person=person, reference=reference) == first
    certificates.revoke(actor=make.actor(), certificate=first, reason="error")
    assert issued(person=person, reference=reference) != first
    assert selectors.of_reference(reference).count() == 1


def test_the_same_intention_twice_issues_once() -> None:
    person = make.person("Rosa")
    for _n in range(2):
        act = journal_actor.system(intention=uuid.UUID(int=7))
        certificates.issue(actor=act, kind="attendance", title_es="Taller", person=person)
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"person": None, "enterprise": None}, "certificates.holder"),
        ({"title_es": "  "}, "certificates.no_title"),
        ({"starts_on": date(2021, 2, 1), "ends_on": date(2021, 1, 1)}, "certificates.dates"),
    ],
)
def test_what_does_not_fit_is_refused(facts: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        issued(**facts)
    assert refused.value.code == code


def test_a_person_and_a_firm_at_once_is_refused() -> None:
    with pytest.raises(Refused, match="persona o de una empresa"):
        issued(person=make.person(), enterprise=make.enterprise())


def test_revoking_wants_a_reason_and_happens_once() -> None:
    row = issued()
    with pytest.raises(Refused) as refused:
        certificates.revoke(actor=make.actor(), certificate=row, reason=" ")
    assert refused.value.code == "certificates.needs_reason"
    certificates.revoke(actor=make.actor(), certificate=row, reason="nombre mal escrito")
    with pytest.raises(Refused) as refused:
        certificates.revoke(actor=make.actor(), certificate=row, reason="otra vez")
    assert refused.value.code == "certificates.revoked_already"
    assert row.state_on(date(2030, 1, 1)) == "revoked"


def test_a_correction_is_a_new_certificate_in_the_place_of_the_old() -> None:
    row = issued(reference=uuid.uuid4(), hours=Decimal(8))
    new = certificates.reissue(
        actor=make.actor(), certificate=row, reason="faltaban horas", hours=Decimal(16)
    )
    assert (new.hours, new.replaces, new.reference) == (16, row, row.reference)
    assert row.revoked_at is not None


def test_state_by_day() -> None:
    row = issued(valid_until=date(2021, 6, 30))
    assert row.state_on(date(2021, 6, 30)) == "valid"
    assert row.state_on(date(2021, 7, 1)) == "expired"


def test_many_at_once() -> None:
    two = [(make.person("Ana"), Decimal(4)), (make.person("Luz"), None)]
    made = certificates.issue_many(
        actor=make.actor(), people=two, kind="attendance", title_es="Curso"
    )
    assert [row.hours for row in made] == [4, None]
    assert SigningKey.objects.count() == 1


def test_an_erased_person_leaves_no_name_and_no_valid_paper() -> None:
    row = issued()
    assert isinstance(row.person, Person)
    erasure.erase_person(actor=journal_actor.system(reason="lo pidió"), person=row.person)
    row.refresh_from_db()
    assert row.holder_name == "—"
    assert row.state_on(date(2030, 1, 1)) == "revoked"


def test_a_merge_keeps_one_in_force() -> None:
    keep, absorb, reference = make.person("Rosa"), make.person("Roza"), uuid.uuid4()
    issued(person=keep, reference=reference)
    issued(person=absorb, reference=reference)
    merges.merge(actor=make.actor(), keep=keep, absorb=absorb)
    assert Certificate.objects.filter(person=keep, revoked_at=None).count() == 1


@pytest.mark.parametrize(
    ("counted", "certified"), [("4.00", "4.0"), ("1.25", "1.3"), ("0.04", "0.0")]
)
def test_hours_are_certified_in_tenths(counted: str, certified: str) -> None:
    assert str(issued(hours=Decimal(counted)).hours) == certified
