"""A kit's entries in the register's terms. Pure: from what `kitfile` read to plain values."""

from collections.abc import Iterator, Mapping
from typing import Any

Entry = dict[str, Any]


def provenance(kit: str, entry: Mapping[str, Any]) -> Entry:
    """Return where an entry was read, when it was checked and how sure it is."""
    return {
        "kit": kit,
        "source": ", ".join(entry.get("sources", ()))[:200],
        "checked_on": entry.get("checked_on"),
        "certainty": entry.get("certainty", "medium"),
    }


def places(kit: str, document: Mapping[str, Any]) -> Iterator[Entry]:
    """Yield the country, its departments and its municipalities, parents first."""
    country = document["country"]
    yield {
        "code": country["iso2"],
        "kind": "country",
        "name": country["name_es"],
        "iso": country["iso2"],
        "parent": None,
        **provenance(kit, country),
    }
    for department in document.get("departments", ()):
        yield {
            "code": department["iso"],
            "kind": "department",
            "name": department["name_es"],
            "aliases": list(department.get("aliases", ())),
            "iso": department["iso"],
            "ine": department.get("ine") or "",
            "parent": country["iso2"],
            **provenance(kit, department),
        }
    for town in document.get("municipalities", ()):
        yield {
            "code": town["code"],
            "kind": "municipality",
            "name": town["name"],
            "aliases": list(town.get("aliases", ())),
            "ine": town.get("ine") or "",
            "parent": town["department"],
            **provenance(kit, town),
        }


def sectors(kit: str, entries: Any) -> Iterator[Entry]:
    """Yield sectors with their ISIC classes."""
    for entry in entries:
        yield _named(kit, entry) | {"isic": [a["isic4"] for a in entry.get("activities", ())]}


def legal_forms(kit: str, entries: Any) -> Iterator[Entry]:
    """Yield legal forms."""
    for entry in entries:
        yield _named(kit, entry)


def _named(kit: str, entry: Mapping[str, Any]) -> Entry:
    return {
        "code": entry["code"],
        "name_es": entry["name_es"],
        "name_en": entry["name_en"],
        "aliases": list(entry.get("aliases", ())),
        **provenance(kit, entry),
    }


def size_rules(kit: str, entries: Any) -> Iterator[Entry]:
    """Yield the rules that class by bands; a variable in another unit carries it in its name."""
    for entry in entries:
        if entry.get("kind") != "bands":
            continue
        named = _named(kit, entry)
        named.pop("aliases")
        yield named | {
            "version": entry["version"],
            "decides": entry.get("decision", "highest"),
            "valid_from": entry.get("valid_from"),
            "valid_until": entry.get("valid_to"),
            "thresholds": {_variable(v): _limits(v) for v in entry["variables"]},
        }


def _variable(variable: Mapping[str, Any]) -> str:
    is_ufv = str(variable["unit"]).startswith("UFV")
    return f"{variable['code']}_ufv" if is_ufv else str(variable["code"])


def _limits(variable: Mapping[str, Any]) -> dict[str, list[Any]]:
    low, limits = variable.get("from"), {}
    for band in variable["bands"]:
        limits[band["size"]] = [low, band["up_to"]]
        low = band["up_to"]
    return limits


def consent_texts(entries: Any) -> Iterator[Entry]:
    """Yield one text per purpose, version and language."""
    for entry in entries:
        for language in ("es", "en"):
            yield {
                "purpose": entry["code"],
                "version": str(entry["version"]),
                "language": language,
                "title": entry[f"title_{language}"],
                "text": entry[f"text_{language}"],
                "is_required": entry.get("required_to_take_part", False),
            }
