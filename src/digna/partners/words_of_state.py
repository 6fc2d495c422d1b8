"""How far a dimension of a partner's maturity got, in one word, with the parts beside it. Pure.

The word is a reading aid for a committee, never a score: the three dimensions are not added up,
and every word stands beside how many of how many markers were reached at each depth.
"""

from collections.abc import Iterable
from dataclasses import dataclass

READY, ON_THE_WAY, FAR, UNKNOWN = "ready", "on_the_way", "far", "unknown"
EXPECT, LIKE, LOVE = "expect", "like", "love"


@dataclass(frozen=True, slots=True)
class Cell:
    """The markers of one dimension at one depth, by how they were judged."""

    depth: str
    reached: int = 0
    partly: int = 0
    not_yet: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        """All of them, judged or not."""
        return self.reached + self.partly + self.not_yet + self.unknown


def cell(depth: str, judged: Iterable[str | None]) -> Cell:
    """Count how markers were judged; None is nobody judged it.

    >>> cell("expect", ["reached", "partly", None, "reached"])
    Cell(depth='expect', reached=2, partly=1, not_yet=0, unknown=1)
    """
    known = list(judged)
    return Cell(
        depth,
        reached=known.count("reached"),
        partly=known.count("partly"),
        not_yet=known.count("not_yet"),
        unknown=known.count(None),
    )


def word(cells: Iterable[Cell]) -> str:
    """Say where a dimension stands.

    Ready: everything expected is reached, and at least one marker that goes further. On the way: at
    least half of what is expected. Unknown: somebody left an expected marker without judging it and
    half is not reached anyway, so that an empty page never reads as «far».

    >>> word([Cell("expect", reached=3), Cell("like", reached=1, not_yet=1)])
    'ready'
    >>> word([Cell("expect", reached=2, not_yet=1)]), word([Cell("expect", not_yet=3)])
    ('on_the_way', 'far')
    >>> word([Cell("expect", reached=1, unknown=2)]), word([])
    ('unknown', 'unknown')
    """
    by_depth = {one.depth: one for one in cells}
    expected = by_depth.get(EXPECT, Cell(EXPECT))
    further = sum(by_depth[depth].reached for depth in (LIKE, LOVE) if depth in by_depth)
    if expected.total and expected.reached == expected.total and further:
        return READY
    if expected.total and expected.reached * 2 >= expected.total:
        return ON_THE_WAY
    return UNKNOWN if expected.unknown or not expected.total else FAR
