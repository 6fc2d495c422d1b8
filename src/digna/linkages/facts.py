"""The fact tables of this room: offers, deals, their standing steps, steps into the digital market.

Amounts are published per step with their kind and currency: an intention and a payment are two rows
of two kinds, and an indicator names the kind and the currency it adds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from digna.improvement.facts import FIRM, SPLIT
from digna.linkages.models import CohortFirm, Deal, DealStep, MarketMark, Offer
from digna.linkages.selectors import deals as selectors
from digna.registry import facts as registry
from digna.registry.models import Enterprise
from digna_engines.indicators.schema import Column, FactSchema

Row = tuple[Any, ...]

OFFER = FactSchema(
    name="linkages.offer",
    grain="una oferta de una empresa (y en cada programa en que la empresa vende o participa)",
    keys=("offer_id", "enterprise_id", "programme_id"),
    columns={
        "offer_id": Column("integer", nullable=False, label="oferta"),
        **FIRM,
        "state": Column("text", nullable=False, label="estado"),
        "hs_code": Column("text", label="código HS"),
        "noted_on": Column("date", nullable=False, label="anotada el"),
        "published_on": Column("date", label="publicada el"),
        "has_papers": Column("boolean", label="tiene certificaciones o registros"),
        "has_english": Column("boolean", nullable=False, label="está en inglés"),
    },
    dimensions=(*SPLIT, "state", "hs_code"),
)
DEAL = FactSchema(
    name="linkages.deal",
    grain="un negocio",
    keys=("deal_id", "enterprise_id", "programme_id"),
    columns={
        "deal_id": Column("integer", nullable=False, label="negocio"),
        **FIRM,
        "opened_on": Column("date", nullable=False, label="abierto el"),
        "state": Column("text", nullable=False, label="estado"),
        "is_followed_up": Column("boolean", nullable=False, label="con seguimiento"),
        "is_export": Column("boolean", nullable=False, label="exportación"),
        "is_supplier_programme": Column("boolean", nullable=False, label="por proveedores"),
        "buyer_country": Column("text", label="país del comprador"),
    },
    dimensions=(*SPLIT, "state", "is_export", "is_supplier_programme", "buyer_country"),
)
STEP = FactSchema(
    name="linkages.deal_step",
    grain="un paso de un negocio que está en pie: ni corregido ni quitado",
    keys=("step_id", "deal_id", "enterprise_id", "programme_id"),
    columns={
        "step_id": Column("integer", nullable=False, label="paso"),
        "deal_id": Column("integer", nullable=False, label="negocio"),
        **FIRM,
        "kind": Column("text", nullable=False, label="paso"),
        "step_on": Column("date", nullable=False, label="fecha"),
        "amount": Column("number", label="monto"),
        "currency": Column("text", label="moneda"),
        "review": Column("text", nullable=False, label="revisión"),
        "has_evidence": Column("boolean", nullable=False, label="con evidencia"),
        "is_export": Column("boolean", nullable=False, label="exportación"),
        "is_supplier_programme": Column("boolean", nullable=False, label="por proveedores"),
    },
    dimensions=(*SPLIT, "kind", "currency", "review", "is_export", "is_supplier_programme"),
)
MARK = FactSchema(
    name="linkages.market_step",
    grain="un paso al mercado digital de una empresa de un grupo",
    keys=("mark_id", "enterprise_id", "programme_id"),
    columns={
        "mark_id": Column("integer", nullable=False, label="paso de la empresa"),
        **FIRM,
        "step": Column("text", nullable=False, label="paso"),
        "state": Column("text", nullable=False, label="estado"),
        "is_channel": Column("boolean", nullable=False, label="abre un canal"),
        "marked_on": Column("date", nullable=False, label="fecha"),
    },
    dimensions=(*SPLIT, "step", "state", "is_channel"),
)


@dataclass
class _Firms:
    """What is told of firms, read once for a table."""

    departments: dict[int, str] = field(default_factory=registry.departments_by_place)
    owners: dict[int, str] = field(default_factory=registry.owners)

    def told(self, firm: Enterprise, programme: int | None) -> Row:
        """Return the firm's own columns."""
        return (
            firm.pk,
            programme,
            self.departments.get(firm.place_id) if firm.place_id is not None else None,
            firm.sector.code if firm.sector is not None else None,
            firm.size_band or None,
            self.owners.get(firm.pk),
        )


def offer_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the offers of firms that sell or take part in a programme, or of all."""
    return OFFER, _offers(programme_id)


def _offers(programme_id: int | None) -> Iterator[Row]:
    firms, within = _Firms(), _programmes()
    rows = Offer.objects.select_related("enterprise__sector").prefetch_related("certifications")
    for row in rows.order_by("pk"):
        found: list[int] | list[None] = sorted(within.get(row.enterprise_id, ())) or [None]
        for programme in found:
            if programme_id is None or programme == programme_id:
                held = bool(row.certifications.all())
                yield (
                    row.pk,
                    *firms.told(row.enterprise, programme),
                    row.state,
                    row.hs_code[:6] or None,
                    row.created_at.date(),
                    row.published_on,
                    held if held or row.papers_stated_on is not None else None,
                    bool(row.name_en),
                )


def _programmes() -> dict[int, set[int]]:
    """Return the programmes in which each firm has a deal or is in a cohort."""
    found: dict[int, set[int]] = {}
    for firm, programme in [
        *Deal.objects.order_by().values_list("enterprise_id", "programme_id").distinct(),
        *CohortFirm.objects.order_by().values_list("enterprise_id", "cohort__programme_id"),
    ]:
        found.setdefault(firm, set()).add(programme)
    return found


def deal_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the deals of a programme, or all."""
    return DEAL, _deals(programme_id)


def _deals(programme_id: int | None) -> Iterator[Row]:
    firms = _Firms()
    rows = Deal.objects.select_related("enterprise__sector").order_by("pk")
    if programme_id is not None:
        rows = rows.filter(programme=programme_id)
    for one in selectors.standings(selectors.with_steps(rows).select_related("enterprise__sector")):
        deal = one.deal
        yield (
            deal.pk,
            *firms.told(deal.enterprise, deal.programme_id),
            deal.opened_on,
            one.state,
            one.is_followed_up,
            deal.is_export,
            deal.is_supplier_programme,
            deal.buyer.country if deal.buyer is not None else None,
        )


def step_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the standing steps of the deals of a programme, or of all."""
    return STEP, _steps(programme_id)


def _steps(programme_id: int | None) -> Iterator[Row]:
    firms = _Firms()
    rows = DealStep.objects.filter(withdrawn_at__isnull=True, replaced_by__isnull=True)
    if programme_id is not None:
        rows = rows.filter(deal__programme=programme_id)
    for row in rows.select_related("deal__enterprise__sector").order_by("pk"):
        yield (
            row.pk,
            row.deal_id,
            *firms.told(row.deal.enterprise, row.deal.programme_id),
            row.kind,
            row.on,
            row.amount,
            row.currency or None,
            row.review,
            row.has_evidence,
            row.deal.is_export,
            row.deal.is_supplier_programme,
        )


def market_step_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the steps into the digital market of the cohorts of a programme, or of all."""
    return MARK, _marks(programme_id)


def _marks(programme_id: int | None) -> Iterator[Row]:
    firms = _Firms()
    rows = MarketMark.objects.select_related("firm__enterprise__sector", "firm__cohort", "step")
    if programme_id is not None:
        rows = rows.filter(firm__cohort__programme=programme_id)
    for row in rows.order_by("pk"):
        yield (
            row.pk,
            *firms.told(row.firm.enterprise, row.firm.cohort.programme_id),
            row.step.code,
            row.state,
            row.step.is_channel,
            row.on,
        )
