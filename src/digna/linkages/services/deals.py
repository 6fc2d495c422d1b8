"""Deals: opened, moved forward with dates and evidence, corrected, confirmed, lost."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.linkages import dealing, keeping, stepping
from digna.linkages.models import Buyer, Deal, DealStep, Demand, FollowUp, Offer
from digna.linkages.rates import RateValues
from digna.linkages.selectors import deals as selectors
from digna.programmes.models import Programme
from digna.registry.models import Enterprise

Kind = DealStep.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentionValues:
    """What was intended when a deal was opened: perhaps without an amount."""

    on: date
    amount: Decimal | None = None
    currency: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    note: str = ""


@writes("linkages.deal.opened")
def open_deal(
    *,
    actor: Actor,
    enterprise: Enterprise,
    programme: Programme,
    product: str,
    buyer: Buyer | None = None,
    buyer_name: str = "",
    origin: str = "",
    offer: Offer | None = None,
    demand: Demand | None = None,
    intention: IntentionValues | None = None,
    is_export: bool | None = None,
    is_supplier_programme: bool | None = None,
    on: date | None = None,
) -> Deal:
    """Open a deal, with its intention where there is one.

    Whether it is an export, or goes through a supplier programme, is read from the buyer unless
    said. An `origin` («round-meeting:<uuid>») opens one deal and no more: asked for again, it is
    the deal that stands, as it stands.

    Raises:
        Refused: `linkages.deal.no_buyer`, `linkages.deal.no_product`, `linkages.deal.exists`
            (another firm has one of this origin), `linkages.deal.other_firm` (the offer is another
            firm's); what `record_step` refuses of the intention.
    """
    _refuse_unfit(enterprise, buyer, buyer_name, product, offer)
    standing = _standing(enterprise, origin)
    if standing is not None:
        return standing
    deal = record.add(
        Deal(
            enterprise=enterprise,
            programme=programme,
            buyer=buyer,
            buyer_name=" ".join(buyer_name.split()) if buyer is None else "",
            product=" ".join(product.split()),
            origin=origin,
            offer=offer,
            demand=demand,
            is_export=_is_export(buyer, is_export),
            is_supplier_programme=_is_supplier(buyer, is_supplier_programme),
            opened_on=_opened_on(actor, intention, on),
            created_by=actor.user,
            created_at=actor.at,
        )
    )
    if intention is not None:
        record_step(
            actor=actor,
            deal=deal,
            kind=Kind.INTENTION,
            on=intention.on,
            amount=intention.amount,
            currency=intention.currency,
            quantity=intention.quantity,
            unit=intention.unit,
            note=intention.note,
        )
    return deal


@writes("linkages.deal.stepped")
def record_step(
    *,
    actor: Actor,
    deal: Deal,
    kind: str,
    on: date,
    amount: Decimal | None = None,
    currency: str = "",
    quantity: Decimal | None = None,
    unit: str = "",
    note: str = "",
    evidence: bytes | None = None,
    evidence_link: str = "",
    rate: RateValues | None = None,
    confirmed_reason: str = "",
) -> DealStep:
    """Record the next step. Payments may be partial: each is a step of its own.

    Raises:
        Refused: `linkages.step.closed`, `.repeated`, `.backwards`, `.date_backwards`, `.future`,
            `.amount`, `.currency`, `.rate`, `.is_it_right` (answer it with `confirmed_reason`);
            `linkages.evidence.too_large`, `web.photo.…`.
    """
    deal = _locked(deal)
    row = stepping.row(
        actor, deal, kind, on,
        amount=amount, currency=currency.strip().upper(), quantity=quantity, unit=unit,
        note=note.strip(),
        evidence_link=evidence_link.strip(), confirmed_reason=confirmed_reason.strip(),
    )  # fmt: skip
    stepping.put_rate(row, rate)
    stepping.refuse_step(actor, row)
    standing = [selectors.plain(step) for step in selectors.standing_steps(deal)]
    stepping.refuse_order(dealing.objection(standing, selectors.plain(row)), row)
    stepping.weigh(row, standing)
    if evidence:
        row.evidence_file = keeping.evidence(evidence)
    return record.add(row)


@writes("linkages.deal.step_corrected")
def correct_step(
    *,
    actor: Actor,
    step: DealStep,
    evidence: bytes | None = None,
    rate: RateValues | None = None,
    **values: Any,
) -> DealStep:
    """Correct a step by a new one that replaces it; the old one stays to be read.

    `values` are those of `record_step`; what is not named stays as it was. A rate stays where
    neither amount nor currency change.

    Raises:
        Refused: `linkages.step.needs_reason`, `linkages.step.not_standing`; as `record_step`.
    """
    deal = _locked(step.deal)
    stepping.refuse_unready(actor, step)
    kept = ("amount", "currency", "quantity", "unit", "note", "evidence_link")
    stated = {name: values.get(name, getattr(step, name)) for name in kept}
    stated["currency"] = str(stated["currency"]).strip().upper()
    row = stepping.row(
        actor, deal, values.get("kind", step.kind), values.get("on", step.on), **stated,
        confirmed_reason=str(values.get("confirmed_reason", "")).strip(),
    )  # fmt: skip
    # By its key: a correction that is refused must leave nothing on the step it was for.
    row.replaces_id, row.correction_reason = step.pk, actor.reason.strip()[:300]
    row.evidence_file = step.evidence_file.name
    stepping.put_rate(row, rate or stepping.kept_rate(step, row))
    stepping.refuse_step(actor, row)
    others = [selectors.plain(s) for s in selectors.standing_steps(deal) if s.pk != step.pk]
    stepping.refuse_order(dealing.misfit([*others, selectors.plain(row)]), row)
    if stepping.weighed(row) == stepping.weighed(step) and step.review == DealStep.Review.CONFIRMED:
        row.doubts, row.review, row.confirmed_reason = (
            step.doubts, step.review, step.confirmed_reason,
        )  # fmt: skip
    else:
        stepping.weigh(row, others)
    if evidence:
        row.evidence_file = keeping.evidence(evidence)
    return record.add(row)


@writes("linkages.deal.step_withdrawn")
def withdraw_step(*, actor: Actor, step: DealStep) -> DealStep:
    """Take back a step that never was, with the reason: a loss noted too soon, a wrong deal.

    Raises:
        Refused: `linkages.step.needs_reason`, `linkages.step.not_standing`.
    """
    _locked(step.deal)
    stepping.refuse_unready(actor, step)
    return record.change(step, withdrawn_at=actor.at, withdrawn_reason=actor.reason.strip()[:300])


@writes("linkages.deal.step_confirmed")
def confirm_step(*, actor: Actor, step: DealStep) -> DealStep:
    """Somebody who reviews says that a doubtful payment is right; from then on it is added.

    Raises:
        Refused: `linkages.step.not_waiting`, `linkages.step.needs_reason`.
    """
    if step.review != DealStep.Review.WAITING:
        raise Refused("linkages.step.not_waiting", _("Ese pago no espera revisión."))
    stepping.refuse_unready(actor, step)
    return record.change(step, review=DealStep.Review.CONFIRMED)


@writes("linkages.deal.lost")
def lose_deal(*, actor: Actor, deal: Deal, on: date, note: str) -> DealStep:
    """Close a deal that will not be; why is asked, because others learn from it.

    Raises:
        Refused: `linkages.deal.why_lost`; what `record_step` refuses.
    """
    if not note.strip():
        raise Refused(
            "linkages.deal.why_lost",
            _("Escriba por qué se perdió: precio, plazo, calidad, sin respuesta…"),
            field="note",
        )
    return record_step(actor=actor, deal=deal, kind=Kind.LOST, on=on, note=note)


@writes("linkages.deal.asked_after")
def note_follow_up(
    *,
    actor: Actor,
    deal: Deal,
    on: date,
    was_answered: bool = True,
    note: str = "",
    next_on: date | None = None,
) -> FollowUp:
    """Note that somebody asked after a deal, when nothing moved: what was said, when to ask again.

    Raises:
        Refused: `linkages.step.future`, `linkages.follow_up.before`, `linkages.follow_up.next`.
    """
    stepping.refuse_future(actor, on)
    if on < deal.opened_on:
        raise Refused(
            "linkages.follow_up.before",
            _("El negocio se abrió el %(day)s: el seguimiento no puede ser anterior.")
            % {"day": deal.opened_on.strftime("%d/%m/%Y")},
            field="on",
        )
    if next_on is not None and next_on <= on:
        raise Refused(
            "linkages.follow_up.next",
            _("La próxima fecha debe ser posterior a este seguimiento."),
            field="next_on",
        )
    return record.add(
        FollowUp(
            deal=deal,
            on=on,
            was_answered=was_answered,
            note=" ".join(note.split()),
            next_on=next_on,
            noted_by=actor.user,
            noted_at=actor.at,
        )
    )


@writes("linkages.deal.changed")
def change_deal(*, actor: Actor, deal: Deal, **values: Any) -> Deal:
    """Correct what is known of a deal: product, buyer, offer, demand, export.

    Raises:
        Refused: as `open_deal`.
    """
    _refuse_unfit(
        deal.enterprise,
        values.get("buyer", deal.buyer),
        values.get("buyer_name", deal.buyer_name),
        values.get("product", deal.product),
        values.get("offer", deal.offer),
    )
    return record.change(deal, **values)


def _standing(enterprise: Enterprise, origin: str) -> Deal | None:
    """Return the deal of an origin; the firm is held, so that two at once open one."""
    if not origin:
        return None
    Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    found = selectors.of_origin(origin)
    if found is not None and found.enterprise_id != enterprise.pk:
        raise Refused(
            "linkages.deal.exists",
            _("De ese encuentro ya hay un negocio de otra empresa: «%(deal)s».") % {"deal": found},
            deal=found,
        )
    return found


def _locked(deal: Deal) -> Deal:
    """Return the deal, held until the step is in: two people never record the same order twice."""
    return Deal.objects.select_for_update().get(pk=deal.pk)


def _refuse_unfit(
    enterprise: Enterprise,
    buyer: Buyer | None,
    buyer_name: str,
    product: str,
    offer: Offer | None,
) -> None:
    if buyer is None and not buyer_name.strip():
        raise Refused(
            "linkages.deal.no_buyer",
            _("Elija al comprador, o escriba su nombre si no está en la lista."),
            field="buyer_name",
        )
    if not product.strip():
        raise Refused("linkages.deal.no_product", _("Escriba qué se vendería."), field="product")
    if offer is not None and offer.enterprise_id != enterprise.pk:
        raise Refused(
            "linkages.deal.other_firm",
            _("Esa oferta es de otra empresa. Elija una de esta."),
            field="offer",
        )


def _is_export(buyer: Buyer | None, said: bool | None) -> bool:
    return said if said is not None else buyer is not None and buyer.is_foreign


def _is_supplier(buyer: Buyer | None, said: bool | None) -> bool:
    if said is not None:
        return said
    return buyer is not None and buyer.kind == Buyer.Kind.TRACTOR


def _opened_on(actor: Actor, intention: IntentionValues | None, on: date | None) -> date:
    if on is not None:
        return on
    return intention.on if intention is not None else timezone.localdate(actor.at)
