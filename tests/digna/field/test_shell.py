"""The shell that opens without signal: nobody's data in it, its worker, its manifest."""

import json
import re

import pytest
from django.contrib.staticfiles import finders

from cast import cast, client_of

pytestmark = pytest.mark.django_db


def test_the_shell_holds_nothing_of_whoever_is_signed_in() -> None:
    people = cast()
    page = client_of(people.lead).get("/campo/").content.decode()
    assert "En este teléfono" in page
    assert people.lead.name not in page
    assert str(people.lead.public_id) not in page


def test_the_shell_speaks_english_too() -> None:
    client = client_of(None)
    client.cookies["idioma"] = "en"
    assert "On this phone" in client.get("/campo/").content.decode()


def test_the_worker_keeps_files_that_are_there_and_rules_the_whole_site() -> None:
    answer = client_of(None).get("/sw.js")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    lead = re.match(r"self\.DIGNA=(\{.*\});\n", answer.content.decode())
    assert lead is not None
    kept = json.loads(lead[1])["kept"]
    assert len(kept) == 6
    for one in kept:
        assert finders.find(one["url"].removeprefix("/static/")), one
        assert re.fullmatch(r"[0-9a-f]{16}", one["revision"])


def test_the_manifest_names_icons_that_are_there() -> None:
    answer = client_of(None).get("/digna.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    body = answer.json()
    assert body["start_url"] == "/campo/"
    assert {icon["sizes"] for icon in body["icons"]} == {"any", "192x192", "512x512"}
    for icon in body["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon
