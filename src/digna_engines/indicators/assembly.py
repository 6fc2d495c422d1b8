"""From the cells that the queries found to a figure: totals, parts, n of N, warnings."""

from dataclasses import dataclass
from decimal import Decimal

from digna_engines.indicators.declaration import Indicator
from digna_engines.indicators.figures import VERSION, Figure, Notice, Slice, in_order
from digna_engines.indicators.passes import TOTAL, Cell, Found, Place
from digna_engines.values import Number, Period, quotient, tidy


@dataclass(frozen=True)
class Context:
    """What figure is being put together: of whom, when, against which cohort."""

    indicator: Indicator
    period: Period | None
    place: int
    cohort: int | None
    left_out: tuple[int, int]


def figure(context: Context, found: Found) -> Figure:
    """One figure from everything the passes found for its indicator."""
    one = context.indicator
    place = (context.place, TOTAL, None)
    total = found.cells.get(place, Cell())
    whole = _slice(one, None, total, found.medians.get(place))
    n, cohort, outside = _n_of_cohort(context, total, found)
    undated = 0 if context.period is None else context.left_out[0]
    workings: dict[str, object] = {
        "rows_or_units": total.rows,
        "with_value": total.known,
        "without_value": total.rows - total.known,
        "without_date": undated,
        "without_unit": context.left_out[1],
        "outside_cohort": outside,
    }
    return Figure(
        indicator=one,
        period=context.period,
        numerator=whole.numerator,
        denominator=whole.denominator,
        value=whole.value,
        n=n,
        cohort=cohort,
        slices=_slices(context, found),
        records=None if found.records is None else found.records[context.place],
        workings=workings,
        warnings=_warnings(one, workings),
        method=f"indicators.{one.measure}.{one.semantics}",
        version=VERSION,
    )


def _n_of_cohort(context: Context, total: Cell, found: Found) -> tuple[int, int, int]:
    if context.cohort is None:
        return total.known, total.rows, 0
    inside, outside = found.inside.get(context.place, (0, 0))
    return inside, context.cohort, outside


def _slices(context: Context, found: Found) -> dict[str, tuple[Slice, ...]]:
    one = context.indicator
    parts: dict[str, tuple[Slice, ...]] = {}
    for dimension, column in one.disaggregate.items():
        mine: list[tuple[Place, Cell]] = [
            (place, cell)
            for place, cell in found.cells.items()
            if place[:2] == (context.place, column)
        ]
        parts[dimension] = in_order(
            [_slice(one, place[2], cell, found.medians.get(place)) for place, cell in mine]
        )
    return parts


def _slice(one: Indicator, category: str | None, cell: Cell, median: float | None) -> Slice:
    numerator, denominator = _parts(one, cell)
    value: Number | None
    if one.measure == "median":
        value = None if median is None else tidy(round(Decimal(repr(median)), 6))
    elif one.measure in {"share", "ratio", "mean"}:
        value = quotient(numerator, denominator)
    else:
        value = numerator
    return Slice(category, numerator, denominator, value, cell.known)


def _parts(one: Indicator, cell: Cell) -> tuple[Number | None, Number | None]:
    if one.measure in {"unique", "count"}:
        return cell.known, None
    if one.measure == "share":
        return _number(cell.numerator) or 0, cell.known
    if one.measure == "median":
        return None, cell.known
    nothing = cell.rows > 0 and cell.known == 0
    numerator = None if nothing else _number(cell.numerator) or 0
    if one.measure == "sum":
        return numerator, None
    if one.measure == "mean":
        return numerator, cell.known
    return numerator, None if nothing else _number(cell.denominator) or 0


def _number(found: Number | None) -> Number | None:
    return tidy(found) if isinstance(found, Decimal) else found


def _warnings(one: Indicator, workings: dict[str, object]) -> tuple[Notice, ...]:
    told = [
        Notice(f"figure.{key}", f"{count} {es}", f"{count} {en}", count)
        for key, (es, en) in _TOLD.items()
        if isinstance(count := workings[key], int) and count > 0
    ]
    if one.measure in {"mean", "median"} and one.disaggregate:
        told.append(Notice("figure.not_additive", *_NOT_ADDITIVE))
    return tuple(told)


_TOLD = {
    "without_value": (
        "registro(s) sin dato: no entran en el cálculo.",
        "record(s) without the value: not part of the computation.",
    ),
    "without_date": (
        "registro(s) sin fecha: no están en ningún período.",
        "record(s) without a date: in no period at all.",
    ),
    "without_unit": (
        "registro(s) sin identificar a quién corresponden: no se cuentan.",
        "record(s) that do not say whose they are: not counted.",
    ),
    "outside_cohort": (
        "fuera del universo declarado: no entran en «n de N».",
        "outside the declared cohort: not part of “n of N”.",
    ),
}
_NOT_ADDITIVE = (
    "Los promedios y medianas por categoría no se suman ni se promedian entre sí.",
    "Means and medians by category neither add up nor average to the total.",
)
