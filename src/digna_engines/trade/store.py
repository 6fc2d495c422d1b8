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
from digna_engines.trade.connecting import literal, parquet
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
            files = [literal(path) for path in sorted(folder.glob("*/*.parquet"))]
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
        sums = self._cube("x_ik", year)
        (exporters, i), (codes, k) = self._countries_at(sums["exporter"]), _at(sums["product"])
        grid = np.zeros((len(exporters), len(codes)))
        grid[i, k] = sums["value"]
        return Exports(exporters, _written(codes), frozen(grid))

    def worth(self, year: int) -> dict[str, int]:
        """World trade of each product in a year, in US dollars: what splits are shared out by.

        Errors: ``trade.year``.
        """
        self._check([year])
        sums = self._cube("x_ik", year)
        codes, k = _at(sums["product"])
        total = np.bincount(k, sums["value"], len(codes))
        return dict(zip(_written(codes), total.astype(np.int64).tolist(), strict=True))

    def mean_flows(self, years: Iterable[int] | None = None) -> Flows:
        """Mean flows of some years (the last five unless told), a year without a flow being 0.

        Countries are in the order of the source's numbers, in which the flows lie sorted.
        Errors: ``trade.year``.
        """
        asked = tuple(sorted(set(years))) if years is not None else self.manifest.mean_years
        self._check(asked)
        found = self._mean(asked)
        n = len(found["value"])
        countries, ends = self._countries_at(np.concatenate([found["exporter"], found["importer"]]))
        codes, k = _at(found["product"])
        value = frozen(found["value"])
        return Flows(countries, _written(codes), ends[:n], k, ends[n:], value)

    def _mean(self, years: tuple[int, ...]) -> dict[str, Any]:
        import duckdb

        ready = self.folder / "cubes" / "mean_flows"
        if years == self.manifest.mean_years and ready.is_dir():
            query = f"SELECT * FROM {parquet(sorted(ready.glob('*.parquet')))}"  # noqa: S608
        else:
            files = [self.folder / "flows" / f"y={y}" / "flows.parquet" for y in years]
            query = mean_query(files, len(years))
        with duckdb.connect() as database:
            # the order of the files is that of the products: it must come back as it lies
            database.execute("SET preserve_insertion_order=true")
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
        """Labels in the order of codes, and where each code stands among them."""
        labels = {country.code: country.label for country in self.countries}
        there, place = _at(codes)
        return tuple(labels[int(code)] for code in there), place

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


def _at(codes: Any) -> tuple[Any, Any]:
    """The codes there are, in order, and where each row's stands: by a table, without sorting."""
    there = np.flatnonzero(np.bincount(codes, minlength=1))
    place = np.zeros(int(there[-1]) + 1 if len(there) else 1, dtype=np.int64)
    place[there] = np.arange(len(there))
    return there, place[codes]


def _written(codes: Any) -> tuple[str, ...]:
    return tuple(f"{code:06d}" for code in codes.tolist())


def _unknown(es: str, en: str, asked: str, manifest: Manifest) -> EngineError:
    return EngineError(
        "trade.unknown",
        f"En estos datos ({manifest.source} {manifest.release}, HS {manifest.hs}) no está {es} "
        f"«{asked}».",
        f"These data ({manifest.source} {manifest.release}, HS {manifest.hs}) do not have the {en} "
        f"“{asked}”.",
        code_asked=asked,
    )
