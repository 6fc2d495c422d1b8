"""Reporting periods: opened, frozen with their figures, opened again with a reason."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.results.models import Figure, ReportingPeriod
from digna.results.selectors import freshness, reviewing

State = ReportingPeriod.State


@writes("results.period.opened")
def open_period(
    *, actor: Actor, programme: Programme, label: str, starts_on: date, ends_on: date
) -> ReportingPeriod:
    """Add a stretch of time to be reported on."""
    if ends_on < starts_on:
        raise Refused(
            "results.period.reversed",
            _("El período termina antes de empezar: corrija una de las fechas."),
            field="ends_on",
        )
    if ReportingPeriod.objects.filter(programme=programme, label=label).exists():
        raise Refused(
            "results.period.label_taken",
            _("Ya hay un período «%s» en este programa.") % label,
            field="label",
        )
    return record.add(
        ReportingPeriod(programme=programme, label=label, starts_on=starts_on, ends_on=ends_on)
    )


@writes("results.period.frozen")
def freeze_period(*, actor: Actor, period: ReportingPeriod) -> ReportingPeriod:
    """Freeze a period: its figures, with the records behind them, stay as they are now.

    Once its review began, every indicator has to be approved; or the actor says why not.
    """
    standing = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    if standing.state == State.FROZEN:
        raise Refused("results.period.already_frozen", _("Este período ya está congelado."))
    if freshness.of(standing.programme).is_stale:
        raise Refused(
            "results.period.stale",
            _("Hay registros nuevos que estas cifras no han visto. Recalcule y vuelva a congelar."),
        )
    current = Figure.objects.filter(period=standing, kind=Figure.Kind.CURRENT)
    copies = [_frozen(figure, actor) for figure in current]
    if not copies:
        raise Refused(
            "results.period.no_figures",
            _("Este período todavía no tiene cifras que congelar. Calcúlelas primero."),
        )
    despite = _despite(actor, standing)
    for copy in copies:
        record.add(copy)
    return record.change(
        standing,
        state=State.FROZEN,
        frozen_at=actor.at,
        frozen_by=actor.user,
        reopened_because="",
        frozen_despite=despite,
    )


def _despite(actor: Actor, period: ReportingPeriod) -> str:
    """Return why a period under review is frozen unapproved; nothing where all is approved."""
    if not reviewing.is_under_review(period):
        return ""
    left = reviewing.unapproved(period)
    if not left:
        return ""
    if not actor.reason.strip():
        raise Refused(
            "results.period.not_approved",
            ngettext(
                "%(n)s indicador de este período no está aprobado. Apruébelo, o escriba por qué "
                "se congela sin eso.",
                "%(n)s indicadores de este período no están aprobados. Apruébelos, o escriba por "
                "qué se congela sin eso.",
                len(left),
            )
            % {"n": len(left)},
            field="reason",
        )
    return actor.reason.strip()


def _frozen(figure: Figure, actor: Actor) -> Figure:
    """Return a copy that says what `figure` says and will go on saying it."""
    left_out = {"id", "kind"}
    kept = {
        field.attname: getattr(figure, field.attname)
        for field in Figure._meta.concrete_fields
        if field.name not in left_out
    }
    return Figure(**kept, kind=Figure.Kind.FROZEN)


@writes("results.period.reopened")
def reopen_period(*, actor: Actor, period: ReportingPeriod) -> ReportingPeriod:
    """Open a frozen period again, with a reason; its frozen figures are kept, as withdrawn."""
    standing = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    if standing.state != State.FROZEN:
        raise Refused("results.period.not_frozen", _("Este período no está congelado."))
    if not actor.reason.strip():
        raise Refused(
            "results.period.no_reason",
            _("Escriba por qué se abre de nuevo: quedará en el diario."),
            field="reason",
        )
    for figure in Figure.objects.filter(period=standing, kind=Figure.Kind.FROZEN):
        record.change(figure, kind=Figure.Kind.WITHDRAWN)
    return record.change(
        standing,
        state=State.OPEN,
        frozen_at=None,
        frozen_by=None,
        reopened_because=actor.reason.strip(),
    )
