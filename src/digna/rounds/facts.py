"""The fact table of this room: one row a scheduled meeting of a business round."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from digna.linkages.models import DealStep, FollowUp
from digna.registry.facts import departments_by_place, owners
from digna.rounds.models import Meeting, Slip
from digna.rounds.models.after import Interest
from digna_engines.indicators.schema import Column, FactSchema

Row = tuple[Any, ...]

MEETING = FactSchema(
    name="meeting",
    grain="una reunión agendada entre un comprador y una empresa, en una rueda",
    keys=("meeting_id", "programme_id", "enterprise_id", "buyer_id", "round_id", "department"),
    columns={
        "meeting_id": Column("integer", nullable=False, label="reunión"),
        "round_id": Column("integer", nullable=False, label="rueda"),
        "programme_id": Column("integer", nullable=False, label="programa"),
        "enterprise_id": Column("integer", nullable=False, label="empresa"),
        "buyer_id": Column("integer", nullable=False, label="comprador"),
        "state": Column("text", nullable=False, label="estado"),
        "is_held": Column("boolean", nullable=False, label="se realizó"),
        "interest": Column("integer", label="interés (0 a 3)"),
        "is_keen": Column("boolean", label="buen interés"),
        "has_deal": Column("boolean", nullable=False, label="abrió un negocio"),
        "is_followed": Column("boolean", nullable=False, label="con seguimiento"),
        "mode": Column("text", nullable=False, label="modalidad"),
        "buyer_kind": Column("text", nullable=False, label="tipo de comprador"),
        "buyer_country": Column("text", nullable=False, label="país del comprador"),
        "held_on": Column("date", nullable=False, label="día"),
        "department": Column("text", label="departamento"),
        "sector": Column("text", label="rubro"),
        "size_band": Column("text", label="tamaño"),
        "owner_sex": Column("text", label="sexo de quien es dueña/o"),
    },
    dimensions=(
        "state", "mode", "buyer_kind", "buyer_country", "department", "sector", "size_band",
        "owner_sex",
    ),
)  # fmt: skip
FIELDS = (
    "pk", "round_id", "round__programme_id", "firm__enterprise_id", "buyer__buyer_id", "state",
    "deal_id", "is_answered", "has_moved", "mode", "buyer__buyer__kind", "buyer__buyer__country",
    "slot__starts_at", "firm__enterprise__place_id", "firm__enterprise__sector__code",
    "firm__enterprise__size_band",
)  # fmt: skip


def meeting_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the scheduled meetings of rounds; those taken out of the agenda are none."""
    return MEETING, _meetings(programme_id)


def _meetings(programme_id: int | None) -> Iterator[Row]:
    rows = Meeting.objects.exclude(state=Meeting.State.CANCELLED).order_by("pk")
    if programme_id is not None:
        rows = rows.filter(round__programme=programme_id)
    moved = DealStep.objects.filter(
        deal=OuterRef("deal"), withdrawn_at=None, replaced_by=None
    ).exclude(kind=DealStep.Kind.INTENTION)
    rows = rows.annotate(
        is_answered=Exists(FollowUp.objects.filter(deal=OuterRef("deal"), was_answered=True)),
        has_moved=Exists(moved),
    )
    said, departments, owned_by = _interest(), departments_by_place(), owners()
    for (
        key, round_, programme, firm, buyer, state, deal, answered, has_moved, mode, kind, country,
        at, place, sector, band,
    ) in rows.values_list(*FIELDS).iterator():  # fmt: skip
        interest = said.get(key)
        yield (
            key, round_, programme, firm, buyer, state, state == Meeting.State.HELD, interest,
            None if interest is None else interest >= Interest.GOOD,
            deal is not None, answered or has_moved, mode, kind, country,
            timezone.localdate(at), departments.get(place), sector, band or None,
            owned_by.get(firm),
        )  # fmt: skip


def _interest() -> dict[int, int]:
    """The keener word of the two sides, by meeting."""
    found: dict[int, int] = {}
    rows = Slip.objects.exclude(interest=None).values_list("meeting_id", "interest")
    for meeting, interest in rows:
        if interest is not None:
            found[meeting] = max(found.get(meeting, 0), interest)
    return found
