"""The two choosings of sectors, as they might have gone: people and answers are synthetic.

What is known is their shape: an assessment of 2019 on Andean grains and tourism, a second one in
the pandemic, and three sectors in the end. Who scored what is invented, from the demo's own seed.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from digna.demo.words import Draw
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.registry.models import Sector
from digna.studies.models import Candidate, Evaluator, Round, Scheme, Selection
from digna.studies.services import (
    decisions,
    evaluators,
    outcomes,
    rounds,
    selections,
    votes,
)

REGISTER = ("andean_grains", "coffee", "tourism")
OTHERS = (
    "Castaña y almendra",
    "Cacao",
    "Textiles de camélidos",
    "Madera y muebles",
    "Quesos y lácteos",
)
SEATS = ("government", "government", "employers", "employers", "workers", "workers", "technical",
         "technical", "technical")  # fmt: skip
LIKED = {
    2019: {"andean_grains": 4.2, "tourism": 4.1, "coffee": 3.7, "Cacao": 3.3,
           "Textiles de camélidos": 3.0, "Castaña y almendra": 3.1, "Madera y muebles": 2.4,
           "Quesos y lácteos": 2.7},
    2020: {"andean_grains": 4.2, "coffee": 4.0, "Cacao": 3.6, "tourism": 3.3,
           "Castaña y almendra": 3.2, "Textiles de camélidos": 2.8, "Madera y muebles": 2.5,
           "Quesos y lácteos": 3.0},
}  # fmt: skip
NO_EVIDENCE = ("Textiles de camélidos", ("green-opportunities", "bop-products"))


def load(actor: Actor, draw: Draw, programme: Programme) -> list[Selection]:
    """Write both selections, from the long list to the decision."""
    return [
        _choose(
            actor, draw, programme,
            title="Selección de sectores 2019",
            question="¿En qué sectores crearía el programa más y mejores empleos en mipymes?",
            held_on=date(2019, 11, 12), seats=2, weighting=Selection.Weighting.POINTS,
            chosen=("andean_grains", "tourism"), justification=WHY_2019, dissent=(),
        ),
        _choose(
            actor, draw, programme,
            title="Selección de sectores 2020–2021, en pandemia",
            question="¿Con qué sectores seguir cuando la pandemia cambió la demanda?",
            held_on=date(2020, 12, 9), seats=3, weighting=Selection.Weighting.SWING,
            chosen=("andean_grains", "tourism", "coffee"), justification=WHY_2020,
            dissent=({"who": "Empleadores", "text": "Habrían esperado otro año para turismo."},),
        ),
    ]  # fmt: skip


WHY_2019 = (
    "Granos andinos y turismo: mayor presencia de mujeres y de pequeñas empresas dispuestas a "
    "invertir, y acuerdo de las tres partes (texto sintético)."
)
WHY_2020 = (
    "Turismo pasa a otro sector en el cálculo porque la demanda cayó por la pandemia. Se mantiene: "
    "es donde más empleo de mujeres y jóvenes se perdió, ya hay mesas de trabajo desde 2019 y la "
    "caída se considera temporal (texto sintético)."
)


def _choose(
    actor: Actor,
    draw: Draw,
    programme: Programme,
    *,
    title: str,
    question: str,
    held_on: date,
    seats: int,
    weighting: str,
    chosen: tuple[str, ...],
    justification: str,
    dissent: tuple[dict[str, str], ...],
) -> Selection:
    then = Actor(
        user=actor.user, device=actor.device, reason=actor.reason,
        at=datetime(held_on.year, held_on.month, held_on.day, 14, tzinfo=UTC),
    )  # fmt: skip
    made = selections.create_selection(
        actor=then, title=title, question=question, programmes=[programme], held_on=held_on,
        seats=seats, weighting=weighting, scheme=Scheme.objects.get(code="four-dimensions"),
        scope="Mipymes de seis departamentos. Datos sintéticos de demostración.",
    )  # fmt: skip
    sectors = list(Sector.objects.filter(code__in=REGISTER))
    selections.add_candidates(actor=then, selection=made, sectors=sectors, names=OTHERS)
    _rule_out(then, made)
    _invite(then, draw, made)
    _weigh(then, draw, made)
    for _round in (1, 2):
        _score(then, draw, made)
    outcomes.compute_outcome(actor=then, selection=made)
    _decide(then, made, chosen, justification, dissent)
    return made


def _rule_out(actor: Actor, made: Selection) -> None:
    """One sector is left out by a knock-out criterion; the rest pass."""
    for by in made.criteria.filter(is_knock_out=True):
        for row in made.candidates.all():
            is_out = row.name == "Castaña y almendra" and by.code == "forced-child-labour"
            selections.give_verdict(
                actor=actor, candidate=row, criterion=by, outcome="fails" if is_out else "passes",
                reason="Hay denuncias y ningún plan acordado (sintético)." if is_out else "",
            )  # fmt: skip


def _invite(actor: Actor, draw: Draw, made: Selection) -> None:
    for place, seat in enumerate(SEATS):
        sex = "female" if place % 2 else "male"
        name = f"{draw.given_names(sex)} {draw.surnames()}"
        if not made.evaluators.filter(name__iexact=name).exists():
            evaluators.invite_evaluator(actor=actor, selection=made, name=name, constituency=seat)


def _weigh(actor: Actor, draw: Draw, made: Selection) -> None:
    one = rounds.open_round(actor=actor, selection=made, kind=Round.Kind.WEIGHTS)
    criteria = list(made.criteria.filter(is_knock_out=False))
    *people, late = made.evaluators.all()
    for who in people:
        values: dict[votes.Pair, Decimal | None] = {
            (by.pk, None): Decimal(
                max(1, round(float(by.default_weight or 5) * draw.chance.uniform(0.6, 1.5)))
            )
            for by in criteria
        }
        votes.give_weights(actor=actor, round=one, evaluator=who, values=values)
    half: dict[votes.Pair, Decimal | None] = {(by.pk, None): Decimal(10) for by in criteria[:5]}
    votes.give_weights(actor=actor, round=one, evaluator=late, values=half)
    rounds.close_round(actor=actor, round=one)


def _score(actor: Actor, draw: Draw, made: Selection) -> None:
    """The second time people are nearer to each other, and one did not come back."""
    one = rounds.open_round(actor=actor, selection=made, kind=Round.Kind.SCORES)
    out = "Castaña y almendra"
    people = list(made.evaluators.all())
    for who in people if one.number == 1 else people[:-1]:
        rows = made.candidates.exclude(name=out).select_related("sector")
        score_sitting(actor=actor, draw=draw, one=one, who=who, rows=list(rows))
    closed = rounds.close_round(actor=actor, round=one)
    if one.number == 1:
        rounds.note_discussion(
            actor=actor, round=closed,
            text="Se acordó mirar empleo de mujeres con los datos de la encuesta (sintético).",
        )  # fmt: skip


@writes("demo.sitting.scored")
def score_sitting(
    *, actor: Actor, draw: Draw, one: Round, who: Evaluator, rows: Sequence[Candidate]
) -> int:
    """Everything one evaluator scored in one sitting, as one line of the journal."""
    for row in rows:
        _score_sector(actor, draw, one, who, row)
    return len(rows)


def _score_sector(actor: Actor, draw: Draw, one: Round, who: Evaluator, row: Candidate) -> None:
    liked = LIKED[min(made_year(one), 2020)]
    centre = liked[row.sector.code if row.sector is not None else row.name]
    spread = 1.0 if one.number == 1 else 0.6
    for by in one.selection.criteria.filter(is_knock_out=False):
        is_blank = row.name == NO_EVIDENCE[0] and by.code in NO_EVIDENCE[1]
        like = min(5, max(1, round(draw.chance.gauss(centre, spread))))
        score = like if by.direction == "max" else 6 - like
        votes.give_score(
            actor=actor, round=one, evaluator=who, candidate=row, criterion=by,
            score=None if is_blank else score, confidence=draw.chance.choice((1, 2, 2, 3)),
        )  # fmt: skip


def made_year(one: Round) -> int:
    """The year a round's selection was held in."""
    return one.selection.held_on.year


def _decide(
    actor: Actor,
    made: Selection,
    chosen: tuple[str, ...],
    justification: str,
    dissent: tuple[dict[str, str], ...],
) -> None:
    decisions.take_decision(
        actor=actor,
        selection=made,
        chosen=list(made.candidates.filter(sector__code__in=chosen)),
        decided_on=made.held_on,
        signatories=("Elena Rojas, responsable del programa", "Comité tripartito (sintético)"),
        justification=justification,
        dissent=dissent,
    )
