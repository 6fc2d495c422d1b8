"""What the installed kits bring for chains and for the self-check: the newest of each kit."""

from collections.abc import Mapping
from typing import Any

from digna.programmes.models import InstalledKit
from digna.programmes.services import kits
from digna.web.languages import either

CHAINS, POINTS = "results_chains", "control_points"


def _entries(section: str) -> list[dict[str, Any]]:
    newest: dict[str, Mapping[str, Any]] = {}
    for kit in InstalledKit.objects.filter(documents__has_key=section).order_by("loaded_at", "pk"):
        newest[kit.code] = kit.documents
    return [one for documents in newest.values() for one in kits.entries(documents, section)]


def offered() -> list[dict[str, str]]:
    """Return the example chains by code and name, in the language in use."""
    return [
        {"code": one["code"], "name": either(one["name_es"], one["name_en"])}
        for one in _entries(CHAINS)
    ]


def entry(code: str) -> dict[str, Any] | None:
    """Return an example chain as the kit wrote it; None where no kit has it."""
    return next((one for one in _entries(CHAINS) if one["code"] == code), None)


def control_points() -> list[dict[str, Any]]:
    """Return the control points of the self-check, in their order."""
    return _entries(POINTS)
