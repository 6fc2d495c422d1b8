"""Text folded for search: small letters, no accents. Pure."""

import unicodedata


def fold(text: str) -> str:
    """Return `text` as it is searched.

    >>> fold("  José  ÑUÑO ")
    'jose nuno'
    """
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(p for p in parts if not unicodedata.combining(p)).split())


def sought(name: str, email: str | None, phone: str | None) -> str:
    """Return what an account is found by."""
    return fold(" ".join(part for part in (name, email, phone) if part))[:240]
