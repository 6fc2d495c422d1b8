"""A study as tables: the same for the workbook, the frozen version and its reading."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from digna.journal import sealing
from digna.studies.models.assessments import (
    Answer,
    Cause,
    CauseEdge,
    ChainLink,
    Channel,
    Deficit,
    Evidence,
    Finding,
    Interview,
    MarketActor,
    Question,
    Series,
    Step,
    Study,
    SystemElement,
)
from digna.studies.selectors import markets
from digna.studies.selectors.markets import CITED

Cell = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: what it is called, its header, its rows; a missing value is None."""

    code: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(study: Study) -> tuple[Table, ...]:
    """Return every table of a study, in the order of its pages."""
    return tuple(make(study) for make in MAKERS)


def document(study: Study) -> dict[str, Any]:
    """Return everything a study holds: its tables as read, and its rows as kept."""
    return {
        "tables": [
            {"code": t.code, "title": t.title, "header": t.header, "rows": t.rows}
            for t in tables(study)
        ],
        "rows": {name: [_kept(row) for row in rows] for name, rows in _rows(study)},
    }


def _rows(study: Study) -> Iterable[tuple[str, Iterable[models.Model]]]:
    yield "study", [study]
    for model in (
        Question, Evidence, Interview, ChainLink, MarketActor, Channel, SystemElement, Cause,
        CauseEdge, Series, Deficit, Finding,
    ):  # fmt: skip
        yield model._meta.model_name or "", model._default_manager.filter(study=study)
    yield "answer", Answer.objects.filter(interview__study=study)
    yield "step", Step.objects.filter(channel__study=study)


def _kept(row: models.Model) -> dict[str, Any]:
    """A row's own columns in the clear, and the keys of what it names."""
    kept = {f.attname: sealing.plain(f.value_from_object(row)) for f in row._meta.concrete_fields}
    for field in row._meta.many_to_many:
        kept[field.name] = sorted(getattr(row, field.name).values_list("pk", flat=True))
    return kept


def _study(study: Study) -> Table:
    rows: tuple[tuple[str, Cell], ...] = (
        (_("Título"), study.title),
        (_("Ronda"), study.round),
        (_("Programa"), study.programme.name),
        (_("Rubros"), ", ".join(str(sector) for sector in study.sectors.all())),
        (_("Producto"), study.product),
        (_("Lugar"), _text(study.place)),
        (_("Mercado final"), study.end_market or None),
        (_("Equipo"), study.team or None),
        (_("Inicio"), study.starts_on),
        (_("Fin"), study.ends_on),
        (_("Estado"), str(study.get_status_display())),
        (_("Herramientas usadas"), ", ".join(study.tools) or None),
        (_("Resumen"), study.summary or None),
    )
    return Table("study", _("Estudio"), (_("Dato"), _("Valor")), rows)


def _evidence(study: Study) -> Table:
    header = (
        _("N.º"), _("Tipo"), _("Fuente"), _("Fecha"), _("Lugar"), _("Confianza"), _("Permiso"),
        _("Qué dice"), _("Valor"), _("Unidad"), _("Enlace"),
    )  # fmt: skip
    rows = tuple(
        (
            row.label, str(row.get_kind_display()), row.source, row.on, _text(row.place),
            row.reliability, str(row.get_consent_display()),
            said(row), row.value, row.unit or None, row.url or None,
        )
        for row in study.evidence.select_related("place")
    )  # fmt: skip
    return Table("evidence", _("Evidencia"), header, rows)


def said(row: Evidence) -> str | None:
    """What evidence says, where it may leave the team; else a word that it exists."""
    if row.may_be_printed:
        return row.says or None
    return _("(sin permiso de citar: lo guarda el equipo)")


def _answers(study: Study) -> Table:
    header = (_("N.º"), _("Informante"), _("Sexo"), _("Pregunta"), _("Respuesta"))
    found = Answer.objects.filter(interview__study=study).select_related(
        "interview__evidence", "question"
    )
    rows = tuple(
        (
            row.interview.evidence.label,
            row.interview.role,
            str(row.interview.get_sex_display()) or None,
            row.question.text,
            row.text if row.interview.evidence.may_be_printed else said(row.interview.evidence),
        )
        for row in found.order_by("interview__evidence__number", "question__order", "pk")
    )
    return Table("answers", _("Respuestas"), header, rows)


def _actors(study: Study) -> Table:
    header = (
        _("Actor"), _("Papel"), _("Representa a"), _("Eslabón"), _("Voluntad"), _("Capacidad"),
        _("Influencia"), _("Nota"), _("Evidencia"),
    )  # fmt: skip
    rows = tuple(
        (
            row.name, str(row.get_role_display()), str(row.get_constituency_display()) or None,
            _text(row.link), row.will, row.skill, row.influence, row.note or None, cited(row),
        )
        for row in markets.actors(study).rows
    )  # fmt: skip
    return Table("actors", _("Actores"), header, rows)


def _links(study: Study) -> Table:
    header = (
        _("Eslabón"), _("Actores"), _("Volumen al año"), _("Unidad"), _("Personas"), _("Mujeres"),
        _("Nota"), _("Evidencia"),
    )  # fmt: skip
    rows = tuple(
        (
            row.name, row.actor_count, row.volume, row.volume_unit or None, row.workers, row.women,
            row.note or None, cited(row),
        )
        for row in study.links.prefetch_related(CITED)
    )  # fmt: skip
    return Table("links", _("Cadena"), header, rows)


def _prices(study: Study) -> Table:
    header = (
        _("Canal"), _("Eslabón"), _("Moneda"), _("Por cada"), _("Compra a"), _("Vende a"),
        _("Margen bruto"), _("Costos propios"), _("Margen neto"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for told in markets.channels(study):
        unit = (told.channel.currency, told.channel.unit)
        name, rest = told.channel.name, (None, None, None)
        rows.append((name, _("Productor"), *unit, None, told.channel.farm_gate, *rest))
        rows += [
            (
                name, step.link.name, *unit, step.price_in, step.price_out, margin.gross,
                step.costs, margin.net,
            )
            for step, margin in told.margins
        ]  # fmt: skip
        rows.append((name, _("Consumidor"), *unit, told.channel.consumer_price, None, *rest))
    return Table("prices", _("Precios y márgenes"), header, tuple(rows))


def _elements(study: Study) -> Table:
    header = (
        _("Qué es"), _("Elemento"), _("Quién lo hace"), _("Qué hace"), _("Con qué recurso"),
        _("Quién paga"), _("Quién lo hará"), _("Quién pagará"), _("Cómo funciona (1–5)"),
        _("Qué le falla"), _("Evidencia"),
    )  # fmt: skip
    rows = tuple(
        (
            str(row.get_kind_display()), row.name, _text(row.performer), row.action or None,
            row.resource or None, _text(row.payer), _text(row.performer_later),
            _text(row.payer_later), row.performance, row.constraint or None, cited(row),
        )
        for row in markets.system(study).rows
    )  # fmt: skip
    return Table("elements", _("Sistema"), header, rows)


def _causes(study: Study) -> Table:
    header = (_("Causa"), _("Efecto"), _("Fuerza"), _("Evidencia"))
    rows = tuple(
        (row.cause.name, row.effect.name, str(row.get_strength_display()), cited(row))
        for row in markets.causes(study).edges
    )
    return Table("causes", _("Causas"), header, rows)


def _series(study: Study) -> Table:
    header = (_("Serie"), _("Unidad"), _("Periodo"), _("Valor"), _("Fuente"))
    rows = tuple(
        (row.name, row.unit, period, value, row.source)
        for row in study.series.all()
        for period, value in row.values
    )
    return Table("series", _("Tendencias"), header, rows)


def _deficits(study: Study) -> Table:
    header = (
        _("Déficit"),
        _("Gravedad"),
        _("A quiénes afecta"),
        _("Eslabón"),
        _("Qué se vio"),
        _("Evidencia"),
    )
    rows = tuple(
        (
            str(row.get_kind_display()), str(row.get_severity_display()), row.who,
            _text(row.link), row.note or None, cited(row),
        )
        for row in study.deficits.select_related("link").prefetch_related(CITED)
    )  # fmt: skip
    return Table("deficits", _("Trabajo decente"), header, rows)


def _findings(study: Study) -> Table:
    header = (
        _("Hallazgo"), _("Causa"), _("Evidencia"), _("Decisión"), _("Por qué"), _("Decidido el"),
        _("Actividad"), _("Intervención"), _("A cargo de"), _("Huérfano"),
    )  # fmt: skip
    found = study.findings.select_related("cause", "activity").prefetch_related(CITED)
    rows = tuple(
        (
            row.text, _text(row.cause), cited(row), str(row.get_decision_display()) or None,
            row.reason or None, row.decided_on, _text(row.activity), row.intervention or None,
            row.owner or None, _("sí") if row.is_orphan else _("no"),
        )
        for row in found
    )  # fmt: skip
    return Table("findings", _("Hallazgos"), header, rows)


def cited(row: Any) -> str | None:
    """Return the labels of the evidence a row names, of which its selector brought all."""
    found = row.pieces
    return ", ".join(evidence.label for evidence in found) or None


def _text(row: object) -> str | None:
    return None if row is None else str(row)


MAKERS: Sequence[Callable[[Study], Table]] = (
    _study, _evidence, _answers, _actors, _links, _prices, _elements, _causes, _series, _deficits,
    _findings,
)  # fmt: skip
