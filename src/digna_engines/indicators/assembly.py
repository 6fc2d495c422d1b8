"""From the cells that the queries found to a figure: totals, parts, n of N, warnings."""

from dataclasses import dataclass
from decimal import Decimal

from digna_engines.indicators import notices
from digna_engines.indicators.declaration import Indicator
from digna_engines.indicators.figures import VERSION, Figure, Slice, in_order
from digna_engines.indicators.jobs import FULL_WEEK, FULL_YEAR
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
    workings = _workings(context, total, outside)
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
        warnings=notices.of(one, workings),
        method=f"indicators.{one.measure}.{one.semantics}",
        version=VERSION,
    )


def _workings(context: Context, total: Cell, outside: int) -> dict[str, object]:
    """How many were there, how many told something, and why the others did not."""
    one = context.indicator
    found: dict[str, object] = {"rows_or_units": total.rows, "with_value": total.known}
    if one.counts_pairs:
        found["compared"] = total.compared
        found["seen_once"] = total.rows - total.compared - total.held
    else:
        found["without_value"] = total.rows - total.known - total.held
    found["without_date"] = 0 if context.period is None else context.left_out[0]
    found["without_unit"] = context.left_out[1]
    found["outside_cohort"] = outside
    if one.gate is not None or one.window:
        found["held_out"] = total.held
    return found


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
    if one.shape == "median":
        value = None if median is None else tidy(round(Decimal(repr(median)), 6))
    elif one.shape in {"share", "ratio", "mean"}:
        value = quotient(numerator, denominator)
    else:
        value = numerator
    return Slice(category, numerator, denominator, value, cell.known)


def _parts(one: Indicator, cell: Cell) -> tuple[Number | None, Number | None]:
    if one.shape in {"units", "rows"}:
        return cell.known, None
    if one.shape in {"share", "median"}:
        met = _number(cell.numerator) or 0
        return (met if one.shape == "share" else None), cell.known
    nothing = cell.rows > 0 and cell.known == 0
    added = None if nothing else _number(cell.numerator) or 0
    if one.shape == "sum":
        return (quotient(added, FULL_WEEK * FULL_YEAR) if one.measure == "fte" else added), None
    if one.shape == "mean":
        return added, cell.known
    return added, None if nothing else _number(cell.denominator) or 0


def _number(found: Number | None) -> Number | None:
    return tidy(found) if isinstance(found, Decimal) else found
