"""The agenda: computed, reviewed, ruled by hand, published, exported."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.linkages.views import listing
from digna.rounds import access, forms, gathering, tasks
from digna.rounds.models import BusinessRound, Ruling, Timetable
from digna.rounds.selectors import agendas
from digna.rounds.services import timetables as services
from digna.rounds.views import doing
from digna.rounds.views.rounds import context_of

State = Timetable.State


@door(access.SEE)
def timetables(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The published agenda as a grid, the drafts, and a new computation."""
    row = access.round_of(request.user, key)
    asked = request.GET.get("desde", "")
    initial = {"from_slot": int(asked)} if asked.isdigit() else {}
    return _timetables(request, row, forms.SolveForm(round=row, initial=initial))


def _timetables(request: HttpRequest, row: BusinessRound, form: Any) -> HttpResponse:
    slots, rows = agendas.grid(row, agendas.places_of(agendas.agenda(row)))
    found = list(row.timetables.select_related("created_by"))
    context = context_of(request, row, "timetables") | {
        "form": form,
        "versions": found,
        "working": next((one for one in found if one.state == State.WORKING), None),
        "slots": slots,
        "rows": rows,
        "rulings": agendas.rulings(row),
        "can_compute": row.stage in services.COMPUTES,
    }
    status = 422 if form.errors else 200
    return render(request, "rounds/timetables.html", context, status=status)


@door(access.EDIT)
@require_POST
def begin(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ask for a timetable; the worker computes it."""
    row = access.round_of(request.user, key, access.EDIT)
    form = forms.SolveForm(request.POST, round=row)
    if not form.is_valid():
        return _timetables(request, row, form)

    def do(who: Any) -> None:
        made = services.begin(actor=who, round=row, **form.given)
        tasks.solve.enqueue(made.pk)

    return doing.act(  # type: ignore[no-any-return]
        request, do, back=reverse("rounds:timetables", args=[key])
    )


@door(access.SEE)
def progress(request: HttpRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """How far a computation is: asked for again until it is done, then the page is shown anew."""
    row = access.timetable(access.round_of(request.user, key), number)
    response = render(request, "rounds/parts/working.html", {"working": row, "round": row.round,
                      "gone": _gone(row)})  # fmt: skip
    if row.state != State.WORKING:
        response.headers["HX-Refresh"] = "true"
    return response


def _gone(row: Timetable) -> int:
    return min(int((timezone.now() - row.created_at).total_seconds()), row.seconds)


@door(access.SEE)
def timetable(request: HttpRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """One version: how good it is, what it leaves out and why, what it changes."""
    row = access.round_of(request.user, key)
    one = access.timetable(row, number)
    context = context_of(request, row, "timetables") | {
        "timetable": one,
        "review": agendas.review(one) if one.told else None,
        "is_draft": one.state == State.DRAFT,
        "is_stale": one.state == State.DRAFT and gathering.is_stale(one),
        "is_again": row.stage == BusinessRound.Stage.PUBLISHED,
    }
    return render(request, "rounds/timetable.html", context)


@door(access.EDIT)
@require_POST
def publish(request: HttpRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """Make a draft the agenda everybody sees."""
    row = access.round_of(request.user, key, access.EDIT)
    one = access.timetable(row, number)
    return doing.act(  # type: ignore[no-any-return]
        request,
        lambda who: services.publish(actor=who, timetable=one),
        back=reverse("rounds:notices" if row.is_public else "rounds:timetables", args=[key]),
        done=_("La agenda está publicada: cada participante ve la suya en su enlace."),
    )


@door(access.EDIT)
def rule_pair(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A pair decided by hand."""
    row = access.round_of(request.user, key, access.EDIT)
    names = {"comprador": "buyer", "empresa": "firm", "turno": "slot"}
    initial = {name: request.GET.get(asked) for asked, name in names.items()}
    return doing.form_page(
        request,
        forms.RulingForm(request.POST or None, round=row, initial=initial),
        lambda who, form: services.rule_pair(actor=who, **form.given),
        title=_("Fijar o vetar una reunión"),
        action=_("Guardar"),
        back=reverse("rounds:timetables", args=[key]),
        done=_("Guardado. Vale desde el próximo cálculo."),
        context={"sentence": _("Elija el turno en que se reúnen, o ninguno para que no lo hagan.")},
    )


@door(access.EDIT)
@require_POST
def unrule_pair(request: HttpRequest, key: uuid.UUID, ruling: int) -> HttpResponse:
    """Take a decision back."""
    row = access.round_of(request.user, key, access.EDIT)
    found = Ruling.objects.filter(buyer__round=row, pk=ruling).select_related("buyer__round")
    return doing.act(  # type: ignore[no-any-return]
        request,
        lambda who: [services.unrule_pair(actor=who, ruling=one) for one in found],
        back=reverse("rounds:timetables", args=[key]),
        done=_("Quitada. Vale desde el próximo cálculo."),
    )


@door(access.SEE)
def export_agenda(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The published agenda, for a spreadsheet."""
    row = access.round_of(request.user, key)
    header = (
        _("Turno"), _("Hora"), _("Mesa"), _("Comprador"), _("Empresa"), _("Intérprete"),
        _("Modalidad"), _("Estado"),
    )  # fmt: skip
    told = (
        (
            m.slot.number, forms.slot_label(m.slot), m.table, m.buyer.name, m.firm.name,
            "" if m.interpreter is None else m.interpreter.name, m.get_mode_display(),
            m.get_state_display(),
        )
        for m in agendas.agenda(row) if m.slot is not None
    )  # fmt: skip
    return listing.file(request, f"agenda-{slugify(row.title)[:40]}", header, told)
