"""Cohorts, applications, mentors and pairs for this room's tests, through the services."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

import make
from digna.mentoring.models import Application, Cohort, Mentor, Pair
from digna.mentoring.services import applications, cohorts, mentors, pairs
from digna.programmes.models import InstalledKit, Programme

SLOTS = ["mon-eve", "sat-am"]


def today() -> date:
    return timezone.localdate()


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def kit() -> None:
    """The kit's section alone: no places, no sectors, in no time."""
    if not InstalledKit.objects.filter(code="impulsa").exists():
        InstalledKit.objects.create(
            code="impulsa", version="0.1.0", title="IMPULSA", licence="EUPL-1.2",
            sha256="impulsa", documents={"mentoring": make.kit("impulsa").plain("mentoring")},
            loaded_at=timezone.now(),
        )  # fmt: skip


def programme() -> Programme:
    made, _new = Programme.objects.get_or_create(
        code="bdp",
        defaults={"name": "BDP", "starts_on": date(2019, 1, 1), "ends_on": date(2039, 1, 1)},
    )
    return made


def cohort(title: str = "IMPULSA 1", template: str = "one-to-one", **values: Any) -> Cohort:
    kit()
    told = {
        "starts_on": ago(400), "ends_on": ago(-30), "call_opens_on": ago(430),
        "call_closes_on": ago(-10), "programme": programme(),
    } | values  # fmt: skip
    return cohorts.open_cohort(actor=make.actor(), title=title, template=template, **told)


def application(
    of: Cohort, name: str = "Ana", *, is_accepted: bool = True, **values: Any
) -> Application:
    told = {
        "languages": ["es"], "slots": SLOTS, "needs": ["sales"], "business": f"Café de {name}",
    } | values  # fmt: skip
    person = told.pop("person", None) or make.person(name, sex="female", birth_year=2000)
    row = applications.enter_application(actor=make.actor(), cohort=of, person=person, **told)
    if is_accepted:
        applications.decide(actor=make.actor(), application=row, is_accepted=True)
    return row


def mentor(name: str = "Luz", capacity: int = 1, **values: Any) -> Mentor:
    kit()
    told = {
        "languages": ["es"], "slots": SLOTS, "expertise": ["sales"], "headline": f"Soy {name}",
    } | values  # fmt: skip
    person = told.pop("person", None) or make.person(name, sex="female")
    return mentors.enlist(actor=make.actor(), person=person, capacity=capacity, **told)


def asked(of: Application, by: Mentor, **values: Any) -> Pair:
    return pairs.ask(actor=make.actor(), application=of, mentor=by, **values)


def pair(of: Application | None = None, by: Mentor | None = None, on: date | None = None) -> Pair:
    """A pair that goes on, since `on` (60 days ago)."""
    of, by = of or application(cohort()), by or mentor()
    return pairs.accept(actor=make.actor(), pair=asked(of, by), on=on or ago(60))
