"""The questions of the field as their pages show them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.errors import DomainError
from digna.field import access, deciding
from digna.field.forms import Asked
from digna.field.models import Arrival, ArrivalFile
from digna.journal.intake import FORMS
from digna.journal.words import WORDS
from digna.registry.stories import Link
from digna.web import paging

HIDDEN = frozenset({"intention", "csrfmiddlewaretoken", "is_new", "same", "enterprise", "person"})


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter, as the component `filters` shows it."""

    label: str
    count: int
    url: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A question in the list."""

    arrival: Arrival
    what: str
    about: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list."""

    page: Page[Any]
    rows: list[Listed]
    chips: list[Chip]


def listing(request: HttpRequest) -> Listing:
    """Return the questions one may decide: open ones first come, first served."""
    rows = access.visible_arrivals(request.user)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    wanted = request.GET.get("estado", "abiertas")
    groups = {
        "abiertas": (_("Por decidir"), [str(state) for state in Arrival.OPEN]),
        "resueltas": (_("Resueltas"), [str(Arrival.State.SETTLED)]),
        "rechazadas": (_("No aceptadas"), [str(Arrival.State.REJECTED)]),
    }
    states = groups.get(wanted, groups["abiertas"])[1]
    chips = [
        Chip(label, sum(counts.get(state, 0) for state in of), f"?estado={key}", of == states)
        for key, (label, of) in groups.items()
    ]
    found = rows.filter(state__in=states)
    if states != groups["abiertas"][1]:
        found = found.order_by("-decided_at", "-id")
    total = sum(counts.get(state, 0) for state in states)
    page = paging.page_of(request, found, lambda: total)
    return Listing(page, [_listed(row) for row in page.object_list], chips)


def _listed(row: Arrival) -> Listed:
    return Listed(row, what_of(row), about_of(row))


def what_of(row: Arrival) -> str:
    """Return what somebody did, in words."""
    return str(WORDS.get(row.action, row.action))


def about_of(row: Arrival) -> str:
    """Return whom it is about: the record, or the name it would have."""
    if row.enterprise is not None or row.person is not None:
        return str(row.enterprise or row.person)
    named = (row.values.get(name, []) for name in ("name", "given_names", "surnames"))
    return " ".join(text for given in named for text in given)


def open_count(user: object) -> int:
    """Return how many questions wait for this person."""
    if not rights.may(user, access.DECIDE):
        return 0
    return access.visible_arrivals(user).filter(state__in=Arrival.OPEN).count()


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a question: its three sides and which one stands."""

    label: str
    before: str
    server: str
    phone: str
    stands: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question whole."""

    arrival: Arrival
    what: str
    about: str
    lines: list[Line]
    asked: tuple[Asked, ...]
    files: list[ArrivalFile]
    seen: str = ""
    problem: str = ""
    has_sides: bool = False
    records: list[Link] = field(default_factory=list)


def page_of(arrival: Arrival) -> QuestionPage:
    """Return one question as it stands now."""
    problem, sides = "", None
    if arrival.is_open:
        try:
            sides = deciding.sides_of(arrival)
        except DomainError as found:
            problem = str(found.message)
    words = Wording(arrival.action)
    asked = _asked(arrival, sides, words) if sides is not None else ()
    return QuestionPage(
        arrival=arrival,
        what=what_of(arrival),
        about=about_of(arrival),
        lines=_lines(arrival, sides, words),
        asked=asked,
        files=list(arrival.files.all()),
        seen=sides.seen if sides is not None else "",
        problem=problem,
        has_sides=bool(sides is not None and sides.server),
        records=_records(arrival),
    )


def _records(arrival: Arrival) -> list[Link]:
    """Return the way to each record that it may be."""
    name = "registry:person" if ".person." in arrival.action else "registry:enterprise"
    found = []
    for value, label in arrival.choices:
        try:
            key = uuid.UUID(str(value))
        except ValueError:
            continue  # «ninguna de estas» is no record
        found.append(Link(_("Ver: %(who)s") % {"who": label}, reverse(name, args=[key])))
    return found if arrival.answer else []


def _asked(arrival: Arrival, sides: deciding.Sides, words: "Wording") -> tuple[Asked, ...]:
    found = [_clash(name, sides, words) for name in sides.merged.clashing]
    if arrival.answer:
        choices = tuple((str(value), str(label)) for value, label in arrival.choices)
        found.append(Asked(arrival.answer, _("¿Cuál es?"), choices))
    return tuple(found)


def _clash(name: str, sides: deciding.Sides, words: "Wording") -> Asked:
    phone, server = words.said(name, sides.phone), words.said(name, sides.server)
    choices = (
        (deciding.PHONE, _("En el teléfono: %(v)s") % {"v": phone}),
        (deciding.SERVER, _("En el servidor: %(v)s") % {"v": server}),
    )
    before = _("Antes: %(v)s") % {"v": words.said(name, sides.base)}
    return Asked(name, words.label(name), choices, before)


def _lines(arrival: Arrival, sides: deciding.Sides | None, words: "Wording") -> list[Line]:
    base, server = (sides.base, sides.server) if sides is not None else ({}, {})
    lines = []
    for name in arrival.values:
        if name in HIDDEN:
            continue
        before, ours, theirs = (words.said(name, one) for one in (base, server, arrival.values))
        lines.append(Line(words.label(name), before, ours, theirs, _stands(name, sides)))
    return lines


def _stands(name: str, sides: deciding.Sides | None) -> str:
    if sides is None or name not in sides.server:
        return _("del teléfono")
    if name in sides.merged.clashing:
        return _("usted decide")
    same = deciding.same(sides.phone.get(name, ()), sides.server[name])
    if same:
        return _("igual")
    kept = deciding.same(sides.merged.values.get(name, ()), sides.server[name])
    return _("del servidor") if kept else _("del teléfono")


class Wording:
    """What the values of an action are called and mean, by the form that takes them."""

    def __init__(self, action: str) -> None:
        make = FORMS.get(action)
        self.fields: Mapping[str, Any] = make().fields if make is not None else {}

    def label(self, name: str) -> str:
        """Return what a value is called."""
        found = self.fields.get(name)
        return str(found.label) if found is not None and found.label else name

    def said(self, name: str, side: Mapping[str, Sequence[str]]) -> str:
        """Return a value as people read it."""
        known = self._choices(name)
        told = [known.get(text, text) for text in side.get(name, ()) if text != ""]
        return ", ".join(told) or _("sin dato")

    def _choices(self, name: str) -> dict[str, str]:
        found = self.fields.get(name)
        if found is None or not hasattr(found, "choices"):
            return {}
        flat: dict[str, str] = {}
        for value, label in found.choices:
            inner = label if isinstance(label, (list, tuple)) else [(value, label)]
            flat |= {str(one): str(said) for one, said in inner}
        return flat
