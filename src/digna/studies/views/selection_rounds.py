"""Rounds: opened and closed, who has answered, where people differ; and the wall."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import NotVisible, Refused
from digna.journal import actor
from digna.studies import (
    access,
    drawings,
    evidence_links,
    gathering,
    selection_access,
    selection_forms,
)
from digna.studies.models import Round, Selection
from digna.studies.models.selections import Seat
from digna.studies.selectors import results, spreads
from digna.studies.selectors import selections as selectors
from digna.studies.services import outcomes, rounds
from digna.studies.views.selections import context_of

FIRST = 20
"""Cells shown at once: nobody discusses a hundred."""


def _state(row: Selection) -> dict[str, Any]:
    """Return each kind of round with its progress; what was answered is not here."""
    table = gathering.table_of(row)
    found = {kind: [] for kind in Round.Kind.values}  # type: dict[str, list[Any]]
    for one in row.rounds.select_related("selection"):
        found[one.kind].append(selectors.progress(one, table))
    return {
        "table": table,
        "kinds": [
            {
                "kind": kind,
                "label": Round.Kind(kind).label,
                "rounds": told,
                "open": next((p for p in told if p.round.is_open), None),
                "next": len(told) + 1,
            }
            for kind, told in found.items()
        ],
    }


@door(access.SEE)
def selection_rounds(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """All rounds and who has answered each."""
    row = selection_access.selection(request.user, key)
    context = context_of(request, row, "selection_rounds") | _state(row)
    return render(request, "studies/selection_rounds.html", context)


@door(access.EDIT)
@require_POST
def turn_round(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Open or close a round; closing one of scores ranks at once."""
    row = selection_access.selection(request.user, key, access.EDIT)
    form = selection_forms.ActForm(request.POST)
    kind = request.POST.get("kind", "")
    back = "studies:board" if request.POST.get("back") == "board" else "studies:selection_rounds"
    if form.is_valid() and kind in Round.Kind.values:
        who = actor.of_request(request, intention=form.intended)
        try:
            _turn(who, row, kind, request.POST.get("act", ""))
        except Refused as problem:
            messages.error(request, str(problem.message))
    return redirect(back, row.public_id)


def _turn(who: actor.Actor, row: Selection, kind: str, act: str) -> None:
    if act == "open":
        rounds.open_round(actor=who, selection=row, kind=kind)
        return
    last = row.rounds.filter(kind=kind).order_by("-number").first()
    if last is None:
        raise NotVisible("studies.not_visible", _("No hay tal ronda en esta selección."))
    rounds.close_round(actor=who, round=last)
    if gathering.closed_rounds(row, Round.Kind.SCORES):
        outcomes.compute_outcome(actor=actor.Actor(user=who.user, device=who.device), selection=row)


@door(access.SEE)
def selection_round(request: HttpRequest, key: uuid.UUID, kind: str, number: int) -> HttpResponse:
    """One closed round: where people differ and where to begin the discussion."""
    row = selection_access.selection(request.user, key)
    one = selection_access.round_of(row, kind, number)
    if one.is_open:
        raise NotVisible(
            "studies.round_open",
            _("La ronda sigue abierta. Lo respondido se ve cuando se cierra, para todos a la vez."),
        )
    right = access.EDIT if request.method == "POST" else access.SEE
    row = selection_access.selection(request.user, key, right)
    form = selection_forms.NoteForm(request.POST or None, selection=row)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            rounds.note_discussion(actor=who, round=one, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect("studies:selection_round", row.public_id, kind, number)
    context = context_of(request, row, "selection_rounds") | _told(row, one) | {"form": form}
    if "todas" not in request.GET and len(context.get("cells", ())) > FIRST:
        context |= {"more": len(context["cells"]), "cells": context["cells"][:FIRST]}
    status = 422 if form.errors else 200
    return render(request, "studies/selection_round.html", context, status=status)


def _told(row: Selection, one: Round) -> dict[str, Any]:
    table = gathering.table_of(row)
    context: dict[str, Any] = {
        "round": one,
        "progress": selectors.progress(one, table),
        "notes": list(one.notes.select_related("candidate__sector", "criterion")),
    }
    if one.kind == Round.Kind.WEIGHTS:
        from digna.studies import deciding_weights

        value = {"weights": deciding_weights.weights_of(gathering.inputs_of(row))}
        return context | {
            "weights": spreads.weight_spreads(table, value),
            "told": value["weights"],
            "method": results.WEIGHT_WORDS[value["weights"]["method"]],
        }
    found = spreads.cells(one, table)
    keys = [uuid.UUID(k) for cell in found for *_rest, ids in cell.rationales for k in ids]
    known = evidence_links.named(keys)
    return context | {
        "cells": [
            {
                "cell": cell,
                "dots": drawings.dots(cell.votes, cell.told["median"]),
                "links": [known[k] for *_r, ids in cell.rationales for e in ids
                          if (k := uuid.UUID(e)) in known],
            }
            for cell in found
        ],
        "seats": Seat.choices,
        "stop": spreads.stop_hint(one, table, found),
    }  # fmt: skip


@door(access.SEE)
@never_cache
def board(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The wall: how many have answered, and after closing what came of it. Refreshes by itself."""
    row = selection_access.selection(request.user, key)
    outcome = row.outcomes.first()
    has_open = row.rounds.filter(closed_at=None).exists()
    context = context_of(request, row, "") | _state(row) | {
        "result": results.result(outcome) if outcome and not has_open else None,
        "has_open": has_open,
        "board_url": reverse("studies:board", args=[row.public_id]),
    }  # fmt: skip
    template = "studies/selection_board.html"
    if request.headers.get("hx-request") == "true":
        template += "#state"
    return render(request, template, context)
