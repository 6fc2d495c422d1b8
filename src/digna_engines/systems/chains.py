"""From an activity to decent work, box by box: is the story whole, in order and evidenced?"""

from dataclasses import dataclass

from digna_engines.errors import EngineError, Fault
from digna_engines.systems import graphs

LEVELS = ("activity", "output", "behaviour", "enterprise", "impact")
"""What is done, what comes out, what actors do otherwise, how firms fare, how work gets better."""


STATES = ("holds", "at_risk", "broken", "unknown")
"""What an assumption may be found to be; unknown is nobody having looked."""


@dataclass(frozen=True)
class Box:
    """One change somebody claims will happen; ``indicators`` are how it would be seen.

    ``assumptions`` are the states, of ``STATES``, of what has to hold besides.
    """

    name: str
    level: str
    indicators: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrow:
    """The claim that one box brings about another; ``evidence`` is what it rests on.

    ``claim`` says in words why the one leads to the other: None where nobody asks for it,
    empty where it is asked for and missing.
    """

    source: str
    target: str
    evidence: tuple[str, ...] = ()
    claim: str | None = None
    assumptions: tuple[str, ...] = ()


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


def accept(chain: ResultsChain, arrow: Arrow) -> ResultsChain:
    """The chain with one arrow more, unless the arrow cannot be: then why not.

    Errors: ``systems.itself`` (from a box to itself), ``systems.unknown``, ``systems.repeated``,
    ``systems.backwards`` (to an earlier level), ``systems.cycle``. Whatever is built with it from
    a chain without arrows has no loop and never goes back.

    >>> start = ResultsChain((Box("train", "activity"), Box("skilled", "output")), ())
    >>> accept(start, Arrow("train", "skilled")).arcs
    (('train', 'skilled'),)
    >>> try:
    ...     accept(start, Arrow("skilled", "train"))
    ... except EngineError as error:
    ...     print(error.code)
    systems.backwards
    """
    if arrow.source == arrow.target:
        raise EngineError(
            "systems.itself",
            f"«{arrow.source}» no puede llevar a sí misma. Elija otra casilla.",
            f"“{arrow.source}” cannot lead to itself. Choose another box.",
            name=arrow.source,
        )
    longer = ResultsChain(chain.boxes, (*chain.arrows, arrow))
    if _step(arrow, chain) < 0:
        raise EngineError(
            "systems.backwards",
            f"De «{arrow.source}» a «{arrow.target}» va hacia atrás: una flecha lleva al mismo "
            "nivel o a uno posterior.",
            f"From “{arrow.source}” to “{arrow.target}” goes back: an arrow leads to the same "
            "level or a later one.",
            arc=(arrow.source, arrow.target),
        )
    graphs.refuse_cycle(longer.names, longer.arcs)
    return longer


def _step(arrow: Arrow, chain: ResultsChain) -> int:
    """How many levels an arrow goes on; 0 where one of its ends has no known level."""
    level = {box.name: box.level for box in chain.boxes}
    ends = [level[name] for name in (arrow.source, arrow.target)]
    if not all(end in LEVELS for end in ends):
        return 0
    return LEVELS.index(ends[1]) - LEVELS.index(ends[0])


def check(chain: ResultsChain) -> tuple[Fault, ...]:
    """Everything that keeps a results chain from being believed.

    Codes: ``systems.cycle``, ``systems.level`` (not one of ``LEVELS``), ``systems.backwards`` (an
    arrow to an earlier level), ``systems.skips`` (it leaves a level out), ``systems.no_claim``
    (an arrow that is asked why and does not say), ``systems.no_indicator`` (every box but an
    activity needs one, DCED 2.1), ``systems.no_evidence`` (an arrow), and
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
    path, found = path_of(arrow), []
    step = _step(arrow, chain)
    if step < 0:
        found.append(_fault(path, "backwards", "Va hacia atrás.", "It goes backwards."))
    if step > 1:
        found.append(_fault(path, "skips", "Se salta un nivel.", "It leaves a level out."))
    if arrow.claim is not None and not arrow.claim.strip():
        found.append(_fault(path, "no_claim", "No dice por qué.", "It does not say why."))
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


def path_of(arrow: Arrow) -> str:
    """How a fault names an arrow.

    >>> path_of(Arrow("train", "skilled"))
    'train → skilled'
    """
    return f"{arrow.source} → {arrow.target}"


def _fault(path: str, code: str, es: str, en: str) -> Fault:
    return Fault(path, f"systems.{code}", es, en)
