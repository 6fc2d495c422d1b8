"""What this room's tests need made: programmes, processes, sessions, clients."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client

import make
from digna.accounts.models import User
from digna.events.models import Enrolment, Process, Session
from digna.events.services import attendance, enrolments, processes, sessions
from digna.programmes.models import Programme
from digna.registry.models import ConsentText, Person

START = datetime(2021, 9, 14, 22, 0, tzinfo=UTC)
"""18:00 in La Paz."""
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def programme(code: str = "bdp", **values: Any) -> Programme:
    defaults = {"name": code.upper(), "starts_on": date(2019, 1, 1), "ends_on": date(2023, 12, 31)}
    made, _ = Programme.objects.get_or_create(code=code, defaults=defaults | values)
    return made


def process(title: str = "Compras públicas", **values: Any) -> Process:
    values.setdefault("programmes", [programme()])
    return processes.create_process(
        actor=values.pop("by", make.actor()),
        kind=values.pop("kind", "capacity_building"),
        title=title,
        starts_on=values.pop("starts_on", date(2021, 9, 14)),
        **values,
    )


def session(of: Process | None = None, **values: Any) -> Session:
    starts_at = values.pop("starts_at", START)
    return sessions.create_session(
        actor=make.actor(),
        process=of or process(),
        title=values.pop("title", "Fichas de mercado"),
        starts_at=starts_at,
        ends_at=values.pop("ends_at", starts_at + timedelta(hours=2)),
        mode=values.pop("mode", "on_site"),
        **values,
    )


def enrolled(of: Process, *people: Person, **values: Any) -> list[Enrolment]:
    return [
        enrolments.enrol(actor=make.actor(), process=of, person=person, **values)
        for person in people
    ]


def present(at: Session, *people: Person) -> int:
    at.refresh_from_db()
    return attendance.record_attendance(
        actor=make.actor(),
        session=at,
        marks=[attendance.Mark(person, "present") for person in people],
        base_version=at.version,
    )


def consent(purpose: str = "follow_up", is_required: bool = True) -> ConsentText:
    return ConsentText.objects.create(
        purpose=purpose,
        version="1",
        language="es",
        title=f"Texto {purpose}",
        text=f"Acepto {purpose} tal como está escrito aquí.",
        is_required=is_required,
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client
