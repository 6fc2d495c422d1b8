"""What this room forgets of a person who is erased: what waited to be settled about them."""

from django.utils import timezone

from digna.field.models import Arrival
from digna.field.services import arrivals
from digna.registry.models import Person


def forget(person: Person) -> None:
    """Blank every question about a person, open ones too, here and in the journal.

    An open one has nothing left to decide: it counts as rejected, and the telephone says why.
    """
    for arrival in Arrival.objects.filter(person=person):
        arrivals.blank(arrival, timezone.now())
        if arrival.is_open:
            arrivals.close_erased(arrival)
