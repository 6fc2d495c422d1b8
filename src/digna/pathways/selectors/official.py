"""Official records and what they propose, side by side with our steps."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from digna.pathways import costs
from digna.pathways.models import FactCorrection, FactProposal, OfficialFile, OfficialRecord
from digna.pathways.selectors import reports
from digna_engines.pathways import Span
from digna_engines.pathways.steps import Unit

WARNINGS: dict[str, Any] = {
    "tariff_code": _("Puede ser un código de tarifa y no un monto: compruebe en el liquidador."),
    "tiny": _("Es menos de 1 boliviano: falta la unidad o está mal."),
    "audience": _("El registro dice que es para entidades públicas: puede no tocar a empresas."),
    "foreign_document": _("Un requisito nombra a otra entidad: puede estar mal enlazado."),
    "in_person": _("El registro dice que no es virtual y nosotros sabemos que sí."),
    "older": _("El registro es más viejo que nuestra fuente."),
}
FAULTS: dict[str, Any] = {
    "id": _("sin número"),
    "nombre": _("sin nombre"),
    "costo": _("el costo no es un número"),
    "costos": _("el costo no se entiende"),
    "moneda": _("la moneda no se conoce"),
    "duracion": _("la duración no es un número"),
    "unidadMedidaDuracion": _("la unidad de tiempo no se conoce"),
    "fechaActualizacion": _("la fecha no se entiende"),
    "registro": _("no es un trámite"),
    "json": _("la línea no es JSON"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One difference as it is shown."""

    proposal: FactProposal
    field: str
    ours: str
    theirs: str
    warnings: tuple[str, ...]
    can_accept: bool


def records(kind: str) -> QuerySet[OfficialRecord]:
    """Return the records: those with something to review first; `sin-paso` those without a step."""
    is_open = Count("proposals", filter=Q(proposals__state=FactProposal.State.OPEN))
    rows = OfficialRecord.objects.annotate(open_count=is_open)
    if kind == "por-revisar":
        rows = rows.filter(open_count__gt=0)
    elif kind == "sin-paso":
        rows = rows.filter(step="")
    return rows.order_by("-open_count", "name", "pk")


def counts() -> dict[str, int]:
    """Return how many records each filter gives."""
    every = OfficialRecord.objects.all()
    waiting = every.filter(proposals__state=FactProposal.State.OPEN).distinct()
    return {
        "por-revisar": waiting.count(),
        "sin-paso": every.filter(step="").count(),
        "": every.count(),
    }


def files() -> list[OfficialFile]:
    """Return the last dumps that came in."""
    return list(OfficialFile.objects.select_related("by")[:10])


def faults(file: OfficialFile) -> list[tuple[str, str, str]]:
    """Return what was refused of a dump: record, what is wrong, what stood there."""
    return [
        (one["record"], str(FAULTS.get(one["field"], one["field"])), one["found"])
        for one in file.refused
    ]


def sides(row: OfficialRecord) -> list[Side]:
    """Return a record's differences: those that wait first."""
    rows = row.proposals.select_related("decided_by", "correction")
    found = sorted(rows, key=lambda one: (one.state != FactProposal.State.OPEN, one.pk))
    return [
        Side(
            proposal=one,
            field=str(one.get_field_display()).capitalize(),
            ours=_worded(one.field, one.ours),
            theirs=_worded(one.field, one.theirs),
            warnings=tuple(str(WARNINGS[code]) for code in one.warnings if code in WARNINGS),
            can_accept=one.value not in (None, [], ""),
        )
        for one in found
    ]


def _worded(field: str, text: str) -> str:
    """A price or a length as people say it; other texts as they are."""
    amount, _space, rest = text.partition(" ")
    if field == FactCorrection.Field.PRICE and rest:
        currency, _blank, concept = rest.partition(" ")
        return f"{costs.money(Decimal(amount), currency)} {concept}".strip()
    if field == FactCorrection.Field.DURATION and rest:
        return costs.span(Span(Decimal(amount), cast(Unit, rest)))
    return text


def step_names() -> dict[str, str]:
    """Return what our steps are called."""
    return reports.names()
