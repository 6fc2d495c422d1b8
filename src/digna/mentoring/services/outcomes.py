"""What changed in a mentee's firm, measured; what was not answered stays without data."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.mentoring.models import Application, Outcome


@writes("mentoring.outcome.recorded")
def record_outcome(
    *, actor: Actor, application: Application, point: int, on: date, **told: Any
) -> Outcome:
    """Record or correct one measurement. None is «sin dato»; zero is zero.

    Raises:
        Refused: `mentoring.outcome.future`, `mentoring.outcome.empty`.
    """
    if on > timezone.localdate(actor.at):
        raise Refused(
            "mentoring.outcome.future",
            _("El %(day)s todavía no llega. Corrija la fecha.") % {"day": on.strftime("%d/%m/%Y")},
            field="on",
        )
    practices = {
        code: said for code, said in (told.pop("practices", None) or {}).items() if said is not None
    }
    measured = ("sales", "sells_digitally", "is_formal", "jobs_women", "jobs_men")
    if not practices and all(told.get(name) is None for name in measured):
        raise Refused(
            "mentoring.outcome.empty",
            _("No se respondió ninguna pregunta. Responda al menos una; el resto queda sin dato."),
        )
    values = told | {"on": on, "practices": practices}
    if values.get("sales") is None:
        values["currency"] = ""
    standing = Outcome.objects.filter(application=application, point=point).first()
    if standing is not None:
        return record.change(standing, **values)
    return record.add(
        Outcome(
            application=application,
            point=point,
            recorded_by=actor.user,
            recorded_at=actor.at,
            **values,
        )
    )
