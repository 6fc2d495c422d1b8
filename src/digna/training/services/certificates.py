"""Certificates of attendance for the people of a cycle's firms; a firm's is a step of its way."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.certificates import attending
from digna.certificates.models import Certificate
from digna.certificates.services import certificates
from digna.errors import Refused
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.learning.models import Enrolment
from digna.registry.models import Enterprise, Person
from digna.training.models import Cycle, Participant, Workshop, WorkshopAttendance


@dataclass(frozen=True, slots=True)
class Attender:
    """Somebody of a firm: to how many workshops they came, how many hours, whether they have it.

    `finished_on` is the day they finished the module's own course on a telephone: as good as
    coming to enough workshops.
    """

    person: Person
    enterprise: Enterprise
    meetings: int
    hours: Decimal | None
    has_one: bool
    finished_on: date | None = None


def attenders(cycle: Cycle) -> tuple[list[Attender], int]:
    """Return who came, the most faithful first, and the count of workshops held."""
    held = Workshop.objects.filter(cycle=cycle, is_cancelled=False).exclude(attendances=None)
    came = (
        WorkshopAttendance.objects.filter(workshop__cycle=cycle, is_present=True)
        .exclude(workshop__is_cancelled=True)
        .order_by()
        .values("person", "firm__enterprise")
        .annotate(meetings=Count("workshop", distinct=True), minutes=Sum("minutes"))
    )
    counted: dict[int, dict[str, Any]] = {row["person"]: dict(row) for row in came}
    theirs = Certificate.objects.filter(reference=cycle.public_id, revoked_at=None)
    have = set(theirs.values_list("person_id", flat=True))
    learned = _learned(cycle)
    for person, (_day, _hours_told, firm) in learned.items():
        counted.setdefault(person, {"firm__enterprise": firm, "meetings": 0, "minutes": None})
    firms = Enterprise.objects.in_bulk({row["firm__enterprise"] for row in counted.values()})
    found = [
        Attender(
            person,
            firms[counted[person.pk]["firm__enterprise"]],
            counted[person.pk]["meetings"],
            _hours(cycle, counted[person.pk]["minutes"], counted[person.pk]["meetings"])
            if counted[person.pk]["meetings"]
            else learned[person.pk][1],
            person.pk in have,
            learned[person.pk][0] if person.pk in learned else None,
        )
        for person in Person.objects.filter(pk__in=counted, erased_at=None)
    ]
    found.sort(key=lambda one: (-one.meetings, one.person.surnames, one.person.given_names))
    return found, held.distinct().count()


def _learned(cycle: Cycle) -> dict[int, tuple[date, Decimal | None, int]]:
    """Participants who finished the module's course since the cycle began, and its hours."""
    seats = dict(
        Participant.objects.filter(firm__cycle=cycle).values_list("person", "firm__enterprise")
    )
    rows = Enrolment.objects.filter(
        person__in=seats,
        state=Enrolment.State.FINISHED,
        course__module_code=cycle.module.code,
        finished_at__date__gte=cycle.starts_on,
    )
    return {
        row.person_id: (
            timezone.localdate(row.finished_at),
            row.certificate.hours if row.certificate is not None else None,
            seats[row.person_id],
        )
        for row in rows.select_related("certificate")
    }


def _hours(cycle: Cycle, minutes: int | None, meetings: int) -> Decimal | None:
    """Minutes as marked; where nobody marked any, the workshops' own length."""
    if minutes is None:
        lengths = [row.minutes for row in cycle.workshops.all() if not row.is_cancelled]
        minutes = meetings * sum(lengths) // len(lengths) if lengths else None
    return None if minutes is None else (Decimal(minutes) / 60).quantize(Decimal("0.1"))


@writes("training.certificates.issued")
def issue_certificates(
    *,
    actor: Actor,
    cycle: Cycle,
    least_share: int = attending.LEAST_SHARE,
    signed_by: str = "",
) -> list[Certificate]:
    """Issue to each person who came to enough (or learned the module's course) and has none.

    Again adds only who is new.

    Raises:
        Refused: `training.certificates.nobody` when nobody reaches the share.
    """
    found, held = attenders(cycle)
    due = [
        one
        for one in found
        if one.finished_on or attending.is_enough(one.meetings, held, least_share)
    ]
    if not due:
        raise Refused(
            "training.certificates.nobody",
            _("Nadie llega al %(share)s %% de los talleres. Revise la asistencia o baje el mínimo.")
            % {"share": least_share},
            field="least_share",
        )
    days = cycle.workshops.filter(is_cancelled=False).order_by(F("starts_at").asc())
    first, last = days.first(), days.last()
    return certificates.issue_many(
        actor=actor,
        people=[(one.person, one.hours) for one in due if not one.has_one],
        kind=Certificate.Kind.ATTENDANCE,
        title_es=cycle.module.name_es,
        title_en=cycle.module.name_en,
        starts_on=timezone.localdate(first.starts_at) if first else cycle.starts_on,
        ends_on=timezone.localdate(last.starts_at) if last else None,
        partner=cycle.partner,
        programme=cycle.programmes.first(),
        signed_by=signed_by,
        reference=cycle.public_id,
    )
