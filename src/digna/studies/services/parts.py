"""The parts of a study, noted or corrected one at a time, and removed."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.studies.models.assessments import (
    Cause,
    CauseEdge,
    ChainLink,
    Channel,
    Deficit,
    Evidence,
    Finding,
    MarketActor,
    Part,
    Series,
    Step,
    Study,
    SystemElement,
)
from digna.studies.services import assessments
from digna_engines.errors import EngineError
from digna_engines.systems import graphs

AnyPart = TypeVar("AnyPart", bound=Part)
Cited = Iterable[Evidence] | None


@writes("studies.link.noted")
def note_link(
    *,
    actor: Actor,
    study: Study,
    row: ChainLink | None = None,
    evidence: Cited = None,
    **values: Any,
) -> ChainLink:
    """Note or correct a link of the chain.

    Raises:
        Refused: `studies.study.closed`, `studies.part.name_taken`, `studies.part.other_study`,
            `studies.link.women` (more women than people).
    """
    people, women = values.get("workers"), values.get("women")
    if people is not None and women is not None and women > people:
        raise Refused(
            "studies.link.women",
            _("Hay más mujeres (%(women)s) que personas (%(people)s). Corrija una de las dos.")
            % {"women": women, "people": people},
            field="women",
        )
    return keep(study, row or ChainLink(study=study), evidence, **values)


@writes("studies.actor.noted")
def note_actor(
    *,
    actor: Actor,
    study: Study,
    row: MarketActor | None = None,
    evidence: Cited = None,
    **values: Any,
) -> MarketActor:
    """Note or correct an actor of the market. Raises `Refused` as `note_link`."""
    return keep(study, row or MarketActor(study=study), evidence, **values)


@writes("studies.channel.noted")
def note_channel(
    *, actor: Actor, study: Study, row: Channel | None = None, evidence: Cited = None, **values: Any
) -> Channel:
    """Note or correct a channel. Raises `Refused` as `note_link`."""
    return keep(study, row or Channel(study=study), evidence, **values)


@writes("studies.price.noted")
def note_step(*, actor: Actor, channel: Channel, row: Step | None = None, **values: Any) -> Step:
    """Note or correct what a link pays and gets in a channel.

    Raises:
        Refused: as `note_link`; `studies.price.twice` (the link is in the channel already).
    """
    link = values["link"]
    others = channel.steps.filter(link=link)
    if others.exclude(pk=row.pk if row else 0).exists():
        raise Refused(
            "studies.price.twice",
            _("«%(link)s» ya tiene precios en este canal. Corrija esos.") % {"link": link},
            field="link",
        )
    return keep(channel.study, row or Step(channel=channel), None, **values)


@writes("studies.element.noted")
def note_element(
    *,
    actor: Actor,
    study: Study,
    row: SystemElement | None = None,
    evidence: Cited = None,
    **values: Any,
) -> SystemElement:
    """Note or correct an element of the system; an incomplete one is kept and listed as such.

    Raises:
        Refused: as `note_link`.
    """
    return keep(study, row or SystemElement(study=study), evidence, **values)


@writes("studies.cause.noted")
def note_cause(*, actor: Actor, study: Study, row: Cause | None = None, **values: Any) -> Cause:
    """Note or correct a problem or a cause. Raises `Refused` as `note_link`."""
    return keep(study, row or Cause(study=study), None, **values)


@writes("studies.cause.joined")
def join_causes(
    *,
    actor: Actor,
    study: Study,
    row: CauseEdge | None = None,
    evidence: Cited = None,
    **values: Any,
) -> CauseEdge:
    """Say that one thing brings about another.

    Raises:
        Refused: as `note_link`; `studies.cause.twice`; `studies.cause.loop`, which names what the
            arrow would lead back through.
    """
    cause, effect = values["cause"], values["effect"]
    others = study.edges.exclude(pk=row.pk if row else 0).select_related("cause", "effect")
    arcs = [(str(edge.cause), str(edge.effect)) for edge in others]
    arc = (str(cause), str(effect))
    if arc in arcs:
        raise Refused(
            "studies.cause.twice",
            _("Esa flecha ya está. Corrija la que hay."),
            field="effect",
        )
    _refuse_loop([str(c) for c in study.causes.all()], [*arcs, arc])
    return keep(study, row or CauseEdge(study=study), evidence, **values)


def _refuse_loop(names: list[str], arcs: list[tuple[str, str]]) -> None:
    try:
        graphs.refuse_cycle(names, arcs)
    except EngineError as error:
        members = error.details["members"]
        assert isinstance(members, tuple)  # noqa: S101 — what the engine promises
        raise Refused(
            "studies.cause.loop",
            _("Con esa flecha el problema vuelve sobre sí mismo: %(way)s. Quite o cambie una.")
            % {"way": " → ".join((*members, members[0]))},
            field="effect",
        ) from error


@writes("studies.series.noted")
def note_series(
    *, actor: Actor, study: Study, row: Series | None = None, evidence: Cited = None, **values: Any
) -> Series:
    """Note or correct a figure over time. Raises `Refused` as `note_link`."""
    return keep(study, row or Series(study=study), evidence, **values)


@writes("studies.deficit.noted")
def note_deficit(
    *, actor: Actor, study: Study, row: Deficit | None = None, evidence: Cited = None, **values: Any
) -> Deficit:
    """Note or correct a lack of decent work. Raises `Refused` as `note_link`."""
    return keep(study, row or Deficit(study=study), evidence, **values)


@writes("studies.part.removed")
def remove_part(*, actor: Actor, row: Part) -> None:
    """Take a part out of its study.

    Raises:
        Refused: `studies.study.closed`, `studies.link.priced`, `studies.evidence.cited`.
    """
    study: Study = row.study  # type: ignore[attr-defined]
    assessments.refuse_closed(study)
    if isinstance(row, ChainLink) and row.steps.exists():
        raise Refused(
            "studies.link.priced",
            _("«%(link)s» tiene precios en un canal. Quítelos primero.") % {"link": row},
        )
    if isinstance(row, Evidence):
        _refuse_cited(row)
    record.remove(row)


CITING = (ChainLink, MarketActor, Channel, SystemElement, CauseEdge, Series, Deficit, Finding)


def _refuse_cited(row: Evidence) -> None:
    """Evidence that something rests on stays until that names another."""
    citing = [
        str(found) for model in CITING for found in model._default_manager.filter(evidence=row)[:3]
    ]
    if citing:
        raise Refused(
            "studies.evidence.cited",
            _("En %(label)s se apoya: %(citing)s. Quítela de ahí primero.")
            % {"label": row.label, "citing": "; ".join(citing[:3])},
        )


def keep(study: Study, row: AnyPart, evidence: Cited, **values: Any) -> AnyPart:
    """Add or change a part within its study, with the evidence it names; part of a service."""
    assessments.refuse_closed(study)
    cited = None if evidence is None else list(evidence)
    _refuse_foreign(study, [*values.values(), *(cited or ())])
    _refuse_taken(study, row, values)
    if row.pk is None:
        for name, value in values.items():
            setattr(row, name, value)
        record.add(row)
    else:
        record.change(row, **values)
    if cited is not None:
        record.link(row, "evidence", cited)
    return row


def _refuse_foreign(study: Study, values: Iterable[object]) -> None:
    for value in values:
        if isinstance(value, Part) and value.study.pk != study.pk:  # type: ignore[attr-defined]
            raise Refused(
                "studies.part.other_study",
                _("«%(part)s» es de otro estudio. Elija uno de este.") % {"part": value},
            )


def _refuse_taken(study: Study, row: Part, values: dict[str, Any]) -> None:
    """Names tell parts apart where pages, drawings and later rounds look for them."""
    if "name" not in values:
        return
    manager: Any = type(row)._default_manager
    others = manager.filter(study=study, name=values["name"])
    if "kind" in values:
        others = others.filter(kind=values["kind"])
    if others.exclude(pk=row.pk).exists():
        raise Refused(
            "studies.part.name_taken",
            _("«%(name)s» ya está en este estudio. Ábralo o use otro nombre.")
            % {"name": values["name"]},
            field="name",
        )
