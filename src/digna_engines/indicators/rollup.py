"""Adding figures of disjoint periods where it is right; where it is not, saying what to do."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn, overload

from digna_engines.errors import NotAddableError
from digna_engines.indicators import typed
from digna_engines.indicators.figures import Figure, Notice, Slice, in_order
from digna_engines.indicators.records import RecordSet, union
from digna_engines.indicators.typed import TypedValue
from digna_engines.values import Number, Period, is_gapless, quotient


@overload
def roll_up(figures: Sequence[Figure]) -> Figure: ...
@overload
def roll_up(figures: Sequence[TypedValue]) -> TypedValue: ...
def roll_up(figures: Sequence[Figure] | Sequence[TypedValue]) -> Figure | TypedValue:
    """Add the figures of one indicator over disjoint periods; or values as written in a logframe.

    Formula
        ``count``, ``sum``: Σ numerators. ``ratio`` and shares of rows: Σ numerators / Σ
        denominators, never the mean of the values. Each category of each dimension likewise.
    Symbols
        ``figures``: of one indicator, one per period, in any order. Returns a figure over the span
        of the periods. Written values: see ``typed.add_up``.
    Source
        Ratios add by their parts: 30/50 and 10/90 make 40/140 = 28.6 %, not 35.6 %
        (``docs/methods/counting.md``).
    Edge cases
        A period without data is left out and told; gaps between periods are told. ``n`` adds up;
        the N of a declared cohort does not, and is dropped.
    Errors
        ``NotAddableError`` with what to do instead: ``rollup.units`` for ``unique`` and for shares
        of units (recount, or join the records); ``rollup.average`` for ``mean`` and ``median``;
        ``rollup.not_incremental``; ``rollup.overlap``; ``rollup.mixed``; ``rollup.nothing``.

    >>> from digna_engines.indicators.declaration import Indicator
    >>> visits = Indicator("visits", "visits", "count", "visitas", on="on")
    >>> q1, q2 = (Figure(visits, Period.quarter(2021, q), n, None, n, n, n) for q, n in
    ...     ((1, 30), (2, 12)))
    >>> roll_up([q1, q2]).value
    42
    """
    computed = [one for one in figures if isinstance(one, Figure)]
    written = [one for one in figures if isinstance(one, TypedValue)]
    if written and not computed:
        return typed.add_up(written)
    if written or not computed:
        _refuse(
            "rollup.nothing",
            "No hay cifras de un mismo indicador que sumar.",
            "There are no figures of one indicator to add.",
        )
    return _figures(computed)


def _figures(figures: list[Figure]) -> Figure:
    _require_addable(figures)
    ordered = sorted(figures, key=lambda one: _period(one).starts_on)
    parts = [_as_slice(one) for one in ordered]
    total = _added(None, parts)
    first = ordered[0]
    return replace(
        first,
        period=_span([_period(one) for one in ordered]),
        numerator=total.numerator,
        denominator=total.denominator,
        value=total.value,
        n=total.n,
        cohort=_cohort(ordered),
        slices=_slices(ordered),
        records=_records(ordered),
        workings={"rolled_up": [_period(one).label for one in ordered]},
        warnings=_warnings(ordered),
        method=f"indicators.roll_up({first.method})",
    )


def _require_addable(figures: list[Figure]) -> None:
    one = figures[0].indicator
    if any(other.indicator != one for other in figures):
        _refuse(
            "rollup.mixed",
            "Las cifras son de indicadores distintos (o de versiones distintas de uno).",
            "The figures are of different indicators (or of different versions of one).",
        )
    if one.counts_units or one.counts_pairs:
        _refuse(
            "rollup.units",
            "Quien participó en dos períodos se contaría dos veces: recalcule sobre todo el "
            "período, o una los registros.",
            "Whoever took part in two periods would count twice: recompute over the whole span, "
            "or join the records.",
        )
    if one.shape in {"mean", "median"}:
        _refuse(
            "rollup.average",
            "No se promedian promedios ni medianas: recalcule sobre todo el período.",
            "Means and medians are not averaged: recompute over the whole span.",
        )
    if one.semantics != "incremental":
        _refuse(
            "rollup.not_incremental",
            "Una cifra acumulada o una foto ya contiene a las anteriores: tome la última.",
            "A cumulative figure or a snapshot already holds the earlier ones: take the last.",
        )
    _require_disjoint(figures)


def _require_disjoint(figures: list[Figure]) -> None:
    periods = [one.period for one in figures]
    dated = sorted(period for period in periods if period is not None)
    undated = len(dated) < len(periods) and len(periods) > 1
    if undated or any(a.overlaps(b) for a, b in itertools.pairwise(dated)):
        _refuse(
            "rollup.overlap",
            "Los períodos se superponen: lo que pasó en ambos se sumaría dos veces.",
            "The periods overlap: what happened in both would be added twice.",
        )
    if undated or not dated:
        _refuse(
            "rollup.nothing",
            "Una cifra de todo el tiempo no se suma por períodos.",
            "An all-time figure is not added up by periods.",
        )


def _refuse(code: str, message_es: str, message_en: str) -> NoReturn:
    raise NotAddableError(code, message_es, message_en)


def _period(figure: Figure) -> Period:
    assert figure.period is not None  # noqa: S101  (refused before)
    return figure.period


def _span(periods: list[Period]) -> Period:
    if len(periods) == 1:
        return periods[0]
    return Period.span(periods[0].starts_on, periods[-1].ends_on)


def _as_slice(figure: Figure) -> Slice:
    return Slice(None, figure.numerator, figure.denominator, figure.value, figure.n)


def _added(category: str | None, parts: list[Slice]) -> Slice:
    numerator = _sum([part.numerator for part in parts])
    denominator = _sum([part.denominator for part in parts])
    by_parts = any(part.denominator is not None for part in parts)
    value = quotient(numerator, denominator) if by_parts else numerator
    return Slice(category, numerator, denominator, value, sum(part.n for part in parts))


def _sum(numbers: list[Number | None]) -> Number | None:
    present = [number for number in numbers if number is not None]
    return sum(present) if present else None


def _slices(figures: list[Figure]) -> dict[str, tuple[Slice, ...]]:
    added = {}
    for dimension in figures[0].indicator.disaggregate:
        by_category: dict[str | None, list[Slice]] = {}
        for one in figures:
            for part in one.slices.get(dimension, ()):
                by_category.setdefault(part.category, []).append(part)
        added[dimension] = in_order([_added(*item) for item in by_category.items()])
    return added


def _records(figures: list[Figure]) -> RecordSet | None:
    sets = [one.records for one in figures if one.records is not None]
    return union(*sets) if len(sets) == len(figures) else None


def _cohort(figures: list[Figure]) -> int | None:
    sizes = [one.cohort for one in figures if one.cohort is not None]
    declared = figures[0].indicator.cohort is not None
    return None if declared or len(sizes) < len(figures) else sum(sizes)


def _warnings(figures: list[Figure]) -> tuple[Notice, ...]:
    told = [notice for one in figures for notice in one.warnings]
    without = [_period(one).label for one in figures if one.numerator is None]
    if without:
        told.append(
            Notice(
                "rollup.without_data",
                f"Sin dato en {', '.join(without)}: no entra en la suma.",
                f"No data in {', '.join(without)}: not part of the sum.",
                len(without),
            )
        )
    if not is_gapless([_period(one) for one in figures]):
        told.append(
            Notice(
                "rollup.gap",
                "Entre los períodos hay días sin cubrir.",
                "There are days between the periods that none covers.",
            )
        )
    return tuple(told)
