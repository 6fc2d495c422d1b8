"""What a guide shows: its steps for these answers, what is still to ask, and the sums."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.forms import BoundField
from django.utils.translation import gettext as _

from digna.errors import NotVisible
from digna.pathways import costs
from digna.pathways.forms import Questions, said, written
from digna.pathways.selectors import medians
from digna.pathways.selectors.library import Shelf, shelf, spoken
from digna_engines.pathways import Library, Plan, Planned, Question, Totals, plan, total
from digna_engines.pathways.conditions import leaves
from digna_engines.pathways.library import conditions

Row = TypeVar("Row")
AT_ONCE = 3
"""Questions asked at a time: the ones on which most steps hang."""


@dataclass(frozen=True, slots=True)
class Card:
    """A pathway in the list of guides."""

    code: str
    name: str
    steps: int
    is_uncertain: bool


@dataclass(frozen=True, slots=True)
class StepFace:
    """A step as it is shown, in the reader's language. `kind` and `word` are its state."""

    key: str
    name: str
    word: str
    kind: str
    why: str
    agency: str
    really: str
    agency_web: str
    cost: str
    cost_notes: tuple[str, ...]
    duration: str
    recurrence: str
    validity: str
    documents: tuple[str, ...]
    result: str
    url: str
    law: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[Mapping[str, Any], ...]
    source_on: str
    checked_on: date | None
    certainty: str
    is_low: bool
    is_stale: bool
    is_milestone: bool
    phase: str


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A guide for one set of answers: fields of the `next` questions, `query` the answers."""

    code: str
    name: str
    warning: str
    is_uncertain: bool
    next: tuple[BoundField, ...]
    answered: tuple[BoundField, ...]
    open_count: int
    query: str
    phases: tuple[tuple[str, tuple[StepFace, ...]], ...]
    left_out: tuple[StepFace, ...]
    barriers: tuple[str, ...]
    totals: Totals
    money: str
    offices: tuple[str, ...]


def cards() -> tuple[Card, ...]:
    """Return the guides there are, in the order of the kits."""
    library, tongue = shelf().library, spoken()
    return tuple(
        Card(one.key, said(one.name, tongue), len(one.steps), one.certainty == "low")
        for one in library.pathways.values()
    )


def guide(code: str, sent: Mapping[str, str], on: date) -> GuidePage:
    """Return a guide for the answers in an address.

    Raises:
        NotVisible: `pathways.guide.unknown`.
    """
    found = shelf()
    if code not in found.library.pathways:
        raise NotVisible("pathways.guide.unknown", _("No hay una ruta con ese nombre."))
    tongue = spoken()
    known = Questions(asked(found.library, code), sent, tongue).known()
    drawn = plan(found.library, code, known, on=on)
    form = Questions(asked(found.library, code), sent, tongue)
    open_ = [*drawn.questions, *(key for key in form.errors if key not in drawn.questions)]
    sums, spent = total(drawn), medians.of_steps()
    return GuidePage(
        code=code,
        name=said(drawn.pathway.name, tongue),
        warning=said(drawn.pathway.warning, tongue),
        is_uncertain=drawn.pathway.certainty == "low",
        next=tuple(form[key] for key in open_[:AT_ONCE]),
        answered=tuple(form[key] for key in form.fields if key in known),
        open_count=len(drawn.questions),
        query=written(known),
        phases=by_phase(
            [face(found, one, tongue, spent) for one in drawn.steps], lambda one: one.phase
        ),
        left_out=tuple(face(found, one, tongue) for one in drawn.not_for_you),
        barriers=tuple(said(one.says, tongue) for one in drawn.barriers),
        totals=sums,
        money=costs.sums(sums.money),
        offices=offices(drawn, tongue),
    )


def asked(library: Library, code: str) -> tuple[Question, ...]:
    """Return every question on which a step of the pathway, or one it may draw in, can hang."""
    keys: set[str] = set()
    waiting, seen = list(library.pathways[code].steps), set[str]()
    while waiting:
        step = library.steps[waiting.pop()]
        if step.key in seen:
            continue
        seen.add(step.key)
        waiting += [*step.requires, *step.usually_after]
        keys |= {leaf.field for one in conditions(step) for leaf in leaves(one)}
    for barrier in library.pathways[code].barriers:
        keys |= {leaf.field for leaf in leaves(barrier.when)}
    return tuple(one for key, one in library.questions.items() if key in keys)


def by_phase(
    rows: Sequence[Row], phase: Callable[[Row], str]
) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Group rows by when they are done, in order; phases without any are left out."""
    names = {
        "preparation": _("Una vez"),
        "shipment": _("En cada embarque"),
        "afterwards": _("Después"),
    }
    grouped = ((names[key], tuple(row for row in rows if phase(row) == key)) for key in names)
    return tuple((name, own) for name, own in grouped if own)


def offices(drawn: Plan, tongue: str) -> tuple[str, ...]:
    """Return where a plan leads, each office once."""
    own = [p for p in drawn.steps if p.is_to_do and not p.step.is_milestone]
    names = [agency(one, tongue) for one in own]
    return tuple(dict.fromkeys(name for name in names if name))


def agency(one: Planned, tongue: str) -> str:
    """Return the office of a step, in words."""
    if one.agency is not None:
        return said(one.agency.name, tongue)
    return said(one.step.agency_text, tongue)


def face(
    found: Shelf,
    one: Planned,
    tongue: str,
    spent: Mapping[str, medians.Really] | None = None,
) -> StepFace:
    """Return a step as it is shown; `spent` adds what firms really spent on it."""
    step = one.step
    word, kind = _state(one)
    prices = (*one.cost.prices, *one.cost.undecided)
    return StepFace(
        key=step.key,
        name=said(step.name, tongue),
        word=word,
        kind=kind,
        why=_why(found.library, one, tongue),
        agency=agency(one, tongue),
        really=medians.told(spent or {}, step.key),
        agency_web=one.agency.web if one.agency else "",
        cost=costs.cost(one.cost, tongue),
        cost_notes=tuple(note for p in prices if (note := said(p.note, tongue))),
        duration=costs.span(step.duration),
        recurrence=costs.recurrence(step.recurs),
        validity=costs.span(step.valid_for),
        documents=_texts(step.documents, tongue),
        result=said(step.result, tongue),
        url=step.url,
        law=step.law,
        warnings=_texts(step.warnings, tongue),
        sources=tuple(found.sources[key] for key in step.sources),
        source_on=step.source_on,
        checked_on=step.checked_on,
        certainty={"high": _("alta"), "medium": _("media"), "low": _("por confirmar")}[
            step.certainty
        ],
        is_low=step.certainty == "low",
        is_stale=one.is_stale,
        is_milestone=step.is_milestone,
        phase=step.phase,
    )


def _texts(found: Sequence[Mapping[str, str]], tongue: str) -> tuple[str, ...]:
    return tuple(said(one, tongue) for one in found)


def _state(one: Planned) -> tuple[str, str]:
    words = {
        "needed": ("", ""),
        "optional": (_("si le conviene"), "info"),
        "open": (_("depende de su respuesta"), "warning"),
        "exempt": (_("no le toca: está exenta"), ""),
        "exempt_but_asked": (_("exenta, pero se lo pedirán"), "warning"),
        "not_for_you": (_("no le toca"), ""),
    }
    return words[one.state]


def _why(library: Library, one: Planned, tongue: str) -> str:
    """The questions that decided, or what asks for a paper that a rule exempts from."""
    exemption = one.step.exemption
    if one.state == "exempt_but_asked" and exemption is not None:
        steps = ", ".join(said(library.steps[key].name, tongue) for key in one.asked_by)
        return _("La %(rule)s la exime, pero lo piden en: %(steps)s.") % {
            "rule": exemption.by, "steps": steps,
        }  # fmt: skip
    if one.state in ("open", "not_for_you", "exempt"):
        asked = " ".join(said(library.questions[key].asks, tongue) for key in one.because)
        return _("Lo decide: %(questions)s") % {"questions": asked} if asked else ""
    return ""
