"""What one person answers through their link: weights, and scores by their anchors.

Every answer is saved as it is given. An answer replaces that person's own earlier one in the
round; nobody's answers are read here but the person's own.
"""

import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.studies.models import Candidate, Criterion, Evaluator, Round, Score, Verdict, WeightVote
from digna.studies.models.selections import HIGH, LOW

WEIGHT_MAX = Decimal(100)
TIMES_MAX = 9
"""Saaty's scale: from 1/9 to 9 times as important."""
Pair = tuple[int, int | None]


@writes("studies.weights.given")
def give_weights(
    *, actor: Actor, round: Round, evaluator: Evaluator, values: Mapping[Pair, Decimal | None]
) -> int:
    """Save what one person thinks criteria matter; None takes a weight back.

    Keys are (criterion, None), or (criterion, other) where they are compared by pairs.

    Raises:
        Refused: `studies.vote.round_closed`, `studies.vote.not_yours`, `studies.vote.left`,
            `studies.weight.out_of_scale`.
    """
    _refuse_unfit(round, evaluator, Round.Kind.WEIGHTS)
    criteria = {row.pk: row for row in round.selection.criteria.filter(is_knock_out=False)}
    standing = {
        (row.criterion_id, row.other_id): row
        for row in WeightVote.objects.filter(round=round, evaluator=evaluator)
    }
    for key, value in values.items():
        _refuse_weight(key, value, criteria)
        _keep_weight(actor, round, evaluator, key, value, standing.get(key))
    return len(values)


def _keep_weight(
    actor: Actor,
    round: Round,
    evaluator: Evaluator,
    key: Pair,
    value: Decimal | None,
    row: WeightVote | None,
) -> None:
    if value is None:
        if row is not None:
            record.remove(row)
    elif row is None:
        first, second = key
        record.add(
            WeightVote(
                round=round,
                evaluator=evaluator,
                criterion_id=first,
                other_id=second,
                value=value,
                at=actor.at,
            )
        )
    elif row.value != value:
        record.change(row, value=value, at=actor.at)


def _refuse_weight(key: Pair, value: Decimal | None, criteria: Mapping[int, Criterion]) -> None:
    first, second = key
    known = first in criteria and (second is None or (second in criteria and second != first))
    low = Decimal(0) if second is None else Decimal(1) / (TIMES_MAX + 1)
    high = WEIGHT_MAX if second is None else Decimal(TIMES_MAX)
    if not known or (value is not None and not low <= value <= high):
        raise Refused(
            "studies.weight.out_of_scale",
            _("Un peso está fuera de su escala. Use números de 0 a 100."),
        )


@writes("studies.score.given")
def give_score(
    *,
    actor: Actor,
    round: Round,
    evaluator: Evaluator,
    candidate: Candidate,
    criterion: Criterion,
    score: int | None,
    confidence: int | None = None,
    rationale: str = "",
    evidence: Sequence[uuid.UUID] = (),
) -> Score:
    """Save one person's score of a cell; None says «no evidence».

    Raises:
        Refused: `studies.vote.round_closed`, `studies.vote.not_yours`, `studies.vote.left`,
            `studies.score.out_of_scale`, `studies.score.knocked_out`.
    """
    _refuse_unfit(round, evaluator, Round.Kind.SCORES)
    _refuse_cell(round, candidate, criterion, score)
    told = {
        "score": score,
        "confidence": None if score is None else confidence,
        "rationale": rationale.strip()[:2000],
        "evidence": [str(key) for key in evidence],
    }
    cell = {"round": round, "evaluator": evaluator, "candidate": candidate, "criterion": criterion}
    row = Score.objects.filter(**cell).first()
    if row is None:
        return record.add(Score(**cell, **told, at=actor.at))
    if any(getattr(row, name) != value for name, value in told.items()):
        record.change(row, **told, at=actor.at)
    return row


@writes("studies.scores.kept")
def keep_scores(*, actor: Actor, round: Round, evaluator: Evaluator, candidate: Candidate) -> int:
    """«I stand by what I said of this sector»: the earlier round's answers, where none is new yet.

    Raises:
        Refused: as `give_score`.
    """
    _refuse_unfit(round, evaluator, Round.Kind.SCORES)
    mine = Score.objects.filter(evaluator=evaluator, candidate=candidate)
    new = set(mine.filter(round=round).values_list("criterion", flat=True))
    before: dict[int, Score] = {}
    for row in mine.filter(round__number__lt=round.number).order_by("round__number"):
        before[row.criterion_id] = row
    rows = [
        Score(
            round=round,
            evaluator=evaluator,
            candidate=candidate,
            criterion_id=criterion,
            score=row.score,
            confidence=row.confidence,
            rationale=row.rationale,
            evidence=row.evidence,
            at=actor.at,
        )
        for criterion, row in before.items()
        if criterion not in new
    ]
    return len(record.add_many(rows))


def _refuse_cell(
    round: Round, candidate: Candidate, criterion: Criterion, score: int | None
) -> None:
    here = {candidate.selection_id, criterion.selection_id} == {round.selection_id}
    if not here or criterion.is_knock_out or (score is not None and not LOW <= score <= HIGH):
        raise Refused(
            "studies.score.out_of_scale",
            _("Ese puntaje no es de esta escala. Elija de 1 a 5, o «sin evidencia»."),
        )
    if candidate.verdicts.filter(outcome=Verdict.Outcome.FAILS).exists():
        raise Refused(
            "studies.score.knocked_out",
            _("«%(name)s» quedó fuera por un criterio excluyente y ya no se puntúa.")
            % {"name": candidate.label},
        )


def _refuse_unfit(round: Round, evaluator: Evaluator, kind: str) -> None:
    if round.selection_id != evaluator.selection_id or round.kind != kind:
        raise Refused("studies.vote.not_yours", _("Este enlace es de otra selección."))
    if evaluator.left_at is not None:
        raise Refused(
            "studies.vote.left",
            _("Consta que usted ya no participa. Si no es así, avise a quien facilita."),
        )
    # Locked, so that no answer slips in between the last count and the closing.
    if not Round.objects.select_for_update().get(pk=round.pk).is_open:
        raise Refused(
            "studies.vote.round_closed",
            _("La ronda se cerró y esta respuesta no llegó a tiempo. Avise a quien facilita."),
        )
