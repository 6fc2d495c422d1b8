"""Findings, what was decided on each, and who does something about it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Activity
from digna.studies.models.assessments import Evidence, Finding, Study
from digna.studies.services import parts


@writes("studies.finding.noted")
def note_finding(
    *,
    actor: Actor,
    study: Study,
    evidence: Iterable[Evidence],
    row: Finding | None = None,
    **values: Any,
) -> Finding:
    """Note or correct a finding; it rests on evidence or it is an opinion.

    Raises:
        Refused: `studies.finding.no_evidence`; as every part.
    """
    cited = list(evidence)
    if not cited:
        raise Refused(
            "studies.finding.no_evidence",
            _("Un hallazgo se apoya en evidencia. Marque al menos una; si falta, anótela antes."),
            field="evidence",
        )
    return parts.keep(study, row or Finding(study=study), cited, **values)


@writes("studies.finding.decided")
def decide(
    *,
    actor: Actor,
    finding: Finding,
    decision: str,
    reason: str = "",
    decided_on: date | None = None,
    activity: Activity | None = None,
    intervention: str = "",
    owner: str = "",
) -> Finding:
    """Say what is done about a finding. To act without anybody in charge leaves it an orphan.

    Raises:
        Refused: `studies.finding.needs_reason` (why nothing is done, or more is studied),
            `studies.finding.needs_owner`, `studies.finding.other_programme`; as every part.
    """
    if decision and decision != Finding.Decision.ACT and not reason.strip():
        raise Refused(
            "studies.finding.needs_reason",
            _("Escriba por qué no se actúa todavía: lo preguntará quien lea el estudio."),
            field="reason",
        )
    if intervention.strip() and not owner.strip() and activity is None:
        raise Refused(
            "studies.finding.needs_owner",
            _("Diga quién se hace cargo de la intervención; sin nombre nadie la hará."),
            field="owner",
        )
    if activity is not None and activity.programme_id != finding.study.programme_id:
        raise Refused(
            "studies.finding.other_programme",
            _("Esa actividad es de otro programa. Elija una de este."),
            field="activity",
        )
    is_act = decision == Finding.Decision.ACT
    return parts.keep(
        finding.study,
        finding,
        None,
        decision=decision,
        reason=reason,
        decided_on=decided_on or (actor.at.date() if decision else None),
        activity=activity if is_act else None,
        intervention=intervention if is_act else "",
        owner=owner if is_act else "",
    )
