"""Why something fails: symptom, proximate cause, root; and how much hangs on each root."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from digna_engines.errors import EngineError
from digna_engines.systems import graphs

WEAK, MEDIUM, STRONG = 1, 2, 3


@dataclass(frozen=True)
class CauseLink:
    """One claim: ``cause`` brings about ``effect``.

    Symbols: ``strength`` 1 weak, 2 medium, 3 strong; ``evidence`` names what the claim rests on.
    """

    cause: str
    effect: str
    strength: int = MEDIUM
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class CauseGraph:
    """A problem tree whose branches may join: causes and what they bring about, without loops.

    Errors: ``systems.repeated_name``, ``systems.unknown``, ``systems.repeated``,
    ``systems.cycle`` (names its members), ``systems.strength``.

    >>> tree = CauseGraph(("prices", "no buyers", "no brand"), (
    ...     CauseLink("no buyers", "prices", 3), CauseLink("no brand", "no buyers", 2)))
    >>> tree.symptoms, tree.roots, tree.kind("no buyers"), tree.depth
    (('prices',), ('no brand',), 'proximate', 2)
    """

    causes: tuple[str, ...]
    links: tuple[CauseLink, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.causes)) < len(self.causes):
            raise EngineError(
                "systems.repeated_name",
                "Dos causas tienen el mismo nombre: una flecha no sabría a cuál va.",
                "Two causes have the same name: an arrow would not know which it means.",
            )
        graphs.refuse_unknown(self.causes, self.arcs)
        graphs.refuse_cycle(self.causes, self.arcs)
        for link in self.links:
            if link.strength not in (WEAK, MEDIUM, STRONG):
                raise EngineError(
                    "systems.strength",
                    f"La fuerza de «{link.cause}» → «{link.effect}» debe ser 1, 2 o 3.",
                    f"The strength of “{link.cause}” → “{link.effect}” must be 1, 2 or 3.",
                )

    @property
    def arcs(self) -> tuple[graphs.Arc, ...]:
        """Every link as cause and effect."""
        return tuple((link.cause, link.effect) for link in self.links)

    @property
    def roots(self) -> tuple[str, ...]:
        """What brings something about and is brought about by nothing listed."""
        return tuple(name for name in self.causes if self.kind(name) == "root")

    @property
    def symptoms(self) -> tuple[str, ...]:
        """What is brought about and brings about nothing listed."""
        return tuple(name for name in self.causes if self.kind(name) == "symptom")

    @property
    def loose(self) -> tuple[str, ...]:
        """What no arrow touches: written down and not yet thought about."""
        return tuple(name for name in self.causes if self.kind(name) == "loose")

    @property
    def depth(self) -> int:
        """Arrows on the longest way from a root to a symptom: how often «why?» was asked."""
        return max(graphs.heights(self.causes, self.arcs).values(), default=0)

    @property
    def without_evidence(self) -> tuple[CauseLink, ...]:
        """Claims that rest on nothing yet."""
        return tuple(link for link in self.links if not link.evidence)

    def kind(self, name: str) -> str:
        """Where a cause stands: ``root``, ``proximate``, ``symptom`` or ``loose``."""
        leads = any(link.cause == name for link in self.links)
        follows = any(link.effect == name for link in self.links)
        if leads:
            return "proximate" if follows else "root"
        return "symptom" if follows else "loose"


def influence(graph: CauseGraph) -> Mapping[str, Fraction]:
    """How much of the symptoms hangs on each root, the most first.

    Formula: each effect is shared among its causes by strength, share(c → e) = s(c, e) / Σ s(·, e);
    the influence of a root is the sum, over symptoms, of the products of shares along every way to
    it. So the influences of all roots add up to the number of symptoms.

    The choice left open: strengths could be multiplied as they are; then a symptom with many weak
    causes would count more than one with a single strong cause. Sharing keeps every symptom at 1.

    >>> dict(influence(CauseGraph(("low price", "no buyers", "poor drying"), (
    ...     CauseLink("no buyers", "low price", 3), CauseLink("poor drying", "low price", 1)))))
    {'no buyers': Fraction(3, 4), 'poor drying': Fraction(1, 4)}
    """
    into: dict[str, int] = dict.fromkeys(graph.causes, 0)
    for link in graph.links:
        into[link.effect] += link.strength
    weight = {name: Fraction(int(name in graph.symptoms)) for name in graph.causes}
    for name in reversed(graphs.ordered(graph.causes, graph.arcs)):
        for link in graph.links:
            if link.cause == name:
                weight[name] += weight[link.effect] * Fraction(link.strength, into[link.effect])
    roots = sorted(graph.roots, key=lambda name: (-weight[name], graph.causes.index(name)))
    return {name: weight[name] for name in roots}
