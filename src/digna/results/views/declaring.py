"""Declaring what is counted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.results import access
from digna.results.forms import IndicatorForm, ReportedForm, initial_of
from digna.results.models import Indicator
from digna.results.selectors import kits
from digna.results.services import indicators as services
from digna.results.services.indicators import FaultyDeclaration


@require_POST
@door(access.EDIT)
def adopt(request: HttpRequest, code: str) -> HttpResponse:
    """Take over the indicators of every kit that is installed."""
    found = access.programme(request.user, code, access.EDIT)
    installed = kits.with_indicators()
    if not installed:
        messages.error(request, _("Ningún kit instalado trae indicadores. Instale uno primero."))
        return redirect("results:programme", found.code)
    who = actor.of_request(request)
    adopted = [
        code
        for kit in installed
        for code in services.adopt_indicators(actor=who, programme=found, documents=kit.documents)
    ]
    messages.success(request, _("%(n)s indicadores adoptados.") % {"n": len(adopted)})
    return redirect("results:programme", found.code)


@door(access.EDIT)
def new_indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Declare an indicator that is computed from records."""
    found = access.programme(request.user, code, access.EDIT)
    form = IndicatorForm(request.POST or None, programme=found)
    if form.is_valid():
        try:
            made = services.declare_indicator(
                actor=actor.of_request(request, intention=form.intended),
                programme=found,
                code=form.cleaned_data["code"],
                declaration=form.declaration({}),
                **form.words,
            )
        except FaultyDeclaration as faulty:
            form.blame(faulty.faults)
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect("results:indicator", found.code, made.code)
    return render(request, "results/indicator_form.html", {"form": form, "programme": found})


@door(access.EDIT)
def change_indicator(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """Change an indicator's words or its declaration."""
    found = access.programme(request.user, code, access.EDIT)
    row = access.indicator(found, indicator)
    form = _form(request, row)
    if form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            services.change_indicator(actor=act, indicator=row, **_given(form, row))
        except FaultyDeclaration as faulty:
            form.blame(faulty.faults)
        else:
            messages.success(request, _("Guardado."))
            return redirect("results:indicator", found.code, row.code)
    context = {"form": form, "programme": found, "indicator": row}
    return render(request, "results/indicator_form.html", context)


def _form(request: HttpRequest, row: Indicator) -> Any:
    if row.is_reported:
        named = ("name_es", "name_en", "so_what_es", "is_headline", "is_public")
        return ReportedForm(
            request.POST or None, initial={name: getattr(row, name) for name in named}
        )
    form = IndicatorForm(request.POST or None, programme=row.programme, initial=initial_of(row))
    form.fields["code"].disabled = True  # addresses and files are known by it
    return form


def _given(form: Any, row: Indicator) -> dict[str, Any]:
    if row.is_reported:
        return dict(form.given)
    return {**form.words, "declaration": form.declaration(row.declaration)}
