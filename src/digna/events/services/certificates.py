"""Certificates of attendance of a process: who came to enough of it, with their hours."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.certificates import attending
from digna.certificates.models import Certificate
from digna.certificates.services import certificates
from digna.errors import Refused
from digna.events.models import Attendance, ParticipantRole, Process, Session
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Person


@dataclass(frozen=True, slots=True)
class Attender:
    """A participant: to how many sessions they came, how many hours, and whether they have it."""

    person: Person
    sessions: int
    hours: Decimal | None
    has_one: bool


def attenders(process: Process) -> tuple[list[Attender], int]:
    """Return the participants who came, the most faithful first, and the count of sessions held."""
    held = Session.objects.filter(process=process, is_cancelled=False).exclude(attendances=None)
    came = (
        Attendance.objects.filter(session__process=process, status=Attendance.Status.PRESENT)
        .exclude(
            person__in=process.enrolments.exclude(role=ParticipantRole.PARTICIPANT).values("person")
        )
        .values("person")
        .annotate(sessions=Count("session", distinct=True), hours=Sum("hours"))
    )
    counted = {row["person"]: (row["sessions"], row["hours"]) for row in came}
    theirs = Certificate.objects.filter(reference=process.public_id, revoked_at=None)
    have = set(theirs.values_list("person_id", flat=True))
    people = Person.objects.filter(Q(pk__in=counted), erased_at=None)
    found = [Attender(person, *counted[person.pk], person.pk in have) for person in people]
    found.sort(key=lambda one: (-one.sessions, one.person.surnames, one.person.given_names))
    return found, held.distinct().count()


@writes("events.certificates.issued")
def issue_certificates(
    *, actor: Actor, process: Process, least_share: int = attending.LEAST_SHARE, signed_by: str = ""
) -> list[Certificate]:
    """Issue to each participant who came to enough and has none; again adds only who is new.

    Raises:
        Refused: `events.certificates.nobody` when nobody reaches the share.
    """
    found, held = attenders(process)
    due = [one for one in found if attending.is_enough(one.sessions, held, least_share)]
    if not due:
        raise Refused(
            "events.certificates.nobody",
            _("Nadie llega al %(share)s %% de las sesiones. Revise la asistencia o baje el mínimo.")
            % {"share": least_share},
            field="least_share",
        )
    days = list(process.sessions.filter(is_cancelled=False).values_list("starts_at", flat=True))
    programmes = list(process.programmes.all()[:2])
    return certificates.issue_many(
        actor=actor,
        people=[(one.person, one.hours) for one in due if not one.has_one],
        kind=Certificate.Kind.ATTENDANCE,
        title_es=process.title,
        starts_on=timezone.localdate(min(days)),
        ends_on=timezone.localdate(max(days)),
        partner=process.partner,
        programme=programmes[0] if len(programmes) == 1 else None,
        signed_by=signed_by,
        reference=process.public_id,
    )
