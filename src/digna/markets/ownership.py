"""To which partner this room's rows belong: a sheet may be a partner's; trade data are nobody's."""

from digna.registry.ownership import REFERENCE, declare, follows, never, of_partner

DATA = "los datos de comercio se traen de su fuente con su licencia"

declare(
    {
        "markets.release": REFERENCE,
        "markets.bringing": never(DATA),
        "markets.reading": REFERENCE,
        "markets.publishedfigure": REFERENCE,
        "markets.sheet": of_partner("partner"),
        "markets.entry": follows("sheet"),
        "markets.sheetversion": follows("sheet"),
    }
)
