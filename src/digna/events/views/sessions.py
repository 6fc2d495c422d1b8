"""Sessions: planned, changed, cancelled; and the attendance grid."""

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Clash, Refused
from digna.events import access, calendars, forms, grids, selectors
from digna.events.models import Session
from digna.events.services import attendance, enrolments
from digna.events.services import sessions as services
from digna.events.views.people import as_key
from digna.journal import actor
from digna.registry import access as registry
from digna.registry.models import Person


@door(access.SEE)
def session(request: HttpRequest, key: int) -> HttpResponse:
    """The attendance grid of a session."""
    row = access.session(request.user, key)
    return _page(request, row, grids.grid(row))


def _page(
    request: HttpRequest, row: Session, grid: grids.Grid, problem: Refused | None = None
) -> HttpResponse:
    q = request.GET.get("q", "")
    context = {
        "session": row,
        "process": row.process,
        "grid": grid,
        "problem": problem,
        "form": forms.ActForm(),
        "q": q,
        "found": selectors.find_people(request.user, row.process, q) if q else [],
        "can_edit": access.may_edit(request.user, row.process),
        "is_early": attendance.is_too_early(row, timezone.now()),
        "default_hours": grids.hours_text(row.hours),
        "where": calendars.where(row),
        "google_url": calendars.google_url(row.process, row),
        "outlook_url": calendars.outlook_url(row.process, row),
        "sheets": row.call_sheets.filter(state="draft"),
    }
    status = problem.status if problem is not None else 200
    return render(request, "events/session.html", context, status=status)


@door(access.EDIT)
def find_person(request: HttpRequest, key: int) -> HttpResponse:
    """Whom the grid's search turns up, as you type."""
    row = access.session(request.user, key, access.EDIT)
    q = request.GET.get("q", "")
    context = {
        "found": selectors.find_people(request.user, row.process, q) if len(q) > 1 else [],
        "q": q,
        "session": row,
        "process": row.process,
    }
    return render(request, "events/parts/found_for_grid.html", context)


@door(access.EDIT)
def record_attendance(request: HttpRequest, key: int) -> HttpResponse:
    """Save the grid: what the person changed, and whom they added, in one go."""
    if request.method != "POST":  # somebody reloads the page of a refusal
        return redirect("events:session", key)
    row = access.session(request.user, key, access.EDIT)
    form = forms.ActForm(request.POST)
    grid = grids.grid(row)
    sent = grids.read(grid, request.POST, request.POST.get("rest", ""))
    form.is_valid()
    try:
        _refuse_bad_hours(sent)
        who = actor.of_request(request, intention=form.intended)
        _save(request, who, row, sent)
    except Refused as problem:
        differences = problem.details.get("differences", ())
        shown = grids.with_sent(grid, request.POST, sent.wrong, differences)
        if not isinstance(problem, Clash):
            shown = replace(shown, version=sent.version)
        return _page(request, row, shown, problem)
    return _onward(request, row, len(sent.marks))


def _refuse_bad_hours(sent: grids.Sent) -> None:
    if sent.wrong:
        raise Refused(
            "events.attendance.bad_hours",
            _("No se guardó nada: hay horas que no se entienden. Están marcadas en la lista."),
        )


def _save(request: HttpRequest, who: actor.Actor, row: Session, sent: grids.Sent) -> None:
    marks = list(sent.marks)
    added = _added(request)
    if added is not None and attendance.is_too_early(row, who.at):
        enrolments.enrol(actor=who, process=row.process, person=added)
        return
    if added is not None and added.pk not in {mark.person.pk for mark in marks}:
        marks.append(attendance.Mark(added, "present"))
    attendance.record_attendance(actor=who, session=row, marks=marks, base_version=sent.version)


def _added(request: HttpRequest) -> Person | None:
    chosen = request.POST.get("add", "")
    return registry.person(request.user, as_key(chosen)) if chosen else None


def _onward(request: HttpRequest, row: Session, count: int) -> HttpResponse:
    """Back to the grid; with a search, or to register somebody new, if that was pressed."""
    if count:
        told = ngettext(
            "Guardamos la asistencia de %(n)s persona.",
            "Guardamos la asistencia de %(n)s personas.",
            count,
        )
        messages.success(request, told % {"n": count})
    url = reverse("events:session", args=[row.pk])
    q = request.POST.get("q", "").strip()
    if "new" in request.POST:
        url = reverse("events:new_person", args=[row.process.public_id])
        return redirect(f"{url}?{_query(sesion=str(row.pk), q=q)}")
    if "find" in request.POST and q:
        return redirect(f"{url}?{_query(q=q)}#agregar")
    return redirect(url)


def _query(**values: str) -> str:
    from urllib.parse import urlencode

    return urlencode(values)


@door(access.EDIT)
def create_session(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A new session of a process."""
    process = access.process(request.user, key, access.EDIT)
    number = process.sessions.count() + 1
    initial = {"title": _("Sesión %(n)s") % {"n": number}, "on": process.starts_on}
    form = forms.SessionForm(request.POST or None, process=process, initial=initial)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            services.create_session(actor=who, process=process, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Agregamos la sesión."))
            return redirect("events:process_sessions", process.public_id)
    back = reverse("events:process_sessions", args=[process.public_id])
    return _form_page(request, form, _("Nueva sesión"), process.title, back)


@door(access.EDIT)
def change_session(request: HttpRequest, key: int) -> HttpResponse:
    """Correct a session."""
    row = access.session(request.user, key, access.EDIT)
    initial = forms.session_initial(row)
    form = forms.SessionForm(request.POST or None, process=row.process, initial=initial)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            services.change_session(actor=who, session=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Guardamos los cambios de la sesión."))
            return redirect("events:session", row.pk)
    back = reverse("events:session", args=[row.pk])
    return _form_page(request, form, _("Corregir la sesión"), row.title, back)


def _form_page(
    request: HttpRequest, form: Any, title: str, sentence: str, back: str
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "sentence": sentence,
        "action": _("Guardar"),
        "back_url": back,
        "draft": True,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def cancel_session(request: HttpRequest, key: int) -> HttpResponse:
    """Ask why, and call the session off."""
    row = access.session(request.user, key, access.EDIT)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        who = actor.of_request(request, intention=form.intended, reason=reason)
        try:
            services.cancel_session(actor=who, session=row)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Cancelamos la sesión; sigue a la vista."))
            return redirect("events:session", row.pk)
    context = {
        "form": form,
        "title": _("Cancelar la sesión"),
        "sentence": row.title,
        "consequences": [
            _("No se podrá tomar asistencia ni registrarse por QR."),
            _("En los calendarios que se descarguen desde ahora dirá «cancelada»."),
            _("Se puede rehabilitar después."),
        ],
        "action": _("Cancelar la sesión"),
        "is_grave": True,
        "back_url": reverse("events:session", args=[row.pk]),
    }
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
@require_POST
def reinstate_session(request: HttpRequest, key: int) -> HttpResponse:
    """Put a cancelled session back."""
    row = access.session(request.user, key, access.EDIT)
    form = forms.ActForm(request.POST)
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        services.reinstate_session(actor=who, session=row)
        messages.success(request, _("La sesión vuelve a estar en pie."))
    return redirect("events:session", row.pk)
