"""A private note has one reader. It is in no page of another, no download, no fact, no copy."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

import cast
import make
from cast import client_of
from digna.mentoring import access, facts
from digna.mentoring.models import PrivateNote
from digna.mentoring.services import meetings
from digna.partners import packing
from digna.registry import stories
from mentoring.test_views import pages, world

pytestmark = pytest.mark.django_db

SECRET = "SECRETO-4711"


@pytest.fixture
def people() -> cast.Cast:
    return cast.cast()


@pytest.fixture
def of(people: cast.Cast) -> dict[str, Any]:
    made_world = world(people.mentor)
    meetings.keep_note(actor=make.actor(people.mentor), pair=made_world["pair"], text=SECRET)
    return made_world


def body(reply: Any) -> bytes:
    if reply.headers.get("content-type", "").endswith("sheet"):
        import io

        with zipfile.ZipFile(io.BytesIO(reply.content)) as book:
            return b"".join(book.read(name) for name in book.namelist())
    return b"".join(reply) if reply.streaming else bytes(reply.content)


def test_its_author_reads_it_and_nobody_else(of: dict[str, Any], people: cast.Cast) -> None:
    url = reverse("mentoring:pair", args=[of["pair"].public_id])
    assert SECRET in client_of(people.mentor).get(url).content.decode()
    for who in (people.lead, people.mel, people.coordinator, people.auditor):
        assert SECRET not in client_of(who).get(url).content.decode()
        assert not access.own_notes(who, of["pair"]).exists()


@pytest.mark.parametrize("who", ["lead", "mentor", "auditor"])
def test_it_is_in_no_page_and_no_download(of: dict[str, Any], people: cast.Cast, who: str) -> None:
    client = client_of(getattr(people, who))
    urls = pages(of)
    if who == "mentor":
        urls.pop("pair")  # their own page is where they read it
    asked = [*urls.values(), *(f"{url}?formato=csv" for url in urls.values() if "descargar" in url)]
    asked += [
        reverse("accounts:journal"), reverse("accounts:export_journal"),
        reverse("registry:person", args=[of["pair"].application.person.public_id]),
        reverse("registry:person", args=[of["mentor"].person.public_id]),
        reverse("mentoring:mine", args=[of["pair"].application.token]), "/",
    ]  # fmt: skip
    for url in asked:
        if not url.endswith("acuerdo.pdf"):
            assert SECRET.encode() not in body(client.get(url)), url


def test_the_paper_of_the_agreement_does_not_hold_it(of: dict[str, Any], people: cast.Cast) -> None:
    import pypdfium2

    reply = client_of(people.mentor).get(
        reverse("mentoring:agreement_paper", args=[of["pair"].public_id])
    )
    paper = pypdfium2.PdfDocument(reply.content)
    text = "\n".join(page.get_textpage().get_text_range() for page in paper)
    assert "Acuerdo de inicio" in text
    assert "Código de conducta" in text
    assert SECRET not in text


def test_it_is_in_no_fact_and_no_story(of: dict[str, Any]) -> None:
    for reader in (facts.session_facts, facts.pair_facts, facts.outcome_facts):
        schema, rows = reader()
        assert SECRET not in str(list(rows))
        assert not {"note", "text", "agreed", "aims"} & set(schema.columns)
    for person in (of["pair"].application.person, of["mentor"].person):
        assert SECRET not in str(stories.of_person(person))


def test_it_does_not_go_with_a_partners_copy(of: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "copia.zip"
    packing.pack(of["cohort"].partner, path)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        everything = b"".join(archive.read(name) for name in names)
    assert SECRET.encode() not in everything
    assert not [name for name in names if "privatenote" in name]
    assert [name for name in names if "mentoringsession" in name]
    assert str(of["pair"].application.token).encode() not in everything


def test_a_note_is_removed_by_its_author_alone(of: dict[str, Any], people: cast.Cast) -> None:
    note = PrivateNote.objects.get()
    url = reverse("mentoring:remove_note", args=[note.pk])
    assert client_of(people.lead).post(url).status_code == 404
    assert client_of(people.mentor).post(url).status_code == 302
    assert not PrivateNote.objects.exists()
