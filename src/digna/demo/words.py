"""Invented names drawn from the demo kit, by weight, from a seed: the same every time."""

import random
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from digna.programmes import kitfile


@dataclass
class Draw:
    """A source of invented names. Not security: only repeatable."""

    seed: int
    chance: random.Random = field(init=False)
    words: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 — repeatable, not secret
        kit = kitfile.read_kit(settings.KITS / "demo")
        self.words = kit.plain("names")
        self._given = {
            sex: self._weighted([g for g in self.words["given_names"] if g["sex"] == sex])
            for sex in ("female", "male")
        }
        self._surnames = self._weighted(self.words["surnames"])

    @staticmethod
    def _weighted(entries: list[dict[str, Any]]) -> tuple[list[str], list[int]]:
        return [e["name"] for e in entries], [e["weight"] for e in entries]

    def given_names(self, sex: str) -> str:
        """Return one or two given names."""
        names, weights = self._given[sex if sex in self._given else "female"]
        count = 2 if self.chance.random() < 0.35 else 1
        drawn = dict.fromkeys(self.chance.choices(names, weights, k=count))
        return " ".join(drawn)

    def surnames(self) -> str:
        """Return a paternal and a maternal surname."""
        names, weights = self._surnames
        return " ".join(self.chance.choices(names, weights, k=2))

    def firm(self, sector: str) -> str:
        """Return the name of a firm of a sector."""
        by_sector = {entry["sector"]: entry for entry in self.words["firm_words"]}
        entry = by_sector.get(sector) or by_sector["other"]
        kind, name = self.chance.choice(entry["kinds"]), self.chance.choice(entry["names"])
        return f"{kind} {name}"

    def birth_year(self) -> int | None:
        """Return a year of birth; one in twelve is not known."""
        if self.chance.random() < 1 / 12:
            return None
        return int(self.chance.triangular(1956, 2002, 1986))

    def phone(self, number: int) -> str:
        """Return a telephone that nobody else of the demo has."""
        return f"+5917{number:07d}"


def address_of(given: str, surnames: str, number: int) -> str:
    """Return an e-mail under a domain that cannot exist."""
    text = f"{given.split(' ', maxsplit=1)[0]}.{surnames.split(' ', maxsplit=1)[0]}{number}".lower()
    bare = unicodedata.normalize("NFD", text)
    plain = "".join(c for c in bare if c.isascii() and (c.isalnum() or c == "."))
    return f"{plain}@demo.example"
