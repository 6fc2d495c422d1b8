"""A room of the tests' own: pages of intentions, a week to take along, what arrived."""

import json
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from browser import PASSWORD
from digna.accounts.doors import signed_in
from digna.accounts.models import Membership, User
from digna.config import urls
from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Sector

ACTION = "test.note.taken"
NOTE, FIRM, VISIT, RECORD = "/prueba/nota", "/prueba/empresa", "/prueba/visita", "/prueba/ficha"
INDEX = "/prueba/indice.json"

PAGE = (Path(__file__).parent / "fixtures" / "field" / "page.html").read_text()

ROWS: list[dict[str, Any]] = []
ARRIVED: list[tuple[uuid.UUID, dict[str, list[str]], dict[str, int]]] = []
"""What came in: its id, its values, its files' bytes; a second arrival is a second row."""
NOW: dict[str, str] = {}
"""What the record holds now."""


@writes(ACTION)
def note(*, actor: Actor, name: str) -> Sector:
    return record.add(Sector(code=uuid.uuid4().hex[:12], name_es=name, name_en=name))


def take(actor: Actor, values: Mapping[str, Any], files: Mapping[str, Any]) -> object:
    """Take one in. «veneno» is a fault of the server, «mal» against a rule."""
    name = values.get("name", "")
    if name == "veneno":
        raise ZeroDivisionError
    if name == "mal":
        raise Refused("test.bad", "Eso no se puede anotar.")
    assert actor.intention is not None
    lists = {key: values.getlist(key) for key in values}  # type: ignore[attr-defined]
    ARRIVED.append((actor.intention, lists, {key: file.size for key, file in files.items()}))
    note(actor=actor, name=name)
    return {"note": f"Recibido: {name}"}


def current(_actor: Actor, _values: Mapping[str, Any]) -> Mapping[str, list[str]]:
    """Return what the record holds, as its form would send it."""
    return {name: [value] for name, value in NOW.items()}


def names() -> list[str]:
    """Return the names that arrived, in order."""
    return [values["name"][0] for _id, values, _files in ARRIVED]


def effects() -> list[str]:
    """Return the names of what was written, sorted: each once, or something is wrong."""
    return sorted(
        Sector.objects.filter(name_es__startswith="Nota ").values_list("name_es", flat=True)
    )


def _page(title: str, extra: str = "") -> Any:
    @signed_in
    def show(request: HttpRequest) -> HttpResponse:
        template = engines["django"].from_string(PAGE)
        return HttpResponse(template.render({"title": title, "extra": extra, "now": NOW}, request))

    return show


@signed_in
def week(request: HttpRequest) -> HttpResponse:
    person = str(request.user.public_id)  # type: ignore[union-attr]
    kinds = {NOTE: "week", FIRM: "page", VISIT: "page", INDEX: "index"}
    rows = [
        {"url": url, "kind": kind, "bytes": 9_000, "revision": "1"} for url, kind in kinds.items()
    ]
    told = {"course": f"week:{person}", "kind": "week", "title": "Semana", "person": person}
    return JsonResponse(told | {"urls": rows, "total_bytes": 36_000})


@signed_in
def index(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(json.dumps(ROWS), content_type="application/json")


def trainer(name: str, email: str) -> User:
    """Somebody who works in the field."""
    user = User(name=name, email=email)
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.create(user=user, role="trainer")
    return user


urlpatterns = [
    path("prueba/nota", _page("Nota de visita")),
    path("prueba/empresa", _page("Empresa nueva", 'data-born="firm" data-born-name="name"')),
    path("prueba/visita", _page("Visita")),
    path("prueba/ficha", _page("Ficha de la empresa", "data-versioned")),
    path("prueba/semana.json", week),
    path("prueba/indice.json", index),
    *urls.urlpatterns,
]
