"""The demo's firms in SCORE and Mejora Continua: whole ways, and the mess of real ones.

Sixty firms in cycles from 2020 to 2021, some dropped, some with half a baseline or a late endline,
one with a saving of Bs 20, two whose complaints rise because they began to write them down; a few
take a second module. One more cycle runs today, so that a trainer's day has something in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from digna.accounts.models import User
from digna.demo.firm_ways import FATES, Walk
from digna.demo.people import Crowd
from digna.demo.words import Draw
from digna.journal.actor import Actor
from digna.programmes.models import Programme
from digna.programmes.services import programmes as founding
from digna.registry.models import Enterprise, Organisation, Person
from digna.training.models import Cycle, CycleFirm, Module
from digna.training.services import cycles, workshops

NEXT_CODE = "score-iv-demo"
FIRMS_A_CYCLE = 5
SMALL = ("small", "medium")


@dataclass(frozen=True, slots=True)
class Plan:
    """A cycle to be: its module, when and how it is delivered, how far alone."""

    module: str
    starts_on: date
    mode: str
    independence: str


FIRST = {
    "tourism": ("hoco", "blended"),
    "small": ("m1-virtual", "virtual"),
    "micro": ("mejora-continua", "virtual"),
}
STARTS = (date(2020, 2, 10), date(2020, 7, 6), date(2020, 10, 5), date(2021, 2, 8))
INDEPENDENCE = ("low", "medium", "medium", "high", "high", "")


@dataclass
class Ground:
    """What every way needs: who acts, chance, the programme, partners, trainers."""

    actor: Actor
    draw: Draw
    programme: Programme
    crowd: Crowd
    partners: list[Organisation]
    users: list[User]
    trainers: list[Person]
    told: list[CycleFirm] = field(default_factory=list)


def load(ground: Ground) -> list[CycleFirm]:
    """Take the demo's firms through their cycles; return every way made."""
    firms = list(Enterprise.objects.living().select_related("sector", "place__parent"))
    fates = iter(FATES)
    groups = _groups(firms)
    for number, (kind, group) in enumerate(groups):
        module, mode = FIRST[kind]
        plan = Plan(module, STARTS[number % len(STARTS)], mode, INDEPENDENCE[number % 6])
        _deliver(ground, plan, group, fates, number)
    _second_modules(ground)
    _running_now(ground)
    return ground.told


def _groups(firms: Sequence[Enterprise]) -> list[tuple[str, list[Enterprise]]]:
    """Firms that can share a cycle: by department where there are enough, by what fits them."""
    by_kind: dict[str, list[Enterprise]] = {"tourism": [], "small": [], "micro": []}
    for firm in firms:
        is_tourism = firm.sector is not None and firm.sector.code == "tourism"
        size = "small" if firm.size_band in SMALL else "micro"
        by_kind["tourism" if is_tourism else size].append(firm)
    groups: list[tuple[str, list[Enterprise]]] = []
    for kind, some in by_kind.items():
        some.sort(key=lambda firm: (firm.place.department_code if firm.place else "", firm.pk))
        starts = range(0, len(some), FIRMS_A_CYCLE)
        groups += [(kind, some[start : start + FIRMS_A_CYCLE]) for start in starts]
    return groups


def _deliver(
    ground: Ground,
    plan: Plan,
    firms: Sequence[Enterprise],
    fates: Iterator[str],
    number: int,
    **values: Any,
) -> Cycle:
    cycle = _open(ground, plan, number, **values)
    for firm in firms:
        walk = Walk(ground.actor, ground.draw, ground.crowd, cycle, firm)
        ground.told.append(walk.go(next(fates, "whole")))
    return cycle


def _open(ground: Ground, plan: Plan, number: int, **values: Any) -> Cycle:
    module = Module.objects.on_offer().get(code=plan.module)
    cycle = cycles.open_cycle(
        actor=ground.actor,
        module=module,
        programmes=values.get("programmes", [ground.programme]),
        mode=plan.mode,
        starts_on=plan.starts_on,
        ends_on=plan.starts_on + timedelta(days=110),
        partner=values.get("partner") or ground.partners[number % len(ground.partners)],
        independence=plan.independence,
        title=values.get("title", ""),
    )
    first = plan.starts_on + timedelta(days=21)
    workshops.plan_from_module(
        actor=ground.actor, cycle=cycle, first_on=first, at=time(18), every_days=7
    )
    cycles.set_trainers(
        actor=ground.actor,
        cycle=cycle,
        users=ground.users if number % 4 == 0 else [],
        people=[ground.trainers[number % len(ground.trainers)]],
    )
    return cycle


def _second_modules(ground: Ground) -> None:
    """Firms certified in their first module take a second one: the way a partner lives."""
    certified = [
        way
        for way in ground.told
        if way.state in ("certificate_issued", "year_after_done")
        and way.cycle.module.code == "m1-virtual"
    ]
    firms = [way.enterprise for way in certified[:8]]
    for number, code in enumerate(("m5", "m2")):
        plan = Plan(code, date(2021, 6, 7), "blended", "medium")
        some = firms[number * 4 : number * 4 + 4]
        if some:
            _deliver(ground, plan, some, iter(["whole", "whole", "late_endline"]), 20 + number)


def _running_now(ground: Ground) -> None:
    """A cycle of the next phase that runs today, with a visit for today and one overdue."""
    today = timezone.localdate()
    following = founding.found_programme(
        actor=ground.actor,
        code=NEXT_CODE,
        name="SCORE, fase siguiente (demostración)",
        starts_on=date(2022, 1, 1),
        ends_on=today + timedelta(days=400),
        summary_es="Sigue a la demostración de 2019–2021 para que haya trabajo en curso. Datos "
        "sintéticos.",
        summary_en="It follows the demonstration of 2019–2021 so that there is work under way. "
        "Synthetic data.",
        is_synthetic=True,
    )
    fits = [
        way.enterprise
        for way in ground.told
        if way.state in ("certificate_issued", "year_after_done")
        and way.cycle.module.code != "m1-virtual"
        and way.enterprise.place is not None
        and way.enterprise.place.department_code == "BO-L"
    ]
    firms = list(dict.fromkeys(fits))[:4]
    plan = Plan("m1-virtual", today - timedelta(days=95), "virtual", "high")
    fates = iter(["visit_today", "visit_today", "visit_overdue", "no_baseline"])
    _deliver(ground, plan, firms, fates, 0, programmes=[following])
