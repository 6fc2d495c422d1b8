"""What is closed: stated values of a frozen or locked period are not changed."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.results.models import Figure, Indicator, ReportingPeriod

State = ReportingPeriod.State


def refuse_closed(indicator: Indicator, starts_on: date, ends_on: date, field: str) -> None:
    """Refuse to change a stated value of days that a frozen or locked period covers.

    A target of the whole programme lies in no single period and stays open. A kit that brings a
    new indicator may bring its targets of frozen years too: nothing of it was frozen.
    """
    closed = ReportingPeriod.objects.filter(
        Q(is_locked=True) | Q(state=State.FROZEN),
        programme=indicator.programme_id,
        starts_on__lte=starts_on,
        ends_on__gte=ends_on,
    )
    for period in closed:
        if period.is_locked:
            raise _closed(period, _("está bloqueado"), _("Desbloquéelo"), field)
        frozen = Figure.objects.filter(indicator=indicator, period=period, kind=Figure.Kind.FROZEN)
        if indicator.is_reported or frozen.exists():
            raise _closed(period, _("está congelado"), _("Ábralo de nuevo"), field)


def _closed(period: ReportingPeriod, state: str, remedy: str, field: str) -> Refused:
    return Refused(
        "results.period.closed",
        _("El período %(period)s %(state)s: este dato ya no se cambia. %(remedy)s con un motivo.")
        % {"period": period.label, "state": state, "remedy": remedy},
        field=field,
    )
