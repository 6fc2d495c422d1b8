"""Outlier gates: values far from their period's median are held out before they are added."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from digna_engines.indicators.declaration import Indicator


@dataclass(frozen=True)
class Gate:
    """The column that is watched, and how many median absolute deviations it may be away."""

    column: str
    limit: Decimal


def gate_of(one: Indicator) -> Gate | None:
    """The gate an indicator declares; of pairs it watches the change."""
    if one.gate is None:
        return None
    column = "_change" if one.counts_pairs else one.value
    assert column is not None  # noqa: S101  (only measures with a value may have a gate)
    return Gate(column, one.gate)


def marked(rows: Any, gate: Gate) -> Any:
    """The rows, with ``_held`` true where a value is outside median ± limit · MAD of its period.

    Where more than half of the values are equal the deviation is 0 and none is held out, as in
    ``quality.outliers``. What was held out before (another season) stays so.
    """
    import ibis

    exact = rows.mutate(_x=rows[gate.column].cast("float64"))
    middle = exact.group_by(_of=exact["_p"]).agg(_middle=exact["_x"].quantile(0.5))
    away = exact.left_join(middle, exact["_p"] == middle["_of"]).drop("_of")
    away = away.mutate(_away=(away["_x"] - away["_middle"]).abs())
    spread = away.group_by(_of=away["_p"]).agg(_spread=away["_away"].quantile(0.5))
    joined = away.left_join(spread, away["_p"] == spread["_of"]).drop("_of")
    far = (joined["_away"] > float(gate.limit) * joined["_spread"]) & (joined["_spread"] > 0)
    far = far.fill_null(False)
    held = joined["_held"] | far if "_held" in rows.columns else far
    dropped = ("_x", "_middle", "_away", "_spread")
    return joined.mutate(_held=ibis.ifelse(held, True, False)).drop(*dropped)


def inside(rows: Any, known: Any) -> Any:
    """Known and not held out."""
    return known & ~rows["_held"] if "_held" in rows.columns else known
