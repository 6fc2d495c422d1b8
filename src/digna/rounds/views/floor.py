"""The day: the screen of the floor, arrivals and absences, change notices, slips."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.linkages.views import listing
from digna.rounds import access, forms
from digna.rounds.models import BusinessRound, Meeting, Notice, Party
from digna.rounds.selectors import agendas
from digna.rounds.selectors import floor as selectors
from digna.rounds.services import after, parties
from digna.rounds.services import timetables as services
from digna.rounds.views import doing
from digna.rounds.views.rounds import context_of


@door(access.SEE)
@never_cache
def floor(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Which slot is on, who sits where, who is missing. Refreshes by itself."""
    row = access.round_of(request.user, key)
    asked = request.GET.get("turno", "")
    now = timezone.now()
    found = selectors.floor(row, now, int(asked) if asked.isdigit() else None)
    context = context_of(request, row, "floor") | {
        "floor": found,
        "arrivals": selectors.arrivals(row, now, request) if row.is_public else [],
        "waiting": row.parties.filter(state=Party.State.WAITING).select_related(
            "buyer__organisation", "enterprise"
        ),
        "is_live": row.stage == BusinessRound.Stage.PUBLISHED,
        "untold": Notice.objects.filter(party__round=row, told_at=None, seen_at=None).count(),
        "floor_url": request.get_full_path(),
    }
    template = "rounds/floor.html"
    if request.headers.get("hx-request") == "true":
        template += "#state"
    return render(request, template, context)


def _party(request: HttpRequest, key: uuid.UUID, who: uuid.UUID) -> Party:
    return access.party(access.round_of(request.user, key, access.EDIT), who)


@door(access.EDIT)
@require_POST
def arrive(request: HttpRequest, key: uuid.UUID, who: uuid.UUID) -> HttpResponse:
    """Somebody is here."""
    party = _party(request, key, who)
    return doing.act(  # type: ignore[no-any-return]
        request,
        lambda actor: parties.note_arrival(actor=actor, party=party),
        back=_floor_url(request, key),
    )


@door(access.EDIT)
@require_POST
def miss(request: HttpRequest, key: uuid.UUID, who: uuid.UUID) -> HttpResponse:
    """Somebody does not come."""
    party = _party(request, key, who)
    return doing.act(  # type: ignore[no-any-return]
        request,
        lambda actor: parties.note_missing(actor=actor, party=party),
        back=_floor_url(request, key),
        done=_("%(name)s queda ausente. Calcule otra vez la agenda desde este turno.")
        % {"name": party},
    )


def _floor_url(request: HttpRequest, key: uuid.UUID) -> str:
    number = request.POST.get("turno", "")
    url = reverse("rounds:floor", args=[key])
    return f"{url}?turno={number}" if number.isdigit() else url


@door(access.SEE)
def notices(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Whom a new version changes, and the click that tells each."""
    row = access.round_of(request.user, key)
    context = context_of(request, row, "timetables") | {"rows": selectors.notices(row, request)}
    return render(request, "rounds/notices.html", context)


@door(access.EDIT)
@require_POST
def tell(request: HttpRequest, key: uuid.UUID, notice: int) -> HttpResponse:
    """Note that somebody was told."""
    row = access.notice(access.round_of(request.user, key, access.EDIT), notice)
    return doing.act(  # type: ignore[no-any-return]
        request,
        lambda who: services.note_told(actor=who, notice=row),
        back=reverse("rounds:notices", args=[key]),
    )


@door(access.SEE)
def meetings(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every meeting with its slips, by state."""
    row = access.round_of(request.user, key)
    rows = list(agendas.agenda(row))
    asked = request.GET.get("estado", "")
    labels = {"": _("Todas")} | {
        value: str(label).capitalize()
        for value, label in Meeting.State.choices if value != Meeting.State.CANCELLED
    }  # fmt: skip
    counts = {value: sum(m.state == value for m in rows) for value in labels} | {"": len(rows)}
    context = context_of(request, row, "meetings") | {
        "filters": listing.chips(request, "estado", labels, counts),
        "rows": [_meeting(m) for m in rows if not asked or m.state == asked],
        "is_any": bool(rows),
    }
    return render(request, "rounds/meetings.html", context)


def _meeting(row: Meeting) -> dict[str, Any]:
    slips = {slip.party_id: slip for slip in row.slips.all()}
    return {
        "meeting": row,
        "by_buyer": slips.get(row.buyer_id),
        "by_firm": slips.get(row.firm_id),
    }


@door(access.EDIT)
def slip(request: HttpRequest, key: uuid.UUID, meeting: uuid.UUID, side: str) -> HttpResponse:
    """A slip typed by the organiser from paper."""
    row = access.meeting(access.round_of(request.user, key, access.EDIT), meeting)
    party = row.buyer if side == "comprador" else row.firm
    return doing.form_page(
        request,
        forms.SlipForm(request.POST or None, initial=forms.slip_initial(row, party)),
        lambda who, form: after.give_slip(actor=who, meeting=row, party=party, **form.given),
        title=_("Ficha de %(name)s") % {"name": party},
        action=_("Guardar"),
        back=reverse("rounds:meetings", args=[key]),
        done=_("Ficha guardada."),
        context={
            "sentence": _("Su reunión con %(other)s.") % {"other": row.side_of(party)},
        },
    )
