"""Sums a file tells of itself, held against what its flows add up to."""

from pathlib import Path
from typing import Any

from digna_engines.errors import EngineError
from digna_engines.trade.connecting import parquet
from digna_engines.trade.reading.scanning import Text

TOLERANCE = 0.001
"""Share of a total that rounding may take."""


def refuse_off(database: Any, text: Text, whole: Path) -> None:
    """Refuse a file whose partners do not add up to its rows of «World».

    Symbols: ``whole`` typed rows with ``reason`` '' for flows and ``world`` for totals, by
    ``reporter``, ``product`` and ``year``.
    Edge cases: a total without any flow behind it is off as well; a flow without a total is not.
    """
    found = database.execute(
        "SELECT reporter, product, year, sum(value) FILTER (reason = 'world') AS told, "  # noqa: S608
        "coalesce(sum(value) FILTER (reason IN ('', 'own_trade')), 0) AS added, count(*) AS rows "
        f"FROM {parquet([whole])} WHERE reason IN ('', 'own_trade', 'world') "
        "GROUP BY ALL HAVING told IS NOT NULL "
        f"AND abs(told - added) > greatest(rows, told * {TOLERANCE}) "
        "ORDER BY reporter, product, year LIMIT 1"
    ).fetchone()
    if found:
        reporter, product, year, told, added, _rows = found
        raise EngineError(
            "trade.totals",
            f"«{text.name}»: los socios del país {reporter}, producto {product:06d}, año {year} "
            f"suman {added} y la fila «World» dice {told} USD. Descargue todos los socios, sin "
            "desgloses; o sin «World» si quiere solo algunos.",
            f"“{text.name}”: the partners of country {reporter}, product {product:06d}, year "
            f"{year} add up to {added} and the row “World” says {told} USD. Download all partners, "
            "without breakdowns; or without “World” if you want some only.",
            file=text.name,
            reporter=reporter,
            product=f"{product:06d}",
            year=year,
            told=told,
            added=int(added),
        )
