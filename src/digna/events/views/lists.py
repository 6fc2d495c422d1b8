"""The list of processes and its downloads."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.events import access, selectors
from digna.events.models import Process
from digna.programmes.models import Programme
from digna.registry import downloads

PAGE = 30


def _filters(request: HttpRequest) -> selectors.Filters:
    asked = request.GET
    return selectors.Filters(
        q=asked.get("q", ""),
        kind=asked.get("tipo", ""),
        programme=asked.get("programa", ""),
        state=asked.get("estado", ""),
    )


@door(access.SEE)
def processes(request: HttpRequest) -> HttpResponse:
    """What is done with people: courses and conversations, the latest first."""
    filters, today = _filters(request), timezone.localdate()
    rows = selectors.processes(request.user, filters, today)
    counts = selectors.state_counts(request.user, filters, today)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("pagina")),
        "filters": _chips(request, filters, counts),
        "asked": filters,
        "kinds": Process.Kind.choices,
        "programmes": list(Programme.objects.all()),
        "is_filtered": any((filters.q, filters.kind, filters.programme, filters.state)),
        "today": today,
    }
    return render(request, "events/processes.html", context)


def _chips(
    request: HttpRequest, filters: selectors.Filters, counts: dict[str, int]
) -> list[dict[str, object]]:
    labels = {
        "": _("Todos"),
        "proximos": _("Próximos"),
        "en-curso": _("En curso"),
        "terminados": _("Terminados"),
    }
    chips = []
    for state, label in labels.items():
        query = request.GET.copy()
        query.pop("pagina", None)
        query["estado"] = state
        url = f"?{query.urlencode()}"
        is_on = filters.state == state
        chips.append({"label": label, "count": counts[state], "url": url, "is_on": is_on})
    return chips


HEADER = ("Título", "Tipo", "Programas", "Socio", "Inicio", "Fin", "Sesiones", "Personas inscritas")


@door(access.SEE)
def export_processes(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, for a spreadsheet."""
    rows = selectors.processes(request.user, _filters(request), timezone.localdate())
    told = (
        (
            row.title,
            row.get_kind_display(),
            ", ".join(programme.name for programme in row.in_programmes),  # type: ignore[attr-defined]
            str(row.partner or ""),
            row.starts_on,
            row.ends_on,
            row.session_count,  # type: ignore[attr-defined]
            row.person_count,  # type: ignore[attr-defined]
        )
        for row in rows
    )
    file = downloads.xlsx_file if request.GET.get("formato") == "xlsx" else downloads.csv_file
    return file("actividades", HEADER, told)
