"""One workshop: its attendance grid, correcting and cancelling it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import doing
from digna.accounts.doors import door
from digna.errors import Refused
from digna.training import access, grids
from digna.training.forms.cycles import WorkshopForm, workshop_initial
from digna.training.forms.pages import ActForm, ReasonForm
from digna.training.models import Workshop
from digna.training.services import workshops as services


@door(access.SEE)
def workshop(request: HttpRequest, key: int) -> HttpResponse:
    """The attendance grid."""
    return _page(request, access.workshop(request.user, key))


def _page(request: HttpRequest, row: Workshop, problem: Refused | None = None) -> HttpResponse:
    can_edit = access.may_edit(request.user, row.cycle)
    context = grids.context(row, grids.grid(row), can_edit=can_edit) | {
        "is_early": timezone.localdate() < timezone.localdate(row.starts_at),
        "form": ActForm(),
        "problem": problem,
        "sent": request.POST if problem is not None else {},
    }
    status = problem.status if problem is not None else 200
    return render(request, "training/workshop.html", context, status=status)


@door(access.EDIT)
@require_POST
def record_attendance(request: HttpRequest, key: int) -> HttpResponse:
    """Save what was changed in the grid."""
    row = access.workshop(request.user, key, access.EDIT)
    form = ActForm(request.POST)
    form.is_valid()
    try:
        services.record_attendance(
            actor=doing.who(request, form),
            workshop=row,
            marks=grids.marks(grids.grid(row), request.POST),
            base_version=grids.version(request.POST),
        )
    except Refused as problem:
        return _page(request, row, problem)
    messages.success(request, _("Guardamos la asistencia."))
    return redirect("training:workshop", key)


@door(access.EDIT)
def change_workshop(request: HttpRequest, key: int) -> HttpResponse:
    """Correct a workshop."""
    row = access.workshop(request.user, key, access.EDIT)
    return doing.form_page(
        request,
        WorkshopForm(request.POST or None, initial=workshop_initial(row)),
        lambda who, form: services.change_workshop(actor=who, workshop=row, **form.given),
        title=_("Corregir el taller"),
        sentence=row.title,
        action=_("Guardar"),
        back=reverse("training:workshop", args=[key]),
        done=_("Guardamos los cambios."),
    )


@door(access.EDIT)
def cancel_workshop(request: HttpRequest, key: int) -> HttpResponse:
    """Call a workshop off."""
    row = access.workshop(request.user, key, access.EDIT)
    return doing.form_page(
        request,
        ReasonForm(request.POST or None),
        lambda who, _form: services.cancel_workshop(actor=who, workshop=row),
        title=_("Cancelar el taller"),
        sentence=row.title,
        action=_("Cancelar el taller"),
        back=reverse("training:cycle_workshops", args=[row.cycle.public_id]),
        done=_("El taller quedó cancelado."),
        template="web/confirm.html",
        context={"is_grave": True},
    )
