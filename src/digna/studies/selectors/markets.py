"""A market as the pages, the report and the versions read it: the engine's view of the rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Prefetch
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from digna.studies import market_drawings as drawings
from digna.studies.models.assessments import (
    Cause,
    CauseEdge,
    ChainLink,
    Channel,
    Evidence,
    MarketActor,
    Step,
    Study,
    SystemElement,
)
from digna.web import numbers
from digna_engines import systems
from digna_engines.errors import EngineError, Fault
from digna_engines.systems import elements as checking

CITED = Prefetch("evidence", Evidence.objects.order_by("number"), to_attr="pieces")
"""The evidence a part rests on, as `pieces`."""


@dataclass(frozen=True, slots=True)
class Actors:
    """The actors of a study, and where they stand."""

    rows: tuple[MarketActor, ...]
    numbered: tuple[tuple[int, MarketActor], ...]
    unplaced: tuple[MarketActor, ...]
    """Those whose will or skill nobody has judged: missing is not low."""
    picture: drawings.Picture | None


def actors(study: Study) -> Actors:
    """Return the actors, with the map of will and skill of those judged."""
    rows = tuple(study.actors.select_related("link").prefetch_related(CITED))
    placed = [row for row in rows if row.will is not None and row.skill is not None]
    numbered = tuple(enumerate(placed, start=1))
    standings = [drawings.Standing(n, a.will or 0, a.skill or 0, a.influence) for n, a in numbered]
    picture = drawings.actors_map(standings, _("Voluntad"), _("Capacidad")) if placed else None
    return Actors(rows, numbered, tuple(row for row in rows if row not in placed), picture)


@dataclass(frozen=True, slots=True)
class Chain:
    """The links of a chain with their actors, drawn."""

    links: tuple[ChainLink, ...]
    picture: drawings.Picture | None


def chain(study: Study) -> Chain:
    """Return the chain from first link to last."""
    by_name = Prefetch("actors", MarketActor.objects.order_by("name"), to_attr="its_actors")
    links = tuple(study.links.prefetch_related(by_name, CITED))
    stages = [drawings.Stage(x.name, _facts_of(x), tuple(map(str, x.its_actors))) for x in links]
    return Chain(links, drawings.chain_map(stages) if links else None)


def _facts_of(link: ChainLink) -> tuple[str, ...]:
    count = numbers.number(link.actor_count)
    volume = numbers.number(link.volume)
    unit = f" {link.volume_unit}" if link.volume is not None else ""
    workers = numbers.number(link.workers)
    return (
        _("actores: %(n)s") % {"n": count},
        _("al año: %(n)s") % {"n": volume + unit},
        _("personas: %(n)s") % {"n": workers},
    )


@dataclass(frozen=True, slots=True)
class Prices:
    """A channel with its margins, or with what keeps them from being told."""

    channel: Channel
    steps: tuple[Step, ...]
    told: systems.Margins | None
    problem: str
    margins: tuple[tuple[Step, systems.Margin], ...]
    jumps: tuple[str, ...]
    gaps: tuple[str, ...]
    picture: drawings.Picture | None


def channels(study: Study) -> tuple[Prices, ...]:
    """Return every channel with its margins."""
    steps = Prefetch("steps", Step.objects.select_related("link"), to_attr="its_steps")
    rows = study.channels.prefetch_related(steps, CITED)
    return tuple(prices(row, tuple(row.its_steps)) for row in rows)


def prices(channel: Channel, steps: Sequence[Step]) -> Prices:
    """Return a channel's margins, each jump and gap in words."""
    try:
        told = systems.margins(_table(channel, steps))
    except EngineError as error:
        problem = error.message(get_language() or "es")
        return Prices(channel, tuple(steps), None, problem, (), (), (), None)
    return Prices(
        channel,
        tuple(steps),
        told,
        "",
        tuple(zip(steps, told.margins, strict=True)),
        tuple(_jump(channel, jump) for jump in told.jumps),
        tuple(_gap(channel, gap) for gap in told.gaps),
        drawings.waterfall(_bars(channel, told)) if told.stretches else None,
    )


def _table(channel: Channel, steps: Sequence[Step]) -> systems.MarginTable:
    links = tuple(
        systems.ChainLink(
            step.link.name,
            step.price_in,
            step.price_out,
            channel.currency,
            channel.unit,
            step.costs,
        )
        for step in steps
    )
    return systems.MarginTable(channel.farm_gate, links, channel.consumer_price)


def _end(name: str) -> str:
    return {"farm_gate": _("el productor"), "consumer": _("el consumidor")}.get(name, name)


def _jump(channel: Channel, jump: systems.Stretch) -> str:
    return _("Entre %(one)s y %(other)s hay %(amount)s que nadie explica.") % {
        "one": _end(jump.start),
        "other": _end(jump.end),
        "amount": numbers.money(jump.amount, channel.currency),
    }


def _gap(channel: Channel, gap: systems.Stretch) -> str:
    return _("Faltan precios: %(amount)s quedan entre %(links)s, sin saber cuánto a cada uno.") % {
        "links": ", ".join(gap.links),
        "amount": numbers.money(gap.amount, channel.currency),
    }


def _bars(channel: Channel, told: systems.Margins) -> list[drawings.Bar]:
    kinds = {"margin": "margin", "jump": "jump", "open": "gap"}
    bars = []
    first = told.stretches[0]
    if told.farm_gate is not None:
        bars.append((_("Productor"), Decimal(0), told.farm_gate, "farm"))
    elif first.low:
        bars.append((_("Antes de %(link)s") % {"link": first.start}, Decimal(0), first.low, "gap"))
    for stretch in told.stretches:
        if stretch.kind == "jump" and not stretch.amount:
            continue
        label = ", ".join(stretch.links) or _("sin explicar")
        bars.append((label, stretch.low, stretch.high, kinds[stretch.kind]))
    if told.consumer_price is not None:
        bars.append((_("Consumidor"), Decimal(0), told.consumer_price, "whole"))
    return [
        drawings.Bar(label, low, high, numbers.number(high - low, 2), kind)
        for label, low, high, kind in bars
    ]


@dataclass(frozen=True, slots=True)
class System:
    """The market system: elements, what is missing, who does and pays now and later."""

    rows: tuple[SystemElement, ...]
    numbered: tuple[tuple[int | None, SystemElement], ...]
    faults: tuple[tuple[str, str], ...]
    incomplete: tuple[SystemElement, ...]
    shifts: tuple[systems.Shift, ...]
    matrix: tuple[tuple[str, tuple[str, ...]], ...]
    picture: drawings.Picture | None


WHO = ("performer", "payer", "performer_later", "payer_later")
ORDER = {"core": 0, "function": 1, "rule": 2}


def system(study: Study) -> System:
    """Return the elements of a study with all that its engine says of them."""
    found = study.elements.select_related(*WHO).prefetch_related(CITED)
    rows = tuple(sorted(found, key=lambda row: (ORDER[row.kind], row.pk)))
    told = tuple(_element(row) for row in rows)
    names = tuple(study.actors.values_list("name", flat=True))
    lacking = {element.name for element in told if systems.lacks(element)}
    slices = [
        drawings.Slice(e.name, e.kind, e.performer or _("sin dato"), not systems.lacks(e))
        for e in told
    ]
    return System(
        rows,
        _numbered(rows),
        tuple(_said(fault) for fault in checking.check(names, told)),
        tuple(row for row in rows if row.name in lacking),
        systems.who_does_who_pays(told),
        tuple(systems.matrix(names, told).items()),
        drawings.doughnut(slices) if rows else None,
    )


def _numbered(rows: Sequence[SystemElement]) -> tuple[tuple[int | None, SystemElement], ...]:
    """The numbers of the drawing: functions first, then rules; the core has none."""
    ringed = [row for row in rows if row.kind != SystemElement.Kind.CORE]
    number = {row.pk: n for n, row in enumerate(ringed, start=1)}
    return tuple((number.get(row.pk), row) for row in rows)


def _element(row: SystemElement) -> systems.Element:
    who = {name: str(getattr(row, name) or "") for name in WHO}
    return systems.Element(
        name=row.name,
        kind=row.kind,
        action=row.action,
        resource=row.resource,
        performance=row.performance,
        **who,
    )


def _said(fault: Fault) -> tuple[str, str]:
    is_english = (get_language() or "es").startswith("en")
    return fault.path, fault.message_en if is_english else fault.message_es


@dataclass(frozen=True, slots=True)
class Root:
    """A root cause and how much of the symptoms hangs on it: `part` of `whole`."""

    cause: str
    part: Fraction
    whole: int

    @property
    def percent(self) -> int:
        return round(self.part * 100 / self.whole) if self.whole else 0


@dataclass(frozen=True, slots=True)
class Causes:
    """The problem tree of a study."""

    rows: tuple[tuple[Cause, str], ...]
    edges: tuple[CauseEdge, ...]
    roots: tuple[Root, ...]
    depth: int
    loose: tuple[str, ...]
    unevidenced: tuple[CauseEdge, ...]
    picture: drawings.Picture | None


KIND_WORDS = {
    "symptom": lambda: _("síntoma"),
    "proximate": lambda: _("causa próxima"),
    "root": lambda: _("causa raíz"),
    "loose": lambda: _("suelta"),
}


def causes(study: Study) -> Causes:
    """Return the causes, what each is, and the roots by how much hangs on them."""
    rows = tuple(study.causes.all())
    edges = tuple(study.edges.select_related("cause", "effect").prefetch_related(CITED))
    graph = _graph(rows, edges)
    kinds = {row.name: graph.kind(row.name) for row in rows}
    whole = len(graph.symptoms)
    arcs: Mapping[tuple[str, str], int] = {(x.cause.name, x.effect.name): x.strength for x in edges}
    return Causes(
        tuple((row, KIND_WORDS[kinds[row.name]]()) for row in rows),
        edges,
        tuple(Root(name, part, whole) for name, part in systems.influence(graph).items()),
        graph.depth,
        graph.loose,
        tuple(edge for edge in edges if not edge.pieces),
        drawings.problem_tree(kinds, arcs) if edges else None,
    )


def _graph(rows: Sequence[Cause], edges: Sequence[CauseEdge]) -> systems.CauseGraph:
    links = tuple(systems.CauseLink(x.cause.name, x.effect.name, x.strength) for x in edges)
    return systems.CauseGraph(tuple(row.name for row in rows), links)
