"""Factories as plain functions: each makes one thing through its service."""

import functools
import itertools
from datetime import date
from pathlib import Path
from typing import Any

from digna.accounts.models import Membership, Role, User
from digna.journal import actor as journal_actor
from digna.journal.actor import Actor
from digna.programmes import kitfile
from digna.programmes.kitfile import Kit
from digna.registry.models import Enterprise, Organisation, Person, Place
from digna.registry.services import enterprises, organisations, people

KITS = Path(__file__).resolve().parents[1] / "kits"

_numbers = itertools.count(1)


@functools.cache
def kit(code: str) -> Kit:
    """A kit of ours, read once for all tests: reading takes the better part of a second."""
    return kitfile.read_kit(KITS / code)


def actor(user: User | None = None, **values: Any) -> Actor:
    return Actor(user=user, device="test", **values) if user else journal_actor.system(**values)


def user(name: str = "Usuaria", role: str = "", **limits: Any) -> User:
    """A user who signs in with `<n>@digna.test`; with a role, a membership too."""
    number = next(_numbers)
    made = User.objects.create(name=name, email=f"u{number}@digna.test")
    if role:
        Membership.objects.create(user=made, role=Role(role), **limits)
    return made


def place(name: str = "El Alto", department: str = "BO-L") -> Place:
    parent, _ = Place.objects.get_or_create(
        code=department, defaults={"kind": "department", "name": department, "iso": department}
    )
    code = f"{department}-{name}".lower().replace(" ", "-")
    made, _ = Place.objects.get_or_create(
        code=code, defaults={"kind": "municipality", "name": name, "parent": parent}
    )
    return made


def organisation(name: str = "", **values: Any) -> Organisation:
    name = name or f"Organización {next(_numbers)}"
    return organisations.register_organisation(actor=actor(), name=name, **values)


def person(given_names: str = "Rosa", surnames: str = "", **values: Any) -> Person:
    surnames = surnames or f"Mamani {next(_numbers)}"
    return people.register_person(
        actor=values.pop("by", actor()), given_names=given_names, surnames=surnames, **values
    )


def enterprise(name: str = "", **values: Any) -> Enterprise:
    return enterprises.register_enterprise(
        actor=values.pop("by", actor()),
        name=name or f"Empresa {next(_numbers)}",
        on=values.pop("on", date(2020, 1, 1)),
        **values,
    )
