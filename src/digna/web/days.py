"""How a day is written for a person: 24/11/2026, «martes 24 de noviembre», «hace 3 días»."""

from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Moment = date | datetime  # a template gives "" for a name it does not know: missing as well


def day(value: Moment | None) -> str:
    """Return `24/11/2026`; missing is «sin dato»."""
    if not isinstance(value, date):
        return _("sin dato")
    return formats.date_format(_local(value), "SHORT_DATE_FORMAT")


def weekday(value: Moment | None) -> str:
    """Return `martes 24 de noviembre`: on a phone the weekday is what people plan by."""
    if not isinstance(value, date):
        return _("sin dato")
    local = _local(value)
    name = formats.date_format(local, "l").lower()
    return f"{name} {formats.date_format(local, 'MONTH_DAY_FORMAT')}"


def moment(value: datetime | None) -> str:
    """Return `24/11/2026 15:30`; missing is «sin dato»."""
    if not isinstance(value, date):
        return _("sin dato")
    return formats.date_format(_local(value), "SHORT_DATETIME_FORMAT")


def since(value: Moment | None, now: datetime | None = None) -> str:
    """Return how long ago in one unit: «hace 5 minutos», «ayer», «hace 3 días», else the day."""
    if not isinstance(value, date):
        return _("sin dato")
    now = timezone.localtime(now)
    local = _local(value)
    gone = (now.date() - _date_of(local)).days
    if gone == 0 and isinstance(local, datetime):
        return _today(int((now - local).total_seconds()))
    return _earlier(gone, local)


def _today(seconds: int) -> str:
    if seconds < 60:
        return _("hace un momento")
    if seconds < 3600:
        minutes = seconds // 60
        return ngettext("hace %(n)s minuto", "hace %(n)s minutos", minutes) % {"n": minutes}
    hours = seconds // 3600
    return ngettext("hace %(n)s hora", "hace %(n)s horas", hours) % {"n": hours}


def _earlier(gone: int, local: Moment) -> str:
    words = {0: _("hoy"), 1: _("ayer")}
    if gone in words:
        return words[gone]
    if 1 < gone < 30:
        return ngettext("hace %(n)s día", "hace %(n)s días", gone) % {"n": gone}
    return day(local)  # further away, or yet to come: the date says more than a count


def _local(value: Moment) -> Moment:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _date_of(value: Moment) -> date:
    return value.date() if isinstance(value, datetime) else value
