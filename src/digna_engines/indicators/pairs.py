"""Units seen twice, as Ibis expressions: each one's first known row beside its last."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from digna_engines.indicators import gates
from digna_engines.indicators.declaration import Condition, Indicator, Semantics
from digna_engines.indicators.workbench import Workbench, all_of
from digna_engines.values import Period


@dataclass(frozen=True)
class Pairing:
    """What is compared of a unit's two rows; indicators that share it are computed together.

    ``value`` is the column of a change, ``None`` where ``meets`` tells whether a practice is there.
    """

    of: str
    on: str
    value: str | None
    meets: tuple[Condition, ...]
    before: tuple[Condition, ...]
    after: tuple[Condition, ...]
    window: tuple[str, ...]


def pairing_of(one: Indicator) -> Pairing | None:
    """What an indicator compares, ``None`` where it counts no pairs."""
    if not one.counts_pairs:
        return None
    assert one.of is not None  # noqa: S101  (a declaration without them is refused)
    assert one.on is not None  # noqa: S101
    return Pairing(one.of, one.on, one.value, one.meets, one.before, one.after, one.window)


def rows_of(
    bench: Workbench,
    pairing: Pairing,
    where: tuple[Condition, ...],
    semantics: Semantics,
    period: Period | None,
    since: date | None,
) -> Any:
    """One row per unit seen up to the period's end, with its categories as it was seen last.

    ``_comparable`` says whether it has a value before and a later one that falls in the period
    (or, cumulative, since the programme began) in the same season; ``_held`` whether only the
    season kept it out. The first value may be older than the period: it is what one came from.
    """
    import ibis

    of, on = pairing.of, pairing.on
    rows = bench.rows.filter(bench.rows[of].notnull(), bench.rows[on].notnull())
    if period is not None:
        rows = rows.filter(rows[on] <= period.ends_on)
    if where:
        rows = rows.filter(all_of(where, rows, bench.schema))
    known = _known(rows, pairing, bench)
    last = _one_each(bench, rows, pairing, newest=True)
    starts_on = since if semantics == "cumulative" or period is None else period.starts_on
    later = known if starts_on is None else known.filter(known[on] >= starts_on)
    before = _side(bench, known, pairing, "before")
    after = _side(bench, later, pairing, "after")
    joined = last.left_join(before, last[of] == before["_unit_before"])
    joined = joined.left_join(after, joined[of] == after["_unit_after"])
    twice = (joined["_on_after"] > joined["_on_before"]).fill_null(False)
    season = _same_season(joined) if pairing.window else ibis.literal(True)
    found = joined.mutate(
        _p=ibis.literal(0, "int32"), _comparable=twice & season, _held=twice & ~season
    )
    if pairing.value is None:
        return found
    changed = ibis.ifelse(found["_comparable"], found["_after"] - found["_before"], None)
    return found.mutate(_change=changed)


def _known(rows: Any, pairing: Pairing, bench: Workbench) -> Any:
    if pairing.value is not None:
        told = rows[pairing.value]
    else:
        told = all_of(pairing.meets, rows, bench.schema).cast("int64")
    return rows.mutate(_told=told).filter(lambda found: found["_told"].notnull())


def _side(bench: Workbench, known: Any, pairing: Pairing, side: str) -> Any:
    """The row of each unit on one side, its columns named after the side."""
    conditions = pairing.before if side == "before" else pairing.after
    if conditions:
        known = known.filter(all_of(conditions, known, bench.schema))
    found = _one_each(bench, known, pairing, newest=side == "after")
    columns = {
        f"_unit_{side}": found[pairing.of],
        f"_on_{side}": found[pairing.on],
        f"_{side}": found["_told"],
    }
    for edge, column in zip(("from", "to"), pairing.window, strict=False):
        columns[f"_{edge}_{side}"] = found[column]
    return found.select(**columns)


def _one_each(bench: Workbench, rows: Any, pairing: Pairing, *, newest: bool) -> Any:
    """The first or the last row of each unit; rows of one day are told apart by their keys."""
    import ibis

    named = [pairing.on, *(key for key in bench.schema.keys if key in rows.columns)]
    order = [rows[name].desc() if newest else rows[name].asc() for name in named]
    window = ibis.window(group_by=rows[pairing.of], order_by=order)
    ranked = rows.mutate(_rank=ibis.row_number().over(window))
    return ranked.filter(ranked["_rank"] == 0).drop("_rank")


def _same_season(rows: Any) -> Any:
    """Whether both rows cover the same days of the year; February ends in every year."""
    same = _years(rows, "before") == _years(rows, "after")
    for edge in ("from", "to"):
        same = same & (_day(rows[f"_{edge}_before"]) == _day(rows[f"_{edge}_after"]))
    return same.fill_null(False)


def _years(rows: Any, side: str) -> Any:
    return rows[f"_to_{side}"].year() - rows[f"_from_{side}"].year()


def _day(on: Any) -> Any:
    import ibis

    found = on.month() * 100 + on.day()
    return ibis.ifelse(found == 229, 228, found)


def parts_of(one: Indicator, rows: Any) -> tuple[Any, Any, Any]:
    """Of each unit: whether it is compared, its part of the numerator, of the denominator."""
    import ibis

    nothing = ibis.literal(0, "int64")
    known = gates.inside(rows, rows["_comparable"])
    if one.measure == "matched_change":
        if one.statistic == "improved":
            rose = rows["_change"] > 0 if one.direction == "ascending" else rows["_change"] < 0
            return known, ibis.ifelse(known, rose.cast("int64"), None), nothing
        base = rows["_before"] if one.statistic == "relative" else nothing
        return known, ibis.ifelse(known, rows["_change"], None), ibis.ifelse(known, base, None)
    before, after = rows["_before"], rows["_after"]
    if one.statistic == "net":
        return known, ibis.ifelse(known, after - before, None), nothing
    had = 1 if one.statistic == "back_slid" else 0
    asked = known & (before == had).fill_null(False)
    return asked, ibis.ifelse(asked, (after != before).cast("int64"), None), nothing
