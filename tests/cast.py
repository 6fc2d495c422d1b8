"""The fixed people: one of each who matters to access, made the same way in every test."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from django.test import Client

import make
from digna.accounts.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PARTNER, OTHER_PARTNER = "cainco", "cadepia"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays. `stranger` has no account: None."""

    lead: User
    mel: User
    coordinator: User
    other_coordinator: User
    trainer: User
    mentor: User
    owner: User
    auditor: User
    stranger: None = None

    def everybody(self) -> Iterator[tuple[str, User | None]]:
        """Yield each part with who plays it."""
        for field in fields(self):
            yield field.name, getattr(self, field.name)


def cast() -> Cast:
    """Make everybody once."""
    return Cast(
        lead=make.user("Elena Rocha", role="lead"),
        mel=make.user("Marco Salas", role="mel"),
        coordinator=make.user("Carla Ortiz", role="coordinator", partner=PARTNER),
        other_coordinator=make.user("Omar Vaca", role="coordinator", partner=OTHER_PARTNER),
        trainer=make.user("Tania Quispe", role="trainer", partner=PARTNER),
        mentor=make.user("Mario Peña", role="mentor", partner=PARTNER),
        owner=make.user("Olga Mamani", role="owner", partner=PARTNER),
        auditor=make.user("Alicia Auza", role="auditor"),
    )


def client_of(user: User | None) -> Client:
    """Return a browser in which `user` is signed in; for None, one in which nobody is."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client
