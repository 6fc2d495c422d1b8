"""How the records of a figure fall into the parts of its dimensions. Pure.

A part is found by narrowing the indicator to one category. Whoever is found in several categories
is in none of them alone, and whoever is found in none is unknown: the records are split exactly as
the figure's numbers are.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from digna_engines.indicators import SEVERAL, Condition, Indicator

Part = tuple[str, str | None]
Categories = Mapping[str, Sequence[str | None]]


def named(categories: Categories) -> list[Part]:
    """Return the parts that a condition can name: neither «several» nor unknown.

    >>> named({"sex": ["female", "several", None]})
    [('sex', 'female')]
    """
    return [(d, c) for d, found in categories.items() for c in found if c not in {None, SEVERAL}]


def within(one: Indicator, at: int, dimension: str, category: str | None) -> Indicator:
    """Return an indicator, coded `at`, of everything that `one` speaks about in a category.

    A unit seen twice is in the category it was seen in last.
    """
    only = Condition(one.disaggregate[dimension], "eq", category)
    bare = replace(
        one,
        code=str(at),
        value=None, per=None, meets=(), cohort=None, disaggregate={}, statistic=None, before=(),
        after=(), window=(), hours=None, months=None, heads=None, gate=None,
    )  # fmt: skip
    if one.counts_pairs:
        last = replace(bare, measure="unique", semantics="snapshot")
        return replace(last, among=one.where, where=(only,))
    return replace(
        bare,
        measure="unique" if one.counts_units else "count",
        of=one.of if one.counts_units or one.semantics == "snapshot" else None,
        where=(*one.where, only),
    )


def split(
    whole: set[Any], categories: Categories, found: Mapping[Part, set[Any]]
) -> dict[Part, set[Any]]:
    """Split `whole` by every dimension; parts without any record are left out.

    >>> both = {("sex", "female"): {1, 2}, ("sex", "male"): {2, 3, 9}}
    >>> split({1, 2, 3, 4}, {"sex": ["female", "male"]}, both)[("sex", "several")]
    {2}
    """
    parts: dict[Part, set[Any]] = {}
    for dimension in categories:
        mine = {c: keys & whole for (d, c), keys in found.items() if d == dimension}
        times = Counter(key for keys in mine.values() for key in keys)
        several = {key for key, n in times.items() if n > 1}
        parts |= {(dimension, category): keys - several for category, keys in mine.items()}
        parts[dimension, SEVERAL] = several
        parts[dimension, None] = whole - set(times)
    return {part: keys for part, keys in parts.items() if keys}
