"""A step of a deal before it is kept: made from what was typed, weighed, perhaps refused."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal.actor import Actor
from digna.linkages import dealing
from digna.linkages.models import Deal, DealStep
from digna.linkages.rates import RateValues
from digna.linkages.selectors import deals as selectors

Kind = DealStep.Kind


def row(actor: Actor, deal: Deal, kind: str, on: date, **values: Any) -> DealStep:
    """Return a step not yet kept; only intentions, orders and payments carry money."""
    amount_is_money = kind in dealing.MEASURES
    if not amount_is_money and values.get("amount") is not None:
        raise Refused(
            "linkages.step.amount",
            _("Una muestra o una pérdida no lleva monto. Anote el monto en el pedido o el pago."),
            field="amount",
        )
    if values.get("amount") is None:
        values["currency"] = ""
    return DealStep(
        deal=deal, kind=kind, on=on, recorded_by=actor.user, recorded_at=actor.at, **values
    )


def put_rate(row: DealStep, rate: RateValues | None) -> None:
    """Put a rate on a step, whole or not at all."""
    if rate is None:
        return
    code = rate.currency.strip().upper()
    if rate.value <= 0 or not code or not rate.source.strip() or code == row.currency:
        raise Refused(
            "linkages.step.rate",
            _("Para convertir escriba el tipo de cambio, la otra moneda, su fecha y la fuente."),
            field="rate",
        )
    row.rate, row.rate_currency = rate.value, code
    row.rate_on, row.rate_source = rate.on, rate.source.strip()


def kept_rate(step: DealStep, row: DealStep) -> RateValues | None:
    """Return the rate that a correction keeps: the old one, where the currency is the same."""
    if step.rate is None or step.rate_on is None or step.currency != row.currency:
        return None
    return RateValues(
        value=step.rate, currency=step.rate_currency, on=step.rate_on, source=step.rate_source
    )


def weighed(row: DealStep) -> tuple[Any, ...]:
    """Return what a doubt hangs on."""
    return (row.kind, row.amount, row.currency, row.rate, row.rate_currency)


def refuse_future(actor: Actor, on: date) -> None:
    """Refuse a day that has not come."""
    if on > timezone.localdate(actor.at):
        raise Refused(
            "linkages.step.future",
            _("El %(day)s todavía no llega. Anótelo cuando ocurra.")
            % {"day": on.strftime("%d/%m/%Y")},
            field="on",
        )


def refuse_step(actor: Actor, row: DealStep) -> None:
    """Refuse a day to come, money that is not above zero, a currency that cannot be."""
    refuse_future(actor, row.on)
    if (row.kind == Kind.PAID and row.amount is None) or (
        row.amount is not None and row.amount <= 0
    ):
        raise Refused(
            "linkages.step.amount",
            _("Escriba el monto, mayor que cero. Si no lo sabe, déjelo sin monto (no en un pago)."),
            field="amount",
        )
    if row.amount is not None and not (len(row.currency) == 3 and row.currency.isalpha()):
        raise Refused(
            "linkages.step.currency",
            _("Escriba la moneda del monto con tres letras: BOB, USD, EUR."),
            field="currency",
        )


def refuse_order(found: str, row: DealStep) -> None:
    """Refuse what `dealing.objection` or `dealing.misfit` found.

    Raises:
        Refused: `linkages.step.closed`, `.repeated`, `.backwards`, `.date_backwards`.
    """
    kind = {"kind": Kind(row.kind).label}
    if found == "closed":
        raise Refused(
            "linkages.step.closed",
            _("Este negocio se dio por perdido. Quite antes ese paso, con el motivo."),
            field="kind",
        )
    if found == "repeated":
        raise Refused(
            "linkages.step.repeated",
            _("Ya hay un paso «%(kind)s». Corríjalo, o abra otro negocio.") % kind,
            field="kind",
        )
    if found == "backwards":
        raise Refused(
            "linkages.step.backwards",
            _("«%(kind)s» viene antes de un paso ya anotado. Abra otro negocio.") % kind,
            field="kind",
        )
    if found:
        raise Refused(
            "linkages.step.date_backwards",
            _("La fecha de «%(kind)s» no guarda el orden de los pasos. Corríjala.") % kind,
            field="on",
        )


def weigh(row: DealStep, standing: list[dealing.Step]) -> None:
    """Ask about a doubtful payment, or keep it for review with the reason given."""
    found = dealing.doubts(standing, selectors.plain(row))
    if found and not row.confirmed_reason:
        asked = {
            "above_order": _("lo pagado pasa de lo pedido"),
            "other_currency": _("el pago está en otra moneda que el pedido y sin tipo de cambio"),
        }
        raise Refused(
            "linkages.step.is_it_right",
            _("¿Es correcto? %(question)s. Si lo es, explique por qué; si no, corríjalo.")
            % {"question": asked[found[0]].capitalize()},
            field="confirmed_reason",
            doubts=found,
        )
    row.doubts = found
    row.review = DealStep.Review.WAITING if found else DealStep.Review.NOT_NEEDED
    if not found:
        row.confirmed_reason = ""


def refuse_unready(actor: Actor, step: DealStep) -> None:
    """Refuse to touch a step without a reason, or one that no longer stands."""
    if not actor.reason.strip():
        raise Refused(
            "linkages.step.needs_reason", _("Escriba por qué se corrige."), field="reason"
        )
    now = DealStep.objects.filter(pk=step.pk, withdrawn_at=None, replaced_by=None)
    if not now.exists():
        raise Refused(
            "linkages.step.not_standing",
            _("Ese paso ya fue corregido o quitado. Recargue la página."),
        )
