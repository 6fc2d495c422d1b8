"""Identity documents are kept as a keyed hash: found again, never read back (ADR 0008)."""

from django.conf import settings

from digna.registry import identifiers


def hash_of(number: str) -> str:
    """Return what is stored for a normalised document number; "" for none."""
    return identifiers.document_hash(number, settings.DOCUMENT_KEY) if number else ""


def hint_of(number: str) -> str:
    """Return the last three digits, enough for a person to check a card at the desk."""
    return number.split("-", maxsplit=1)[0][-3:] if number else ""
