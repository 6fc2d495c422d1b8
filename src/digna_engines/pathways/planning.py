"""The list of one firm: what it must do, in which order, for how much, and what is still to ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from digna_engines.pathways.conditions import Known, deciding, holds
from digna_engines.pathways.library import Library
from digna_engines.pathways.steps import Agency, Barrier, Pathway, Price, Span, Step, in_force

State = Literal["needed", "optional", "open", "exempt", "exempt_but_asked", "not_for_you"]
STALE_AFTER = timedelta(days=365)
"""Facts read longer ago than this are shown with a warning: offices change prices every year."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step costs this firm on a day.

    Symbols: ``prices`` that apply; ``undecided`` prices that would, if an open question were
    answered so; ``expired`` the last price of a step that has none in force. None of all: unknown.
    """

    prices: tuple[Price, ...] = ()
    undecided: tuple[Price, ...] = ()
    expired: Price | None = None

    @property
    def known(self) -> tuple[Price, ...]:
        """The prices in force whose amount is known, when nothing is left open."""
        if self.undecided or any(p.amount is None for p in self.prices):
            return ()
        return self.prices


@dataclass(frozen=True, slots=True)
class Planned:
    """A step as it stands for one firm.

    Symbols: ``because`` questions that decided its state, or that are open; ``requires`` only what
    this firm must do; ``agency`` the office in force; ``asked_by`` steps whose office asks for what
    the firm is exempt of; ``is_stale``: its facts were read long ago; ``is_from_elsewhere``: drawn
    in from another pathway because something here comes after it.
    """

    step: Step
    state: State
    because: tuple[str, ...]
    requires: tuple[str, ...] = ()
    agency: Agency | None = None
    cost: Cost = Cost()
    asked_by: tuple[str, ...] = ()
    is_stale: bool = False
    is_from_elsewhere: bool = False

    @property
    def is_to_do(self) -> bool:
        return self.state in ("needed", "exempt_but_asked")


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of a firm in the order to take them, and those that are not for it.

    Symbols: ``questions`` still to be asked, the most telling first; ``barriers`` that close the
    pathway to this firm.
    """

    pathway: Pathway
    on: date
    steps: tuple[Planned, ...]
    not_for_you: tuple[Planned, ...]
    questions: tuple[str, ...]
    barriers: tuple[Barrier, ...]

    def step(self, key: str) -> Planned | None:
        return next((p for p in (*self.steps, *self.not_for_you) if p.step.key == key), None)


def plan(library: Library, pathway: str, known: Known, *, on: date) -> Plan:
    """Make the list of a firm.

    Symbols: ``known`` answers by question; ``on`` the day whose prices, offices and rules count.

    Errors: ``KeyError`` for a pathway that is not in the library.
    """
    aim = library.pathways[pathway]
    keys = _drawn_in(library, aim, known)
    states = {key: _state(library.steps[key], known) for key in keys}
    found = {
        key: _planned(library, _with_variant(library.steps[key], known), states, known, on, aim)
        for key in keys
    }
    planned = [_exempted(found[key], found) for key in keys]
    return Plan(
        pathway=aim,
        on=on,
        steps=tuple(p for p in planned if p.state not in ("not_for_you", "exempt")),
        not_for_you=tuple(p for p in planned if p.state in ("not_for_you", "exempt")),
        questions=_questions(library, aim, planned, known),
        barriers=tuple(b for b in aim.barriers if holds(b.when, known)),
    )


def _drawn_in(library: Library, aim: Pathway, known: Known) -> tuple[str, ...]:
    """The pathway's own steps in its order, each after all that it requires or usually follows.

    What comes before is drawn in from other pathways too, unless it is not for this firm.
    """
    found: dict[str, None] = {}

    def is_mine(key: str) -> bool:
        return holds(library.steps[key].when, known) is not False

    def visit(key: str) -> None:
        step = library.steps[key]
        for before in (*step.requires, *step.usually_after) if is_mine(key) else ():
            if before not in found and (is_mine(before) or before in aim.steps):
                visit(before)
        found[key] = None

    for key in aim.steps:
        if key not in found:
            visit(key)
    return tuple(found)


def _state(step: Step, known: Known) -> tuple[State, tuple[str, ...]]:
    applies = holds(step.when, known)
    because = deciding(step.when, known)
    if applies is False:
        return "not_for_you", because
    if applies is None:
        return "open", because
    if step.exemption and holds(step.exemption.when, known):
        return "exempt", deciding(step.exemption.when, known)
    return ("optional" if step.is_optional else "needed"), because


def _with_variant(step: Step, known: Known) -> Step:
    """The step as it is where the firm is: the first variant that holds is laid over it."""
    for variant in step.variants:
        if holds(variant.when, known):
            return replace(
                step,
                documents=(*step.documents, *variant.documents),
                prices=variant.prices or step.prices,
                duration=variant.duration or step.duration,
                url=variant.url or step.url,
                law=(*step.law, *variant.law),
                sources=(*step.sources, *variant.sources),
                warnings=(*step.warnings, variant.note) if variant.note else step.warnings,
            )
    return step


def _planned(
    library: Library,
    step: Step,
    states: Mapping[str, tuple[State, tuple[str, ...]]],
    known: Known,
    on: date,
    aim: Pathway,
) -> Planned:
    state, because = states[step.key]
    away = ("not_for_you", "exempt")
    checked = step.checked_on
    return Planned(
        step=step,
        state=state,
        because=because,
        requires=tuple(k for k in step.requires if k in states and states[k][0] not in away),
        agency=in_force(library.agencies, step.agency, on) if step.agency else None,
        cost=cost_of(step.prices, known, on),
        is_stale=checked is not None and checked + STALE_AFTER < on,
        is_from_elsewhere=step.key not in aim.steps,
    )


def cost_of(prices: Iterable[Price], known: Known, on: date) -> Cost:
    """Sort the prices of a step for one firm and one day."""
    every = [(price, holds(price.when, known)) for price in prices]
    mine = [(price, verdict) for price, verdict in every if verdict is not False]
    now = [(price, verdict) for price, verdict in mine if price.valid.covers(on)]
    gone = [price for price, verdict in mine if price.valid.is_before(on)]
    last = max(gone, key=lambda p: p.valid.until or date.min, default=None)
    return Cost(
        prices=tuple(price for price, verdict in now if verdict),
        undecided=tuple(price for price, verdict in now if verdict is None),
        expired=None if now else last,
    )


def _exempted(one: Planned, found: Mapping[str, Planned]) -> Planned:
    """An exemption is told with the steps whose office asks for the paper all the same."""
    if one.state != "exempt" or one.step.exemption is None:
        return one
    asking = tuple(
        key
        for key in one.step.exemption.asked_by
        if key in found and found[key].state in ("needed", "optional", "open")
    )
    return replace(one, state="exempt_but_asked", asked_by=asking) if asking else one


def _questions(
    library: Library, aim: Pathway, planned: Iterable[Planned], known: Known
) -> tuple[str, ...]:
    """What is still open, by how many steps hang on it; ties in the order of the kit."""
    weight: dict[str, int] = {}
    for one in planned:
        open_ = list(one.because) if one.state == "open" else []
        if one.state in ("needed", "optional", "exempt_but_asked"):
            open_ += [k for price in one.cost.undecided for k in deciding(price.when, known)]
        for key in open_:
            weight[key] = weight.get(key, 0) + (10 if one.state == "open" else 1)
    for barrier in aim.barriers:
        if holds(barrier.when, known) is None:
            for key in deciding(barrier.when, known):
                weight[key] = weight.get(key, 0) + 10
    place = {key: number for number, key in enumerate(library.questions)}
    return tuple(
        sorted((k for k in weight if k not in known), key=lambda k: (-weight[k], place[k]))
    )


DAYS = {
    "hours": Decimal(1) / 24,
    "days": Decimal(1),
    "working_days": Decimal(7) / 5,
    "months": Decimal(30),
    "years": Decimal(365),
}


def in_days(span: Span | None) -> Decimal | None:
    """A length in calendar days (a month as 30, a working week as 7); None when not known."""
    if span is None or span.amount is None:
        return None
    return span.amount * DAYS[span.unit]
