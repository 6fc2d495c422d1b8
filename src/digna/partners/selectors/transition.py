"""The transition plan as it is shown: four lines, what is late, what is handed over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from digna.partners.models import ActionTemplate, Asset, TransitionAction
from digna.partners.models.transition import PlanLine
from digna.registry.models import Organisation

GRAVE = 6
"""Likelihood × impact from which a risk is told as high: 2 × 3 or more."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action, and whether its day has passed."""

    action: TransitionAction
    is_late: bool
    is_grave: bool


@dataclass(frozen=True, slots=True)
class LineFace:
    """One line of the plan."""

    line: str
    label: str
    rows: tuple[ActionRow, ...]
    done: int

    @property
    def counted(self) -> int:
        """Actions that were not dropped."""
        dropped = TransitionAction.State.DROPPED
        return sum(row.action.state != dropped for row in self.rows)


@dataclass(frozen=True, slots=True)
class Plan:
    """A partner's transition."""

    lines: tuple[LineFace, ...]
    late: tuple[ActionRow, ...]
    risks: tuple[ActionRow, ...]
    assets: tuple[Asset, ...]
    templates: int

    @property
    def handed(self) -> int:
        """How many assets were handed over."""
        return sum(asset.handed_on is not None for asset in self.assets)

    @property
    def has_actions(self) -> bool:
        """Whether the plan was begun."""
        return any(line.rows for line in self.lines)


def plan(partner: Organisation, today: date) -> Plan:
    """Return a partner's transition plan."""
    actions = list(TransitionAction.objects.filter(partner=partner))
    rows = [row_of(action, today) for action in actions]
    begun = {action.template_id for action in actions if action.template_id is not None}
    return Plan(
        lines=tuple(_face(line, rows) for line in PlanLine),
        late=tuple(row for row in rows if row.is_late),
        risks=tuple(_risks(rows)),
        assets=tuple(Asset.objects.filter(partner=partner).select_related("handed_by")),
        templates=ActionTemplate.objects.filter(retired_on=None).exclude(pk__in=begun).count(),
    )


def row_of(action: TransitionAction, today: date) -> ActionRow:
    """Return an action with what its dates and its risk say."""
    return ActionRow(action, action.is_late_on(today), (action.risk_score or 0) >= GRAVE)


def _face(line: PlanLine, rows: Iterable[ActionRow]) -> LineFace:
    own = tuple(row for row in rows if row.action.line == line)
    done = sum(row.action.state == TransitionAction.State.DONE for row in own)
    return LineFace(line.value, str(line.label), own, done)


def _risks(rows: Iterable[ActionRow]) -> list[ActionRow]:
    """Return open actions whose risk was weighed, the gravest first."""
    weighed = [r for r in rows if r.action.is_open and r.action.risk_score is not None]
    return sorted(weighed, key=lambda row: -(row.action.risk_score or 0))


def offered(partner: Organisation) -> list[ActionTemplate]:
    """Return the template actions that this partner's plan has not taken yet."""
    taken = TransitionAction.objects.filter(partner=partner).exclude(template=None)
    rows = ActionTemplate.objects.filter(retired_on=None)
    return list(rows.exclude(pk__in=taken.values("template")))
