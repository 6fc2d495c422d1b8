"""A certificate in words: the same facts on the inner page, the check page and the paper."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from digna.certificates.models import Certificate
from digna.web import links, pdf
from digna.web.numbers import number

KIND_OF = {"valid": "good", "expired": "warning", "revoked": "error"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    name: str
    title: str
    kind: str
    issued_on: date
    valid_until: date | None
    state: str
    state_kind: str
    url: str


def in_list(row: Certificate, today: date) -> Row:
    """Return a line of the list."""
    state = row.state_on(today)
    return Row(
        name=row.holder_name,
        title=row.title,
        kind=str(row.get_kind_display()),
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        state=str(state.label),
        state_kind=KIND_OF[state.value],
        url=row.get_absolute_url(),
    )


def check_url(request: HttpRequest, row: Certificate) -> str:
    """Return the address that the QR carries."""
    return request.build_absolute_uri(reverse("certificates:check", args=[row.code]))


def page(request: HttpRequest, row: Certificate) -> dict[str, Any]:
    """Return what a page about a certificate shows."""
    state = row.state_on(timezone.localdate())
    url = check_url(request, row)
    return {
        "certificate": row,
        "facts": facts(row),
        "state": state,
        "state_kind": KIND_OF[state.value],
        "is_valid": state == Certificate.State.VALID,
        "check_url": url,
        "qr": links.qr(url),
        "successor": getattr(row, "replaced_by", None),
        "has_synthetic": bool(row.programme and row.programme.is_synthetic),
    }


def facts(row: Certificate) -> list[dict[str, Any]]:
    """Return every fact a certificate states, as labels and values; what it lacks is left out."""
    told: list[tuple[str, Any]] = [
        (_("A nombre de"), row.holder_name),
        (_("Tipo"), str(row.get_kind_display()).capitalize()),
        (_("Qué certifica"), row.title),
        (_("Detalle"), row.detail),
        (_("Nivel"), row.level),
        (_("Horas"), None if row.hours is None else number(row.hours, _decimals(row))),
        (_("Realizado"), _dates(row)),
        (_("Emitido el"), date_format(row.issued_on)),
        (_("Vale hasta"), date_format(row.valid_until) if row.valid_until else _("no vence")),
        (_("Emite"), row.issuer_name),
        (_("Firma"), row.signed_by),
        (_("Código"), row.spoken_code),
    ]
    return [{"label": label, "value": value} for label, value in told if value]


def _decimals(row: Certificate) -> int:
    return 0 if row.hours is not None and row.hours == row.hours.to_integral_value() else 1


def _dates(row: Certificate) -> str:
    days = [date_format(day) for day in (row.starts_on, row.ends_on) if day is not None]
    return " – ".join(dict.fromkeys(days))


def paper(request: HttpRequest, row: Certificate) -> HttpResponse:
    """Return the paper as PDF; `?idioma=en` for English."""
    language = "en" if request.GET.get("idioma") == "en" else "es-bo"
    with translation.override(language):
        context = page(request, row) | {
            "language": language,
            "dates": _dates(row),
            "hours": None if row.hours is None else number(row.hours, _decimals(row)),
            "name_size": _size_of(row.holder_name),
        }
        name = f"certificado-{row.code.lower()}"
        return pdf.response(request, "certificates/paper.html", context, name)


def _size_of(name: str) -> str:
    """Return how large a name can be printed on one or two lines."""
    if len(name) <= 28:
        return "name-l"
    return "name-m" if len(name) <= 60 else "name-s"
