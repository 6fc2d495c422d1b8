"""The trainer's report on a firm's module: written, sent, returned with comments or approved."""

from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Clash, Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.training.models import CycleFirm, ReportComment, TrainerReport

State = TrainerReport.State
WRITTEN = ("situation", "changes", "difficulties", "advice")


@writes("training.report.written")
def write_report(
    *, actor: Actor, firm: CycleFirm, base_version: int, **texts: Any
) -> TrainerReport:
    """Save the words of a report; who saved since is not overwritten unseen.

    Raises:
        Refused: `training.report.locked` (sent or approved); Clash `training.report.clash`.
    """
    report = TrainerReport.objects.select_for_update().filter(firm=firm).first()
    if report is None:
        return record.add(TrainerReport(firm=firm, written_by=actor.user, version=1, **texts))
    _refuse_locked(report)
    if report.version > base_version:
        raise Clash(
            "training.report.clash",
            _(
                "Otra persona guardó este informe mientras usted escribía. "
                "Compare y guarde otra vez."
            ),
        )
    return record.change(report, version=report.version + 1, written_by=actor.user, **texts)


@writes("training.report.sent")
def send_report(*, actor: Actor, report: TrainerReport) -> TrainerReport:
    """Send a report to who approves it.

    Raises:
        Refused: `training.report.locked`, `training.report.empty`.
    """
    _refuse_locked(report)
    if not any(getattr(report, name).strip() for name in WRITTEN):
        raise Refused(
            "training.report.empty",
            _("El informe está vacío. Escriba al menos qué cambió en la empresa."),
            field="changes",
        )
    return record.change(report, state=State.SENT, sent_at=actor.at)


@writes("training.report.returned")
def return_report(*, actor: Actor, report: TrainerReport, comment: str) -> TrainerReport:
    """Give a report back with what it needs.

    Raises:
        Refused: `training.report.not_sent`, `training.report.needs_comment`.
    """
    _refuse_unsent(report)
    if not comment.strip():
        raise Refused(
            "training.report.needs_comment",
            _("Escriba qué debe corregirse: lo leerá quien hizo el informe."),
            field="comment",
        )
    record.add(ReportComment(report=report, text=comment.strip(), at=actor.at, by=actor.user))
    return record.change(report, state=State.RETURNED, decided_at=actor.at, decided_by=actor.user)


@writes("training.report.approved")
def approve_report(*, actor: Actor, report: TrainerReport, comment: str = "") -> TrainerReport:
    """Approve a report that was sent; nobody approves their own.

    Raises:
        Refused: `training.report.not_sent`, `training.report.own`.
    """
    _refuse_unsent(report)
    if actor.user is not None and report.written_by_id == actor.user.pk:
        raise Refused(
            "training.report.own",
            _("Este informe lo escribió usted. Pida a otra persona que lo apruebe."),
        )
    if comment.strip():
        record.add(ReportComment(report=report, text=comment.strip(), at=actor.at, by=actor.user))
    return record.change(report, state=State.APPROVED, decided_at=actor.at, decided_by=actor.user)


@writes("training.report.reopened")
def reopen_report(*, actor: Actor, report: TrainerReport) -> TrainerReport:
    """Undo sending or approving, with the reason.

    Raises:
        Refused: `training.report.needs_reason`.
    """
    if not actor.reason.strip():
        raise Refused(
            "training.report.needs_reason", _("Escriba por qué se reabre."), field="reason"
        )
    return record.change(report, state=State.DRAFT)


def _refuse_locked(report: TrainerReport) -> None:
    if report.state in (State.SENT, State.APPROVED):
        raise Refused(
            "training.report.locked",
            _("El informe ya se envió. Reábralo para corregirlo."),
        )


def _refuse_unsent(report: TrainerReport) -> None:
    if report.state != State.SENT:
        raise Refused(
            "training.report.not_sent",
            _("El informe no está enviado: está en «%(state)s».")
            % {"state": report.get_state_display()},
        )
