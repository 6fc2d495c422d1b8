"""The review of a period: sent by who knows, approved by another, sent back with a reason."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.results import access
from digna.results.models import Indicator, IndicatorReview, ReportingPeriod, ReviewComment
from digna.results.selectors import reviewing

State = IndicatorReview.State


@writes("results.review.submitted")
def submit(*, actor: Actor, period: ReportingPeriod, indicators: Sequence[Indicator]) -> int:
    """Send indicators of a period to be approved; how many were still drafts.

    An indicator without anything to say in the period is not sent; one whose figure moved since it
    was sent or approved is sent again.
    """
    _refuse_frozen(period)
    said = reviewing.said(period, indicators)
    standing = _standing(period, indicators)
    sent = 0
    for one in indicators:
        row = standing.get(one.pk)
        if one.pk not in said or _stands(row, said[one.pk]):
            continue
        new = {
            "state": State.SUBMITTED,
            "submitted_at": actor.at,
            "submitted_by": actor.user,
            "decided_at": None,
            "decided_by": None,
            "approved_alone": False,
            "returned_because": "",
            "said": said[one.pk].text,
            "seal": said[one.pk].seal,
        }
        if row is None:
            record.add(IndicatorReview(indicator=one, period=period, **new))
        else:
            record.change(row, **new)
        sent += 1
    if sent == 0:
        raise Refused(
            "results.review.nothing_to_send",
            _("No hay nada que enviar: lo marcado no tiene cifra en este período o ya se envió."),
        )
    return sent


def _stands(row: IndicatorReview | None, now: reviewing.Said) -> bool:
    """Whether what was sent still says what it said; if not it may be sent again."""
    return row is not None and row.state != State.DRAFT and row.seal == now.seal


@writes("results.review.approved")
def approve(*, actor: Actor, period: ReportingPeriod, indicators: Sequence[Indicator]) -> int:
    """Approve what others sent; how many.

    Who sent an indicator does not approve it, unless nobody else in the programme could: then the
    review says that it was approved alone. A figure that moved since it was sent is passed over.
    """
    _refuse_frozen(period)
    said = reviewing.said(period, indicators)
    waiting = [
        row for row in _standing(period, indicators).values() if row.state == State.SUBMITTED
    ]
    is_alone = not access.others_approve(actor.user, period.programme)
    others = [row for row in waiting if is_alone or row.submitted_by_id != _key(actor)]
    if not others:
        raise _nothing_to_approve(own=bool(waiting))
    good = [row for row in others if row.indicator_id in said]
    good = [row for row in good if _stands(row, said[row.indicator_id])]
    if not good:
        raise _moved(others[0])
    for row in good:
        record.change(
            row,
            state=State.APPROVED,
            decided_at=actor.at,
            decided_by=actor.user,
            approved_alone=is_alone and row.submitted_by_id == _key(actor),
        )
    return len(good)


def _key(actor: Actor) -> int | None:
    return actor.user.pk if actor.user is not None else None


def _moved(row: IndicatorReview) -> Refused:
    return Refused(
        "results.review.moved",
        _(
            "«%(name)s» cambió desde que se envió (decía %(said)s). "
            "Devuélvalo para que se envíe otra vez."
        )
        % {"name": row.indicator, "said": row.said or _("sin dato")},
    )


def _nothing_to_approve(*, own: bool) -> Refused:
    if own:
        return Refused(
            "results.review.own",
            _("Usted envió lo que marcó: lo aprueba otra persona de la oficina."),
        )
    return Refused(
        "results.review.nothing_to_approve",
        _("No hay nada enviado que aprobar entre lo que marcó."),
    )


@writes("results.review.sent_back")
def send_back(*, actor: Actor, review: IndicatorReview) -> IndicatorReview:
    """Send an indicator back to who sent it, with a reason; an approval is taken back so too."""
    _refuse_frozen(review.period)
    if review.state == State.DRAFT:
        raise Refused("results.review.draft", _("Este indicador está en borrador."))
    if not actor.reason.strip():
        raise Refused(
            "results.review.no_reason",
            _("Escriba qué hay que corregir: lo leerá quien lo envió."),
            field="reason",
        )
    return record.change(
        review,
        state=State.DRAFT,
        decided_at=actor.at,
        decided_by=actor.user,
        approved_alone=False,
        returned_because=actor.reason.strip(),
    )


@writes("results.review.withdrawn")
def withdraw(*, actor: Actor, review: IndicatorReview) -> IndicatorReview:
    """Take back what one sent, before anybody approved it."""
    _refuse_frozen(review.period)
    if review.state != State.SUBMITTED or review.submitted_by_id != _key(actor):
        raise Refused(
            "results.review.not_yours",
            _("Sólo se retira lo que uno mismo envió y nadie aprobó todavía."),
        )
    return record.change(review, state=State.DRAFT, returned_because="")


@writes("results.comment.written")
def comment(
    *, actor: Actor, indicator: Indicator, period: ReportingPeriod, text: str
) -> ReviewComment:
    """Ask or answer something about an indicator in a period."""
    return record.add(
        ReviewComment(
            indicator=indicator, period=period, author=actor.user, text=text.strip(), at=actor.at
        )
    )


@writes("results.comment.resolved")
def resolve_comment(*, actor: Actor, comment: ReviewComment) -> ReviewComment:
    """Say that a comment was attended to; resolved twice stays as the first time."""
    if comment.resolved_at is not None:
        return comment
    return record.change(comment, resolved_at=actor.at, resolved_by=actor.user)


@writes("results.comment.reopened")
def reopen_comment(*, actor: Actor, comment: ReviewComment) -> ReviewComment:
    """Open a resolved comment again."""
    return record.change(comment, resolved_at=None, resolved_by=None)


@writes("results.period.due_set")
def set_due(*, actor: Actor, period: ReportingPeriod, due_on: date | None) -> ReportingPeriod:
    """Say until when the indicators of a period have to be approved."""
    if due_on is not None and due_on < period.ends_on:
        raise Refused(
            "results.period.due_early",
            _("El plazo cae antes de que el período termine (%s).") % f"{period.ends_on:%d/%m/%Y}",
            field="due_on",
        )
    return record.change(period, review_due_on=due_on)


@writes("results.period.locked")
def lock(*, actor: Actor, period: ReportingPeriod) -> ReportingPeriod:
    """Lock the stated values of a period's days."""
    return record.change(period, is_locked=True, locked_because=actor.reason.strip())


@writes("results.period.unlocked")
def unlock(*, actor: Actor, period: ReportingPeriod) -> ReportingPeriod:
    """Unlock a period, with a reason that the journal keeps."""
    if not actor.reason.strip():
        raise Refused(
            "results.period.no_unlock_reason",
            _("Escriba por qué se desbloquea: quedará en el diario."),
            field="reason",
        )
    return record.change(period, is_locked=False, locked_because="")


def _standing(
    period: ReportingPeriod, indicators: Sequence[Indicator]
) -> dict[int, IndicatorReview]:
    rows = IndicatorReview.objects.select_for_update().filter(
        period=period, indicator__in=[one.pk for one in indicators]
    )
    return {row.indicator_id: row for row in rows.select_related("indicator")}


def _refuse_frozen(period: ReportingPeriod) -> None:
    if period.state == ReportingPeriod.State.FROZEN:
        raise Refused(
            "results.review.frozen",
            _("El período %s está congelado: su revisión terminó.") % period.label,
        )
