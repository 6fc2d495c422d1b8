"""Papers and files: A4 agendas per participant and per table, calendars."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.rounds import access, calendars
from digna.rounds.models import BusinessRound, Party
from digna.rounds.selectors import agendas
from digna.rounds.selectors import links as contacts
from digna.web import links, pdf


@door(access.SEE)
def agendas_pdf(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One A4 page a participant: all of them, or one side."""
    row = access.round_of(request.user, key)
    rows = row.parties.select_related(
        "round__place", "buyer__organisation", "enterprise__place"
    ).order_by("side", "pk")
    if request.GET.get("lado") in Party.Side.values:
        rows = rows.filter(side=request.GET["lado"])
    sheets = [sheet for party in rows if (sheet := sheet_of(request, party))["lines"]]
    context = {"round": row, "sheets": sheets, "title": _("Agendas")}
    return pdf.response(request, "rounds/agendas_paper.html", context, _name("agendas", row))


@door(access.SEE)
def tables_pdf(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One A4 page a table: who comes when."""
    row = access.round_of(request.user, key)
    tables: dict[str, list[Any]] = {}
    for m in agendas.agenda(row):
        if m.table:
            tables.setdefault(m.table, []).append(m)
    in_order = sorted(tables.items(), key=lambda t: (0, int(t[0])) if t[0].isdigit() else (1, t[0]))
    url = request.build_absolute_uri(request.path.replace("/mesas.pdf", "/sala"))
    context = {"round": row, "tables": in_order, "qr": links.qr(url, scale=2), "url": url}
    return pdf.response(request, "rounds/tables_paper.html", context, _name("mesas", row))


def sheet_of(request: HttpRequest, party: Party) -> dict[str, Any]:
    """Return what the paper of one participant shows."""
    url = contacts.own_url(party, request)
    zone = agendas.zone_of(party)
    return {
        "party": party,
        "lines": agendas.lines_of(party),
        "zone": zone,
        "zone_word": agendas.zone_word(zone),
        "url": url,
        "qr": links.qr(url, scale=2),
    }


def party_pdf(request: HttpRequest, party: Party) -> HttpResponse:
    """Return the A4 agenda of one participant."""
    context = {"round": party.round, "sheets": [sheet_of(request, party)], "title": party.name}
    return pdf.response(request, "rounds/agendas_paper.html", context, _name("agenda", party.round))


def party_ics(request: HttpRequest, party: Party) -> HttpResponse:
    """Return the agenda of one participant as calendars read it."""
    url = contacts.own_url(party, request)
    content = calendars.of_party(party, agendas.lines_of(party), url=url, at=timezone.now())
    response = HttpResponse(content, content_type=calendars.CONTENT_TYPE)
    name = slugify(party.round.title)[:60] or "agenda"
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@door(access.SEE)
def agenda_pdf(request: HttpRequest, key: uuid.UUID, who: uuid.UUID) -> HttpResponse:
    """The A4 agenda of one participant, printed by the organiser."""
    row = access.round_of(request.user, key)
    return party_pdf(request, access.party(row, who))


def _name(what: str, row: BusinessRound) -> str:
    return f"{what}-{slugify(row.title)[:40]}"
