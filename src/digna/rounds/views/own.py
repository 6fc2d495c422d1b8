"""The pages of who takes part: a personal link, no account, a phone; no script needed.

They show one party's own agenda, wishes and slips, in its language and, when it joins from afar,
in its own time.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from digna.errors import NotVisible, Refused
from digna.rounds import access, forms
from digna.rounds.models import BusinessRound, Party
from digna.rounds.selectors import agendas, results
from digna.rounds.selectors import floor as day
from digna.rounds.selectors import links as contacts
from digna.rounds.services import after, timetables
from digna.rounds.services import parties as services
from digna.rounds.views import doing, papers, wishing
from digna.web import limits, links
from digna.web.doors import public

P = ParamSpec("P")
Own = Callable[Concatenate[HttpRequest, Party, P], HttpResponse]


def by_link(view: Own[P]) -> Any:
    """Open to whoever holds the link: with its party, in its language and its time."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        party = _party(request, token)
        known = dict(settings.LANGUAGES)
        language = party.language if party.language in known else settings.LANGUAGE_CODE
        with translation.override(language), timezone.override(agendas.zone_of(party)):
            request.LANGUAGE_CODE = language
            response = view(request, party, *args, **kwargs)
        response.headers["Content-Language"] = language
        return response

    guarded: Any = never_cache(opened)
    return public(guarded)


def _party(request: HttpRequest, token: str) -> Party:
    try:
        return access.party_by_token(token)
    except NotVisible:
        limits.count_try(request, "round")  # only wrong links count
        raise


def _home(party: Party) -> str:
    return reverse("rounds:own", args=[party.token])


@by_link
def own(request: HttpRequest, party: Party) -> HttpResponse:
    """What this party can do now: register, choose, read its agenda, say how it went."""
    row = party.round
    lines = agendas.lines_of(party) if row.is_public else []
    zone = agendas.zone_of(party)
    url = contacts.own_url(party, request)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "party": party,
        "round": row,
        "lines": _lines(lines, party, today),
        "zone_word": agendas.zone_word(zone),
        "notices": day.own_notices(party),
        "is_day": row.stage == BusinessRound.Stage.PUBLISHED and _is_day(lines, today),
        "wish_count": party.wishes.count(),
        "other_count": services.others_of(party).count(),
        "qr": links.qr(url),
        "act_form": forms.ActForm(),
        "share_url": links.whatsapp(party.phone, agendas.whatsapp_text(party, lines, url)),
        "is_organiser": access.may_edit(request.user, row),
    }
    return render(request, "rounds/own.html", context)


def _is_day(lines: list[agendas.Line], today: Any) -> bool:
    return any(timezone.localdate(line.slot.starts_at) == today for line in lines)


def _lines(lines: list[agendas.Line], party: Party, today: Any) -> list[dict[str, Any]]:
    keys = [m.deal_id for line in lines if (m := line.meeting) is not None and m.deal_id]
    asked = results.asked_after(keys, today) if keys and not party.is_buyer else set()
    return [_line(line, party, today) | {"asked": _deal_of(line) in asked} for line in lines]


def _deal_of(line: agendas.Line) -> int | None:
    return None if line.meeting is None else line.meeting.deal_id


def _line(line: agendas.Line, party: Party, today: Any) -> dict[str, Any]:
    meeting = line.meeting
    if meeting is None:
        return {"line": line}
    slip = next((s for s in meeting.slips.all() if s.party_id == party.pk), None)
    can_tell = timezone.localdate(line.slot.starts_at) <= today
    return {"line": line, "slip": slip, "can_tell": can_tell}


@by_link
def own_registration(request: HttpRequest, party: Party) -> HttpResponse:
    """Register: who comes, when not, what is offered or sought."""
    form = forms.RegistrationForm(request.POST or None, party=party)
    return doing.form_page(
        request,
        form,
        lambda who, form: services.register(actor=who, party=party, **form.given),
        title=_("Inscripción"),
        action=_("Guardar mi inscripción"),
        back=_home(party),
        done=_("Su inscripción está guardada. Ahora elija con quién reunirse."),
        to=lambda _made: reverse("rounds:own_wishes", args=[party.token]),
        template="rounds/own_form.html",
        context={
            "round": party.round,
            "sentence": _(
                "La otra parte verá el nombre de %(name)s y lo que ofrece o busca; su celular lo "
                "ve solo quien organiza."
            )
            % {"name": party.name},
        },
    )


@by_link
def own_wishes(request: HttpRequest, party: Party) -> HttpResponse:
    """Whom to meet."""
    if not party.round.takes_wishes:
        raise Refused(
            "rounds.registration.closed",
            _("La inscripción no está abierta. Escriba a quien organiza la rueda."),
        )
    return wishing.page(request, party, back=_home(party), template="rounds/own_wishes.html")


@require_POST
@by_link
def own_arrival(request: HttpRequest, party: Party) -> HttpResponse:
    """«I am here»: by the party itself, or by the organiser who read its QR."""
    return doing.act(  # type: ignore[no-any-return]
        request,
        lambda who: services.note_arrival(actor=who, party=party),
        back=_home(party),
        done=_("Registramos su llegada. ¡Buena rueda!"),
    )


@require_POST
@by_link
def own_notices(request: HttpRequest, party: Party) -> HttpResponse:
    """«I have seen the changes.»"""
    return doing.act(  # type: ignore[no-any-return]
        request,
        lambda who: timetables.note_seen(actor=who, party=party),
        back=_home(party),
    )


@by_link
def own_slip(request: HttpRequest, party: Party, meeting: uuid.UUID) -> HttpResponse:
    """One minute after a meeting."""
    row = access.own_meeting(party, meeting)
    return doing.form_page(
        request,
        forms.SlipForm(request.POST or None, initial=forms.slip_initial(row, party)),
        lambda who, form: after.give_slip(actor=who, meeting=row, party=party, **form.given),
        title=row.side_of(party).name,
        action=_("Guardar"),
        back=_home(party),
        done=_("Gracias: quedó guardado."),
        template="rounds/own_form.html",
        context={
            "round": party.round,
            "sentence": _("¿Cómo fue la reunión? Un minuto; la otra parte no ve lo que responde."),
        },
    )


@by_link
def own_follow_up(request: HttpRequest, party: Party, meeting: uuid.UUID) -> HttpResponse:
    """What was really sold, told by the firm itself."""
    row = access.own_meeting(party, meeting)
    if party.is_buyer:
        raise NotVisible("rounds.not_visible", _("No hay tal reunión en su agenda."))
    form = forms.FollowUpForm(request.POST or None, request.FILES or None)
    return doing.form_page(
        request,
        form,
        lambda who, form: after.follow_up(actor=who, meeting=row, **form.given),
        title=row.side_of(party).name,
        action=_("Guardar"),
        back=_home(party),
        done=_("Gracias: quedó guardado."),
        template="rounds/own_form.html",
        context={"round": party.round, "sentence": _("¿Qué pasó después de la reunión?")},
    )


@by_link
def own_pdf(request: HttpRequest, party: Party) -> HttpResponse:
    """One's own agenda on A4."""
    _refuse_unpublished(party)
    return papers.party_pdf(request, party)


@by_link
def own_calendar(request: HttpRequest, party: Party) -> HttpResponse:
    """One's own agenda for a calendar."""
    _refuse_unpublished(party)
    return papers.party_ics(request, party)


def _refuse_unpublished(party: Party) -> None:
    if not party.round.is_public:
        raise NotVisible(
            "rounds.agenda.unpublished", _("La agenda todavía no se publicó. Vuelva más tarde.")
        )
