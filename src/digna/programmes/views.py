"""The programme's screens: door, form, service or selector, render."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor, history
from digna.programmes import access, forms, selectors
from digna.programmes.models import InstalledKit, Programme
from digna.programmes.services import activities
from digna.programmes.services import programmes as services
from digna.programmes.services.kits import entries
from digna.web.forms import Form


def _form_page(
    request: HttpRequest,
    form: Form,
    act: Callable[[Any], Any],
    *,
    title: str,
    action: str,
    programme: Programme | None = None,
) -> HttpResponse:
    """Carry out what a valid form asks, or show it with what is wrong."""
    back = ("programmes:programme", programme.code) if programme else ("programmes:programmes",)
    if form.is_valid():
        try:
            made = act(actor.of_request(request, intention=form.intended))
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardado."))
            return redirect("programmes:programme", made.code) if not programme else redirect(*back)
    context = {"form": form, "title": title, "action": action, "programme": programme}
    return render(request, "programmes/form.html", context)


@door(access.SEE)
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes."""
    rows = selectors.programmes_list(request.user)
    return render(request, "programmes/programmes.html", {"programmes": rows})


@door(access.SEE)
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """One programme: areas, results, activities, funders, phases."""
    found = access.programme(request.user, code)
    page = selectors.programme_page(found)
    return render(request, "programmes/programme.html", {"page": page})


@door(access.EDIT)
def new_programme(request: HttpRequest) -> HttpResponse:
    """Found a programme."""
    form = forms.NewProgrammeForm(request.POST or None)
    return _form_page(
        request,
        form,
        lambda act: services.found_programme(actor=act, **form.given),
        title=_("Nuevo programa"),
        action=_("Crear"),
    )


@door(access.EDIT)
def change_programme(request: HttpRequest, code: str) -> HttpResponse:
    """Change what a programme says of itself."""
    found = access.programme(request.user, code, access.EDIT)
    names = ("name", "starts_on", "ends_on", "summary_es", "summary_en", "is_public")
    initial = {name: getattr(found, name) for name in names}
    form = forms.ProgrammeForm(request.POST or None, initial=initial)
    return _form_page(
        request,
        form,
        lambda act: services.change_programme(actor=act, programme=found, **form.given),
        title=_("Corregir programa"),
        action=_("Guardar"),
        programme=found,
    )


@door(access.EDIT)
def add_funder(request: HttpRequest, code: str) -> HttpResponse:
    """Add who pays."""
    found = access.programme(request.user, code, access.EDIT)
    form = forms.FunderForm(request.POST or None)

    def act(who: Any) -> Any:
        given = form.given
        given["amount"] = given["amount"] if given["amount"] != "" else None
        return services.add_funder(actor=who, programme=found, **given)

    return _form_page(
        request, form, act, title=_("Agregar financiador"), action=_("Agregar"), programme=found
    )


@door(access.EDIT)
def add_phase(request: HttpRequest, code: str) -> HttpResponse:
    """Add a phase."""
    found = access.programme(request.user, code, access.EDIT)
    form = forms.PhaseForm(request.POST or None)
    return _form_page(
        request,
        form,
        lambda act: services.add_phase(actor=act, programme=found, **form.given),
        title=_("Agregar fase"),
        action=_("Agregar"),
        programme=found,
    )


@door(access.EDIT)
def expect_result(request: HttpRequest, code: str) -> HttpResponse:
    """State a result to be reached."""
    found = access.programme(request.user, code, access.EDIT)
    form = forms.ResultForm(request.POST or None, programme=found)
    return _form_page(
        request,
        form,
        lambda act: services.expect_result(actor=act, programme=found, **form.given),
        title=_("Agregar resultado esperado"),
        action=_("Agregar"),
        programme=found,
    )


@require_POST
@door(access.EDIT)
def adopt_areas(request: HttpRequest, code: str) -> HttpResponse:
    """Take over the strategic areas of the installed kit."""
    found = access.programme(request.user, code, access.EDIT)
    kit = InstalledKit.objects.filter(documents__has_key="strategic_areas").first()
    if kit is None:
        messages.error(request, _("Ningún kit instalado trae áreas. Instale uno: digna kit load"))
    else:
        areas = entries(kit.documents, "strategic_areas")
        services.adopt_areas(actor=actor.of_request(request), programme=found, areas=areas)
    return redirect("programmes:programme", found.code)


@door(access.EDIT)
def change_area(request: HttpRequest, code: str, area: str) -> HttpResponse:
    """Reword a strategic area."""
    found = access.programme(request.user, code, access.EDIT)
    row = get_object_or_404(found.areas, code=area)
    names = ("name_es", "name_en", "description_es", "description_en")
    initial = {name: getattr(row, name) for name in names}
    form = forms.AreaForm(request.POST or None, initial=initial)
    return _form_page(
        request,
        form,
        lambda act: services.change_area(actor=act, area=row, **form.given),
        title=_("Corregir área"),
        action=_("Guardar"),
        programme=found,
    )


@door(access.EDIT)
def plan_activity(request: HttpRequest, code: str) -> HttpResponse:
    """Plan an activity."""
    found = access.programme(request.user, code, access.EDIT)
    form = forms.ActivityForm(request.POST or None, programme=found)
    return _form_page(
        request,
        form,
        lambda act: activities.plan_activity(actor=act, programme=found, **form.given_activity),
        title=_("Nueva actividad"),
        action=_("Agregar"),
        programme=found,
    )


@door(access.SEE)
def activity(request: HttpRequest, key: int) -> HttpResponse:
    """One activity."""
    found = access.activity(request.user, key)
    context = {"activity": found, "history": history.history(found)}
    return render(request, "programmes/activity.html", context)


@door(access.EDIT)
def change_activity(request: HttpRequest, key: int) -> HttpResponse:
    """Change an activity."""
    found = access.activity(request.user, key, access.EDIT)
    names = (
        "title", "kind", "starts_on", "ends_on", "status", "budget_line", "budget_amount",
        "budget_currency", "description",
    )  # fmt: skip
    initial: dict[str, Any] = {name: getattr(found, name) for name in names}
    for name in ("area", "result", "partner"):
        part = getattr(found, name)
        initial[name] = part.code if part is not None else ""
    for name in ("sectors", "departments"):
        initial[name] = list(getattr(found, name).values_list("code", flat=True))
    form = forms.ActivityForm(request.POST or None, initial=initial, programme=found.programme)
    return _form_page(
        request,
        form,
        lambda act: activities.change_activity(actor=act, activity=found, **form.given_activity),
        title=_("Corregir actividad"),
        action=_("Guardar"),
        programme=found.programme,
    )


@door(access.KITS)
def kits(request: HttpRequest) -> HttpResponse:
    """The kits installed, with their sources and certainty."""
    return render(request, "programmes/kits.html", {"kits": selectors.kits_list()})
