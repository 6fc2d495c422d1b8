"""Small cells hidden in public outputs, so that nobody can be picked out of a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal

from digna_engines.errors import EngineError
from digna_engines.indicators.figures import Slice
from digna_engines.values import Number


class Hidden(Enum):
    """The mark of a hidden cell: neither missing (``None``) nor zero (``0``)."""

    HIDDEN = "hidden"

    def __repr__(self) -> str:
        return "HIDDEN"

    def __bool__(self) -> bool:
        raise TypeError("HIDDEN is neither true nor false: compare it with `is`")


HIDDEN: Final = Hidden.HIDDEN
Shown = Number | None | Literal[Hidden.HIDDEN]


@dataclass(frozen=True)
class PublicSlice:
    """A slice as the public sees it: each number, missing (``None``) or ``HIDDEN``."""

    category: str | None
    numerator: Shown
    denominator: Shown
    value: Shown
    n: int | Literal[Hidden.HIDDEN]

    @property
    def is_hidden(self) -> bool:
        """Whether this cell was hidden."""
        return self.n is HIDDEN


@dataclass(frozen=True)
class PublicSlices:
    """The slices of one dimension, ready to publish, and whether the total must be hidden too."""

    slices: tuple[PublicSlice, ...]
    is_total_hidden: bool
    under: int
    method: str = "indicators.suppression"
    version: str = "1"


def suppress(slices: Sequence[Slice], *, under: int = 5) -> PublicSlices:
    """Hide the cells with fewer than ``under`` behind them, and as many more as protect them.

    Formula
        Hidden first: every cell with ``0 < n < under``, and every share in which those who meet
        or those who do not are ``1 … under - 1``. Then, while the hidden cells could be worked
        out from the total (there is only one, or fewer than ``under`` in all of them, or all are 1
        or all ``under - 1``), the smallest cell still shown is hidden as well.
    Symbols
        ``n``: units or rows behind a cell. ``under``: the threshold, in the same unit; ≥ 2.
    Source
        Primary and complementary cell suppression: Cox, 1980, *Suppression methodology and
        statistical disclosure control*; Hundepool et al., 2012, *Statistical Disclosure Control*.
    Edge cases
        0 is shown, unless it is needed to protect another cell. When nothing is left to hide the
        total is hidden too (``is_total_hidden``); every published total of the same figure must
        then be hidden. Protects against who knows the total, the shown cells and the threshold,
        one dimension at a time; crossed tables need their own pass.
    Error: ``suppression.threshold`` when ``under`` is below 2, which would hide nothing.

    >>> parts = [Slice("La Paz", 40, None, 40, 40), Slice("Oruro", 9, None, 9, 9),
    ...     Slice("Beni", 2, None, 2, 2)]
    >>> [part.value for part in suppress(parts).slices]
    [40, HIDDEN, HIDDEN]
    """
    if under < 2:
        raise EngineError(
            "suppression.threshold",
            "El umbral de ocultamiento debe ser 2 o más.",
            "The suppression threshold must be 2 or more.",
            under=under,
        )
    hidden = {at for at, part in enumerate(slices) if _is_small(part, under)}
    open_ = [at for at in _smallest_first(slices) if at not in hidden]
    while hidden and open_ and not _is_protected([slices[at].n for at in hidden], under):
        hidden.add(open_.pop(0))
    behind = [slices[at].n for at in hidden]
    return PublicSlices(
        slices=tuple(_public(part, at in hidden) for at, part in enumerate(slices)),
        is_total_hidden=bool(hidden) and not _is_protected(behind, under),
        under=under,
    )


def _is_small(part: Slice, under: int) -> bool:
    small = range(1, under)
    if part.n in small:
        return True
    if part.denominator is None or part.denominator != part.n:
        return False
    # A denominator that counts what is behind the cell: the cell is a share or a mean. Of a share
    # the two sides are people as well; of a mean this errs, rarely, on the side of hiding.
    numerator = part.numerator
    return numerator is not None and (numerator in small or part.n - numerator in small)


def _is_protected(behind: list[int], under: int) -> bool:
    if len(behind) < 2 or sum(behind) < under:
        return False
    # All small: with the total, only «all are 1» and «all are under - 1» give themselves away.
    all_small = max(behind) < under
    return not all_small or len(behind) < sum(behind) < len(behind) * (under - 1)


def _smallest_first(slices: Sequence[Slice]) -> list[int]:
    # Zeros last: hiding a zero protects nobody unless there is nothing else to hide.
    return sorted(range(len(slices)), key=lambda at: (slices[at].n == 0, slices[at].n, at))


def _public(part: Slice, is_hidden: bool) -> PublicSlice:
    if is_hidden:
        return PublicSlice(part.category, HIDDEN, HIDDEN, HIDDEN, HIDDEN)
    return PublicSlice(part.category, part.numerator, part.denominator, part.value, part.n)
