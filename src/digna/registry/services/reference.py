"""Reference facts that a kit brings: added, or brought up to date, by their codes."""

from collections.abc import Mapping, Sequence
from typing import Any

from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import ConsentText, LegalForm, Place, Sector, SizeRule

Entries = Sequence[Mapping[str, Any]]


@writes("registry.places.loaded")
def load_places(*, actor: Actor, places: Entries) -> int:
    """Add or update places; a parent is named by its code and comes before its parts."""
    by_code = {place.code: place for place in Place.objects.all()}
    for entry in places:
        values = dict(entry)
        parent = values.pop("parent", None)
        values["parent"] = by_code[parent] if parent else None
        by_code[values["code"]] = _put(Place, by_code.get(values["code"]), values)
    return len(places)


@writes("registry.sectors.loaded")
def load_sectors(*, actor: Actor, sectors: Entries) -> int:
    """Add or update sectors by code."""
    return _put_all(Sector, sectors, ("code",))


@writes("registry.legal_forms.loaded")
def load_legal_forms(*, actor: Actor, legal_forms: Entries) -> int:
    """Add or update legal forms by code."""
    return _put_all(LegalForm, legal_forms, ("code",))


@writes("registry.size_rules.loaded")
def load_size_rules(*, actor: Actor, size_rules: Entries) -> int:
    """Add or update rules of size by code and version."""
    return _put_all(SizeRule, size_rules, ("code", "version"))


@writes("registry.consent_texts.loaded")
def load_consent_texts(*, actor: Actor, texts: Entries) -> int:
    """Add consent texts; one that exists is never reworded, a new wording is a new version."""
    for entry in texts:
        key = {name: entry[name] for name in ("purpose", "version", "language")}
        if not ConsentText.objects.filter(**key).exists():
            record.add(ConsentText(**entry))
    return len(texts)


def _put_all(model: type[Any], entries: Entries, key: tuple[str, ...]) -> int:
    standing = {tuple(getattr(row, k) for k in key): row for row in model.objects.all()}
    for entry in entries:
        _put(model, standing.get(tuple(entry[k] for k in key)), dict(entry))
    return len(entries)


def _put(model: type[Any], row: Any, values: dict[str, Any]) -> Any:
    return record.add(model(**values)) if row is None else record.change(row, **values)
