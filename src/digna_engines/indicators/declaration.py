"""An indicator as it is declared: what is counted, where, when and split by what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, get_args

Measure = Literal[
    "unique", "count", "sum", "share", "ratio", "mean", "median",
    "matched_change", "adoption", "fte",
]  # fmt: skip
Statistic = Literal["mean", "median", "improved", "relative", "adopted", "back_slid", "net"]
Shape = Literal["units", "rows", "sum", "share", "ratio", "mean", "median"]
Direction = Literal["ascending", "descending"]
Semantics = Literal["incremental", "cumulative", "snapshot"]
Operator = Literal["eq", "ne", "in", "not_in", "ge", "gt", "le", "lt", "is_missing", "is_present"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
SEMANTICS: tuple[Semantics, ...] = get_args(Semantics)
OPERATORS: tuple[Operator, ...] = get_args(Operator)
STATISTICS: tuple[Statistic, ...] = get_args(Statistic)
STATISTICS_OF: Mapping[Measure, tuple[Statistic, ...]] = {
    "matched_change": ("mean", "median", "improved", "relative"),
    "adoption": ("adopted", "back_slid", "net"),
}
"""What each measure of pairs may tell of them."""
_SHAPES: Mapping[str, Shape] = {
    "unique": "units", "count": "rows", "fte": "sum", "net": "sum",
    "improved": "share", "adopted": "share", "back_slid": "share", "relative": "ratio",
}  # fmt: skip
WITHOUT_VALUE: frozenset[Operator] = frozenset({"is_missing", "is_present"})
WITH_LIST: frozenset[Operator] = frozenset({"in", "not_in"})
ORDERED: frozenset[Operator] = frozenset({"ge", "gt", "le", "lt"})


@dataclass(frozen=True)
class Condition:
    """A test on one column. A missing value passes none of them except ``is_missing``.

    ``value`` is a scalar, a tuple of scalars for ``in`` and ``not_in``, and ``None`` for
    ``is_missing`` and ``is_present``. In particular ``ne`` and ``not_in`` do not pass missing
    values: not knowing the answer is not the same as knowing it is another one.
    """

    column: str
    op: Operator
    value: object = None


@dataclass(frozen=True)
class Cohort:
    """The units an indicator speaks about: the N of «n of N».

    ``of`` is the unit's column in both ``source`` and the indicator's own source.
    """

    source: str
    of: str
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """A declared indicator; nothing in it is a programme's code.

    Symbols
        ``source``: name of the fact table. ``measure``: how it is computed (see
        ``docs/methods/counting.md``). ``unit``: what one of the value is («personas», «USD»).
        ``of``: the column that names the unit counted once (``unique``), that a ``share`` is a
        share of, or whose last row a ``snapshot`` takes. ``value``: column of ``sum``, ``mean``,
        ``median``, numerator of ``ratio``; ``per``: denominator of ``ratio``. ``where``: rows
        that count, all conditions together; ``meets``: the conditions of a share's numerator.
        ``on``: date column. ``among``: for a snapshot, the series from which each unit's last row
        is taken, before ``where``. ``disaggregate``: dimension → column.

        Of pairs (``matched_change``, ``adoption``): each ``of`` unit's first known row that passes
        ``before`` against its last one that passes ``after``; ``statistic`` says what of the pairs
        is told; ``window`` names two date columns, start and end, that must be the same season.
        Of ``fte``: ``hours`` a week, ``months`` of the year, ``heads`` how many jobs a row stands
        for. ``gate``: values farther than so many median absolute deviations from their period's
        median are held out, and told.

    Built bare here, without checks; ``from_mapping`` is the checked door.
    """

    code: str
    source: str
    measure: Measure
    unit: str
    direction: Direction = "ascending"
    semantics: Semantics = "incremental"
    of: str | None = None
    value: str | None = None
    per: str | None = None
    where: tuple[Condition, ...] = ()
    meets: tuple[Condition, ...] = ()
    among: tuple[Condition, ...] = ()
    on: str | None = None
    cohort: Cohort | None = None
    disaggregate: Mapping[str, str] = field(default_factory=dict, hash=False)
    statistic: Statistic | None = None
    before: tuple[Condition, ...] = ()
    after: tuple[Condition, ...] = ()
    window: tuple[str, ...] = ()
    hours: str | None = None
    months: str | None = None
    heads: str | None = None
    gate: Decimal | None = None

    @classmethod
    def from_mapping(
        cls, declared: Mapping[str, object], *, ignore: Collection[str] = ()
    ) -> "Indicator":
        """Read a declaration as a kit writes it; every fault is reported, not the first one.

        Symbols: ``declared`` maps field names to values; ``where``, ``meets`` and ``among`` are
        lists of ``{column, op, value}``; ``disaggregate`` is a list of columns or a mapping
        dimension → column; ``ignore`` names the keys that belong to somebody else (a title).
        Error: ``DeclarationError``, whose ``faults`` carry path, code and both sentences.

        >>> Indicator.from_mapping({"code": "people", "source": "attendance", "unit": "personas",
        ...     "measure": "unique", "of": "person", "disaggregate": ["sex"]}).disaggregate
        {'sex': 'sex'}
        """
        # Imported here because reading builds Indicators.
        from digna_engines.indicators import reading

        return reading.read(declared, ignore=ignore)

    @property
    def counts_units(self) -> bool:
        """Whether what is counted is units (each once), not rows."""
        return self.of is not None and self.measure in {"unique", "share"}

    @property
    def counts_pairs(self) -> bool:
        """Whether what is told is of units seen twice: a change, a practice taken up."""
        return self.measure in STATISTICS_OF

    @property
    def shape(self) -> Shape:
        """How the value is made: counted, added, a part of a whole, a middle.

        >>> Indicator("a", "kpi", "matched_change", "kg", statistic="improved").shape
        'share'
        """
        told = self.statistic if self.counts_pairs and self.statistic else self.measure
        return _SHAPES.get(told, told)  # type: ignore[arg-type]
