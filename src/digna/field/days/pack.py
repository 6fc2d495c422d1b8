"""What a telephone takes along for a week, and what of it changed since it was last taken."""

import copy
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import User
from digna.errors import DomainError
from digna.field.days import agenda, firms, registering
from digna.registry import access as registry
from digna.registry.models import Enterprise
from digna.surveys import taking_along as surveys

PASSING = re.compile(
    rb'name="(?:csrfmiddlewaretoken|intention)" value="[^"]*"'
    rb'|<span class="on-paper"><time>[^<]*</time>'
)
"""What differs in a page each time it is drawn, and means nothing: tokens, the hour of printing."""
PAGES_AT_ONCE = 25


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants with them: their firms, what is on, the lists, the questionnaires."""

    has_firms: bool = True
    has_days: bool = True
    has_lists: bool = True
    has_forms: bool = True

    @classmethod
    def of(cls, asked: QueryDict) -> "Choice":
        """Read it off an address; an address that says nothing means everything."""
        if "que" not in asked:
            return cls()
        wanted = set(asked.getlist("que"))
        return cls(
            has_firms="empresas" in wanted,
            has_days="dias" in wanted,
            has_lists="listas" in wanted,
            has_forms="formularios" in wanted,
        )


def manifest(request: HttpRequest, choice: Choice, today: date) -> dict[str, Any]:
    """Return addresses, bytes and revisions of all that a user chose.

    A page's revision is the hash of what it says, so that only what changed comes down.
    """
    user = request.user
    assert isinstance(user, User)  # noqa: S101 — the door saw to it
    found = (_row(request, url, kind, today) for url, kind in addresses(user, choice, today))
    urls = [row for row in found if row is not None]
    urls += _forms(user) if choice.has_forms else []
    return {
        "course": f"week:{user.public_id}",
        "kind": "week",
        "title": _("Mi semana"),
        "version": today.isoformat(),
        "person": str(user.public_id),
        "name": user.name,
        "language": request.LANGUAGE_CODE,
        "home": reverse("field:today"),
        "pages": reverse("field:pages"),
        "urls": urls,
        "total_bytes": sum(row["bytes"] for row in urls),
    }


def _forms(user: object) -> list[dict[str, Any]]:
    """A form's page has a content policy of its own: it is fetched by itself, not with others."""
    rows = surveys.urls(user)
    return [{**row, "kind": "form"} if row["kind"] == "page" else row for row in rows]


def addresses(user: object, choice: Choice, today: date) -> Iterable[tuple[str, str]]:
    """Return the address and kind of every page of a choice."""
    yield reverse("field:today"), "course"
    yield reverse("field:index"), "data"
    urls = [reverse("field:firms"), *_registering(user)]
    if choice.has_firms:
        urls += [url for row in firms.mine(user) for url in _of_firm(user, row, today)]
    if choice.has_days:
        urls += [agenda.work_url("taller", row.pk) for row in agenda.workshops(user, today)]
        urls += [agenda.work_url("sesion", row.pk) for row in agenda.sessions(user, today)]
    if choice.has_lists:
        urls.append(reverse("field:lists"))
        urls += [agenda.work_url("recorrido", row.pk) for row in firms.checklists()]
    yield from ((url, "page") for url in urls)


def _registering(user: object) -> Iterable[str]:
    if rights.may(user, registry.EDIT):
        pages = registering.PAGES.items()
        yield from (reverse("field:register", args=[k]) for k, one in pages if not one.needs_key)


def _of_firm(user: object, enterprise: Enterprise, today: date) -> Iterable[str]:
    yield reverse("field:firm", args=[enterprise.public_id])
    found = firms.page(user, enterprise, today)
    doings = [*found.doings, *(doing for way in found.ways for doing in way.doings)]
    doings += [doing for _project, some in found.projects for doing in some]
    urls = [doing.url for doing in doings] + [url for _card, url in found.cards if url]
    yield from (url for url in urls if "#" not in url)


def _row(request: HttpRequest, url: str, kind: str, today: date) -> dict[str, Any] | None:
    reply = drawn(request, url)
    if reply is None:
        return None
    content = reply.content
    return {
        "url": url,
        "kind": kind,
        "bytes": len(content),
        "revision": revision(content, today),
    }


def drawn(request: HttpRequest, url: str) -> HttpResponse | None:
    """Return a page as this user would get it now; None where it is not there, or not theirs."""
    asked = copy.copy(request)
    asked.method, asked.path, asked.path_info = "GET", url, url
    asked.GET = QueryDict()
    try:
        found = resolve(url)
        asked.resolver_match = found
        reply: HttpResponse = found.func(asked, *found.args, **found.kwargs)
    except (Resolver404, DomainError):
        return None
    return reply if reply.status_code == 200 else None


def revision(content: bytes, today: date) -> str:
    """Return the hash of what a page says, whatever day and for whichever session it is drawn.

    >>> page = b'<input type="hidden" name="intention" value="1"> 2026-11-23'
    >>> other = b'<input type="hidden" name="intention" value="2"> 2026-11-24'
    >>> revision(page, date(2026, 11, 23)) == revision(other, date(2026, 11, 24))
    True
    """
    said = PASSING.sub(b"", content).replace(today.isoformat().encode(), b"")
    return hashlib.sha256(said).hexdigest()[:16]


def some_pages(request: HttpRequest, urls: Iterable[str]) -> list[dict[str, str]]:
    """Return several pages at once: a slow line pays for one question rather than for many.

    Only pages of the field are given, and each by its own door; what is not there is left out.
    """
    found = []
    for url in [one for one in urls if one.startswith("/campo/")][:PAGES_AT_ONCE]:
        reply = drawn(request, url)
        if reply is not None:
            kind = reply.headers.get("Content-Type", "text/html")
            found.append({"url": url, "type": kind, "body": reply.content.decode()})
    return found
