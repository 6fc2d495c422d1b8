"""What the decision memo says, once, for its two papers: PDF and Word."""

import io
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from digna.programmes.models import Programme
from digna.studies import gathering
from digna.studies.models import Decision, Round, Selection, Verdict
from digna.studies.selectors import results
from digna.studies.selectors import selections as selectors
from digna.web.days import day
from digna.web.numbers import number, percent


@dataclass(frozen=True, slots=True)
class Memo:
    """All parts of a memo, in the language in use."""

    selection: Selection
    decision: Decision
    chosen: tuple[str, ...]
    programmes: tuple[Programme, ...]
    result: results.Result
    people: tuple[tuple[str, tuple[str, ...]], ...]
    rounds: tuple[str, ...]
    knocked_out: tuple[tuple[str, str, str], ...]
    method: tuple[tuple[str, str], ...]
    is_synthetic: bool


def memo(selection: Selection, decision: Decision) -> Memo:
    """Gather the memo of a decision from its own snapshot."""
    table = gathering.table_of(selection)
    found = results.result(decision.outcome)
    programmes = tuple(selection.programmes.all())
    return Memo(
        selection=selection,
        decision=decision,
        chosen=tuple(row.label for row in decision.chosen.select_related("sector")),
        programmes=programmes,
        result=found,
        people=tuple((seat, tuple(names)) for seat, names in results.people_by_seat(table)),
        rounds=tuple(_round(row, table) for row in selection.rounds.select_related("selection")),
        knocked_out=_knocked_out(selection),
        method=_method(decision, found),
        is_synthetic=any(programme.is_synthetic for programme in programmes),
    )


def _round(row: Round, table: gathering.Table) -> str:
    told = selectors.progress(row, table)
    return _("%(kind)s, ronda %(n)s, cerrada el %(on)s: %(whole)s de %(asked)s completas, "
             "%(begun)s a medias.") % {
        "kind": str(row.get_kind_display()).capitalize(), "n": row.number, "on": day(row.closed_at),
        "whole": told.whole, "asked": told.asked, "begun": told.begun,
    }  # fmt: skip


def _knocked_out(selection: Selection) -> tuple[tuple[str, str, str], ...]:
    rows = Verdict.objects.filter(
        candidate__selection=selection, outcome=Verdict.Outcome.FAILS
    ).select_related("candidate__sector", "criterion")
    return tuple((row.candidate.label, row.criterion.label, row.reason) for row in rows)


def _method(decision: Decision, found: results.Result) -> tuple[tuple[str, str], ...]:
    outcome = decision.outcome
    chances = outcome.value["smaa"]
    return (
        (_("Método"), _("Suma ponderada de puntajes anclados (1 a 5), media de las personas")),
        (_("Normalización"), _("Ninguna: la escala tiene extremos fijos; donde menos es mejor, el "
                               "puntaje se da vuelta (1 ↔ 5)")),
        (_("Pesos"), _("%(how)s; %(counted)s de %(asked)s respuestas completas")
         % {"how": found.weight_words, "counted": found.counted, "asked": found.asked}),
        (_("Falta de evidencia"), _("Intervalo entre el peor y el mejor puntaje posible; nunca "
                                    "cero ni promedio")),
        (_("Robustez"), _("SMAA-2, %(draws)s sorteos, semilla %(seed)s, error típico hasta "
                          "%(error)s")
         % {"draws": number(chances["draws"]), "seed": chances["seed"],
            "error": percent(chances["error"], 1, 2)}),
        (_("Motor"), f"digna_engines.decisions {outcome.engine_version}"),
        (_("Huella de los datos (sha256)"), outcome.inputs_sha256),
    )  # fmt: skip


def word(told: Memo) -> bytes:
    """Return the memo as a Word document with real headings and tables, to be signed."""
    import docx

    document = docx.Document()
    document.core_properties.title = str(told.selection)
    document.core_properties.author = "Digna"
    document.add_heading(_("Memoria de decisión"), 0)
    if told.is_synthetic:
        document.add_paragraph(_("Datos sintéticos de demostración: nada de esto ocurrió."))
    document.add_heading(str(told.selection), 1)
    document.add_paragraph(told.selection.question)
    _decision_part(document, told)
    _result_part(document, told)
    _people_part(document, told)
    document.add_heading(_("Cómo se calculó"), 2)
    _grid(document, ("", ""), told.method)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _decision_part(document: Any, told: Memo) -> None:
    document.add_heading(_("Decisión"), 2)
    document.add_paragraph(", ".join(told.chosen), style="Intense Quote")
    document.add_paragraph(_("Fecha: %(on)s") % {"on": day(told.decision.decided_on)})
    document.add_paragraph(_differs(told.decision))
    if told.decision.justification:
        document.add_paragraph(told.decision.justification)
    document.add_heading(_("Disensos"), 3)
    for entry in told.decision.dissent:
        document.add_paragraph(f"{entry['who']}: {entry['text']}", style="List Bullet")
    if not told.decision.dissent:
        document.add_paragraph(_("No consta ninguno."))
    document.add_heading(_("Firmas"), 3)
    for name in told.decision.signatories:
        document.add_paragraph(f"\n______________________________\n{name}")


def _differs(decision: Decision) -> str:
    if decision.differs:
        return _("Lo elegido difiere del orden calculado, por lo que sigue:")
    return _("Lo elegido coincide con los primeros del orden calculado.")


def _result_part(document: Any, told: Memo) -> None:
    document.add_heading(_("Resultado"), 2)
    document.add_paragraph(told.result.verdict)
    _grid(
        document,
        (_("Lugar"), _("Sector"), _("Total"), _("Primero"), _("Entre los elegidos")),
        [
            (
                row.place,
                row.name,
                total(row),
                percent(row.first_share, 1),
                percent(row.seated_share, 1),
            )
            for row in told.result.rows
        ],
    )
    for sentence in (*told.result.sentences, told.result.agreement):
        document.add_paragraph(sentence, style="List Bullet")
    document.add_heading(_("Pesos"), 3)
    _grid(
        document,
        (_("Criterio"), _("Dimensión"), _("Peso, %")),
        [(name, group, number(weight, 1)) for name, group, weight, _way in told.result.weights],
    )
    document.add_heading(_("Celdas sin evidencia"), 3)
    for sector, criterion in told.result.missing:
        document.add_paragraph(f"{sector}: {criterion}", style="List Bullet")
    if not told.result.missing:
        document.add_paragraph(_("Ninguna."))
    document.add_heading(_("Sectores que quedaron fuera"), 3)
    for sector, criterion, reason in told.knocked_out:
        document.add_paragraph(f"{sector}: {criterion}. {reason}", style="List Bullet")
    if not told.knocked_out:
        document.add_paragraph(_("Ninguno."))


def total(row: results.Ranked) -> str:
    """Return a total, or the interval it lies in."""
    if row.score is not None:
        return number(row.score, 2)
    return _("%(low)s a %(high)s") % {"low": number(row.lowest, 2), "high": number(row.highest, 2)}


def _people_part(document: Any, told: Memo) -> None:
    document.add_heading(_("Quiénes participaron"), 2)
    _grid(
        document,
        (_("Representan"), _("Personas"), _("n")),
        [(seat.capitalize(), ", ".join(names), str(len(names))) for seat, names in told.people],
    )
    for line in told.rounds:
        document.add_paragraph(line, style="List Bullet")


def _grid(document: Any, header: tuple[str, ...], rows: Any) -> None:
    grid = document.add_table(rows=0, cols=len(header))
    grid.style = "Light Grid Accent 1"
    for row in ([header] if any(header) else []) + list(rows):
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = str(text)
