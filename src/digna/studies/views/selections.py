"""Selections: the list, a new one, its summary and settings, a new version, two side by side."""

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
from digna.errors import Refused
from digna.journal import actor
from digna.studies import access, gathering, selection_access, selection_forms
from digna.studies.models import Selection
from digna.studies.selectors import results
from digna.studies.selectors import selections as selectors
from digna.studies.services import selections as services

PAGE = 30
SHOWN = ("title", "question", "scope", "held_on", "seats", "weighting")


def context_of(request: HttpRequest, row: Selection, here: str) -> dict[str, Any]:
    """Return what every face of a selection shows."""
    faces = {
        "selection": _("Resumen"),
        "selection_sectors": _("Sectores"),
        "selection_criteria": _("Criterios"),
        "selection_people": _("Personas"),
        "selection_rounds": _("Rondas"),
        "selection_result": _("Resultado"),
        "selection_decision": _("Decisión"),
    }
    decision = selectors.decision_of(row)
    return {
        "selection": row,
        "tabs": [
            {"label": label, "url": reverse(f"studies:{name}", args=[row.public_id]),
             "is_here": name == here}
            for name, label in faces.items()
        ],
        "decision": decision,
        "can_edit": selection_access.may_edit(request.user, row),
        "is_open": decision is None and selection_access.may_edit(request.user, row),
        "act_form": selection_forms.ActForm(),
    }  # fmt: skip


@door(access.SEE)
def selections(request: HttpRequest) -> HttpResponse:
    """Every choosing of sectors, the latest first."""
    q = request.GET.get("q", "")
    rows = selectors.selections(request.user, q)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("pagina")),
        "q": q,
    }
    return render(request, "studies/selections.html", context)


@door(access.EDIT)
def create_selection(request: HttpRequest) -> HttpResponse:
    """A new selection."""
    initial = {"held_on": timezone.localdate()}
    form = selection_forms.NewSelectionForm(
        request.POST or None, user=request.user, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            made = services.create_selection(actor=who, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Creamos «%(title)s».") % {"title": made.title})
            return redirect("studies:selection_sectors", made.public_id)
    context = {
        "form": form,
        "title": _("Nueva selección de sectores"),
        "sentence": _("De una pregunta y una lista larga a una decisión que se puede explicar."),
        "action": _("Crear la selección"),
        "back_url": reverse("studies:selections"),
        "draft": True,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.SEE)
def selection(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The summary: the question, where it stands, what comes next."""
    row = selection_access.selection(request.user, key)
    table = gathering.table_of(row)
    outcome = row.outcomes.first()
    rounds = [r for r in row.rounds.all() if r.is_open]
    context = context_of(request, row, "selection") | {
        "table": table,
        "stages": selectors.stages(row, table),
        "open_rounds": [selectors.progress(r, table) for r in rounds],
        "result": results.result(outcome) if outcome else None,
        "others": list(
            selection_access.visible_selections(request.user)
            .exclude(pk=row.pk)
            .filter(outcomes__isnull=False)
            .distinct()[:20]
        ),
    }
    return render(request, "studies/selection.html", context)


@door(access.EDIT)
def change_selection(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What the selection says of itself."""
    row = selection_access.selection(request.user, key, access.EDIT)
    initial = {name: getattr(row, name) for name in SHOWN}
    initial["programmes"] = list(row.programmes.all())
    form = selection_forms.SelectionForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            services.change_selection(actor=who, selection=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardamos los cambios."))
            return redirect("studies:selection", row.public_id)
    context = {
        "form": form,
        "title": _("Corregir la selección"),
        "action": _("Guardar"),
        "back_url": reverse("studies:selection", args=[row.public_id]),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
@require_POST
def start_again(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A new version: the same list, criteria and people, without answers."""
    row = selection_access.selection(request.user, key, access.EDIT)
    form = selection_forms.ActForm(request.POST)
    if not form.is_valid():
        return redirect("studies:selection", row.public_id)
    who = actor.of_request(request, intention=form.intended)
    made = services.start_again(actor=who, selection=row)
    messages.success(request, _("Esta es la versión %(n)s. Los enlaces de las personas son nuevos.")
                     % {"n": made.version})  # fmt: skip
    return redirect("studies:selection", made.public_id)


@door(access.SEE)
def compare_selections(request: HttpRequest, key: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Two selections side by side: ranks, totals, weights, what was chosen."""
    pair = sorted(
        (
            selection_access.selection(request.user, key),
            selection_access.selection(request.user, other),
        ),
        key=lambda row: (row.held_on, row.version, row.pk),
    )
    found = [results.result(o) if (o := row.outcomes.first()) else None for row in pair]
    context: dict[str, Any] = {"before": pair[0], "after": pair[1]}
    if found[0] is not None and found[1] is not None:
        sectors, weights = results.compare(found[0], found[1], (_chosen(pair[0]), _chosen(pair[1])))
        context |= {"sectors": sectors, "weights": weights, "found": found}
    return render(request, "studies/selection_compare.html", context)


def _chosen(row: Selection) -> set[str]:
    decision = selectors.decision_of(row)
    return {c.label for c in decision.chosen_rows} if decision else set()  # type: ignore[attr-defined]
