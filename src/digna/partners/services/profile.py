"""What a partner is said to be: its profile, its own budget, whether it is still with us."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.partners.models import OwnBudget, PartnerProfile
from digna.registry.models import Organisation

ORDERED = (("mou_from", "mou_until"), ("plan_from", "plan_until"))


@writes("partners.profile.changed")
def describe_partner(*, actor: Actor, partner: Organisation, **values: Any) -> PartnerProfile:
    """Say what a partner is: kind, dates of its agreement and business plan, contact.

    Raises:
        Refused: `partners.profile.not_partner`, `partners.profile.dates`.
    """
    profile = _profile(partner)
    for starts, ends in ORDERED:
        begin, end = (values.get(name, getattr(profile, name)) for name in (starts, ends))
        if begin is not None and end is not None and end < begin:
            raise Refused(
                "partners.profile.dates",
                _("El fin es anterior al inicio. Corrija una de las dos fechas."),
                field=ends,
            )
    return record.change(profile, **values)


@writes("partners.partner.lost")
def lose_partner(
    *, actor: Actor, partner: Organisation, on: date, reason: str, note: str = ""
) -> PartnerProfile:
    """Note that a partner no longer takes part, since when and why.

    Raises:
        Refused: `partners.profile.not_partner`, `partners.partner.no_reason`.
    """
    if reason not in PartnerProfile.LostReason.values:
        raise Refused(
            "partners.partner.no_reason",
            _("Diga por qué se perdió: es lo que el programa aprende de su salida."),
            field="reason",
        )
    profile = _profile(partner)
    lost = PartnerProfile.State.LOST
    return record.change(profile, state=lost, lost_on=on, lost_reason=reason, lost_note=note)


@writes("partners.partner.regained")
def regain_partner(*, actor: Actor, partner: Organisation) -> PartnerProfile:
    """Note that a partner takes part again; why it left stays in the journal."""
    return record.change(
        _profile(partner),
        state=PartnerProfile.State.ACTIVE,
        lost_on=None,
        lost_reason="",
        lost_note="",
    )


@writes("partners.budget.recorded")
def record_own_budget(
    *,
    actor: Actor,
    partner: Organisation,
    year: int,
    has_line: bool,
    amount: Decimal | None = None,
    currency: str = "",
    evidence: str = "",
    file: ContentFile[bytes] | None = None,
) -> OwnBudget:
    """Say whether the partner's own budget of a year pays for the service, with the proof.

    Raises:
        Refused: `partners.budget.no_evidence`, `partners.budget.amount_without_line`.
    """
    standing = OwnBudget.objects.filter(partner=partner, year=year).first()
    has_file = file is not None or (standing is not None and bool(standing.file))
    if has_line and not (evidence.strip() or has_file):
        raise Refused(
            "partners.budget.no_evidence",
            _("Diga dónde consta la partida (resolución, POA, acta) o suba el documento."),
            field="evidence",
        )
    if amount is not None and not has_line:
        raise Refused(
            "partners.budget.amount_without_line",
            _("Hay un monto y dice que no hay partida. Corrija una de las dos cosas."),
            field="amount",
        )
    told: dict[str, Any] = {
        "has_line": has_line,
        "amount": amount,
        "currency": (currency or "BOB") if amount is not None else "",
        "evidence": evidence.strip(),
    }
    if file is not None:
        told["file"] = file
    if standing is not None:
        return record.change(standing, **told)
    return record.add(OwnBudget(partner=partner, year=year, **told))


def _profile(partner: Organisation) -> PartnerProfile:
    """Return the profile of a partner, made the first time something is said of it."""
    if not partner.is_partner:
        raise Refused(
            "partners.profile.not_partner",
            _("«%(name)s» no está marcada como socio. Márquela en su ficha de organización.")
            % {"name": partner.name},
        )
    standing = PartnerProfile.objects.filter(partner=partner).first()
    return standing or record.add(PartnerProfile(partner=partner))
