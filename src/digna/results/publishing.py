"""A figure made safe to publish: small cells hidden, and a total that would betray them. Pure.

Only what is about people and firms is hidden: four conversatorios are no secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from digna_engines.indicators import HIDDEN, PublicSlice, Slice, suppress
from digna_engines.indicators.suppression import Shown

UNDER = 5
ABOUT_SOMEBODY = frozenset(
    {
        "person_id", "enterprise_id", "attendance_id", "cycle_firm_id", "application_id", "pair_id",
        "pair", "enrolment_id", "observation_id", "project_id", "job_id", "deal_id", "step_id",
        "meeting_id", "task_id", "progress_id",
    }
)  # fmt: skip
"""Records each of which tells of one person or one firm: fewer than five tell of somebody."""


@dataclass(frozen=True, slots=True)
class PublicFigure:
    """A figure and its parts as anybody may see them: numbers, missing (`None`) or `HIDDEN`."""

    numerator: Shown
    denominator: Shown
    value: Shown
    n: Shown
    cohort: Shown
    parts: Mapping[str, tuple[PublicSlice, ...]]

    @property
    def is_hidden(self) -> bool:
        """Whether even the total is hidden."""
        return self.value is HIDDEN


def publish(
    whole: Slice, cohort: int | None, parts: Mapping[str, tuple[Slice, ...]], record_kind: str
) -> PublicFigure:
    """Return what may be published of a figure.

    >>> sex = (Slice("female", 7, None, 7, 7), Slice("male", 2, None, 2, 2))
    >>> found = publish(Slice(None, 9, None, 9, 9), 9, {"sex": sex}, "person_id")
    >>> found.value, found.parts["sex"][1].value
    (9, HIDDEN)
    """
    if record_kind not in ABOUT_SOMEBODY:
        plain = {name: tuple(map(_plain, found)) for name, found in parts.items()}
        return _shown(whole, cohort, plain)
    safe = {name: suppress(found, under=UNDER) for name, found in parts.items()}
    is_small = suppress((whole,), under=UNDER).slices[0].is_hidden
    slices = {name: found.slices for name, found in safe.items()}
    if is_small or any(found.is_total_hidden for found in safe.values()):
        return PublicFigure(HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, _closed(slices))
    # N less n is a cell as well: how many did not answer.
    left = None if cohort is None else cohort - whole.n
    return _shown(whole, None if left is not None and 0 < left < UNDER else cohort, slices)


def _shown(
    whole: Slice, cohort: int | None, parts: Mapping[str, tuple[PublicSlice, ...]]
) -> PublicFigure:
    return PublicFigure(whole.numerator, whole.denominator, whole.value, whole.n, cohort, parts)


def _closed(
    parts: Mapping[str, tuple[PublicSlice, ...]],
) -> dict[str, tuple[PublicSlice, ...]]:
    """Hide every cell of a dimension none of whose cells is hidden: they add up to the total."""
    return {
        name: found if any(part.is_hidden for part in found) else tuple(map(_hidden, found))
        for name, found in parts.items()
    }


def _hidden(part: PublicSlice) -> PublicSlice:
    return PublicSlice(part.category, HIDDEN, HIDDEN, HIDDEN, HIDDEN)


def _plain(part: Slice) -> PublicSlice:
    return PublicSlice(part.category, part.numerator, part.denominator, part.value, part.n)


def number(value: Shown) -> Decimal | None:
    """Return a number that is shown; None where it is missing or hidden."""
    return None if value is None or value is HIDDEN else Decimal(value)
