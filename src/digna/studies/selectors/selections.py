"""Selections as pages show them: the list, the state, who has answered (and never what)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from digna.programmes.models import Programme
from digna.studies import gathering, selection_access
from digna.studies.gathering import Table
from digna.studies.models import Decision, Evaluator, Round, Score, Selection, WeightVote
from digna.studies.models.selections import Seat


def selections(user: object, q: str = "") -> QuerySet[Selection]:
    """Return the selections a user may see, the latest first, with their counts."""
    rows = selection_access.visible_selections(user)
    if q.strip():
        rows = rows.filter(Q(title__icontains=q.strip()) | Q(question__icontains=q.strip()))
    rows = rows.order_by("-held_on", "-version", "-pk")  # a count by groups forgets the model's own
    return rows.annotate(
        candidate_count=Count("candidates", distinct=True),
        people_count=Count("evaluators", distinct=True),
        is_decided=Exists(Decision.objects.filter(selection=OuterRef("pk"))),
        has_open_round=Exists(Round.objects.filter(selection=OuterRef("pk"), closed_at=None)),
    ).prefetch_related(
        Prefetch("programmes", queryset=Programme.objects.all(), to_attr="in_programmes"),
        Prefetch("decision__chosen", to_attr="chosen_rows"),
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """How far one person is in one round."""

    person: Evaluator
    given: int
    expected: int

    @property
    def is_whole(self) -> bool:
        return self.given >= self.expected > 0

    @property
    def state(self) -> str:
        """In words: never what was answered."""
        if self.is_whole:
            return _("completo")
        return _("en curso") if self.given else _("sin respuesta")


@dataclass(frozen=True, slots=True)
class Progress:
    """Who has answered a round: n of N, by person and by constituency."""

    round: Round
    people: tuple[Answered, ...]

    @property
    def whole(self) -> int:
        return sum(row.is_whole for row in self.people)

    @property
    def begun(self) -> int:
        return sum(row.given > 0 and not row.is_whole for row in self.people)

    @property
    def asked(self) -> int:
        return len(self.people)

    @property
    def by_seat(self) -> list[tuple[str, int, int]]:
        """Constituency, who finished, who was asked: those with nobody are left out."""
        told = []
        for seat in Seat:
            those = [row for row in self.people if row.person.constituency == seat]
            if those:
                told.append((str(seat.label), sum(row.is_whole for row in those), len(those)))
        return told


def progress(round: Round, table: Table) -> Progress:
    """Return how far everybody is in a round; who left counts only if they answered in it."""
    expected = expected_answers(round, table)
    given = _given(round, table)
    rows = [
        Answered(person, given.get(person.pk, 0), expected)
        for person in round.selection.evaluators.all()
        if person.left_at is None or given.get(person.pk)
    ]
    return Progress(round, tuple(rows))


def expected_answers(round: Round, table: Table) -> int:
    """Return how many answers make a person's round whole."""
    n = len(table.criteria)
    if round.kind == Round.Kind.SCORES:
        return n * len(table.candidates)
    is_ahp = round.selection.weighting == Selection.Weighting.AHP
    return n * (n - 1) // 2 if is_ahp else n


def _given(round: Round, table: Table) -> dict[int, int]:
    rows: QuerySet[Any]
    if round.kind == Round.Kind.SCORES:
        rows = Score.objects.filter(round=round, candidate__in=table.candidates)
    else:
        rows = WeightVote.objects.filter(round=round)
    counted = rows.order_by().values_list("evaluator").annotate(n=Count("pk"))
    return dict(counted)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a selection: done, the one to do now, or later."""

    label: str
    is_done: bool


def stages(selection: Selection, table: Table) -> Sequence[Stage]:
    """Return where a selection is, from the list to the decision."""
    closed = {
        kind: bool(gathering.closed_rounds(selection, kind))
        for kind in (Round.Kind.WEIGHTS, "scores")
    }
    outcome = selection.outcomes.exists()
    return (
        Stage(_("Sectores"), len(table.candidates) >= 2),
        Stage(_("Criterios"), len(table.criteria) >= 2),
        Stage(_("Personas"), bool(table.people)),
        Stage(_("Pesos"), closed[Round.Kind.WEIGHTS]),
        Stage(_("Puntajes"), closed["scores"]),
        Stage(_("Resultado"), outcome),
        Stage(_("Decisión"), decision_of(selection) is not None),
    )


def decision_of(selection: Selection) -> Decision | None:
    """Return the decision with what it shows, or None."""
    return (
        Decision.objects.filter(selection=selection)
        .select_related("outcome")
        .prefetch_related(Prefetch("chosen", to_attr="chosen_rows"))
        .first()
    )
