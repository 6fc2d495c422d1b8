"""From an activity to decent work, box by box: is the story whole, in order and evidenced?"""

from dataclasses import dataclass

from digna_engines.errors import Fault
from digna_engines.systems import graphs

LEVELS = ("activity", "output", "behaviour", "enterprise", "impact")
"""What is done, what comes out, what actors do otherwise, how firms fare, how work gets better."""


@dataclass(frozen=True)
class Box:
    """One change somebody claims will happen; ``indicators`` are how it would be seen."""

    name: str
    level: str
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrow:
    """The claim that one box brings about another; ``evidence`` is what it rests on."""

    source: str
    target: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class ResultsChain:
    """Boxes and arrows; an arrow between boxes that are not there is refused at once.

    Errors: ``systems.unknown``, ``systems.repeated``.
    """

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    def __post_init__(self) -> None:
        graphs.refuse_unknown(self.names, self.arcs)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the boxes."""
        return tuple(box.name for box in self.boxes)

    @property
    def arcs(self) -> tuple[graphs.Arc, ...]:
        """The arrows, as from where to where."""
        return tuple((arrow.source, arrow.target) for arrow in self.arrows)


def check(chain: ResultsChain) -> tuple[Fault, ...]:
    """Everything that keeps a results chain from being believed.

    Codes: ``systems.cycle``, ``systems.level`` (not one of ``LEVELS``), ``systems.backwards`` (an
    arrow to an earlier level), ``systems.skips`` (it leaves a level out), ``systems.no_indicator``
    (every box but an activity needs one, DCED 2.1), ``systems.no_evidence`` (an arrow), and
    ``systems.orphan`` (a box that nothing leads to, or that leads to nothing).

    >>> chain = ResultsChain((Box("train", "activity"), Box("sell more", "enterprise", ("sales",))),
    ...     (Arrow("train", "sell more"),))
    >>> [fault.code for fault in check(chain)]
    ['systems.skips', 'systems.no_evidence', 'systems.orphan']
    """
    faults = _cycle(chain)
    faults += [f for arrow in chain.arrows for f in _of_arrow(arrow, chain)]
    faults += [f for box in chain.boxes for f in _of_box(box, chain)]
    return tuple(faults)


def _cycle(chain: ResultsChain) -> list[Fault]:
    cycle = graphs.find_cycle(chain.names, chain.arcs)
    if not cycle:
        return []
    way = " → ".join((*cycle, cycle[0]))
    return [_fault(cycle[0], "cycle", f"Vuelve sobre sí mismo: {way}.", f"Leads back: {way}.")]


def _of_arrow(arrow: Arrow, chain: ResultsChain) -> list[Fault]:
    path, found = f"{arrow.source} → {arrow.target}", []
    level = {box.name: box.level for box in chain.boxes}
    ends = [level[name] for name in (arrow.source, arrow.target)]
    if all(end in LEVELS for end in ends):
        step = LEVELS.index(ends[1]) - LEVELS.index(ends[0])
        if step < 0:
            found.append(_fault(path, "backwards", "Va hacia atrás.", "It goes backwards."))
        if step > 1:
            found.append(_fault(path, "skips", "Se salta un nivel.", "It leaves a level out."))
    if not arrow.evidence:
        found.append(_fault(path, "no_evidence", "No tiene evidencia.", "It has no evidence."))
    return found


def _of_box(box: Box, chain: ResultsChain) -> list[Fault]:
    found = []
    if box.level not in LEVELS:
        found.append(_fault(box.name, "level", "Su nivel no existe.", "Its level is unknown."))
    if box.level != LEVELS[0] and not box.indicators:
        found.append(
            _fault(box.name, "no_indicator", "No tiene indicador.", "It has no indicator.")
        )
    is_reached = box.level == LEVELS[0] or any(a.target == box.name for a in chain.arrows)
    leads_on = box.level == LEVELS[-1] or any(a.source == box.name for a in chain.arrows)
    if not (is_reached and leads_on):
        found.append(
            _fault(box.name, "orphan", "Nada lleva aquí, o de aquí a nada.", "Cut off on one side.")
        )
    return found


def _fault(path: str, code: str, es: str, en: str) -> Fault:
    return Fault(path, f"systems.{code}", es, en)
