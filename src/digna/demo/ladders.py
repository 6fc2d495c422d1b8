"""The demo's trainers: some expert, some certified, some climbing, one who stopped."""

from datetime import date, timedelta

from digna.accounts.models import User
from digna.demo.people import Crowd
from digna.demo.words import Draw
from digna.journal.actor import Actor
from digna.registry.models import Organisation, Person, Place
from digna.registry.services import people
from digna.trainers import ladder, selectors
from digna.trainers.models import Evidence, Trainer, Way
from digna.trainers.services import evidence, ways

SINCE = date(2019, 11, 4)
SEXES = ("female", "female", "male", "female", "male", "female", "female", "male", "male")
RUNGS = (
    "expert", "certified", "certified", "certified", "certified", "trained", "recommended",
    "candidate", "trained",
)  # fmt: skip
FIRST_MODULES = ("m1", "mejora-continua", "hoco")


def people_who_train(actor: Actor, draw: Draw, crowd: Crowd) -> list[Person]:
    """Register the trainers; the first is who signs in as «formadora»."""
    account = User.objects.get(email="formadora@demo.example")
    la_paz = Place.objects.filter(parent__code="BO-L", kind="municipality").order_by("code").first()
    lidia = people.register_person(
        actor=actor, given_names="Lidia", surnames="Condori", sex="female", place=la_paz
    )
    people.correct_person(actor=actor, person=lidia, account=account)
    others = [
        people.register_person(
            actor=actor,
            given_names=draw.given_names(sex),
            surnames=draw.surnames(),
            sex=sex,
            birth_year=draw.birth_year(),
            place=crowd._place(),
        )
        for sex in SEXES[1:]
    ]
    return [lidia, *others]


def load(actor: Actor, trainers: list[Person], partners: list[Organisation]) -> list[Trainer]:
    """Let each climb as far as the demo says, on evidence that was accepted."""
    made = []
    for number, (person, rung) in enumerate(zip(trainers, RUNGS, strict=True)):
        trainer = ways.enlist(
            actor=actor,
            person=person,
            partner=partners[number % len(partners)],
            languages="castellano, aymara" if number % 3 == 0 else "castellano",
            since=SINCE,
        )
        for code in FIRST_MODULES[: 2 if rung in ("expert", "certified") else 1]:
            way = ways.begin_way(actor=actor, trainer=trainer, module_code=code, on=SINCE)
            _climb(actor, way, rung if code == "m1" else min_rung(rung))
        made.append(trainer)
    ways.stop(actor=actor, trainer=made[-1], reason="no_demand", on=date(2021, 3, 1))
    for way in made[0].ways.filter(module_code="m1"):
        ways.renew(actor=actor, way=way)  # she delivers today's cycle
    _waiting(actor, made[5])
    return made


def min_rung(rung: str) -> str:
    """Return the rung of a second module: an expert of one is certified in the other.

    >>> min_rung("expert"), min_rung("certified")
    ('certified', 'trained')
    """
    return ladder.RUNGS[max(ladder.RUNGS.index(rung) - 1, 0)] if rung == "expert" else "trained"


def _climb(actor: Actor, way: Way, rung: str) -> None:
    day = SINCE
    shown = {
        "trained": ("tot",),
        "supervised": ladder.TASKS,
        "recommended": ("recommendation",),
    }
    while way.rung != rung:
        above = ladder.next_rung(way.rung)
        if above is None:
            return
        day += timedelta(days=75)
        for kind in shown.get(above, ()):
            piece = evidence.add(
                actor=actor,
                way=way,
                kind=kind,
                on=day - timedelta(days=10),
                hours=24 if kind == "tot" else None,
                note="Anexo del portafolio (datos sintéticos).",
            )
            evidence.accept(actor=actor, evidence=piece, comment="")
        if ladder.lacks(way.rung, selectors.portfolio(way), ladder.Rule()):
            return  # an expert needs cycles delivered; the rung waits for them
        ways.climb(actor=actor, way=way, on=day)


def _waiting(actor: Actor, trainer: Trainer) -> None:
    """One piece of evidence that waits for an expert's word."""
    way = trainer.ways.first()
    if way is not None:
        evidence.add(
            actor=actor,
            way=way,
            kind=Evidence.Kind.BASELINE,
            on=date(2021, 9, 6),
            note="Línea de base de tres empresas en Caranavi (datos sintéticos).",
        )
