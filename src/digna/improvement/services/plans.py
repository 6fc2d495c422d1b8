"""Continuity plans: started (from the one in force), written, acted upon, approved."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.improvement import scales
from digna.improvement.models import (
    ContinuityAction,
    ContinuityPlan,
    Instrument,
    InstrumentVersion,
)
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Enterprise

SCORING = "continuity-axes"
YEAR = timedelta(days=365)
State = ContinuityPlan.State
COPIED = ("scores", "products", "objective", "impacts", "contacts")


def scoring_in_use() -> InstrumentVersion:
    """Return the table that scores the four axes.

    Raises:
        Refused: `improvement.plan.no_table`.
    """
    row = Instrument.objects.filter(code=SCORING, retired_on=None).select_related("current").first()
    if row is None or row.current is None:
        raise Refused(
            "improvement.plan.no_table",
            _("Falta la tabla de puntos de los cuatro ejes. Instale el kit que la trae."),
        )
    return row.current


@writes("improvement.plan.started")
def start_plan(*, actor: Actor, enterprise: Enterprise) -> ContinuityPlan:
    """Start a version of a firm's plan: the draft that stands, or a copy of the one in force.

    Raises:
        Refused: `improvement.plan.no_table`.
    """
    rows = ContinuityPlan.objects.filter(enterprise=enterprise)
    draft = rows.filter(state=State.DRAFT).first()
    if draft is not None:
        return draft
    newest = rows.order_by("-number").first()
    former = rows.filter(state=State.APPROVED).first()
    plan = record.add(
        ContinuityPlan(
            enterprise=enterprise,
            number=1 if newest is None else newest.number + 1,
            scoring=scoring_in_use(),
            made_by=actor.user,
            made_at=actor.at,
            **({} if former is None else {name: getattr(former, name) for name in COPIED}),
        )
    )
    for action in [] if former is None else former.actions.filter(done_on=None):
        record.add(_copy(action, plan))
    return plan


def _copy(action: ContinuityAction, plan: ContinuityPlan) -> ContinuityAction:
    names = ("axis", "what", "who", "due_on", "control")
    return ContinuityAction(plan=plan, **{name: getattr(action, name) for name in names})


@writes("improvement.plan.written")
def write_plan(*, actor: Actor, plan: ContinuityPlan, **values: Any) -> ContinuityPlan:
    """Write parts of a draft: scores, products, objective, impacts, contacts, review_due.

    Raises:
        Refused: `improvement.plan.not_draft`, `improvement.plan.score`.
    """
    _refuse_done(plan)
    if "scores" in values:
        values["scores"] = _scores(plan, values["scores"])
    for name in ("products", "impacts"):
        if name in values:
            values[name] = _lines(values[name])
    if "contacts" in values:
        values["contacts"] = [
            {k: str(v).strip() for k, v in contact.items()}
            for contact in values["contacts"]
            if any(str(v).strip() for v in contact.values())
        ]
    return record.change(plan, **values)


def _scores(plan: ContinuityPlan, given: Mapping[str, str]) -> dict[str, str]:
    codes = {item["code"] for item in plan.scoring.items}
    known = scales.options(plan.scoring.document["scale"])
    for code, value in given.items():
        if code not in codes or (value and value not in known):
            raise Refused(
                "improvement.plan.score",
                _("Ese puntaje no está en la tabla. Recargue la página."),
            )
    return {code: value for code, value in given.items() if value}


def _lines(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))


@writes("improvement.plan.action_added")
def add_action(
    *,
    actor: Actor,
    plan: ContinuityPlan,
    axis: str,
    what: str,
    who: str = "",
    due_on: date | None = None,
    control: str = "",
) -> ContinuityAction:
    """Add an action to a draft.

    Raises:
        Refused: `improvement.plan.not_draft`, `improvement.plan.action_empty`.
    """
    _refuse_done(plan)
    if not what.strip():
        raise Refused("improvement.plan.action_empty", _("Escriba qué se hará."), field="what")
    return record.add(
        ContinuityAction(
            plan=plan, axis=axis, what=what.strip(), who=who.strip(), due_on=due_on, control=control
        )
    )


@writes("improvement.plan.action_done")
def mark_action(*, actor: Actor, action: ContinuityAction, is_done: bool) -> ContinuityAction:
    """Say that an action was done, or take it back; in a plan in force too."""
    return record.change(action, done_on=timezone.localdate(actor.at) if is_done else None)


@writes("improvement.plan.action_removed")
def remove_action(*, actor: Actor, action: ContinuityAction) -> None:
    """Take an action out of a draft.

    Raises:
        Refused: `improvement.plan.not_draft`.
    """
    _refuse_done(action.plan)
    record.remove(action)


@writes("improvement.plan.approved")
def approve_plan(
    *, actor: Actor, plan: ContinuityPlan, review_due: date | None = None
) -> ContinuityPlan:
    """Put a draft in force; the one before becomes the past. Without a date, review in a year.

    Raises:
        Refused: `improvement.plan.not_draft`, `improvement.plan.unfinished`,
            `improvement.plan.review_past`.
    """
    _refuse_done(plan)
    today = timezone.localdate(actor.at)
    due = review_due or plan.review_due or today + YEAR
    if not (plan.products and plan.objective.strip() and plan.actions.exists()):
        raise Refused(
            "improvement.plan.unfinished",
            _("Antes de aprobar, escriba los productos clave, el objetivo y una acción al menos."),
        )
    if due <= today:
        raise Refused(
            "improvement.plan.review_past",
            _("La revisión debe ser después de hoy. Elija otra fecha."),
            field="review_due",
        )
    former = ContinuityPlan.objects.filter(enterprise=plan.enterprise_id, state=State.APPROVED)
    for row in former:
        record.change(row, state=State.PAST)
    return record.change(plan, state=State.APPROVED, approved_on=today, review_due=due)


def _refuse_done(plan: ContinuityPlan) -> None:
    if plan.state != State.DRAFT:
        raise Refused(
            "improvement.plan.not_draft",
            _("Esta versión ya fue aprobada y no cambia. Comience una versión nueva."),
        )
