"""How far countries are from each other, and by which measure each distance was taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from digna_engines.trade import beside
from digna_engines.trade.beside import Origin
from digna_engines.trade.reading import small

KIND = "distances"
EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""
CEPII = "CEPII, GeoDist (Mayer & Zignago 2011)"
OLD_CODES = {"ROM": "ROU", "ZAR": "COD", "YUG": "SRB", "TMP": "TLS", "PAL": "PSE"}
"""Letters that GeoDist still has and trade data no longer use."""
Pair = tuple[str, str]
Capitals = Mapping[str, tuple[float, float]]
"""Latitude and longitude of each country's capital in degrees, by ISO letters."""


@dataclass(frozen=True, eq=False)
class Distances:
    """Kilometres between countries.

    Symbols: ``pairs`` km by (exporter, market) labels; ``measures`` how each was taken: ``distw``
    weighted by the people of each country's cities, ``dist`` between its main cities, ``file`` as
    the file says, without a method. ``capitals`` fill in what no file says, as ``capitals``: the
    great circle between capitals.
    """

    pairs: Mapping[Pair, float]
    measures: Mapping[Pair, str]
    origin: Origin | None = None
    capitals: Capitals = field(default_factory=dict)

    def km(self, exporter: str, market: str) -> float | None:
        """The distance of two labels, either way round; None when nobody knows.

        >>> Distances({("BOL", "CHL"): 1900.0}, {}).km("CHL", "BOL")
        1900.0
        """
        a, b = _letters(exporter), _letters(market)
        if a == b:
            return self.pairs.get((a, b))
        found = self.pairs.get((a, b), self.pairs.get((b, a)))
        return found if found is not None else self._between_capitals(a, b)

    def how(self, exporter: str, market: str) -> str | None:
        """The measure of that distance; None when there is none."""
        a, b = _letters(exporter), _letters(market)
        for pair in ((a, b), (b, a)):
            if pair in self.pairs:
                return self.measures.get(pair, "file")
        return None if self.km(exporter, market) is None else "capitals"

    def between(self, labels: "tuple[str, ...] | list[str]") -> dict[Pair, float]:
        """Every known distance among some labels: what the export potential takes."""
        found = ((a, b, self.km(a, b)) for a in labels for b in labels if a != b)
        return {(a, b): km for a, b, km in found if km is not None}

    @cached_property
    def complete(self) -> bool:
        """Whether no distance had to be taken between capitals."""
        return not self.capitals

    def _between_capitals(self, a: str, b: str) -> float | None:
        if a not in self.capitals or b not in self.capitals:
            return None
        return great_circle(self.capitals[a], self.capitals[b])


def capitals_of(kit: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """Where capitals lie, from a kit's parsed ``capitals.yaml``.

    >>> capitals_of({"capitals": [{"iso3": "BOL", "name": "La Paz", "lat": -16.5, "lon": -68.15}]})
    {'BOL': (-16.5, -68.15)}
    """
    return {one["iso3"]: (float(one["lat"]), float(one["lon"])) for one in kit["capitals"]}


def great_circle(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres of the shortest way over a sphere.

    Formula (haversine): d = 2 R asin √( sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2) ), with φ latitude
    and λ longitude in degrees and R the mean radius of the Earth.

    >>> round(great_circle((-16.5, -68.15), (52.52, 13.4)))  # La Paz to Berlin
    10900
    """
    (lat, lon), (to_lat, to_lon) = a, b
    up = sin(radians(to_lat - lat) / 2) ** 2
    along = sin(radians(to_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(up + cos(radians(lat)) * cos(radians(to_lat)) * along))


def bring(root: Path, path: Path) -> Origin:
    """Keep a file of distances next to the stores.

    Reads CEPII's GeoDist (``iso_o``, ``iso_d``, ``dist``, ``distw``; CSV or Parquet) or a plain
    ``iso_o,iso_d,km``. Choices: the weighted distance, or that between main cities where the
    weighted one is missing; old letters become those of today.
    Errors: ``trade.column``, ``trade.cell``, ``trade.empty``, ``trade.file_unreadable``.
    """
    table = small.opened(path, ("iso_o", "iso_d"))
    is_geodist = "dist" in table.columns
    if not is_geodist:
        table = small.opened(path, ("iso_o", "iso_d", "km"))
    found: dict[Pair, tuple[float, str]] = {}
    for line, row in table.rows:
        pair = (_today(table.iso3(line, row, "iso_o")), _today(table.iso3(line, row, "iso_d")))
        measure = _measure(row) if is_geodist else "km"
        km = table.number(line, row, measure, least=0)
        if pair in found and found[pair][0] != km:
            raise table.wrong(
                line, measure, row[measure],
                f"El par {pair[0]}–{pair[1]} ya tiene {found[pair][0]:g} km. Deje una sola fila.",
                f"The pair {pair[0]}–{pair[1]} already has {found[pair][0]:g} km. Leave one row.",
            )  # fmt: skip
        found[pair] = (km, measure if is_geodist else "file")
    columns: dict[str, list[Any]] = {
        "exporter": [pair[0] for pair in found],
        "importer": [pair[1] for pair in found],
        "km": [km for km, _ in found.values()],
        "how": [measure for _, measure in found.values()],
    }
    return beside.keep(root, KIND, columns, path, CEPII if is_geodist else path.name)


def read(root: Path, capitals: Capitals | None = None) -> Distances | None:
    """The distances somebody brought, filled in between ``capitals``; None without either."""
    kept = beside.load(root, KIND)
    if kept is None:
        return Distances({}, {}, None, capitals) if capitals else None
    columns, origin = kept
    keys = list(zip(columns["exporter"], columns["importer"], strict=True))
    return Distances(
        dict(zip(keys, columns["km"], strict=True)),
        dict(zip(keys, columns["how"], strict=True)),
        origin,
        capitals or {},
    )


def _measure(row: small.Row) -> str:
    return "distw" if row.get("distw", "").strip() not in {"", "."} else "dist"


def _today(letters: str) -> str:
    return OLD_CODES.get(letters, letters)


def _letters(label: str) -> str:
    """The ISO letters of a label: «ZAF-711» lies where «ZAF» does."""
    return label.partition("-")[0]
