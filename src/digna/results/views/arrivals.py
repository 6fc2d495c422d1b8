"""A file of IATI that somebody else published: looked at, then taken over or left."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.programmes.models import Programme
from digna.results import access, declarations, iati_forms, shelf
from digna.results.iati import judging
from digna.results.selectors import arrival as shown
from digna.results.services import arrivals as services
from digna_engines.errors import EngineError
from digna_engines.iati import Reading, read

KIND = "iati"


@door(access.EDIT)
def iati_import(request: HttpRequest, code: str) -> HttpResponse:
    """Look at a file; keep what was looked at once it is said so."""
    found = access.programme(request.user, code, access.EDIT)
    form = iati_forms.ArrivalForm(request.POST or None, request.FILES or None)
    context = {"form": form, "programme": found}
    if not form.is_valid():
        return render(request, "results/iati_import.html", context)
    try:
        key, content = _content(form)
        reading = read(content)
    except (EngineError, Refused) as refused:
        form.add_error("file", _sentence(refused))
        return render(request, "results/iati_import.html", context)
    place = form.cleaned_data["activity"] or 0
    page = shown.arrival_page(found, reading, place)
    if form.cleaned_data["keep"] and page.chosen is not None:
        return _kept(request, found, form, reading, place)
    context |= {
        "page": page,
        "again": key,
        "report": judging.report_on(content, actor.of_request(request).at),
    }
    return render(request, "results/iati_import.html", context)


def _content(form: iati_forms.ArrivalForm) -> tuple[uuid.UUID, bytes]:
    """Return the file sent now, put aside, or the one that was put aside when it was looked at."""
    file = form.cleaned_data["file"]
    if file is not None:
        key, content = uuid.uuid4(), bytes(file.read())
        shelf.put(KIND, key, content)
        return key, content
    key = form.cleaned_data["again"]
    found = shelf.take(KIND, key)
    if found is None:
        raise Refused("results.iati.again", _("Elija el archivo otra vez: pasó más de un día."))
    return key, found


def _kept(
    request: HttpRequest, programme: Programme, form: iati_forms.ArrivalForm,
    reading: Reading, place: int,
) -> HttpResponse:  # fmt: skip
    counts = services.take_over(
        actor=actor.of_request(request, intention=form.intended),
        programme=programme,
        activity=reading.activities[place],
        create_missing=form.cleaned_data["create_missing"],
    )
    said = _(
        "Se tomaron %(targets)s metas, %(actuals)s valores y %(baselines)s líneas de base; "
        "%(indicators)s indicadores nuevos."
    )
    messages.success(request, said % counts)
    if counts["closed"]:
        left = ngettext(
            "%(n)s quedó fuera: su período está congelado o bloqueado.",
            "%(n)s quedaron fuera: sus períodos están congelados o bloqueados.",
            counts["closed"],
        )
        messages.warning(request, left % {"n": counts["closed"]})
    return redirect("results:programme", programme.code)


def _sentence(refused: EngineError | Refused) -> str:
    if isinstance(refused, EngineError):
        return declarations.sentence_of(refused)
    return str(refused.message)
