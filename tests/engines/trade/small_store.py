"""A store of a few countries and products in memory, with the columns and codes of the real one."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from digna_engines.errors import EngineError
from digna_engines.trade import Exports, Flows

COUNTRIES = {"BOL": 68, "PER": 604, "ECU": 218, "USA": 842, "DEU": 276, "FRA": 251, "NLD": 528,
             "CHN": 156, "JPN": 392, "GBR": 826, "ZAF": 710, "ZAF-711": 711}  # fmt: skip
PRODUCTS = ("080122", "090111", "100850", "120740", "710812")
YEARS = (2018, 2019, 2020, 2021, 2022, 2023)
SELLS = {"BOL": {"100850": 60.0, "080122": 90.0, "090111": 9.0}, "PER": {"100850": 70.0}}


@dataclass(frozen=True)
class Country:
    code: int
    label: str
    name_en: str


@dataclass(frozen=True)
class Product:
    code: str
    name_en: str


@dataclass(frozen=True)
class Manifest:
    source: str = "synthetic"
    release: str = "test"
    hs: str = "17"
    years: tuple[int, ...] = YEARS
    provisional_years: tuple[int, ...] = (2022, 2023)
    synthetic: bool = True
    licence: str = "CC0"
    attribution: str = "invented"
    valuation: str = "FOB"


def columns(seed: int = 7) -> dict[str, list[Any]]:
    """Flows of a small world: gravity of a kind, two Andean sellers of quinoa, gaps, missing kg."""
    chance = np.random.default_rng(seed)
    size = dict(zip(COUNTRIES, chance.lognormal(3, 1, len(COUNTRIES)), strict=True))
    rows: list[tuple[int, int, int, int, int, int | None]] = []
    for product in PRODUCTS:
        for seller, seller_code in COUNTRIES.items():
            strength = SELLS.get(seller, {}).get(product, float(chance.lognormal(0, 1.5)))
            for buyer, buyer_code in COUNTRIES.items():
                if seller == buyer or chance.random() < 0.3:
                    continue
                trend = chance.normal(0.03, 0.1)
                for at, year in enumerate(YEARS):
                    if chance.random() < 0.15:
                        continue
                    value = (
                        strength * size[buyer] * 1000 * np.exp(trend * at + chance.normal(0, 0.1))
                    )
                    weight = (
                        None if chance.random() < 0.05 else int(value / chance.uniform(2, 6)) + 1
                    )
                    rows.append((seller_code, buyer_code, int(product), year,
                                 int(value) + 1, weight))  # fmt: skip
    rows.sort(key=lambda row: (row[3], row[2], row[0], row[1]))
    names = ("exporter", "importer", "product", "year", "value", "quantity")
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def arrow(table: dict[str, list[Any]]) -> Any:
    """The columns with the types a store has."""
    import pyarrow as pa

    kinds = {"exporter": pa.int16(), "importer": pa.int16(), "product": pa.int32(),
             "year": pa.int16(), "value": pa.int64(), "quantity": pa.int64()}  # fmt: skip
    return pa.table({name: pa.array(table[name], kind) for name, kind in kinds.items()})


@dataclass
class SmallStore:
    """What a sheet asks of a store, over the columns above."""

    backend: Any
    table: dict[str, list[Any]] = field(default_factory=columns)
    manifest: Manifest = Manifest()
    distances: Any = None
    tariffs: Any = None
    macro: Any = None

    @cached_property
    def flows(self) -> Any:
        import ibis

        # made into a table of the backend: a memtable belongs to none until it is read
        name = f"flows_{id(self)}"
        return self.backend.create_table(name, ibis.memtable(arrow(self.table)), temp=True)

    countries = tuple(Country(code, label, label) for label, code in COUNTRIES.items())
    products = tuple(Product(code, code) for code in PRODUCTS)

    def country(self, label: str) -> Country:
        return _one(self.countries, "label", label)

    def product(self, code: str) -> Product:
        return _one(self.products, "code", code)

    def labelled(self, years: tuple[int, ...]) -> dict[str, list[Any]]:
        """The rows of some years with labels and codes as text."""
        label = {country.code: country.label for country in self.countries}
        kept = [at for at, year in enumerate(self.table["year"]) if year in years]
        named = {"exporter": label.__getitem__, "importer": label.__getitem__,
                 "product": "{:06d}".format, "year": int, "value": float}  # fmt: skip
        return {name: [how(self.table[name][at]) for at in kept] for name, how in named.items()}

    def exports(self, year: int) -> Exports:
        return Exports.of(self.labelled((year,)))

    def mean_flows(self, years: tuple[int, ...]) -> Flows:
        return Flows.of(self.labelled(tuple(years)))


def _one(every: tuple[Any, ...], name: str, asked: str) -> Any:
    for one in every:
        if getattr(one, name) == asked:
            return one
    raise EngineError("trade.unknown", f"No está «{asked}».", f"“{asked}” is not there.")
