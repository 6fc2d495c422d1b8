"""How the markers of a partner stood on a day: the latest judgement of each by then."""

from datetime import date

from django.db.models import Q

from digna.partners.models import Judgement, Marker
from digna.registry.models import Organisation


def in_use_on(day: date) -> list[Marker]:
    """Return the markers that were in use on a day."""
    return list(Marker.objects.filter(Q(retired_on=None) | Q(retired_on__gt=day)))


def latest(partner: Organisation, day: date) -> dict[int, Judgement]:
    """Return the judgement that holds on `day`, by marker."""
    found: dict[int, Judgement] = {}
    rows = Judgement.objects.filter(partner=partner, on__lte=day).select_related("by")
    for row in rows.order_by("on", "pk"):
        found[row.marker_id] = row
    return found


def as_kept(partner: Organisation, day: date) -> dict[str, str | None]:
    """Return how each marker stood, by `code@version`; None where nobody judged it."""
    judged = latest(partner, day)
    return {
        f"{marker.code}@{marker.version}": judged[marker.pk].reached
        if marker.pk in judged
        else None
        for marker in in_use_on(day)
    }
