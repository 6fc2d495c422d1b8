"""The money of cycles as it is shown: what is complete, who paid, what is owed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from digna.partners import recovery
from digna.partners.models import (
    ClosedYear,
    CostLine,
    CostStatement,
    Fee,
    Income,
    Payment,
    RecoveryTarget,
)
from digna.partners.recovery import Comparison, CycleMoney, Due, Recovery
from digna.registry.models import Organisation
from digna.training.models import Cycle, Module, Opportunity

ZERO = Decimal(0)
FIRST, LATER, OTHER = "first", "later", "other"
CLASSIC = ("m2", "m3", "m4", "m5")


def group_of(module: Module) -> str:
    """Return where a module is counted: the first apart from the other four classic ones."""
    code = module.variant_of or module.code
    if code == "m1":
        return FIRST
    return LATER if code in CLASSIC else OTHER


def cycles_of(partners: Iterable[int] | QuerySet[Organisation]) -> QuerySet[Cycle]:
    """Return the cycles of some partners that were not cancelled."""
    rows = Cycle.objects.filter(partner__in=partners, is_cancelled=False)
    return rows.select_related("module", "partner").order_by("-starts_on", "-pk")


def money_of(cycles: Sequence[Cycle]) -> list[CycleMoney]:
    """Return the money of cycles in bolivianos, in a handful of queries however many they are."""
    keys = [cycle.pk for cycle in cycles]
    costs: dict[int, list[CostLine]] = defaultdict(list)
    for line in CostLine.objects.filter(cycle__in=keys):
        costs[line.cycle_id].append(line)
    stated = CostStatement.objects.filter(cycle__in=keys, is_complete=True)
    complete = set(stated.values_list("cycle_id", flat=True))
    income = _income_of(keys)
    return [
        _money(cycle, costs[cycle.pk], income[cycle.pk], cycle.pk in complete) for cycle in cycles
    ]


def _income_of(keys: list[int]) -> dict[int, list[tuple[str, Decimal | None]]]:
    """Return (source, amount in bolivianos) of each cycle; None where a rate is missing."""
    found: dict[int, list[tuple[str, Decimal | None]]] = defaultdict(list)
    for income in Income.objects.filter(cycle__in=keys):
        found[income.cycle_id].append((income.source, income.in_bolivianos(income.amount)))
    for fee in Fee.objects.filter(cycle__in=keys).prefetch_related("payments"):
        for payment in fee.payments.all():
            amount = fee.in_bolivianos(payment.signed)
            found[fee.cycle_id].append((recovery.FIRM, amount))
    return found


def _money(
    cycle: Cycle,
    lines: list[CostLine],
    income: list[tuple[str, Decimal | None]],
    is_complete: bool,
) -> CycleMoney:
    known = all(amount is not None for _source, amount in income)
    cost = recovery.total(line.in_bolivianos(line.actual) for line in lines)
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for source, amount in income:
        sums[source] += amount or ZERO
    return CycleMoney(
        cycle=cycle.pk,
        cost=cost if is_complete and known else None,
        income=dict(sums),
        partner=cycle.partner.code if cycle.partner is not None else "",
        module=cycle.module.name,
        group=group_of(cycle.module),
        year=cycle.starts_on.year,
        label=cycle.title,
    )


@dataclass(frozen=True, slots=True)
class CycleRow:
    """One cycle in the list of a partner's money."""

    cycle: Cycle
    planned: Decimal | None
    actual: Decimal | None
    money: CycleMoney
    recovery: Recovery


@dataclass(frozen=True, slots=True)
class Part:
    """One rolled-up line: of a year, a group of modules, a module."""

    label: str
    recovery: Recovery


@dataclass(frozen=True, slots=True)
class MoneyPage:
    """A partner's money: all of it, by year and by module, who is late."""

    rows: tuple[CycleRow, ...]
    whole: Recovery
    sources: tuple[tuple[str, Decimal], ...]
    by_year: tuple[Part, ...]
    by_group: tuple[Part, ...]
    by_module: tuple[Part, ...]
    late: tuple["LateDue", ...]
    closed: tuple[ClosedYear, ...]
    open_years: tuple[int, ...]
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class LateDue:
    """An instalment past its day."""

    fee: Fee
    due: Due


def group_words() -> dict[str, str]:
    """Return what each group of modules is called."""
    return {FIRST: _("Módulo 1"), LATER: _("Módulos 2 a 5"), OTHER: _("Otros módulos")}


def source_words() -> dict[str, str]:
    """Return what each source of money is called, those that recover cost first."""
    return {
        recovery.FIRM: _("Cuotas de las empresas"),
        recovery.PARTNER: _("Dinero del socio"),
        recovery.BUYER: _("Comprador o auspiciador"),
        recovery.PUBLIC: _("Subsidio público"),
        recovery.DONOR: _("OIT o donante (no cuenta)"),
    }


def money_page(partner: Organisation, today: date) -> MoneyPage:
    """Return all that is said of a partner's money."""
    cycles = list(cycles_of([partner.pk]))
    money = money_of(cycles)
    planned, actual = _sums(cycles)
    rows = tuple(
        CycleRow(c, planned.get(c.pk), actual.get(c.pk), m, recovery.recovery([m]))
        for c, m in zip(cycles, money, strict=True)
    )
    closed = tuple(ClosedYear.objects.filter(partner=partner).select_related("by"))
    years = sorted({m.year for m in money}, reverse=True)
    return MoneyPage(
        rows=rows,
        whole=recovery.recovery(money),
        sources=_sources(money),
        by_year=_parts(money, lambda m: str(m.year), {str(y): str(y) for y in years}),
        by_group=_parts(money, lambda m: m.group, group_words()),
        by_module=_parts(
            money, lambda m: m.module, {n: n for n in sorted({m.module for m in money})}
        ),
        late=late_of([partner.pk], today),
        closed=closed,
        open_years=tuple(y for y in years if y not in {c.year for c in closed}),
        comparisons=comparisons([partner], money),
    )


def _parts(
    money: list[CycleMoney], key: Callable[[CycleMoney], str], words: Mapping[str, str]
) -> tuple[Part, ...]:
    """Return one rolled-up line for each word that any cycle falls under, in their order."""
    rolled = recovery.by(money, key)
    return tuple(Part(word, rolled[name]) for name, word in words.items() if name in rolled)


def _sources(money: list[CycleMoney]) -> tuple[tuple[str, Decimal], ...]:
    """Return what came from each source in the cycles whose money is complete."""
    complete = [m for m in money if m.cost is not None]
    if not complete:
        return ()
    return tuple(
        (label, sum((m.of(source) for m in complete), ZERO))
        for source, label in source_words().items()
    )


def _sums(
    cycles: list[Cycle],
) -> tuple[dict[int, Decimal | None], dict[int, Decimal | None]]:
    lines: dict[int, list[CostLine]] = defaultdict(list)
    for line in CostLine.objects.filter(cycle__in=[c.pk for c in cycles]):
        lines[line.cycle_id].append(line)
    return (
        {k: recovery.total(r.in_bolivianos(r.planned) for r in v) for k, v in lines.items()},
        {k: recovery.total(r.in_bolivianos(r.actual) for r in v) for k, v in lines.items()},
    )


def dues_of(fee: Fee, today: date) -> tuple[Due, ...]:
    """Return the instalments of a fee (prefetched) as they stand."""
    paid = paid_of(fee)
    plan = [(row.due_on, row.amount) for row in fee.instalments.all()]
    return recovery.instalments(plan, paid, today)


def paid_of(fee: Fee) -> Decimal:
    """Return what a firm paid, less what went back to it."""
    return sum((payment.signed for payment in fee.payments.all()), ZERO)


def fees_of(cycles: Iterable[int] | QuerySet[Any, Any]) -> QuerySet[Fee]:
    """Return the fees of cycles with their instalments and payments."""
    return (
        Fee.objects.filter(cycle__in=cycles)
        .select_related("enterprise", "cycle__partner")
        .prefetch_related(
            "instalments", Prefetch("payments", queryset=Payment.objects.order_by("on", "pk"))
        )
    )


def late_of(partners: list[int], today: date) -> tuple[LateDue, ...]:
    """Return the instalments past their day, the oldest first."""
    cycles = Cycle.objects.filter(partner__in=partners, is_cancelled=False)
    late = [
        LateDue(fee, due)
        for fee in fees_of(cycles.values("pk"))
        for due in dues_of(fee, today)
        if due.is_late
    ]
    return tuple(sorted(late, key=lambda one: one.due.due_on))


def comparisons(
    partners: Sequence[Organisation], money: Sequence[CycleMoney]
) -> tuple[Comparison, ...]:
    """Return each target beside what happened in its year, for its partner and modules."""
    names = {partner.pk: partner for partner in partners}
    words, found = group_words(), []
    targets = RecoveryTarget.objects.filter(partner__in=names).order_by("-year")
    for target in sorted(targets, key=lambda t: (-t.year, str(names[t.partner_id]), t.group)):
        partner = names[target.partner_id]
        inside = [
            m
            for m in money
            if m.partner == partner.code
            and m.year == target.year
            and target.group in (RecoveryTarget.Group.ALL, m.group)
        ]
        of_modules = words.get(target.group, _("Todos los módulos"))
        label = f"{partner} · {of_modules} · {target.year}"
        share = target.covered / target.cost
        found.append(recovery.compare(label, share, recovery.recovery(inside)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class FeeRow:
    """What one firm of a cycle owes and paid, and what its offer had said."""

    fee: Fee
    paid: Decimal
    owed: Decimal
    dues: tuple[Due, ...]
    payments: tuple[Payment, ...]
    is_late: bool
    offered: Decimal | None
    accepted: Decimal | None
    discount: Decimal | None


@dataclass(frozen=True, slots=True)
class CyclePage:
    """The money of one cycle in full."""

    lines: tuple[CostLine, ...]
    planned: Decimal | None
    actual: Decimal | None
    incomes: tuple[Income, ...]
    fees: tuple[FeeRow, ...]
    without_fee: tuple[str, ...]
    money: CycleMoney
    recovery: Recovery
    sources: tuple[tuple[str, Decimal], ...]
    is_stated: bool
    is_closed: bool


def cycle_page(cycle: Cycle, today: date) -> CyclePage:
    """Return the money of one cycle."""
    lines = tuple(cycle.cost_lines.all())
    money = money_of([cycle])[0]
    offers = {
        row.enterprise_id: row
        for row in Opportunity.objects.filter(firm__cycle=cycle).order_by("since", "pk")
    }
    fees = tuple(_fee_row(fee, offers.get(fee.enterprise_id), today) for fee in fees_of([cycle.pk]))
    with_fee = {row.fee.enterprise_id for row in fees}
    firms = cycle.firms.select_related("enterprise").order_by("enterprise__name")
    stated = CostStatement.objects.filter(cycle=cycle, is_complete=True).exists()
    year = cycle.starts_on.year
    return CyclePage(
        lines=lines,
        planned=recovery.total(line.in_bolivianos(line.planned) for line in lines),
        actual=recovery.total(line.in_bolivianos(line.actual) for line in lines),
        incomes=tuple(cycle.incomes.all()),
        fees=fees,
        without_fee=tuple(f.enterprise.name for f in firms if f.enterprise_id not in with_fee),
        money=money,
        recovery=recovery.recovery([money]),
        sources=tuple((w, money.of(s)) for s, w in source_words().items()),
        is_stated=stated,
        is_closed=ClosedYear.objects.filter(partner=cycle.partner, year=year).exists(),
    )


def _fee_row(fee: Fee, offer: Opportunity | None, today: date) -> FeeRow:
    paid, dues = paid_of(fee), dues_of(fee, today)
    return FeeRow(
        fee=fee,
        paid=paid,
        owed=fee.agreed - paid,
        dues=dues,
        payments=tuple(fee.payments.all()),
        is_late=any(due.is_late for due in dues),
        offered=offer.price_offered if offer else None,
        accepted=offer.price_accepted if offer else None,
        discount=offer.discount if offer else None,
    )
