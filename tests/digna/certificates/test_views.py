"""Screens: who sees and issues, the public check within the same second, the paper."""

import json
import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import cast
import make
from cast import client_of
from digna.certificates.models import Certificate
from digna.certificates.services import certificates
from digna.registry.models import Organisation
from digna.registry.services import organisations
from digna.web import limits

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> cast.Cast:
    return cast.cast()


def certificate(**values: Any) -> Certificate:
    facts: dict[str, Any] = {
        "kind": "completion",
        "title_es": "Cooperación",
        "title_en": "Teamwork",
    }
    if "enterprise" not in values:
        facts["person"] = make.person("Rosa", "Mamani Quispe")
    return certificates.issue(actor=make.actor(), **(facts | values))


def partner(code: str) -> Organisation:
    return organisations.register_organisation(
        actor=make.actor(), name=code, code=code, is_partner=True
    )


def inside(row: Certificate) -> dict[str, str]:
    assert row.person is not None
    return {
        "certificates": reverse("certificates:certificates"),
        "export": reverse("certificates:export_certificates"),
        "certificate": row.get_absolute_url(),
        "paper": reverse("certificates:paper", args=[row.public_id]),
        "revoke": reverse("certificates:revoke", args=[row.public_id]),
        "reissue": reverse("certificates:reissue", args=[row.public_id]),
        "issue": reverse("certificates:issue_to_person", args=[row.person.public_id]),
    }


READING = {"certificates", "export", "certificate", "paper"}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lead", {"revoke", "reissue", "issue"} | READING),
        ("mel", {"issue"} | READING),
        ("auditor", READING),
        ("coordinator", {"revoke", "reissue", "issue"} | READING),
        ("trainer", READING),
        ("other_coordinator", {"certificates", "export"}),
        ("owner", {"certificates", "export"}),
        ("mentor", set()),
    ],
)
def test_who_enters_where(people: cast.Cast, who: str, may: set[str]) -> None:
    mine = partner(cast.PARTNER)
    row = certificate(partner=mine, person=make.person("Rosa", partner=mine))
    client = client_of(getattr(people, who))
    for name, url in inside(row).items():
        status = client.get(url).status_code
        assert (status == 200) == (name in may), (who, name, status)
        assert name in may or status in (403, 404)


def test_a_stranger_signs_in_first(people: cast.Cast) -> None:
    for url in inside(certificate()).values():
        assert client_of(None).get(url).status_code == 302


def test_a_person_sees_their_own(people: cast.Cast) -> None:
    person = make.person("Olga")
    type(person).objects.filter(pk=person.pk).update(account=people.owner)
    mine, other = certificate(person=person), certificate()
    client = client_of(people.owner)
    assert client.get(mine.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404


def test_the_check_page_repeats_every_fact_and_needs_no_account() -> None:
    row = certificate(
        level="básico", hours=Decimal("16"), detail_es="Con tres visitas", signed_by="Ana Rojas"
    )
    page = client_of(None).get(reverse("certificates:check", args=[row.code])).content.decode()
    for fact in (row.holder_name, "Cooperación", "básico", "16", "Con tres visitas", "Ana Rojas"):
        assert fact in page
    assert row.spoken_code in page
    assert "vigente" in page


def test_a_revoked_one_says_so_on_the_next_request(people: cast.Cast) -> None:
    row = certificate()
    url = reverse("certificates:check", args=[row.code])
    stranger = client_of(None)
    assert "está vigente" in stranger.get(url).content.decode()
    lead = client_of(people.lead)
    where = reverse("certificates:revoke", args=[row.public_id])
    assert lead.post(where, {"reason": ""}).status_code == 422
    lead.post(where, {"reason": "se emitió a otra persona", "intention": uuid.uuid4()})
    page = stranger.get(url).content.decode()
    assert "está vigente" not in page
    assert "se emitió a otra persona" in page
    assert stranger.get(url).headers["Cache-Control"].startswith("max-age=0")


def test_a_code_is_found_however_it_is_typed() -> None:
    row = certificate()
    typed = f" {row.spoken_code.lower()} "
    answer = client_of(None).get(reverse("certificates:find"), {"code": typed})
    assert answer.headers["Location"] == reverse("certificates:check", args=[row.code])


def test_an_unknown_code_says_what_to_do() -> None:
    answer = client_of(None).get(reverse("certificates:find"), {"code": "AAAA-BBBB-CCCC"})
    assert answer.status_code == 422
    assert "Ningún certificado emitido aquí" in answer.content.decode()
    assert client_of(None).get(reverse("certificates:check", args=["ABC"])).status_code == 404


def test_guessing_codes_is_slowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TRIES", 3)
    client, url = client_of(None), reverse("certificates:check", args=["AAAABBBBCCCC"])
    assert [client.get(url).status_code for _n in range(4)] == [404, 404, 404, 429]


def test_a_credential_file_is_judged() -> None:
    row = certificate()
    client = client_of(None)
    text = client.get(reverse("certificates:credential", args=[row.code])).content
    assert "auténtico y está vigente" in judged(client, text)
    forged = json.loads(text) | {"name": "Otro"}
    assert "fue alterado" in judged(client, json.dumps(forged).encode())
    assert "no es texto" in judged(client, b"\xff\xfe\x00")


def judged(client: Client, content: bytes) -> str:
    file = SimpleUploadedFile("credencial.json", content)
    return client.post(reverse("certificates:judge"), {"file": file}).content.decode()


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_paper_is_a_pdf(people: cast.Cast, language: str) -> None:
    row = certificate()
    url = reverse("certificates:paper", args=[row.public_id])
    answer = client_of(people.lead).get(url, {"idioma": language})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_certificate_by_hand_from_the_persons_page(people: cast.Cast) -> None:
    person = make.person("Rosa")
    client = client_of(people.lead)
    url = reverse("certificates:issue_to_person", args=[person.public_id])
    assert url in client.get(reverse("registry:person", args=[person.public_id])).content.decode()
    assert client.post(url, {"kind": "attendance", "title_es": ""}).status_code == 422
    client.post(url, {"kind": "attendance", "title_es": "Taller", "hours": "4"})
    row = Certificate.objects.get()
    assert (row.person, row.hours) == (person, 4)


def test_a_correction_keeps_what_was_typed(people: cast.Cast) -> None:
    row = certificate()
    url = reverse("certificates:reissue", args=[row.public_id])
    facts = {"kind": "completion", "title_es": "Cooperación y mejora", "reason": "título"}
    answer = client_of(people.lead).post(url, facts | {"intention": str(uuid.uuid4())})
    new = Certificate.objects.get(replaces=row)
    assert answer.headers["Location"] == new.get_absolute_url()
    old = client_of(None).get(reverse("certificates:check", args=[row.code])).content.decode()
    assert reverse("certificates:check", args=[new.code]) in old


def test_the_list_costs_the_same_at_10_and_20(people: cast.Cast) -> None:
    client, url = client_of(people.lead), reverse("certificates:certificates")
    costs = []
    for _n in range(2):
        for _m in range(10):
            certificate()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 25


def test_the_list_is_searched_and_downloaded(people: cast.Cast) -> None:
    old = certificate(valid_until=date(2020, 1, 1), issued_on=date(2019, 1, 1))
    certificate(person=make.person("Luz", "Choque"))
    client, url = client_of(people.lead), reverse("certificates:certificates")
    assert "Luz" not in client.get(url, {"q": "mamani"}).content.decode()
    assert "Luz" not in client.get(url, {"estado": "vencidos"}).content.decode()
    assert "Luz" not in client.get(url, {"q": old.spoken_code}).content.decode()
    download = reverse("certificates:export_certificates")
    text = client.get(download, {"estado": "vencidos"}).content.decode("utf-8-sig")
    assert old.spoken_code in text
    assert "vencido" in text


def test_the_status_list_is_public_and_signed() -> None:
    certificate()
    listed = client_of(None).get(reverse("certificates:status_list", args=[0])).json()
    assert listed["credentialSubject"]["statusPurpose"] == "revocation"
