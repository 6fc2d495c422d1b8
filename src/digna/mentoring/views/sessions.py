"""Sessions: noted in three taps, planned, corrected; a whole group at once."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from digna.accounts import doing
from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.mentoring import access
from digna.mentoring.forms.pairs import MOODS, GroupForm, PlanForm, QuickForm, SessionForm
from digna.mentoring.models import Channel, Happened, MentoringSession, Pair
from digna.mentoring.services import meetings
from digna.mentoring.views.pairs import address, by_of


def _usual(pair: Pair) -> str:
    """The channel of the last session, else what the two agreed, else a WhatsApp call."""
    last = pair.sessions.exclude(channel="").filter(happened=Happened.HELD).first()
    if last is not None:
        return last.channel
    agreed = getattr(pair, "agreement", None)
    return agreed.channel if agreed is not None else str(Channel.WHATSAPP)


@door(access.LOG)
def log(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note a session: today and the usual channel are chosen; the last tap says how it went."""
    row = access.pair(request.user, key, access.LOG)
    form = QuickForm(request.POST or None, initial={"channel": _usual(row)})
    if request.method == "POST" and form.is_valid():
        given = form.given
        given["happened"] = given["happened"] or Happened.HELD
        mood_of = meetings.MENTOR
        if not by_of(request, row):
            given["mood"] = None  # the coordinator does not say how others feel
        try:
            made = meetings.log_session(
                actor=actor.of_request(request, intention=form.intended),
                pair=row,
                mood_of=mood_of,
                **given,
            )
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Sesión anotada. Puede agregar los acuerdos."))
            return redirect(f"{address(row)}#sesion-{made.pk}")
    context = {
        "pair": row,
        "form": form,
        "moods": MOODS,
        "is_mentor": bool(by_of(request, row)),
    }
    return render(request, "mentoring/log.html", context, status=422 if form.errors else 200)


def _group(request: HttpRequest, row: Pair) -> Any:
    """The active pairs of the same mentor in the same cohort that this user may log for."""
    return (
        access.visible_pairs(request.user, access.LOG)
        .filter(cohort=row.cohort, mentor=row.mentor, state=Pair.State.ACTIVE)
        .select_related("application__person", "mentor__person", "cohort")
        .order_by("pk")
    )


@door(access.LOG)
def log_group(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note one meeting of a whole group."""
    row = access.pair(request.user, key, access.LOG)
    pairs = _group(request, row)
    form = GroupForm(request.POST or None, pairs=pairs, initial={"channel": _usual(row)})
    if request.method == "POST" and form.is_valid():
        given = form.given
        given.pop("happened")
        if not by_of(request, row):
            given["mood"] = None
        try:
            made = meetings.log_group(
                actor=actor.of_request(request, intention=form.intended),
                pairs=list(pairs),
                **given,
            )
        except Refused as problem:
            form.refuse(problem)
        else:
            told = ngettext("Sesión anotada para %(n)s.", "Sesión anotada para %(n)s.", len(made))
            messages.success(request, told % {"n": len(made)})
            return redirect("mentoring:cohorts")
    context = {
        "pair": row, "pairs": pairs, "form": form, "moods": MOODS, "is_group": True,
        "is_mentor": bool(by_of(request, row)),
    }  # fmt: skip
    return render(request, "mentoring/log.html", context, status=422 if form.errors else 200)


@door(access.LOG)
def plan(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Put the next session in the diary."""
    row = access.pair(request.user, key, access.LOG)
    return doing.form_page(
        request,
        PlanForm(request.POST or None, initial={"channel": _usual(row)}),
        lambda act, given: meetings.plan_session(actor=act, pair=row, **given.given),
        template="mentoring/chip_form.html",
        title=_("Agendar la próxima sesión"),
        action=_("Agendar"),
        back=address(row),
        done=_("Agendada. Está en el calendario de la pareja."),
    )


@door(access.LOG)
def session(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct or complete a session."""
    row = access.session(request.user, key)
    names = ("on", "at", "happened", "channel", "minutes", "agreed")
    return doing.form_page(
        request,
        SessionForm(request.POST or None, initial={n: getattr(row, n) for n in names}),
        lambda act, given: meetings.correct_session(actor=act, session=row, **given.given),
        template="mentoring/chip_form.html",
        title=_("Sesión de %(pair)s") % {"pair": row.pair},
        action=_("Guardar"),
        back=address(row.pair),
        done=_("Guardado."),
    )


@door(access.LOG)
@require_POST
def remove_session(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take out a session noted by mistake."""
    row: MentoringSession = access.session(request.user, key)
    meetings.remove_session(actor=actor.of_request(request), session=row)
    messages.success(request, _("Quitada."))
    return redirect(address(row.pair))
