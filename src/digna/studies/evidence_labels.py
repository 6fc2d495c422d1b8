"""Evidence as other pages of this room name it."""

import uuid
from collections.abc import Mapping, Sequence

from django.urls import reverse

from digna.studies.evidence_links import EvidenceLink
from digna.studies.models.assessments import Evidence


def look_up(keys: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, EvidenceLink]:
    """Return the pieces of evidence that exist, by key."""
    rows = Evidence.objects.filter(public_id__in=keys).select_related("study")
    return {
        row.public_id: EvidenceLink(
            row.public_id,
            f"{row.label} · {row.source}"[:120],
            reverse("studies:evidence", args=[row.public_id]),
        )
        for row in rows
    }
