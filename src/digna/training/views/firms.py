"""A firm's way through its cycle: what is missing, every step, and what undoes it."""

import uuid
from datetime import date
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
from digna.certificates import selectors as certificates
from digna.errors import Refused
from digna.improvement.services import measurements
from digna.journal.actor import Actor
from digna.training import access, lacks, outcomes
from digna.training.forms.cycles import ParticipantForm, PlanForm, TeamForm
from digna.training.forms.pages import ActForm, DayForm, DayReasonForm, DropForm, ReasonForm
from digna.training.forms.visits import NextVisitForm
from digna.training.models import CycleFirm
from digna.training.selectors import ways
from digna.training.services import moves, visits, workshops


def url_of(row: CycleFirm) -> str:
    """Return the address of a firm's way."""
    return reverse("training:firm", args=[row.public_id])


@door(access.SEE_FIRM)
def firm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Where the firm stands, what comes next and what that lacks."""
    row = access.firm(request.user, key, access.SEE_FIRM)
    return _page(request, row)


def _page(request: HttpRequest, row: CycleFirm, problem: Refused | None = None) -> HttpResponse:
    today = timezone.localdate()
    can_edit = access.may_edit(request.user, row.cycle)
    context = {
        "firm": row,
        "cycle": row.cycle,
        "way": ways.way(row, today),
        "visits": ways.visits(row),
        "open_steps": ways.open_steps(row),
        "participants": list(row.participants.select_related("person")),
        "team": list(row.team.filter(until=None).select_related("person")),
        "board": outcomes.board_of(row.enterprise, today),
        "payback": outcomes.payback_of(row),
        "certificates": list(certificates.of_reference(row.public_id)),
        "can_edit": can_edit,
        "can_see_cycle": rights.may(request.user, access.SEE),
        "can_approve": access.may(request.user, row.cycle, access.APPROVE),
        "form": DayForm(),
        "act": ActForm(),
        "problem": problem,
    }
    status = problem.status if problem is not None else 200
    return render(request, "training/firm.html", context, status=status)


@door(access.EDIT)
@require_POST
def advance(request: HttpRequest, key: uuid.UUID, to: str) -> HttpResponse:
    """Take the next step; a refusal shows the page with everything missing, each with its link."""
    row = access.firm(request.user, key, access.EDIT)
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, row, Refused("training.firm.day", _("Escriba la fecha del paso.")))
    try:
        _advance(doing.who(request, form), row, to, form.cleaned_data["on"])
    except Refused as problem:
        return _page(request, access.firm(request.user, key, access.EDIT), problem)
    messages.success(request, _("Anotado: %(state)s.") % {"state": lacks.state_word(to)})
    return redirect(url_of(row))


def _advance(who: Actor, row: CycleFirm, to: str, on: date) -> None:
    if to == "certificate_issued":
        moves.issue_certificate(actor=who, firm=row, on=on)
    else:
        moves.advance(actor=who, firm=row, to=to, on=on)


def _reasoned(
    request: HttpRequest,
    row: CycleFirm,
    do: Any,
    form: Any,
    *,
    title: str,
    sentence: str,
    done: str,
    is_grave: bool = False,
) -> HttpResponse:
    return doing.form_page(
        request,
        form,
        do,
        title=title,
        sentence=sentence,
        action=title,
        back=url_of(row),
        done=done,
        template="web/confirm.html",
        context={"is_grave": is_grave},
    )


@door(access.APPROVE)
def admit(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Admit a firm of another size, in writing."""
    row = access.firm(request.user, key, access.APPROVE)
    return _reasoned(
        request, row,
        lambda who, form: moves.admit(actor=who, firm=row, on=form.cleaned_data["on"]),
        DayReasonForm(request.POST or None),
        title=_("Admitir por escrito"),
        sentence=_("%(name)s queda admitida aunque su tamaño no sea el del módulo; "
                   "su razón queda a la vista.") % {"name": row.enterprise},
        done=_("La empresa quedó admitida."),
    )  # fmt: skip


@door(access.EDIT)
def drop(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note that a firm leaves."""
    row = access.firm(request.user, key, access.EDIT)

    def do(who: Actor, form: Any) -> CycleFirm:
        given = form.cleaned_data
        noted = Actor(user=who.user, at=who.at, device=who.device, intention=who.intention,
                      reason=given["note"])  # fmt: skip
        return moves.drop(actor=noted, firm=row, reason=given["reason"], on=given["on"])

    return _reasoned(
        request, row, do, DropForm(request.POST or None),
        title=_("La empresa deja el ciclo"),
        sentence=_("Lo registrado se conserva y el paso se puede deshacer."),
        done=_("Anotamos que la empresa dejó el ciclo."), is_grave=True,
    )  # fmt: skip


@door(access.EDIT)
def close(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Close a way whose data will never come."""
    row = access.firm(request.user, key, access.EDIT)
    return _reasoned(
        request, row,
        lambda who, form: moves.close_without_data(
            actor=who, firm=row, on=form.cleaned_data["on"]),
        DayReasonForm(request.POST or None),
        title=_("Cerrar sin datos"),
        sentence=_("Para cuando los datos ya no llegarán. No habrá certificado."),
        done=_("La empresa quedó cerrada sin datos."), is_grave=True,
    )  # fmt: skip


@door(access.EDIT)
def pause(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Pause a way."""
    row = access.firm(request.user, key, access.EDIT)
    return _reasoned(
        request, row, lambda who, _form: moves.pause(actor=who, firm=row),
        ReasonForm(request.POST or None),
        title=_("Poner en pausa"),
        sentence=_("No avanza ni aparece por perseguir hasta que la reanude."),
        done=_("La empresa quedó en pausa."),
    )  # fmt: skip


@door(access.EDIT)
def resume(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a way up again."""
    row = access.firm(request.user, key, access.EDIT)
    return _reasoned(
        request, row, lambda who, _form: moves.resume(actor=who, firm=row),
        ActForm(request.POST or None),
        title=_("Reanudar"),
        sentence=_("%(name)s sigue desde donde estaba.") % {"name": row.enterprise},
        done=_("La empresa sigue su ciclo."),
    )  # fmt: skip


@door(access.APPROVE)
def waive(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Let a firm be certified without an endline, in writing."""
    row = access.firm(request.user, key, access.APPROVE)
    return _reasoned(
        request, row, lambda who, _form: moves.waive_endline(actor=who, firm=row),
        ReasonForm(request.POST or None),
        title=_("Dispensar la línea final"),
        sentence=_("Queda escrito quién la dispensa y por qué; los informes lo dirán."),
        done=_("La línea final quedó dispensada."),
    )  # fmt: skip


@door(access.EDIT)
def undo(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Undo the last step, with the reason."""
    row = access.firm(request.user, key, access.EDIT)
    return _reasoned(
        request, row, lambda who, _form: moves.undo_last(actor=who, firm=row),
        ReasonForm(request.POST or None),
        title=_("Deshacer el último paso"),
        sentence=_("La empresa está en «%(state)s». Si tenía certificado de este ciclo, se anula.")
        % {"state": lacks.state_word(row.state)},
        done=_("Deshicimos el paso."), is_grave=True,
    )  # fmt: skip


@door(access.EDIT)
def measure(request: HttpRequest, key: uuid.UUID, point: str) -> HttpResponse:
    """Open the measurement a step waits for and go to it in the firm's board."""
    row = access.firm(request.user, key, access.EDIT)
    held = outcomes.held(row.public_id, point)
    if held.measurement is not None:
        return redirect(reverse("improvement:measurement", args=[held.measurement.public_id]))
    words = {
        "baseline": _("Abrir la línea base"),
        "endline": _("Abrir la línea final"),
        "year_after": _("Abrir la visita al año"),
    }
    if point not in words:
        return redirect(url_of(row))
    return doing.form_page(
        request,
        DayForm(request.POST or None),
        lambda who, form: measurements.open_measurement(
            actor=who,
            enterprise=row.enterprise,
            point=point,
            on=form.cleaned_data["on"],
            occasion=row.public_id,
        ),
        title=words[point],
        sentence=_("Puede quedar a medias y crecer; aquí se dirá qué le falta."),
        action=_("Comenzar"),
        back=url_of(row),
        done=_("Puede anotar los datos."),
        to=lambda made: reverse("improvement:measurement", args=[made.public_id]),
    )


@door(access.EDIT)
def participants(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Seat somebody of the firm in the cycle."""
    row = access.firm(request.user, key, access.EDIT)

    def do(who: Actor, form: Any) -> object:
        given = form.given
        if given["person"] is None:
            del given["person"]
            return workshops.seat_newcomer(actor=who, firm=row, **given)
        return workshops.add_participant(
            actor=who, firm=row, person=given["person"], role=given["role"]
        )

    return doing.form_page(
        request,
        ParticipantForm(request.POST or None, user=request.user, firm=row),
        do,
        title=_("Agregar participante"),
        sentence=_("Por cada empresa, dos de gerencia y dos que trabajen."),
        action=_("Agregar"),
        back=url_of(row),
        done=_("Agregamos a la persona."),
        to=lambda _made: (
            reverse("training:participants", args=[key]) if "more" in request.POST else url_of(row)
        ),
        template="training/participants.html",
        context={"firm": row, "seated": list(row.participants.select_related("person"))},
    )


@door(access.EDIT)
@require_POST
def remove_participant(request: HttpRequest, key: uuid.UUID, pk: int) -> HttpResponse:
    """Take somebody off the firm's list."""
    row = access.firm(request.user, key, access.EDIT)
    form = ActForm(request.POST)
    seat = row.participants.filter(pk=pk).first()
    if seat is not None and form.is_valid():
        workshops.remove_participant(actor=doing.who(request, form), participant=seat)
        messages.success(request, _("Quitamos a la persona de la lista."))
    return redirect("training:participants", key)


@door(access.EDIT)
def team(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The firm's improvement team."""
    row = access.firm(request.user, key, access.EDIT)
    inside = set(row.team.filter(until=None).values_list("person_id", flat=True))
    standing = [seat.pk for seat in row.participants.all() if seat.person_id in inside]
    return doing.form_page(
        request,
        TeamForm(request.POST or None, firm=row, initial={"members": standing}),
        lambda who, form: moves.set_team(
            actor=who,
            firm=row,
            members=[(seat.person, seat.role) for seat in form.cleaned_data["members"]],
            on=form.cleaned_data["on"],
        ),
        title=_("Equipo de mejora"),
        sentence=_("Quienes llevan adelante el plan de mejora."),
        action=_("Guardar el equipo"),
        back=url_of(row),
        done=_("Guardamos el equipo."),
    )


@door(access.EDIT)
def plan(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The firm's improvement plan."""
    row = access.firm(request.user, key, access.EDIT)
    initial = {"plan": row.plan, "approved_by": row.plan_approved_by}
    if row.plan_approved_on is not None:
        initial["on"] = row.plan_approved_on.isoformat()
    return doing.form_page(
        request,
        PlanForm(request.POST or None, initial=initial),
        lambda who, form: moves.approve_plan(actor=who, firm=row, **form.given),
        title=_("Plan de mejora"),
        action=_("Guardar el plan"),
        back=url_of(row),
        done=_("Guardamos el plan."),
    )


@door(access.EDIT)
def plan_visit(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The day of the next visit."""
    row = access.firm(request.user, key, access.EDIT)
    return doing.form_page(
        request,
        NextVisitForm(request.POST or None),
        lambda who, form: visits.plan_visit(actor=who, firm=row, on=form.cleaned_data["on"]),
        title=_("Fijar la próxima visita"),
        action=_("Guardar"),
        back=url_of(row),
        done=_("La fecha está en su agenda."),
    )
