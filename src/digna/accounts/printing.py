"""What goes on a card: the code as a QR and in letters, the PIN, whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass

import segno
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from digna.accounts import rights, rules
from digna.accounts.card_secrets import CardSecrets
from digna.accounts.models import Card, User
from digna.errors import Refused


@dataclass(frozen=True, slots=True, repr=False)
class PrintedCard:
    """One card on paper."""

    name: str
    role: str
    code: str
    pin: str
    qr: SafeString


def cards_page(
    request: HttpRequest, made: Iterable[tuple[User, CardSecrets]], *, back_url: str
) -> HttpResponse:
    """Return the sheet of cards. What it shows is kept nowhere: it is printed now or made anew."""
    printed = [_printed(request, user, secrets) for user, secrets in made]
    pages = [printed[start : start + PER_SHEET] for start in range(0, len(printed), PER_SHEET)]
    context = {"pages": pages, "count": len(printed), "back_url": back_url}
    response = render(request, "accounts/cards.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


PER_SHEET = 8


def _printed(request: HttpRequest, user: User, secrets: CardSecrets) -> PrintedCard:
    url = request.build_absolute_uri(reverse("accounts:card", args=[secrets.code]))
    roles = ", ".join(str(m.get_role_display()) for m in rights.memberships_of(user))
    return PrintedCard(user.name, roles, rules.printed(secrets.code), secrets.pin, qr(url))


def require_fresh(card: Card, pin: str) -> None:
    """Refuse to show secrets that are not the card's: the form was sent twice.

    The second sending has no effect, so the card keeps the PIN of the first, which was shown then.
    """
    if not check_password(pin, card.pin_hash):
        raise Refused(
            "accounts.secrets_shown",
            _("El código y el PIN ya se mostraron una vez. Si no los anotó, cree otros."),
        )


def qr(url: str) -> SafeString:
    """Return a QR of an address as inline SVG, which scales with what it stands in."""
    drawn = segno.make(url, error="m", micro=False)
    svg = drawn.svg_inline(scale=4, border=2, omitsize=True, dark="#000", light="#fff")
    return mark_safe(svg)  # noqa: S308 — drawn by us out of modules
