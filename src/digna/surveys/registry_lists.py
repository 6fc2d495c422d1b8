"""The register's own lists: firms, and the partners who care for them.

Of a firm goes what tells it from others of the same name and what a question may hang on: no NIT,
telephone or owner lies on a telephone for the sake of choosing. People are not offered: a list of
persons on every telephone is more than any question needs.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from digna.accounts import rights
from digna.programmes.models import Programme
from digna.registry import access
from digna.registry.models import Enterprise, Organisation, Place
from digna.surveys.lists import LiveList, Row


def _firms(_programme: Programme, user: object) -> QuerySet[Enterprise]:
    return access.visible_enterprises(user)


def _every_firm(_programme: Programme) -> QuerySet[Enterprise]:
    return Enterprise.objects.all()


def _tell_firms(found: QuerySet[Enterprise]) -> Iterator[Row]:
    told: Any = found.values_list(
        "public_id", "name", "place__name", "place__kind", "place__code", "place__parent__code",
        "sector__code",
    )  # fmt: skip
    for key, name, place, kind, code, parent, sector in told.iterator(chunk_size=2000):
        yield {
            "name": str(key),
            "label": f"{name} · {place}" if place else name,
            "nombre": name,
            "municipio": place or "",
            "departamento": _department(kind, code, parent),
            "rubro": sector or "",
        }


def _department(kind: str | None, code: str | None, parent: str | None) -> str:
    """As `Place.department_code`, of values instead of ten thousand rows."""
    if kind == Place.Kind.DEPARTMENT:
        return code or ""
    return parent or "" if kind == Place.Kind.MUNICIPALITY else ""


def _partners(_programme: Programme, user: object) -> QuerySet[Organisation]:
    rows = Organisation.objects.filter(is_partner=True)
    return rows if rights.may(user, access.SEE) else rows.none()


def _every_partner(_programme: Programme) -> QuerySet[Organisation]:
    return Organisation.objects.all()


def _tell_partners(found: QuerySet[Organisation]) -> Iterator[Row]:
    for code, name, acronym in found.values_list("code", "name", "acronym"):
        yield {"name": code, "label": name, "sigla": acronym}


FIRMS = LiveList(
    name="digna_empresas.csv",
    label=_("empresas del registro"),
    columns=("nombre", "municipio", "departamento", "rubro"),
    seen=_firms,
    every=_every_firm,
    key="public_id",
    tell=_tell_firms,
)
PARTNERS = LiveList(
    name="digna_socios.csv",
    label=_("socios ejecutores"),
    columns=("sigla",),
    seen=_partners,
    every=_every_partner,
    key="code",
    tell=_tell_partners,
)
LISTS = [FIRMS, PARTNERS]
