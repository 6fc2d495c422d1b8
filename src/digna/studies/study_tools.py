"""The checklist of tools: from the kit when one is installed, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from digna.programmes.models import InstalledKit
from digna.programmes.services import kits

SECTION = "study_tools"


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool and the questions to ask with it."""

    code: str
    name: str
    purpose: str
    step: str
    questions: tuple[str, ...]


def tools() -> tuple[Tool, ...]:
    """Return the tools of the kits installed; none where no kit has any."""
    latest: dict[str, Mapping[str, Any]] = {}
    for kit in InstalledKit.objects.filter(documents__has_key=SECTION).order_by("loaded_at", "pk"):
        latest[kit.code] = kit.documents
    tongue = "en" if (get_language() or "es").startswith("en") else "es"
    found = [entry for documents in latest.values() for entry in kits.entries(documents, SECTION)]
    return tuple(_tool(entry, tongue) for entry in found)


def _tool(entry: Mapping[str, Any], tongue: str) -> Tool:
    return Tool(
        entry["code"],
        entry[f"name_{tongue}"],
        entry[f"purpose_{tongue}"],
        entry["step"],
        tuple(question[tongue] for question in entry["questions"]),
    )
