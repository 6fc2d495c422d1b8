"""A trainer's report: exceptions on top, live numbers, and words pre-composed from the data."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digna.improvement.selectors.board import Board, KpiCard
from digna.training import lacks, outcomes, states
from digna.training.models import CycleFirm, NextStep, TrainerReport, Visit
from digna.training.selectors import ways
from digna.web.numbers import money

GAP_WANTED = timedelta(days=45)
"""More than this between two visits and coaching loses its thread."""


@dataclass(frozen=True, slots=True)
class Unusual:
    """What is out of the ordinary: the sentence, and where it is seen to."""

    what: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that the report's page and paper show."""

    firm: CycleFirm
    stored: TrainerReport | None
    exceptions: tuple[Unusual, ...]
    board: Board
    visits: tuple[Visit, ...]
    minutes: int | None
    present: tuple[int, int]
    way: ways.Way
    texts: dict[str, str]
    comments: tuple[Any, ...]

    @property
    def state(self) -> str:
        return self.stored.state if self.stored is not None else "draft"


def of(firm: CycleFirm, today: date) -> Report:
    """Return the report of a firm's module as it stands today."""
    stored = TrainerReport.objects.filter(firm=firm).select_related("written_by").first()
    visits = tuple(firm.visits.select_related("trainer").order_by("number"))
    board = outcomes.board_of(firm.enterprise, today)
    known = [visit.minutes for visit in visits if visit.minutes is not None]
    comments = tuple(stored.comments.select_related("by")) if stored is not None else ()
    way = ways.way(firm, today)
    return Report(
        firm=firm,
        stored=stored,
        exceptions=tuple(_exceptions(firm, visits, board, way, today)),
        board=board,
        visits=visits,
        minutes=sum(known) if known else None,
        present=states.sides(ways.roles_present(firm)),
        way=way,
        texts=_texts(firm, stored, board, visits),
        comments=comments,
    )


def _exceptions(
    firm: CycleFirm, visits: tuple[Visit, ...], board: Board, way: ways.Way, today: date
) -> list[Unusual]:
    found = [Unusual(one.sentence, one.url, one.action) for one in (*way.missing, *way.warnings)]
    if firm.waiver_reason:
        found.append(Unusual(_("Línea final dispensada: %(why)s") % {"why": firm.waiver_reason}))
    if firm.override_reason:
        found.append(
            Unusual(_("Admitida fuera de tamaño: %(why)s") % {"why": firm.override_reason})
        )
    found += _late(firm, visits, today)
    for card in board.cards:
        if card.waiting:
            found.append(Unusual(_("«%(kpi)s»: un valor espera revisión.") % {"kpi": card.name}))
        if card.now is None:
            found.append(Unusual(_("«%(kpi)s»: sin dato.") % {"kpi": card.name}))
    open_count = NextStep.objects.filter(visit__firm=firm, done_on=None, due_on__lt=today).count()
    if open_count:
        told = ngettext(
            "%(n)s paso acordado venció sin hacerse.",
            "%(n)s pasos acordados vencieron sin hacerse.",
            open_count,
        )
        found.append(Unusual(told % {"n": open_count}))
    return found


def _late(firm: CycleFirm, visits: tuple[Visit, ...], today: date) -> list[Unusual]:
    found = []
    for one, other in pairwise(visits):
        if other.on - one.on > GAP_WANTED:
            told = _("Entre las visitas %(a)s y %(b)s pasaron %(days)s días.") % {
                "a": one.number,
                "b": other.number,
                "days": (other.on - one.on).days,
            }
            found.append(Unusual(told))
    if firm.next_visit_on is not None and firm.next_visit_on < today:
        told = _("La visita prevista para el %(day)s no se hizo.") % {
            "day": firm.next_visit_on.strftime("%d/%m/%Y")
        }
        found.append(Unusual(told, lacks.place_url(firm, "visit"), _("Registrar la visita")))
    return found


def _texts(
    firm: CycleFirm, stored: TrainerReport | None, board: Board, visits: tuple[Visit, ...]
) -> dict[str, str]:
    composed = {
        "situation": _situation(firm),
        "changes": _changes(board),
        "difficulties": "",
        "advice": _advice(firm),
    }
    if stored is None:
        return composed
    return {name: getattr(stored, name) for name in composed}


def _situation(firm: CycleFirm) -> str:
    size = firm.get_size_band_display() if firm.size_band else _("de tamaño sin dato")
    sector = firm.enterprise.sector
    return _(
        "%(name)s es una empresa %(size)s del rubro %(sector)s; entró al ciclo el %(day)s."
    ) % {
        "name": firm.enterprise,
        "size": size,
        "sector": sector if sector is not None else _("sin dato"),
        "day": firm.enrolled_on.strftime("%d/%m/%Y"),
    }


def _changes(board: Board) -> str:
    lines = [_kpi_line(card) for card in board.cards if card.now is not None]
    if board.projects_done:
        done = ngettext(
            "Se terminó %(n)s proyecto de mejora.",
            "Se terminaron %(n)s proyectos de mejora.",
            board.projects_done,
        )
        lines.append(done % {"n": board.projects_done})
    saved = board.saved_each_year.amount
    if saved:
        lines.append(_("Ahorro anual informado: %(sum)s.") % {"sum": money(saved, "BOB")})
    return "\n".join(lines)


def _kpi_line(card: KpiCard) -> str:
    return f"{card.name}: {card.verdict}"


def _advice(firm: CycleFirm) -> str:
    steps = [f"- {step.what}" for step in ways.open_steps(firm)]
    return _("Queda por hacer:") + "\n" + "\n".join(steps) if steps else ""
