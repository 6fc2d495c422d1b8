"""What this room tells of a person on their page in the register: where they took part."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.events.models import Attendance, Enrolment
from digna.registry.models import Person
from digna.registry.stories import Entry


def of_person(person: Person) -> list[Entry]:
    """Return one entry a process the person was enrolled in, with the sessions they came to."""
    present = Q(status=Attendance.Status.PRESENT)
    came = {
        row["session__process"]: (row["came"], row["marked"])
        for row in Attendance.objects.filter(person=person)
        .order_by()
        .values("session__process")
        .annotate(came=Count("pk", filter=present), marked=Count("pk"))
    }
    enrolments = Enrolment.objects.filter(person=person).select_related("process")
    return [_entry(enrolment, *came.get(enrolment.process_id, (0, 0))) for enrolment in enrolments]


def _entry(enrolment: Enrolment, came: int, marked: int) -> Entry:
    sessions = _("%(came)s de %(marked)s sesiones") % {"came": came, "marked": marked}
    process = enrolment.process
    return Entry(
        when=process.starts_on,
        what=process.title,
        detail=f"{enrolment.get_role_display()} · {sessions}",
        url=reverse("events:process", args=[process.public_id]),
    )
