"""The personal link of a party, and the click that sends it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from digna.rounds.models import Party
from digna.rounds.selectors import agendas
from digna.rounds.selectors.agendas import Line
from digna.web import links


@dataclass(frozen=True, slots=True)
class Contact:
    """How a party is reached: its page, and a chat with the words written."""

    url: str
    whatsapp: str


def own_url(party: Party, request: HttpRequest) -> str:
    """Return the whole address of a party's own page."""
    return request.build_absolute_uri(reverse("rounds:own", args=[party.token]))


def contact_of(party: Party, request: HttpRequest, words: str) -> Contact:
    """Return a party's link and the click that sends these words with it."""
    url = own_url(party, request)
    return Contact(url, links.whatsapp(party.phone, f"{words} {url}".strip()))


def invitation(party: Party, request: HttpRequest) -> Contact:
    """Return the link with the words of an invitation, in the party's language."""
    with translation.override(party.language):
        words = _(
            "%(name)s: le invitamos a «%(round)s». Inscríbase y elija con quién reunirse:"
        ) % {"name": party.name, "round": party.round.title}
    return contact_of(party, request, words)


def sent_agenda(party: Party, lines: Sequence[Line], request: HttpRequest) -> Contact:
    """Return the link with the whole agenda written out, in the party's language and time."""
    url = own_url(party, request)
    with translation.override(party.language):
        words = agendas.whatsapp_text(party, lines, url)
    return Contact(url, links.whatsapp(party.phone, words))
