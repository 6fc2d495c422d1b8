"""Cohorts: opened with their terms, corrected, closed."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.mentoring import instruments
from digna.mentoring.models import Cohort, Pair
from digna.programmes.models import Programme
from digna.registry.models import Organisation


@writes("mentoring.cohort.opened")
def open_cohort(
    *,
    actor: Actor,
    title: str,
    programme: Programme,
    template: str,
    starts_on: date,
    ends_on: date,
    call_opens_on: date,
    call_closes_on: date,
    partner: Organisation | None = None,
    **values: Any,
) -> Cohort:
    """Open a cohort; it keeps the template and texts of the kit as they are today.

    Raises:
        Refused: `mentoring.cohort.no_template`, `mentoring.cohort.dates`,
            `mentoring.cohort.call_dates`.
    """
    terms = instruments.terms_of(template)
    if not terms["template"]:
        raise Refused(
            "mentoring.cohort.no_template",
            _("No hay un modelo «%(code)s» en los kits instalados. Elija uno de la lista.")
            % {"code": template},
            field="template",
        )
    _refuse_dates(starts_on, ends_on, call_opens_on, call_closes_on)
    return record.add(
        Cohort(
            title=title,
            programme=programme,
            partner=partner,
            template=template,
            terms=terms,
            starts_on=starts_on,
            ends_on=ends_on,
            call_opens_on=call_opens_on,
            call_closes_on=call_closes_on,
            created_by=actor.user,
            **values,
        )
    )


def _refuse_dates(starts_on: date, ends_on: date, opens_on: date, closes_on: date) -> None:
    if ends_on < starts_on:
        raise Refused(
            "mentoring.cohort.dates",
            _("La cohorte empieza el %(day)s: no puede terminar antes. Corrija una de las fechas.")
            % {"day": starts_on.strftime("%d/%m/%Y")},
            field="ends_on",
        )
    if closes_on < opens_on:
        raise Refused(
            "mentoring.cohort.call_dates",
            _("La convocatoria abre el %(day)s: no puede cerrar antes. Corrija una de las fechas.")
            % {"day": opens_on.strftime("%d/%m/%Y")},
            field="call_closes_on",
        )


@writes("mentoring.cohort.corrected")
def correct_cohort(*, actor: Actor, cohort: Cohort, **values: Any) -> Cohort:
    """Change title, dates, texts or limits; template and terms stay what people agreed to.

    Raises:
        Refused: `mentoring.cohort.dates`, `mentoring.cohort.call_dates`.
    """
    values.pop("template", None)
    _refuse_dates(
        values.get("starts_on", cohort.starts_on),
        values.get("ends_on", cohort.ends_on),
        values.get("call_opens_on", cohort.call_opens_on),
        values.get("call_closes_on", cohort.call_closes_on),
    )
    return record.change(cohort, **values)


@writes("mentoring.cohort.closed")
def close_cohort(*, actor: Actor, cohort: Cohort) -> Cohort:
    """Close a cohort once no pair waits or goes on.

    Raises:
        Refused: `mentoring.cohort.has_pairs`.
    """
    going = cohort.pairs.filter(state__in=Pair.HOLDING).count()
    if going:
        raise Refused(
            "mentoring.cohort.has_pairs",
            _("Quedan %(n)s parejas en marcha o por responder. Complételas o libérelas antes.")
            % {"n": going},
        )
    return record.change(cohort, closed_on=timezone.localdate(actor.at))
