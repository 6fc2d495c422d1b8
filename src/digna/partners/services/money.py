"""The money of cycles: costs, income, the word that all of it is there, closed years, targets."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.partners.models import (
    ClosedYear,
    CostLine,
    CostStatement,
    Currency,
    Income,
    RecoveryTarget,
)
from digna.registry.models import Organisation
from digna.training.models import Cycle

CENT = Decimal("0.01")


def refuse_closed(cycle: Cycle, reason: str) -> None:
    """Refuse to move the money of a closed year without a reason.

    Raises:
        Refused: `partners.money.year_closed`.
    """
    year = cycle.starts_on.year
    closed = ClosedYear.objects.filter(partner=cycle.partner, year=year).exists()
    if closed and not reason.strip():
        raise Refused(
            "partners.money.year_closed",
            _("El año %(year)s está cerrado: escriba por qué cambia su dinero.") % {"year": year},
            field="reason",
        )


def converted(values: dict[str, Any]) -> dict[str, Any]:
    """Return values whose rate makes sense: a rate has a date, and bolivianos have none.

    Raises:
        Refused: `partners.money.rate_without_date`, `partners.money.rate_not_positive`.
    """
    if values.get("currency", Currency.BOB) == Currency.BOB:
        return values | {"rate": None, "rate_on": None, "rate_source": ""}
    rate = values.get("rate")
    if rate is not None and rate <= 0:
        raise Refused(
            "partners.money.rate_not_positive",
            _("El tipo de cambio debe ser mayor que 0: cuántos bolivianos vale un dólar."),
            field="rate",
        )
    if rate is not None and values.get("rate_on") is None:
        raise Refused(
            "partners.money.rate_without_date",
            _("Diga de qué día es el tipo de cambio: sin fecha no se puede comprobar."),
            field="rate_on",
        )
    return values


@writes("partners.cost.added")
def add_cost(*, actor: Actor, cycle: Cycle, kind: str, **values: Any) -> CostLine:
    """Add a line of cost. Days × rate give the amounts that were not written.

    Raises:
        Refused: `partners.money.year_closed`, `partners.cost.empty`, `partners.money.negative`,
            and those of `converted`.
    """
    refuse_closed(cycle, actor.reason)
    return record.add(CostLine(cycle=cycle, kind=kind, **_costed(values)))


@writes("partners.cost.changed")
def change_cost(*, actor: Actor, line: CostLine, **values: Any) -> CostLine:
    """Correct a line of cost.

    Raises:
        Refused: as `add_cost`.
    """
    refuse_closed(line.cycle, actor.reason)
    return record.change(line, **_costed(values))


@writes("partners.cost.removed")
def remove_cost(*, actor: Actor, line: CostLine) -> None:
    """Take a line of cost out.

    Raises:
        Refused: `partners.money.year_closed`.
    """
    refuse_closed(line.cycle, actor.reason)
    record.remove(line)


def _costed(values: dict[str, Any]) -> dict[str, Any]:
    rate = values.get("day_rate")
    for amount, days in (("planned", "planned_days"), ("actual", "actual_days")):
        if values.get(amount) is None and rate is not None and values.get(days) is not None:
            values[amount] = (values[days] * rate).quantize(CENT, ROUND_HALF_UP)
    if values.get("planned") is None and values.get("actual") is None:
        raise Refused(
            "partners.cost.empty",
            _("Escriba lo previsto, lo gastado o ambos. Si no se gastó nada, escriba 0."),
            field="planned",
        )
    for amount in ("planned", "actual"):
        _refuse_negative(values.get(amount), amount)
    return converted(values)


def _refuse_negative(amount: Decimal | None, field: str) -> None:
    if amount is not None and amount < 0:
        raise Refused(
            "partners.money.negative",
            _("Un monto no puede ser negativo. Si es dinero que volvió, anote una devolución."),
            field=field,
        )


@writes("partners.cost.stated")
def state_costs(*, actor: Actor, cycle: Cycle, is_complete: bool) -> CostStatement:
    """State that every cost and income of a cycle is written down, or take that word back.

    Raises:
        Refused: `partners.money.year_closed`, `partners.cost.nothing_spent`,
            `partners.cost.actual_missing`, `partners.cost.rate_missing`.
    """
    refuse_closed(cycle, actor.reason)
    if is_complete:
        _refuse_incomplete(cycle)
    told = {"is_complete": is_complete, "at": actor.at, "by": actor.user}
    standing = CostStatement.objects.filter(cycle=cycle).first()
    if standing is not None:
        return record.change(standing, **told)
    return record.add(CostStatement(cycle=cycle, **told))


def _refuse_incomplete(cycle: Cycle) -> None:
    lines = list(cycle.cost_lines.all())
    if not lines:
        raise Refused(
            "partners.cost.nothing_spent",
            _("Este ciclo no tiene ni una línea de costo. Agréguelas antes de darlo por completo."),
        )
    missing = [line for line in lines if line.actual is None]
    if missing:
        raise Refused(
            "partners.cost.actual_missing",
            _("Falta lo gastado en: %(lines)s. Escríbalo, o 0 si no se gastó nada.")
            % {"lines": ", ".join(str(line.get_kind_display()) for line in missing)},
        )
    money = [*lines, *cycle.incomes.all(), *cycle.fees.all()]
    if any(row.currency != Currency.BOB and row.rate is None for row in money):
        raise Refused(
            "partners.cost.rate_missing",
            _("Hay montos en dólares sin tipo de cambio. Escríbalo, con su fecha, en cada uno."),
        )


@writes("partners.income.added")
def add_income(*, actor: Actor, cycle: Cycle, source: str, **values: Any) -> Income:
    """Add money for a cycle that did not come from its firms.

    Raises:
        Refused: `partners.money.year_closed`, `partners.money.negative`, those of `converted`.
    """
    refuse_closed(cycle, actor.reason)
    _refuse_negative(values.get("amount"), "amount")
    return record.add(Income(cycle=cycle, source=source, **converted(values)))


@writes("partners.income.changed")
def change_income(*, actor: Actor, income: Income, **values: Any) -> Income:
    """Correct an income.

    Raises:
        Refused: as `add_income`.
    """
    refuse_closed(income.cycle, actor.reason)
    _refuse_negative(values.get("amount"), "amount")
    return record.change(income, **converted(values))


@writes("partners.income.removed")
def remove_income(*, actor: Actor, income: Income) -> None:
    """Take an income out.

    Raises:
        Refused: `partners.money.year_closed`.
    """
    refuse_closed(income.cycle, actor.reason)
    record.remove(income)


@writes("partners.year.closed")
def close_year(*, actor: Actor, partner: Organisation, year: int) -> ClosedYear:
    """Close a year that was accounted for; from then on its money moves only with a reason."""
    standing = ClosedYear.objects.filter(partner=partner, year=year).first()
    if standing is not None:
        return standing
    return record.add(ClosedYear(partner=partner, year=year, at=actor.at, by=actor.user))


@writes("partners.year.reopened")
def reopen_year(*, actor: Actor, closed: ClosedYear) -> None:
    """Open a closed year again.

    Raises:
        Refused: `partners.year.no_reason`.
    """
    if not actor.reason.strip():
        raise Refused(
            "partners.year.no_reason",
            _("Escriba por qué se reabre el año %(year)s.") % {"year": closed.year},
            field="reason",
        )
    record.remove(closed)


@writes("partners.target.set")
def set_target(
    *,
    actor: Actor,
    partner: Organisation,
    year: int,
    group: str,
    covered: Decimal,
    cost: Decimal = Decimal(100),
) -> RecoveryTarget:
    """Set what part of the cost is meant to be covered in a year: `covered` of each `cost`.

    Raises:
        Refused: `partners.target.out_of_range`.
    """
    if not (0 <= covered <= cost) or cost <= 0:
        raise Refused(
            "partners.target.out_of_range",
            _("La meta va de 0 a %(cost)s. Escriba cuánto de cada %(cost)s se piensa cubrir.")
            % {"cost": cost},
            field="covered",
        )
    standing = RecoveryTarget.objects.filter(partner=partner, year=year, group=group).first()
    if standing is not None:
        return record.change(standing, covered=covered, cost=cost)
    row = RecoveryTarget(partner=partner, year=year, group=group, covered=covered, cost=cost)
    return record.add(row)
