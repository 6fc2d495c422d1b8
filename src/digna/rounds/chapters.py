"""What this room tells of a firm and of a person on their pages in the register."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.registry.models import Enterprise, Person
from digna.registry.stories import Entry
from digna.rounds.models import Meeting, Party

SHOWN = (Party.State.REGISTERED, Party.State.WAITING)


def of_enterprise(enterprise: Enterprise) -> list[Entry]:
    """Return one entry a round the firm was in, with its meetings held of those scheduled."""
    planned = ~Q(meetings_as_firm__state=Meeting.State.CANCELLED)
    rows = (
        Party.objects.filter(enterprise=enterprise, state__in=SHOWN)
        .select_related("round")
        .annotate(
            scheduled=Count("meetings_as_firm", filter=planned),
            held=Count("meetings_as_firm", filter=Q(meetings_as_firm__state=Meeting.State.HELD)),
        )
    )
    return [
        Entry(
            when=row.round.held_on,
            what=_("Rueda de negocios: %(round)s") % {"round": row.round},
            detail=_("%(held)s de %(scheduled)s reuniones realizadas")
            % {"held": row.held, "scheduled": row.scheduled},
            url=reverse("rounds:round", args=[row.round.public_id]),
        )
        for row in rows
    ]


def of_person(person: Person) -> list[Entry]:
    """Return one entry a round the person came to for a firm or a buyer."""
    rows = Party.objects.filter(contact=person).select_related(
        "round", "enterprise", "buyer__organisation"
    )
    return [
        Entry(
            when=row.round.held_on,
            what=_("Rueda de negocios: %(round)s") % {"round": row.round},
            detail=row.name,
            url=reverse("rounds:round", args=[row.round.public_id]),
        )
        for row in rows
    ]
