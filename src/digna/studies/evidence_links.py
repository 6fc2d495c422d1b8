"""How a score finds the evidence it names: whoever keeps evidence adds a look-up here."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """A piece of evidence as a score shows it."""

    public_id: uuid.UUID
    label: str
    url: str


LOOKUPS: list[Callable[[Sequence[uuid.UUID]], Mapping[uuid.UUID, EvidenceLink]]] = []


def named(keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, EvidenceLink]:
    """Return the pieces of evidence that are known, by key."""
    return {key: link for look_up in LOOKUPS for key, link in look_up(keys).items()}
