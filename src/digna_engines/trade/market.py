"""The market table of a product: who imports it, growing or not, from whom, how far, at what price.

Source: ITC, Trade Map, list of importing markets; mirrored, the list of exporters. ``market_rows``
is the Ibis expression; ``market_table`` executes it and gives frozen rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from digna_engines.trade.growth import growth_columns
from digna_engines.trade.product_rows import ProductRows, no_rows, pairs_table
from digna_engines.trade.shares import (
    concentration_columns,
    mean_distance,
    number,
    over,
    unit_value,
)

Side = Literal["importer", "exporter"]
Number = float | None


@dataclass(frozen=True, slots=True)
class MarketRow:
    """One country of the table; ``partners`` are its suppliers (or its markets, mirrored).

    ``value``, ``quantity``, ``unit_value``, ``world_share``, ``partners``, ``concentration``,
    ``partner_km``, ``tariff`` are of the last year; growth is of all years asked for.
    """

    market: Any
    value: Number
    balance: Number
    quantity: Number
    unit_value: Number
    growth: Number
    growth_n: int
    growth_cagr: Number
    growth_last: Number
    growth_quantity: Number
    growth_quantity_n: int
    world_share: Number
    world_rank: int | None
    partners: int
    concentration: Number
    concentration_normalised: Number
    partner_km: Number
    tariff: Number


@dataclass(frozen=True, slots=True)
class MarketTable:
    """The rows, greatest value first, and what they are of."""

    product: Any
    side: Side
    years: tuple[int, ...]
    rows: tuple[MarketRow, ...]
    missing: tuple[str, ...]


def market_table(
    source: Any,
    product: Any,
    *,
    years: Sequence[int],
    side: Side = "importer",
    distances: Any = None,
    tariffs: Any = None,
) -> MarketTable:
    """The market table of one product.

    Symbols: ``source`` a store, or an Ibis table with ``exporter, importer, product, year, value``
    and perhaps ``quantity``; ``years`` the window of the growth, its last the year shown;
    ``distances`` an Arrow table ``exporter, importer, km`` or a mapping of pairs; ``tariffs``
    likewise ``exporter, importer, tariff`` (fractions). What is not given is named in
    ``missing``, and its column is ``None``. ``side`` "exporter" gives the list of exporters with
    the same columns.

    Errors: ``trade.years`` without years; ``trade.no_trade`` where the product has no rows in them.
    """
    found = ProductRows.of(getattr(source, "flows", source), product, years)
    beside = {"distances": pairs_table(distances, "km"), "tariffs": pairs_table(tariffs, "tariff")}
    rows = found.ask(market_rows, beside, years=found.years, side=side)
    if not rows:
        raise no_rows(product, found.years)
    names = [one.name for one in fields(MarketRow)]
    return MarketTable(
        product,
        side,
        found.years,
        tuple(MarketRow(**{name: row[name] for name in names}) for row in rows),
        tuple(name for name, given in beside.items() if given is None),
    )


def market_rows(
    rows: Any, *, years: Sequence[int], side: Side = "importer", distances: Any = None,
    tariffs: Any = None,
) -> Any:  # fmt: skip
    """The table as an expression over the rows of one product, ordered by value.

    Formulas: unit value Σv/Σq over what has both; growth as in ``growth``; balance = what the
    country sells - what it buys; world share v/Σv; concentration Σs² and its normalised form over
    partners; distance Σ s d; tariff Σ s t.
    """
    import ibis

    partner = "exporter" if side == "importer" else "importer"
    last = max(years)
    own = _named(rows, side, partner, distances, tariffs)
    yearly = own.group_by("market", "year").aggregate(
        value=number(own["value"]).sum(), quantity=number(own["quantity"]).sum()
    )
    grown = yearly.group_by("market").aggregate(
        **growth_columns(yearly, years),
        **growth_columns(yearly, years, "quantity", "growth_quantity"),
    )
    now = _last_year(own.filter(own["year"] == last))
    back = rows.filter(rows["year"] == last)
    back = back.group_by(market=back[partner]).aggregate(other=number(back["value"]).sum())
    found = grown.left_join(now, "market").drop("market_right").left_join(back, "market")
    sign = 1 if side == "exporter" else -1
    value = found["value"].fill_null(0)
    order = ibis.window(order_by=[value.desc(), found["market"]])
    found = found.mutate(
        value=value,
        balance=sign * (value - found["other"].fill_null(0)),
        world_share=over(value, value.sum().over(ibis.window())),
        world_rank=ibis.row_number().over(order) + 1,
        partners=found["partners"].fill_null(0),
    )
    return found.drop("market_right", "other").order_by("world_rank")


def _named(rows: Any, side: Side, partner: str, distances: Any, tariffs: Any) -> Any:
    """Rows with ``market`` and ``partner``, km and tariff beside them."""
    import ibis

    found = rows
    for given, name in ((distances, "km"), (tariffs, "tariff")):
        if given is None:
            found = found.mutate(**{name: ibis.null("float64")})
            continue
        beside = given.select("exporter", "importer", name)
        found = found.left_join(beside, ["exporter", "importer"])
        found = found.drop("exporter_right", "importer_right")
    return found.rename(market=side, partner=partner)


def _last_year(rows: Any) -> Any:
    """What is told of the last year: totals, price, partners, how they share it."""
    pairs = rows.group_by("market", "partner").aggregate(
        v=number(rows["value"]).sum(),
        q=number(rows["quantity"]).sum(),
        km=number(rows["km"]).max(),
        tariff=number(rows["tariff"]).max(),
    )
    pairs = pairs.filter(pairs["v"] > 0)
    return pairs.group_by("market").aggregate(
        value=pairs["v"].sum(),
        quantity=pairs["q"].sum(),
        unit_value=unit_value(pairs["v"], pairs["q"]),
        partners=pairs.count(),
        partner_km=mean_distance(pairs["v"], pairs["km"]),
        tariff=mean_distance(pairs["v"], pairs["tariff"]),
        **concentration_columns(pairs["v"]),
    )
