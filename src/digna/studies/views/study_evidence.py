"""Evidence and interviews: typed on a phone, read, corrected, their files served by right."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.errors import NotVisible, Refused
from digna.journal import actor
from digna.studies import access
from digna.studies import assessment_access as reach
from digna.studies import assessment_forms as forms
from digna.studies.models.assessments import Evidence, Interview, Study
from digna.studies.services import evidence as services
from digna.studies.views.study_parts import removed
from digna.surveys.selectors import origins

SHOWN = (
    "kind", "source", "on", "says", "value", "unit", "place", "reliability", "consent", "url",
)  # fmt: skip


@door(access.EDIT)
def new_evidence(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One piece of evidence."""
    study = reach.study(request.user, key, access.EDIT)
    initial = {"on": timezone.localdate()}
    form = forms.EvidenceForm(request.POST or None, request.FILES or None, initial=initial)
    return _noted(request, study, form, None)


@door(access.EDIT)
def change_evidence(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A piece of evidence, to correct; of an interview, its answers."""
    row = reach.part(request.user, Evidence, key, access.EDIT)
    interview = Interview.objects.filter(evidence=row).first()
    if interview is not None:
        return redirect("studies:change_interview", interview.public_id)
    initial = {name: getattr(row, name) for name in SHOWN}
    form = forms.EvidenceForm(request.POST or None, request.FILES or None, initial=initial)
    return _noted(request, row.study, form, row)


def _noted(
    request: HttpRequest, study: Study, form: forms.EvidenceForm, row: Evidence | None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            made = services.note_evidence(actor=who, study=study, row=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardamos %(label)s.") % {"label": made.label})
            return redirect("studies:study_evidence", study.public_id)
    context = {
        "form": form,
        "title": row.label if row else _("Nueva evidencia"),
        "study": study,
        "action": _("Guardar"),
        "back_url": reverse("studies:study_evidence", args=[study.public_id]),
        "remove_url": reverse("studies:remove_evidence", args=[row.public_id]) if row else "",
    }
    return render(request, "studies/part.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def remove_evidence(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take evidence out, unless something rests on it."""
    row = reach.part(request.user, Evidence, key, access.EDIT)
    return removed(request, row, reverse("studies:study_evidence", args=[row.study.public_id]))


@door(access.SEE)
def evidence(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One piece of evidence, whole."""
    row = reach.part(request.user, Evidence, key)
    interview = Interview.objects.filter(evidence=row).first()
    context = {
        "evidence": row,
        "study": row.study,
        "interview": interview,
        "answers": list(interview.answers.select_related("question")) if interview else [],
        "can_edit": reach.may_edit(request.user, row.study)
        and row.study.status != Study.Status.CLOSED,
        "is_photo": str(row.file.name).endswith(".jpg"),
        "submission": origins.submission_of(request.user, row),
    }
    return render(request, "studies/evidence.html", context)


@door(access.SEE)
def evidence_file(request: HttpRequest, key: uuid.UUID) -> FileResponse:
    """The photo or document, by the same right as the study."""
    row = reach.evidence_of(request.user, key)
    if not row.file:
        raise NotVisible("studies.evidence.no_file", _("Esta evidencia no tiene archivo."))
    is_photo = str(row.file.name).endswith(".jpg")
    return FileResponse(row.file.open("rb"), as_attachment=not is_photo)


@door(access.EDIT)
def new_interview(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A conversation, typed in by the questions of the study."""
    study = reach.study(request.user, key, access.EDIT)
    form = forms.InterviewForm(
        request.POST or None,
        questions=list(study.questions.all()),
        initial={"on": timezone.localdate()},
    )
    return _typed(request, study, form, None)


@door(access.EDIT)
def change_interview(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A conversation, to correct."""
    row = reach.part(request.user, Interview, key, access.EDIT)
    initial: dict[str, Any] = {"role": row.role, "sex": row.sex}
    initial |= {name: getattr(row.evidence, name) for name in ("on", "place", "reliability")}
    initial["consent"] = row.evidence.consent
    initial |= {f"question_{a.question_id}": a.text for a in row.answers.all()}
    questions = list(row.study.questions.all())
    form = forms.InterviewForm(request.POST or None, questions=questions, initial=initial)
    return _typed(request, row.study, form, row)


def _typed(
    request: HttpRequest, study: Study, form: forms.InterviewForm, row: Interview | None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            services.type_interview(actor=who, study=study, row=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardamos la entrevista."))
            return redirect("studies:study_evidence", study.public_id)
    back = reverse("studies:study_evidence", args=[study.public_id])
    remove = reverse("studies:remove_evidence", args=[row.evidence.public_id]) if row else ""
    context = {
        "form": form,
        "title": row.role if row else _("Nueva entrevista"),
        "sentence": ""
        if form.questions
        else _("Este estudio todavía no tiene preguntas: escríbalas en Ajustes."),
        "study": study,
        "action": _("Guardar"),
        "back_url": back,
        "remove_url": remove,
    }
    return render(request, "studies/part.html", context, status=422 if form.errors else 200)
