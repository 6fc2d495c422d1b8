"""A continuity plan on screen and on paper: axes with their level, steps, actions by axis."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.improvement import scales, wording
from digna.improvement.models import ContinuityAction, ContinuityPlan
from digna.improvement.models.continuity import Axis
from digna.registry.models import Enterprise


@dataclass(frozen=True, slots=True)
class AxisPage:
    """One axis: how exposed the firm is, and what it will do."""

    code: str
    name: str
    score: int
    most: int
    level: str
    level_code: str
    actions: tuple[ContinuityAction, ...]

    @property
    def mark(self) -> str:
        return {"low": "good", "medium": "warning", "high": "error"}.get(self.level_code, "")


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan whole, with what must be said about it."""

    plan: ContinuityPlan
    axes: tuple[AxisPage, ...]
    level: str
    level_code: str
    warnings: tuple[str, ...]
    is_review_due: bool


def plan_page(plan: ContinuityPlan, today: date) -> PlanPage:
    """Return a plan; warns of one that protects health by personal equipment alone."""
    document = plan.scoring.document
    actions = list(plan.actions.all())
    axes = tuple(_axis(axis, plan, document, actions) for axis in Axis)
    score, most = sum(a.score for a in axes), sum(a.most for a in axes)
    band = scales.band(document.get("bands", ()), score, most)
    warnings = []
    if scales.relies_on_ppe_alone(action.control for action in actions):
        warnings.append(
            _(
                "El plan protege la salud solo con equipo personal. Agregue antes algo que quite "
                "o separe el peligro: ventilación, distancia, turnos."
            )
        )
    return PlanPage(
        plan=plan,
        axes=axes,
        level="" if band is None else wording.say(band, "name"),
        level_code="" if band is None else str(band["code"]),
        warnings=tuple(warnings),
        is_review_due=plan.state == ContinuityPlan.State.APPROVED
        and plan.review_due is not None
        and plan.review_due <= today,
    )


def _axis(
    axis: Axis, plan: ContinuityPlan, document: Any, actions: list[ContinuityAction]
) -> AxisPage:
    codes = [item["code"] for item in plan.scoring.items if item.get("axis") == axis.value]
    found = scales.tally(document["scale"], codes, plan.scores)
    band = scales.band(document.get("bands", ()), found.score, found.score_most)
    return AxisPage(
        code=axis.value,
        name=str(axis.label),
        score=found.score,
        most=found.score_most,
        level="" if band is None else wording.say(band, "name"),
        level_code="" if band is None else str(band["code"]),
        actions=tuple(action for action in actions if action.axis == axis.value),
    )


def plans_of(enterprise: Enterprise) -> list[ContinuityPlan]:
    """Return the versions of a firm's plan, the latest first."""
    return list(ContinuityPlan.objects.filter(enterprise=enterprise))
