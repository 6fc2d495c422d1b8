"""One pair: answered, its agreement, goals, notes; changed without blame, completed."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import doing, rights
from digna.accounts.doors import door
from digna.errors import DomainError, NotVisible
from digna.journal import actor
from digna.journal.history import history
from digna.mentoring import access, instruments
from digna.mentoring.forms.pairs import (
    ActForm,
    AgreementForm,
    ChangeForm,
    CloseForm,
    DeclineForm,
    FollowUpForm,
    GoalForm,
    NoteForm,
    SettleForm,
)
from digna.mentoring.models import Agreement, Happened, Pair
from digna.mentoring.selectors import health
from digna.mentoring.services import meetings
from digna.mentoring.services import pairs as services
from digna.mentoring.views.cohorts import calendar_file
from digna.web import links, pdf


def address(pair: Pair) -> str:
    """Return where a pair's page is."""
    return reverse("mentoring:pair", args=[pair.public_id])


def by_of(request: HttpRequest, pair: Pair) -> str:
    """Return whose hand writes: the mentor's own, or nobody's of the two."""
    return meetings.MENTOR if pair.mentor.user == request.user else ""


@door(access.ENTER)
def pair(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Everything of a pair that this user may see; notes only their own."""
    row = access.pair(request.user, key)
    today = timezone.localdate()
    (state,) = health.of_pairs([row], today)
    sessions = list(row.sessions.select_related("logged_by"))
    agreement = Agreement.objects.filter(pair=row).first()
    context = {
        "pair": row,
        "health": state,
        "is_active": row.state == Pair.State.ACTIVE,
        "is_asked": state.state == Pair.State.ASKED,
        "agreement": agreement,
        "goals": list(row.goals.all()),
        "planned": [s for s in sessions if s.happened == Happened.PLANNED],
        "sessions": [s for s in sessions if s.happened != Happened.PLANNED],
        "notes": list(access.own_notes(request.user, row)),
        "follow_ups": list(row.follow_ups.select_related("by")),
        "before": row.follows,
        "after": row.followed_by.first(),
        "may_log": access.visible_pairs(request.user, access.LOG).filter(pk=row.pk).exists(),
        "may_edit": access.visible_pairs(request.user, access.EDIT).filter(pk=row.pk).exists(),
        "may_see_cohort": rights.may(request.user, access.SEE),
        "is_mentor": row.mentor.user == request.user,
        "note_form": NoteForm(prefix="note"),
        "goal_form": GoalForm(prefix="goal"),
        "follow_form": FollowUpForm(prefix="follow"),
        "act_form": ActForm(),
        "history": history(row),
    }
    return render(request, "mentoring/pair.html", context)


@door(access.LOG)
@require_POST
def accept(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The mentor says yes."""
    row = access.pair(request.user, key, access.LOG)
    form = ActForm(request.POST)
    if form.is_valid():
        try:
            services.accept(actor=doing.who(request, form), pair=row)
        except DomainError as problem:
            messages.error(request, str(problem.message))
        else:
            messages.success(request, _("La pareja está en marcha. Lo primero: el acuerdo."))
    return redirect(address(row))


@door(access.LOG)
def decline(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The mentor says no; nobody asks why."""
    row = access.pair(request.user, key, access.LOG)
    return doing.form_page(
        request,
        DeclineForm(request.POST or None),
        lambda act, given: services.decline(
            actor=act, pair=row, stays_available=not given.cleaned_data["is_unavailable"]
        ),
        title=_("Esta vez no puedo acompañar"),
        sentence=_(
            "No hace falta dar un motivo. El lugar queda libre y buscaremos a otra persona."
        ),
        action=_("Responder que no"),
        back=address(row),
        done=_("Gracias por responder."),
        to=lambda _made: reverse("mentoring:cohorts"),
    )


@door(access.LOG)
def agreement(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write down what the two agreed."""
    row = access.pair(request.user, key, access.LOG)
    standing = Agreement.objects.filter(pair=row).first()
    names = ("agreed_on", "how_often", "channel", "aims", "care_note")
    initial: dict[str, Any] = {"care_note": row.application.constraints_note}
    if standing is not None:
        initial = {name: getattr(standing, name) for name in names}
    return doing.form_page(
        request,
        AgreementForm(request.POST or None, initial=initial),
        lambda act, given: meetings.agree(
            actor=act, pair=row, by=by_of(request, row), **given.given
        ),
        template="mentoring/chip_form.html",
        title=_("Acuerdo de inicio"),
        sentence=" ".join(instruments.sentences(row.cohort.terms.get("agreement", {}))),
        action=_("Guardar el acuerdo"),
        back=address(row),
        done=_("Guardado. La otra persona lo acepta desde su enlace."),
    )


@door(access.LOG)
@require_POST
def accept_agreement(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The mentor accepts the agreement; the coordinator may note it of either of the two."""
    row = access.pair(request.user, key, access.LOG)
    standing = Agreement.objects.filter(pair=row).first()
    form = ActForm(request.POST)
    if standing is not None and form.is_valid():
        by = meetings.MENTEE if "mentee" in request.POST else meetings.MENTOR
        if by == meetings.MENTEE and by_of(request, row):
            raise NotVisible("mentoring.not_visible", _("Eso lo acepta la otra persona."))
        meetings.accept_agreement(actor=doing.who(request, form), agreement=standing, by=by)
        messages.success(request, _("Aceptado."))
    return redirect(address(row))


@door(access.ENTER)
def agreement_paper(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The agreement on A4, to sign."""
    row = access.pair(request.user, key)
    standing = Agreement.objects.filter(pair=row).first()
    if standing is None:
        raise NotVisible("mentoring.no_agreement", _("Esta pareja todavía no tiene su acuerdo."))
    terms = row.cohort.terms
    context = {
        "pair": row,
        "agreement": standing,
        "points": instruments.sentences(terms.get("agreement", {})),
        "conduct": instruments.sentences(terms.get("conduct", {})),
        "goals": list(row.goals.all()),
        "qr": links.qr(request.build_absolute_uri(address(row)), scale=3),
    }
    return pdf.response(request, "mentoring/agreement_paper.html", context, "acuerdo-mentoria")


@door(access.LOG)
@require_POST
def set_goal(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Set a goal."""
    row = access.pair(request.user, key, access.LOG)
    form = GoalForm(request.POST, prefix="goal")
    return _kept(
        request, row, form, lambda act: meetings.set_goal(actor=act, pair=row, **form.given)
    )


def _kept(request: HttpRequest, row: Pair, form: Any, do: Any) -> HttpResponse:
    """Do what a small form of the page asks; what is wrong is told and what was typed stays."""
    if not form.is_valid():
        title = _("Falta algo")
        context = {"form": form, "title": title, "action": _("Guardar"), "back_url": address(row)}
        return render(request, "web/form.html", context, status=422)
    try:
        do(actor.of_request(request, intention=form.intended))
    except DomainError as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, _("Guardado."))
    return redirect(address(row))


@door(access.LOG)
@require_POST
def settle_goal(request: HttpRequest, key: uuid.UUID, goal: int) -> HttpResponse:
    """A goal was reached, was dropped, or is open again."""
    row = access.pair(request.user, key, access.LOG)
    one = row.goals.filter(pk=goal).first()
    if one is None:
        raise NotVisible("mentoring.not_visible", _("No hay tal meta."))
    form = SettleForm(request.POST)
    return _kept(
        request, row, form, lambda act: meetings.settle_goal(actor=act, goal=one, **form.given)
    )


@door(access.LOG)
@require_POST
def keep_note(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Keep a note for oneself."""
    row = access.pair(request.user, key, access.LOG)
    form = NoteForm(request.POST, prefix="note")
    return _kept(
        request, row, form, lambda act: meetings.keep_note(actor=act, pair=row, **form.given)
    )


@door(access.LOG)
@require_POST
def remove_note(request: HttpRequest, note: int) -> HttpResponse:
    """Take away one's own note."""
    one = access.own_note(request.user, note)
    meetings.remove_note(actor=actor.of_request(request), note=one)
    messages.success(request, _("Quitada."))
    return redirect(address(one.pair))


@door(access.EDIT)
@require_POST
def follow_up(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note what was done about a pair."""
    row = access.pair(request.user, key, access.EDIT)
    form = FollowUpForm(request.POST, prefix="follow")
    return _kept(
        request, row, form, lambda act: meetings.note_follow_up(actor=act, pair=row, **form.given)
    )


@door(access.EDIT)
def change(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """End a pair so that the mentee can have another."""
    row = access.pair(request.user, key, access.EDIT)
    return doing.form_page(
        request,
        ChangeForm(request.POST or None),
        lambda act, given: services.change(actor=act, pair=row, **given.given),
        template="mentoring/chip_form.html",
        title=_("Cambio de pareja"),
        sentence=_(
            "Cambiar es parte de la mentoría y no es culpa de nadie. Lo vivido queda en la "
            "historia y quien emprende entra en el próximo borrador."
        ),
        action=_("Cambiar la pareja"),
        back=address(row),
        done=_("Hecho. Arme un borrador para hallar a otra persona."),
        to=lambda _made: reverse("mentoring:drafts", args=[row.cohort.public_id]),
    )


@door(access.LOG)
def close(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Complete a pair."""
    row = access.pair(request.user, key, access.LOG)
    return doing.form_page(
        request,
        CloseForm(request.POST or None),
        lambda act, given: services.close(actor=act, pair=row, **given.given),
        title=_("Completar la mentoría"),
        sentence=_("Celebre lo logrado y revise las metas antes de cerrar."),
        action=_("Completar"),
        back=address(row),
        done=_("La mentoría quedó completada."),
    )


@door(access.ENTER)
def pair_calendar(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The sessions of a pair as a calendar file."""
    row = access.pair(request.user, key)
    return calendar_file([row], str(row))
