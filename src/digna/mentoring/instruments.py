"""What the kits bring for mentoring: templates, areas, conduct; in the reader's language."""

from collections.abc import Mapping
from typing import Any

from digna.programmes.models import InstalledKit
from digna.web.languages import either

SECTION = "mentoring"
Terms = Mapping[str, Any]
EMPTY: Terms = {
    "templates": [], "areas": [], "stages": [], "practices": [],
    "conduct": {"version": "", "points": []}, "agreement": {"version": "", "points": []},
}  # fmt: skip


def installed() -> Terms:
    """Return the section of the kit taken in last; empty lists where no kit has one."""
    kit = InstalledKit.objects.filter(documents__has_key=SECTION).order_by("loaded_at", "pk").last()
    if kit is None:
        return EMPTY
    document = kit.documents[SECTION]
    return dict(document.get(SECTION, document))


def terms_of(template: str) -> dict[str, Any]:
    """Return what a new cohort keeps to its end: its template and the texts of today."""
    told = installed()
    chosen: dict[str, Any] = next((one for one in told["templates"] if one["code"] == template), {})
    kept = {name: told[name] for name in EMPTY if name != "templates"}
    return {"template": chosen, **kept}


def named(entries: Any) -> dict[str, str]:
    """Return the names of coded entries, by code."""
    return {one["code"]: either(one["name_es"], one["name_en"]) for one in entries}


def sentences(text: Mapping[str, Any]) -> list[str]:
    """Return the points of a text."""
    return [either(point["es"], point["en"]) for point in text.get("points", ())]


def questions(terms: Mapping[str, Any]) -> dict[str, str]:
    """Return the practices asked about, by code."""
    found = terms.get("practices", ())
    return {one["code"]: either(one["text_es"], one["text_en"]) for one in found}
