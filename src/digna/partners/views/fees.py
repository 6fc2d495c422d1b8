"""What firms agreed to pay, what they paid, and its receipt."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.partners import access
from digna.partners.forms import money as forms
from digna.partners.forms.profile import ReasonForm
from digna.partners.models import Fee, Payment
from digna.partners.services import fees as services
from digna.partners.views import acts
from digna.partners.views.money import is_closed, url_of
from digna.web import pdf

FEE = ("agreed", "agreed_on", "note", "currency", "rate", "rate_on", "rate_source")


@door(access.EDIT)
def agree_fee(request: HttpRequest, key: Any) -> HttpResponse:
    """What a firm agreed to pay."""
    cycle = access.cycle(request.user, key, access.EDIT)
    today = timezone.localdate()
    initial = {"agreed_on": today, "first_due": today}
    form = forms.FeeForm(
        request.POST or None, cycle=cycle, initial=initial, is_closed=is_closed(cycle)
    )
    return acts.by_form(
        request,
        form,
        lambda who, given: services.agree_fee(actor=who, cycle=cycle, **given),
        title=_("Cuota de una empresa en «%(cycle)s»") % {"cycle": cycle},
        action=_("Acordar la cuota"),
        back_url=url_of(cycle),
        told=_("Anotamos la cuota y sus plazos."),
    )


@door(access.EDIT)
def change_fee(request: HttpRequest, key: int) -> HttpResponse:
    """Correct a fee and its instalments."""
    fee = access.of_cycle(request.user, Fee, key)
    plan = list(fee.instalments.all())
    initial: dict[str, Any] = {name: getattr(fee, name) for name in FEE}
    initial |= {"parts": len(plan) or 1, "first_due": plan[0].due_on if plan else fee.agreed_on}
    if len(plan) > 1:
        initial["every"] = (plan[1].due_on - plan[0].due_on).days
    form = forms.FeeForm(
        request.POST or None,
        cycle=fee.cycle,
        is_new=False,
        initial=initial,
        is_closed=is_closed(fee.cycle),
    )
    return acts.by_form(
        request,
        form,
        lambda who, given: services.change_fee(actor=who, fee=fee, **given),
        title=_("Cuota de %(firm)s") % {"firm": fee.enterprise.name},
        action=_("Guardar"),
        back_url=url_of(fee.cycle),
        told=_("Guardamos la cuota."),
    )


@door(access.EDIT)
def remove_fee(request: HttpRequest, key: int) -> HttpResponse:
    """Take out a fee written by mistake."""
    fee = access.of_cycle(request.user, Fee, key)
    return acts.by_form(
        request,
        ReasonForm(request.POST or None),
        lambda who, _given: services.remove_fee(actor=who, fee=fee),
        template="web/confirm.html",
        title=_("Quitar la cuota de %(firm)s") % {"firm": fee.enterprise.name},
        sentence=_("Lo que decía queda en el diario."),
        action=_("Sí, quitar"),
        is_grave=True,
        back_url=url_of(fee.cycle),
        told=_("Quitamos la cuota."),
    )


@door(access.EDIT)
def receive_payment(request: HttpRequest, key: int) -> HttpResponse:
    """Money that came from a firm."""
    fee = access.of_cycle(request.user, Fee, key)
    form = forms.PaymentForm(request.POST or None, initial={"on": timezone.localdate()})
    return acts.by_form(
        request,
        forms.with_reason(form, is_closed=is_closed(fee.cycle)),
        lambda who, given: services.receive_payment(actor=who, fee=fee, **given),
        title=_("Pago de %(firm)s") % {"firm": fee.enterprise.name},
        action=_("Anotar el pago"),
        back_url=url_of(fee.cycle),
        told=_("Anotamos el pago."),
    )


@door(access.EDIT)
def refund(request: HttpRequest, key: int) -> HttpResponse:
    """Money that goes back to a firm."""
    fee = access.of_cycle(request.user, Fee, key)
    form = forms.RefundForm(request.POST or None, initial={"on": timezone.localdate()})
    return acts.by_form(
        request,
        forms.with_reason(form, is_closed=is_closed(fee.cycle)),
        lambda who, given: services.refund(actor=who, fee=fee, **given),
        title=_("Devolución a %(firm)s") % {"firm": fee.enterprise.name},
        action=_("Anotar la devolución"),
        back_url=url_of(fee.cycle),
        told=_("Anotamos la devolución."),
    )


@door(access.EDIT)
def remove_payment(request: HttpRequest, key: int) -> HttpResponse:
    """Take out a payment written by mistake."""
    payment = access.of_fee(request.user, Payment, key)
    return acts.by_form(
        request,
        ReasonForm(request.POST or None),
        lambda who, _given: services.remove_payment(actor=who, payment=payment),
        template="web/confirm.html",
        title=_("Quitar un pago de %(firm)s") % {"firm": payment.fee.enterprise.name},
        sentence=_("Lo que decía queda en el diario, con su motivo."),
        action=_("Sí, quitar"),
        is_grave=True,
        back_url=url_of(payment.fee.cycle),
        told=_("Quitamos el pago."),
    )


@door(access.SEE)
def payment_receipt(request: HttpRequest, key: int) -> HttpResponse:
    """The receipt of a payment, on paper."""
    payment = access.of_fee(request.user, Payment, key, access.SEE)
    context = {"payment": payment, "fee": payment.fee, "cycle": payment.fee.cycle}
    return pdf.response(request, "partners/paper_receipt.html", context, f"recibo-{payment.pk}")
