"""Directed graphs without loops: their cycle when they have one, their order, their levels."""

from collections.abc import Iterable, Mapping, Sequence

from digna_engines.errors import EngineError

Arc = tuple[str, str]


def successors(nodes: Sequence[str], arcs: Iterable[Arc]) -> dict[str, list[str]]:
    """What each node leads to, in the order the arcs were given.

    >>> successors(["a", "b"], [("a", "b")])
    {'a': ['b'], 'b': []}
    """
    after: dict[str, list[str]] = {node: [] for node in nodes}
    for tail, head in arcs:
        after[tail].append(head)
    return after


def find_cycle(nodes: Sequence[str], arcs: Iterable[Arc]) -> tuple[str, ...]:
    """The members of one cycle, each leading to the next; empty when there is none.

    >>> find_cycle(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "b")])
    ('b', 'c')
    """
    after = successors(nodes, arcs)
    closed: set[str] = set()
    for start in nodes:
        path: list[str] = []
        waiting = [(start, iter(after[start]))] if start not in closed else []
        path.extend(node for node, _ in waiting)
        while waiting:
            node, rest = waiting[-1]
            following = next((other for other in rest if other not in closed), None)
            if following is None:
                closed.add(node)
                waiting.pop()
                path.pop()
            elif following in path:
                return tuple(path[path.index(following) :])
            else:
                path.append(following)
                waiting.append((following, iter(after[following])))
    return ()


def ordered(nodes: Sequence[str], arcs: Sequence[Arc]) -> tuple[str, ...]:
    """Every node after all that lead to it; ties in the order given (Kahn, 1962).

    Errors: ``systems.cycle``, which names its members.

    >>> ordered(["c", "b", "a"], [("a", "b"), ("b", "c")])
    ('a', 'b', 'c')
    """
    refuse_cycle(nodes, arcs)
    after, waits = successors(nodes, arcs), dict.fromkeys(nodes, 0)
    for _, head in arcs:
        waits[head] += 1
    ready, done = [node for node in nodes if not waits[node]], []
    while ready:
        node = ready.pop(0)
        done.append(node)
        for head in after[node]:
            waits[head] -= 1
            if not waits[head]:
                ready.append(head)
    return tuple(done)


def refuse_cycle(nodes: Sequence[str], arcs: Iterable[Arc]) -> None:
    """Raise ``systems.cycle`` when something leads back to itself."""
    cycle = find_cycle(nodes, arcs)
    if cycle:
        way = " → ".join((*cycle, cycle[0]))
        raise EngineError(
            "systems.cycle",
            f"Esto vuelve sobre sí mismo: {way}. Quite una de esas flechas.",
            f"This leads back to itself: {way}. Remove one of those arrows.",
            members=cycle,
        )


def refuse_unknown(nodes: Sequence[str], arcs: Iterable[Arc]) -> None:
    """Raise ``systems.unknown`` for an arrow whose end is nowhere, ``systems.repeated`` twice."""
    known, seen = set(nodes), set()
    for arc in arcs:
        for end in arc:
            if end not in known:
                raise EngineError(
                    "systems.unknown",
                    f"Una flecha nombra «{end}», que no está en la lista.",
                    f"An arrow names “{end}”, which is not on the list.",
                    name=end,
                )
        if arc in seen:
            raise EngineError(
                "systems.repeated",
                f"La flecha de «{arc[0]}» a «{arc[1]}» está dos veces.",
                f"The arrow from “{arc[0]}” to “{arc[1]}” is there twice.",
                arc=arc,
            )
        seen.add(arc)


def heights(nodes: Sequence[str], arcs: Sequence[Arc]) -> Mapping[str, int]:
    """The longest way from each node to an end: 0 for what leads nowhere.

    >>> heights(["root", "cause", "symptom"], [("root", "cause"), ("cause", "symptom")])
    {'root': 2, 'cause': 1, 'symptom': 0}
    """
    after, height = successors(nodes, arcs), dict.fromkeys(nodes, 0)
    for node in reversed(ordered(nodes, arcs)):
        height[node] = max((height[head] + 1 for head in after[node]), default=0)
    return height
