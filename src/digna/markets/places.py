"""Reference facts the engine is given: capitals, since when a code exists, names of sources."""

from functools import cache

SOURCES = {
    "baci": "BACI", "comtrade": "UN Comtrade", "national": "Aduana", "synthetic": "Mundo sintético",
}  # fmt: skip


@cache
def capitals() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of each country's capital, from the kit."""
    return {}


def exists_since(product: str) -> str | None:
    """Return since which edition of the Harmonized System a code exists, where we know it."""
    return {"100850": "12"}.get(product)
