"""Notes on firms and people: written, shown with their photograph, taken out as a list."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.registry import access, exports
from digna.registry.forms import NoteForm
from digna.registry.services import notes as services


@door(access.EDIT)
def note_on_enterprise(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note something of a firm."""
    found = access.enterprise(request.user, key, access.EDIT)
    return _written(
        request, "registry:enterprise", "registry:enterprises", _("Empresas"), enterprise=found
    )


@door(access.EDIT)
def note_on_person(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note something of a person."""
    found = access.person(request.user, key, access.EDIT)
    return _written(request, "registry:person", "registry:people", _("Personas"), person=found)


def _written(
    request: HttpRequest, to: str, list_name: str, label: str, **about: Any
) -> HttpResponse:
    (row,) = about.values()
    form = NoteForm(
        request.POST or None, request.FILES or None, initial={"on": timezone.localdate()}
    )
    if form.is_valid():
        try:
            act = actor.of_request(request, intention=form.intended)
            services.write_note(actor=act, **about, **form.given_note)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("La nota quedó en su recorrido."))
            return redirect(to, row.public_id)
    context = {
        "form": form,
        "row": row,
        "back_url": reverse(to, args=[row.public_id]),
        "list_url": reverse(list_name),
        "list_label": label,
    }
    return render(request, "registry/note.html", context, status=422 if form.errors else 200)


@door(access.SEE)
def note_photo(request: HttpRequest, key: uuid.UUID) -> FileResponse:
    """The photograph of a note, for those who see whom it is about."""
    note = access.note(request.user, key)
    response = FileResponse(note.photo.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=86400"
    return response


@door(access.SEE_PEOPLE)
def export_notes(request: HttpRequest, form: str) -> HttpResponseBase:
    """The visible notes as a spreadsheet."""
    return exports.notes(access.visible_notes(request.user), form)
