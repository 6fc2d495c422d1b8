"""The money of an activity: budgets by year and what moved, each in its own currency.

Nothing is split and nothing is converted: what the standard cannot hold is left out and said.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.partners.models import CostLine, CostStatement, Fee, Income
from digna.programmes.models import Activity, Funder, Programme
from digna.results.iati import written
from digna.results.iati.lacks import Lack
from digna.results.publishing import UNDER
from digna.training.models import Cycle
from digna_engines.iati import model
from digna_engines.iati.model import Amount, Budget, Payer, Transaction
from digna_engines.iati.shapes import Narrative

ORIGINAL, INDICATIVE = "1", "1"
INCOMING, EXPENDITURE, INCOMING_COMMITMENT = "1", "4", "11"
SOURCES = {
    "partner": ("Dinero del socio", "Partner's own money"),
    "buyer": ("Comprador o auspiciador", "Buyer or sponsor"),
    "public": ("Subsidio público", "Public subsidy"),
    "donor": ("Aporte del donante", "Donor's contribution"),
}

NAMED = frozenset({"public", "donor"})
"""Who pays with public or donors' money is named; a buyer or a partner was not asked."""


def budgets(programme: Programme) -> tuple[tuple[Budget, ...], list[Lack]]:
    """Return what activities were budgeted, by calendar year and currency.

    An activity that runs over two years is not split: nobody said how.
    """
    sums: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    across, without = [], []
    rows = Activity.objects.filter(programme=programme).exclude(status=Activity.Status.CANCELLED)
    for row in rows.order_by("pk"):
        if row.budget_amount is None or not row.budget_currency:
            without.append(row)
        elif row.ends_on is None or row.ends_on.year != row.starts_on.year:
            across.append(row)
        else:
            sums[row.starts_on.year, row.budget_currency] += row.budget_amount
    found = tuple(_budget(programme, *key, amount) for key, amount in sorted(sums.items()))
    return found, _budget_lacks(programme, across, without)


def _budget(programme: Programme, year: int, currency: str, amount: Decimal) -> Budget:
    start = max(date(year, 1, 1), min(programme.starts_on, date(year, 12, 31)))
    end = min(date(year, 12, 31), max(programme.ends_on, date(year, 1, 1)))
    return Budget(
        type=ORIGINAL,
        status=INDICATIVE,
        start=start.isoformat(),
        end=end.isoformat(),
        value=_amount(amount, currency, start),
    )


def _budget_lacks(
    programme: Programme, across: list[Activity], without: list[Activity]
) -> list[Lack]:
    page = reverse("programmes:programme", args=[programme.code])
    found = [
        Lack(
            _("El presupuesto de «%(title)s» no sale: dura más de un año calendario.")
            % {"title": row.title},
            reverse("programmes:activity", args=[row.pk]),
        )
        for row in across
    ]
    if without:
        sentence = _("%(n)s actividades no tienen presupuesto anotado.") % {"n": len(without)}
        found.append(Lack(sentence, page))
    return found


def transactions(programme: Programme, today: date) -> tuple[tuple[Transaction, ...], list[Lack]]:
    """Return what was committed, came in and was spent until `today`."""
    cycles, shared = _cycles(programme)
    found = [
        *_commitments(programme, today),
        *_incomes(cycles, today),
        *_fees(cycles, today),
        *_costs(cycles, today),
    ]
    return tuple(found), [*_unfunded(programme), *_shared(programme, shared)]


def _cycles(programme: Programme) -> tuple[list[Cycle], int]:
    """Return the cycles of this programme alone, and how many it shares with others."""
    rows = Cycle.objects.filter(programmes=programme, is_cancelled=False)
    alone = [row for row in rows.prefetch_related("programmes") if len(row.programmes.all()) == 1]
    return alone, len(rows) - len(alone)


def _commitments(programme: Programme, today: date) -> Iterator[Transaction]:
    if programme.starts_on > today:
        return
    rows = Funder.objects.filter(programme=programme, amount__isnull=False).exclude(currency="")
    for row in rows.select_related("organisation").order_by("pk"):
        if row.amount is not None:
            yield Transaction(
                type=INCOMING_COMMITMENT,
                date=programme.starts_on.isoformat(),
                value=_amount(row.amount, row.currency, programme.starts_on),
                description=written.words(
                    "Aporte comprometido; la fecha es la del inicio del programa.",
                    "Committed contribution; dated at the start of the programme.",
                ),
                provider=Payer(names=(Narrative(row.organisation.name),)),
            )


def _incomes(cycles: list[Cycle], today: date) -> Iterator[Transaction]:
    rows = Income.objects.filter(cycle__in=cycles, on__lte=today).select_related("cycle")
    for row in rows.order_by("on", "pk"):
        es, en = SOURCES[row.source]
        is_public_body = row.source in NAMED and row.payer != ""
        yield Transaction(
            type=INCOMING,
            date=row.on.isoformat(),
            value=_amount(row.amount, row.currency, row.on),
            description=written.words(f"{es}: {row.cycle.title}", f"{en}: {row.cycle.title}"),
            provider=Payer(names=(Narrative(row.payer),)) if is_public_body else None,
        )


def _fees(cycles: list[Cycle], today: date) -> Iterator[Transaction]:
    """Yield what firms paid in a year, never of fewer than five: what one pays is its own."""
    sums: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    firms: dict[tuple[int, str], set[int]] = defaultdict(set)
    last: dict[tuple[int, str], date] = {}
    for fee in Fee.objects.filter(cycle__in=cycles).prefetch_related("payments"):
        for payment in fee.payments.all():
            if payment.on <= today:
                key = (payment.on.year, fee.currency)
                sums[key] += payment.signed
                firms[key].add(fee.enterprise_id)
                last[key] = max(payment.on, last.get(key, payment.on))
    for key in sorted(sums):
        if sums[key] > 0 and len(firms[key]) >= UNDER:
            year, currency = key
            yield Transaction(
                type=INCOMING,
                date=last[key].isoformat(),
                value=_amount(sums[key], currency, last[key]),
                description=written.words(
                    f"Cuotas pagadas por {len(firms[key])} empresas en {year}",
                    f"Fees paid by {len(firms[key])} firms in {year}",
                ),
            )


def _costs(cycles: list[Cycle], today: date) -> Iterator[Transaction]:
    """Yield what cycles cost, where somebody said that every cost is written down."""
    stated = CostStatement.objects.filter(cycle__in=cycles, is_complete=True)
    complete = set(stated.values_list("cycle_id", flat=True))
    for cycle in cycles:
        on = cycle.ends_on or cycle.starts_on
        if cycle.pk in complete and on <= today:
            lines = CostLine.objects.filter(cycle=cycle, actual__isnull=False)
            for currency, amount in sorted(_by_currency(lines).items()):
                yield Transaction(
                    type=EXPENDITURE,
                    date=on.isoformat(),
                    value=_amount(amount, currency, on),
                    description=written.words(
                        f"Costo completo de «{cycle.title}»; la fecha es la del fin del ciclo.",
                        f"Full cost of “{cycle.title}”; dated at the end of the cycle.",
                    ),
                )


def _by_currency(lines: Iterable[CostLine]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        sums[line.currency] += line.actual or Decimal(0)
    return sums


def _amount(amount: Decimal, currency: str, on: date) -> model.Amount:
    return Amount(currency=currency, value_date=on.isoformat(), amount=written.number(amount))


def _unfunded(programme: Programme) -> list[Lack]:
    rows = Funder.objects.filter(programme=programme).select_related("organisation")
    bare = sorted(row.organisation.name for row in rows if row.amount is None or not row.currency)
    if not bare:
        return []
    page = reverse("programmes:programme", args=[programme.code])
    sentence = _("Sin monto o moneda de lo que aportan: %(names)s.") % {"names": ", ".join(bare)}
    return [Lack(sentence, page)]


def _shared(programme: Programme, count: int) -> list[Lack]:
    if count == 0:
        return []
    page = reverse("programmes:programme", args=[programme.code])
    sentence = _("El dinero de %(n)s ciclos no sale: son también de otros programas.")
    return [Lack(sentence % {"n": count}, page)]
