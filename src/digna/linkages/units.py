"""Units in which things are offered and asked for, and what converts into what. Pure.

Only weights turn into one another here. A Bolivian quintal is 46 kg: four arrobas of 25 libras,
as farm statistics of Bolivia count it (100 libras castellanas of 0.46009 kg are 46.009 kg); it is
not the metric quintal of 100 kg, which has its own code. A pound is 0.45359237 kg by definition
(international yard and pound agreement, 1959). Nothing else is converted: a bag, a jar or a unit
says nothing of its weight.
"""

from decimal import Decimal

KILOGRAMS: dict[str, Decimal] = {
    "kg": Decimal(1),
    "g": Decimal("0.001"),
    "t": Decimal(1000),
    "qq": Decimal(46),
    "q": Decimal(100),
    "arroba": Decimal("11.5"),
    "lb": Decimal("0.45359237"),
}
"""How many kilograms one of each is."""

COUNTED = (
    "unit", "dozen", "pair", "bag", "box", "jar", "litre", "metre", "person", "night", "tour",
    "hour",
)  # fmt: skip
PIECES: dict[str, Decimal] = {"unit": Decimal(1), "dozen": Decimal(12)}
"""How many single pieces one of each is."""

UNIT_CODES = (*KILOGRAMS, *COUNTED)


def factor(source: str, target: str) -> Decimal | None:
    """Return how many `target` one `source` is, or None where that is not known.

    >>> factor("qq", "kg"), factor("kg", "t"), factor("bag", "kg"), factor("bag", "bag")
    (Decimal('46'), Decimal('0.001'), None, Decimal('1'))
    """
    if source == target and source in UNIT_CODES:
        return Decimal(1)
    for table in (KILOGRAMS, PIECES):
        if source in table and target in table:
            return table[source] / table[target]
    return None


def converted(quantity: Decimal | None, source: str, target: str) -> Decimal | None:
    """Return a quantity in another unit; None where either is not known.

    >>> converted(Decimal(200), "qq", "t")
    Decimal('9.200')
    """
    by = factor(source, target)
    return None if quantity is None or by is None else quantity * by


def price_per(price: Decimal | None, source: str, target: str) -> Decimal | None:
    """Return a price per `source` as a price per `target`; None where that is not known.

    >>> price_per(Decimal(92), "qq", "kg")
    Decimal('2')
    """
    by = factor(source, target)
    return None if price is None or by is None else price / by
