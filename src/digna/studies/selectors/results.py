"""A snapshot as a page or a memo shows it: rows in order, drawings, sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.studies import drawings, sentences
from digna.studies.gathering import Table
from digna.studies.models import Candidate, Criterion, Outcome

WEIGHT_WORDS = {
    "points": gettext_lazy("reparto de 100 puntos"),
    "swing": gettext_lazy("cambio de peor a mejor (swing)"),
    "ranking": gettext_lazy("orden de importancia, pesos ROC"),
    "ahp": gettext_lazy("comparación de a dos (AHP), media geométrica"),
    "scheme": gettext_lazy("pesos de partida del esquema, por confirmar: nadie los votó"),
    "equal": gettext_lazy("iguales: nadie los votó y el esquema no los trae"),
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """One sector in the ranking."""

    key: int
    name: str
    score: float | None
    lowest: float
    highest: float
    best: int
    worst: int
    first_share: float
    seated_share: float
    is_open: bool

    @property
    def place(self) -> str:
        """«2.º», or «1.º a 3.º» where missing evidence leaves it open."""
        if self.best == self.worst:
            return _("%(n)s.º") % {"n": self.best}
        return _("%(best)s.º a %(worst)s.º") % {"best": self.best, "worst": self.worst}


@dataclass(frozen=True, slots=True)
class Result:
    """All a result page needs."""

    outcome: Outcome
    rows: tuple[Ranked, ...]
    verdict: str
    sentences: tuple[str, ...]
    agreement: str
    weights: tuple[tuple[str, str, float, str], ...]
    weight_words: str
    counted: int
    asked: int
    bars: drawings.Bars
    bar_table: tuple[tuple[str, tuple[float, ...]], ...]
    crossings: tuple[drawings.Crossing, ...]
    crossover_table: tuple[tuple[str, float, float | None], ...]
    methods: tuple[tuple[str, tuple[str, ...], float | None], ...]
    missing: tuple[tuple[str, str], ...]
    sectors: tuple[str, ...]


def result(outcome: Outcome) -> Result:
    """Return a snapshot in the language in use."""
    value, inputs = outcome.value, outcome.inputs
    names = _labels(Candidate, inputs["sector_ids"], inputs["sectors"])
    criteria = _labels(Criterion, inputs["criterion_ids"], inputs["criteria"])
    groups = dict(
        (row.pk, row.group) for row in Criterion.objects.filter(pk__in=inputs["criterion_ids"])
    )
    order = value["ranking"]["order"]
    shares = value["weights"]["shares"]
    acceptability = value["smaa"]["acceptability"]
    return Result(
        outcome=outcome,
        rows=tuple(_ranked(inputs["sector_ids"], names, value, i) for i in order),
        verdict=sentences.verdict(value, names),
        sentences=tuple(sentences.robustness(value, names, criteria)),
        agreement=sentences.agreement(value),
        weights=tuple(
            (criteria[j], groups.get(key, ""), shares[j] * 100, inputs["directions"][j])
            for j, key in enumerate(inputs["criterion_ids"])
        ),
        weight_words=str(WEIGHT_WORDS[value["weights"]["method"]]),
        counted=value["weights"]["counted"],
        asked=value["weights"]["asked"],
        bars=drawings.rank_bars([names[i] for i in order], [acceptability[i] for i in order]),
        bar_table=tuple((names[i], tuple(acceptability[i])) for i in order),
        crossings=_crossings(value, names, criteria),
        crossover_table=tuple(
            (criteria[row["criterion"]], row["weight"], row["crossover"])
            for row in value["crossovers"]
        ),
        methods=tuple(
            (row["method"], tuple(_rank_word(rank) for rank in row["ranks"]), row["tau"])
            for row in value["methods"]
        ),
        missing=tuple((names[i], criteria[j]) for i, j in value["missing"]),
        sectors=tuple(names),
    )


def _labels(model: Any, keys: Sequence[int], stored: Sequence[str]) -> list[str]:
    """The names of today, or those of the snapshot where a row is no more."""
    rows = model.objects.filter(pk__in=keys)
    if model is Candidate:
        rows = rows.select_related("sector")
    now = {row.pk: row.label for row in rows}
    return [now.get(key, name) for key, name in zip(keys, stored, strict=True)]


def _rank_word(rank: float | None) -> str:
    return _("abierto") if rank is None else str(int(rank))


def _ranked(keys: Sequence[int], names: Sequence[str], value: dict[str, Any], i: int) -> Ranked:
    ranking, chances = value["ranking"], value["smaa"]
    return Ranked(
        key=keys[i],
        name=names[i],
        score=ranking["scores"][i],
        lowest=ranking["lowest"][i],
        highest=ranking["highest"][i],
        best=int(ranking["best_ranks"][i]),
        worst=int(ranking["worst_ranks"][i]),
        first_share=chances["acceptability"][i][0],
        seated_share=chances["seated"][i],
        is_open=ranking["best_ranks"][i] != ranking["worst_ranks"][i],
    )


CROSSINGS_SHOWN = 4


def _crossings(
    value: dict[str, Any], names: Sequence[str], criteria: Sequence[str]
) -> tuple[drawings.Crossing, ...]:
    """The criteria nearest to changing the first place, with the first four sectors."""
    shown = value["ranking"]["order"][:4]

    def far(row: dict[str, Any]) -> float:
        return 9.0 if row["crossover"] is None else abs(row["crossover"] - row["weight"])

    near = sorted(value["crossovers"], key=far)[:CROSSINGS_SHOWN]
    return tuple(
        drawings.crossing(
            criteria[row["criterion"]],
            [(names[i], *value["lines"][row["criterion"]][i]) for i in shown],
            weight=row["weight"],
            crossover=row["crossover"],
        )
        for row in near
    )


def people_by_seat(table: Table) -> list[tuple[str, list[str]]]:
    """Return who took part, by constituency: names only, never beside an answer."""
    found: dict[str, list[str]] = {}
    for person in table.people:
        found.setdefault(str(person.get_constituency_display()), []).append(person.name)
    return list(found.items())


@dataclass(frozen=True, slots=True)
class Compared:
    """One sector in two selections; None where it was not on that list."""

    name: str
    before: Ranked | None
    after: Ranked | None
    was_chosen: bool
    is_chosen: bool


def compare(
    before: Result, after: Result, chosen: tuple[set[str], set[str]]
) -> tuple[list[Compared], list[tuple[str, float | None, float | None]]]:
    """Return sectors and weights of two results side by side, matched by name."""
    one, two = {row.name: row for row in before.rows}, {row.name: row for row in after.rows}
    names = [*two, *(name for name in one if name not in two)]
    sectors = [
        Compared(name, one.get(name), two.get(name), name in chosen[0], name in chosen[1])
        for name in names
    ]
    old = {name: weight for name, _group, weight, _way in before.weights}
    new = {name: weight for name, _group, weight, _way in after.weights}
    weights = [
        (name, old.get(name), new.get(name))
        for name in [*new, *(name for name in old if name not in new)]
    ]
    return sectors, weights
