"""Ways in which numbers of this field have been wrong, done on purpose: the laws catch each one.

`laws` holds figures against what must be true of any of them. Each mutation breaks one thing in the
engine as a hasty change would; the test fails unless the laws fail.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ibis
import pytest

from digna_engines.indicators import (
    SEVERAL,
    FactTable,
    Figure,
    Indicator,
    assembly,
    compute,
    overlap,
    passes,
    populations,
    records,
    roll_up,
    rollup,
    suppress,
)
from digna_engines.indicators.suppression import HIDDEN
from digna_engines.values import Period, quotient
from engines.indicators import attendance
from engines.indicators.test_parity import PARTS, SINCE, declared

ROWS = attendance.numbered(
    [
        attendance.row(person=1, on=attendance.DAYS[1], sex="mujer", hours=4, fee=30),
        attendance.row(person=1, on=attendance.DAYS[3], sex="mujer", hours=4, fee=10),
        attendance.row(person=2, on=attendance.DAYS[1], sex=None, hours=8, fee=30),
        attendance.row(person=3, on=attendance.DAYS[3], sex="hombre", hours=None, fee=None),
        attendance.row(person=4, on=attendance.DAYS[1], sex="mujer", department="Beni", hours=1),
        attendance.row(person=4, on=attendance.DAYS[3], sex="mujer", department="Oruro", hours=90),
    ]
)
QUARTERS = [Period.quarter(2021, 1), Period.quarter(2021, 2)]
RATIO = declared("fee_per_hour", "ratio", value="fee", per="hours")
PEOPLE = declared("people", "unique", of="person")


def figures(asked: list[Indicator], **how: Any) -> list[Figure]:
    table = FactTable.load(attendance.SCHEMA, ROWS, ibis.duckdb.connect())
    return list(compute(asked, {"attendance": table}, since=SINCE, **how))


def laws() -> None:
    """What must hold: parts are the whole, units count once, averages are not averaged."""
    for figure in figures(PARTS, records=True):
        for parts in figure.slices.values():
            assert sum(part.n for part in parts) == figure.n
            assert sum(part.numerator or 0 for part in parts) == (figure.numerator or 0)
            assert sum(part.denominator or 0 for part in parts) == (figure.denominator or 0)
        if figure.indicator.measure == "unique":
            assert figure.records is not None
            assert figure.value == len(figure.records) == len({row["person"] for row in ROWS})
        if figure.indicator.measure in {"sum", "ratio"}:
            assert figure.workings["without_value"] == sum(
                row["hours"] is None or (figure.indicator.per == "hours" and row["fee"] is None)
                for row in ROWS
            )
    first, second = figures([RATIO], periods=QUARTERS)
    whole = roll_up([first, second])
    assert whole.value == quotient(60 + 10, 12 + 4)
    one, two = (figure.records for figure in figures([PEOPLE], periods=QUARTERS, records=True))
    assert one is not None
    assert two is not None
    both = overlap({"SCORE": one, "IMPULSA": two})
    assert (both.added, both.total, both.repeated) == (6, 4, 2)
    (people,) = figures([PEOPLE])
    hidden = suppress(people.slices["sex"], under=2).slices
    assert sum(part.value is HIDDEN for part in hidden) > 1  # one alone could be worked out


def test_the_laws_hold() -> None:
    laws()


def _without_unknown(context: Any, found: Any) -> Any:
    kept = _SLICES(context, found)
    return {n: tuple(p for p in parts if p.category is not None) for n, parts in kept.items()}


def _without_several(context: Any, found: Any) -> Any:
    kept = _SLICES(context, found)
    return {n: tuple(p for p in parts if p.category != SEVERAL) for n, parts in kept.items()}


def _missing_is_zero(one: Indicator, rows: Any, bench: Any) -> Any:
    _known, numerator, denominator = _PARTS(one, rows, bench)
    return ibis.literal(True), numerator.fill_null(0), denominator.fill_null(0)


def _averages_averaged(category: str | None, parts: Any) -> Any:
    added = _ADDED(category, parts)
    values = [part.value for part in parts if part.value is not None]
    return replace(added, value=quotient(sum(values), len(values))) if values else added


def _sums_across_programmes(*sets: Any) -> Any:
    joined = [key for one in sets for key in one.keys]

    class Summed(tuple):  # type: ignore[type-arg]
        keys = tuple(joined)

    return Summed(joined)


def _rows_for_people(one: Indicator) -> Any:
    return replace(_POPULATION(one), counted=None)


_SLICES, _PARTS, _ADDED = assembly._slices, populations.parts_of, rollup._added
_POPULATION = populations.Population.of_indicator
_PLACE = passes.Pass._place_of

MUTATIONS: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "dropping «unknown»": (assembly, "_slices", _without_unknown),
    "dropping who is in several categories": (assembly, "_slices", _without_several),
    "a missing value taken for zero": (populations, "parts_of", _missing_is_zero),
    "averaging averages": (rollup, "_added", _averages_averaged),
    "adding up across programmes": (records, "union", _sums_across_programmes),
    "counting attendances for people": (
        populations.Population, "of_indicator", staticmethod(_rows_for_people),
    ),
    "people without a sex counted as men": (
        passes.Pass, "_place_of",
        lambda self, row: (row["_p"], row["_column"],
                           "hombre" if row["_code"] is None and row["_column"] == "sex"
                           else _PLACE(self, row)[2]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("wrong", MUTATIONS)
def test_a_wrong_way_of_counting_is_caught(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, instead = MUTATIONS[wrong]
    monkeypatch.setattr(where, name, instead)
    with pytest.raises(AssertionError):
        laws()
