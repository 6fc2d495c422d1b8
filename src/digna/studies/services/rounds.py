"""Rounds: opened, closed and sealed; what was said between two of them."""

import hashlib
import json

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.studies.models import Candidate, Criterion, DiscussionNote, Round, Selection, Verdict
from digna.studies.services import freezing

PAIRS_CRITERIA_MAX = 9
"""Comparing by pairs: nine criteria are 36 questions, more than anybody answers with care."""


@writes("studies.round.opened")
def open_round(*, actor: Actor, selection: Selection, kind: str) -> Round:
    """Begin to take weights or scores; a second round starts from each person's own first.

    Raises:
        Refused: `studies.round.already_open`, `studies.round.not_ready`,
            `studies.round.too_many_pairs`, `studies.selection.decided`.
    """
    freezing.refuse_decided(selection)
    _refuse_not_ready(selection, kind)
    rounds = Round.objects.select_for_update().filter(selection=selection, kind=kind)
    last = rounds.order_by("-number").first()
    if last is not None and last.is_open:
        raise Refused(
            "studies.round.already_open",
            _("La ronda %(n)s sigue abierta. Ciérrela antes de abrir otra.") % {"n": last.number},
        )
    number = 1 if last is None else last.number + 1
    return record.add(Round(selection=selection, kind=kind, number=number, opened_at=actor.at))


def _refuse_not_ready(selection: Selection, kind: str) -> None:
    scored = selection.criteria.filter(is_knock_out=False).count()
    out = Verdict.objects.filter(candidate__selection=selection, outcome=Verdict.Outcome.FAILS)
    left = selection.candidates.exclude(pk__in=out.values("candidate")).count()
    people = selection.evaluators.filter(left_at=None).count()
    if scored < 2 or left < 2 or people < 1:
        raise Refused(
            "studies.round.not_ready",
            _("Para abrir una ronda hacen falta al menos dos sectores en carrera (hay %(left)s), "
              "dos criterios (hay %(scored)s) y una persona evaluadora (hay %(people)s).")
            % {"left": left, "scored": scored, "people": people},
        )  # fmt: skip
    by_pairs = kind == Round.Kind.WEIGHTS and selection.weighting == Selection.Weighting.AHP
    if by_pairs and scored > PAIRS_CRITERIA_MAX:
        raise Refused(
            "studies.round.too_many_pairs",
            _("Con %(n)s criterios habría que comparar %(pairs)s pares: es demasiado. Deje %(max)s "
              "criterios o pida los pesos de otra manera.")
            % {"n": scored, "pairs": scored * (scored - 1) // 2, "max": PAIRS_CRITERIA_MAX},
        )  # fmt: skip


@writes("studies.round.closed")
def close_round(*, actor: Actor, round: Round) -> Round:
    """End a round: answers stop, a hash seals them, and only now may they be seen.

    Raises:
        Refused: `studies.round.closed`, `studies.round.nobody_answered`.
    """
    row = Round.objects.select_for_update().get(pk=round.pk)
    if not row.is_open:
        raise Refused("studies.round.closed", _("Esta ronda ya está cerrada."))
    answers = _answers(row)
    if not answers:
        raise Refused(
            "studies.round.nobody_answered",
            _("Nadie respondió todavía: no hay nada que mostrar. Espere alguna respuesta."),
        )
    seal = hashlib.sha256(json.dumps(answers).encode()).hexdigest()
    return record.change(row, closed_at=actor.at, sha256=seal)


def _answers(row: Round) -> list[list[str]]:
    if row.kind == Round.Kind.WEIGHTS:
        votes = row.weight_votes.order_by("evaluator", "criterion", "other")
        weighed = votes.values_list("evaluator", "criterion", "other", "value")
        return [[str(value) for value in line] for line in weighed]
    given = row.scores.order_by("evaluator", "candidate", "criterion")
    scored = given.values_list("evaluator", "candidate", "criterion", "score", "confidence")
    return [[str(value) for value in line] for line in scored]


@writes("studies.discussion.noted")
def note_discussion(
    *,
    actor: Actor,
    round: Round,
    text: str,
    candidate: Candidate | None = None,
    criterion: Criterion | None = None,
) -> DiscussionNote:
    """Keep what was said about a cell, once its round is closed.

    Raises:
        Refused: `studies.discussion.round_open`, `studies.discussion.empty`,
            `studies.selection.decided`.
    """
    freezing.refuse_decided(round.selection)
    if round.is_open:
        raise Refused(
            "studies.discussion.round_open",
            _("La ronda está abierta: se discute cuando se cierra y se ve la dispersión."),
        )
    if not text.strip():
        raise Refused("studies.discussion.empty", _("Escriba qué se dijo."), field="text")
    return record.add(
        DiscussionNote(round=round, candidate=candidate, criterion=criterion, text=text.strip())
    )
