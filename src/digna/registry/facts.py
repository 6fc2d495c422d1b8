"""The fact table of the register: one row per firm, as it is known today.

A firm is registered once for everybody: it belongs to every programme of the installation, so
there is no programme column, and asking for one programme gives the same rows. People enter the
figures through what they attend (`events.attendance`).
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone

from digna.registry.models import Enterprise, Place
from digna.registry.models.people import Affiliation
from digna_engines.indicators import Column, FactSchema

Row = tuple[Any, ...]
MIXED = "mixed"
"""Owned by women and men together: neither a firm of women nor one of men."""

ENTERPRISE = FactSchema(
    name="registry.enterprise",
    grain="una empresa",
    keys=("enterprise_id",),
    columns={
        "enterprise_id": Column("integer", nullable=False, label="empresa"),
        "registered_on": Column("date", nullable=False, label="día de registro"),
        "sector": Column("text", label="rubro"),
        "department": Column("text", label="departamento"),
        "size_band": Column("text", label="tamaño"),
        "legal_form": Column("text", label="forma jurídica"),
        "formal": Column("boolean", label="formalizada"),
        "owner_sex": Column("text", label="sexo de quien es dueña o dueño"),
    },
    dimensions=("sector", "department", "size_band", "legal_form", "owner_sex"),
)


def enterprise_facts(programme_id: int | None = None) -> tuple[FactSchema, Iterator[Row]]:
    """Return the schema and the rows, streamed in the order of its columns."""
    return ENTERPRISE, _rows()


def _rows() -> Iterator[Row]:
    departments, owned = departments_by_place(), owners()
    firms = (
        Enterprise.objects.living()
        .order_by("pk")
        .values_list(
            "pk",
            "created_at",
            "sector__code",
            "place_id",
            "size_band",
            "legal_form__code",
            "is_formal",
        )
    )
    for key, created, sector, place, size, form, formal in firms.iterator(chunk_size=10_000):
        yield (
            key,
            timezone.localdate(created),
            sector,
            departments.get(place) if place is not None else None,
            size or None,
            form,
            formal,
            owned.get(key),
        )


def departments_by_place() -> dict[int, str]:
    """Return the department's code of every place that is, or lies in, one."""
    places = Place.objects.select_related("parent")
    return {place.pk: place.department_code for place in places if place.department_code}


def owners() -> dict[int, str]:
    """Return the sex of who owns each firm today; an owner whose sex is unknown tells nothing."""
    today = timezone.localdate()
    current = Affiliation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        role=Affiliation.Role.OWNER,
        enterprise__isnull=False,
        person__merged_into=None,
    ).exclude(person__sex="")
    found: dict[int, str] = {}
    for firm, sex in current.values_list("enterprise_id", "person__sex").iterator(10_000):
        if firm is not None:
            found[firm] = sex if found.get(firm, sex) == sex else MIXED
    return found
