"""The pathways of the kits installed, as the engine reads them; read once for each set of kits."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from digna.programmes.models import InstalledKit
from digna.programmes.services import kits
from digna_engines.pathways import Library, Regime, read_library, read_regimes

SECTIONS = ("agencies", "questions", "steps", "pathways", "sources")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A library with what the engine does not need: titles of sources, tax regimes."""

    library: Library
    regimes: tuple[Regime, ...]
    sources: Mapping[str, Mapping[str, Any]]


def shelf() -> Shelf:
    """Return what the kits installed hold; empty where none has pathways."""
    loaded = InstalledKit.objects.order_by("loaded_at", "pk").values_list("code", "pk")
    latest: dict[str, int] = dict(loaded)
    return _shelf(tuple(sorted(latest.values())))


@lru_cache(maxsize=4)
def _shelf(keys: tuple[int, ...]) -> Shelf:
    """An installed kit never changes: its key stands for its content."""
    found = [kit.documents for kit in InstalledKit.objects.filter(pk__in=keys).order_by("pk")]
    documents = [
        {name: kits.entries(document, name) for name in (*SECTIONS, "regimes")}
        for document in found
    ]
    return Shelf(
        library=read_library(documents),
        regimes=read_regimes(row for one in documents for row in one["regimes"]),
        sources={row["code"]: row for one in documents for row in one["sources"]},
    )


def spoken() -> str:
    """The language of a kit's texts for this reader: `es` or `en`."""
    return "en" if (get_language() or "es").startswith("en") else "es"
