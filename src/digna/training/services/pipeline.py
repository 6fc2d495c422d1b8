"""Selling: an offer to a firm from first contact to the next module; lost with its reason."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Enterprise, Organisation
from digna.training import outcomes, savings
from digna.training.models import (
    BuyerProgramme,
    Cycle,
    CycleFirm,
    Intake,
    Module,
    Opportunity,
)
from digna.training.selectors import ways
from digna.training.services import cycles

Stage = Opportunity.Stage
ORDER = (Stage.CONTACT, Stage.DIAGNOSED, Stage.OFFER, Stage.SIGNED, Stage.PAID, Stage.NEXT)


@writes("training.opportunity.opened")
def open_opportunity(
    *,
    actor: Actor,
    enterprise: Enterprise,
    on: date,
    partner: Organisation | None = None,
    module: Module | None = None,
    buyer_programme: BuyerProgramme | None = None,
    next_contact_on: date | None = None,
    notes: str = "",
) -> Opportunity:
    """Note a first contact with a firm about a module (or about none yet).

    Raises:
        Refused: `training.opportunity.open_already`: the partner has one open with this firm.
    """
    standing = (
        Opportunity.objects.filter(enterprise=enterprise, partner=partner)
        .exclude(stage__in=(Stage.LOST, Stage.NEXT, Stage.PAID))
        .first()
    )
    if standing is not None:
        raise Refused(
            "training.opportunity.open_already",
            _("%(name)s ya tiene una oportunidad abierta (%(stage)s). Siga en esa.")
            % {"name": enterprise, "stage": standing.get_stage_display()},
            field="enterprise",
        )
    return record.add(
        Opportunity(
            enterprise=enterprise,
            partner=partner,
            module=module,
            buyer_programme=buyer_programme,
            since=on,
            contacted_on=on,
            last_contact_on=on,
            next_contact_on=next_contact_on,
            notes=notes,
            created_by=actor.user,
        )
    )


@writes("training.opportunity.changed")
def change_opportunity(*, actor: Actor, opportunity: Opportunity, **values: Any) -> Opportunity:
    """Change an offer's module, prices, dates or notes.

    Raises:
        Refused: `training.opportunity.subsidy` (more than the price), `.next_contact`.
    """
    _refuse_prices(opportunity, values)
    following = values.get("next_contact_on")
    last = values.get("last_contact_on", opportunity.last_contact_on)
    if following is not None and last is not None and following < last:
        raise Refused(
            "training.opportunity.next_contact",
            _("El próximo contacto es anterior al último. Corrija la fecha."),
            field="next_contact_on",
        )
    return record.change(opportunity, **values)


@writes("training.opportunity.moved")
def move_opportunity(
    *, actor: Actor, opportunity: Opportunity, stage: str, on: date, **values: Any
) -> Opportunity:
    """Move an offer to a stage, forwards or back; each stage asks for what it says.

    Raises:
        Refused: `training.opportunity.stage`, `.no_diagnosis`, `.no_price`, `.not_accepted`,
            `.not_paid`; as `change_opportunity`.
    """
    if stage not in ORDER:
        raise Refused(
            "training.opportunity.stage",
            _("Esa no es una etapa a la que se pase. Elija otra."),
            field="stage",
        )
    change_opportunity(actor=actor, opportunity=opportunity, **values)
    _refuse_bare(opportunity, stage)
    return record.change(
        opportunity, stage=stage, since=on, last_contact_on=on, lost_reason="", lost_note=""
    )


def _refuse_bare(row: Opportunity, stage: str) -> None:
    """Ask of each stage what it says: a diagnosis, a price, its acceptance, the money."""
    reached = ORDER.index(Stage(stage))
    wanted = (
        (1, row.intakes.exists(), "no_diagnosis", _("Falta el diagnóstico."), None),
        (2, row.price_offered is not None, "no_price", _("Falta el precio."), "price_offered"),
        (2, row.module_id is not None, "no_module", _("Falta elegir el módulo."), "module"),
        (
            3,
            row.price_accepted is not None,
            "not_accepted",
            _("Falta el precio que la empresa aceptó."),
            "price_accepted",
        ),
        (4, row.paid is not None, "not_paid", _("Falta cuánto pagó."), "paid"),
    )
    for rank, is_there, code, sentence, field in wanted:
        if reached >= rank and not is_there:
            name = "diagnose" if code == "no_diagnosis" else "opportunity"
            raise Refused(
                f"training.opportunity.{code}",
                sentence,
                field=field,
                url=reverse(f"training:{name}", args=[row.public_id]),
                action=_("Completar"),
            )


@writes("training.opportunity.lost")
def lose_opportunity(
    *, actor: Actor, opportunity: Opportunity, reason: str, on: date, note: str = ""
) -> Opportunity:
    """Note that an offer was lost and why; what the firm said is worth keeping.

    Raises:
        Refused: `training.opportunity.lost_reason`, `training.opportunity.paid_already`.
    """
    if reason not in Opportunity.LostReason.values:
        raise Refused(
            "training.opportunity.lost_reason",
            _("Elija por qué se perdió: es lo que ayuda a vender mejor."),
            field="reason",
        )
    if opportunity.stage in (Stage.PAID, Stage.NEXT):
        raise Refused(
            "training.opportunity.paid_already",
            _("La empresa ya pagó: no es una oportunidad perdida."),
        )
    return record.change(
        opportunity,
        stage=Stage.LOST,
        since=on,
        lost_reason=reason,
        lost_note=note,
        next_contact_on=None,
    )


@writes("training.intake.recorded")
def record_intake(
    *, actor: Actor, opportunity: Opportunity, on: date, answers: Mapping[str, str]
) -> Intake:
    """Keep a diagnosis with the estimate and advice reckoned from it then.

    `answers` holds text as given: losses by code, `monthly_wage`; what is absent is not known.

    Raises:
        Refused: `training.intake.number` (not a number, or below zero).
    """
    told = {code: _number(code, answers[code]) for code in savings.BY_CODE if answers.get(code)}
    wage = _number("monthly_wage", answers["monthly_wage"]) if answers.get("monthly_wage") else None
    found = savings.estimate(told, wage)
    intake = record.add(
        Intake(
            opportunity=opportunity,
            on=on,
            answers=dict(answers),
            estimate=_plain(asdict(found)),
            advice=[_plain(asdict(advice)) for advice in _advice(opportunity, found)],
            by=actor.user,
            at=actor.at,
        )
    )
    advised = intake.advice[0]["module"] if intake.advice else ""
    module = opportunity.module or Module.objects.on_offer().filter(code=advised).first()
    stage = Stage.DIAGNOSED if opportunity.stage == Stage.CONTACT else opportunity.stage
    record.change(opportunity, stage=stage, since=on, last_contact_on=on, module=module)
    return intake


def _advice(row: Opportunity, found: savings.Estimate) -> tuple[savings.Advice, ...]:
    problems: dict[str, Decimal] = {}
    for part in found.parts:
        area = savings.BY_CODE[part.code].area
        problems[area] = problems.get(area, Decimal(0)) + part.high
    for code in found.left_out:
        problems.setdefault(savings.BY_CODE[code].area, Decimal(1))
    teachable = [
        savings.Teachable(
            module.code,
            tuple(module.needs),
            tuple(module.size_bands),
            frozenset(module.areas),
            frozenset(module.practices),
        )
        for module in Module.objects.on_offer()
    ]
    return savings.advise(
        teachable,
        {area: weight for area, weight in problems.items() if weight > 0},
        outcomes.unmet_practices(row.enterprise_id),
        ways.completed_modules(row.enterprise_id),
        row.enterprise.size_band,
    )


@writes("training.opportunity.enrolled")
def enrol_from(*, actor: Actor, opportunity: Opportunity, cycle: Cycle, on: date) -> CycleFirm:
    """Take a firm that signed into a cycle of the module it bought.

    Raises:
        Refused: `training.opportunity.not_signed`, `.enrolled_already`, `.other_module`; as
            `cycles.enrol_firm`.
    """
    if opportunity.stage not in (Stage.SIGNED, Stage.PAID):
        raise Refused(
            "training.opportunity.not_signed",
            _("La empresa aún no firmó. Anote el precio aceptado y pase a «firmada»."),
        )
    if opportunity.firm_id is not None:
        raise Refused("training.opportunity.enrolled_already", _("La empresa ya entró a su ciclo."))
    if opportunity.module is not None and cycle.module.code != opportunity.module.code:
        raise Refused(
            "training.opportunity.other_module",
            _("Ese ciclo es de otro módulo. La empresa compró «%(name)s».")
            % {"name": opportunity.module},
            field="cycle",
        )
    firm = cycles.enrol_firm(actor=actor, cycle=cycle, enterprise=opportunity.enterprise, on=on)
    record.change(opportunity, firm=firm)
    return firm


def _refuse_prices(row: Opportunity, values: Mapping[str, Any]) -> None:
    price = values.get("price_offered", row.price_offered)
    taken = (values.get("subsidy", row.subsidy) or 0) + (values.get("discount", row.discount) or 0)
    if taken and (price is None or taken > price):
        raise Refused(
            "training.opportunity.subsidy",
            _("El subsidio y el descuento suman más que el precio. Corrija uno de los tres."),
            field="subsidy",
        )


def _number(code: str, text: str) -> Decimal:
    try:
        value = Decimal(text.replace(" ", "").replace(".", "").replace(",", "."))
    except InvalidOperation:
        value = Decimal(-1)
    if value < 0:
        raise Refused(
            "training.intake.number",
            _("Escriba un número desde cero, por ejemplo 1.500; déjelo vacío si no se sabe."),
            field=code,
        )
    return value


def _plain(value: Any) -> Any:
    """Decimals as text, tuples as lists: what JSON keeps without losing a cent."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value
