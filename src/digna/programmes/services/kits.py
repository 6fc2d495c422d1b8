"""Installing a kit: its facts go to the rooms that own them, its instruments are kept whole."""

from collections.abc import Callable, Mapping
from typing import Any

from digna.journal import record, sealing
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.programmes import kits
from digna.programmes.kitfile import Kit
from digna.programmes.models import InstalledKit
from digna.registry.services import reference

Documents = Mapping[str, Any]
TAKERS: list[Callable[[Actor, str, Documents], None]] = []
"""Rooms above take their own sections: each adds its `take` from `apps.ready`."""

WHOLE_TAKERS: list[Callable[[Actor, Kit], None]] = []
"""Rooms that need a kit's pages or files as well take the kit whole."""


@writes("programmes.kit.installed")
def install_kit(*, actor: Actor, kit: Kit) -> InstalledKit:
    """Install a kit that was read without faults. The same kit twice changes nothing."""
    standing = InstalledKit.objects.filter(code=kit.code, sha256=kit.sha256).first()
    if standing is not None:
        return standing
    documents = {name: sealing.plain(document) for name, document in kit.documents.items()}
    if kit.pages:
        documents["pages"] = sealing.plain(kit.pages)
    _hand_over(actor, kit.code, documents)
    for take in TAKERS:
        take(actor, kit.code, documents)
    for take_whole in WHOLE_TAKERS:
        take_whole(actor, kit)
    return record.add(
        InstalledKit(
            code=kit.code,
            version=kit.version,
            title=kit.title_es,
            licence=kit.licence[:60],
            sha256=kit.sha256,
            documents=documents,
            loaded_at=actor.at,
            loaded_by=actor.user,
        )
    )


def _hand_over(actor: Actor, code: str, documents: Documents) -> None:
    """Give the register what is its own."""
    if "places" in documents:
        places = list(kits.places(code, documents["places"]))
        reference.load_places(actor=actor, places=places)
    if "sectors" in documents:
        sectors = list(kits.sectors(code, entries(documents, "sectors")))
        reference.load_sectors(actor=actor, sectors=sectors)
    if "legal_forms" in documents:
        forms = list(kits.legal_forms(code, entries(documents, "legal_forms")))
        reference.load_legal_forms(actor=actor, legal_forms=forms)
    if "size_rules" in documents:
        rules = list(kits.size_rules(code, entries(documents, "size_rules")))
        reference.load_size_rules(actor=actor, size_rules=rules)
    if "consents" in documents:
        texts = list(kits.consent_texts(entries(documents, "consents")))
        reference.load_consent_texts(actor=actor, texts=texts)


def entries(documents: Documents, section: str) -> list[dict[str, Any]]:
    """Return the list a section holds, under its own name or bare."""
    document = documents.get(section, [])
    found = document[section] if isinstance(document, Mapping) else document
    return list(found)
