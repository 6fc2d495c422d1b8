"""Invented KPI values of a firm: before, after, and a year later; mostly better, not always."""

from dataclasses import dataclass
from decimal import Decimal

from digna.demo.words import Draw

BY_SECTOR = {
    "coffee": ("DEF", "DELV", "MATW"),
    "andean_grains": ("DEF", "DELV", "MATW"),
    "tourism": ("DELV", "ABS", "TRNH"),
    "manufacturing": ("DEF", "DELV", "ABS"),
    "other": ("DEF", "DELV", "ABS"),
}
BASES = {
    "DEF": (900, (70, 160), False),
    "MATW": (2400, (140, 320), False),
    "ABS": (520, (16, 40), False),
    "DELV": (120, (70, 96), True),
    "COMP": (400, (2, 4), False),
    "TRNH": (12, (8, 30), True),
}
"""Denominator, least and most of the numerator at the baseline, and whether more is better."""
CHANGES = (0.55, 0.62, 0.7, 0.74, 0.8, 0.85, 0.9, 1.0, 1.0, 1.12, 1.25)
METHODS = ("record", "record", "record", "estimate", "recalled")


@dataclass(frozen=True, slots=True)
class Series:
    """A KPI of a firm over its measurements, each with numerator and denominator."""

    code: str
    numerators: tuple[Decimal, ...]
    denominators: tuple[Decimal, ...]
    method: str
    is_record_seen: bool
    is_new_register: bool

    def at(self, step: int) -> tuple[Decimal, Decimal]:
        """Return numerator and denominator at the baseline (0), endline (1), a year after (2)."""
        return self.numerators[step], self.denominators[step]


def chosen_codes(sector: str, *, wants_complaints: bool) -> tuple[str, ...]:
    """Return the KPIs a firm of a sector picks.

    >>> chosen_codes("coffee", wants_complaints=True)
    ('DEF', 'DELV', 'MATW', 'COMP')
    """
    codes = BY_SECTOR.get(sector, BY_SECTOR["other"])
    return (*codes, "COMP") if wants_complaints else codes


def series_for(code: str, draw: Draw, *, is_new_register: bool) -> Series:
    """Return three values of a KPI; a register that begins makes complaints rise."""
    chance = draw.chance
    base, (low, high), is_up = BASES[code]
    first = chance.randrange(low, high + 1)
    change = 2 - chance.choice(CHANGES) if is_up else chance.choice(CHANGES)
    is_register = is_new_register and code == "COMP"
    later = change + (-0.05 if is_up else 0.05)
    bases = [base, base + chance.randrange(0, base // 4), base + chance.randrange(0, base // 3)]
    second = first + 9 if is_register else round(first * change * bases[1] / base)
    third = first + 6 if is_register else round(first * later * bases[2] / base)
    if code == "DELV":
        second, third = min(second, bases[1]), min(third, bases[2])
    method = chance.choice(METHODS)
    return Series(
        code,
        tuple(Decimal(n) for n in (first, second, third)),
        tuple(Decimal(n) for n in bases),
        method,
        method == "record" and chance.random() < 0.7,
        is_register,
    )
