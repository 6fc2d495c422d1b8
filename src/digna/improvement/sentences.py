"""What a change means and what to do next, in sentences for who runs a firm."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from digna.improvement import kpis
from digna.web.numbers import number

if TYPE_CHECKING:
    from digna.improvement.selectors.board import Board


def verdict(change: kpis.Change | None, better: str) -> str:
    """Return one sentence about a change; no percentage where none is honest."""
    if change is None:
        return _("Todavía no hay ningún valor.")
    reasons = {
        "no_base": _("Primer valor: con el próximo se verá el cambio."),
        "season": _("No comparable: hace falta el mismo período de otro año."),
        "currency": _("No comparable: los montos están en monedas distintas."),
    }
    if change.why in reasons:
        return reasons[change.why]
    if change.why == "new_register":
        return _("Registro nuevo: al empezar a anotar suben los casos. No es un retroceso.")
    return _judged(change, better)


def _judged(change: kpis.Change, better: str) -> str:
    if change.difference == 0:
        return _("Igual que antes.")
    amount = _amount(change)
    if change.is_better is None:
        return _("Cambió %(amount)s.") % {"amount": amount}
    if change.is_better:
        return _("Mejoró: %(amount)s.") % {"amount": amount}
    return _("Empeoró: %(amount)s.") % {"amount": amount}


def _amount(change: kpis.Change) -> str:
    """The change as a percentage, else as a difference with its sign."""
    if change.share is not None:
        share = change.share * 100
        return f"{'+' if share > 0 else ''}{number(share)} %"
    difference = change.difference
    sign = "+" if difference is not None and difference > 0 else ""
    return sign + number(difference, 1)


def next_steps(board: "Board") -> tuple[str, ...]:
    """Return at most three things to do next, the nearest first."""
    steps = [
        _("Termine «%(title)s»: ya pasó su fecha.") % {"title": project.title}
        for project in board.projects
        if project.is_late(board.as_of)
    ]
    if not board.cards:
        steps.append(_("Elija de 3 a 5 indicadores para su tablero."))
    steps += [
        _("Anote el valor de «%(name)s».") % {"name": card.name}
        for card in board.cards
        if card.now is None or (board.as_of - card.now.period_end).days > 45
    ]
    if not any(p.status in {"doing", "planned"} for p in board.projects):
        steps.append(_("Empiece una mejora nueva: el orden y la limpieza (5S) se notan pronto."))
    return tuple(steps[:3])
