"""What a person brings besides flows, in the words of the methods: km, rates, ratios."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

NAMES = ("distances", "tariffs", "growth", "population")


@dataclass(frozen=True, eq=False)
class Brought:
    """``None`` where it was not brought.

    Symbols: ``distances`` km by (exporter, market); ``how`` the measure of each of the exporter's;
    ``tariffs`` fractions by (exporter, product, market), of the product of the sheet; ``growth``
    and ``population`` ratios over the horizon by country.
    """

    distances: Mapping[tuple[str, str], float] | None = None
    how: Mapping[str, str | None] = field(default_factory=dict)
    tariffs: Mapping[tuple[str, str, str], float] | None = None
    growth: Mapping[str, float] | None = None
    population: Mapping[str, float] | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of what is not there."""
        return tuple(name for name in NAMES if getattr(self, name) is None)

    def km(self, here: str, there: str) -> float | None:
        """The distance of a pair, told either way round."""
        if self.distances is None:
            return None
        found = self.distances.get((here, there))
        return found if found is not None else self.distances.get((there, here))

    def tariff(self, exporter: str, product: str, market: str) -> float | None:
        """The rate on a cell; missing is not 0."""
        return None if self.tariffs is None else self.tariffs.get((exporter, product, market))


def brought_by(
    store: Any, exporter: str, product: str, year: int, labels: Iterable[str]
) -> Brought:
    """What lies beside a store, of one product, among some countries, from a year on.

    An empty table is as good as none: it is named as missing.
    """
    among = tuple(labels)
    distances, tariffs, macro = store.distances, store.tariffs, store.macro
    km = {} if distances is None else distances.between(among)
    cells = ((i, product, j) for i in among for j in among if i != j)
    return Brought(
        distances=km or None,
        how={} if distances is None else {one: distances.how(exporter, one) for one in among},
        tariffs=None if tariffs is None else tariffs.of(cells) or None,
        growth=None if macro is None else macro.growth(year) or None,
        population=None if macro is None else macro.population(year) or None,
    )
