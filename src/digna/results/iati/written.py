"""Numbers and texts as IATI wants them written: exact, with a point, never an empty one. Pure."""

from decimal import Decimal

from digna_engines.iati.shapes import Narrative, Words

CENT = Decimal("0.01")


def number(value: Decimal) -> str:
    """Return a number with two decimals at most and no zeros behind.

    >>> number(Decimal("263.000000")), number(Decimal("60.0760")), number(Decimal("0"))
    ('263', '60.08', '0')
    """
    whole = value.to_integral_value()
    return str(int(whole)) if whole == value else f"{value.quantize(CENT).normalize():f}"


def words(es: str, en: str = "") -> Words | None:
    """Return a text in Spanish, the default, and in English where there is one.

    >>> words("Empleos", "Jobs").narratives[1].language, words(" ")
    ('en', None)
    """
    said = [Narrative(es.strip())] if es.strip() else []
    if en.strip():
        said.append(Narrative(en.strip(), "en"))
    return Words(tuple(said)) if said else None
