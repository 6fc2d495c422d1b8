"""The auditors' journal: found by what, who, when and about what; paged; exported; no secrets."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import make
from cast import PARTNER, Cast, cast, client_of
from digna.accounts import access, auditing
from digna.accounts.card_secrets import CardSecrets
from digna.accounts.services import cards
from digna.errors import NotVisible
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.models import Line
from digna.registry.services import erasure
from digna.registry.services import people as registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def found(user: object, **asked: Any) -> list[str]:
    lines = auditing.found(user, asked).order_by("pk")
    return [line.action for line in lines]


def test_lines_are_found_by_their_words_their_code_and_their_reason(people: Cast) -> None:
    person = make.person("Rosa")
    registry.correct_person(
        actor=Actor(user=people.mel, reason="lo dijo por teléfono"), person=person, surnames="X"
    )
    assert found(people.auditor, q="REGISTRADA") == ["registry.person.registered"]
    assert found(people.auditor, q="person.corr") == ["registry.person.corrected"]
    assert found(people.auditor, q="telefono") == []
    assert found(people.auditor, q="teléfono") == ["registry.person.corrected"]
    assert found(people.auditor, q="nada así") == []


def test_lines_are_found_by_who_acted_or_by_nobody(people: Cast) -> None:
    make.person("Rosa", by=Actor(user=people.coordinator))
    make.person("Juan")
    assert len(found(people.auditor, quien="carla")) == 1
    assert len(found(people.auditor, quien="sistema")) == 1
    assert found(people.auditor, quien="Omar") == []


def test_lines_are_found_by_day_both_ends_included(people: Cast) -> None:
    now = timezone.now()
    for days in (0, 1, 2):
        make.person("Rosa", by=Actor(user=people.mel, at=now - timedelta(days=days)))
    today = timezone.localdate()
    assert len(found(people.auditor, desde=today)) == 1
    assert len(found(people.auditor, hasta=today - timedelta(days=1))) == 2
    yesterday = today - timedelta(days=1)
    assert len(found(people.auditor, desde=yesterday, hasta=yesterday)) == 1


def test_lines_are_found_by_the_record_they_touched(people: Cast) -> None:
    rosa, _juan = make.person("Rosa"), make.person("Juan")
    assert len(found(people.auditor, ficha="registry.person")) == 2
    assert len(found(people.auditor, ficha=f"registry.person {rosa.pk}")) == 1
    assert found(people.auditor, ficha="registry.enterprise") == []


def test_pages_follow_one_another_without_gap_or_repeat(people: Cast) -> None:
    for number in range(auditing.PER_PAGE * 2 + 7):
        make.person(f"Persona {number}")
    seen: list[int] = []
    before = ""
    while True:
        page = auditing.lines_page(people.auditor, {}, before)
        seen += [row.number for row in page.rows]
        if page.older is None:
            break
        before = str(page.older)
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) == Line.objects.count()


def test_a_line_shows_before_and_after(people: Cast) -> None:
    person = make.person("Rosa", "Mamani")
    registry.correct_person(actor=make.actor(people.mel), person=person, surnames="Quispe")
    html = client_of(people.auditor).get(f"/diario/{Line.objects.all()[0].pk}").content.decode()
    assert "Mamani" in html
    assert "Quispe" in html
    assert "Datos corregidos" in html
    assert "Marco Salas" in html


def test_no_page_nor_export_shows_a_secret(people: Cast) -> None:
    secrets = CardSecrets("7QK2XM4D9TB0", "481516")
    card = cards.issue_card(
        actor=make.actor(people.coordinator), user=people.trainer, secrets=secrets
    )
    browser = client_of(people.auditor)
    html = browser.get(f"/diario/{Line.objects.all()[0].pk}").content.decode()
    exported = browser.get("/diario/exportar.csv").getvalue().decode()
    for text in (html, exported):
        assert record.MASKED in text
        for secret in (secrets.code, secrets.pin, card.token_hash, card.pin_hash):
            assert secret not in text


def test_what_was_erased_stays_erased(people: Cast) -> None:
    person = make.person("Rosalinda", "Mamani")
    erasure.erase_person(actor=make.actor(people.lead, reason="lo pidió"), person=person)
    browser = client_of(people.auditor)
    assert "Rosalinda" not in browser.get("/diario/exportar.csv").getvalue().decode()
    for line in Line.objects.all():
        assert "Rosalinda" not in browser.get(f"/diario/{line.pk}").content.decode()


def test_the_export_holds_what_the_search_found_and_runs_no_formula(people: Cast) -> None:
    make.person("=1+1", "Mamani", by=Actor(user=people.mel))
    make.enterprise("Qhana")
    content = client_of(people.auditor).get("/diario/exportar.csv?ficha=registry.person").getvalue()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert {row["ficha"].split()[0] for row in rows} == {"registry.person"}
    names = next(row for row in rows if row["campo"] == "given_names")
    assert (names["quien"], names["antes"], names["despues"]) == ("Marco Salas", "", "'=1+1")


def test_a_search_that_cannot_be_read_asks_for_nothing(people: Cast) -> None:
    make.person("Rosa")
    page = client_of(people.auditor).get("/diario/?desde=ayer&antes=x").content.decode()
    assert "Persona registrada" in page


def test_who_reads_the_journal(people: Cast) -> None:
    make.person("Rosa", by=Actor(user=people.coordinator))
    line = Line.objects.all()[0]
    for reader in (people.lead, people.mel, people.auditor):
        assert access.line(reader, line.pk) == line
    for other in (people.coordinator, people.trainer, people.owner, None):
        with pytest.raises(NotVisible):
            access.line(other, line.pk)


def test_a_reach_with_limits_reads_only_its_own_lines(people: Cast) -> None:
    mel = make.user("Limitada", role="mel", partner=PARTNER)
    make.person("Rosa", by=Actor(user=people.coordinator))
    make.person("Juan", by=Actor(user=mel))
    assert [line.actor for line in access.visible_lines(mel)] == [mel]


def test_ten_lines_cost_what_twenty_do(people: Cast) -> None:
    browser = client_of(people.auditor)
    browser.get("/diario/")  # what is remembered from page to page is asked for once
    counts = []
    for _round in range(2):
        for _n in range(10):
            make.person("Rosa", by=Actor(user=people.mel))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get("/diario/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25
