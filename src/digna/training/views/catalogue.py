"""The catalogue of modules: list, one module with its versions, editing, retiring."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import doing, rights
from digna.accounts.doors import door
from digna.training import access
from digna.training.forms.cycles import ModuleForm
from digna.training.forms.pages import ActForm
from digna.training.models import Module
from digna.training.selectors import lists
from digna.training.services import catalogue as services


@door(access.SEE)
def modules(request: HttpRequest) -> HttpResponse:
    """All modules, those on offer first."""
    rows = list(Module.objects.filter(is_current=True).order_by("is_retired", "order", "code"))
    context = {
        "modules": [(row, lists.size_words(row.size_bands)) for row in rows],
        "can_edit": rights.may(request.user, access.CATALOGUE),
    }
    return render(request, "training/modules.html", context)


@door(access.SEE)
def module(request: HttpRequest, code: str, version: int | None = None) -> HttpResponse:
    """One version of a module, with the others beside it."""
    row = access.module(code, version)
    versions = Module.objects.filter(code=code).select_related("created_by").order_by("-version")
    needs = Module.objects.filter(code__in=row.needs, is_current=True)
    context = {
        "module": row,
        "sizes": lists.size_words(row.size_bands),
        "needs": list(needs),
        "versions": list(versions),
        "can_edit": rights.may(request.user, access.CATALOGUE),
        "form": ActForm(),
    }
    return render(request, "training/module.html", context)


@door(access.CATALOGUE)
def edit_module(request: HttpRequest, code: str) -> HttpResponse:
    """A new version of a module."""
    row = access.module(code)
    return doing.form_page(
        request,
        ModuleForm(request.POST or None, module=row),
        lambda who, form: services.revise_module(actor=who, module=row, **form.given),
        title=_("Corregir «%(name)s»") % {"name": row},
        sentence=_("Se guarda como versión nueva; los ciclos en marcha conservan la suya."),
        action=_("Guardar la versión nueva"),
        back=reverse("training:module", args=[code]),
        done=_("Guardamos la versión nueva."),
    )


@door(access.CATALOGUE)
@require_POST
def offer_module(request: HttpRequest, code: str) -> HttpResponse:
    """Take a module off the offer, or put it back."""
    row = access.module(code)
    form = ActForm(request.POST)
    if form.is_valid():
        act = services.reinstate_module if row.is_retired else services.retire_module
        act(actor=doing.who(request, form), module=row)
    return redirect("training:module", code)
