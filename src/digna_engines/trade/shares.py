"""Shares, concentration, prices and mean distance, as Ibis columns over the rows of a group.

Sources: ITC, Trade Map (columns of its market table); UNCTAD, Handbook of Statistics (normalised
Herfindahl-Hirschman).
"""

from typing import Any

KEYS = ("exporter", "importer", "product", "year")


def number(column: Any) -> Any:
    """The column in double precision: whole numbers and decimals divide differently by engine."""
    return column.cast("float64")


def over(part: Any, whole: Any) -> Any:
    """part / whole; missing where the whole is 0 or missing.

    Whole numbers, never 0.0: some engines read a written fraction as a decimal and overflow.
    """
    return number(part) / number(whole).nullif(0)


def concentration_columns(value: Any, prefix: str = "concentration") -> dict[str, Any]:
    """Herfindahl-Hirschman over the rows of a group, one row a supplier, values > 0.

    Formulas: Σ s² with s = v / Σ v, in [1/n, 1]; normalised (√Σs² - √(1/n)) / (1 - √(1/n)), which
    is 1 where there is one supplier alone.
    """
    import ibis

    value = number(value)
    n = number(value.count(where=value > 0))
    hhi = over((value * value).sum(), value.sum() * value.sum())
    least = (1 / n.nullif(0)).sqrt()
    normalised = (hhi.sqrt() - least) / (1 - least).nullif(0)
    return {
        prefix: hhi,
        f"{prefix}_normalised": ibis.ifelse(n == 1, 1, normalised),
    }


def unit_value(value: Any, quantity: Any) -> Any:
    """Σ value / Σ quantity over the rows whose quantity is known and not 0: USD per kg.

    A value whose quantity is missing would raise the price: it is left out of both sums.
    """
    import ibis

    value, quantity = number(value), number(quantity)
    priced = ibis.ifelse(quantity > 0, value, ibis.null("float64"))
    weighed = ibis.ifelse(quantity > 0, quantity, ibis.null("float64"))
    return over(priced.sum(), weighed.sum())


def mean_distance(value: Any, km: Any) -> Any:
    """Σ v d / Σ v over the suppliers whose distance is known: km, weighted by value."""
    import ibis

    value, km = number(value), number(km)
    told = ibis.ifelse(km.notnull(), value, ibis.null("float64"))
    return over((told * km).sum(), told.sum())


def with_quantity(table: Any) -> Any:
    """The table with a ``quantity`` column: missing everywhere where it has none."""
    import ibis

    if "quantity" in table.columns:
        return table
    return table.mutate(quantity=ibis.null("float64"))


def of_year(table: Any, year: int | None) -> Any:
    """The rows of one year, or all of them."""
    return table if year is None else table.filter(table["year"] == year)
