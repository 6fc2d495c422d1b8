"""The people of a process: found, enrolled, invited, corrected, withdrawn."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.certificates import attending
from digna.errors import DomainError, Refused
from digna.events import access, forms, selectors
from digna.events.models import Enrolment, Process
from digna.events.services import certificates, enrolments, newcomers
from digna.events.views.processes import context_of
from digna.journal import actor
from digna.registry import access as registry
from digna.registry import names

PAGE = 50


@door(access.SEE)
def process_people(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who takes part, by state; and whom a search turns up to be added."""
    row = access.process(request.user, key)
    state, q = request.GET.get("estado", ""), request.GET.get("q", "")
    rows = selectors.enrolments(row, state)
    context = context_of(request, row, "process_people") | {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("pagina")),
        "filters": _chips(row, state),
        "q": q,
        "found": selectors.find_people(request.user, row, q) if q else [],
        "form": forms.ActForm(),
        "session_count": row.sessions.filter(is_cancelled=False).count(),
    }
    template = "events/process_people.html"
    if request.headers.get("hx-request") == "true":
        template = "events/parts/found.html"
    return render(request, template, context)


def _chips(row: Process, here: str) -> list[dict[str, object]]:
    counts = selectors.state_counts_of(row)
    labels = {"": _("Todas")} | {s.value: str(s.label) for s in Enrolment.State}
    return [
        {
            "label": label.capitalize(),
            "count": counts[state],
            "url": f"?estado={state}",
            "is_on": state == here,
        }
        for state, label in labels.items()
        if counts[state] or not state
    ]


@door(access.EDIT)
@require_POST
def enrol_person(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Enrol, or invite, somebody the search turned up."""
    row = access.process(request.user, key, access.EDIT)
    form = forms.ActForm(request.POST)
    if form.is_valid():
        chosen = request.POST.get("add") or request.POST.get("invite") or ""
        person = registry.person(request.user, as_key(chosen))
        who = actor.of_request(request, intention=form.intended)
        if "invite" in request.POST:
            enrolments.invite(actor=who, process=row, people=[person])
            told = _("%(name)s está entre las personas invitadas.")
        else:
            enrolments.enrol(actor=who, process=row, person=person)
            told = _("%(name)s está inscrita/o.")
        messages.success(request, told % {"name": person.full_name})
    return redirect("events:process_people", row.public_id)


def as_key(text: str) -> uuid.UUID:
    """Return a key from a form; one that nobody has when it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)


@door(access.EDIT)
def new_person(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Register somebody nobody knew, after showing who is alike, and enrol them."""
    row = access.process(request.user, key, access.EDIT)
    given, surnames = names.split(request.GET.get("q", ""))
    initial = {"given_names": given, "surnames": surnames}
    form = forms.OfficeDetailsForm(request.POST or None, initial=initial)
    alike = []
    if request.method == "POST" and form.is_valid():
        visible = registry.visible_people(request.user)
        alike = [] if form.cleaned_data["is_new"] else newcomers.near(form.details, visible)
        if not alike and (answer := _enrol_new(request, row, form)) is not None:
            return answer
    context = {"form": form, "process": row, "alike": alike, "session_key": _session(request)}
    return render(request, "events/new_person.html", context, status=422 if form.errors else 200)


def _session(request: HttpRequest) -> int | None:
    asked = request.GET.get("sesion", "")
    return int(asked) if asked.isdigit() else None


def _enrol_new(
    request: HttpRequest, row: Process, form: forms.OfficeDetailsForm
) -> HttpResponse | None:
    who = actor.of_request(request, intention=form.intended)
    session_key = _session(request)
    try:
        if session_key is None:
            made = newcomers.enrol_newcomer(actor=who, process=row, details=form.details)
        else:
            session = access.session(request.user, session_key, access.EDIT)
            made = newcomers.mark_newcomer(actor=who, session=session, details=form.details)
    except Refused as problem:
        form.refuse(problem)
        return None
    told = _("%(name)s está en la lista.") % {"name": made.person.full_name}
    messages.success(request, told)
    if session_key is None:
        return redirect("events:process_people", row.public_id)
    return redirect("events:session", session_key)


@door(access.EDIT)
def enrol_import(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Enrol everybody of a spreadsheet that was imported."""
    row = access.process(request.user, key, access.EDIT)
    form = forms.ImportForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            count = enrolments.enrol_import(actor=who, process=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            told = ngettext(
                "Inscribimos a %(n)s persona más.", "Inscribimos a %(n)s personas más.", count
            )
            messages.success(request, told % {"n": count})
            return redirect("events:process_people", row.public_id)
    context = {
        "form": form,
        "title": _("Inscribir una planilla"),
        "sentence": _("Quien ya esté inscrito no se repite."),
        "action": _("Inscribir a todas las personas"),
        "back_url": reverse("events:process_people", args=[row.public_id]),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def enrolment(request: HttpRequest, key: int) -> HttpResponse:
    """One person in one process: role, whom they represent; confirm, withdraw, take out."""
    row = access.enrolment(request.user, key, access.EDIT)
    form = forms.EnrolmentForm(request.POST or None, initial=forms.enrolment_initial(row))
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        enrolments.correct_enrolment(actor=who, enrolment=row, **form.given)
        messages.success(request, _("Guardamos los cambios."))
        return redirect("events:process_people", row.process.public_id)
    context = {"form": form, "enrolment": row, "act_form": forms.ActForm()}
    return render(request, "events/enrolment.html", context, status=422 if form.errors else 200)


ACTS = {
    "confirm": enrolments.confirm,
    "withdraw": enrolments.withdraw,
    "remove": enrolments.remove_enrolment,
}


@door(access.EDIT)
@require_POST
def change_enrolment(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm, withdraw or take out."""
    row = access.enrolment(request.user, key, access.EDIT)
    form = forms.ActForm(request.POST)
    act = ACTS.get(request.POST.get("act", ""))
    if act is not None and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            act(actor=who, enrolment=row)
        except DomainError as problem:
            messages.error(request, str(problem.message))
            return redirect("events:enrolment", row.pk)
        messages.success(request, _("Hecho: %(name)s.") % {"name": row.person.full_name})
    return redirect("events:process_people", row.process.public_id)


@door(access.EDIT)
def issue_certificates(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who earned the certificate of attendance, before it is issued to all of them."""
    row = access.process(request.user, key, access.EDIT)
    form = forms.CertificatesForm(
        request.POST or None, initial={"least_share": attending.LEAST_SHARE}
    )
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            made = certificates.issue_certificates(actor=who, process=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            count = len(made)
            told = ngettext("Emitimos %(n)s certificado.", "Emitimos %(n)s certificados.", count)
            messages.success(request, told % {"n": count})
            return redirect("events:issue_certificates", row.public_id)
    found, held = certificates.attenders(row)
    context = context_of(request, row, "process_people") | {
        "form": form,
        "attenders": found,
        "held": held,
    }
    template = "events/issue_certificates.html"
    return render(request, template, context, status=422 if form.errors else 200)
