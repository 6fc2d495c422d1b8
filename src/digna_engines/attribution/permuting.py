"""What chance alone would give: a test without assumptions on how values spread, for small n."""

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digna_engines.attribution.pairs import Array, Firm, Matched, matched, require_arms
from digna_engines.errors import EngineError

_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Permutation:
    """A permutation test: ``p`` two-sided, over ``draws`` assignments, all of them if ``exact``."""

    value: float
    p: float
    draws: int
    exact: bool


def permutation_test(
    firms: Iterable[Firm], *, seed: int, draws: int = 9_999, exact_up_to: int = 20_000
) -> Permutation:
    """How often chance would give a difference in mean changes as large as the one found.

    Formula
        p = share of assignments with |difference| ≥ |found|; drawn rather than listed,
        p = (hits + 1)/(draws + 1), the found one being among those possible.
    Symbols
        ``exact_up_to`` the most assignments that are listed one by one; beyond, ``draws`` of them
        by ``seed``. Where firms name clusters and each lies in one arm, clusters are dealt, not
        firms.
    Source
        Fisher (1935); the +1: Phipson and Smyth (2010).
    Edge cases
        With three firms an arm p is never below 2/20: small samples cannot be significant, and
        this says so.
    Errors
        ``attribution.too_few``; ``attribution.split_cluster`` for a cluster in both arms.

    >>> toy = [Firm(100, 130, True), Firm(80, 95, True), Firm(120, 150, True),
    ...        Firm(90, 100, False), Firm(110, 105, False), Firm(70, 85, False)]
    >>> found = permutation_test(toy, seed=1)
    >>> found.p, found.draws, found.exact
    (0.2, 20, True)
    """
    found = matched(firms)
    require_arms(found, least=1)
    sums, sizes, treated = _units(found)
    chosen, total = int(treated.sum()), len(treated)
    value = _difference(treated[None, :], sums, sizes)[0]
    count = math.comb(total, chosen)
    if count <= exact_up_to:
        hits = sum(_hits(block, sums, sizes, value) for block in _every(total, chosen))
        return Permutation(float(value), hits / count, count, exact=True)
    random = np.random.default_rng(seed)
    hits = 0
    for start in range(0, draws, 1_000):
        block = np.tile(treated, (min(1_000, draws - start), 1))
        hits += _hits(random.permuted(block, axis=1), sums, sizes, value)
    return Permutation(float(value), (hits + 1) / (draws + 1), draws, exact=False)


Flags = npt.NDArray[np.bool_]


def _units(found: Matched) -> tuple[Array, Array, Flags]:
    """Sum of changes, number of firms and arm of each thing that is dealt."""
    if found.clusters is None:
        return found.change, np.ones(len(found.change)), found.treated
    sizes = np.bincount(found.clusters).astype(float)
    arms = np.bincount(found.clusters, found.treated)
    if ((arms > 0) & (arms < sizes)).any():
        raise EngineError(
            "attribution.split_cluster",
            "Hay conglomerados con empresas en ambos lados: no se pueden repartir enteros.",
            "Some clusters have firms in both arms: they cannot be dealt whole.",
        )
    sums: Array = np.bincount(found.clusters, found.change).astype(float)
    return sums, sizes, arms > 0


def _difference(assigned: Flags, sums: Array, sizes: Array) -> Array:
    treated, n_treated = assigned @ sums, assigned @ sizes
    difference: Array = treated / n_treated - (sums.sum() - treated) / (sizes.sum() - n_treated)
    return difference


def _hits(assigned: Flags, sums: Array, sizes: Array, value: float) -> int:
    least = abs(value) * (1 - _TOLERANCE)  # ties count, whatever the order of adding
    return int((np.abs(_difference(assigned, sums, sizes)) >= least).sum())


def _every(total: int, chosen: int) -> Iterator[Flags]:
    everyone = itertools.combinations(range(total), chosen)
    while block := list(itertools.islice(everyone, 1_000)):
        flags = np.zeros((len(block), total), dtype=bool)
        np.put_along_axis(flags, np.array(block), True, axis=1)
        yield flags
