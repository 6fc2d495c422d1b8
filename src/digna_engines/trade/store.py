"""A release of world trade on disk, read the way it is asked: by product, by exporter, by sums."""

import json
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from digna_engines.errors import EngineError
from digna_engines.trade import concordance, distances, macro, tariffs
from digna_engines.trade.building import mean_query
from digna_engines.trade.concordance import Concordance
from digna_engines.trade.connecting import parquet
from digna_engines.trade.dimensions import Country, Product
from digna_engines.trade.distances import Capitals, Distances
from digna_engines.trade.gathered import COLUMNS
from digna_engines.trade.macro import Macro
from digna_engines.trade.manifest import FILE, Manifest
from digna_engines.trade.tables import Exports, Flows, frozen
from digna_engines.trade.tariffs import Tariffs


class Store:
    """An immutable release: its flows as Ibis tables, its sums as arrays, and who is who.

    Symbols: ``flows`` sorted by (product, exporter, importer) and ``by_exporter`` by (exporter,
    product, importer) hold the same rows: ``exporter``, ``importer``, ``product``, ``year``,
    ``value`` in US dollars, ``quantity`` in kilograms or missing. ``backend`` is any Ibis backend
    that reads Parquet; a private in-memory DuckDB when none is given. ``capitals`` (latitude and
    longitude by ISO letters) stand in for distances that nobody brought.
    """

    def __init__(
        self, folder: Path, manifest: Manifest, backend: Any, capitals: Capitals | None
    ) -> None:
        self.folder = folder
        self.manifest = manifest
        self._given = backend
        self._capitals = capitals

    @classmethod
    def open(
        cls, path: str | Path, *, backend: Any = None, capitals: Capitals | None = None
    ) -> "Store":
        """Open the store in ``path``.

        Errors: ``trade.store_absent``, ``trade.store_version``.
        """
        folder = Path(path)
        return cls(folder, Manifest.read(folder), backend, capitals)

    @cached_property
    def backend(self) -> Any:
        """The Ibis backend; loading Ibis is left until a table is asked for."""
        if self._given is not None:
            return self._given
        import ibis

        return ibis.duckdb.connect()

    @cached_property
    def flows(self) -> Any:
        """Every flow as an Ibis table, in the order of products: for a product's questions."""
        return self._table("flows")

    @cached_property
    def by_exporter(self) -> Any:
        """The same rows in the order of exporters: for a country's questions."""
        return self._table("flows_by_exporter")

    def _table(self, name: str) -> Any:
        folder = self.folder / name
        if getattr(self.backend, "name", "") == "duckdb":
            files = f"{folder}/*/*.parquet"
            return self.backend.read_parquet(files, hive_partitioning=False)[list(COLUMNS)]
        return self.backend.read_parquet(str(folder))[list(COLUMNS)]

    @cached_property
    def _dimensions(self) -> dict[str, list[dict[str, Any]]]:
        text = (self.folder / "dimensions.json").read_text(encoding="utf-8")
        found: dict[str, list[dict[str, Any]]] = json.loads(text)
        return found

    @cached_property
    def countries(self) -> tuple[Country, ...]:
        """Every country of the release's list, in the order of codes."""
        return tuple(Country(**one) for one in self._dimensions["countries"])

    @cached_property
    def products(self) -> tuple[Product, ...]:
        """Every product of the release's list, in the order of codes."""
        return tuple(Product(**one) for one in self._dimensions["products"])

    @cached_property
    def _by_label(self) -> dict[str, Country]:
        return {country.label: country for country in self.countries}

    @cached_property
    def _by_code(self) -> dict[str, Product]:
        return {product.code: product for product in self.products}

    def country(self, label: str) -> Country:
        """The country of a label: «BOL», «ZAF-711».

        Errors: ``trade.unknown``.
        """
        found = self._by_label.get(label.strip().upper())
        if found is None:
            raise _unknown("el país", "country", label, self.manifest)
        return found

    def product(self, code: str) -> Product:
        """The product of a code, which may be written with its dots: «1008.50».

        Errors: ``trade.unknown``.
        """
        found = self._by_code.get(code.strip().replace(".", ""))
        if found is None:
            raise _unknown("el producto", "product", code, self.manifest)
        return found

    def exports(self, year: int) -> Exports:
        """Exports of a year, exporters × products in US dollars, from the sums of the build.

        Errors: ``trade.year``.
        """
        self._check([year])
        keys = self._cube("x_ik", year)
        exporters, i = self._countries_at(keys["exporter"])
        codes, k = np.unique(keys["product"], return_inverse=True)
        grid = np.zeros((len(exporters), len(codes)))
        grid[i, k] = keys["value"]
        return Exports(exporters, tuple(f"{code:06d}" for code in codes), frozen(grid))

    def mean_flows(self, years: Iterable[int] | None = None) -> Flows:
        """Mean flows of some years (the last five unless told), a year without a flow being 0.

        Errors: ``trade.year``.
        """
        asked = tuple(sorted(years)) if years is not None else self.manifest.mean_years
        self._check(asked)
        found = self._mean(asked)
        ends = np.concatenate([found["exporter"], found["importer"]])
        countries, both = self._countries_at(ends)
        codes, k = np.unique(found["product"], return_inverse=True)
        n = len(found["value"])
        order = np.lexsort((both[n:], both[:n], k))
        return Flows(
            countries,
            tuple(f"{code:06d}" for code in codes),
            both[:n][order],
            k.astype(np.int64)[order],
            both[n:][order],
            frozen(found["value"][order]),
        )

    def _mean(self, years: tuple[int, ...]) -> dict[str, Any]:
        import duckdb

        ready = self.folder / "cubes" / "mean_flows"
        if years == self.manifest.mean_years and ready.is_dir():
            query = f"SELECT * FROM {parquet(sorted(ready.glob('*.parquet')))}"  # noqa: S608
        else:
            files = [self.folder / "flows" / f"y={y}" / "flows.parquet" for y in years]
            query = mean_query(files, len(years))
        with duckdb.connect() as database:
            return {name: np.asarray(v) for name, v in database.sql(query).fetchnumpy().items()}

    def _cube(self, name: str, year: int) -> dict[str, Any]:
        import duckdb

        path = self.folder / "cubes" / name / f"y={year}.parquet"
        with duckdb.connect() as database:
            found = database.sql(f"SELECT * EXCLUDE quantity FROM {parquet([path])}")  # noqa: S608
            return {key: np.asarray(v) for key, v in found.fetchnumpy().items()}

    def cube(self, name: str, year: int) -> dict[str, Any]:
        """The sums of a year as columns by code: ``x_ik``, ``m_jk`` or ``v_ij``.

        Errors: ``trade.year``.
        """
        self._check([year])
        return self._cube(name, year)

    def _countries_at(self, codes: Any) -> tuple[tuple[str, ...], Any]:
        """Labels in their order, and where each code's label stands among them."""
        labels = {country.code: country.label for country in self.countries}
        there, place = np.unique(codes, return_inverse=True)
        named = [labels[int(code)] for code in there]
        order = np.argsort(named)
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        return tuple(named[at] for at in order), rank[place]

    def _check(self, years: Iterable[int]) -> None:
        for year in years:
            if year not in self.manifest.years:
                there = ", ".join(str(one) for one in self.manifest.years)
                raise EngineError(
                    "trade.year",
                    f"Estos datos no tienen el año {year}. Están: {there}.",
                    f"These data do not have the year {year}. There are: {there}.",
                    year=year,
                )

    @cached_property
    def distances(self) -> Distances | None:
        """The distances somebody brought, filled in between capitals; None without either."""
        return distances.read(self.folder.parent, self._capitals)

    @cached_property
    def tariffs(self) -> Tariffs | None:
        """The tariffs somebody brought for this edition of the Harmonized System, or None."""
        return tariffs.read(self.folder.parent, self.manifest.hs)

    @cached_property
    def macro(self) -> Macro | None:
        """The projections of income and people somebody brought, or None."""
        return macro.read(self.folder.parent)

    @cached_property
    def concordance(self) -> Concordance | None:
        """The correlation tables between editions somebody brought, or None."""
        return concordance.read(self.folder.parent)


def stores(root: Path) -> tuple[tuple[str, Manifest], ...]:
    """The releases under ``root``, by name; what is not whole is not there."""
    found = sorted(path.parent for path in root.glob(f"*/{FILE}"))
    return tuple(
        (folder.name, Manifest.read(folder)) for folder in found if not folder.name.startswith(".")
    )


def _unknown(es: str, en: str, asked: str, manifest: Manifest) -> EngineError:
    return EngineError(
        "trade.unknown",
        f"En estos datos ({manifest.source} {manifest.release}, HS {manifest.hs}) no está {es} "
        f"«{asked}».",
        f"These data ({manifest.source} {manifest.release}, HS {manifest.hs}) do not have the {en} "
        f"“{asked}”.",
        code_asked=asked,
    )
