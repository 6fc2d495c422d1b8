"""Who takes part: invited, corrected, on the waiting list; their links, cards and wishes."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.linkages.views import listing
from digna.rounds import access, forms
from digna.rounds.models import BusinessRound, Party
from digna.rounds.selectors import agendas
from digna.rounds.selectors import links as contacts
from digna.rounds.selectors import rounds as selectors
from digna.rounds.services import parties as services
from digna.rounds.views import doing, wishing
from digna.rounds.views.rounds import context_of
from digna.web import links

PAGE = 60


@door(access.SEE)
def parties(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Buyers and firms, with their links and what they still lack."""
    row = access.round_of(request.user, key)
    asked = {name: request.GET.get(name, "") for name in ("lado", "estado", "q")}
    found = selectors.parties(row, asked["lado"], asked["estado"], asked["q"])
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    counts = selectors.party_counts(row)
    lines = agendas.lines_by_party(row) if row.is_public else None
    context = context_of(request, row, "parties") | {
        "page": page,
        "rows": [_row(request, party, lines) for party in page],
        "asked": asked,
        "is_any": bool(counts),
    }
    context |= _chips(request, counts)
    return render(request, "rounds/parties.html", context)


def _chips(request: HttpRequest, counts: dict[tuple[str, str], int]) -> dict[str, Any]:
    sides: dict[str, int] = {"": sum(counts.values())}
    states: dict[str, int] = {"": sum(counts.values())}
    for (side, state), n in counts.items():
        sides[side] = sides.get(side, 0) + n
        states[state] = states.get(state, 0) + n
    named = {
        "": _("Todos"), Party.Side.BUYER: _("Compradores"), Party.Side.FIRM: _("Empresas")
    }  # fmt: skip
    known = {"": _("Cualquier estado")} | {
        value: str(label).capitalize() for value, label in Party.State.choices
    }
    return {
        "sides": listing.chips(request, "lado", named, sides),
        "states": listing.chips(request, "estado", known, states),
    }


def _row(request: HttpRequest, party: Any, lines: Any) -> dict[str, Any]:
    """One line of the list: before the agenda WhatsApp invites, afterwards it carries it."""
    if lines is None:
        contact = contacts.invitation(party, request)
    else:
        contact = contacts.sent_agenda(party, lines.get(party.pk, []), request)
    return {
        "party": party,
        "contact": contact,
        "meetings": party.as_buyer if party.is_buyer else party.as_firm,
    }


@door(access.SEE)
def export_parties(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who takes part, for a spreadsheet."""
    row = access.round_of(request.user, key)
    header = (
        _("Lado"), _("Nombre"), _("Quién asiste"), _("Celular"), _("Idiomas"), _("Estado"),
        _("Ofrece o busca"), _("Deseos"), _("Reuniones"), _("Llegó"),
    )  # fmt: skip
    asked = [request.GET.get(name, "") for name in ("lado", "estado", "q")]
    told = (
        (
            p.get_side_display(), p.name, p.contact_name, p.phone, p.spoken,
            p.get_state_display(), p.products, p.wish_count,
            p.as_buyer if p.is_buyer else p.as_firm, p.arrived_at,
        )
        for p in selectors.parties(row, *asked)
    )  # fmt: skip
    return listing.file(request, f"participantes-{slugify(row.title)[:40]}", header, told)


@door(access.EDIT)
def invite_buyers(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Invite buyers of the register."""
    row = access.round_of(request.user, key, access.EDIT)
    return doing.form_page(
        request,
        forms.InviteBuyersForm(request.POST or None, round=row),
        lambda who, form: services.invite_buyers(actor=who, round=row, **form.given),
        title=_("Invitar compradores"),
        action=_("Invitar"),
        back=_parties_url(row),
        done=_("Cada uno tiene su enlace: envíelo por WhatsApp desde la lista."),
    )


@door(access.EDIT)
def invite_firms(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Invite firms that a search of the register finds."""
    row = access.round_of(request.user, key, access.EDIT)
    q = request.GET.get("q", "")
    firms = access.firms_to_invite(request.user, row)
    return doing.form_page(
        request,
        forms.InviteFirmsForm(request.POST or None, firms=firms, q=q),
        lambda who, form: services.invite_firms(actor=who, round=row, **form.given),
        title=_("Invitar empresas"),
        action=_("Invitar"),
        back=_parties_url(row),
        done=_("Cada una tiene su enlace: envíelo por WhatsApp desde la lista."),
        template="rounds/invite_firms.html",
        context={"round": row, "q": q, "limit": forms.FIRMS_SHOWN},
    )


def _parties_url(row: BusinessRound) -> str:
    return reverse("rounds:parties", args=[row.public_id])


@door(access.EDIT)
def change_party(request: HttpRequest, key: uuid.UUID, who: uuid.UUID) -> HttpResponse:
    """Correct what is known of somebody who takes part."""
    row = access.round_of(request.user, key, access.EDIT)
    party = access.party(row, who)
    return doing.form_page(
        request,
        forms.PartyForm(request.POST or None, party=party),
        lambda actor, form: services.change_party(actor=actor, party=party, **form.given),
        title=party.name,
        action=_("Guardar"),
        back=_parties_url(row),
        done=_("Guardamos los cambios."),
        template="rounds/party_form.html",
        context={"round": row, "party": party, "act_form": forms.ActForm()},
    )


@door(access.EDIT)
@require_POST
def move_party(request: HttpRequest, key: uuid.UUID, who: uuid.UUID) -> HttpResponse:
    """Let somebody in, to the waiting list, or out."""
    row = access.round_of(request.user, key, access.EDIT)
    party = access.party(row, who)
    state = request.POST.get("state", "")
    if state not in Party.State.values:
        return redirect(_parties_url(row))
    return doing.act(  # type: ignore[no-any-return]
        request,
        lambda actor: services.move_party(actor=actor, party=party, state=state),
        back=_back(request, row),
        done=_("%(name)s: %(state)s.") % {"name": party, "state": Party.State(state).label},
    )


def _back(request: HttpRequest, row: BusinessRound) -> str:
    if request.POST.get("back") == "floor":
        return reverse("rounds:floor", args=[row.public_id])
    return _parties_url(row)


@door(access.EDIT)
@require_POST
def renew_link(request: HttpRequest, key: uuid.UUID, who: uuid.UUID) -> HttpResponse:
    """A new link; the old one stops working."""
    row = access.round_of(request.user, key, access.EDIT)
    party = access.party(row, who)
    return doing.act(  # type: ignore[no-any-return]
        request,
        lambda actor: services.renew_link(actor=actor, party=party),
        back=_parties_url(row),
        done=_("El enlace anterior ya no abre. Envíe el nuevo."),
    )


@door(access.EDIT)
def party_wishes(request: HttpRequest, key: uuid.UUID, who: uuid.UUID) -> HttpResponse:
    """Wishes typed by the organiser for who called by telephone."""
    row = access.round_of(request.user, key, access.EDIT)
    party = access.party(row, who)
    return wishing.page(request, party, back=_parties_url(row), template="rounds/party_wishes.html")


@door(access.EDIT)
def cards(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Badges to cut out, each with the QR of one's own page."""
    row = access.round_of(request.user, key, access.EDIT)
    rows = selectors.parties(row).exclude(state=Party.State.WITHDRAWN)
    made = [
        {"party": party, "url": url, "qr": links.qr(url, scale=3)}
        for party in rows
        for url in [contacts.own_url(party, request)]
    ]
    told = ngettext("%(n)s tarjeta", "%(n)s tarjetas", len(made)) % {"n": len(made)}
    return render(request, "rounds/cards.html", {"round": row, "cards": made, "told": told})
