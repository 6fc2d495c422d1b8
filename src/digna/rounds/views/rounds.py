"""Rounds: the list, a new one, its summary, its stages, its slots and interpreters."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.journal import actor
from digna.linkages.views import listing
from digna.rounds import access, forms
from digna.rounds.models import BusinessRound
from digna.rounds.selectors import rounds as selectors
from digna.rounds.services import guards
from digna.rounds.services import rounds as services
from digna.rounds.views import doing

PAGE = 30
Stage = BusinessRound.Stage


def context_of(request: HttpRequest, row: BusinessRound, here: str) -> dict[str, Any]:
    """Return what every face of a round shows."""
    words, now = selectors.stages(row)
    may_edit = access.may_edit(request.user, row)
    faces = {
        "round": _("Resumen"),
        "slots": _("Turnos"),
        "parties": _("Participantes"),
        "timetables": _("Agenda"),
        "floor": _("Sala"),
        "meetings": _("Fichas"),
        "follow_ups": _("Seguimiento"),
        "result": _("Resultado"),
    }
    return {
        "round": row,
        "tabs": [
            {"label": label, "url": reverse(f"rounds:{name}", args=[row.public_id]),
             "is_here": name == here}
            for name, label in faces.items()
        ],
        "steps": words,
        "now": now,
        "can_edit": may_edit,
        "can_change": may_edit and row.stage in guards.NOT_OVER,
        "act_form": forms.ActForm(),
    }  # fmt: skip


@door(access.SEE)
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round one may see, the latest first."""
    q, stage = request.GET.get("q", ""), request.GET.get("etapa", "")
    counts = selectors.stage_counts(request.user)
    labels = {"": _("Todas")} | {
        value: str(label).capitalize() for value, label in Stage.choices if value in counts
    }
    counts[""] = sum(counts.values())
    rows = selectors.rounds(request.user, q, stage)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("pagina")),
        "filters": listing.chips(request, "etapa", labels, counts),
        "asked": {"q": q, "stage": stage},
        "is_filtered": bool(q or stage),
    }
    return render(request, "rounds/rounds.html", context)


@door(access.SEE)
def export_rounds(request: HttpRequest) -> HttpResponse:
    """The list of rounds, for a spreadsheet."""
    rows: Any
    header = (
        _("Rueda"), _("Fecha"), _("Etapa"), _("Programa"), _("Compradores inscritos"),
        _("Empresas inscritas"), _("Reuniones agendadas"), _("Reuniones realizadas"),
    )  # fmt: skip
    rows = selectors.rounds(request.user, request.GET.get("q", ""), request.GET.get("etapa", ""))
    told = (
        (
            row.title, row.held_on, row.get_stage_display(), row.programme.name,
            row.buyer_count, row.firm_count, row.meeting_count, row.held_count,
        )
        for row in rows
    )  # fmt: skip
    return listing.file(request, "ruedas", header, told)


@door(access.EDIT)
def create_round(request: HttpRequest) -> HttpResponse:
    """A new round."""
    programmes = list(access.programmes_of(request.user)[:2])
    initial: dict[str, Any] = {"held_on": timezone.localdate()}
    if len(programmes) == 1:
        initial["programme"] = programmes[0].pk
    return doing.form_page(
        request,
        forms.RoundForm(request.POST or None, user=request.user, initial=initial),
        lambda who, form: services.create_round(actor=who, **form.given),
        title=_("Nueva rueda de negocios"),
        action=_("Crear la rueda"),
        back=reverse("rounds:rounds"),
        done=_("Creamos la rueda. Programe sus turnos."),
        to=lambda made: reverse("rounds:slots", args=[made.public_id]),
    )


@door(access.EDIT)
def change_round(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What the round says of itself."""
    row = access.round_of(request.user, key, access.EDIT)
    form = forms.RoundForm(
        request.POST or None, user=request.user, initial=forms.round_initial(row)
    )
    return doing.form_page(
        request,
        form,
        lambda who, form: services.change_round(actor=who, round=row, **form.given),
        title=_("Corregir la rueda"),
        action=_("Guardar"),
        back=reverse("rounds:round", args=[key]),
        done=_("Guardamos los cambios."),
    )


@door(access.SEE)
def round_(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The summary: where it stands and what comes next."""
    row = access.round_of(request.user, key)
    found = selectors.summary(row)
    context = context_of(request, row, "round") | {
        "summary": found,
        "turns": _turns(row),
        "lacks_slots": not found.slot_count,
    }
    return render(request, "rounds/round.html", context)


def _turns(row: BusinessRound) -> list[dict[str, str]]:
    """Return the buttons by which a round goes on, or back."""
    words = {
        Stage.PREPARING: [(Stage.OPEN, _("Abrir la inscripción"), "now")],
        Stage.OPEN: [(Stage.CLOSED, _("Cerrar la inscripción"), "now")],
        Stage.CLOSED: [(Stage.OPEN, _("Volver a abrir la inscripción"), "")],
        Stage.PUBLISHED: [(Stage.HELD, _("Dar la rueda por realizada"), "")],
        Stage.CANCELLED: [(Stage.PREPARING, _("Reponer la rueda"), "")],
    }
    return [
        {"stage": stage, "label": label, "kind": kind}
        for stage, label, kind in words.get(row.stage, [])  # type: ignore[call-overload]
    ]


@door(access.EDIT)
@require_POST
def move_round(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Another stage."""
    row = access.round_of(request.user, key, access.EDIT)
    stage = request.POST.get("stage", "")
    return doing.act(  # type: ignore[no-any-return]
        request,
        lambda who: services.move_to(actor=who, round=row, stage=stage),
        back=reverse("rounds:round", args=[key]),
        done=_("Hecho."),
    )


@door(access.EDIT)
def cancel_round(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Call a round off."""
    row = access.round_of(request.user, key, access.EDIT)
    return doing.form_page(
        request,
        forms.ActForm(request.POST or None),
        lambda who, _form: services.move_to(actor=who, round=row, stage=Stage.CANCELLED),
        title=_("Cancelar la rueda"),
        action=_("Cancelar la rueda"),
        back=reverse("rounds:round", args=[key]),
        done=_("La rueda quedó cancelada."),
        template="web/confirm.html",
        context={
            "is_grave": True,
            "sentence": _("Nada se borra. Los enlaces personales dirán que se canceló."),
        },
    )


@door(access.SEE)
def slots(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The slots of the day, and who interprets."""
    right = access.EDIT if request.method == "POST" else access.SEE
    row = access.round_of(request.user, key, right)
    form = forms.SlotsForm(request.POST or None, round=row)
    if request.method == "POST" and form.is_valid():
        return doing.form_page(
            request,
            form,
            lambda who, form: services.plan_slots(actor=who, round=row, **form.given),
            title=_("Turnos"),
            action=_("Programar"),
            back=reverse("rounds:slots", args=[key]),
            done=_("Programamos los turnos."),
        )
    context = context_of(request, row, "slots") | {
        "slots": list(row.slots.all()),
        "interpreters": list(row.interpreters.all()),
        "form": form,
        "can_plan": row.stage in guards.BEFORE,
    }
    return render(request, "rounds/slots.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
@require_POST
def turn_slot(request: HttpRequest, key: uuid.UUID, slot: int) -> HttpResponse:
    """Make a slot a break, or a break a slot."""
    row = access.slot(access.round_of(request.user, key, access.EDIT), slot)
    return doing.act(  # type: ignore[no-any-return]
        request,
        lambda who: services.turn_slot(actor=who, slot=row, is_break=not row.is_break),
        back=reverse("rounds:slots", args=[key]),
    )


@door(access.EDIT)
def add_interpreter(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Somebody who interprets."""
    row = access.round_of(request.user, key, access.EDIT)
    return doing.form_page(
        request,
        forms.InterpreterForm(request.POST or None),
        lambda who, form: services.add_interpreter(actor=who, round=row, **form.given),
        title=_("Agregar intérprete"),
        action=_("Agregar"),
        back=reverse("rounds:slots", args=[key]),
        done=_("Agregado."),
    )


@door(access.EDIT)
@require_POST
def remove_interpreter(request: HttpRequest, key: uuid.UUID, person: int) -> HttpResponse:
    """Take an interpreter off."""
    row = access.interpreter(access.round_of(request.user, key, access.EDIT), person)
    services.remove_interpreter(actor=actor.of_request(request), interpreter=row)
    messages.success(request, _("Quitado."))
    return redirect("rounds:slots", key)
