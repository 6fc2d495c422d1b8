"""Buyers' programmes: who backs which suppliers, who looks on, and what suppliers allow."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Enterprise, Organisation
from digna.training.models import BuyerProgramme, CycleFirm, SupplierConsent


@writes("training.buyer.created")
def create_buyer_programme(
    *,
    actor: Actor,
    buyer: Organisation,
    name: str,
    starts_on: date,
    ends_on: date | None = None,
    partner: Organisation | None = None,
    viewers: Collection[User] = (),
) -> BuyerProgramme:
    """Create a buyer's programme; cycles join it when they are opened or changed.

    Raises:
        Refused: `training.buyer.dates`.
    """
    _refuse_dates(starts_on, ends_on)
    made = record.add(
        BuyerProgramme(
            buyer=buyer,
            name=name,
            partner=partner,
            starts_on=starts_on,
            ends_on=ends_on,
            created_by=actor.user,
        )
    )
    record.link(made, "viewers", viewers)
    return made


@writes("training.buyer.changed")
def change_buyer_programme(
    *,
    actor: Actor,
    programme: BuyerProgramme,
    viewers: Collection[User] | None = None,
    **values: Any,
) -> BuyerProgramme:
    """Change a buyer's programme and who looks on.

    Raises:
        Refused: `training.buyer.dates`.
    """
    _refuse_dates(
        values.get("starts_on", programme.starts_on), values.get("ends_on", programme.ends_on)
    )
    record.change(programme, **values)
    if viewers is not None:
        record.link(programme, "viewers", viewers)
    return programme


@writes("training.supplier.consented")
def record_consent(
    *,
    actor: Actor,
    programme: BuyerProgramme,
    enterprise: Enterprise,
    is_given: bool,
    said_by: str,
    on: date,
) -> SupplierConsent:
    """Note a supplier's yes or no to showing its own figures; the last one holds.

    Raises:
        Refused: `training.supplier.not_inside`, `training.supplier.who`.
    """
    if not CycleFirm.objects.filter(
        cycle__buyer_programme=programme, enterprise=enterprise
    ).exists():
        raise Refused(
            "training.supplier.not_inside",
            _("%(name)s no está en ningún ciclo de este programa.") % {"name": enterprise},
        )
    if not said_by.strip():
        raise Refused(
            "training.supplier.who",
            _("Escriba quién lo dijo en la empresa."),
            field="said_by",
        )
    return record.add(
        SupplierConsent(
            buyer_programme=programme,
            enterprise=enterprise,
            is_given=is_given,
            said_by=said_by.strip(),
            on=on,
            noted_by=actor.user,
        )
    )


def _refuse_dates(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refused(
            "training.buyer.dates",
            _("El fin es anterior al inicio. Corrija una de las fechas."),
            field="ends_on",
        )
