"""Mentors: enlisted, corrected, given places; the code of conduct they accept."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.mentoring import instruments
from digna.mentoring.models import Mentor, Pair, Seat
from digna.registry.models import Organisation, Person


@writes("mentoring.mentor.enlisted")
def enlist(
    *,
    actor: Actor,
    person: Person,
    capacity: int,
    since: date | None = None,
    organisations: Iterable[Organisation] = (),
    **values: Any,
) -> Mentor:
    """Enlist a person of the register as a mentor, with their places; who is one is returned."""
    standing = Mentor.objects.filter(person=person).first()
    if standing is not None:
        return standing
    values.setdefault("user", person.account)
    mentor = record.add(
        Mentor(
            person=person,
            since=since or timezone.localdate(actor.at),
            created_by=actor.user,
            **values,
        )
    )
    record.link(mentor, "organisations", organisations)
    record.add_many([Seat(mentor=mentor, number=n) for n in range(1, capacity + 1)])
    return mentor


@writes("mentoring.mentor.corrected")
def correct_mentor(
    *,
    actor: Actor,
    mentor: Mentor,
    capacity: int | None = None,
    organisations: Iterable[Organisation] | None = None,
    **values: Any,
) -> Mentor:
    """Correct what a mentor offers; with `capacity`, also how many places.

    Raises:
        Refused: `mentoring.mentor.places_in_use`.
    """
    if capacity is not None:
        set_capacity(actor=actor, mentor=mentor, capacity=capacity)
    if organisations is not None:
        record.link(mentor, "organisations", organisations)
    return record.change(mentor, **values)


@writes("mentoring.mentor.resized")
def set_capacity(*, actor: Actor, mentor: Mentor, capacity: int) -> Mentor:
    """Give a mentor more places or take away free ones; a place in use is never taken away.

    Raises:
        Refused: `mentoring.mentor.places_in_use`.
    """
    locked = Mentor.objects.select_for_update().get(pk=mentor.pk)
    seats = list(locked.seats.order_by("number"))
    if capacity > len(seats):
        taken = {seat.number for seat in seats}
        numbers = [n for n in range(1, capacity + len(seats) + 1) if n not in taken]
        wanted = numbers[: capacity - len(seats)]
        record.add_many([Seat(mentor=locked, number=n) for n in wanted])
        return mentor
    in_use = set(
        Pair.objects.filter(seat__mentor=locked, state__in=Pair.HOLDING).values_list(
            "seat", flat=True
        )
    )
    spare = [seat for seat in reversed(seats) if seat.pk not in in_use][: len(seats) - capacity]
    if len(seats) - len(spare) > capacity:
        raise Refused(
            "mentoring.mentor.places_in_use",
            _(
                "%(name)s tiene %(n)s lugares ocupados: no puede quedar con menos. "
                "Cierre antes una pareja."
            )
            % {"name": mentor, "n": len(in_use)},
            field="capacity",
        )
    for seat in spare:
        record.remove(seat)
    return mentor


@writes("mentoring.conduct.accepted")
def accept_conduct(*, actor: Actor, mentor: Mentor) -> Mentor:
    """Note that a mentor accepted the code of conduct of today."""
    version = str(instruments.installed()["conduct"]["version"])
    return record.change(mentor, conduct_accepted_at=actor.at, conduct_version=version)
