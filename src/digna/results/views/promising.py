"""Targets by hand, and tables of targets and actuals."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.results import access, importing
from digna.results.forms import TableForm, TargetForm
from digna.results.iati_forms import BaselineForm
from digna.results.models import Baseline
from digna.results.selectors import tables as shown
from digna.results.services import iati, imports
from digna.results.services import targets as services


@door(access.EDIT)
def targets(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """The targets of an indicator, and one more."""
    found = access.programme(request.user, code, access.EDIT)
    row = access.indicator(found, indicator)
    form = TargetForm(request.POST or None)
    if form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            services.set_target(actor=act, indicator=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardado."))
            return redirect("results:targets", found.code, row.code)
    context = {
        "form": form,
        "programme": found,
        "indicator": row,
        "targets": row.targets.all(),
        "baseline": Baseline.objects.filter(indicator=row).first(),
    }
    return render(request, "results/targets.html", context)


@require_POST
@door(access.EDIT)
def remove_target(request: HttpRequest, code: str, indicator: str, key: int) -> HttpResponse:
    """Take back a target."""
    found = access.programme(request.user, code, access.EDIT)
    row = access.indicator(found, indicator)
    target = access.target(row, key)
    try:
        services.remove_target(actor=actor.of_request(request), target=target)
    except Refused as problem:
        messages.error(request, str(problem.message))
    return redirect("results:targets", found.code, row.code)


@door(access.EDIT)
def baseline(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """Where an indicator stood before the programme."""
    found = access.programme(request.user, code, access.EDIT)
    row = access.indicator(found, indicator)
    standing = Baseline.objects.filter(indicator=row).first()
    names = ("year", "on", "amount", "comment", "source")
    initial = {name: getattr(standing, name) for name in names} if standing is not None else None
    form = BaselineForm(request.POST or None, initial=initial)
    if "remove" in request.POST and standing is not None:
        try:
            iati.remove_baseline(actor=actor.of_request(request), baseline=standing)
        except Refused as problem:
            messages.error(request, str(problem.message))
        return redirect("results:targets", found.code, row.code)
    if form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            iati.set_baseline(actor=act, indicator=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardado."))
            return redirect("results:targets", found.code, row.code)
    context = {"form": form, "programme": found, "indicator": row, "baseline": standing}
    return render(request, "results/baseline.html", context)


@door(access.EDIT)
def import_table(request: HttpRequest, code: str) -> HttpResponse:
    """A table looked at, every fault by its cell; then kept, once somebody says so."""
    found = access.programme(request.user, code, access.EDIT)
    form = TableForm(request.POST or None, request.FILES or None)
    table = None
    if form.is_valid():
        try:
            rows = _rows(form)
            if "keep" in request.POST:
                return _kept(request, found, form, rows)
            table = shown.preview(found, rows, create_missing=form.cleaned_data["create_missing"])
        except Refused as problem:
            form.refuse(problem)
    context = {"form": form, "programme": found, "table": table, "again": _again(form, table)}
    return render(request, "results/import_table.html", context)


def _rows(form: TableForm) -> list[list[str]]:
    file = form.cleaned_data["file"]
    if file is not None:
        return importing.rows_of(name=file.name, content=file.read())
    return importing.rows_of(pasted=form.cleaned_data["pasted"])


def _kept(request: HttpRequest, found: Any, form: TableForm, rows: list[list[str]]) -> HttpResponse:
    counts = imports.import_table(
        actor=actor.of_request(request, intention=form.intended),
        programme=found,
        rows=rows,
        create_missing=form.cleaned_data["create_missing"],
        source=form.cleaned_data["source"],
    )
    said = _("%(targets)s metas y %(actuals)s valores guardados; %(faults)s celdas por corregir.")
    messages.success(request, said % counts)
    return redirect("results:programme", found.code)


def _again(form: TableForm, table: Any) -> dict[str, Any] | None:
    """Return what the browser sends back to keep what it has just looked at."""
    if table is None:
        return None
    written = io.StringIO()
    csv.writer(written, delimiter="\t").writerows(table.rows)
    given = form.cleaned_data
    return {
        "pasted": written.getvalue(),
        "source": given["source"],
        "create_missing": given["create_missing"],
        "intention": form.intended,
    }
