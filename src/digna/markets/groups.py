"""Groups of countries that share their rules of access. Codes are ISO 3166 alpha-3."""

from digna_engines.trade.tariffs import UNIONS

ANDEAN = frozenset({"BOL", "COL", "ECU", "PER"})
GROUPS = {"EU": UNIONS["EU27"], "ANDEAN": ANDEAN}


def expand(codes: list[str]) -> frozenset[str]:
    """Return countries, with groups opened.

    >>> sorted(expand(["ANDEAN", "USA"]))
    ['BOL', 'COL', 'ECU', 'PER', 'USA']
    """
    return frozenset(one for code in codes for one in GROUPS.get(code, {code}))
