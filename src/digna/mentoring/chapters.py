"""What this room tells of a person and of a firm on their pages in the register.

Never a private note, nor why a pair changed.
"""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.mentoring import access
from digna.mentoring.models import Application, Mentor, Outcome, Pair
from digna.registry.models import Enterprise, Person
from digna.registry.stories import Entry, Link


def of_person(person: Person) -> list[Entry]:
    """Return the applications of a person and the pairs they are in, on either side."""
    applied = Application.objects.filter(person=person).select_related("cohort")
    entries = [_applied(one) for one in applied]
    pairs = Pair.objects.filter(state__in=Pair.STARTED).select_related(
        "application__person", "mentor__person", "cohort"
    )
    entries += [_began(one, str(one.mentor)) for one in pairs.filter(application__person=person)]
    return entries + [
        _began(one, str(one.application)) for one in pairs.filter(mentor__person=person)
    ]


def _applied(one: Application) -> Entry:
    return Entry(
        when=timezone.localdate(one.received_at),
        what=_("Postuló a la mentoría"),
        detail=f"{one.cohort.title} · {one.get_state_display()}",
        url=reverse("mentoring:application", args=[one.public_id]),
    )


def _began(one: Pair, other: str) -> Entry:
    assert one.started_on is not None  # noqa: S101 — only such pairs were asked for
    return Entry(
        when=one.started_on,
        what=_("Mentoría con %(name)s") % {"name": other},
        detail=f"{one.cohort.title} · {one.get_state_display()}",
        url=reverse("mentoring:pair", args=[one.public_id]),
    )


def of_enterprise(enterprise: Enterprise) -> list[Entry]:
    """Return the mentoring of a firm's people and what was measured of it."""
    entries = [
        _applied(one)
        for one in Application.objects.filter(enterprise=enterprise).select_related("cohort")
    ]
    rows = Outcome.objects.filter(application__enterprise=enterprise).select_related(
        "application__cohort"
    )
    return entries + [
        Entry(
            when=row.on,
            what=_("Resultados de la mentoría"),
            detail=f"{row.application.cohort.title} · {row.get_point_display()}",
            url=reverse("mentoring:application", args=[row.application.public_id]),
        )
        for row in rows
    ]


def links_of_person(user: object, person: Person) -> list[Link]:
    """Return the way to a person's profile as a mentor, or to make one."""
    if not rights.may(user, access.EDIT):
        return []
    row = Mentor.objects.filter(person=person).first()
    if row is not None:
        url = reverse("mentoring:mentor", args=[row.public_id])
        return [Link(_("Como mentor/a"), url, "handshake")]
    url = reverse("mentoring:enlist", args=[person.public_id])
    return [Link(_("Hacer mentor/a"), url, "handshake")]
