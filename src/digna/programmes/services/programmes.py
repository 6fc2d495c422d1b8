"""Programmes and their parts: founded, changed, funded, divided into phases and areas."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import ExpectedResult, Funder, Phase, Programme, StrategicArea
from digna.registry.models import Organisation


@writes("programmes.programme.founded")
def found_programme(
    *,
    actor: Actor,
    code: str,
    name: str,
    starts_on: date,
    ends_on: date,
    summary_es: str = "",
    summary_en: str = "",
    is_public: bool = False,
    is_synthetic: bool = False,
) -> Programme:
    """Found a programme under a code that stays.

    Raises:
        Refused: `programmes.code_taken`, `programmes.dates_reversed`.
    """
    if Programme.objects.filter(code=code).exists():
        raise Refused(
            "programmes.code_taken",
            _("Ya hay un programa con el código «%(code)s». Elija otro.") % {"code": code},
            field="code",
        )
    refuse_reversed(starts_on, ends_on)
    return record.add(
        Programme(
            code=code,
            name=name,
            starts_on=starts_on,
            ends_on=ends_on,
            summary_es=summary_es,
            summary_en=summary_en,
            is_public=is_public,
            is_synthetic=is_synthetic,
        )
    )


@writes("programmes.programme.changed")
def change_programme(*, actor: Actor, programme: Programme, **values: Any) -> Programme:
    """Change what a programme says of itself; its code stays.

    Raises:
        Refused: `programmes.dates_reversed`.
    """
    starts_on = values.get("starts_on", programme.starts_on)
    refuse_reversed(starts_on, values.get("ends_on", programme.ends_on))
    return record.change(programme, **values)


@writes("programmes.funder.added")
def add_funder(
    *,
    actor: Actor,
    programme: Programme,
    organisation: Organisation,
    amount: Decimal | None = None,
    currency: str = "",
) -> Funder:
    """Say who pays, and how much where it is known; once per organisation.

    Raises:
        Refused: `programmes.amount_needs_currency`, `programmes.funder_twice`.
    """
    if amount is not None and not currency:
        raise Refused(
            "programmes.amount_needs_currency",
            _("Un monto lleva su moneda: BOB, USD, CHF…"),
            field="currency",
        )
    if programme.funders.filter(organisation=organisation).exists():
        raise Refused(
            "programmes.funder_twice",
            _("%(name)s ya figura como financiador.") % {"name": organisation.name},
            field="organisation",
        )
    return record.add(
        Funder(programme=programme, organisation=organisation, amount=amount, currency=currency)
    )


@writes("programmes.phase.added")
def add_phase(
    *, actor: Actor, programme: Programme, code: str, name: str, starts_on: date, ends_on: date
) -> Phase:
    """Add a phase, inside the programme's dates.

    Raises:
        Refused: `programmes.dates_reversed`, `programmes.phase_outside`, `programmes.code_taken`.
    """
    refuse_reversed(starts_on, ends_on)
    if not (programme.starts_on <= starts_on and ends_on <= programme.ends_on):
        raise Refused(
            "programmes.phase_outside",
            _("La fase se sale de las fechas del programa. Corrija unas u otras."),
            field="starts_on",
        )
    if programme.phases.filter(code=code).exists():
        raise Refused("programmes.code_taken", _("Ya hay una fase con ese código."), field="code")
    return record.add(
        Phase(programme=programme, code=code, name=name, starts_on=starts_on, ends_on=ends_on)
    )


@writes("programmes.areas.adopted")
def adopt_areas(
    *, actor: Actor, programme: Programme, areas: Sequence[dict[str, Any]]
) -> Programme:
    """Take over strategic areas from a kit: those that are new; the others stay as they are."""
    standing = set(programme.areas.values_list("code", flat=True))
    names = ("code", "order", "name_es", "name_en", "description_es", "description_en")
    for area in areas:
        if area["code"] not in standing:
            values = {name: area[name] for name in names if area.get(name) is not None}
            record.add(StrategicArea(programme=programme, **values))
    return programme


@writes("programmes.area.changed")
def change_area(*, actor: Actor, area: StrategicArea, **values: Any) -> StrategicArea:
    """Reword a strategic area; its code stays."""
    return record.change(area, **values)


@writes("programmes.result.expected")
def expect_result(
    *,
    actor: Actor,
    programme: Programme,
    code: str,
    statement: str,
    area: StrategicArea | None = None,
) -> ExpectedResult:
    """State a result to be reached.

    Raises:
        Refused: `programmes.code_taken`.
    """
    if programme.results.filter(code=code).exists():
        raise Refused(
            "programmes.code_taken", _("Ya hay un resultado con ese código."), field="code"
        )
    order = programme.results.count()
    return record.add(
        ExpectedResult(programme=programme, code=code, statement=statement, area=area, order=order)
    )


def refuse_reversed(starts_on: date, ends_on: date | None) -> None:
    """Refuse an end before its beginning."""
    if ends_on is not None and ends_on < starts_on:
        raise Refused(
            "programmes.dates_reversed",
            _("El fin está antes del inicio. Corrija una de las fechas."),
            field="ends_on",
        )
