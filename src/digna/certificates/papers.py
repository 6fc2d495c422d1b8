"""A certificate as what it states: on paper, in a credential, on its check page."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from digna.certificates import keys, signing
from digna.certificates.models import Certificate, SigningKey

NAMESPACE = uuid.UUID("6c1f5f8e-5d0e-5b0a-9a0e-0d6c2f4c7a11")
"""Where holders' pseudonyms come from: the same for one certificate, joined to nothing else."""


def statement(row: Certificate, base_url: str) -> signing.Statement:
    """Return what a credential says, in Spanish; `base_url` has no final slash."""
    with translation.override("es-bo"):
        criteria = _criteria(row)
    return signing.Statement(
        identifier=row.public_id.urn,
        holder_id=uuid.uuid5(NAMESPACE, str(row.public_id)).urn,
        holder_name=row.holder_name,
        achievement_id=uuid.uuid5(NAMESPACE, f"{row.kind}:{row.title_es}:{row.level}").urn,
        name=row.title_es,
        description=row.detail_es,
        criteria=criteria,
        kind=row.kind,
        hours=row.hours,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        issuer_name=row.issuer_name,
        check_url=base_url + reverse("certificates:check", args=[row.code]),
        status_url=base_url + reverse("certificates:status_list", args=[0])[:-1] + "{page}",
        number=row.pk,
    )


def _criteria(row: Certificate) -> str:
    told = [str(row.get_kind_display()).capitalize()]
    if row.level:
        told.append(_("nivel: %(level)s") % {"level": row.level})
    if row.hours is not None:
        told.append(_("%(hours)s horas") % {"hours": row.hours})
    if row.starts_on and row.ends_on:
        told.append(f"{row.starts_on:%d/%m/%Y} – {row.ends_on:%d/%m/%Y}")
    return "; ".join(told)


def credential(row: Certificate, base_url: str) -> str:
    """Return the signed credential. The same certificate and key always give the same text."""
    return signing.sign(statement(row, base_url), keys.private_key(), row.created_at)


def status_list(page: int, url: str) -> str:
    """Return the signed list of revoked certificates of one page."""
    revoked = Certificate.objects.exclude(revoked_at=None).order_by("-revoked_at")
    numbers = list(revoked.values_list("pk", "revoked_at"))
    first = SigningKey.objects.order_by("used_since").first()
    at = numbers[0][1] if numbers else first.used_since if first else None
    moment = at or timezone.now()
    return signing.status_list([n for n, _at in numbers], page, url, keys.private_key(), moment)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of a credential that somebody brings."""

    kind: str
    sentence: str
    certificate: Certificate | None = None

    @property
    def is_good(self) -> bool:
        return self.kind == "genuine"


def judge(text: str, day: date) -> Verdict:
    """Judge a credential: its signature, its signer, and whether it says what was certified."""
    try:
        verified = signing.verify(text)
    except signing.NotVerified:
        return Verdict(
            "forged",
            _(
                "La firma no corresponde a lo que dice el archivo: fue alterado, o no es una "
                "credencial."
            ),
        )
    if not SigningKey.objects.filter(did=verified.did).exists():
        return Verdict(
            "foreign", _("La firma es correcta, pero no es de esta instalación: no podemos dar fe.")
        )
    row = _named(verified.identifier)
    if row is None or not _says_the_same(text, row):
        return Verdict(
            "forged", _("Ningún certificado emitido aquí dice lo que dice este archivo.")
        )
    sentences = {
        Certificate.State.VALID: _("Es auténtico y está vigente."),
        Certificate.State.EXPIRED: _("Es auténtico, pero ya venció."),
        Certificate.State.REVOKED: _("Fue emitido aquí y después anulado: no vale."),
    }
    state = row.state_on(day)
    kind = "genuine" if state == Certificate.State.VALID else str(state.value)
    return Verdict(kind, str(sentences[state]), row)


def _named(identifier: str) -> Certificate | None:
    try:
        key = uuid.UUID(identifier.removeprefix("urn:uuid:"))
    except ValueError:
        return None
    return Certificate.objects.filter(public_id=key).first()


def _says_the_same(text: str, row: Certificate) -> bool:
    """Whether a credential repeats the certificate's facts; addresses may have moved since."""
    ours = json.loads(credential(row, "https://localhost"))
    return _told(json.loads(text)) == _told(ours)


def _told(document: Mapping[str, Any]) -> tuple[Any, ...]:
    subject = document["credentialSubject"]
    times = (document.get("validFrom"), document.get("validUntil"))
    return (document["id"], document["name"], *times, subject["achievement"], subject["identifier"])
