"""The pathways of the kits installed, with the corrections made here, as the engine reads them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from digna.pathways import overlay
from digna.pathways.models import FactCorrection, FirmPathway
from digna.programmes.models import InstalledKit
from digna.programmes.services import kits
from digna_engines.pathways import Block, Library, Regime, read_blocks, read_library, read_regimes

SECTIONS = ("agencies", "questions", "steps", "pathways", "sources")
BESIDE = ("regimes", "readiness")
Key = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A library with what the engine does not need: titles of sources, tax regimes.

    `rows` are the steps as their kits have them, before any correction, and `laid` with them;
    `kit_of` says from which kit, with its version, each step comes; `versions` of those kits.
    """

    library: Library
    regimes: tuple[Regime, ...]
    blocks: tuple[Block, ...]
    sources: Mapping[str, Mapping[str, Any]]
    rows: Mapping[str, Mapping[str, Any]]
    laid: Mapping[str, Mapping[str, Any]]
    kit_of: Mapping[str, str]
    versions: Mapping[str, str]


def shelf() -> Shelf:
    """Return what the kits installed hold, corrected; empty where none has pathways."""
    return _shelf(_latest(_kits()), _in_force(_corrections(), timezone.localdate()))


def shelf_then(pathway: FirmPathway) -> Shelf:
    """Return the library as it stood when a firm set out: its kits, the corrections until then.

    A kit that is no longer kept, or came later, counts as it is today.
    """
    every = _kits()
    keys = dict(_latest_by_code(every))
    for key, code, version, sha in every:
        if pathway.kits.get(code) == version:
            keys[code] = (key, sha)
    return _shelf(
        tuple(sorted(keys.values())),
        _in_force(_corrections(pathway.recorded_at), pathway.started_on),
    )


def _kits() -> list[tuple[int, str, str, str]]:
    rows = InstalledKit.objects.order_by("loaded_at", "pk")
    return list(rows.values_list("pk", "code", "version", "sha256"))


def _latest_by_code(rows: Iterable[tuple[int, str, str, str]]) -> dict[str, tuple[int, str]]:
    return {code: (key, sha) for key, code, _version, sha in rows}


def _latest(rows: Iterable[tuple[int, str, str, str]]) -> Key:
    return tuple(sorted(_latest_by_code(rows).values()))


def _corrections(until: datetime | None = None) -> list[overlay.Correction]:
    rows = FactCorrection.objects.order_by("since", "pk")
    if until is None:
        rows = rows.filter(withdrawn_at=None)
    else:
        rows = rows.filter(approved_at__lte=until).exclude(withdrawn_at__lte=until)
    return [row.plain for row in rows]


def _in_force(rows: Iterable[overlay.Correction], day: date) -> tuple[overlay.Correction, ...]:
    """Prices carry their own days; what replaces a fact whole waits for its day."""
    return tuple(row for row in rows if row.field == overlay.PRICE or row.since <= day)


@lru_cache(maxsize=12)
def _shelf(keys: Key, corrections: tuple[overlay.Correction, ...]) -> Shelf:
    """An installed kit never changes: its key and hash stand for its content."""
    found = list(InstalledKit.objects.filter(pk__in=[key for key, _sha in keys]).order_by("pk"))
    documents = [
        {name: kits.entries(kit.documents, name) for name in (*SECTIONS, *BESIDE)} for kit in found
    ]
    laid = [
        document | {"steps": overlay.laid_over(document["steps"], corrections)}
        for document in documents
    ]
    return Shelf(
        library=read_library(laid),
        regimes=read_regimes(row for one in documents for row in one["regimes"]),
        blocks=read_blocks(row for one in documents for row in one["readiness"]),
        sources={row["code"]: row for one in documents for row in one["sources"]},
        rows={row["code"]: row for one in documents for row in one["steps"]},
        laid={row["code"]: row for one in laid for row in one["steps"]},
        kit_of={
            row["code"]: f"{kit.code} {kit.version}"
            for kit, one in zip(found, documents, strict=True)
            for row in one["steps"]
        },
        versions={
            kit.code: kit.version
            for kit, one in zip(found, documents, strict=True)
            if any(one[name] for name in ("steps", "pathways", "questions"))
        },
    )


def spoken() -> str:
    """The language of a kit's texts for this reader: `es` or `en`."""
    return "en" if (get_language() or "es").startswith("en") else "es"
