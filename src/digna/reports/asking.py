"""From what was asked in a form to what a report is opened with."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.reports import access, quarters
from digna.results.models import ReportingPeriod


def about(user: object, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return of what, of whom and over which days a report is opened.

    Raises:
        Refused: `reports.period.unknown`: the programme has no such period.
        NotVisible: `reports.not_visible`: a trainer this user does not answer for.
    """
    if kind in ("trainer", "partner"):
        return _over_days(user, given)
    programme, label = given["programme"], given.get("period", "")
    row = ReportingPeriod.objects.filter(programme=programme, label=label).first()
    if label and row is None:
        raise Refused(
            "reports.period.unknown",
            _("Ese programa no tiene el período «%(label)s»: elija otro.") % {"label": label},
            field="period",
        )
    until = row.ends_on if row is not None else programme.ends_on
    return {
        "programme": programme,
        "period": label,
        "starts_on": programme.starts_on,
        "ends_on": max(until, programme.starts_on),
    }


def _over_days(user: object, given: Mapping[str, Any]) -> dict[str, Any]:
    stretch = quarters.parse(given["period"]) or quarters.quarter_of(timezone.localdate())
    days = {"period": stretch.key, "starts_on": stretch.starts_on, "ends_on": stretch.ends_on}
    if "partner" in given:
        return {"partner": given["partner"], **days}
    trainer = given["trainer"]
    return {"trainer": trainer, "partner": access.partner_of_trainer(user, trainer), **days}
