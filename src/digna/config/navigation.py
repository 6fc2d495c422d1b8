"""The rail and the bottom bar: which rooms a person is offered, by their rights."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from digna.accounts import rights


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: where it leads, what it says, which right it asks for ("" = none)."""

    url_name: str
    label: Any
    icon: str
    right: str
    on_phone: bool = False


PLACES = (
    Place("today", _("Hoy"), "sun", "", on_phone=True),
    Place("field:today", _("En el campo"), "smartphone", "field.work"),
    Place("registry:enterprises", _("Empresas"), "store", "registry.see", on_phone=True),
    Place("registry:people", _("Personas"), "users", "registry.see"),
    Place("events:processes", _("Actividades"), "calendar-days", "events.see", on_phone=True),
    Place("training:overview", _("Formación"), "graduation-cap", "training.see"),
    Place("learning:courses", _("Cursos"), "layers", "learning.see"),
    Place("learning:home", _("Aprender"), "graduation-cap", ""),
    Place("mentoring:cohorts", _("Mentoría"), "handshake", "mentoring.enter"),
    Place("improvement:instruments", _("Instrumentos"), "list-checks", "improvement.instruments"),
    Place("rounds:rounds", _("Ruedas de negocios"), "handshake", "rounds.see"),
    Place("partners:partners", _("Socios"), "handshake", "partners.see"),
    Place("linkages:overview", _("Mercados"), "store", "linkages.see"),
    Place("studies:studies", _("Estudios"), "layers", "studies.see"),
    Place("markets:sheets", _("Fichas de mercado"), "file-text", "markets.see"),
    Place("pathways:guides", _("Rutas"), "compass", ""),
    Place("results:programmes", _("Resultados"), "chart-bar", "results.see", on_phone=True),
    Place("reports:reports", _("Informes"), "file-text", "reports.see"),
    Place("surveys:forms", _("Formularios"), "list-checks", "surveys.see"),
    Place("field:questions", _("Preguntas del campo"), "circle-help", "field.decide"),
    Place("packages:packages", _("Paquetes"), "layers", "packages.see"),
    Place("trainers:trainers", _("Formadores"), "graduation-cap", "trainers.see"),
    Place("certificates:certificates", _("Certificados"), "award", "certificates.see"),
    Place("programmes:programmes", _("Programas"), "compass", "programmes.see"),
    Place("accounts:members", _("Cuentas"), "id-card", "accounts.see"),
    Place("accounts:journal", _("Diario"), "scroll-text", "journal.search"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give templates `navigation`: entries with `label`, `url`, `icon`, `is_here`, `on_phone`."""
    may = rights.codes_of(getattr(request, "user", None))
    path = request.path
    entries = []
    for place in PLACES:
        if place.right and place.right not in may:
            continue
        try:
            url = reverse(place.url_name)
        except NoReverseMatch:
            continue  # the room is not built into this installation
        is_here = path == url if url == "/" else path.startswith(url)
        entries.append(
            {
                "label": place.label,
                "url": url,
                "icon": place.icon,
                "is_here": is_here,
                "on_phone": place.on_phone,
            }
        )
    return {"navigation": entries}
