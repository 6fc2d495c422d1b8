"""What leaves the screen: the report of a study as PDF, and all its tables as a workbook."""

import uuid
from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.text import slugify

from digna.accounts.doors import door
from digna.registry import downloads
from digna.studies import access, assessment_tables, study_workbook
from digna.studies import assessment_access as reach
from digna.studies.selectors import assessments as selectors
from digna.studies.selectors import markets
from digna.web import links, pdf, svg


@door(access.SEE)
def study_report(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The report on A4; `?idioma=en` for English."""
    row = reach.study(request.user, key)
    language = "en" if request.GET.get("idioma") == "en" else "es-bo"
    url = request.build_absolute_uri(row.get_absolute_url())
    with translation.override(language):
        found = row.findings.select_related("cause", "activity").prefetch_related(markets.CITED)
        evidence = row.evidence.select_related("place").order_by("number")
        context = {
            "study": row,
            "language": language[:2],
            "has_synthetic": row.programme.is_synthetic,
            "summary": selectors.summary(row),
            "questions": list(row.questions.all()),
            "actors": markets.actors(row),
            "chain": markets.chain(row),
            "channels": markets.channels(row),
            "system": markets.system(row),
            "causes": markets.causes(row),
            "series": [(s, svg.trend(s.values, kind="line")) for s in row.series.all()],
            "deficits": list(row.deficits.select_related("link")),
            "findings": list(found),
            "evidence": [(entry, assessment_tables.said(entry)) for entry in evidence],
            "qr": links.qr(url),
            "url": url,
        }
        name = f"estudio-{slugify(row.title)[:40]}-{slugify(row.round)}"
        return pdf.response(request, "studies/report.html", context, name)


@door(access.SEE)
def study_xlsx(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every table of a study, a sheet each."""
    row = reach.study(request.user, key)
    file = BytesIO()
    study_workbook.write(file, assessment_tables.tables(row))
    response = HttpResponse(file.getvalue(), content_type=downloads.XLSX)
    name = f"estudio-{slugify(row.title)[:40]}-{slugify(row.round)}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
