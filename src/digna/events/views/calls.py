"""A video call's attendance: uploaded, reviewed line by line, applied."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Refused
from digna.events import access, forms
from digna.events.models import CallSheet
from digna.events.services import call_sheets
from digna.journal import actor
from digna.registry.models import Person

REASONS = {
    "email": gettext_lazy("mismo correo"),
    "name": gettext_lazy("nombre parecido"),
    "set": gettext_lazy("elegida a mano"),
}


@door(access.EDIT)
def upload_call(request: HttpRequest, key: int) -> HttpResponse:
    """Upload what Zoom, Teams or Meet exported."""
    row = access.session(request.user, key, access.EDIT)
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            sheet = call_sheets.receive(
                actor=who, session=row, file_name=form.file_name(), content=form.content()
            )
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect("events:review_call", sheet.pk)
    context = {
        "form": form,
        "title": _("Asistencia de la videollamada"),
        "sentence": _(
            "Suba el informe de participantes de Zoom, Teams o Meet en CSV, tal como se descarga. "
            "Antes de registrar nada verá quién es cada quien."
        ),
        "action": _("Leer la lista"),
        "back_url": reverse("events:session", args=[row.pk]),
        "multipart": True,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def review_call(request: HttpRequest, key: int) -> HttpResponse:
    """Who each line is; then apply. What was chosen is kept whatever button is pressed."""
    sheet = access.call_sheet(request.user, key)
    form = forms.CallReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _reviewed(request, sheet, form)
        except Refused as problem:
            form.refuse(problem)
            sheet.refresh_from_db()
    context = {
        "sheet": sheet,
        "session": sheet.session,
        "process": sheet.session.process,
        "form": form,
        "act_form": forms.ActForm(),
    } | _lines(sheet, request.POST)
    return render(request, "events/review_call.html", context, status=422 if form.errors else 200)


def _reviewed(request: HttpRequest, sheet: CallSheet, form: forms.CallReviewForm) -> HttpResponse:
    choices = _choices(request.POST, len(sheet.rows))
    who = actor.of_request(request)
    call_sheets.match_lines(actor=who, sheet=sheet, choices=choices)
    if "apply" not in request.POST:
        messages.success(request, _("Guardamos quién es cada línea."))
        return redirect("events:review_call", sheet.pk)
    applying = actor.of_request(request, intention=form.intended)
    count = call_sheets.apply(actor=applying, sheet=sheet, **form.given)
    told = ngettext(
        "Registramos la asistencia de %(n)s persona.",
        "Registramos la asistencia de %(n)s personas.",
        count,
    )
    messages.success(request, told % {"n": count})
    return redirect("events:session", sheet.session_id)


def _choices(sent: QueryDict, count: int) -> dict[int, call_sheets.Choice]:
    """Read one answer a line; another person's number, typed or chosen, wins over the options."""
    choices: dict[int, call_sheets.Choice] = {}
    for line in range(count):
        other = sent.get(f"other-{line}", "").rpartition("·")[2].strip()
        chosen = other if other.isdigit() else sent.get(f"line-{line}")
        if chosen == "new":
            choices[line] = "new"
        elif chosen is not None:
            choices[line] = int(chosen) if chosen.isdigit() else None
    return choices


def _lines(sheet: CallSheet, sent: QueryDict) -> dict[str, Any]:
    """Return the lines with whom each may be, and everybody enrolled to choose from."""
    enrolled = list(call_sheets.enrolled_in(sheet.session))
    keys = {row["person"] for row in sheet.rows if row["person"] is not None}
    chosen = {p.pk: p for p in Person.objects.filter(pk__in=keys)}
    lines = []
    for number, row in enumerate(sheet.rows):
        options = {c.person.pk: c.person for c in call_sheets.candidates(row, enrolled)}
        if row["person"] in chosen:
            options = {row["person"]: chosen[row["person"]]} | options
        share = call_sheets.share_of_session(row["minutes"], sheet.session)
        lines.append(
            row
            | {
                "number": number,
                "options": list(options.values()),
                "chosen": sent.get(f"line-{number}", str(row["person"] or "")),
                "other": sent.get(f"other-{number}", ""),
                "why": REASONS.get(row["reason"], ""),
                "pct": round(share * 100),
            }
        )
    return {
        "lines": sorted(lines, key=lambda line: bool(line["person"])),
        "people": forms.people_choices(enrolled),
        "matched": len(keys),
    }


@door(access.EDIT)
@require_POST
def discard_call(request: HttpRequest, key: int) -> HttpResponse:
    """Throw a sheet away."""
    sheet = access.call_sheet(request.user, key)
    form = forms.ActForm(request.POST)
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        call_sheets.discard(actor=who, sheet=sheet)
        messages.success(request, _("Descartamos la lista. La asistencia no cambió."))
    return redirect("events:session", sheet.session_id)
