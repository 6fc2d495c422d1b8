"""A draft reviewed: why these two, why not those, replaced, set aside, confirmed."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from digna.accounts import doing
from digna.accounts.doors import door
from digna.errors import DomainError, NotVisible
from digna.journal import actor
from digna.mentoring import access
from digna.mentoring.forms.pairs import ActForm
from digna.mentoring.models import Draft, Mentor, Proposal
from digna.mentoring.selectors import lists
from digna.mentoring.services import drafts as services
from digna.web.languages import either


@door(access.EDIT)
def draft(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A draft: who with whom, how well, why; who is left over and why."""
    row = access.draft(request.user, key)
    if request.headers.get("hx-request") == "true":
        return _progress(request, row)
    lines = lists.draft_lines(row)
    context = {
        "draft": row,
        "cohort": row.cohort,
        "lines": lines,
        "pending": sum(
            line.chosen is not None and line.chosen.decision == Proposal.Decision.PENDING
            for line in lines
        ),
        "left": sum(line.chosen is None for line in lines),
        "warnings": lists.warnings(row),
        "weights": row.inputs.get("weights", {}).items(),
        "is_waiting": row.state == Draft.State.WAITING,
        "act_form": ActForm(),
    }
    return render(request, "mentoring/draft.html", context)


def _progress(request: HttpRequest, row: Draft) -> HttpResponse:
    """The progress again while the worker draws; the whole page once it is done."""
    if row.state != Draft.State.WAITING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "what": _("Comparando a cada persona con cada mentora o mentor"),
        "poll_url": request.path,
    }
    return render(request, "web/components/progress.html", context)


@door(access.EDIT)
def alternatives(request: HttpRequest, key: uuid.UUID, application: uuid.UUID) -> HttpResponse:
    """One mentee and every mentor: who could, who could not, and why; choose by hand."""
    row = access.draft(request.user, key)
    one = access.application(request.user, application, access.EDIT)
    mentors = {
        str(m.public_id): m
        for m in access.visible_mentors(request.user, access.EDIT).select_related("person")
    }
    found = []
    for entry in row.inputs.get("mentors", ()):
        if entry["key"] in mentors:
            said = services.said_of(row, one, mentors[entry["key"]])
            found.append(
                {
                    "mentor": mentors[entry["key"]],
                    "possible": said["possible"],
                    "score": said["score"],
                    "why": either(said["es"], said["en"]),
                }
            )
    found.sort(key=lambda e: (not e["possible"], -(e["score"] or 0)))
    context = {"draft": row, "application": one, "found": found, "act_form": ActForm()}
    return render(request, "mentoring/alternatives.html", context)


@door(access.EDIT)
@require_POST
def replace(
    request: HttpRequest, key: uuid.UUID, application: uuid.UUID, mentor: uuid.UUID
) -> HttpResponse:
    """Put somebody with a mentor of one's own choice."""
    row = access.draft(request.user, key)
    one = access.application(request.user, application, access.EDIT)
    other: Mentor = access.mentor(request.user, mentor, access.EDIT)
    form = ActForm(request.POST)
    if form.is_valid():
        try:
            services.replace(
                actor=doing.who(request, form), draft=row, application=one, mentor=other
            )
        except DomainError as problem:
            messages.error(request, str(problem.message))
        else:
            messages.success(request, _("Anotado. Falta confirmarla."))
    return redirect("mentoring:draft", row.public_id)


def _proposal(request: HttpRequest, key: int) -> Proposal:
    rows = Proposal.objects.select_related(
        "draft__cohort", "application__person", "application__cohort", "mentor__person"
    )
    row = rows.filter(pk=key).first()
    if row is None:
        raise NotVisible("mentoring.not_visible", _("No hay tal pareja propuesta."))
    access.draft(request.user, row.draft.public_id)
    return row


@door(access.EDIT)
@require_POST
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm one proposal, or set it aside."""
    row = _proposal(request, key)
    form = ActForm(request.POST)
    if form.is_valid():
        act = doing.who(request, form)
        try:
            if "aside" in request.POST:
                services.set_aside(actor=act, proposal=row)
            else:
                services.confirm(actor=act, proposal=row)
        except DomainError as problem:
            messages.error(request, str(problem.message))
        else:
            messages.success(request, _("Hecho: %(name)s.") % {"name": row.application.person})
    return redirect("mentoring:draft", row.draft.public_id)


@door(access.EDIT)
@require_POST
def confirm_all(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Confirm every proposal that waits; what cannot be is told, the rest is done."""
    row = access.draft(request.user, key)
    done = 0
    for line in lists.draft_lines(row):
        chosen = line.chosen
        if chosen is None or chosen.decision != Proposal.Decision.PENDING:
            continue
        try:
            services.confirm(actor=actor.of_request(request), proposal=chosen)
            done += 1
        except DomainError as problem:
            messages.error(request, f"{line.application.person}: {problem.message}")
    told = ngettext("Confirmamos %(n)s pareja.", "Confirmamos %(n)s parejas.", done)
    messages.success(request, told % {"n": done})
    return redirect("mentoring:draft", row.public_id)


@door(access.EDIT)
@require_POST
def close_draft(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Put a draft away."""
    row = access.draft(request.user, key)
    services.close_draft(actor=actor.of_request(request), draft=row)
    return redirect("mentoring:drafts", row.cohort.public_id)
