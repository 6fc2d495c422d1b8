"""Reference facts the engine is given: capitals, since when a code exists, names of sources."""

from digna.markets import naming
from digna_engines.trade.distances import capitals_of

SOURCES = {
    "baci": "BACI", "comtrade": "UN Comtrade", "national": "Aduana", "synthetic": "Mundo sintético",
}  # fmt: skip


def capitals() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of each country's capital, from the kit."""
    return capitals_of(naming.kit_section("capitals"))


def exists_since(product: str) -> str | None:
    """Return since which edition of the Harmonized System a code exists, where we know it."""
    from digna_engines.trade import concordance  # numpy: only where readings are made

    told = concordance.absent_from(product, "92")
    return told.since if told is not None else None
