"""What the kits know about selling a product in a market, offered to a sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from digna.markets import groups
from digna.markets.models import Entry, Sheet
from digna.programmes.models import InstalledKit
from digna.programmes.services import kits


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A fact of a kit that fits a sheet; `values` are those of its entry."""

    code: str
    kind: str
    kind_word: str
    market: str
    title: str
    text: str
    values: Mapping[str, Any]


def suggestions(sheet: Sheet, tongue: str = "es") -> tuple[Suggestion, ...]:
    """Return the facts that fit the sheet's product and markets and are not in it yet."""
    taken = set(
        Entry.objects.filter(sheet=sheet).exclude(kit_code="").values_list("kit_code", flat=True)
    )
    found = []
    for fact in _facts():
        for market in _places(fact, sheet):
            code = f"{fact['code']}:{market}"
            if code not in taken and _is_of(fact, sheet.product):
                found.append(_suggestion(code, fact, market, tongue))
    return tuple(found)


def _places(fact: Mapping[str, Any], sheet: Sheet) -> list[str]:
    """Where a fact holds: once for all markets, once for a group, or in each of its countries."""
    if not fact["markets"]:
        return [""]
    return [code for code in fact["markets"] if groups.expand([code]) & set(sheet.markets)]


def _is_of(fact: Mapping[str, Any], product: str) -> bool:
    return not fact["products"] or any(product.startswith(p) for p in fact["products"])


def _suggestion(code: str, fact: Mapping[str, Any], market: str, tongue: str) -> Suggestion:
    titles = _sources()
    values = {
        "market": market,
        "title": fact["title_es"], "title_en": fact["title_en"],
        "text": fact["text_es"], "text_en": fact["text_en"],
        "step": fact.get("step") or "", "place": fact.get("place") or "",
        "reach": fact.get("reach") or "", "url": fact.get("url") or "",
        "on": _day(fact.get("on")), "until": _day(fact.get("until")),
        "source": "; ".join(titles.get(one, one) for one in fact["sources"])[:200],
        "checked_on": _day(fact["checked_on"]), "certainty": fact["certainty"], "kit_code": code,
    }  # fmt: skip
    return Suggestion(
        code=code, kind=fact["kind"], kind_word=str(Entry.Kind(fact["kind"]).label), market=market,
        title=fact[f"title_{tongue}"], text=fact[f"text_{tongue}"], values=values,
    )  # fmt: skip


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _facts() -> list[dict[str, Any]]:
    return [row for kit in _latest() for row in kits.entries(kit.documents, "market_facts")]


def _sources() -> dict[str, str]:
    rows = [row for kit in _latest() for row in kits.entries(kit.documents, "sources")]
    return {row["code"]: row["title"] for row in rows}


def _latest() -> list[InstalledKit]:
    """The newest edition of each kit that knows of markets."""
    every = InstalledKit.objects.filter(documents__has_key="market_facts").order_by(
        "loaded_at", "pk"
    )
    return list({kit.code: kit for kit in every}.values())
