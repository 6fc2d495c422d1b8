"""Certificates of attendance for the people of a cycle's firms; a firm's is a step of its way."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.certificates import attending
from digna.certificates.models import Certificate
from digna.certificates.services import certificates
from digna.errors import Refused
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry.models import Enterprise, Person
from digna.training.models import Cycle, Workshop, WorkshopAttendance


@dataclass(frozen=True, slots=True)
class Attender:
    """Somebody of a firm: to how many workshops they came, how many hours, whether they have it."""

    person: Person
    enterprise: Enterprise
    meetings: int
    hours: Decimal | None
    has_one: bool


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
    counted = {row["person"]: row for row in came}
    theirs = Certificate.objects.filter(reference=cycle.public_id, revoked_at=None)
    have = set(theirs.values_list("person_id", flat=True))
    firms = Enterprise.objects.in_bulk({row["firm__enterprise"] for row in counted.values()})
    found = [
        Attender(
            person,
            firms[counted[person.pk]["firm__enterprise"]],
            counted[person.pk]["meetings"],
            _hours(cycle, counted[person.pk]["minutes"], counted[person.pk]["meetings"]),
            person.pk in have,
        )
        for person in Person.objects.filter(pk__in=counted, erased_at=None)
    ]
    found.sort(key=lambda one: (-one.meetings, one.person.surnames, one.person.given_names))
    return found, held.distinct().count()


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
    """Issue to each person who came to enough and has none; again adds only who is new.

    Raises:
        Refused: `training.certificates.nobody` when nobody reaches the share.
    """
    found, held = attenders(cycle)
    due = [one for one in found if attending.is_enough(one.meetings, held, least_share)]
    if not due:
        raise Refused(
            "training.certificates.nobody",
            _("Nadie llega al %(share)s %% de los talleres. Revise la asistencia o baje el mínimo.")
            % {"share": least_share},
            field="least_share",
        )
    days = cycle.workshops.filter(is_cancelled=False).order_by(F("starts_at").asc())
    first, last = days.first(), days.last()
    assert first is not None and last is not None  # noqa: S101, PT018 — somebody came to one
    return certificates.issue_many(
        actor=actor,
        people=[(one.person, one.hours) for one in due if not one.has_one],
        kind=Certificate.Kind.ATTENDANCE,
        title_es=cycle.module.name_es,
        title_en=cycle.module.name_en,
        starts_on=timezone.localdate(first.starts_at),
        ends_on=timezone.localdate(last.starts_at),
        partner=cycle.partner,
        programme=cycle.programmes.first(),
        signed_by=signed_by,
        reference=cycle.public_id,
    )
