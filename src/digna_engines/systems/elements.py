"""What a market is made of: actors, functions and rules, with who does each and who pays.

A drawing of functions and rules without the people behind them does not lead to action (Lomax,
«What's in a Doughnut?», 2022): every element here names who performs it, by what action, with what
resource; one that does not is told as incomplete.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from digna_engines.errors import Fault

CORE, FUNCTION, RULE = "core", "function", "rule"
KINDS = (CORE, FUNCTION, RULE)
NEEDED = ("performer", "action", "resource")
WORDS = {
    "performer": ("quién lo hace", "who performs it"),
    "action": ("qué hace", "the action"),
    "resource": ("con qué recurso", "the resource"),
    "payer": ("quién paga", "who pays"),
}


@dataclass(frozen=True)
class Element:
    """One exchange, function or rule of a market system; "" is not known.

    Symbols: ``kind`` is ``core``, ``function`` or ``rule``; ``…_later`` say who is to do and to pay
    once nobody helps any more; ``performance`` 1 fails … 5 works well, None is not known.
    """

    name: str
    kind: str
    performer: str = ""
    action: str = ""
    resource: str = ""
    payer: str = ""
    performer_later: str = ""
    payer_later: str = ""
    performance: int | None = None


def lacks(element: Element) -> tuple[str, ...]:
    """Which of performer, action and resource an element does not name.

    >>> lacks(Element("credit", "function", performer="bank", action="lends"))
    ('resource',)
    """
    return tuple(name for name in NEEDED if not getattr(element, name).strip())


def check(actors: Iterable[str], elements: Iterable[Element]) -> tuple[Fault, ...]:
    """Everything wrong or missing in a system, in both languages.

    Codes: ``systems.kind``, ``systems.incomplete``, ``systems.unpaid``, ``systems.unknown_actor``,
    ``systems.repeated_element``, ``systems.idle_actor`` (an actor who neither does nor pays).

    >>> [f.code for f in check(["bank"], [Element("credit", "function", performer="bank")])]
    ['systems.incomplete', 'systems.unpaid']
    """
    known, listed = tuple(actors), tuple(elements)
    faults: list[Fault] = []
    seen: set[tuple[str, str]] = set()
    for element in listed:
        faults += _faults_of(element, known)
        if (element.kind, element.name) in seen:
            faults.append(
                _fault(element.name, "repeated_element", "Está dos veces.", "It is there twice.")
            )
        seen.add((element.kind, element.name))
    busy = {name for e in listed for name in (e.performer, e.payer)}
    faults += [
        _fault(
            name, "idle_actor", "No hace ni paga nada en el mapa.", "Neither does nor pays here."
        )
        for name in known
        if name not in busy
    ]
    return tuple(faults)


def _faults_of(element: Element, known: tuple[str, ...]) -> list[Fault]:
    faults = []
    if element.kind not in KINDS:
        faults.append(
            _fault(
                element.name, "kind", "No es intercambio, función ni regla.", "Of no known kind."
            )
        )
    missing = lacks(element)
    if missing:
        es = ", ".join(WORDS[name][0] for name in missing)
        en = ", ".join(WORDS[name][1] for name in missing)
        faults.append(_fault(element.name, "incomplete", f"Falta decir {es}.", f"Missing: {en}."))
    if not element.payer.strip():
        faults.append(
            _fault(element.name, "unpaid", "No se dice quién paga.", "Nobody is said to pay.")
        )
    named = (element.performer, element.payer, element.performer_later, element.payer_later)
    faults += [
        _fault(
            element.name,
            "unknown_actor",
            f"«{name}» no está entre los actores.",
            f"“{name}” is not among the actors.",
        )
        for name in dict.fromkeys(named)
        if name and name not in known
    ]
    return faults


def _fault(path: str, code: str, es: str, en: str) -> Fault:
    return Fault(path, f"systems.{code}", es, en)


def matrix(actors: Iterable[str], elements: Iterable[Element]) -> Mapping[str, tuple[str, ...]]:
    """Actors × elements: what each actor is to each element, ``does``, ``pays``, ``both`` or "".

    >>> matrix(["bank", "firm"], [Element("credit", "function", performer="bank", payer="firm")])
    {'bank': ('does',), 'firm': ('pays',)}
    """
    listed = tuple(elements)
    return {actor: tuple(_part(actor, element) for element in listed) for actor in actors}


def _part(actor: str, element: Element) -> str:
    does, pays = actor == element.performer, actor == element.payer
    return "both" if does and pays else "does" if does else "pays" if pays else ""


@dataclass(frozen=True)
class Shift:
    """Who does and who pays a function, now and later.

    Symbols: ``is_open`` is true while who will do it or who will pay it is not said; ``is_same``
    when nothing is to change; the rest is what an intervention has to bring about.
    """

    name: str
    does_now: str
    does_later: str
    pays_now: str
    pays_later: str

    @property
    def is_open(self) -> bool:
        return not (self.does_later and self.pays_later)

    @property
    def is_same(self) -> bool:
        return (self.does_now, self.pays_now) == (self.does_later, self.pays_later)


def who_does_who_pays(elements: Iterable[Element]) -> tuple[Shift, ...]:
    """The table of functions and rules, now against later (Springfield Centre, 2014).

    >>> training = Element(
    ...     "training", "function", "project", "teaches", "trainers", "donor", "chamber", "firms")
    >>> (shift,) = who_does_who_pays([training])
    >>> shift.is_open, shift.is_same
    (False, False)
    """
    return tuple(
        Shift(e.name, e.performer, e.performer_later, e.payer, e.payer_later)
        for e in elements
        if e.kind != CORE
    )
