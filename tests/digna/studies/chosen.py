"""What tests of selections need made: a selection with sectors, criteria and people; answers."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.test import Client

import make
from digna.accounts.models import User
from digna.programmes.models import Programme
from digna.studies.models import Criterion, Evaluator, Round, Selection
from digna.studies.services import criteria, evaluators, rounds, selections, votes

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ANCHORS = ["nada", "poco", "algo", "bastante", "mucho"]
O7 = {"quinua": (4, 3, 5, 3), "turismo": (5, 3, 3, 4), "café": (4, 2, 4, 4)}
POINTS = (40, 20, 20, 20)


def programme(code: str = "bdp", **values: Any) -> Programme:
    defaults = {"name": code.upper(), "starts_on": date(2019, 1, 1), "ends_on": date(2023, 12, 31)}
    made, _ = Programme.objects.get_or_create(code=code, defaults=defaults | values)
    return made


def selection(
    people: Sequence[str] = ("government", "employers", "workers"), **values: Any
) -> Selection:
    """The published example of three sectors and four criteria, with a knock-out beside them."""
    names = values.pop("names", list(O7))
    made = selections.create_selection(
        actor=values.pop("by", make.actor()),
        title=values.pop("title", "Sectores 2019"),
        question="¿Con qué sectores trabajar?",
        programmes=values.pop("programmes", None) or [programme()],
        held_on=values.pop("held_on", date(2019, 6, 1)),
        seats=values.pop("seats", 1),
        **values,
    )
    selections.add_candidates(actor=make.actor(), selection=made, names=names)
    for place in range(1, 5):
        criteria.add_criterion(
            actor=make.actor(), selection=made, name=f"Criterio {place}", anchors=ANCHORS
        )
    criteria.add_criterion(actor=make.actor(), selection=made, name="Vetado", is_knock_out=True)
    for place, seat in enumerate(people, start=1):
        evaluators.invite_evaluator(
            actor=make.actor(), selection=made, name=f"Persona {place}", constituency=seat
        )
    return made


def scored(of: Selection) -> list[Criterion]:
    return list(of.criteria.filter(is_knock_out=False))


def opened(of: Selection, kind: str = "scores") -> Round:
    return rounds.open_round(actor=make.actor(), selection=of, kind=kind)


def close(round: Round) -> Round:
    return rounds.close_round(actor=make.actor(), round=round)


def scores(
    round: Round, who: Evaluator, told: Mapping[str, Sequence[int | None]] = O7, **values: Any
) -> None:
    """One person's scores by sector; None says «no evidence»."""
    for candidate in round.selection.candidates.all():
        for by, score in zip(scored(round.selection), told.get(candidate.name, ()), strict=False):
            votes.give_score(
                actor=make.actor(), round=round, evaluator=who, candidate=candidate, criterion=by,
                score=score, **values,
            )  # fmt: skip


def weights(round: Round, who: Evaluator, points: Sequence[int | None] = POINTS) -> None:
    values = {
        (by.pk, None): None if point is None else Decimal(point)
        for by, point in zip(scored(round.selection), points, strict=False)
    }
    votes.give_weights(actor=make.actor(), round=round, evaluator=who, values=values)


def answered(of: Selection | None = None) -> Selection:
    """A selection whose weights and scores were given by all and closed."""
    of = of or selection()
    for kind, give in (("weights", weights), ("scores", scores)):
        one = opened(of, kind)
        for who in of.evaluators.all():
            give(one, who)
        close(one)
    return of


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client
