"""What firms agree to pay, by instalments, what they paid, and what went back to them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.partners.models import Fee, Instalment, Payment
from digna.partners.services import money
from digna.registry.models import Enterprise
from digna.training.models import Cycle

Plan = Sequence[tuple[date, Decimal]]


@writes("partners.fee.agreed")
def agree_fee(
    *, actor: Actor, cycle: Cycle, enterprise: Enterprise, agreed: Decimal, plan: Plan, **more: Any
) -> Fee:
    """Note what a firm of the cycle agreed to pay, and by when. A fee of 0 is a fee.

    Raises:
        Refused: `partners.fee.not_in_cycle`, `partners.fee.already`, `partners.fee.plan`,
            `partners.money.negative`, `partners.money.year_closed`, those of `converted`.
    """
    money.refuse_closed(cycle, actor.reason)
    if not cycle.firms.filter(enterprise=enterprise).exists():
        raise Refused(
            "partners.fee.not_in_cycle",
            _("%(firm)s no está en este ciclo. Inscríbala antes de acordar su cuota.")
            % {"firm": enterprise.name},
            field="enterprise",
        )
    if Fee.objects.filter(cycle=cycle, enterprise=enterprise).exists():
        raise Refused(
            "partners.fee.already",
            _("%(firm)s ya tiene cuota en este ciclo. Corrija esa.") % {"firm": enterprise.name},
            field="enterprise",
        )
    _refuse_unfit(agreed, plan)
    fee = Fee(cycle=cycle, enterprise=enterprise, agreed=agreed, **money.converted(more))
    record.add(fee)
    _lay(fee, plan)
    return fee


@writes("partners.fee.changed")
def change_fee(*, actor: Actor, fee: Fee, agreed: Decimal, plan: Plan, **more: Any) -> Fee:
    """Correct a fee and its instalments; what was paid stays as it was.

    Raises:
        Refused: as `agree_fee`.
    """
    money.refuse_closed(fee.cycle, actor.reason)
    _refuse_unfit(agreed, plan)
    record.change(fee, agreed=agreed, **money.converted(more))
    standing = [(row.due_on, row.amount) for row in fee.instalments.all()]
    if standing != list(plan):
        for row in fee.instalments.all():
            record.remove(row)
        _lay(fee, plan)
    return fee


@writes("partners.fee.removed")
def remove_fee(*, actor: Actor, fee: Fee) -> None:
    """Take out a fee written by mistake.

    Raises:
        Refused: `partners.fee.has_payments`, `partners.money.year_closed`.
    """
    money.refuse_closed(fee.cycle, actor.reason)
    if fee.payments.exists():
        raise Refused(
            "partners.fee.has_payments",
            _("Esta cuota tiene pagos. Quite primero los pagos, o anote una devolución."),
        )
    for row in fee.instalments.all():
        record.remove(row)
    record.remove(fee)


def _refuse_unfit(agreed: Decimal, plan: Plan) -> None:
    if agreed < 0 or any(amount <= 0 for _day, amount in plan):
        raise Refused(
            "partners.money.negative",
            _("Los montos de la cuota y de sus plazos deben ser mayores que 0."),
            field="agreed",
        )
    planned = sum((amount for _day, amount in plan), Decimal(0))
    if plan and planned != agreed:
        raise Refused(
            "partners.fee.plan",
            _("Los plazos suman %(planned)s y la cuota es %(agreed)s. Iguálelos.")
            % {"planned": planned, "agreed": agreed},
            field="plan",
        )


def _lay(fee: Fee, plan: Plan) -> None:
    for due_on, amount in plan:
        record.add(Instalment(fee=fee, due_on=due_on, amount=amount))


@writes("partners.payment.received")
def receive_payment(
    *, actor: Actor, fee: Fee, on: date, amount: Decimal, receipt: str = ""
) -> Payment:
    """Note money that came from the firm.

    Raises:
        Refused: `partners.payment.not_positive`, `partners.payment.receipt_taken`,
            `partners.money.year_closed`.
    """
    money.refuse_closed(fee.cycle, actor.reason)
    _refuse_not_positive(amount)
    receipt = receipt.strip()
    taken = Payment.objects.filter(fee__cycle__partner=fee.cycle.partner, receipt=receipt)
    if receipt and taken.exists():
        raise Refused(
            "partners.payment.receipt_taken",
            _("El recibo %(receipt)s ya está anotado en otro pago. Revise el número.")
            % {"receipt": receipt},
            field="receipt",
        )
    return record.add(Payment(fee=fee, on=on, amount=amount, receipt=receipt))


@writes("partners.payment.refunded")
def refund(*, actor: Actor, fee: Fee, on: date, amount: Decimal, why: str) -> Payment:
    """Note money that went back to the firm: never more than it paid.

    Raises:
        Refused: `partners.payment.not_positive`, `partners.refund.no_reason`,
            `partners.refund.too_much`, `partners.money.year_closed`.
    """
    money.refuse_closed(fee.cycle, actor.reason)
    _refuse_not_positive(amount)
    if not why.strip():
        raise Refused(
            "partners.refund.no_reason", _("Escriba por qué se devuelve el dinero."), field="why"
        )
    paid = sum((payment.signed for payment in fee.payments.all()), Decimal(0))
    if amount > paid:
        raise Refused(
            "partners.refund.too_much",
            _("La empresa pagó %(paid)s: no se le puede devolver %(amount)s.")
            % {"paid": paid, "amount": amount},
            field="amount",
        )
    kind = Payment.Kind.REFUND
    return record.add(Payment(fee=fee, kind=kind, on=on, amount=amount, why=why.strip()))


@writes("partners.payment.removed")
def remove_payment(*, actor: Actor, payment: Payment) -> None:
    """Take out a payment written by mistake; the journal keeps it.

    Raises:
        Refused: `partners.payment.no_reason`, `partners.money.year_closed`.
    """
    if not actor.reason.strip():
        raise Refused(
            "partners.payment.no_reason",
            _("Escriba por qué se quita este pago (por ejemplo: se anotó dos veces)."),
            field="reason",
        )
    money.refuse_closed(payment.fee.cycle, actor.reason)
    record.remove(payment)


def _refuse_not_positive(amount: Decimal) -> None:
    if amount <= 0:
        raise Refused(
            "partners.payment.not_positive", _("El monto debe ser mayor que 0."), field="amount"
        )
