"""Buyers, their personal links, and what they ask for."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.linkages import trading
from digna.linkages.models import Buyer, BuyerLink, Demand, Requirement
from digna.linkages.models.buyers import new_token
from digna.programmes.models import Programme
from digna.registry.models import Organisation
from digna.registry.services import organisations


@writes("linkages.buyer.registered")
def register_buyer(
    *,
    actor: Actor,
    kind: str,
    country: str,
    organisation: Organisation | None = None,
    name: str = "",
    programmes: Collection[Programme] = (),
    **values: Any,
) -> Buyer:
    """Register a buyer: an organisation of the register, or a new one by its name.

    Raises:
        Refused: `linkages.buyer.who`, `linkages.buyer.exists`, `linkages.buyer.time_zone`;
            `registry.organisation.exists`.
    """
    if organisation is None and not name.strip():
        raise Refused(
            "linkages.buyer.who",
            _("Elija una organización del registro o escriba el nombre de una nueva."),
            field="name",
        )
    if organisation is None:
        organisation = organisations.register_organisation(actor=actor, name=name.strip())
    if Buyer.objects.filter(organisation=organisation).exists():
        raise Refused(
            "linkages.buyer.exists",
            _("«%(name)s» ya está entre los compradores. Ábralo y corrija sus datos.")
            % {"name": organisation},
            field="organisation",
        )
    _refuse_zone(values.get("time_zone", "America/La_Paz"))
    buyer = record.add(
        Buyer(
            organisation=organisation,
            kind=kind,
            country=country.strip().upper(),
            created_by=actor.user,
            created_at=actor.at,
            **values,
        )
    )
    record.link(buyer, "programmes", programmes)
    return buyer


@writes("linkages.buyer.changed")
def change_buyer(
    *,
    actor: Actor,
    buyer: Buyer,
    programmes: Collection[Programme] | None = None,
    **values: Any,
) -> Buyer:
    """Change what is known of a buyer.

    Raises:
        Refused: `linkages.buyer.time_zone`.
    """
    _refuse_zone(values.get("time_zone", buyer.time_zone))
    if "country" in values:
        values["country"] = str(values["country"]).strip().upper()
    record.change(buyer, **values)
    if programmes is not None:
        record.link(buyer, "programmes", programmes)
    return buyer


@writes("linkages.buyer.linked")
def give_link(
    *, actor: Actor, buyer: Buyer, name: str, language: str = "en", expires_on: date | None = None
) -> BuyerLink:
    """Give somebody of a buyer's a personal link: the catalogue opens with it, without account.

    Raises:
        Refused: `linkages.buyer.link_name`.
    """
    if not name.strip():
        raise Refused(
            "linkages.buyer.link_name",
            _("Escriba para quién es el enlace: cada persona tiene el suyo."),
            field="name",
        )
    return record.add(
        BuyerLink(
            buyer=buyer,
            name=" ".join(name.split()),
            language=language,
            expires_on=expires_on,
            token=new_token(),
            created_by=actor.user,
            created_at=actor.at,
        )
    )


@writes("linkages.buyer.unlinked")
def revoke_link(*, actor: Actor, link: BuyerLink) -> BuyerLink:
    """Close a personal link; what was done with it stays."""
    return record.change(link, revoked_at=actor.at)


@writes("linkages.buyer.came_in")
def note_opening(*, actor: Actor, link: BuyerLink) -> BuyerLink:
    """Note that a link was opened: at most once an hour."""
    if link.was_seen_near(actor.at):
        return link
    return record.change(link, seen_at=actor.at)


@writes("linkages.demand.noted")
def note_demand(*, actor: Actor, buyer: Buyer, **values: Any) -> Demand:
    """Note what a buyer asks for.

    Raises:
        Refused: `linkages.demand.dates`, `linkages.demand.requirements`;
            `linkages.trade.amounts`, `.hs_code`, `.currency`, `.units`.
    """
    row = Demand(buyer=buyer, created_by=actor.user, created_at=actor.at, **trading.cleaned(values))
    _refuse_demand(row)
    return record.add(row)


@writes("linkages.demand.changed")
def change_demand(*, actor: Actor, demand: Demand, **values: Any) -> Demand:
    """Change or publish a demand.

    Raises:
        Refused: as `note_demand`.
    """
    values = trading.cleaned(values)
    _refuse_demand(trading.trial(demand, values))
    return record.change(demand, **values)


def _refuse_demand(row: Demand) -> None:
    if row.valid_until is not None and row.valid_until < row.valid_from:
        raise Refused(
            "linkages.demand.dates",
            _("El fin es anterior al inicio. Corrija una de las fechas."),
            field="valid_until",
        )
    trading.refuse_unreadable(row, ("quantity_per_month", "price_wanted"))
    if row.quantity_per_month is not None and not row.unit:
        raise trading.no_unit("unit")
    if row.price_wanted is not None and not (row.currency and row.price_unit):
        raise trading.no_unit("price_unit" if row.currency else "currency")
    _refuse_requirements(row.requirements)


def _refuse_requirements(asked: Sequence[dict[str, str]]) -> None:
    codes = [one.get("code", "") for one in asked]
    known = set(Requirement.objects.filter(code__in=codes).values_list("code", flat=True))
    wrong = [one for one in asked if one.get("level") not in ("must", "wish")]
    if wrong or set(codes) - known or len(set(codes)) < len(codes):
        raise Refused(
            "linkages.demand.requirements",
            _("Elija los requisitos de la lista, cada uno una vez: se exige o se desea."),
            field="requirements",
        )


def _refuse_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refused(
            "linkages.buyer.time_zone",
            _("No hay tal zona horaria. Elija una de la lista, por ejemplo Europe/Berlin."),
            field="time_zone",
        ) from error
