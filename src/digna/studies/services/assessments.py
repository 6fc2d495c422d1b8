"""Studies: opened, described, asked, closed; a later round begun from an earlier one."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.registry.models import Sector
from digna.studies.models.assessments import (
    Cause,
    CauseEdge,
    ChainLink,
    MarketActor,
    Part,
    Question,
    Study,
    SystemElement,
)


@writes("studies.study.opened")
def open_study(
    *,
    actor: Actor,
    programme: Programme,
    title: str,
    round: str,
    sectors: Collection[Sector],
    product: str,
    starts_on: date,
    ends_on: date | None = None,
    **values: Any,
) -> Study:
    """Open a study of one product, in one place, for one market.

    Raises:
        Refused: `studies.study.no_sector`, `studies.study.dates`.
    """
    _refuse_unfit(sectors, starts_on, ends_on)
    study = record.add(
        Study(
            programme=programme,
            title=title,
            round=round,
            product=product,
            starts_on=starts_on,
            ends_on=ends_on,
            created_by=actor.user,
            **values,
        )
    )
    record.link(study, "sectors", sectors)
    return study


@writes("studies.study.described")
def describe_study(
    *, actor: Actor, study: Study, sectors: Collection[Sector] | None = None, **values: Any
) -> Study:
    """Change what a study says of itself.

    Raises:
        Refused: as `open_study`; `studies.study.closed`.
    """
    refuse_closed(study)
    kept = list(study.sectors.all()) if sectors is None else sectors
    _refuse_unfit(
        kept, values.get("starts_on", study.starts_on), values.get("ends_on", study.ends_on)
    )
    record.change(study, **values)
    if sectors is not None:
        record.link(study, "sectors", sectors)
    return study


@writes("studies.study.moved")
def move_study(*, actor: Actor, study: Study, status: str) -> Study:
    """Say how far the study is; a closed one opens again only with a reason.

    Raises:
        Refused: `studies.study.needs_reason`.
    """
    is_reopened = study.status == Study.Status.CLOSED and status != Study.Status.CLOSED
    if is_reopened and not actor.reason.strip():
        raise Refused(
            "studies.study.needs_reason",
            _("Este estudio está cerrado. Escriba por qué lo abre otra vez."),
            field="reason",
        )
    return record.change(study, status=status)


@writes("studies.questions.set")
def set_questions(*, actor: Actor, study: Study, texts: Sequence[str]) -> Study:
    """Set what the study asks, in order. A question that keeps its words keeps its answers.

    Raises:
        Refused: `studies.study.closed`, `studies.question.answered` (it cannot go any more).
    """
    refuse_closed(study)
    wanted = list(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))
    standing = {question.text: question for question in study.questions.all()}
    for text, question in standing.items():
        if text not in wanted:
            _refuse_answered(question)
            record.remove(question)
    for order, text in enumerate(wanted):
        if text in standing:
            record.change(standing[text], order=order)
        else:
            record.add(Question(study=study, text=text, order=order))
    return study


@writes("studies.tools.ticked")
def tick_tools(*, actor: Actor, study: Study, tools: Sequence[str]) -> Study:
    """Note which tools of the checklist were used.

    Raises:
        Refused: `studies.study.closed`.
    """
    refuse_closed(study)
    return record.change(study, tools=list(tools))


@writes("studies.round.begun")
def begin_round(*, actor: Actor, study: Study, round: str, starts_on: date) -> Study:
    """Begin a later round as a copy: questions, links, actors, system and causes.

    Evidence, interviews, prices, figures and findings stay behind, and with them how the actors
    and functions were judged: a later round finds out for itself, else it would repeat the first.

    Raises:
        Refused: `studies.round.same` (the later round needs another name).
    """
    if round.strip() == study.round:
        raise Refused(
            "studies.round.same",
            _("La ronda nueva necesita otro nombre que «%(round)s»: con él se comparan.")
            % {"round": study.round},
            field="round",
        )
    later = record.add(
        Study(
            programme=study.programme,
            partner=study.partner,
            title=study.title,
            round=round.strip(),
            product=study.product,
            place=study.place,
            end_market=study.end_market,
            team=study.team,
            starts_on=starts_on,
            predecessor=study,
            created_by=actor.user,
        )
    )
    record.link(later, "sectors", list(study.sectors.all()))
    for question in study.questions.all():
        record.add(Question(study=later, text=question.text, order=question.order))
    _copy_structure(study, later)
    return later


Row = TypeVar("Row", ChainLink, MarketActor, SystemElement, Cause)
LINK = ("name", "order", "volume_unit")
ACTOR = ("name", "role", "constituency")
ELEMENT = ("kind", "name", "action", "resource")


def _copy_structure(study: Study, later: Study) -> None:
    links = {x.pk: _copied(x, later, LINK) for x in study.links.all()}
    actors = {
        x.pk: _copied(x, later, ACTOR, link=links.get(x.link_id or 0)) for x in study.actors.all()
    }
    for element in study.elements.all():
        who = {
            name: actors.get(getattr(element, f"{name}_id") or 0)
            for name in ("performer", "payer", "performer_later", "payer_later")
        }
        _copied(element, later, ELEMENT, **who)
    causes = {x.pk: _copied(x, later, ("name",)) for x in study.causes.all()}
    for edge in study.edges.all():
        record.add(
            CauseEdge(
                study=later,
                cause=causes[edge.cause_id],
                effect=causes[edge.effect_id],
                strength=edge.strength,
            )
        )


def _copied(row: Row, later: Study, names: Sequence[str], **links: Part | None) -> Row:
    values = {name: getattr(row, name) for name in names}
    return record.add(type(row)(study=later, **values, **links))


def refuse_closed(study: Study) -> None:
    """Refuse to change a study that is closed."""
    if study.status == Study.Status.CLOSED:
        raise Refused(
            "studies.study.closed",
            _("«%(study)s» está cerrado y no cambia. Ábralo otra vez en Ajustes.")
            % {"study": study},
        )


def _refuse_answered(question: Question) -> None:
    if question.answers.exists():
        raise Refused(
            "studies.question.answered",
            _("«%(question)s» ya tiene respuestas: no se puede quitar ni cambiar de palabras.")
            % {"question": question.text},
            field="texts",
        )


def _refuse_unfit(sectors: Collection[Sector], starts_on: date, ends_on: date | None) -> None:
    if not sectors:
        raise Refused(
            "studies.study.no_sector",
            _("Diga de qué rubro es: sin rubro no se compara con otros estudios."),
            field="sectors",
        )
    if ends_on is not None and ends_on < starts_on:
        raise Refused(
            "studies.study.dates",
            _("El fin es anterior al inicio. Corrija una de las fechas."),
            field="ends_on",
        )
