"""A sheet as one document of plain values: what a version keeps and every paper is made from."""

from collections.abc import Mapping
from typing import Any

from django.db.utils import DatabaseError

from digna.journal import sealing
from digna.markets.models import Entry, PublishedFigure, Sheet
from digna.pathways.selectors.library import shelf
from digna.studies.services import versions as frozen

FORMAT = 1
ENTRY = (
    "kind", "market", "title", "title_en", "text", "text_en", "step", "amount", "currency", "unit",
    "on", "until", "place", "reach", "url", "source", "checked_on", "certainty",
)  # fmt: skip


def document(sheet: Sheet) -> dict[str, Any]:
    """Return everything a sheet says today. Its numbers are those of its reading, whole."""
    reading = sheet.reading
    told = reading.record if reading is not None else None
    entries = list(Entry.objects.filter(sheet=sheet))
    return {
        "format": FORMAT,
        "title": {"es": sheet.title, "en": sheet.title_en},
        "programme": {"code": sheet.programme.code, "name": sheet.programme.name},
        "is_synthetic": sheet.programme.is_synthetic,
        "exporter": sheet.exporter,
        "product": sheet.product,
        "markets": list(sheet.markets),
        "weights": dict(sheet.weights),
        "texts": dict(sheet.texts),
        "record": told,
        "reading": str(reading.public_id) if reading is not None else None,
        "entries": [
            {name: sealing.plain(getattr(entry, name)) for name in ENTRY} for entry in entries
        ],
        "steps": steps_named(entry.step for entry in entries if entry.step),
        "figures": figures_of(sheet.exporter, sheet.product),
    }


def bare(
    record: Mapping[str, Any], title: Mapping[str, str], exporter: str, product: str
) -> dict[str, Any]:
    """Return the document of a reading that nobody has written about yet."""
    return {
        "format": FORMAT,
        "title": dict(title),
        "programme": {"code": "", "name": ""},
        "is_synthetic": bool(record["release"]["synthetic"]),
        "exporter": exporter,
        "product": product,
        "markets": [row["market"] for row in record["recommended"]],
        "weights": {},
        "texts": {},
        "record": record,
        "reading": None,
        "entries": [],
        "steps": {},
        "figures": figures_of(exporter, product),
    }


def steps_named(codes: Any) -> dict[str, dict[str, str]]:
    """Return steps of pathways by code, with their name in both languages."""
    steps = shelf().library.steps
    return {
        code: {"es": steps[code].name["es"], "en": steps[code].name["en"]}
        for code in codes
        if code in steps
    }


def figures_of(exporter: str, product: str) -> list[dict[str, Any]]:
    """Return what others published of this product of this country.

    A command may run before there is a database: then nobody published anything.
    """
    try:
        rows = list(PublishedFigure.objects.filter(exporter=exporter, product=product))
    except DatabaseError:
        return []
    return [
        {
            "year": row.year, "measure": row.measure, "amount": str(row.amount.normalize()),
            "source": row.source, "url": row.url,
            "read_on": row.read_on.isoformat() if row.read_on else None,
        }
        for row in rows
    ]  # fmt: skip


def hash_of(told: Mapping[str, Any]) -> str:
    """Return the hash that a kept document must still have."""
    return frozen.hash_of(told)
