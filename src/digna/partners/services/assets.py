"""What is handed over to a partner: listed, handed to somebody, its record signed."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.partners.models import Asset
from digna.registry.models import Organisation


@writes("partners.asset.listed")
def list_asset(
    *, actor: Actor, partner: Organisation, kind: str, what: str, conditions: str = ""
) -> Asset:
    """Put something on the list of what the partner will keep.

    Raises:
        Refused: `partners.asset.nothing`.
    """
    if not what.strip():
        raise Refused("partners.asset.nothing", _("Escriba qué se entrega."), field="what")
    row = Asset(partner=partner, kind=kind, what=what.strip(), conditions=conditions.strip())
    return record.add(row)


@writes("partners.asset.changed")
def change_asset(*, actor: Actor, asset: Asset, **values: Any) -> Asset:
    """Correct what is said of something not yet handed over.

    Raises:
        Refused: `partners.asset.handed_already`.
    """
    _refuse_handed(asset)
    return record.change(asset, **values)


@writes("partners.asset.unlisted")
def unlist_asset(*, actor: Actor, asset: Asset) -> None:
    """Take something off the list before it is handed over.

    Raises:
        Refused: `partners.asset.handed_already`.
    """
    _refuse_handed(asset)
    record.remove(asset)


@writes("partners.asset.handed_over")
def hand_over(
    *, actor: Actor, asset: Asset, on: date, received_by: str, received_as: str = ""
) -> Asset:
    """Note who received it and when; its record is then printed and signed.

    Raises:
        Refused: `partners.asset.handed_already`, `partners.asset.nobody`,
            `partners.asset.future`.
    """
    _refuse_handed(asset)
    if not received_by.strip():
        raise Refused("partners.asset.nobody", _("Escriba quién lo recibe."), field="received_by")
    if on > timezone.localdate(actor.at):
        raise Refused(
            "partners.asset.future", _("La fecha está en el futuro. Corríjala."), field="on"
        )
    return record.change(
        asset,
        handed_on=on,
        handed_by=actor.user,
        received_by=received_by.strip(),
        received_as=received_as.strip(),
    )


@writes("partners.asset.receipt_kept")
def keep_receipt(*, actor: Actor, asset: Asset, on: date, file: ContentFile[bytes]) -> Asset:
    """Keep the signed record.

    Raises:
        Refused: `partners.asset.not_handed`.
    """
    if asset.handed_on is None:
        raise Refused(
            "partners.asset.not_handed",
            _("Todavía no se entregó. Anote primero quién lo recibió y cuándo."),
        )
    return record.change(asset, receipt=file, receipt_on=on)


@writes("partners.asset.taken_back")
def take_back(*, actor: Actor, asset: Asset) -> Asset:
    """Undo a hand-over noted by mistake.

    Raises:
        Refused: `partners.asset.no_reason`, `partners.asset.not_handed`.
    """
    if asset.handed_on is None:
        raise Refused("partners.asset.not_handed", _("Esto no está entregado."))
    if not actor.reason.strip():
        raise Refused(
            "partners.asset.no_reason", _("Escriba por qué se deshace la entrega."), field="reason"
        )
    return record.change(
        asset,
        handed_on=None,
        handed_by=None,
        received_by="",
        received_as="",
        receipt="",
        receipt_on=None,
    )


def _refuse_handed(asset: Asset) -> None:
    if asset.handed_on is not None:
        raise Refused(
            "partners.asset.handed_already",
            _("Esto ya se entregó el %(day)s a %(who)s.")
            % {"day": asset.handed_on.strftime("%d/%m/%Y"), "who": asset.received_by},
        )
