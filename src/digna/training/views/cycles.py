"""The overview, the list of cycles, one cycle, its workshops and what leaves the screen."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import doing
from digna.accounts.doors import door
from digna.registry import downloads
from digna.registry.models import Place
from digna.training import access, calendars
from digna.training.forms.cycles import (
    CycleForm,
    EnrolForm,
    PlanWorkshopsForm,
    WorkshopForm,
    cycle_initial,
)
from digna.training.forms.pages import ActForm, ReasonForm
from digna.training.models import Cycle, Module
from digna.training.selectors import lists
from digna.training.services import cycles as services
from digna.training.services import workshops

PAGE = 30


def _filters(request: HttpRequest) -> lists.Filters:
    asked = request.GET
    return lists.Filters(
        q=asked.get("q", ""),
        state=asked.get("estado", ""),
        module=asked.get("modulo", ""),
        department=asked.get("departamento", ""),
    )


def chips(request: HttpRequest, name: str, rows: Any) -> list[dict[str, object]]:
    """Return filter chips from (value, label, count); the address keeps the rest."""
    made = []
    for value, label, count in rows:
        query = request.GET.copy()
        query.pop("pagina", None)
        query[name] = value
        is_on = request.GET.get(name, "") == value
        made.append(
            {"label": label, "count": count, "url": f"?{query.urlencode()}", "is_on": is_on}
        )
    return made


@door(access.SEE)
def overview(request: HttpRequest) -> HttpResponse:
    """Cycles by state, module, department and sector; and the list of cycles."""
    filters, today = _filters(request), timezone.localdate()
    rows = lists.cycles(request.user, filters, today)
    counts = lists.state_counts(request.user, filters, today)
    labels = {
        "": _("Todos"),
        "en-curso": _("En curso"),
        "proximos": _("Próximos"),
        "terminados": _("Terminados"),
        "cancelados": _("Cancelados"),
    }
    asked = [filters.q, filters.state, filters.module, filters.department]
    context = {
        "overview": lists.overview(request.user),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("pagina")),
        "filters": chips(request, "estado", [(s, labels[s], counts[s]) for s in labels]),
        "asked": filters,
        "is_filtered": any(asked),
        "modules": list(Module.objects.filter(is_current=True)),
        "departments": list(Place.objects.filter(kind=Place.Kind.DEPARTMENT).order_by("name")),
    }
    return render(request, "training/overview.html", context)


HEADER = (
    "Ciclo", "Módulo", "Versión", "Programas", "Socio", "Modalidad", "Inicio", "Fin previsto",
    "Empresas", "Certificadas",
)  # fmt: skip


def _file(request: HttpRequest) -> Any:
    is_xlsx = request.GET.get("formato") == "xlsx"
    return downloads.xlsx_file if is_xlsx else downloads.csv_file


@door(access.SEE)
def export_cycles(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, for a spreadsheet."""
    rows = lists.cycles(request.user, _filters(request), timezone.localdate())
    told = (
        (
            row.title,
            row.module.name,
            row.module.version,
            ", ".join(programme.name for programme in row.in_programmes),  # type: ignore[attr-defined]
            str(row.partner or ""),
            row.get_mode_display(),
            row.starts_on,
            row.ends_on,
            row.firm_count,  # type: ignore[attr-defined]
            row.certified_count,  # type: ignore[attr-defined]
        )
        for row in rows
    )
    return _file(request)("ciclos", HEADER, told)  # type: ignore[no-any-return]


def context_of(request: HttpRequest, row: Cycle, here: str) -> dict[str, Any]:
    """Return what every face of a cycle shows."""
    faces = {"cycle": _("Empresas"), "cycle_workshops": _("Talleres")}
    return {
        "cycle": row,
        "can_edit": access.may_edit(request.user, row),
        "can_plan": access.may(request.user, row, access.PLAN),
        "tabs": [
            {
                "label": label,
                "url": reverse(f"training:{name}", args=[row.public_id]),
                "is_here": name == here,
            }
            for name, label in faces.items()
        ],
        "form": ActForm(),
    }


@door(access.SEE)
def cycle(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One cycle: its firms and where each stands."""
    row = access.cycle(request.user, key)
    context = context_of(request, row, "cycle") | {
        "firms": lists.firms_of(row),
        "programmes": list(row.programmes.all()),
        "trainers": list(row.trainers.select_related("user", "person")),
    }
    return render(request, "training/cycle.html", context)


@door(access.PLAN)
def open_cycle(request: HttpRequest) -> HttpResponse:
    """A new cycle."""
    initial = {"module": Module.objects.on_offer().filter(code=request.GET.get("modulo")).first()}
    return doing.form_page(
        request,
        CycleForm(request.POST or None, user=request.user, initial=initial),
        lambda who, form: services.open_cycle(actor=who, **form.given),
        title=_("Nuevo ciclo"),
        sentence=_("Un módulo para unas pocas empresas juntas. Conserva la versión de hoy."),
        action=_("Abrir el ciclo"),
        back=reverse("training:overview"),
        done=_("Abrimos el ciclo. Inscriba a las empresas."),
        to=lambda made: reverse("training:cycle", args=[made.public_id]),
    )


@door(access.PLAN)
def change_cycle(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct a cycle."""
    row = access.cycle(request.user, key, access.PLAN)
    form = CycleForm(request.POST or None, user=request.user, cycle=row, initial=cycle_initial(row))
    return doing.form_page(
        request,
        form,
        lambda who, form: services.change_cycle(actor=who, cycle=row, **_titled(row, form.given)),
        title=_("Corregir el ciclo"),
        sentence=row.title,
        action=_("Guardar"),
        back=reverse("training:cycle", args=[key]),
        done=_("Guardamos los cambios."),
    )


def _titled(row: Cycle, given: dict[str, Any]) -> dict[str, Any]:
    """An emptied title keeps the one it had."""
    return given | {"title": given["title"] or row.title}


@door(access.PLAN)
def cancel_cycle(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Call a cycle off, with the reason."""
    row = access.cycle(request.user, key, access.PLAN)
    return doing.form_page(
        request,
        ReasonForm(request.POST or None),
        lambda who, _form: services.cancel_cycle(actor=who, cycle=row),
        title=_("Cancelar el ciclo"),
        sentence=_("Nada de lo registrado se pierde; ninguna empresa avanza en él."),
        action=_("Cancelar el ciclo"),
        back=reverse("training:cycle", args=[key]),
        done=_("El ciclo quedó cancelado."),
        template="web/confirm.html",
        context={"is_grave": True},
    )


@door(access.PLAN)
@require_POST
def reinstate_cycle(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Put a cancelled cycle back."""
    row = access.cycle(request.user, key, access.PLAN)
    form = ActForm(request.POST)
    if form.is_valid():
        services.reinstate_cycle(actor=doing.who(request, form), cycle=row)
        messages.success(request, _("El ciclo vuelve a estar en pie."))
    return redirect("training:cycle", key)


@door(access.EDIT)
def enrol_firm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Let a firm into a cycle."""
    row = access.cycle(request.user, key, access.EDIT)
    return doing.form_page(
        request,
        EnrolForm(request.POST or None, user=request.user, cycle=row),
        lambda who, form: services.enrol_firm(actor=who, cycle=row, **form.given),
        title=_("Inscribir una empresa"),
        sentence=row.title,
        action=_("Inscribir"),
        back=reverse("training:cycle", args=[key]),
        done=_("Inscribimos a la empresa."),
        to=lambda made: reverse("training:firm", args=[made.public_id]),
    )


@door(access.SEE)
def cycle_workshops(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The workshops of a cycle, each with its attendance."""
    row = access.cycle(request.user, key)
    context = context_of(request, row, "cycle_workshops") | {"workshops": lists.workshops_of(row)}
    return render(request, "training/cycle_workshops.html", context)


@door(access.EDIT)
def plan_workshops(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """All the workshops of the module at once."""
    row = access.cycle(request.user, key, access.EDIT)
    initial = {"first_on": row.starts_on, "at": "09:00"}
    if row.module.kind == "short":
        initial["every_days"] = 21
    return doing.form_page(
        request,
        PlanWorkshopsForm(request.POST or None, initial=initial),
        lambda who, form: workshops.plan_from_module(actor=who, cycle=row, **form.given),
        title=_("Programar los talleres"),
        sentence=_("Una fecha por cada sesión del módulo; después puede mover cualquiera."),
        action=_("Programar"),
        back=reverse("training:cycle_workshops", args=[key]),
        done=_("Programamos los talleres."),
    )


@door(access.EDIT)
def create_workshop(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One more workshop."""
    row = access.cycle(request.user, key, access.EDIT)
    return doing.form_page(
        request,
        WorkshopForm(request.POST or None, initial={"mode": row.mode, "on": row.starts_on}),
        lambda who, form: workshops.plan_workshop(actor=who, cycle=row, **form.given),
        title=_("Nuevo taller"),
        sentence=row.title,
        action=_("Agregar"),
        back=reverse("training:cycle_workshops", args=[key]),
        done=_("Agregamos el taller."),
    )


@door(access.SEE)
def cycle_calendar(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The workshops and visits of a cycle, for a calendar."""
    row = access.cycle(request.user, key)
    content = calendars.of_cycle(row, at=timezone.now())
    return _ics(content, row.title)


@door(access.SEE)
def my_calendar(request: HttpRequest) -> HttpResponse:
    """The workshops and visits of the trainer who asks."""
    content = calendars.of_trainer(request.user, at=timezone.now())
    return _ics(content, _("mi agenda"))


def _ics(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=calendars.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)[:60] or "agenda"}.ics"'
    return response


@door(access.SEE)
def chase(request: HttpRequest) -> HttpResponse:
    """What is late, the oldest first."""
    today, kind = timezone.localdate(), request.GET.get("que", "")
    everything = lists.chase(request.user, today)
    rows = [one for one in everything if not kind or one.kind == kind]
    told = [("", _("Todo"), len(everything))] + [
        (code, str(label), sum(one.kind == code for one in everything))
        for code, label in lists.CHASES.items()
    ]
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("pagina")),
        "filters": chips(request, "que", told),
        "today": today,
    }
    return render(request, "training/chase.html", context)


@door(access.SEE)
def export_chase(request: HttpRequest) -> HttpResponse:
    """What is late, for a spreadsheet."""
    rows = lists.chase(request.user, timezone.localdate(), request.GET.get("que", ""))
    header = ("Empresa", "Qué falta", "Desde", "Ciclo", "Módulo", "Celular")
    told = (
        (
            one.firm.enterprise.name,
            one.what,
            one.due,
            one.firm.cycle.title,
            one.firm.cycle.module.name,
            one.firm.enterprise.phone,
        )
        for one in rows
    )
    return _file(request)("por-perseguir", header, told)  # type: ignore[no-any-return]


@door(access.SEE)
def export_firms(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The firms of a cycle with the days of their steps."""
    row = access.cycle(request.user, key)
    header = (
        "Empresa", "Estado", "En pausa", "Inscrita", "Convenio", "Plan aprobado", "Visitas",
        "Línea final", "Certificada", "Visita al año, para el", "Dispensa",
    )  # fmt: skip
    told = (
        (
            firm.enterprise.name,
            firm.state_label,  # type: ignore[attr-defined]
            _("sí") if firm.is_paused else _("no"),
            firm.enrolled_on,
            firm.agreement_on,
            firm.plan_approved_on,
            firm.visit_count,  # type: ignore[attr-defined]
            firm.endline_on,
            firm.certificate_on,
            firm.year_after_due,
            firm.waiver_reason,
        )
        for firm in lists.firms_of(row)
    )
    return _file(request)(f"empresas-{slugify(row.title)[:40]}", header, told)  # type: ignore[no-any-return]
