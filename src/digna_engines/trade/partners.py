"""Who sells to whom, year by year, as Ibis expressions over the rows of one product."""

from collections.abc import Sequence
from typing import Any, Literal

from digna_engines.trade.growth import growth_columns
from digna_engines.trade.shares import number, unit_value


def yearly_rows(rows: Any, *, by: Literal["exporter", "importer"]) -> Any:
    """``country, year, value, quantity, unit_value`` of each exporter or importer, in order."""
    named = rows.mutate(country=rows[by])
    return _totals(named, "country", "year").order_by("country", "year")


def world_rows(rows: Any) -> Any:
    """``year, value, quantity, unit_value`` of the whole market, in order."""
    return _totals(rows, "year").order_by("year")


def pair_rows(rows: Any, *, years: Sequence[int]) -> Any:
    """Each exporter in each market: last year's value, quantity, price; growth over the years.

    ``value`` is 0 where they traded before and not in the last year. Ordered by market, greatest
    value first.
    """
    last = max(years)
    yearly = _totals(rows, "exporter", "importer", "year")
    at_last = yearly["year"] == last
    found = yearly.group_by("exporter", "importer").aggregate(
        value=yearly["value"].sum(where=at_last).fill_null(0),
        quantity=yearly["quantity"].sum(where=at_last),
        unit_value=yearly["unit_value"].max(where=at_last),
        **growth_columns(yearly, years),
    )
    return found.order_by(found["importer"], found["value"].desc(), found["exporter"])


def _totals(rows: Any, *keys: str) -> Any:
    return rows.group_by(*keys).aggregate(
        value=number(rows["value"]).sum(),
        quantity=number(rows["quantity"]).sum(),
        unit_value=unit_value(rows["value"], rows["quantity"]),
    )
