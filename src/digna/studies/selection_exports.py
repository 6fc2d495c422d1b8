"""A selection as tables that leave: weights, scores and results. Closed rounds only."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from digna.registry.downloads import Cell
from digna.studies import gathering
from digna.studies.models import Round, Selection
from digna.studies.selectors import results

Table = tuple[Sequence[str], Iterator[Sequence[Cell]]]


def weights(selection: Selection) -> Table:
    """Return each vote of weights; people by place and constituency, without names."""
    header = (_("Ronda"), _("Persona"), _("Representa"), _("Criterio"), _("Frente a"), _("Valor"))
    return header, _weights(selection)


def _weights(selection: Selection) -> Iterator[Sequence[Cell]]:
    criteria = {by.pk: by.label for by in selection.criteria.all()}
    people = _people(selection)
    for row in gathering.closed_rounds(selection, Round.Kind.WEIGHTS):
        for vote in row.weight_votes.order_by("evaluator__order", "criterion__order", "other"):
            label, seat = people[vote.evaluator_id]
            other = "" if vote.other_id is None else criteria[vote.other_id]
            yield row.number, label, seat, criteria[vote.criterion_id], other, vote.value


def scores(selection: Selection) -> Table:
    """Return each answer; «sin evidencia» is said, never 0."""
    header = (
        _("Ronda"), _("Persona"), _("Representa"), _("Sector"), _("Criterio"), _("Puntaje"),
        _("Seguridad"), _("Por qué"), _("Evidencia"),
    )  # fmt: skip
    return header, _scores(selection)


def _scores(selection: Selection) -> Iterator[Sequence[Cell]]:
    people = _people(selection)
    for row in gathering.closed_rounds(selection, Round.Kind.SCORES):
        given = row.scores.select_related("candidate__sector", "criterion")
        for one in given.order_by("evaluator__order", "candidate__order", "criterion__order"):
            label, seat = people[one.evaluator_id]
            score: Cell = _("sin evidencia") if one.score is None else one.score
            yield (
                row.number, label, seat, one.candidate.label, one.criterion.label, score,
                one.confidence, one.rationale, ", ".join(one.evidence),
            )  # fmt: skip


def _people(selection: Selection) -> dict[int, tuple[str, str]]:
    """«P1», «P2»: an answer leaves without the name of who gave it."""
    rows = selection.evaluators.all()
    return {
        row.pk: (f"P{place}", str(row.get_constituency_display()))
        for place, row in enumerate(rows, start=1)
    }


def outcome(selection: Selection) -> Table:
    """Return the last ranking."""
    header = (
        _("Orden desde"), _("Orden hasta"), _("Sector"), _("Total"), _("Total mínimo"),
        _("Total máximo"), _("Primero, parte de pesos y puntajes"),
        _("Entre los que se eligen, parte"), _("Huella del cálculo"),
    )  # fmt: skip
    return header, _outcome(selection)


def _outcome(selection: Selection) -> Iterator[Sequence[Cell]]:
    last = selection.outcomes.first()
    if last is None:
        return
    for row in results.result(last).rows:
        yield (
            row.best, row.worst, row.name, _number(row.score), _number(row.lowest),
            _number(row.highest), _number(row.first_share), _number(row.seated_share),
            last.inputs_sha256,
        )  # fmt: skip


def _number(value: float | None) -> Any:
    from decimal import Decimal

    return None if value is None else Decimal(str(round(value, 4)))


TABLES = {"pesos": weights, "puntajes": scores, "resultado": outcome}
