"""The demo's people: who they are, whom they represent, where they live. Counts are exact."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digna.demo.words import Draw, address_of
from digna.journal.actor import Actor
from digna.registry.models import Organisation, Person, Place
from digna.registry.models.people import Affiliation
from digna.registry.services import people

DEPARTMENTS = ("BO-L", "BO-C", "BO-S", "BO-B", "BO-O", "BO-T")
SHARES = (0.36, 0.2, 0.2, 0.07, 0.1, 0.07)


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the demo and the organisation they speak for."""

    person: Person
    organisation: Organisation
    constituency: str


@dataclass
class Crowd:
    """Makes people one by one, spread over departments and organisations."""

    actor: Actor
    draw: Draw
    organisations: Sequence[Organisation]
    towns: dict[str, list[Place]]
    number: int = 0

    def make(self, sexes: Sequence[str], constituencies: Sequence[str]) -> list[Member]:
        """Make one person for each sex given, representing the constituency beside it."""
        return [self.one(sex, side) for sex, side in zip(sexes, constituencies, strict=True)]

    def one(self, sex: str, constituency: str) -> Member:
        """Make one person with what is usually known, and sometimes not."""
        self.number += 1
        draw, chance = self.draw, self.draw.chance
        given, surnames = draw.given_names(sex), draw.surnames()
        has_email, has_phone = chance.random() < 0.6, chance.random() < 0.85
        person = people.register_person(
            actor=self.actor,
            given_names=given,
            surnames=surnames,
            sex=sex,
            birth_year=draw.birth_year(),
            document=str(3_000_000 + self.number * 37) if chance.random() < 0.7 else "",
            phone=draw.phone(self.number) if has_phone else "",
            email=address_of(given, surnames, self.number) if has_email else "",
            place=self._place(),
        )
        organisation = chance.choice(
            [o for o in self.organisations if o.constituency == constituency]
        )
        people.affiliate(
            actor=self.actor,
            person=person,
            organisation=organisation,
            role=Affiliation.Role.REPRESENTATIVE,
        )
        return Member(person, organisation, constituency)

    def _place(self) -> Place | None:
        chance = self.draw.chance
        if chance.random() < 0.03:
            return None
        department = chance.choices(DEPARTMENTS, SHARES)[0]
        return chance.choice(self.towns[department])


def mixed(draw: Draw, **counts: int) -> list[str]:
    """Return each word as often as said, shuffled: exact counts in no order.

    >>> sorted(mixed(Draw(1), a=2, b=1))  # doctest: +SKIP
    ['a', 'a', 'b']
    """
    out = list(_repeated(counts))
    draw.chance.shuffle(out)
    return out


def _repeated(counts: dict[str, int]) -> Iterator[str]:
    for word, count in counts.items():
        for _ in range(count):
            yield "" if word == "unknown" else word
