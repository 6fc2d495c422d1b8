"""A results chain looked at again: what covers it, what has grown old, what no longer holds."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from digna_engines.errors import Fault
from digna_engines.systems import chains, graphs
from digna_engines.systems.chains import ResultsChain

GRAVE = ("systems.broken", "systems.cycle", "systems.backwards", "systems.unfed")
"""Faults that make the story of a chain untrue as it is told."""


@dataclass(frozen=True)
class Coverage:
    """``boxes`` are those that need an indicator; ``with_indicator`` those that have one."""

    with_indicator: int
    boxes: int

    @property
    def share(self) -> float | None:
        """The part that has one, 0 to 1; None where no box needs any."""
        return self.with_indicator / self.boxes if self.boxes else None


@dataclass(frozen=True)
class Review:
    """Everything found, the gravest first; ``age_months`` is None where nobody ever reviewed it."""

    faults: tuple[Fault, ...]
    coverage: Coverage
    age_months: int | None
    is_stale: bool


def coverage(chain: ResultsChain) -> Coverage:
    """How many of the boxes that need an indicator have one (DCED Standard, 2.1).

    Formula: boxes with an indicator / boxes; activities need none and are in neither.

    >>> from digna_engines.systems.chains import Box
    >>> coverage(ResultsChain((Box("train", "activity"), Box("skilled", "output", ("n",))), ()))
    Coverage(with_indicator=1, boxes=1)
    """
    needing = [box for box in chain.boxes if box.level != chains.LEVELS[0]]
    return Coverage(sum(bool(box.indicators) for box in needing), len(needing))


def months_between(start: date, end: date) -> int:
    """Whole months from a day to a later one; 0 where it is not later.

    >>> months_between(date(2020, 1, 31), date(2021, 1, 30))
    11
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(months - (end.day < start.day), 0)


def review(
    chain: ResultsChain,
    *,
    today: date,
    reviewed_on: date | None,
    interval_months: int = 12,
    without_figure: Collection[str] = (),
) -> Review:
    """Look at a chain as it stands today.

    Symbols: ``reviewed_on`` the last day somebody reviewed it; ``interval_months`` how long that
    is good for (12: the standard asks for a regular review and fixes no interval; a year is its
    reporting rhythm); ``without_figure`` the indicators that have no figure in the last period.

    Codes: those of ``chains.check``, and ``systems.broken``, ``systems.at_risk`` (an assumption of
    the box or arrow), ``systems.never_reviewed``, ``systems.stale``, ``systems.no_figure``,
    ``systems.dead_end`` (an activity from which no impact is reached), ``systems.unfed`` (an impact
    that no activity reaches). Those of ``GRAVE`` come first, in the order found.

    Source: DCED Standard, version VIII (2017), elements 1 and 2.

    >>> from digna_engines.systems.chains import Box
    >>> found = review(ResultsChain((Box("train", "activity", (), ("broken",)),), ()),
    ...     today=date(2021, 6, 1), reviewed_on=date(2020, 1, 1))
    >>> [fault.code for fault in found.faults], found.age_months
    (['systems.broken', 'systems.orphan', 'systems.dead_end', 'systems.stale'], 17)
    """
    age = None if reviewed_on is None else months_between(reviewed_on, today)
    is_stale = age is None or age > interval_months
    faults = [*chains.check(chain), *_assumptions(chain), *_ends(chain)]
    faults += _unmeasured(chain, without_figure)
    if is_stale:
        faults.append(_of_age(age))
    faults.sort(key=lambda fault: fault.code not in GRAVE)
    return Review(tuple(faults), coverage(chain), age, is_stale)


def _assumptions(chain: ResultsChain) -> Iterable[Fault]:
    parts = [(box.name, box.assumptions) for box in chain.boxes]
    parts += [(chains.path_of(arrow), arrow.assumptions) for arrow in chain.arrows]
    for path, states in parts:
        if "broken" in states:
            yield _fault(path, "broken", "Un supuesto está roto.", "An assumption is broken.")
        if "at_risk" in states:
            yield _fault(
                path, "at_risk", "Un supuesto está en riesgo.", "An assumption is at risk."
            )


def _ends(chain: ResultsChain) -> Iterable[Fault]:
    """Activities without a way to an impact, impacts without a way from an activity."""
    backwards = [(head, tail) for tail, head in chain.arcs]
    impacts = _at(chain, chains.LEVELS[-1])
    activities = _at(chain, chains.LEVELS[0])
    fed = _reached(chain.names, chain.arcs, activities)
    leading = _reached(chain.names, backwards, impacts)
    for name in activities:
        if name not in leading:
            yield _fault(name, "dead_end", "No lleva a ningún impacto.", "It leads to no impact.")
    for name in impacts:
        if name not in fed:
            yield _fault(name, "unfed", "Ninguna actividad llega aquí.", "No activity leads to it.")


def _at(chain: ResultsChain, level: str) -> list[str]:
    return [box.name for box in chain.boxes if box.level == level]


def _reached(
    nodes: Iterable[str], arcs: Iterable[graphs.Arc], starts: Iterable[str]
) -> frozenset[str]:
    """What can be walked to from any of ``starts``, themselves among them."""
    after = graphs.successors(tuple(nodes), arcs)
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(after[node])
    return frozenset(seen)


def _unmeasured(chain: ResultsChain, without_figure: Collection[str]) -> Iterable[Fault]:
    for box in chain.boxes:
        lacking = sum(name in without_figure for name in box.indicators)
        if lacking:
            yield _fault(
                box.name,
                "no_figure",
                f"{lacking} de sus {len(box.indicators)} indicadores sin cifra en el último "
                "período.",
                f"{lacking} of its {len(box.indicators)} indicators without a figure in the last "
                "period.",
            )


def _of_age(age: int | None) -> Fault:
    if age is None:
        return _fault("", "never_reviewed", "Nadie la revisó todavía.", "Nobody has reviewed it.")
    return _fault("", "stale", f"Se revisó hace {age} meses.", f"It was reviewed {age} months ago.")


def _fault(path: str, code: str, es: str, en: str) -> Fault:
    return Fault(path, f"systems.{code}", es, en)
