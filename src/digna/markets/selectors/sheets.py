"""Sheets in lists, their entries in groups, what changed between versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext as _

from digna.markets import access, naming
from digna.markets.models import Entry, Reading, Sheet, SheetVersion
from digna.markets.parts import PARTS
from digna.pathways.forms import said
from digna.pathways.models import ExportPlan
from digna.pathways.selectors.library import shelf
from digna.registry.models import Enterprise

State = SheetVersion.State


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of sheets was asked for."""

    q: str = ""
    state: str = ""


STATES = {
    "draft": Q(last_state=None), "sent": Q(last_state=State.SENT),
    "returned": Q(last_state=State.RETURNED), "approved": Q(last_state=State.APPROVED),
    "public": Q(is_published=True),
}  # fmt: skip


def sheets(user: object, asked: Filters) -> QuerySet[Sheet]:
    """Return the sheets in view, the newest first, with the state of their last version."""
    rows = _searched(user, asked.q)
    return rows.filter(STATES[asked.state]) if asked.state in STATES else rows


def _searched(user: object, text: str) -> QuerySet[Sheet]:
    versions = SheetVersion.objects.filter(sheet=OuterRef("pk")).order_by("-number")
    shown = versions.filter(published_at__isnull=False, withdrawn_at=None)
    rows = access.visible_sheets(user).select_related("programme", "reading__release")
    rows = rows.annotate(
        last_state=Subquery(versions.values("state")[:1]),
        last_number=Subquery(versions.values("number")[:1]),
        is_published=Exists(shown),
    )
    if text.strip():
        rows = rows.filter(Q(title__icontains=text.strip()) | Q(product__startswith=text.strip()))
    return rows


def chips(user: object, query: QueryDict, asked: Filters) -> list[dict[str, Any]]:
    """Return the filters by state with their counts, in one query."""
    rows = _searched(user, asked.q)
    counts = rows.aggregate(
        all=Count("pk"), **{name: Count("pk", filter=rule) for name, rule in STATES.items()}
    )
    labels = {
        "": (_("Todas"), counts["all"]), "draft": (_("Borrador"), counts["draft"]),
        "sent": (_("En revisión"), counts["sent"]),
        "returned": (_("Devueltas"), counts["returned"]),
        "approved": (_("Aprobadas"), counts["approved"]),
        "public": (_("Publicadas"), counts["public"]),
    }  # fmt: skip
    found = []
    for state, (label, count) in labels.items():
        told = query.copy()
        told.pop("pagina", None)
        told["estado"] = state
        url = f"?{told.urlencode()}"
        found.append({"label": label, "count": count, "url": url, "is_on": asked.state == state})
    return found


def newer_reading(sheet: Sheet) -> Reading | None:
    """Return a reading of the same thing that came out after the sheet's, of data in use."""
    rows = Reading.objects.filter(
        exporter=sheet.exporter, product=sheet.product, state=Reading.State.DONE,
        release__retired_at=None,
    ).order_by("release__is_synthetic", "-computed_at")  # fmt: skip
    if sheet.reading_id:
        rows = rows.exclude(pk=sheet.reading_id)
        if sheet.reading is not None and sheet.reading.computed_at:
            rows = rows.filter(computed_at__gt=sheet.reading.computed_at)
            if not sheet.reading.release.is_synthetic:
                rows = rows.filter(release__is_synthetic=False)
    return rows.first()


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one kind."""

    kind: str
    label: Any
    entries: tuple[tuple[Entry, str, str], ...]


def entry_groups(sheet: Sheet) -> tuple[Group, ...]:
    """Return every kind with its entries: the market's name and the pathway step beside each."""
    rows = list(Entry.objects.filter(sheet=sheet))
    steps = dict(step_choices())
    return tuple(
        Group(
            kind, Entry.Kind(kind).label,
            tuple(
                (row, naming.country(row.market) if row.market else "", steps.get(row.step, ""))
                for row in rows if row.kind == kind
            ),
        )
        for kind in Entry.Kind.values
    )  # fmt: skip


def step_choices() -> list[tuple[str, str]]:
    """Return the steps of the pathways to export, for choosing."""
    library, tongue = shelf().library, naming.tongue()
    codes = {
        step: None for code, one in library.pathways.items() if code.startswith("export")
        for step in one.steps
    }  # fmt: skip
    return [
        (code, said(library.steps[code].name, tongue)) for code in codes if code in library.steps
    ]


def changes(version: SheetVersion) -> tuple[str, ...]:
    """Return what a version says otherwise than the one before it, in words."""
    before = (
        SheetVersion.objects.filter(sheet=version.sheet_id, number__lt=version.number)
        .order_by("-number")
        .first()
    )
    if before is None:
        return ()
    return _differences(before.document, version.document)


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    said_ = []
    if old["reading"] != new["reading"]:
        said_.append(_("Números nuevos."))
    if old["markets"] != new["markets"]:
        names = ", ".join(naming.country(code) for code in new["markets"])
        said_.append(_("Mercados: %(names)s.") % {"names": names})
    for code, part in PARTS.items():
        if old["texts"].get(code) != new["texts"].get(code):
            said_.append(_("Texto cambiado: %(part)s.") % {"part": part.name})
    gone = [row["title"] for row in old["entries"] if row not in new["entries"]]
    come = [row["title"] for row in new["entries"] if row not in old["entries"]]
    if come:
        said_.append(_("Nuevo o corregido: %(names)s.") % {"names": "; ".join(come)})
    if gone:
        said_.append(_("Ya no está así: %(names)s.") % {"names": "; ".join(gone)})
    return tuple(said_)


@dataclass(frozen=True, slots=True)
class Card:
    """A sheet in a list for who did not make it."""

    version: SheetVersion
    title: str
    summary: str
    product: naming.Named
    is_own: bool = False


def _card(version: SheetVersion, *, is_own: bool = False) -> Card:
    told, tongue = version.document, naming.tongue()
    from digna.markets import citations

    words = told["texts"].get("summary", {})
    text = words.get(tongue) or words.get("es", "")
    return Card(
        version=version,
        title=told["title"].get(tongue) or told["title"]["es"],
        summary=citations.plain(text, told["record"]),
        product=naming.product(told["product"], told["record"]["product"]["name_en"]),
        is_own=is_own,
    )


def _latest_each(rows: QuerySet[SheetVersion]) -> list[SheetVersion]:
    """The first of each sheet: they come with the newest version first."""
    found: dict[int, SheetVersion] = {}
    for row in rows:
        found.setdefault(row.sheet_id, row)
    return list(found.values())


def public_cards(text: str = "") -> list[Card]:
    """Return the sheets on the portal, by title; found by words of title and product."""
    cards = [_card(row) for row in _latest_each(access.public_versions())]
    wanted = text.strip().lower()
    found = [
        card for card in cards
        if wanted in f"{card.title} {card.product.name} {card.product.code}".lower()
    ]  # fmt: skip
    return sorted(found, key=lambda card: card.title)


def cards_for(enterprise: Enterprise) -> list[Card]:
    """Return the approved sheets for a firm; those of what it plans to export come first."""
    codes = {
        "".join(c for c in row if c.isdigit())[:6]
        for row in ExportPlan.objects.filter(enterprise=enterprise).values_list(
            "hs_code", flat=True
        )
    } - {""}
    cards = [
        _card(row, is_own=row.sheet.product in codes)
        for row in _latest_each(access.approved_versions())
    ]
    return sorted(cards, key=lambda card: (not card.is_own, card.title))
