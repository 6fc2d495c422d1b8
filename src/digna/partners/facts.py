"""The fact tables of this room: money by who paid it, and the full cost of cycles.

In bolivianos. A refund is a negative fee. A cycle whose cost is not complete has no cost: None,
never 0, so that a ratio over it is missing and not wrong. Both tables tell whether a row's cycle is
complete, because recovery takes both sides from complete cycles only.
"""

from collections.abc import Iterator
from typing import Any

from digna.partners import recovery
from digna.partners.models import Fee, Income, Instalment
from digna.partners.selectors import money
from digna.training.models import Cycle
from digna_engines.indicators import Column, FactSchema

Row = tuple[Any, ...]

FEE = FactSchema(
    name="fee",
    grain="un pago, una devolución, un plazo o un ingreso de un ciclo (y de cada programa suyo)",
    keys=("row", "cycle_id", "programme_id"),
    columns={
        "row": Column("text", nullable=False, label="fila"),
        "kind": Column("text", nullable=False, label="qué es: paid, instalment o income"),
        "source": Column("text", nullable=False, label="de dónde viene"),
        "cycle_id": Column("integer", nullable=False, label="ciclo"),
        "programme_id": Column("integer", nullable=False, label="programa"),
        "enterprise_id": Column("integer", label="empresa"),
        "partner": Column("text", label="socio"),
        "module": Column("text", nullable=False, label="módulo"),
        "module_group": Column("text", nullable=False, label="módulo 1, 2 a 5, otros"),
        "on": Column("date", nullable=False, label="fecha"),
        "cycle_on": Column("date", nullable=False, label="inicio del ciclo"),
        "amount_bob": Column("number", label="monto en bolivianos"),
        "recovers": Column("boolean", nullable=False, label="cuenta como recuperado"),
        "is_complete": Column("boolean", nullable=False, label="ciclo con costo completo"),
    },
    dimensions=("kind", "source", "partner", "module", "module_group"),
)

COST = FactSchema(
    name="cycle_cost",
    grain="un ciclo (y cada programa suyo)",
    keys=("cycle_id", "programme_id"),
    columns={
        "cycle_id": Column("integer", nullable=False, label="ciclo"),
        "programme_id": Column("integer", nullable=False, label="programa"),
        "partner": Column("text", label="socio"),
        "module": Column("text", nullable=False, label="módulo"),
        "module_group": Column("text", nullable=False, label="módulo 1, 2 a 5, otros"),
        "cycle_on": Column("date", nullable=False, label="inicio del ciclo"),
        "is_complete": Column("boolean", nullable=False, label="costo completo"),
        "cost_bob": Column("number", label="costo completo en bolivianos"),
        "covered_bob": Column("number", label="cubierto sin el donante, en bolivianos"),
        "firm_paid_bob": Column("number", label="pagado por las empresas, en bolivianos"),
    },
    dimensions=("partner", "module", "module_group"),
)


def fee_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the schema and the rows, of one programme or of all."""
    return FEE, _fee_rows(programme_id)


def cost_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the schema and the rows, of one programme or of all."""
    return COST, _cost_rows(programme_id)


def _cycles(programme_id: int | None) -> tuple[list[Cycle], dict[int, list[int]]]:
    """Return the cycles that were not cancelled and the programmes each counts in."""
    links = Cycle.programmes.through.objects.order_by("programme_id")
    if programme_id is not None:
        links = links.filter(programme_id=programme_id)
    programmes: dict[int, list[int]] = {}
    for cycle, programme in links.values_list("cycle_id", "programme_id"):
        programmes.setdefault(cycle, []).append(programme)
    rows = Cycle.objects.filter(pk__in=programmes, is_cancelled=False)
    return list(rows.select_related("module", "partner").order_by("pk")), programmes


def _cost_rows(programme_id: int | None) -> Iterator[Row]:
    cycles, programmes = _cycles(programme_id)
    for cycle, told in zip(cycles, money.money_of(cycles), strict=True):
        is_complete = told.cost is not None
        amounts = (
            told.cost,
            told.of(*recovery.COVERING) if is_complete else None,
            told.of(recovery.FIRM) if is_complete else None,
        )
        shared = (told.partner or None, cycle.module.code, told.group, cycle.starts_on)
        for programme in programmes[cycle.pk]:
            yield (cycle.pk, programme, *shared, is_complete, *amounts)


def _fee_rows(programme_id: int | None) -> Iterator[Row]:
    cycles, programmes = _cycles(programme_id)
    complete = {told.cycle for told in money.money_of(cycles) if told.cost is not None}
    by_key = {cycle.pk: cycle for cycle in cycles}
    for key, kind, source, cycle_id, firm, on, amount in _amounts(list(by_key)):
        cycle = by_key[cycle_id]
        partner = cycle.partner.code if cycle.partner is not None else None
        group = money.group_of(cycle.module)
        recovers = kind != "instalment" and source in recovery.COVERING
        for programme in programmes[cycle_id]:
            yield (
                key, kind, source, cycle_id, programme, firm, partner, cycle.module.code, group,
                on, cycle.starts_on, amount, recovers, cycle_id in complete,
            )  # fmt: skip


def _amounts(cycles: list[int]) -> Iterator[Row]:
    """Yield (row, kind, source, cycle, firm, day, bolivianos) of every amount."""
    firm = recovery.FIRM
    for fee in Fee.objects.filter(cycle__in=cycles).prefetch_related("payments").order_by("pk"):
        for payment in fee.payments.all():
            amount = fee.in_bolivianos(payment.signed)
            key = f"payment-{payment.pk}"
            yield key, "paid", firm, fee.cycle_id, fee.enterprise_id, payment.on, amount
    plans = Instalment.objects.filter(fee__cycle__in=cycles).select_related("fee").order_by("pk")
    for due in plans:
        amount, fee = due.fee.in_bolivianos(due.amount), due.fee
        key = f"instalment-{due.pk}"
        yield key, "instalment", firm, fee.cycle_id, fee.enterprise_id, due.due_on, amount
    for income in Income.objects.filter(cycle__in=cycles).order_by("pk"):
        amount = income.in_bolivianos(income.amount)
        key = f"income-{income.pk}"
        yield key, "income", income.source, income.cycle_id, None, income.on, amount
