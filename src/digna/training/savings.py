"""What a firm could save in a year, as a range with its reasoning. Pure.

Each loss the owner tells in plain numbers becomes a yearly cost; a share of it, from low to
high, is what firms of this kind may hope to recover. The shares are our own assumption, stated
as such on every paper; no number is given where none was told, and never a single one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal

MONTHS, WEEKS = Decimal(12), Decimal(50)
HOURS_A_DAY = Decimal(8)
DAYS_A_MONTH = Decimal(24)


@dataclass(frozen=True, slots=True)
class Loss:
    """A kind of loss: its unit decides how a year of it is reckoned."""

    code: str
    unit: str
    low: Decimal
    high: Decimal
    area: str


LOSSES: tuple[Loss, ...] = (
    Loss("defects", "bob_month", Decimal("0.15"), Decimal("0.40"), "defects"),
    Loss("rework", "hours_week", Decimal("0.15"), Decimal("0.40"), "rework"),
    Loss("waste", "bob_month", Decimal("0.10"), Decimal("0.30"), "waste"),
    Loss("energy", "bob_month", Decimal("0.05"), Decimal("0.15"), "energy"),
    Loss("absence", "days_month", Decimal("0.10"), Decimal("0.30"), "absence"),
    Loss("accidents", "days_month", Decimal("0.20"), Decimal("0.50"), "accidents"),
    Loss("turnover", "people_year", Decimal("0.10"), Decimal("0.30"), "turnover"),
    Loss("late", "bob_month", Decimal("0.15"), Decimal("0.40"), "delivery"),
)
BY_CODE = {loss.code: loss for loss in LOSSES}
NEEDS_WAGE = frozenset({"hours_week", "days_month", "people_year"})


@dataclass(frozen=True, slots=True)
class Part:
    """One loss reckoned: what was told, a year of it, and the range that may be saved."""

    code: str
    told: Decimal
    unit: str
    a_year: Decimal
    low: Decimal
    high: Decimal
    share_low: Decimal
    share_high: Decimal


@dataclass(frozen=True, slots=True)
class Estimate:
    """The range over all losses told; `low` and `high` are None when none could be reckoned."""

    low: Decimal | None
    high: Decimal | None
    parts: tuple[Part, ...]
    left_out: tuple[str, ...]


def estimate(told: Mapping[str, Decimal], monthly_wage: Decimal | None) -> Estimate:
    """Return the range of yearly savings over the losses told.

    A loss in hours, days or people needs a wage to become money; without one it is left out, and
    said so. Zero is an answer: nothing is lost there.

    >>> e = estimate({"waste": Decimal(1000)}, None)
    >>> e.low, e.high
    (Decimal('1200'), Decimal('3600'))
    >>> estimate({}, None).low is None
    True
    >>> estimate({"rework": Decimal(5)}, None).left_out
    ('rework',)
    """
    parts, left_out = [], []
    for loss in LOSSES:
        if loss.code not in told:
            continue
        year = _a_year(loss.unit, told[loss.code], monthly_wage)
        if year is None:
            left_out.append(loss.code)
            continue
        low, high = _whole(year * loss.low), _whole(year * loss.high)
        parts.append(
            Part(
                loss.code,
                told[loss.code],
                loss.unit,
                _whole(year),
                low,
                high,
                loss.low,
                loss.high,
            )
        )
    if not parts:
        return Estimate(None, None, (), tuple(left_out))
    low = sum((part.low for part in parts), Decimal(0))
    high = sum((part.high for part in parts), Decimal(0))
    return Estimate(low, high, tuple(parts), tuple(left_out))


def _a_year(unit: str, value: Decimal, wage: Decimal | None) -> Decimal | None:
    if unit == "bob_month":
        return value * MONTHS
    if wage is None:
        return None
    if unit == "hours_week":
        return value * WEEKS * wage / (DAYS_A_MONTH * HOURS_A_DAY)
    if unit == "days_month":
        return value * MONTHS * wage / DAYS_A_MONTH
    return value * wage  # finding and teaching somebody new is reckoned as one month's wage


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), ROUND_HALF_UP)


def payback(pays: Decimal | None, yearly: Decimal | None) -> Decimal | None:
    """Return the months until savings pay what the firm pays; None where one is missing or none.

    >>> payback(Decimal(3000), Decimal(12000)), payback(Decimal(3000), Decimal(0)) is None
    (Decimal('3.0'), True)
    """
    if pays is None or yearly is None or yearly <= 0:
        return None
    return (pays / (yearly / MONTHS)).quantize(Decimal("0.1"), ROUND_UP)


@dataclass(frozen=True, slots=True)
class Teachable:
    """A module as the advice weighs it."""

    code: str
    needs: tuple[str, ...]
    size_bands: tuple[str, ...]
    areas: frozenset[str]
    practices: frozenset[str]


@dataclass(frozen=True, slots=True)
class Advice:
    """A module advised: the problems and the unmet practices that speak for it."""

    module: str
    areas: tuple[str, ...]
    practices: tuple[str, ...]
    is_first: bool
    is_in_size: bool


def advise(
    modules: Sequence[Teachable],
    problems: Mapping[str, Decimal],
    unmet: frozenset[str],
    completed: frozenset[str],
    size_band: str,
) -> tuple[Advice, ...]:
    """Return up to three modules, the strongest case first, each with its reasons.

    `problems` weighs each area by what it may save. A module whose first module is not completed
    is not advised: what opens the way to it is, marked `is_first`. Completed ones are left out,
    and so are those for firms of another size.
    """
    found = [
        (weight, advice)
        for module in modules
        if module.code not in completed
        for weight, advice in [_case(module, problems, unmet, completed, size_band)]
        if advice.is_in_size and (not module.needs or completed & set(module.needs))
    ]
    ranked = sorted(found, key=lambda pair: (-pair[0], pair[1].module))
    return tuple(advice for weight, advice in ranked if weight > 0)[:3]


def _case(
    module: Teachable,
    problems: Mapping[str, Decimal],
    unmet: frozenset[str],
    completed: frozenset[str],
    size_band: str,
) -> tuple[Decimal, Advice]:
    areas = tuple(sorted(module.areas & set(problems)))
    practices = tuple(sorted(module.practices & unmet))
    weight = sum((problems[area] for area in areas), Decimal(0)) + 500 * len(practices)
    is_first = not module.needs and not completed
    in_size = not size_band or not module.size_bands or size_band in module.size_bands
    if not areas and not practices and is_first and "conflict" in module.areas:
        weight = Decimal(1)  # where nothing was told, begin where everybody begins
    return weight, Advice(module.code, areas, practices, is_first, in_size)
