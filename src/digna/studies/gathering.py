"""What people answered in closed rounds, as the plain table the computation takes.

Only closed rounds are read here, and everything that shows answers reads through here: that is
what keeps them blind. Who did not answer a later round stands by the earlier one, which is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from digna.studies.models import (
    Candidate,
    Criterion,
    Evaluator,
    Round,
    Score,
    Selection,
    Verdict,
    WeightVote,
)


@dataclass(frozen=True, slots=True)
class Table:
    """Who is compared, by what, by whom."""

    candidates: tuple[Candidate, ...]
    knocked_out: tuple[Candidate, ...]
    criteria: tuple[Criterion, ...]
    people: tuple[Evaluator, ...]


def table_of(selection: Selection) -> Table:
    """Return the sectors in the race and out of it, the criteria scored, whose answers stand."""
    out = set(
        Verdict.objects.filter(
            candidate__selection=selection, outcome=Verdict.Outcome.FAILS
        ).values_list("candidate", flat=True)
    )
    candidates = list(selection.candidates.select_related("sector"))
    return Table(
        candidates=tuple(row for row in candidates if row.pk not in out),
        knocked_out=tuple(row for row in candidates if row.pk in out),
        criteria=tuple(selection.criteria.filter(is_knock_out=False)),
        people=tuple(selection.evaluators.filter(answers_stand=True)),
    )


def closed_rounds(selection: Selection, kind: str, upto: int | None = None) -> list[Round]:
    """Return the closed rounds of a kind, in order, none later than `upto`."""
    rows = selection.rounds.filter(kind=kind).exclude(closed_at=None).order_by("number")
    return [row for row in rows if upto is None or row.number <= upto]


def scores_in(rounds: Sequence[Round]) -> dict[tuple[int, int, int], Score]:
    """Return the last answer to each (person, sector, criterion) over closed rounds.

    Raises:
        ValueError: a round is still open, whose answers nobody may see.
    """
    _refuse_open(rounds)
    rows = Score.objects.filter(round__in=rounds).select_related("round").order_by("round__number")
    return {(row.evaluator_id, row.candidate_id, row.criterion_id): row for row in rows}


def weights_in(rounds: Sequence[Round]) -> dict[tuple[int, int, int | None], WeightVote]:
    """Return the last weight of each (person, criterion, other) over closed rounds."""
    _refuse_open(rounds)
    rows = WeightVote.objects.filter(round__in=rounds).order_by("round__number")
    return {(row.evaluator_id, row.criterion_id, row.other_id): row for row in rows}


def _refuse_open(rounds: Iterable[Round]) -> None:
    if any(row.is_open for row in rounds):
        raise ValueError("answers of an open round are nobody's to read")


def inputs_of(selection: Selection) -> dict[str, Any]:
    """Return the table in numbers, with people only by whom they represent."""
    table = table_of(selection)
    scores = scores_in(closed_rounds(selection, Round.Kind.SCORES))
    return {
        "sectors": [row.name for row in table.candidates],
        "sector_ids": [row.pk for row in table.candidates],
        "criteria": [row.name for row in table.criteria],
        "criterion_ids": [row.pk for row in table.criteria],
        "directions": [row.direction for row in table.criteria],
        "defaults": [
            None if row.default_weight is None else float(row.default_weight)
            for row in table.criteria
        ],
        "weighting": selection.weighting,
        "weights": _weights(selection, table),
        "scores": [
            [
                [_score(scores.get((person.pk, row.pk, by.pk))) for by in table.criteria]
                for row in table.candidates
            ]
            for person in table.people
        ],
        "constituencies": [person.constituency for person in table.people],
        "seats": selection.seats,
    }


def _score(row: Score | None) -> int | None:
    return None if row is None else row.score


def _weights(selection: Selection, table: Table) -> list[list[Any]]:
    votes = weights_in(closed_rounds(selection, Round.Kind.WEIGHTS))
    keys = [row.pk for row in table.criteria]
    if selection.weighting != Selection.Weighting.AHP:
        found = [[votes.get((person.pk, key, None)) for key in keys] for person in table.people]
        return [[None if v is None else float(v.value) for v in row] for row in found]
    places = {key: place for place, key in enumerate(keys)}
    return [
        [
            [places[first], places[second], float(vote.value)]
            for (who, first, second), vote in votes.items()
            if who == person.pk and first in places and second in places
        ]
        for person in table.people
    ]
