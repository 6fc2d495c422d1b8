"""Who may claim what: firms in several interventions, several donors, attributable income."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from digna_engines.errors import EngineError
from digna_engines.indicators.records import Key, RecordSet, union
from digna_engines.values import Number, quotient

Rule = Literal["split", "first"]


@dataclass(frozen=True)
class Claim:
    """What one intervention reached: ``gross`` units, and those ``attributed`` to it."""

    gross: int
    attributed: Decimal


@dataclass(frozen=True)
class Claims:
    """Gross and attributed by intervention; the attributed add up to ``total``."""

    by: Mapping[str, Claim]
    total: int
    rule: Rule


def claims(sets: Mapping[str, RecordSet], *, rule: Rule = "split") -> Claims:
    """Units reached by several interventions, each counted once in the whole.

    Formula
        total = |∪ sets|; «split» gives each unit in k sets 1/k to each; «first» gives it whole to
        the first of them in the order given. Σ attributed = total under both (to 28 digits).
    Source
        DCED Standard VIII (2017), 5.2: aggregation without double counting.
    Edge cases
        Sets of different units do not join (``records.different``).

    >>> sets = {"SCORE": RecordSet.of("firm", [1, 2]), "IMPULSA": RecordSet.of("firm", [2, 3])}
    >>> found = claims(sets)
    >>> found.total, {name: (one.gross, one.attributed) for name, one in found.by.items()}
    (3, {'SCORE': (2, Decimal('1.5')), 'IMPULSA': (2, Decimal('1.5'))})
    """
    total = len(union(*sets.values()))
    share = _split(sets) if rule == "split" else _first(sets)
    by = {name: Claim(len(one), _decimal(share[name])) for name, one in sets.items()}
    return Claims(by, total, rule)


def _decimal(part: Fraction) -> Decimal:
    found = quotient(part.numerator, part.denominator)
    assert found is not None  # noqa: S101  (no fraction is over 0)
    return found


def _split(sets: Mapping[str, RecordSet]) -> dict[str, Fraction]:
    times = Counter(key for one in sets.values() for key in one.keys)
    return {
        name: sum((Fraction(1, times[key]) for key in one.keys), Fraction(0))
        for name, one in sets.items()
    }


def _first(sets: Mapping[str, RecordSet]) -> dict[str, Fraction]:
    taken: set[Key] = set()
    found: dict[str, Fraction] = {}
    for name, one in sets.items():
        found[name] = Fraction(len(set(one.keys) - taken))
        taken |= set(one.keys)
    return found


class Donor(NamedTuple):
    """A donor and its part of the money, 0 to 1."""

    name: str
    share: Decimal


def by_donor(amount: Number, donors: Sequence[Donor]) -> dict[str, Decimal]:
    """An amount attributed to donors by their part of the money; the gross one stays beside it.

    Errors: ``contributions.shares`` when parts are negative or add up to more than 1.
    Edge case: parts that add up to less leave the rest to nobody.

    >>> by_donor(200, [Donor("SECO", Decimal("0.75")), Donor("OIT", Decimal("0.25"))])
    {'SECO': Decimal('150.00'), 'OIT': Decimal('50.00')}
    """
    total = sum((one.share for one in donors), Decimal(0))
    if total > 1 or any(one.share < 0 for one in donors):
        raise EngineError(
            "contributions.shares",
            f"Las partes de los financiadores suman {total}: no pasan de 1 ni son negativas.",
            f"The donors' parts add up to {total}: they cannot pass 1 nor be negative.",
            total=total,
        )
    return {one.name: Decimal(amount) * one.share for one in donors}


class IncomeGroup(NamedTuple):
    """Firms of one kind: how many, and mean income before and after, with and without us."""

    firms: int
    before: Number
    after: Number
    comparison_before: Number
    comparison_after: Number


def net_attributable_income(
    groups: Iterable[IncomeGroup], *, displacement: Number = 0, overlap: Number = 0
) -> Decimal:
    """Additional net income that the programme may claim.

    Formula
        Σ N_g [(y₁ - y₀) - (c₁ - c₀)] · (1 - displacement) · (1 - overlap).
    Symbols
        incomes in constant prices of one currency; ``displacement`` the part taken from firms
        outside, ``overlap`` the part that other interventions claim, both 0 to 1.
    Source
        DCED Standard VI-VIII, universal indicator «net income».
    Errors
        ``contributions.parts`` for a part outside 0 to 1.

    >>> firms = [IncomeGroup(200, 0, 1500, 0, 400)]
    >>> net_attributable_income(firms)
    Decimal('220000')
    >>> net_attributable_income(firms, displacement=Decimal("0.1"), overlap=Decimal("0.05"))
    Decimal('188100')
    """
    if not (0 <= displacement <= 1 and 0 <= overlap <= 1):
        raise EngineError(
            "contributions.parts",
            "El desplazamiento y la superposición son partes de 0 a 1.",
            "Displacement and overlap are parts from 0 to 1.",
        )
    gross = sum(
        (
            one.firms
            * (
                Decimal(one.after)
                - Decimal(one.before)
                - Decimal(one.comparison_after)
                + Decimal(one.comparison_before)
            )
            for one in groups
        ),
        Decimal(0),
    )
    found = quotient(gross * (1 - Decimal(displacement)) * (1 - Decimal(overlap)), 1)
    assert found is not None  # noqa: S101  (the divisor is 1)
    return found
