"""Errors that anybody reports in a step, and what the programme answers."""

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.pathways.models import StepReport
from digna.pathways.selectors.library import shelf
from digna.registry.models import Enterprise

State = StepReport.State


@writes("pathways.report.sent")
def report_error(
    *,
    actor: Actor,
    step: str,
    text: str,
    pathway: str = "",
    enterprise: Enterprise | None = None,
) -> StepReport:
    """Keep what somebody says is wrong in a step.

    Raises:
        Refused: `pathways.step.unknown`, `pathways.report.empty`.
    """
    if step not in shelf().library.steps:
        raise Refused(
            "pathways.step.unknown", _("Ese paso ya no está en las rutas. Vuelva a su lista.")
        )
    if not text.strip():
        raise Refused(
            "pathways.report.empty", _("Escriba qué está mal en este paso."), field="text"
        )
    return record.add(
        StepReport(
            step=step, text=text.strip(), pathway=pathway, enterprise=enterprise, by=actor.user,
            at=actor.at,
        )
    )  # fmt: skip


@writes("pathways.report.answered")
def answer_report(*, actor: Actor, report: StepReport, state: str, answer: str = "") -> StepReport:
    """Say what became of a report; one that is closed has an answer for who sent it.

    Raises:
        Refused: `pathways.report.needs_answer`.
    """
    if state in (State.MENDED, State.REFUSED) and not answer.strip():
        raise Refused(
            "pathways.report.needs_answer",
            _("Escriba qué se hizo o por qué no procede: lo lee quien avisó."),
            field="answer",
        )
    return record.change(
        report, state=state, answer=answer.strip(), answered_by=actor.user, answered_at=actor.at
    )
