"""An indicator being declared: what it would say today, and the columns it may be made of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from digna.programmes.models import Programme
from digna.results import sources, wording
from digna.results.models import Figure, Indicator
from digna.results.selectors import naming, overview, shown
from digna.results.selectors.shown import Card, Split
from digna.results.trials import Trial


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of a source as whoever declares an indicator needs to know it."""

    name: str
    label: str
    kind: str
    is_key: bool
    splits: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """What a trial shows: the card as it would be, its first split, what the reader is told."""

    trial: Trial
    card: Card | None
    splits: tuple[Split, ...]
    warnings: tuple[str, ...]
    problem: str


def tried(programme: Programme, trial: Trial) -> Tried:
    """Return a trial as the editor shows it."""
    english = (get_language() or "").startswith("en")
    problem = (trial.problem or {}).get("en" if english else "es", "")
    if trial.answer is None:
        return Tried(trial, None, (), (), problem)
    row = Indicator(
        programme=programme,
        code="prueba",
        name_es=str(wording.MEASURES[str(trial.declaration["measure"])]),
        declaration=dict(trial.declaration),
        unit=str(trial.declaration.get("unit", "")),
        direction=trial.declaration.get("direction", Indicator.Direction.ASCENDING),
    )
    figure = _figure(row, trial.answer)
    found = shown.card(
        row, shown.Figures(figure, None), (), programme, None, may_open_records=False
    )
    said = tuple(one["en" if english else "es"] for one in trial.answer["warnings"])
    splits = shown.splits(figure, naming.names_of(set(figure.parts)))
    return Tried(trial, replace(found, url=""), splits, said, problem)


def _figure(row: Indicator, answer: Mapping[str, Any]) -> Figure:
    def number(name: str) -> Decimal | None:
        return None if answer[name] is None else Decimal(answer[name])

    return Figure(
        indicator=row,
        numerator=number("numerator"),
        denominator=number("denominator"),
        value=number("value"),
        n=answer["n"],
        cohort=answer["cohort"],
        parts=answer["parts"],
        declaration=row.declaration,
    )


def columns(source: str) -> tuple[ColumnRow, ...]:
    """Return the columns of a source; none where there is no such source."""
    schema = sources.schemas().get(source)
    if schema is None:
        return ()
    return tuple(
        ColumnRow(
            name=name,
            label=wording.column(column.label) if column.label else name,
            kind=str(wording.KINDS[column.type]),
            is_key=name in schema.keys,
            splits=name in schema.dimensions,
        )
        for name, column in schema.columns.items()
    )


def has_enough_headlines(programme: Programme, *, but: str = "") -> bool:
    """Whether one more headline would be the thirteenth."""
    standing = Indicator.objects.filter(programme=programme, is_headline=True)
    return standing.exclude(code=but).count() >= overview.HEADLINES
