"""What this room tells of a person and of a firm on their pages in the register."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.learning import access
from digna.learning.models import Enrolment
from digna.registry.models import Enterprise, Person
from digna.registry.stories import Entry, Link


def of_person(person: Person) -> list[Entry]:
    """Return the courses a person began or finished."""
    rows = Enrolment.objects.filter(person=person).select_related("course")
    return [entry for row in rows for entry in _entries(row, "")]


def of_enterprise(enterprise: Enterprise) -> list[Entry]:
    """Return the courses of a firm's people."""
    rows = Enrolment.objects.filter(enterprise=enterprise).select_related("course", "person")
    return [entry for row in rows for entry in _entries(row, str(row.person))]


def _entries(row: Enrolment, who: str) -> list[Entry]:
    url = reverse("learning:enrolment", args=[row.public_id])
    found = [
        Entry(
            when=timezone.localdate(row.enrolled_at),
            what=_("Se inscribió a un curso"),
            detail=_told(row, who),
            url=url,
        )
    ]
    if row.finished_at is not None:
        when = timezone.localdate(row.finished_at)
        found.append(Entry(when, _("Terminó un curso"), _told(row, who), url))
    return found


def _told(row: Enrolment, who: str) -> str:
    return " · ".join(part for part in (str(row.course), who) if part)


def links_of_person(user: object, person: Person) -> list[Link]:
    """Return the way to enrol a person in a course."""
    if not rights.may(user, access.ENROL):
        return []
    url = reverse("learning:enrol_person", args=[person.public_id])
    return [Link(_("Inscribir a un curso"), url, "graduation-cap")]


def links_of_enterprise(user: object, enterprise: Enterprise) -> list[Link]:
    """Return the way to enrol the people of a firm in a course."""
    if not rights.may(user, access.ENROL):
        return []
    url = reverse("learning:enrol_firm", args=[enterprise.public_id])
    return [Link(_("Inscribir a un curso"), url, "graduation-cap")]
