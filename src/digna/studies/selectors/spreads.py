"""Where people differ, once a round is closed: by cell, by constituency, by round."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digna.studies import gathering
from digna.studies.gathering import Table
from digna.studies.models import Candidate, Criterion, Evaluator, Round, Score, WeightVote
from digna.studies.models.selections import HIGH, LOW, Seat

STOP_W, STOP_IQR = 0.05, 1.0
"""Delphi: another round is hardly worth it below this change of W, or this range everywhere."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How one sector was scored on one criterion."""

    candidate: Candidate
    criterion: Criterion
    votes: tuple[tuple[str, int], ...]
    no_evidence: int
    asked: int
    told: Mapping[str, float | None]
    rationales: tuple[tuple[str, str, int | None, tuple[str, ...]], ...]

    @property
    def given(self) -> int:
        return len(self.votes)

    @property
    def range(self) -> float | None:
        low, high = self.told["low"], self.told["high"]
        return None if low is None or high is None else high - low

    @property
    def distribution(self) -> list[tuple[int, int]]:
        """How many gave each score, from 1 to 5."""
        counts = Counter(score for _seat, score in self.votes)
        return [(score, counts[score]) for score in range(LOW, HIGH + 1)]

    @property
    def by_seat(self) -> list[tuple[str, list[int]]]:
        """The scores of each constituency, in order."""
        return [
            (str(seat.label), found)
            for seat in Seat
            if (found := sorted(score for who, score in self.votes if who == seat))
        ]


def cells(round: Round, table: Table) -> list[Cell]:
    """Return every cell as it stands at a closed round, those to discuss first on top.

    Raises:
        ValueError: the round is open.
    """
    rounds = _upto(round)
    found = gathering.scores_in(rounds)
    told = [
        _cell(row, by, table.people, found) for row in table.candidates for by in table.criteria
    ]
    return sorted(told, key=_heat)


def _upto(round: Round) -> list[Round]:
    if round.is_open:
        raise ValueError("an open round has no spread to show")
    return gathering.closed_rounds(round.selection, round.kind, round.number)


def _heat(cell: Cell) -> tuple[float, float]:
    """The less agreed first; then those that fewer people dared to score."""
    cns = cell.told["cns"]
    return (2.0 if cns is None else cns, cell.given)


def _cell(
    candidate: Candidate,
    criterion: Criterion,
    people: Sequence[Evaluator],
    found: Mapping[tuple[int, int, int], Score],
) -> Cell:
    from digna.studies import deciding_people

    rows = [
        (person, row)
        for person in people
        if (row := found.get((person.pk, candidate.pk, criterion.pk))) is not None
    ]
    votes = tuple((p.constituency, r.score) for p, r in rows if r.score is not None)
    return Cell(
        candidate=candidate,
        criterion=criterion,
        votes=votes,
        no_evidence=sum(row.score is None for _person, row in rows),
        asked=len(people),
        told=deciding_people.spread([score for _seat, score in votes]),
        rationales=tuple(
            (p.get_constituency_display(), r.rationale, r.score, tuple(r.evidence))
            for p, r in rows
            if r.rationale or r.evidence
        ),
    )


@dataclass(frozen=True, slots=True)
class WeightSpread:
    """What people thought one criterion weighs, as shares of a hundred."""

    criterion: Criterion
    shares: tuple[tuple[str, float], ...]
    group: float


def weight_spreads(table: Table, value: Mapping[str, Any]) -> list[WeightSpread]:
    """Return each criterion's weights, of the group and of those whose answer was whole."""
    people = value["weights"]["by_person"]
    seats = [str(person.get_constituency_display()) for person in table.people]
    return [
        WeightSpread(
            criterion=criterion,
            shares=tuple(
                (seat, own[place] * 100) for seat, own in zip(seats, people, strict=False) if own
            ),
            group=value["weights"]["shares"][place] * 100,
        )
        for place, criterion in enumerate(table.criteria)
    ]


@dataclass(frozen=True, slots=True)
class Stop:
    """Whether another round is worth the trouble, and by which numbers."""

    w_before: float | None
    w_now: float | None
    wide_cells: int
    all_cells: int
    carried: int

    @property
    def may_stop(self) -> bool:
        settled = (
            self.w_before is not None
            and self.w_now is not None
            and abs(self.w_now - self.w_before) < STOP_W
        )
        return settled or (self.all_cells > 0 and self.wide_cells == 0)


def stop_hint(round: Round, table: Table, found: Sequence[Cell]) -> Stop:
    """Return the Delphi hint after a closed round of scores."""
    known = [cell for cell in found if cell.range is not None]
    before = [row for row in _upto(round) if row.number < round.number]
    answered = set(round.scores.values_list("evaluator", flat=True))
    return Stop(
        w_before=_w(before, table) if before else None,
        w_now=_w(_upto(round), table),
        wide_cells=sum((cell.range or 0) > STOP_IQR for cell in known),
        all_cells=len(known),
        carried=sum(person.pk not in answered for person in table.people) if before else 0,
    )


def _w(rounds: Sequence[Round], table: Table) -> float | None:
    import numpy as np

    from digna.studies import deciding_people

    found = gathering.scores_in(rounds)
    totals = [
        [_total(found, person.pk, row.pk, table.criteria) for row in table.candidates]
        for person in table.people
    ]
    told = deciding_people.concordance(np.array(totals, dtype=float))
    w: float | None = told["w"]
    return w


def _total(
    found: Mapping[tuple[int, int, int], Score],
    person: int,
    candidate: int,
    criteria: Sequence[Criterion],
) -> float | None:
    """One person's mean of a sector, None unless every criterion has a score."""
    total = 0.0
    for by in criteria:
        row = found.get((person, candidate, by.pk))
        if row is None or row.score is None:
            return None
        total += row.score if by.direction == Criterion.Direction.MORE else LOW + HIGH - row.score
    return total / len(criteria)


def answers_of(evaluator: Evaluator, round: Round) -> dict[tuple[int, int], Score]:
    """Return one person's own answers as of a round, the earlier ones where none is new."""
    rows = Score.objects.filter(
        evaluator=evaluator, round__kind=Round.Kind.SCORES, round__number__lte=round.number
    )
    rows = rows.select_related("round").order_by("round__number")
    return {(row.candidate_id, row.criterion_id): row for row in rows}


def weights_of(evaluator: Evaluator, round: Round) -> dict[tuple[int, int | None], WeightVote]:
    """Return one person's own weights as of a round, the earlier ones where none is new."""
    rows = WeightVote.objects.filter(
        evaluator=evaluator, round__kind=Round.Kind.WEIGHTS, round__number__lte=round.number
    )
    rows = rows.select_related("round").order_by("round__number")
    return {(row.criterion_id, row.other_id): row for row in rows}
