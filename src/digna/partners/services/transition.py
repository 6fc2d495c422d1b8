"""The transition plan: actions begun from templates or written anew, closed with evidence."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.partners.models import ActionTemplate, TransitionAction
from digna.registry.models import Organisation

USUAL_MONTHS = 6


@writes("partners.templates.loaded")
def load_templates(*, actor: Actor, templates: Iterable[Mapping[str, Any]]) -> None:
    """Take in the template actions of a kit; actions already begun keep their own words."""
    for template in templates:
        standing = ActionTemplate.objects.filter(code=template["code"]).first()
        if standing is None:
            record.add(ActionTemplate(**template))
        elif standing.version != template["version"]:
            record.change(standing, **{k: v for k, v in template.items() if k != "code"})


@writes("partners.action.planned")
def plan_action(
    *,
    actor: Actor,
    partner: Organisation,
    line: str,
    what: str,
    owner: str,
    due_on: date,
    template: ActionTemplate | None = None,
    **risk: Any,
) -> TransitionAction:
    """Add an action: somebody's, by a day.

    Raises:
        Refused: `partners.action.no_owner`, `partners.action.nothing`, `partners.action.risk`.
    """
    _refuse_unfit(what, owner, risk)
    return record.add(
        TransitionAction(
            partner=partner,
            line=line,
            what=what.strip(),
            owner=owner.strip(),
            due_on=due_on,
            template=template,
            **risk,
        )
    )


@writes("partners.action.changed")
def change_action(*, actor: Actor, action: TransitionAction, **values: Any) -> TransitionAction:
    """Correct an action, its date, its owner or its risk.

    Raises:
        Refused: as `plan_action`.
    """
    what, owner = values.get("what", action.what), values.get("owner", action.owner)
    risk = {n: values.get(n, getattr(action, n)) for n in ("likelihood", "impact")}
    _refuse_unfit(what, owner, risk)
    return record.change(action, **values)


def _refuse_unfit(what: str, owner: str, risk: Mapping[str, Any]) -> None:
    if not what.strip():
        raise Refused("partners.action.nothing", _("Escriba qué se hará."), field="what")
    if not owner.strip():
        raise Refused(
            "partners.action.no_owner",
            _("Escriba quién responde por la acción: sin nombre, nadie la hace."),
            field="owner",
        )
    if (risk.get("likelihood") is None) != (risk.get("impact") is None):
        raise Refused(
            "partners.action.risk",
            _("El riesgo se pesa con probabilidad e impacto. Elija los dos o ninguno."),
            field="impact",
        )


@writes("partners.action.begun")
def begin_action(*, actor: Actor, action: TransitionAction) -> TransitionAction:
    """Note that work on an action began, or began again."""
    ongoing = TransitionAction.State.ONGOING
    return record.change(action, state=ongoing, closed_on=None)


@writes("partners.action.closed")
def close_action(
    *,
    actor: Actor,
    action: TransitionAction,
    on: date,
    evidence: str,
    is_dropped: bool = False,
    file: ContentFile[bytes] | None = None,
) -> TransitionAction:
    """Close an action as done, with its evidence, or as dropped, with the reason.

    Raises:
        Refused: `partners.action.no_evidence`, `partners.action.closed`,
            `partners.action.future`.
    """
    if not action.is_open:
        raise Refused("partners.action.closed", _("Esta acción ya está cerrada."))
    if on > timezone.localdate(actor.at):
        raise Refused(
            "partners.action.future", _("La fecha está en el futuro. Corríjala."), field="on"
        )
    if not evidence.strip():
        raise Refused(
            "partners.action.no_evidence",
            _("Escriba por qué se descarta.")
            if is_dropped
            else _("Escriba qué prueba que se hizo: acta, resolución, publicación, foto."),
            field="evidence",
        )
    states = TransitionAction.State
    told: dict[str, Any] = {
        "state": states.DROPPED if is_dropped else states.DONE,
        "closed_on": on,
        "evidence": evidence.strip(),
    }
    if file is not None:
        told["file"] = file
    return record.change(action, **told)


@writes("partners.plan.begun")
def adopt_templates(
    *,
    actor: Actor,
    partner: Organisation,
    templates: Iterable[ActionTemplate],
    owner: str,
    starts_on: date,
) -> None:
    """Begin a plan with template actions, each due after its usual time.

    Raises:
        Refused: `partners.action.no_owner`.
    """
    for template in templates:
        plan_action(
            actor=actor,
            partner=partner,
            line=template.line,
            what=template.text,
            owner=owner,
            due_on=starts_on + timedelta(days=30 * (template.months or USUAL_MONTHS)),
            template=template,
        )
