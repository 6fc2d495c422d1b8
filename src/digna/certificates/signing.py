"""Open Badges 3.0 credentials: made, signed (Ed25519, eddsa-rdfc-2022) and verified offline.

Plain values in and out; the library is openbadgeslib. The issuer is a did:key, so that whoever
holds a credential can verify it with nothing but the file: the key is inside its issuer's name.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

BYTES_MAX = 200_000
LIST_SIZE = 131_072
"""Bits of one status list: what the standard asks for, so that one bit says nothing."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a credential says. `number` is its place in the status lists, None without lists."""

    identifier: str
    holder_id: str
    holder_name: str
    achievement_id: str
    name: str
    description: str
    criteria: str
    kind: str
    hours: Decimal | None
    issued_on: date
    valid_until: date | None
    issuer_name: str
    check_url: str
    status_url: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Verified:
    """A credential whose signature holds: who issued it, and its identifier."""

    did: str
    identifier: str
    name: str


class NotVerified(Exception):
    """The credential is not one, or was altered, or is signed by nobody it names."""


def new_key() -> bytes:
    """Return a fresh private key, PEM."""
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def did_of(private_pem: bytes) -> str:
    """Return the did:key of a private key."""
    from openbadgeslib import ob3

    key = serialization.load_pem_private_key(private_pem, password=None)
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return str(ob3.did_key_from_pem(public))


def sign(statement: Statement, private_pem: bytes, at: datetime) -> str:
    """Return the credential as JSON with its proof."""
    from openbadgeslib import ob3

    return str(
        ob3.OB3LdpSigner(private_pem).sign_to_json(_badge(statement, private_pem), created=at)
    )


def _badge(told: Statement, private_pem: bytes) -> Any:
    from openbadgeslib import ob3

    achievement = ob3.Achievement(
        id=told.achievement_id,
        name=told.name,
        description=told.description or told.name,
        criteria_narrative=told.criteria,
        achievement_type={"trainer": "Certification"}.get(told.kind, "CertificateOfCompletion"),
    )
    status = []
    if told.number is not None:
        page, index = divmod(told.number, LIST_SIZE)
        status = [ob3.status_entry(told.status_url.format(page=page), "revocation", index)]
    return ob3.OpenBadgeCredential(
        issuer=ob3.Issuer(id=did_of(private_pem), name=told.issuer_name),
        recipient_id=told.holder_id,
        achievement=achievement,
        id=told.identifier,
        name=told.name,
        issuance_date=_moment(told.issued_on),
        expiration_date=_moment(told.valid_until, time.max) if told.valid_until else None,
        evidence_url=told.check_url,
        credential_status=status,
        identifiers=[ob3.IdentityObject(told.holder_name, "name", hashed=False)],
    )


def _moment(day: date, at: time = time.min) -> datetime:
    return datetime.combine(day, at.replace(microsecond=0), UTC)


def verify(text: str) -> Verified:
    """Verify a credential with the key its issuer's did:key carries; nothing is fetched.

    Raises:
        NotVerified: it is not a credential, or what it says was changed after signing.
    """
    from openbadgeslib import ob3
    from openbadgeslib.errors import LibOpenBadgesException

    try:
        document = json.loads(text)
        issuer = document["issuer"]
        did = issuer["id"] if isinstance(issuer, dict) else issuer
        if not str(did).startswith("did:key:"):
            raise NotVerified("the issuer is no did:key")
        _signature_holds(ob3.OB3LdpVerifier.for_issuer_did(did), document)
        return Verified(str(did), str(document["id"]), str(document["name"]))
    except (ValueError, KeyError, TypeError, AttributeError, LibOpenBadgesException) as error:
        raise NotVerified(str(error)) from error


def _signature_holds(verifier: Any, document: dict[str, Any]) -> None:
    """Verify all but the dates: a credential that ran out was still issued and not altered."""
    from openbadgeslib import ob3

    try:
        verifier.verify(document)
    except ob3.OB3VerificationError as error:
        # the window is looked at last, after the signature
        if not str(error).startswith("Credential has expired (validUntil "):
            raise


def status_list(
    numbers: Iterable[int], page: int, url: str, private_pem: bytes, at: datetime
) -> str:
    """Return the signed list of what was revoked among the numbers of one page."""
    from openbadgeslib import ob3

    first = page * LIST_SIZE
    bits = [number - first for number in numbers if first <= number < first + LIST_SIZE]
    did = did_of(private_pem)
    document = ob3.build_status_list_credential(did, url, "revocation", bits, issued=at)
    method = f"{did}#{did.removeprefix('did:key:')}"
    signed = ob3.add_data_integrity_proof(document, private_pem, method, created=at)
    return json.dumps(signed, ensure_ascii=False)
