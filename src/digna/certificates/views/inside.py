"""The certificates one may see: the list, one whole, its paper."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.certificates import access, selectors
from digna.certificates.models import Certificate
from digna.certificates.views import shown
from digna.journal.history import history
from digna.registry import downloads

PAGE = 30


def _filters(request: HttpRequest) -> selectors.Filters:
    asked = request.GET
    return selectors.Filters(
        q=asked.get("q", ""), kind=asked.get("tipo", ""), state=asked.get("estado", "")
    )


@door(access.SEE)
def certificates(request: HttpRequest) -> HttpResponse:
    """The list, the latest first."""
    filters, today = _filters(request), timezone.localdate()
    rows = selectors.certificates(request.user, filters, today)
    page = Paginator(rows, PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "rows": [shown.in_list(row, today) for row in page.object_list],
        "filters": _chips(request, filters, selectors.state_counts(request.user, filters, today)),
        "asked": filters,
        "kinds": Certificate.Kind.choices,
        "is_filtered": any((filters.q, filters.kind, filters.state)),
    }
    return render(request, "certificates/certificates.html", context)


def _chips(
    request: HttpRequest, filters: selectors.Filters, counts: dict[str, int]
) -> list[dict[str, Any]]:
    labels = {
        "": _("Todos"),
        "vigentes": _("Vigentes"),
        "vencidos": _("Vencidos"),
        "anulados": _("Anulados"),
    }
    chips = []
    for state, label in labels.items():
        query = request.GET.copy()
        query.pop("pagina", None)
        query["estado"] = state
        is_on = filters.state == state
        url = f"?{query.urlencode()}"
        chips.append({"label": label, "count": counts[state], "url": url, "is_on": is_on})
    return chips


@door(access.SEE)
def certificate(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One certificate: its facts, its state, its papers, what happened to it."""
    row = access.certificate(request.user, key)
    may_revoke = access.visible_certificates(request.user, access.REVOKE).filter(pk=row.pk).exists()
    context = shown.page(request, row) | {"may_revoke": may_revoke, "history": history(row)}
    return render(request, "certificates/certificate.html", context)


@door(access.SEE)
def paper(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The paper, A4 on its side, in the language asked for."""
    return shown.paper(request, access.certificate(request.user, key))


HEADER = (
    "Código", "A nombre de", "Tipo", "Qué certifica", "Nivel", "Horas", "Desde", "Hasta",
    "Emitido el", "Vale hasta", "Estado", "Emite",
)  # fmt: skip


@door(access.SEE)
def export_certificates(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, for a spreadsheet."""
    today = timezone.localdate()
    told = (
        (
            row.spoken_code, row.holder_name, str(row.get_kind_display()), row.title, row.level,
            row.hours, row.starts_on, row.ends_on, row.issued_on, row.valid_until,
            str(row.state_on(today).label), row.issuer_name,
        )
        for row in selectors.certificates(request.user, _filters(request), today)
    )  # fmt: skip
    is_xlsx = request.GET.get("formato") == "xlsx"
    file = downloads.xlsx_file if is_xlsx else downloads.csv_file
    return file("certificados", HEADER, told)
