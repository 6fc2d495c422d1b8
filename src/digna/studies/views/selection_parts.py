"""What a selection is made of: its sectors and their verdicts, its criteria, its people."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.studies import access, evidence_links, gathering, selection_access, selection_forms
from digna.studies.models import Criterion, Evaluator, Scheme, Selection, Verdict
from digna.studies.services import criteria, evaluators
from digna.studies.services import selections as services
from digna.studies.views.selections import context_of
from digna.web import links


@door(access.SEE)
def selection_sectors(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The long list, what knock-out criteria say of each; those out stay on record."""
    right = access.EDIT if request.method == "POST" else access.SEE
    row = selection_access.selection(request.user, key, right)
    form = selection_forms.CandidatesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            services.add_candidates(actor=who, selection=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect("studies:selection_sectors", row.public_id)
    context = context_of(request, row, "selection_sectors") | _sectors(row) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "studies/selection_sectors.html", context, status=status)


def _sectors(row: Selection) -> dict[str, Any]:
    table = gathering.table_of(row)
    knock_outs = list(row.criteria.filter(is_knock_out=True))
    verdicts = list(Verdict.objects.filter(candidate__selection=row))
    by_cell = {(v.candidate_id, v.criterion_id): v for v in verdicts}
    known = evidence_links.named([uuid.UUID(k) for v in verdicts for k in v.evidence])
    out = {candidate.pk for candidate in table.knocked_out}
    listed = sorted((*table.candidates, *table.knocked_out), key=lambda c: (c.order, c.pk))
    return {
        "knock_outs": knock_outs,
        "rows": [
            {
                "candidate": candidate,
                "is_out": candidate.pk in out,
                "verdicts": [
                    {"criterion": by, "verdict": (v := by_cell.get((candidate.pk, by.pk))),
                     "links": [known[k] for e in (v.evidence if v else ())
                               if (k := uuid.UUID(e)) in known]}
                    for by in knock_outs
                ],
            }
            for candidate in listed
        ],
        "in_race": len(table.candidates),
    }  # fmt: skip


@door(access.EDIT)
@require_POST
def remove_candidate(request: HttpRequest, key: uuid.UUID, candidate: int) -> HttpResponse:
    """Off the long list."""
    row = selection_access.selection(request.user, key, access.EDIT)
    form = selection_forms.ActForm(request.POST)
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        services.remove_candidate(actor=who, candidate=selection_access.candidate(row, candidate))
    return redirect("studies:selection_sectors", row.public_id)


@door(access.EDIT)
def give_verdict(
    request: HttpRequest, key: uuid.UUID, candidate: int, criterion: int
) -> HttpResponse:
    """What one knock-out criterion says of one sector."""
    row = selection_access.selection(request.user, key, access.EDIT)
    sector, by = (
        selection_access.candidate(row, candidate),
        selection_access.criterion(row, criterion),
    )
    standing = Verdict.objects.filter(candidate=sector, criterion=by).first()
    initial = (
        {"outcome": standing.outcome, "reason": standing.reason,
         "evidence": ", ".join(standing.evidence)}
        if standing else {}
    )  # fmt: skip
    form = selection_forms.VerdictForm(request.POST or None, initial=initial)
    back = reverse("studies:selection_sectors", args=[row.public_id])
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            services.give_verdict(actor=who, candidate=sector, criterion=by, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect(back)
    context = {
        "form": form,
        "title": f"{sector.label}: {by.label}",
        "sentence": " ".join(by.told_questions),
        "action": _("Guardar el veredicto"),
        "back_url": back,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.SEE)
def selection_criteria(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The criteria with their anchors."""
    row = selection_access.selection(request.user, key)
    rows = list(row.criteria.all())
    context = context_of(request, row, "selection_criteria") | {
        "scored": [by for by in rows if not by.is_knock_out],
        "knock_outs": [by for by in rows if by.is_knock_out],
        "schemes": list(Scheme.objects.all()),
    }
    return render(request, "studies/selection_criteria.html", context)


@door(access.EDIT)
@require_POST
def copy_scheme(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Replace the criteria by those of a scheme."""
    row = selection_access.selection(request.user, key, access.EDIT)
    form = selection_forms.ActForm(request.POST)
    scheme = Scheme.objects.filter(code=request.POST.get("scheme", "")).first()
    if form.is_valid() and scheme is not None:
        who = actor.of_request(request, intention=form.intended)
        criteria.copy_scheme(actor=who, selection=row, scheme=scheme)
        messages.success(request, _("Copiamos los criterios de «%(n)s».") % {"n": scheme.name})
    return redirect("studies:selection_criteria", row.public_id)


@door(access.EDIT)
def add_criterion(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A criterion of one's own."""
    row = selection_access.selection(request.user, key, access.EDIT)
    return _criterion_form(request, row, None)


@door(access.EDIT)
def change_criterion(request: HttpRequest, key: uuid.UUID, criterion: int) -> HttpResponse:
    """A criterion put in context."""
    row = selection_access.selection(request.user, key, access.EDIT)
    return _criterion_form(request, row, selection_access.criterion(row, criterion))


def _criterion_form(request: HttpRequest, row: Selection, by: Criterion | None) -> HttpResponse:
    names = ("name", "dimension", "direction", "is_knock_out", "default_weight")
    initial = {name: getattr(by, name) for name in names} if by else {}
    if by is not None:
        initial |= {"anchors": "\n".join(by.anchors), "questions": "\n".join(by.questions)}
    form = selection_forms.CriterionForm(request.POST or None, initial=initial)
    back = reverse("studies:selection_criteria", args=[row.public_id])
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            if by is None:
                criteria.add_criterion(actor=who, selection=row, **form.given)
            else:
                criteria.change_criterion(actor=who, criterion=by, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect(back)
    context = {
        "form": form,
        "title": _("Criterio nuevo") if by is None else by.label,
        "sentence": _("Cada puntaje lleva una frase, para que todos puntúen lo mismo."),
        "action": _("Guardar el criterio"),
        "back_url": back,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
@require_POST
def remove_criterion(request: HttpRequest, key: uuid.UUID, criterion: int) -> HttpResponse:
    """One criterion less."""
    row = selection_access.selection(request.user, key, access.EDIT)
    form = selection_forms.ActForm(request.POST)
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        criteria.remove_criterion(actor=who, criterion=selection_access.criterion(row, criterion))
    return redirect("studies:selection_criteria", row.public_id)


def voting_url(request: HttpRequest, person: Evaluator) -> str:
    """Return the address of one person's own pages."""
    return request.build_absolute_uri(reverse("studies:vote", args=[person.token]))


@door(access.SEE)
def selection_people(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who evaluates; their links only for who may edit: a link answers in somebody's name."""
    right = access.EDIT if request.method == "POST" else access.SEE
    row = selection_access.selection(request.user, key, right)
    form = selection_forms.EvaluatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            evaluators.invite_evaluator(actor=who, selection=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect("studies:selection_people", row.public_id)
    context = context_of(request, row, "selection_people")
    context |= {"form": form, "people": [_invited(request, row, p, may_see=context["can_edit"])
                                         for p in row.evaluators.all()]}  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "studies/selection_people.html", context, status=status)


def _invited(
    request: HttpRequest, row: Selection, person: Evaluator, *, may_see: bool
) -> dict[str, Any]:
    url = voting_url(request, person) if may_see else ""
    text = _("%(name)s, este es su enlace para evaluar «%(title)s»: %(url)s") % {
        "name": person.name, "title": row.title, "url": url,
    }  # fmt: skip
    digits = "".join(c for c in person.phone if c.isdigit())
    phone = f"+591{digits}" if len(digits) == 8 else f"+{digits}"
    return {
        "person": person,
        "url": url,
        "whatsapp": links.whatsapp(phone, text) if may_see and digits else "",
    }


@door(access.EDIT)
def selection_cards(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Cards to cut out: each person's own QR."""
    row = selection_access.selection(request.user, key, access.EDIT)
    cards = [
        {"person": person, "qr": links.qr(url, scale=3), "url": url}
        for person in row.evaluators.filter(left_at=None)
        if (url := voting_url(request, person))
    ]
    return render(request, "studies/selection_cards.html", {"selection": row, "cards": cards})


@door(access.EDIT)
@require_POST
def renew_link(request: HttpRequest, key: uuid.UUID, person: int) -> HttpResponse:
    """A new link for somebody whose link got lost or was seen."""
    row = selection_access.selection(request.user, key, access.EDIT)
    form = selection_forms.ActForm(request.POST)
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        evaluators.renew_link(actor=who, evaluator=selection_access.evaluator(row, person))
        messages.success(request, _("El enlace es nuevo; el anterior no abre."))
    return redirect("studies:selection_people", row.public_id)


@door(access.EDIT)
def note_leaving(request: HttpRequest, key: uuid.UUID, person: int) -> HttpResponse:
    """Somebody takes part no more, or again."""
    row = selection_access.selection(request.user, key, access.EDIT)
    who_left = selection_access.evaluator(row, person)
    form = selection_forms.LeavingForm(request.POST or None)
    back = reverse("studies:selection_people", args=[row.public_id])
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        stand = form.given["answers_stand"] == "si"
        evaluators.note_leaving(actor=who, evaluator=who_left, answers_stand=stand)
        return redirect(back)
    context = {
        "form": form,
        "title": _("%(name)s ya no participa") % {"name": who_left.name},
        "sentence": _("Su enlace deja de aceptar respuestas. Puede volver cuando quiera."),
        "action": _("Anotar que se retiró"),
        "back_url": back,
    }
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
@require_POST
def note_return(request: HttpRequest, key: uuid.UUID, person: int) -> HttpResponse:
    """Somebody takes part again."""
    row = selection_access.selection(request.user, key, access.EDIT)
    form = selection_forms.ActForm(request.POST)
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        evaluators.note_return(actor=who, evaluator=selection_access.evaluator(row, person))
    return redirect("studies:selection_people", row.public_id)
