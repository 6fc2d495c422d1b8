"""Declaring what is counted."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.results import access, declarations, tasks, trials
from digna.results.forms import IndicatorForm, ReportedForm, TrialForm, initial_of
from digna.results.models import Indicator
from digna.results.selectors import kits
from digna.results.selectors import trial as shown
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
    context = {"form": form, "programme": found, "columns": shown.columns(_source(form))}
    return render(request, "results/indicator_form.html", context)


@require_POST
@door(access.EDIT)
def try_indicator(request: HttpRequest, code: str) -> HttpResponse:
    """What an indicator being written would say today; the worker computes, nothing is kept."""
    found = access.programme(request.user, code, access.EDIT)
    of = request.GET.get("de", "")
    standing = access.indicator(found, of).declaration if of else {}
    form = TrialForm(request.POST, programme=found)
    context: dict[str, Any] = {"programme": found, "columns": shown.columns(_source(form))}
    if not form.is_valid():
        context["faults"] = [str(error) for errors in form.errors.values() for error in errors]
        return render(request, "results/trial.html", context)
    if form.cleaned_data["is_headline"]:
        context["too_many"] = shown.has_enough_headlines(found, but=of)
    declared = {"unit": "—", **form.declaration(standing), "code": "prueba"}
    read = declarations.read(declared)
    if read.faults:
        context["faults"] = [declarations.sentence(fault) for fault in read.faults]
        return render(request, "results/trial.html", context)
    trial = trials.ask(found, declared)
    tasks.try_indicator.enqueue(str(trial.key))
    context["tried"] = shown.tried(found, trials.of(found, trial.key))
    return render(request, "results/trial.html", context)


@door(access.EDIT)
def trial(request: HttpRequest, code: str, key: uuid.UUID) -> HttpResponse:
    """How far a trial is."""
    found = access.programme(request.user, code, access.EDIT)
    context = {"programme": found, "tried": shown.tried(found, trials.of(found, key))}
    return render(request, "results/parts/tried.html", context)


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
    context = {
        "form": form,
        "programme": found,
        "indicator": row,
        "columns": () if row.is_reported else shown.columns(_source(form)),
    }
    return render(request, "results/indicator_form.html", context)


def _source(form: Any) -> str:
    return str(form["source"].value() or form.fields["source"].choices[0][0])


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
