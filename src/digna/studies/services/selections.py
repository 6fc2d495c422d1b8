"""A selection: founded, described, copied for a new version; its long list and its verdicts."""

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.registry.models import Sector
from digna.studies.models import (
    Candidate,
    Criterion,
    Evaluator,
    Round,
    Scheme,
    Selection,
    Verdict,
)
from digna.studies.services import criteria, freezing


@writes("studies.selection.created")
def create_selection(
    *,
    actor: Actor,
    title: str,
    question: str,
    programmes: Collection[Programme],
    held_on: date,
    scope: str = "",
    weighting: str = Selection.Weighting.POINTS,
    seats: int = 3,
    scheme: Scheme | None = None,
) -> Selection:
    """Found a selection; with a scheme, its criteria are copied, to be put in context.

    Raises:
        Refused: `studies.selection.no_programme`.
    """
    _refuse_no_programme(programmes)
    selection = record.add(
        Selection(
            title=title,
            question=question,
            scope=scope,
            held_on=held_on,
            weighting=weighting,
            seats=seats,
            scheme=scheme,
            created_by=actor.user,
        )
    )
    record.link(selection, "programmes", programmes)
    if scheme is not None:
        criteria.copy_scheme(actor=actor, selection=selection, scheme=scheme)
    return selection


@writes("studies.selection.changed")
def change_selection(
    *,
    actor: Actor,
    selection: Selection,
    programmes: Collection[Programme] | None = None,
    **values: Any,
) -> Selection:
    """Change what a selection says of itself; how weights are given, only before they are asked.

    Raises:
        Refused: `studies.selection.decided`, `studies.selection.no_programme`,
            `studies.selection.weighting_in_use`.
    """
    freezing.refuse_decided(selection)
    asked = values.get("weighting", selection.weighting)
    if asked != selection.weighting and freezing.has_rounds(selection, Round.Kind.WEIGHTS):
        raise Refused(
            "studies.selection.weighting_in_use",
            _("Ya se pidieron pesos de otra manera. Haga una versión nueva para cambiarla."),
            field="weighting",
        )
    record.change(selection, **values)
    if programmes is not None:
        _refuse_no_programme(programmes)
        record.link(selection, "programmes", programmes)
    return selection


def _refuse_no_programme(programmes: Collection[Programme]) -> None:
    if not programmes:
        raise Refused(
            "studies.selection.no_programme",
            _("Diga de qué programa es: de eso depende quién puede verla."),
            field="programmes",
        )


@writes("studies.candidates.added")
def add_candidates(
    *,
    actor: Actor,
    selection: Selection,
    sectors: Collection[Sector] = (),
    names: Sequence[str] = (),
) -> int:
    """Add sectors to the long list, of the register or in free words; a name twice stays once.

    Raises:
        Refused: as `freezing.refuse_scoring_begun`.
    """
    freezing.refuse_scoring_begun(selection)
    known = {name.casefold() for name in selection.candidates.values_list("name", flat=True)}
    order = len(known)
    wanted: list[tuple[str, Sector | None]] = [(row.name_es, row) for row in sectors]
    wanted += [(" ".join(name.split())[:160], None) for name in names if name.strip()]
    for name, sector in wanted:
        if name.casefold() in known:
            continue
        known.add(name.casefold())
        order += 1
        record.add(Candidate(selection=selection, sector=sector, name=name, order=order))
    return len(known)


@writes("studies.candidate.changed")
def change_candidate(*, actor: Actor, candidate: Candidate, description: str) -> Candidate:
    """Say what exactly is meant by a sector.

    Raises:
        Refused: `studies.selection.decided`.
    """
    freezing.refuse_decided(candidate.selection)
    return record.change(candidate, description=description)


@writes("studies.candidate.removed")
def remove_candidate(*, actor: Actor, candidate: Candidate) -> None:
    """Take a sector off the long list, while nobody scores it.

    Raises:
        Refused: as `freezing.refuse_scoring_begun`.
    """
    freezing.refuse_scoring_begun(candidate.selection)
    record.remove(candidate)


@writes("studies.verdict.given")
def give_verdict(
    *,
    actor: Actor,
    candidate: Candidate,
    criterion: Criterion,
    outcome: str,
    reason: str = "",
    evidence: Sequence[uuid.UUID] = (),
) -> Verdict:
    """Say whether a knock-out criterion leaves a sector out; then it stays on record, unranked.

    Raises:
        Refused: `studies.verdict.needs_reason`, `studies.verdict.not_knock_out`,
            `studies.selection.decided`.
    """
    freezing.refuse_decided(candidate.selection)
    if not criterion.is_knock_out or criterion.selection_id != candidate.selection_id:
        raise Refused(
            "studies.verdict.not_knock_out", _("Ese criterio se puntúa; no deja fuera a nadie.")
        )
    if outcome == Verdict.Outcome.FAILS and not reason.strip():
        raise Refused(
            "studies.verdict.needs_reason",
            _("Diga por qué «%(name)s» queda fuera: constará en la memoria.")
            % {"name": candidate.label},
            field="reason",
        )
    told = {"outcome": outcome, "reason": reason, "evidence": [str(key) for key in evidence]}
    row = Verdict.objects.filter(candidate=candidate, criterion=criterion).first()
    if row is None:
        return record.add(Verdict(candidate=candidate, criterion=criterion, **told))
    return record.change(row, **told)


@writes("studies.selection.versioned")
def start_again(*, actor: Actor, selection: Selection) -> Selection:
    """Begin a new version: the same question, list, criteria, verdicts and people; no answers.

    Raises:
        Refused: `studies.selection.has_version`.
    """
    if selection.later.exists():
        raise Refused(
            "studies.selection.has_version",
            _("Ya hay una versión más nueva de esta selección. Trabaje en ella."),
        )
    copy = record.add(
        Selection(
            title=selection.title,
            question=selection.question,
            scope=selection.scope,
            held_on=actor.at.date(),
            weighting=selection.weighting,
            seats=selection.seats,
            scheme=selection.scheme,
            version=selection.version + 1,
            previous=selection,
            created_by=actor.user,
        )
    )
    record.link(copy, "programmes", selection.programmes.all())
    _copy_parts(selection, copy)
    return copy


def _copy_parts(old: Selection, new: Selection) -> None:
    candidates = {row.pk: _copied(row, Candidate, new) for row in old.candidates.all()}
    scored = {row.pk: _copied(row, Criterion, new) for row in old.criteria.all()}
    for verdict in Verdict.objects.filter(candidate__selection=old):
        record.add(
            Verdict(
                candidate=candidates[verdict.candidate_id],
                criterion=scored[verdict.criterion_id],
                outcome=verdict.outcome,
                reason=verdict.reason,
                evidence=verdict.evidence,
            )
        )
    for person in old.evaluators.filter(left_at=None):
        _copied(person, Evaluator, new)


NOT_COPIED = {"id", "selection", "token"}


def _copied(row: Any, model: type[Any], new: Selection) -> Any:
    kept = {
        field.name: getattr(row, field.name)
        for field in model._meta.concrete_fields
        if field.name not in NOT_COPIED
    }
    return record.add(model(selection=new, **kept))
