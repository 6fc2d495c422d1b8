"""The pages of who evaluates: a link, no account, a phone, a bad connection; no script needed.

They show one person's own answers. Each answer goes as it is given; without JavaScript a button
sends it.
"""

import hashlib
import uuid
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from digna.errors import NotVisible, Refused
from digna.journal import actor
from digna.studies import gathering, selection_access, selection_forms
from digna.studies.gathering import Table
from digna.studies.models import Candidate, Criterion, Evaluator, Round, Score, Selection
from digna.studies.selectors import selections as selectors
from digna.studies.selectors import spreads
from digna.studies.services import votes
from digna.web import limits
from digna.web.doors import public

TIMES = (9, 7, 5, 3, 1)


def _person(request: HttpRequest, token: str) -> Evaluator:
    try:
        return selection_access.evaluator_by_token(token)
    except NotVisible:
        limits.count_try(request, "vote")  # only wrong links count: a room votes a thousand times
        raise


def _open_round(person: Evaluator, kind: str) -> Round:
    row = (
        person.selection.rounds.select_related("selection")
        .filter(kind=kind, closed_at=None)
        .first()
    )
    if row is None:
        raise Refused(
            "studies.vote.no_round",
            _("Ahora no se reciben respuestas de esto. Espere a que se abra la ronda."),
        )
    return row


@public
@never_cache
def vote(request: HttpRequest, token: str) -> HttpResponse:
    """What there is to answer now, and how far this person is."""
    person = _person(request, token)
    table = gathering.table_of(person.selection)
    rounds = person.selection.rounds.filter(closed_at=None).select_related("selection")
    context = {
        "person": person,
        "selection": person.selection,
        "parts": [_part(person, row, table) for row in rounds],
        "closed": person.selection.rounds.exclude(closed_at=None).count(),
    }
    return render(request, "studies/vote.html", context)


def _part(person: Evaluator, row: Round, table: Table) -> dict[str, Any]:
    expected = selectors.expected_answers(row, table)
    part: dict[str, Any] = {"round": row, "expected": expected}
    if row.kind == Round.Kind.WEIGHTS:
        return part | {"given": row.weight_votes.filter(evaluator=person).count()}
    mine = list(row.scores.filter(evaluator=person).values_list("candidate", flat=True))
    sectors: list[dict[str, Any]] = [
        {"candidate": c, "given": mine.count(c.pk), "expected": len(table.criteria)}
        for c in table.candidates
    ]
    return part | {"given": sum(s["given"] for s in sectors), "sectors": sectors}


@public
@never_cache
def vote_weights(request: HttpRequest, token: str) -> HttpResponse:
    """How much each criterion matters to this person."""
    person = _person(request, token)
    row = _open_round(person, Round.Kind.WEIGHTS)
    table = gathering.table_of(person.selection)
    form = selection_forms.ActForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            values = _weights_read(request, table)
            votes.give_weights(
                actor=_as(request, form.intended), round=row, evaluator=person, values=values
            )
        except Refused as refused:
            problem = str(refused.message)
        else:
            if not _is_fragment(request):
                return redirect("studies:vote", token)
    context = _weights_context(person, row, table) | {"problem": problem}
    template = "studies/vote_weights.html" + ("#form" if _is_fragment(request) else "")
    return render(request, template, context, status=422 if problem else 200)


def _as(request: HttpRequest, nonce: uuid.UUID | None) -> actor.Actor:
    """One effect for one answer: the page's own number joined to what was answered.

    Where the first reply got lost on the way, the next answer comes under the same number; alone
    it would be taken for a repetition and thrown away.
    """
    told = sorted(
        (name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"
    )
    digest = hashlib.sha256(repr((str(nonce), told)).encode()).digest()
    return actor.of_request(request, intention=uuid.UUID(bytes=digest[:16], version=4))


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("hx-request") == "true"


def _weights_read(request: HttpRequest, table: Table) -> dict[votes.Pair, Decimal | None]:
    names: dict[str, votes.Pair] = {f"w-{by.pk}": (by.pk, None) for by in table.criteria}
    names |= {
        f"p-{a.pk}-{b.pk}": (a.pk, b.pk)
        for place, a in enumerate(table.criteria)
        for b in table.criteria[place + 1 :]
    }
    return {
        pair: _decimal(request.POST[name]) for name, pair in names.items() if name in request.POST
    }


def _decimal(text: str) -> Decimal | None:
    """Read a number as people type it; a ratio as «1/5»."""
    text = text.strip().replace(",", ".").removesuffix("%").strip()
    if not text:
        return None
    above, _slash, below = text.partition("/")
    try:
        number = Decimal(above) / Decimal(below or 1)
        return number.quantize(Decimal("0.000001"))
    except (InvalidOperation, ZeroDivisionError) as wrong:
        raise Refused(
            "studies.weight.unreadable",
            _("«%(text)s» no es un número. Escriba, por ejemplo, 20.") % {"text": text[:20]},
        ) from wrong


def _weights_context(person: Evaluator, row: Round, table: Table) -> dict[str, Any]:
    mine = spreads.weights_of(person, row)
    is_ahp = person.selection.weighting == Selection.Weighting.AHP
    given = [vote.value for by in table.criteria if (vote := mine.get((by.pk, None))) is not None]
    n = len(table.criteria)
    return {
        "person": person,
        "selection": person.selection,
        "round": row,
        "act_form": selection_forms.ActForm(),
        "rows": [
            {"criterion": by, "value": f"{vote.value.normalize():f}" if vote else "",
             "is_before": vote is not None and vote.round_id != row.pk}
            for by in table.criteria
            for vote in [mine.get((by.pk, None))]
        ],
        "pairs": _pairs(table, mine) if is_ahp else [],
        "total": sum(given, Decimal(0)).normalize(),
        "places": range(1, n + 1),
        "given": row.weight_votes.filter(evaluator=person).count(),
        "expected": selectors.expected_answers(row, table),
    }  # fmt: skip


def _pairs(table: Table, mine: Any) -> list[dict[str, Any]]:
    found = []
    for place, a in enumerate(table.criteria):
        for b in table.criteria[place + 1 :]:
            row = mine.get((a.pk, b.pk))
            choices = [(str(n), n, 0) for n in TIMES] + [
                (f"1/{n}", 0, n) for n in reversed(TIMES[:4])
            ]
            value = row.value if row is not None else None
            found.append(
                {
                    "a": a,
                    "b": b,
                    "choices": [
                        {"value": text, "a": more, "b": less, "is_on": _same(value, text)}
                        for text, more, less in choices
                    ],
                }
            )
    return found


def _same(value: Decimal | None, text: str) -> bool:
    told = _decimal(text)
    return value is not None and told is not None and abs(value - told) < Decimal("0.001")


@public
@never_cache
def vote_sector(request: HttpRequest, token: str, candidate: int) -> HttpResponse:
    """One sector by all criteria, each answer saved as it is given."""
    person = _person(request, token)
    row = _open_round(person, Round.Kind.SCORES)
    table = gathering.table_of(person.selection)
    sector = _in_race(table, candidate)
    mine = spreads.answers_of(person, row)
    place = table.candidates.index(sector)
    context = {
        "person": person,
        "selection": person.selection,
        "round": row,
        "candidate": sector,
        "cells": [_cell(person, row, sector, by, mine) for by in table.criteria],
        "next": table.candidates[place + 1] if place + 1 < len(table.candidates) else None,
        "can_keep": any(s.round_id != row.pk for (c, _by), s in mine.items() if c == sector.pk),
        "act_form": selection_forms.ActForm(),
        "place": place + 1,
        "of": len(table.candidates),
    }
    return render(request, "studies/vote_sector.html", context)


def _in_race(table: Table, key: int) -> Candidate:
    for row in table.candidates:
        if row.pk == key:
            return row
    raise NotVisible("studies.not_visible", _("Ese sector no está en carrera."))


def _cell(
    person: Evaluator,
    row: Round,
    sector: Candidate,
    by: Criterion,
    mine: dict[tuple[int, int], Score],
    problem: str = "",
) -> dict[str, Any]:
    own = mine.get((sector.pk, by.pk))
    is_before = own is not None and own.round_id != row.pk
    return {
        "criterion": by,
        "anchors": list(enumerate(by.told_anchors, start=1)),
        "score": own.score if own else None,
        "is_none": own is not None and own.score is None,
        "confidence": own.confidence if own else None,
        "rationale": own.rationale if own else "",
        "evidence": ", ".join(own.evidence) if own else "",
        "is_saved": own is not None and not is_before,
        "is_before": is_before,
        "nonce": uuid.uuid4(),
        "problem": problem,
    }


@public
@require_POST
def give_score(request: HttpRequest, token: str, candidate: int, criterion: int) -> HttpResponse:
    """One answer."""
    person = _person(request, token)
    row = _open_round(person, Round.Kind.SCORES)
    table = gathering.table_of(person.selection)
    sector, by = _in_race(table, candidate), selection_access.criterion(person.selection, criterion)
    form = selection_forms.ScoreForm(request.POST)
    problem = _scored(request, form, person, row, (sector, by))
    if not _is_fragment(request) and not problem:
        where = redirect("studies:vote_sector", token, candidate)
        where["Location"] += f"#c-{criterion}"
        return where
    cell = _cell(person, row, sector, by, spreads.answers_of(person, row), problem)
    context = {"person": person, "candidate": sector, "cell": cell, "is_alone": True}
    template = "parts/vote_cell.html" if _is_fragment(request) else "vote_cell_alone.html"
    return render(request, f"studies/{template}", context, status=422 if problem else 200)


def _scored(
    request: HttpRequest,
    form: selection_forms.ScoreForm,
    person: Evaluator,
    row: Round,
    cell: tuple[Candidate, Criterion],
) -> str:
    """Save the answer; return what is wrong with it, or nothing."""
    if not form.is_valid():
        if "answer" in form.errors:
            return _("Elija un puntaje o «sin evidencia»; lo demás se guarda con él.")
        return str(next(iter(form.errors.values()))[0])
    try:
        votes.give_score(
            actor=_as(request, form.intended),
            round=row,
            evaluator=person,
            candidate=cell[0],
            criterion=cell[1],
            **form.given,
        )
    except Refused as refused:
        return str(refused.message)
    return ""


@public
@require_POST
def keep_scores(request: HttpRequest, token: str, candidate: int) -> HttpResponse:
    """«I stand by what I said of this sector.»"""
    person = _person(request, token)
    row = _open_round(person, Round.Kind.SCORES)
    sector = _in_race(gathering.table_of(person.selection), candidate)
    form = selection_forms.ActForm(request.POST)
    if form.is_valid():
        votes.keep_scores(
            actor=_as(request, form.intended), round=row, evaluator=person, candidate=sector
        )
    return redirect("studies:vote", token)
