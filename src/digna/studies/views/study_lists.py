"""The list of studies, its download, and a new one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.registry import downloads
from digna.registry.models import Sector
from digna.studies import access
from digna.studies import assessment_forms as forms
from digna.studies.models.assessments import Study
from digna.studies.selectors import assessments as selectors
from digna.studies.services import assessments as services

PAGE = 30


def _filters(request: HttpRequest) -> selectors.Filters:
    asked = request.GET
    return selectors.Filters(
        q=asked.get("q", ""),
        status=asked.get("estado", ""),
        sector=asked.get("rubro", ""),
        round=asked.get("ronda", ""),
    )


@door(access.SEE)
def studies(request: HttpRequest) -> HttpResponse:
    """The studies one may see, the latest first; those with orphans say so."""
    filters = _filters(request)
    counts = selectors.status_counts(request.user, filters)
    rows = selectors.studies(request.user, filters)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("pagina")),
        "filters": _chips(request, filters, counts),
        "asked": filters,
        "sectors": list(Sector.objects.all()),
        "rounds": selectors.rounds(request.user),
        "is_filtered": any((filters.q, filters.status, filters.sector, filters.round)),
    }
    return render(request, "studies/studies.html", context)


def _chips(
    request: HttpRequest, filters: selectors.Filters, counts: dict[str, int]
) -> list[dict[str, object]]:
    labels = {"": _("Todos")} | {
        value: str(label).capitalize() for value, label in Study.Status.choices
    }
    chips = []
    for status, label in labels.items():
        query = request.GET.copy()
        query.pop("pagina", None)
        query["estado"] = status
        url = f"?{query.urlencode()}"
        is_on = filters.status == status
        chips.append({"label": label, "count": counts[status], "url": url, "is_on": is_on})
    return chips


@door(access.SEE)
def export_studies(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, for a spreadsheet."""
    header = (
        _("Título"), _("Ronda"), _("Rubros"), _("Producto"), _("Lugar"), _("Mercado final"),
        _("Estado"), _("Inicio"), _("Fin"), _("Evidencias"), _("Hallazgos"), _("Huérfanos"),
    )  # fmt: skip
    told = (
        (
            row.title, row.round, ", ".join(str(sector) for sector in row.sectors.all()),
            row.product, str(row.place or "") or None, row.end_market or None,
            str(row.get_status_display()), row.starts_on, row.ends_on,
            row.evidence_count,  # type: ignore[attr-defined]
            row.finding_count,  # type: ignore[attr-defined]
            row.orphan_count,  # type: ignore[attr-defined]
        )
        for row in selectors.studies(request.user, _filters(request))
    )  # fmt: skip
    file = downloads.xlsx_file if request.GET.get("formato") == "xlsx" else downloads.csv_file
    return file("estudios", header, told)


@door(access.EDIT)
def open_study(request: HttpRequest) -> HttpResponse:
    """A new study."""
    form = forms.StudyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            made = services.open_study(actor=who, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Abrimos «%(title)s».") % {"title": made.title})
            return redirect("studies:study", made.public_id)
    context = {
        "form": form,
        "title": _("Nuevo estudio"),
        "sentence": _("Una evaluación rápida de un producto, en un lugar, para un mercado."),
        "action": _("Abrir el estudio"),
        "back_url": reverse("studies:studies"),
        "draft": True,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)
