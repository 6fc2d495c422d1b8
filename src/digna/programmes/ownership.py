"""To which partner this room's rows belong."""

from digna.registry.ownership import REFERENCE, declare, never, of_partner

declare(
    {
        "programmes.programme": REFERENCE,
        "programmes.phase": REFERENCE,
        "programmes.strategicarea": REFERENCE,
        "programmes.expectedresult": REFERENCE,
        "programmes.installedkit": REFERENCE,
        "programmes.funder": never("cuánto pone cada financiador es asunto del programa"),
        "programmes.activity": of_partner("partner"),
    }
)
