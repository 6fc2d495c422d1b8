"""Trainers, ways and cycles for this room's tests, through the services."""

from datetime import date, timedelta
from typing import Any

import make
from digna.accounts.models import User
from digna.programmes.models import Programme
from digna.trainers.models import Evidence, Trainer, Way
from digna.trainers.services import evidence, ways
from digna.training.models import Cycle, CycleTrainer, Module

START = date(2021, 1, 1)


def module(code: str = "m1", **values: Any) -> Module:
    row, _made = Module.objects.get_or_create(
        code=code,
        version=1,
        defaults={
            "kind": "classic", "name_es": f"Módulo {code}", "name_en": f"Module {code}",
            "aims_es": "…", "aims_en": "…", "min_days": 2,
        } | values,
    )  # fmt: skip
    return row


def trainer(name: str = "Lidia", **values: Any) -> Trainer:
    values.setdefault("since", START)
    values.setdefault("person", make.person(name))
    return ways.enlist(actor=make.actor(), **values)


def way(of: Trainer | None = None, code: str = "m1") -> Way:
    module(code)
    return ways.begin_way(actor=make.actor(), trainer=of or trainer(), module_code=code, on=START)


def shown(of: Way, kind: str, **values: Any) -> Evidence:
    """A piece that was accepted."""
    values = {"on": START, "note": "hecho"} | values
    piece = evidence.add(actor=make.actor(), way=of, kind=kind, **values)
    return evidence.accept(actor=make.actor(), evidence=piece)


def delivered(by: Trainer, code: str = "m1", on: date = START, independence: str = "") -> Cycle:
    cycle = Cycle.objects.create(
        title=f"Ciclo {on}", module=module(code), mode="on_site", starts_on=on - timedelta(days=60),
        ends_on=on, independence=independence,
    )  # fmt: skip
    programme, _made = Programme.objects.get_or_create(
        code="bdp", defaults={"name": "BDP", "starts_on": START, "ends_on": date(2030, 1, 1)}
    )
    cycle.programmes.add(programme)
    CycleTrainer.objects.create(cycle=cycle, person=by.person, is_leading=True)
    return cycle


def at(rung: str, of: Way, on: date = START) -> Way:
    """A way climbed, with all its evidence, up to a rung."""
    shown(of, "tot", hours=24)
    for task in ("selection", "baseline", "design", "workshop", "visits", "report"):
        shown(of, task)
    shown(of, "recommendation")
    while of.rung != rung:
        if of.rung == "certified":
            for n in range(3):
                delivered(of.trainer, of.module_code, on - timedelta(days=n), "high")
        ways.climb(actor=make.actor(), way=of, on=on)
    return of


def expert(code: str = "m1") -> tuple[User, Way]:
    """An account whose owner is an expert of a module."""
    user = make.user("Experta", role="trainer", partner="otro")
    found = at("expert", way(trainer("Experta", user=user), code))
    return user, found
