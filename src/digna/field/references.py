"""What was born on a telephone and is named by what came after it: `@<intention>` in a value.

A firm made without signal has no key yet; a visit to it names the intention that makes it. Here the
key that came of it is put in its place.
"""

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps

from digna.accounts.models import User
from digna.journal.models import Line

BORN = re.compile(r"@([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.IGNORECASE)

Lists = Mapping[str, list[str]]


def named(values: Lists) -> set[uuid.UUID]:
    """Return the intentions that values name."""
    return {uuid.UUID(match[1]) for text in _texts(values) if (match := BORN.fullmatch(text))}


def _texts(values: Lists) -> Iterator[str]:
    for given in values.values():
        yield from given


def replaced(values: Lists, user: User | None) -> dict[str, list[str]]:
    """Return values with the keys of what this person's intentions made; the rest as it was."""
    wanted = named(values)
    if not wanted or user is None:
        return {name: list(given) for name, given in values.items()}
    lines = Line.objects.filter(intention__in=wanted, actor=user)
    keys = {f"@{line.intention}": key for line in lines if (key := key_of(line.receipt))}
    return {
        name: [keys.get(text.lower(), text) for text in given] for name, given in values.items()
    }


def key_of(receipt: Any) -> str:
    """Return the one key that a journal's receipt names, or ""."""
    if isinstance(receipt, Mapping) and set(receipt) == {"model", "pk"}:
        row = apps.get_model(receipt["model"])._base_manager.filter(pk=receipt["pk"]).first()
        return str(getattr(row, "public_id", ""))
    if isinstance(receipt, Mapping):
        found = {text for text in map(_uuid, receipt.values()) if text}
        return found.pop() if len(found) == 1 else ""
    return _uuid(receipt)


def _uuid(value: Any) -> str:
    try:
        return str(uuid.UUID(value)) if isinstance(value, str) else ""
    except ValueError:
        return ""
