"""A library of pathways, checked as a whole: names that lead somewhere, no step before itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from digna_engines.errors import DeclarationError, Fault
from digna_engines.pathways.conditions import Condition, leaves
from digna_engines.pathways.steps import Agency, Pathway, Question, Step
from digna_engines.systems.graphs import find_cycle


@dataclass(frozen=True, slots=True)
class Library:
    """Pathways with all that they name.

    Errors: ``declaration.faulty`` with every dangling name (step, agency, question, source), every
    repeated key and the members of a cycle, in the order of «requires» and of «usually after».
    """

    pathways: Mapping[str, Pathway]
    steps: Mapping[str, Step]
    agencies: Mapping[str, Agency]
    questions: Mapping[str, Question]
    sources: frozenset[str]

    def __post_init__(self) -> None:
        faults = list(_faults(self))
        if faults:
            raise DeclarationError("pathways", faults)


def _faults(library: Library) -> Iterable[Fault]:
    for key, step in library.steps.items():
        path = f"steps.{key}"
        before = [*step.requires, *step.usually_after]
        asked = step.exemption.asked_by if step.exemption else ()
        yield from _dangling(path, [*before, *asked], library.steps, "step")
        yield from _dangling(path, [step.agency] if step.agency else [], library.agencies, "agency")
        yield from _dangling(path, _sources(step), library.sources, "source")
        yield from _dangling(path, _questions(step), library.questions, "question")
    for key, agency in library.agencies.items():
        path = f"agencies.{key}"
        yield from _dangling(path, agency.succeeds, library.agencies, "agency")
        yield from _dangling(path, agency.sources, library.sources, "source")
    for key, pathway in library.pathways.items():
        path = f"pathways.{key}"
        yield from _dangling(path, pathway.steps, library.steps, "step")
        asks = [leaf.field for b in pathway.barriers for leaf in leaves(b.when)]
        yield from _dangling(path, asks, library.questions, "question")
    yield from _cycles(library)


NAMES = {
    "step": ("paso", "step"),
    "agency": ("entidad", "agency"),
    "source": ("fuente", "source"),
    "question": ("pregunta", "question"),
}


def _dangling(path: str, keys: Iterable[str], known: Iterable[str], kind: str) -> Iterable[Fault]:
    there = set(known)
    es, en = NAMES[kind]
    for key in dict.fromkeys(keys):
        if key not in there:
            yield Fault(
                path, f"pathway.unknown_{kind}", f"No existe {es} «{key}».", f"No {en} “{key}”."
            )


def _sources(step: Step) -> list[str]:
    found = list(step.sources)
    for price in [*step.prices, *(p for v in step.variants for p in v.prices)]:
        found += price.sources
    return found + [key for variant in step.variants for key in variant.sources]


def _questions(step: Step) -> list[str]:
    return [leaf.field for condition in conditions(step) for leaf in leaves(condition)]


def conditions(step: Step) -> tuple[Condition, ...]:
    """Every condition that a step hangs on."""
    found = [step.when, *(price.when for price in step.prices)]
    for variant in step.variants:
        found += [variant.when, *(price.when for price in variant.prices)]
    if step.exemption:
        found.append(step.exemption.when)
    return tuple(found)


def _cycles(library: Library) -> Iterable[Fault]:
    there = library.steps
    hard = [(b, s.key) for s in there.values() for b in s.requires if b in there]
    soft = [(b, s.key) for s in there.values() for b in s.usually_after if b in there]
    for arcs in (hard, hard + soft):
        if cycle := find_cycle(list(there), arcs):
            chain = " → ".join((*cycle, cycle[0]))
            yield Fault(
                "steps", "pathway.cycle",
                f"Estos pasos se esperan unos a otros: {chain}.",
                f"These steps wait for each other: {chain}.",
            )  # fmt: skip
            return
