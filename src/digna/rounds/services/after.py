"""After a meeting: the slip of each side, the deal it opens, and what was really sold later."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.linkages import dealing
from digna.linkages.models import Deal, DealStep
from digna.linkages.selectors import deals as deal_selectors
from digna.linkages.services import deals
from digna.rounds.models import Meeting, Party, Slip
from digna.rounds.models.after import Interest, NextStep, Outcome
from digna.rounds.services.guards import HAS_AGENDA, refuse_stage

WORTH = frozenset({NextStep.QUOTE, NextStep.SAMPLE, NextStep.ORDER})
Kind = DealStep.Kind


@writes("rounds.slip.given")
def give_slip(
    *,
    actor: Actor,
    meeting: Meeting,
    party: Party,
    was_held: bool,
    interest: int | None = None,
    next_step: str = "",
    product: str = "",
    amount: Decimal | None = None,
    currency: str = "",
    note: str = "",
) -> Slip:
    """Save one side's word on a meeting; given again it replaces its own. Real interest opens a
    deal, once a meeting, whichever side says it first and however often.

    Raises:
        Refused: `rounds.round.stage`, `rounds.slip.too_early`, `rounds.slip.interest`,
            `rounds.slip.amount`.
    """
    meeting = _locked(meeting)
    refuse_stage(meeting.round, HAS_AGENDA)
    _refuse_early(actor, meeting)
    currency = currency.strip().upper()
    if was_held and interest is None:
        raise Refused(
            "rounds.slip.interest", _("Elija cuánto interés hubo, de 0 a 3."), field="interest"
        )
    if amount is not None and (amount <= 0 or len(currency) != 3):
        raise Refused(
            "rounds.slip.amount",
            _("Escriba el monto mayor que cero y su moneda con tres letras, o deje ambos vacíos."),
            field="amount",
        )
    said = was_held and interest is not None
    values = {
        "was_held": was_held,
        "interest": interest if said else None,
        "next_step": next_step if said else "",
        "product": " ".join(product.split()) if said else "",
        "amount": amount if said else None,
        "currency": currency if said and amount is not None else "",
        "note": note.strip(),
        "at": actor.at,
        "by": actor.user,
    }
    standing = meeting.slips.filter(party=party).first()
    slip = (
        record.change(standing, **values)
        if standing is not None
        else record.add(Slip(meeting=meeting, party=party, **values))
    )
    _settle_state(meeting)
    if is_worth_a_deal(slip):
        _settle_deal(actor, meeting, slip)
    return slip


def is_worth_a_deal(slip: Slip) -> bool:
    """Whether a slip speaks of business: good interest, an amount, or something to send."""
    if not slip.was_held:
        return False
    is_keen = slip.interest is not None and slip.interest >= Interest.GOOD
    return is_keen or slip.amount is not None or slip.next_step in WORTH


def _locked(meeting: Meeting) -> Meeting:
    """The meeting, held: both sides' telephones at once open one deal."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    return Meeting.objects.select_related(
        "round__programme", "slot", "deal", "buyer__buyer", "firm__enterprise"
    ).get(pk=meeting.pk)


def _refuse_early(actor: Actor, meeting: Meeting) -> None:
    if meeting.slot is None or _day_of(meeting) > timezone.localdate(actor.at):
        raise Refused(
            "rounds.slip.too_early",
            _("Esa reunión todavía no llega. Llene la ficha cuando termine."),
        )


def _day_of(meeting: Meeting) -> date:
    at = meeting.slot.starts_at if meeting.slot is not None else None
    return timezone.localdate(at) if at is not None else meeting.round.held_on


def _settle_state(meeting: Meeting) -> None:
    """One side's word that they met is enough; that they did not, only where nobody says yes."""
    said = list(meeting.slips.values_list("was_held", flat=True))
    state = Meeting.State.HELD if any(said) else Meeting.State.NOT_HELD
    record.change(meeting, state=state)


def _settle_deal(actor: Actor, meeting: Meeting, slip: Slip) -> None:
    deal = meeting.deal or deal_selectors.of_origin(meeting.origin)
    if deal is None:
        deal = _open(actor, meeting, slip)
    elif slip.amount is not None:
        _state_amount(actor, deal, slip)
    if meeting.deal_id != deal.pk:
        record.change(meeting, deal=deal)


def _open(actor: Actor, meeting: Meeting, slip: Slip | None) -> Deal:
    firm, buyer = meeting.firm.enterprise, meeting.buyer.buyer
    assert firm is not None  # noqa: S101 — a constraint of `Party`
    product = (slip.product if slip is not None else "") or meeting.firm.products
    return deals.open_deal(
        actor=actor,
        enterprise=firm,
        programme=meeting.round.programme,
        buyer=buyer,
        product=(product or meeting.buyer.products or _("Por precisar"))[:160],
        origin=meeting.origin,
        intention=deals.IntentionValues(
            on=_day_of(meeting),
            amount=slip.amount if slip is not None else None,
            currency=slip.currency if slip is not None else "",
        ),
    )


def _state_amount(actor: Actor, deal: Deal, slip: Slip) -> None:
    """An amount said later fills the intention, while nothing else has happened since.

    Where the two sides said different amounts, the first stays and the slips keep both words.
    """
    steps = deal_selectors.standing_steps(deal)
    if [step.kind for step in steps] != [Kind.INTENTION]:
        return
    others = slip.meeting.slips.exclude(pk=slip.pk).filter(amount__isnull=False)
    step = steps[0]
    if step.amount is not None and (others.exists() or step.amount == slip.amount):
        return
    told = replace(actor, reason=_("Monto dicho en la ficha de la reunión."))
    deals.correct_step(actor=told, step=step, amount=slip.amount, currency=slip.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """What was ordered or paid."""

    amount: Decimal | None = None
    currency: str = ""


@writes("rounds.follow_up.given")
def follow_up(
    *,
    actor: Actor,
    meeting: Meeting,
    outcome: str,
    on: date,
    sold: Sold | None = None,
    note: str = "",
    confirmed_reason: str = "",
    evidence: bytes | None = None,
) -> Deal:
    """Save what became of a meeting months later: the deal takes the step, or the answer.

    Raises:
        Refused: `rounds.follow_up.not_held`; what `linkages` refuses of the step.
    """
    meeting = _locked(meeting)
    refuse_stage(meeting.round, HAS_AGENDA)
    if meeting.state != Meeting.State.HELD:
        raise Refused(
            "rounds.follow_up.not_held",
            _("Esa reunión no consta como realizada: no hay qué seguir."),
        )
    deal = meeting.deal or deal_selectors.of_origin(meeting.origin) or _open(actor, meeting, None)
    if meeting.deal_id != deal.pk:
        record.change(meeting, deal=deal)
    if outcome == Outcome.LOST:
        deals.lose_deal(actor=actor, deal=deal, on=on, note=note)
    elif outcome in (Outcome.TALKING, Outcome.SILENT) or _is_past(deal, outcome):
        answered = outcome != Outcome.SILENT
        deals.note_follow_up(actor=actor, deal=deal, on=on, was_answered=answered, note=note)
    else:
        sold = sold or Sold()
        has_money = outcome in (Outcome.PAID, Outcome.ORDER)
        deals.record_step(
            actor=actor,
            deal=deal,
            kind=outcome,
            on=on,
            amount=sold.amount if has_money else None,
            currency=sold.currency if has_money else "",
            note=note,
            confirmed_reason=confirmed_reason,
            evidence=evidence,
        )
    return deal


def _is_past(deal: Deal, outcome: str) -> bool:
    """Whether the deal has gone as far already: «there is an order» said twice is one order."""
    steps = deal_selectors.standing_steps(deal)
    is_repeated = outcome != Outcome.PAID
    return is_repeated and any(dealing.RANKS[step.kind] >= dealing.RANKS[outcome] for step in steps)
