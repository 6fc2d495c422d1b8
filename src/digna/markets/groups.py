"""Groups of countries that share their rules of access. Codes are ISO 3166 alpha-3.

The European Union since 1 February 2020 (27 members); the Andean Community.
"""

EU = frozenset({
    "AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV", "HUN",
    "IRL", "ITA", "LTU", "LUX", "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE",
})  # fmt: skip
ANDEAN = frozenset({"BOL", "COL", "ECU", "PER"})
GROUPS = {"EU": EU, "ANDEAN": ANDEAN}


def expand(codes: list[str]) -> frozenset[str]:
    """Return countries, with groups opened.

    >>> sorted(expand(["ANDEAN", "USA"]))
    ['BOL', 'COL', 'ECU', 'PER', 'USA']
    """
    return frozenset(one for code in codes for one in GROUPS.get(code, {code}))
