"""Digests and seals: pure functions over plain values, the same for writing and verifying."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

GENESIS = "0" * 64


def plain(value: Any) -> Any:
    """Return `value` as JSON that reads back the same on SQLite and PostgreSQL.

    Floats become text, because jsonb rewrites their digits and the digest would differ.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(bytes(value)).hexdigest()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    return str(getattr(value, "pk", value))


def instant(moment: datetime) -> str:
    """Return `moment` in UTC with microseconds: one spelling for one instant."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def digest_of(salt: str, *parts: Any) -> str:
    """Return the sha256 of the canonical JSON of `parts`, salted.

    The salt makes a forgotten value unguessable from the digest that remains.
    """
    text = json.dumps([salt, *parts], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_all(digests: Iterable[str]) -> str:
    """Return the digest of a line's changes, in their order."""
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def seal_of(*, previous: str, facts: Mapping[str, Any]) -> str:
    """Return the seal of a line: sha256 over its facts and the seal before it."""
    return digest_of(previous, plain(facts))
