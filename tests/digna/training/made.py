"""What this room's tests need made: modules, cycles, firms with people, steps taken."""

from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

import make
from digna.accounts.models import User
from digna.programmes.models import Programme
from digna.training import outcomes, states
from digna.training.models import Cycle, CycleFirm, Module, Workshop
from digna.training.services import catalogue, cycles, moves, visits, workshops
from digna.training.services.workshops import Mark

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAY = date(2021, 3, 1)
NOON = datetime(2026, 11, 22, 16, tzinfo=UTC)


def modules() -> None:
    """Load the kit's catalogue once."""
    if not Module.objects.exists():
        entries = make.kit("score").plain("modules")["modules"]
        catalogue.load_modules(actor=make.actor(), kit="score", entries=entries)


def module(code: str = "m1") -> Module:
    modules()
    return Module.objects.get(code=code, is_current=True)


def programme(code: str = "bdp") -> Programme:
    values = {"name": code.upper(), "starts_on": date(2019, 1, 1), "ends_on": date(2028, 12, 31)}
    return Programme.objects.get_or_create(code=code, defaults=values)[0]


def cycle(code: str = "m1", **values: Any) -> Cycle:
    return cycles.open_cycle(
        actor=values.pop("by", make.actor()),
        module=module(code),
        programmes=[programme()],
        mode=values.pop("mode", "on_site"),
        starts_on=values.pop("starts_on", DAY),
        **values,
    )


def firm(of: Cycle | None = None, size: str = "small", **values: Any) -> CycleFirm:
    enterprise = values.pop("enterprise", None) or make.enterprise(**values)
    enterprise.size_band = size
    enterprise.save()
    return cycles.enrol_firm(actor=make.actor(), cycle=of or cycle(), enterprise=enterprise, on=DAY)


def people(of: CycleFirm, *roles: str) -> list[Any]:
    made = []
    for role in roles or ("manager", "worker"):
        person = make.person(sex="female")
        workshops.add_participant(actor=make.actor(), firm=of, person=person, role=role)
        made.append(person)
    return made


def workshop(of: Cycle, **values: Any) -> Workshop:
    return workshops.plan_workshop(
        actor=make.actor(),
        cycle=of,
        title=values.pop("title", "Trabajar juntos"),
        starts_at=values.pop("starts_at", datetime(2021, 3, 2, 13, tzinfo=UTC)),
        ends_at=values.pop("ends_at", datetime(2021, 3, 2, 17, tzinfo=UTC)),
        **values,
    )


def attended(of: CycleFirm, roles: tuple[str, ...] = ("manager", "worker")) -> Workshop:
    at = workshop(of.cycle)
    persons = people(of, *roles)
    marks = [Mark(of, p, role, True) for p, role in zip(persons, roles, strict=True)]
    workshops.record_attendance(actor=make.actor(), workshop=at, marks=marks, base_version=0)
    return at


class Held:
    """Measurements as a test says they are: which points are enough."""

    def __init__(self) -> None:
        self.enough: set[str] = set()

    def __call__(self, _occasion: object, point: str) -> outcomes.Held:
        return outcomes.Held(None, point in self.enough, ())


def bring(of: CycleFirm, to: str, held: Held, on: date = DAY) -> CycleFirm:
    """Take a firm along its way up to a state, giving each step what it asks for."""
    held.enough |= {"baseline", "endline"}
    for state in states.path(of.cycle.module.visits):
        if states.rank(of.state, of.cycle.module.visits) >= states.rank(to, of.cycle.module.visits):
            break
        step(of, state, on)
    return of


def step(of: CycleFirm, state: str, on: date) -> None:
    if state == "lead":
        return
    if state == "workshop_attended" and not of.attendances.exists():
        attended(of)
    if state == "eit_formed":
        members = [(row.person, row.role) for row in of.participants.all()]
        moves.set_team(actor=make.actor(), firm=of, members=members, on=on)
    if state == "plan_approved":
        moves.approve_plan(actor=make.actor(), firm=of, plan="Ordenar", approved_by="Rosa", on=on)
    if state.startswith("visit"):
        visits.record_visit(actor=make.actor(), firm=of, seen=seen(of, on))
        return
    if state == "certificate_issued":
        moves.issue_certificate(actor=make.actor(), firm=of, on=on)
        return
    moves.advance(actor=make.actor(), firm=of, to=state, on=on)


def seen(of: CycleFirm, on: date = DAY, **values: Any) -> visits.Seen:
    present = values.pop(
        "present", [(row.person, row.role) for row in of.participants.select_related("person")]
    )
    return visits.Seen(on=on, mode=values.pop("mode", "on_site"), present=present, **values)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client
