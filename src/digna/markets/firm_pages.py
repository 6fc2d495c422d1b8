"""A market sheet for one firm, on one page and in plain words.

At least three markets and why, what the firm's own plan says beside what markets pay, and what to
do first. Nothing here is computed anew: it is the approved version, read for somebody.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from digna.markets import groups, measures, naming, remarks, sheet_pages
from digna.markets.models import SheetVersion
from digna.pathways.models import ExportPlan
from digna.registry.models import Enterprise

FIRST = 3


@dataclass(frozen=True, slots=True)
class Suggested:
    """A market for the firm: one big number, the reasons, what to mind, what it asks for."""

    name: str
    left: str
    price: str
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FirmPage:
    """What is told to a firm."""

    firm: str
    title: str
    product: naming.Named
    summary: str
    markets: tuple[Suggested, ...]
    price_words: str
    first: tuple[str, ...]
    fairs: tuple[sheet_pages.Line, ...]
    contacts: tuple[sheet_pages.Line, ...]
    source: str
    is_synthetic: bool
    number: int
    approved_on: datetime | None

    @property
    def known(self) -> list[tuple[str, tuple[sheet_pages.Line, ...]]]:
        """Where to go and to whom to write, with their headings."""
        return [(_("Ferias"), self.fairs), (_("A quién escribir"), self.contacts)]


def page(version: SheetVersion, enterprise: Enterprise) -> FirmPage:
    """Tell an approved version for a firm."""
    document = version.document
    told = sheet_pages.paper(document)
    record = document["record"]
    rows = {row["market"]: row for row in record["markets"]}
    return FirmPage(
        firm=str(enterprise),
        title=told.title,
        product=told.product,
        summary=told.parts["summary"].text if "summary" in told.parts else "",
        markets=tuple(_suggested(one, rows[one.market], told) for one in _advised(record, told)),
        price_words=_price(enterprise, version, record),
        first=_first(told),
        fairs=told.lines["fair"][:3],
        contacts=told.lines["contact"][:3],
        source=told.source[0],
        is_synthetic=told.is_synthetic,
        number=version.number,
        approved_on=version.judged_at,
    )


def _advised(record: Any, told: sheet_pages.Paper) -> tuple[remarks.Advice, ...]:
    """The analyst's markets first, filled up with the engine's to three."""
    chosen = list(told.advice)
    chosen += [one for one in remarks.recommended(record) if one not in chosen]
    return tuple(chosen[:FIRST])


def _suggested(one: remarks.Advice, row: Any, told: sheet_pages.Paper) -> Suggested:
    asked = told.lines["requirement"]
    return Suggested(
        name=one.name,
        left=measures.usd(row["unrealised"]),
        price=measures.price(row["unit_value"]),
        reasons=one.reasons[:3],
        cautions=one.cautions[:2],
        requirements=tuple(
            line.title
            for line in asked
            if not line.market_code or one.market in groups.expand([line.market_code])
        )[:4],
    )


def _price(enterprise: Enterprise, version: SheetVersion, record: Any) -> str:
    """The price of the firm's own export plan beside the country's, where both are known."""
    plan = ExportPlan.objects.filter(enterprise=enterprise, price__isnull=False).first()
    usual = measures.price(record["exporter"]["unit_value"])
    if (
        plan is None
        or plan.currency != "USD"
        or plan.unit.lower() not in ("kg", "kilo", "kilogramo")
    ):
        return _("El país vende en promedio a %(usual)s. Compare con su precio.") % {"usual": usual}
    digits = "".join(c for c in plan.hs_code if c.isdigit())[:6]
    if digits and digits != version.sheet.product:
        return _("El país vende en promedio a %(usual)s.") % {"usual": usual}
    own = measures.price(float(plan.price or 0))
    return _("Su plan dice %(own)s; el país vende en promedio a %(usual)s.") % {
        "own": own, "usual": usual
    }  # fmt: skip


def _first(told: sheet_pages.Paper) -> tuple[str, ...]:
    if "advice" in told.parts:
        return tuple(
            line.strip() for line in told.parts["advice"].text.splitlines() if line.strip()
        )
    return (_("Hable con quien acompaña a su empresa y elija un mercado."),)
