"""Credentials verify offline; whatever is altered, forged, foreign or revoked does not pass."""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import make
from digna.certificates import keys, papers, signing
from digna.certificates.models import Certificate, SigningKey
from digna.certificates.services import certificates, signing_keys

pytestmark = pytest.mark.django_db
BASE = "https://digna.example"
TODAY = date(2026, 1, 2)


@pytest.fixture
def row() -> Certificate:
    return certificates.issue(
        actor=make.actor(),
        kind="completion",
        title_es="Cooperación en el trabajo",
        detail_es="Módulo 1",
        level="básico",
        hours=Decimal("16.5"),
        starts_on=date(2021, 3, 1),
        ends_on=date(2021, 5, 1),
        person=make.person("Ñusta", "Quispe Ticona"),
    )


@pytest.fixture
def text(row: Certificate) -> str:
    return papers.credential(row, BASE)


def test_it_verifies_with_nothing_but_the_file(row: Certificate, text: str) -> None:
    verified = signing.verify(text)
    assert verified.identifier == row.public_id.urn
    assert verified.did == signing.did_of(keys.private_key())


def test_the_same_certificate_gives_the_same_text(row: Certificate, text: str) -> None:
    assert papers.credential(row, BASE) == text


def test_it_repeats_the_facts(text: str) -> None:
    told = json.loads(text)
    subject = told["credentialSubject"]
    assert subject["achievement"]["name"] == "Cooperación en el trabajo"
    assert "16.5 horas" in subject["achievement"]["criteria"]["narrative"]
    assert subject["identifier"][0]["identityHash"] == "Ñusta Quispe Ticona"
    assert subject["id"].startswith("urn:uuid:")


ALTERATIONS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "name": lambda d: d.__setitem__("name", "Otro módulo"),
    "achievement": lambda d: d["credentialSubject"]["achievement"].__setitem__("name", "Otro"),
    "holder": lambda d: d["credentialSubject"]["identifier"][0].__setitem__("identityHash", "Yo"),
    "holder id": lambda d: d["credentialSubject"].__setitem__("id", "mailto:yo@example.org"),
    "since": lambda d: d.__setitem__("validFrom", "2001-01-01T00:00:00Z"),
    "until": lambda d: d.__setitem__("validUntil", "2101-01-01T00:00:00Z"),
    "unknown term": lambda d: d.__setitem__("saludo", "hola"),
    "status": lambda d: d.__delitem__("credentialStatus"),
    "issuer": lambda d: d["issuer"].__setitem__("name", "Otra organización"),
    "signature": lambda d: d["proof"].__setitem__("proofValue", d["proof"]["proofValue"][:-4]),
}


@pytest.mark.parametrize("alteration", ALTERATIONS)
def test_an_altered_one_does_not_verify(text: str, alteration: str) -> None:
    altered = copy.deepcopy(json.loads(text))
    if isinstance(altered["proof"], list):
        altered["proof"] = altered["proof"][0]
    ALTERATIONS[alteration](altered)
    with pytest.raises(signing.NotVerified):
        signing.verify(json.dumps(altered))
    assert papers.judge(json.dumps(altered), TODAY).kind == "forged"


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "no", '{"issuer": {"id": "did:web:x"}}'])
def test_what_is_no_credential_is_told_so(text: str) -> None:
    assert papers.judge(text, TODAY).kind == "forged"


def test_verdicts_follow_the_state(row: Certificate, text: str) -> None:
    assert papers.judge(text, TODAY).is_good
    certificates.revoke(actor=make.actor(), certificate=row, reason="error")
    assert papers.judge(text, TODAY).kind == "revoked"


def test_an_expired_one_says_so(row: Certificate) -> None:
    Certificate.objects.filter(pk=row.pk).update(valid_until=date(2025, 1, 1))
    row.refresh_from_db()
    assert papers.judge(papers.credential(row, BASE), TODAY).kind == "expired"


def test_another_issuer_is_foreign(row: Certificate) -> None:
    other = signing.sign(papers.statement(row, BASE), signing.new_key(), row.created_at)
    assert papers.judge(other, TODAY).kind == "foreign"


def test_a_stolen_key_cannot_invent_a_certificate(row: Certificate) -> None:
    """Signed by our key, but no certificate here says it."""
    told = papers.statement(row, BASE)
    forged = signing.sign(_with(told, name="Formadora experta"), keys.private_key(), row.created_at)
    assert signing.verify(forged)
    assert papers.judge(forged, TODAY).kind == "forged"


def _with(told: signing.Statement, **changes: Any) -> signing.Statement:
    return replace(told, **changes)


def test_after_a_new_key_both_are_of_this_house(row: Certificate, text: str) -> None:
    signing_keys.rotate(actor=make.actor())
    assert papers.judge(text, TODAY).is_good
    new = papers.credential(row, BASE)
    assert signing.verify(new).did != signing.verify(text).did
    assert papers.judge(new, TODAY).is_good
    assert SigningKey.objects.exclude(retired_at=None).count() == 1


def test_the_status_list_carries_the_revoked_and_is_signed(row: Certificate) -> None:
    from openbadgeslib import ob3

    url = f"{BASE}/c/estado/0"
    before = json.loads(papers.status_list(0, url))
    certificates.revoke(actor=make.actor(), certificate=row, reason="error")
    listed = json.loads(papers.status_list(0, url))
    bits = ob3.decode_encoded_list(listed["credentialSubject"]["encodedList"])
    assert ob3.set_indices(bits) == frozenset({row.pk})
    assert before["credentialSubject"] != listed["credentialSubject"]
    assert listed["proof"]


def test_the_key_is_readable_by_its_owner_only() -> None:
    keys.private_key()
    assert keys._path().stat().st_mode & 0o077 == 0
