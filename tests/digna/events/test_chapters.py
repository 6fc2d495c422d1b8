"""A person's page tells where they took part, with sessions attended out of those marked."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

import make
from digna.events.models import Attendance, Enrolment, Process, Session
from digna.registry import stories


@pytest.mark.django_db
def test_a_person_s_story_has_their_processes_and_the_sessions_they_came_to() -> None:
    person = make.person()
    process = Process.objects.create(kind="conversatorio", title="Ciclo", starts_on="2021-08-12")
    Enrolment.objects.create(process=process, person=person, role="speaker")
    begins = datetime(2021, 8, 12, 19, tzinfo=UTC)
    for week, status in enumerate(("present", "absent", "present")):
        session = Session.objects.create(
            process=process,
            title=f"Sesión {week}",
            starts_at=begins + timedelta(weeks=week),
            ends_at=begins + timedelta(weeks=week, hours=2),
            hours=Decimal(2),
            mode="virtual",
        )
        hours = Decimal(2) if status == "present" else None
        Attendance.objects.create(session=session, person=person, status=status, hours=hours)
    process.refresh_from_db()
    (entry,) = stories.of_person(person)
    assert (entry.what, entry.detail) == ("Ciclo", "ponente · 2 de 3 sesiones")
