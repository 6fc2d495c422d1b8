"""What leaves the screen: sheets to sign, posters, calendars, lists; and lists that come back."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import ngettext

from digna.accounts.doors import door
from digna.errors import Refused
from digna.events import access, calendars, forms, selectors
from digna.events.models import Process, Session
from digna.events.services import attendance_sheets
from digna.journal import actor
from digna.registry import downloads
from digna.web import links

BLANK_LINES = 12


def check_in_url(request: HttpRequest, session: Session) -> str:
    """Return the address that the QR of a session holds."""
    return request.build_absolute_uri(reverse("events:check_in", args=[session.check_in_token]))


@door(access.SEE)
def sign_in_sheet(request: HttpRequest, key: int) -> HttpResponse:
    """An A4 list to sign, with lines for who was not on it."""
    row = access.session(request.user, key)
    url = check_in_url(request, row)
    people = list(selectors.registered(row.process))
    context = {
        "session": row,
        "process": row.process,
        "people": people,
        "blank_lines": range(len(people) + 1, len(people) + 1 + BLANK_LINES),
        "where": calendars.where(row),
        "qr": links.qr(url),
        "url": url,
    }
    return render(request, "events/sign_in_sheet.html", context)


@door(access.SEE)
def poster(request: HttpRequest, key: int) -> HttpResponse:
    """A poster whose QR lets people check themselves in."""
    row = access.session(request.user, key)
    url = check_in_url(request, row)
    context = {
        "session": row,
        "process": row.process,
        "where": calendars.where(row),
        "qr": links.qr(url, scale=10),
        "url": url,
    }
    return render(request, "events/poster.html", context)


def calendar_file(
    process: Process, sessions: list[Session], name: str, *, with_link: bool
) -> HttpResponse:
    """Return sessions as a download that calendars open."""
    content = calendars.calendar(process, sessions, at=timezone.now(), with_link=with_link)
    response = HttpResponse(content, content_type=calendars.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)[:60] or "agenda"}.ics"'
    return response


@door(access.SEE)
def process_calendar(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """All the sessions of a process."""
    row = access.process(request.user, key)
    rows = list(row.sessions.select_related("place"))
    return calendar_file(row, rows, row.title, with_link=True)


@door(access.SEE)
def session_calendar(request: HttpRequest, key: int) -> HttpResponse:
    """One session."""
    row = access.session(request.user, key)
    return calendar_file(row.process, [row], row.title, with_link=True)


@door(access.SEE)
def missing(request: HttpRequest, key: int) -> HttpResponse:
    """Who was expected and did not come, with a link to write to each."""
    row = access.session(request.user, key)
    context = {"session": row, "process": row.process, "rows": selectors.missing(row)}
    return render(request, "events/missing.html", context)


@door(access.SEE)
def export_attendance(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The attendance of a process: corrected outside, it comes back by the same door."""
    row = access.process(request.user, key)
    file = downloads.xlsx_file if request.GET.get("formato") == "xlsx" else downloads.csv_file
    name = f"asistencia-{slugify(row.title)[:40]}"
    return file(name, attendance_sheets.HEADER, attendance_sheets.rows_of(row))


@door(access.EDIT)
def import_attendance(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take back an exported list; every problem is told by cell and nothing is half recorded."""
    row = access.process(request.user, key, access.EDIT)
    form = forms.FileForm(request.POST or None, request.FILES or None)
    problems: tuple[attendance_sheets.Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            count = attendance_sheets.import_attendance(
                actor=who, process=row, file_name=form.file_name(), content=form.content()
            )
        except Refused as problem:
            form.refuse(problem)
            problems = tuple(problem.details.get("problems", ()))
        else:
            told = ngettext("Cambió %(n)s marca.", "Cambiaron %(n)s marcas.", count)
            messages.success(request, told % {"n": count})
            return redirect("events:process_sessions", row.public_id)
    context = {"form": form, "process": row, "problems": problems}
    status = 422 if form.errors else 200
    return render(request, "events/import_attendance.html", context, status=status)
