"""Certificates: issued, revoked, issued anew."""

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.certificates import keys, signing
from digna.certificates.models import Certificate, SigningKey
from digna.errors import Refused
from digna.journal import record, redaction
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes.models import Programme
from digna.registry.models import Enterprise, Organisation, Person


@writes("certificates.certificate.issued")
def issue(
    *,
    actor: Actor,
    kind: str,
    title_es: str,
    person: Person | None = None,
    enterprise: Enterprise | None = None,
    title_en: str = "",
    detail_es: str = "",
    detail_en: str = "",
    level: str = "",
    hours: Decimal | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    issued_on: date | None = None,
    valid_until: date | None = None,
    partner: Organisation | None = None,
    programme: Programme | None = None,
    signed_by: str = "",
    reference: uuid.UUID | None = None,
    replaces: Certificate | None = None,
) -> Certificate:
    """Issue a certificate to a person or a firm; the one in force for `reference` is returned.

    `hours` are certified in tenths, half a tenth upwards.

    Raises:
        Refused: `certificates.holder`, `certificates.no_title`, `certificates.dates`.
    """
    _refuse_unfit(person, enterprise, title_es, starts_on, ends_on)
    standing = _standing(kind, person, enterprise, reference)
    if standing is not None:
        return standing
    _know_key(actor)
    return record.add(
        Certificate(
            kind=kind,
            person=person,
            enterprise=enterprise,
            holder_name=_printed(person, enterprise),
            title_es=title_es.strip(),
            title_en=title_en.strip(),
            detail_es=detail_es.strip(),
            detail_en=detail_en.strip(),
            level=level.strip(),
            hours=_tenths(hours),
            starts_on=starts_on,
            ends_on=ends_on,
            issued_on=issued_on or timezone.localdate(actor.at),
            valid_until=valid_until,
            partner=partner,
            programme=programme,
            issuer_name=_issuer(partner, programme),
            signed_by=signed_by.strip(),
            reference=reference,
            replaces=replaces,
            created_by=actor.user,
        )
    )


@writes("certificates.certificates.issued")
def issue_many(
    *, actor: Actor, people: Sequence[tuple[Person, Decimal | None]], **facts: Any
) -> list[Certificate]:
    """Issue the same certificate to many people, each with their own hours."""
    return [issue(actor=actor, person=person, hours=hours, **facts) for person, hours in people]


def _tenths(hours: Decimal | None) -> Decimal | None:
    """Return hours in tenths; databases give sums with as many decimals as they keep."""
    return None if hours is None else hours.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _refuse_unfit(
    person: Person | None,
    enterprise: Enterprise | None,
    title: str,
    starts_on: date | None,
    ends_on: date | None,
) -> None:
    if (person is None) == (enterprise is None):
        raise Refused(
            "certificates.holder",
            _("Un certificado es de una persona o de una empresa. Elija una de las dos."),
        )
    if not title.strip():
        raise Refused(
            "certificates.no_title", _("Escriba qué certifica el certificado."), field="title_es"
        )
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused(
            "certificates.dates",
            _("El fin (%(end)s) es anterior al inicio (%(start)s). Corrija una de las fechas.")
            % {"end": ends_on.strftime("%d/%m/%Y"), "start": starts_on.strftime("%d/%m/%Y")},
            field="ends_on",
        )


def _standing(
    kind: str, person: Person | None, enterprise: Enterprise | None, reference: uuid.UUID | None
) -> Certificate | None:
    if reference is None:
        return None
    return Certificate.objects.filter(
        kind=kind, person=person, enterprise=enterprise, reference=reference, revoked_at=None
    ).first()


def _printed(person: Person | None, enterprise: Enterprise | None) -> str:
    if person is not None:
        return f"{person.given_names} {person.surnames}".strip()
    assert enterprise is not None  # noqa: S101 — `_refuse_unfit` saw to it
    return enterprise.legal_name or enterprise.name


def _issuer(partner: Organisation | None, programme: Programme | None) -> str:
    named = [str(one) for one in (partner, programme) if one is not None]
    return " · ".join(named)[:200] or "Digna"


def _know_key(actor: Actor) -> None:
    did = signing.did_of(keys.private_key())
    if not SigningKey.objects.filter(did=did).exists():
        record.add(SigningKey(did=did, used_since=actor.at))


@writes("certificates.certificate.revoked")
def revoke(*, actor: Actor, certificate: Certificate, reason: str) -> Certificate:
    """Revoke a certificate: its check page says so from this moment.

    Raises:
        Refused: `certificates.needs_reason`, `certificates.revoked_already`.
    """
    if not reason.strip():
        raise Refused(
            "certificates.needs_reason",
            _("Escriba por qué se anula: lo verá quien compruebe el certificado."),
            field="reason",
        )
    if certificate.revoked_at is not None:
        raise Refused("certificates.revoked_already", _("Este certificado ya estaba anulado."))
    return record.change(certificate, revoked_at=actor.at, revoked_reason=reason.strip()[:300])


@writes("certificates.certificate.reissued")
def reissue(*, actor: Actor, certificate: Certificate, reason: str, **facts: Any) -> Certificate:
    """Revoke a certificate and issue another in its place, with the facts given corrected.

    The name is taken from the register as it is now, which is what most corrections are about.

    Raises:
        Refused: as `revoke` and `issue`.
    """
    revoke(actor=actor, certificate=certificate, reason=reason)
    kept = (
        "kind", "person", "enterprise", "title_es", "title_en", "detail_es", "detail_en", "level",
        "hours", "starts_on", "ends_on", "valid_until", "partner", "programme", "signed_by",
        "reference",
    )  # fmt: skip
    told = {name: getattr(certificate, name) for name in kept} | facts
    return issue(actor=actor, replaces=certificate, **told)


def forget(person: Person) -> None:
    """Take an erased person's name off their certificates; the paper no longer checks as theirs."""
    rows = list(Certificate.objects.filter(person=person))
    redaction.forget(model=Certificate, keys=[row.pk for row in rows], at=timezone.now())
    for row in rows:
        revoked_at = row.revoked_at or timezone.now()
        record.blank(
            row,
            holder_name="—",
            revoked_at=revoked_at,
            revoked_reason="Retirado a pedido de su titular",
        )
