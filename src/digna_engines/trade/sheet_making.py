"""Making a market sheet from a store: its questions asked once, its parts put together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from digna_engines.trade.conflicts import conflicts_of, mirrored
from digna_engines.trade.growth import growth
from digna_engines.trade.market import market_rows
from digna_engines.trade.partners import pair_rows, world_rows, yearly_rows
from digna_engines.trade.product_rows import ProductRows, checked_years, no_rows, pairs_table
from digna_engines.trade.ranking import Weights, rank
from digna_engines.trade.remarks import caveats, market_warnings, recommended
from digna_engines.trade.sheet import (
    METHOD,
    VERSION,
    Composite,
    ExporterSide,
    Market,
    Number,
    Point,
    ProductSide,
    Sheet,
    Source,
    Supplier,
    World,
    record,
)

if TYPE_CHECKING:
    from digna_engines.trade.potential import ExportPotential

YEARS = 5
TOP_SUPPLIERS = 5
RECOMMENDED = 5
Row = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Asked:
    """One product's answers from the store, by the labels of countries."""

    exporter: str
    product: str
    years: tuple[int, ...]
    markets: Mapping[str, Row]
    pairs: Mapping[str, Sequence[Row]]
    by_importer: Mapping[str, Sequence[Point]]
    by_exporter: Mapping[str, Sequence[Point]]
    world: tuple[Point, ...]

    @property
    def last(self) -> int:
        return self.years[-1]

    def own(self, market: str) -> Row | None:
        """The exporter's row among a market's suppliers."""
        return next((p for p in self.pairs.get(market, ()) if p["supplier"] == self.exporter), None)


@dataclass(frozen=True, eq=False)
class Brought:
    """What a person brings besides flows; ``None`` where it was not brought."""

    distances: Mapping[tuple[str, str], float] | None = None
    distance_how: str | None = None
    tariffs: Mapping[tuple[str, str, str], float] | None = None
    growth: Mapping[str, float] | None = None
    population: Mapping[str, float] | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of what is not there."""
        names = ("distances", "tariffs", "growth", "population")
        return tuple(name for name in names if getattr(self, name) is None)


def made(
    store: Any,
    *,
    exporter: str,
    product: str,
    years: Sequence[int] | None = None,
    markets: Sequence[str] | None = None,
    weights: Weights | None = None,
    brought: Brought | None = None,
    potential: "ExportPotential | None" = None,
    national: Mapping[int, float] | None = None,
    published: Sequence[Mapping[str, Any]] = (),
    exists_since_hs: str | None = None,
    recommends: int = RECOMMENDED,
) -> Sheet:
    """The sheet of one exporter and product; ``market_sheet`` tells of the arguments."""
    who, what = store.country(exporter), store.product(product)
    window = checked_years(years if years is not None else store.manifest.years[-YEARS:])
    beside = brought if brought is not None else brought_by(store)
    asked = _ask(store, who, what, window, beside)
    prepared = potential if potential is not None else _prepared(store, window, beside)
    source = _source(store.manifest)
    side = _exporter(store, asked, prepared)
    world = _world(asked)
    every = _markets(asked, prepared, beside, side, None if markets is None else set(markets))
    chosen = weights if weights is not None else Weights()
    placed = _placed(every, world, chosen)
    own = _own_figures(asked)
    return Sheet(
        method=METHOD,
        version=VERSION,
        release=source,
        years=window,
        exporter=side,
        product=ProductSide(what.code, what.name_en, exists_since_hs, ()),
        world=world,
        markets=placed,
        suppliers=_suppliers(asked),
        recommended=recommended(placed, side, world, source, recommends),
        weights=chosen.shares,
        composite=Composite("ranks", ("not_min_max", "usd_first")),
        assumptions=prepared.assumptions,
        caveats=tuple(caveats(source, side, window, exists_since_hs, beside.missing)),
        missing=beside.missing,
        mirror=() if national is None else mirrored(national, {p.year: p.value for p in side.series}),
        conflicts=conflicts_of(published, own),
    )


def brought_by(store: Any) -> Brought:
    """What lies beside a store, in the words of the methods."""
    distances, tariffs, macro = store.distances, store.tariffs, store.macro
    return Brought(
        distances=None if distances is None else distances,
        distance_how=None if distances is None else getattr(distances, "how", "given"),
        tariffs=tariffs,
        growth=None if macro is None else macro.growth,
        population=None if macro is None else macro.population,
    )


def _prepared(store: Any, years: Sequence[int], beside: Brought) -> "ExportPotential":
    from digna_engines.trade.potential import export_potential

    return export_potential(
        store.mean_flows(years), distances=beside.distances, tariffs=beside.tariffs,
        growth=beside.growth, population=beside.population,
    )  # fmt: skip


def _ask(store: Any, who: Any, what: Any, years: tuple[int, ...], beside: Brought) -> Asked:
    """Read the product's rows once and ask them everything."""
    rows = ProductRows.of(store.flows, int(what.code), years)
    label = {country.code: country.label for country in store.countries}
    tables = _tables(store, what.code, beside)
    found = rows.ask(market_rows, tables, years=years, side="importer")
    if not found:
        raise no_rows(what.code, years)
    return Asked(
        exporter=who.label,
        product=what.code,
        years=years,
        markets={label[row["market"]]: row for row in found},
        pairs=_by_market(rows.ask(pair_rows, years=years), label),
        by_importer=_points(rows.ask(yearly_rows, by="importer"), label),
        by_exporter=_points(rows.ask(yearly_rows, by="exporter"), label),
        world=tuple(_point(row) for row in rows.ask(world_rows)),
    )


def _tables(store: Any, product: str, beside: Brought) -> dict[str, Any]:
    """Distances and tariffs of the product by the store's codes, as tables to join."""
    code = {country.label: country.code for country in store.countries}
    km, tariffs = beside.distances, beside.tariffs
    return {
        "distances": None if km is None else pairs_table(
            {(code[a], code[b]): one for (a, b), one in km.items() if a in code and b in code}, "km"
        ),
        "tariffs": None if tariffs is None else pairs_table(
            {(code[i], code[j]): one for (i, k, j), one in tariffs.items()
             if k == product and i in code and j in code}, "tariff",
        ),
    }  # fmt: skip


def _by_market(rows: Sequence[Row], label: Mapping[int, str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[label[row["importer"]]].append({**row, "supplier": label[row["exporter"]]})
    return dict(found)


def _points(rows: Sequence[Row], label: Mapping[int, str]) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = defaultdict(list)
    for row in rows:
        found[label[row["country"]]].append(_point(row))
    return dict(found)


def _point(row: Row) -> Point:
    return Point(row["year"], row["value"], row["quantity"], row["unit_value"])


def _source(manifest: Any) -> Source:
    names = ("source", "release", "hs", "years", "provisional_years", "synthetic", "licence",
             "attribution", "valuation")  # fmt: skip
    return Source(**{name: getattr(manifest, name) for name in names})


def _exporter(store: Any, asked: Asked, prepared: "ExportPotential") -> ExporterSide:
    """The exporter's own line: last year, its place, its advantage, what it buys itself."""
    series = tuple(asked.by_exporter.get(asked.exporter, ()))
    now = _at(series, asked.last)
    world = _at(asked.world, asked.last)
    sellers = {c: v for c, points in asked.by_exporter.items() if (v := _at(points, asked.last).value)}
    rank_of = sorted(sellers, key=lambda c: (-float(sellers[c] or 0), c))
    bought = asked.markets.get(asked.exporter, {}).get("value", 0.0)
    grown = growth({p.year: p.value for p in series}, asked.years)
    value = now.value if now.value is not None else 0.0
    return ExporterSide(
        code=asked.exporter,
        value=value,
        quantity=now.quantity,
        unit_value=now.unit_value,
        world_share=_over(value, world.value),
        rank=rank_of.index(asked.exporter) + 1 if asked.exporter in sellers else None,
        rca=_advantage(store, asked),
        own_imports=bought,
        re_export_ratio=_over(bought, value),
        supply=prepared.supply_share(asked.exporter, asked.product),
        growth=grown.rate,
        growth_n=grown.n,
        growth_cagr=grown.cagr,
        series=series,
    )


def _advantage(store: Any, asked: Asked) -> Number:
    """RCA of the one cell, from the year's sums."""
    exports = store.exports(asked.last)
    if asked.exporter not in exports.exporters or asked.product not in exports.products:
        return None
    i, k = exports.exporters.index(asked.exporter), exports.products.index(asked.product)
    x = exports.values
    return _over(_over(x[i, k], x[i].sum()), _over(x[:, k].sum(), x.sum()))


def _world(asked: Asked) -> World:
    now = _at(asked.world, asked.last)
    grown = growth({p.year: p.value for p in asked.world}, asked.years)
    sold = [float(v) for points in asked.by_exporter.values() if (v := _at(points, asked.last).value)]
    hhi, normalised = _concentration(sold)
    return World(
        value=now.value,
        quantity=now.quantity,
        unit_value=now.unit_value,
        growth=grown.rate,
        growth_n=grown.n,
        growth_cagr=grown.cagr,
        growth_last=grown.last,
        suppliers=len(sold),
        concentration=hhi,
        concentration_normalised=normalised,
        series=asked.world,
    )


def _concentration(values: Sequence[float]) -> tuple[Number, Number]:
    """Herfindahl-Hirschman and UNCTAD's normalised form; ``None`` where nothing is sold."""
    if not values:
        return None, None
    whole, least = sum(values), (1 / len(values)) ** 0.5
    hhi = sum((one / whole) ** 2 for one in values)
    return hhi, 1.0 if len(values) == 1 else (hhi**0.5 - least) / (1 - least)


def _suppliers(asked: Asked) -> tuple[Supplier, ...]:
    """Every country that sold the product in the window, greatest of the last year first."""
    whole = _at(asked.world, asked.last).value
    found = []
    for country, points in asked.by_exporter.items():
        now = _at(points, asked.last)
        grown = growth({p.year: p.value for p in points}, asked.years)
        value = now.value if now.value is not None else 0.0
        found.append(
            Supplier(country, value, now.quantity, now.unit_value, _over(value, whole), grown.rate,
                     grown.n)
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-float(one.value or 0), one.country)))


def _markets(
    asked: Asked, prepared: "ExportPotential", beside: Brought, side: ExporterSide,
    only: set[str] | None,
) -> list[Market]:  # fmt: skip
    potential = {one.market: one for one in prepared.markets(asked.exporter, asked.product)}
    terms = prepared.terms_of(asked.exporter, asked.product)
    return [
        _market(asked, name, row, potential.get(name), terms.get(name, {}), beside, side)
        for name, row in asked.markets.items()
        if name != asked.exporter and (only is None or name in only)
    ]


def _market(
    asked: Asked, name: str, row: Row, ranked: Any, terms: Mapping[str, float], beside: Brought,
    side: ExporterSide,
) -> Market:  # fmt: skip
    own = asked.own(name)
    sold = 0.0 if own is None else own["value"]
    told = dict(row) | {"own_exports": row["balance"] + row["value"]}
    here, tariff = asked.exporter, None
    if beside.tariffs is not None:
        tariff = beside.tariffs.get((here, asked.product, name))
    km = _km(beside, here, name)
    shown = ("value", "quantity", "unit_value", "balance", "own_exports", "growth", "growth_n",
             "growth_cagr", "growth_quantity", "growth_quantity_n", "growth_last", "world_share",
             "world_rank", "concentration", "concentration_normalised")  # fmt: skip
    return Market(
        market=name,
        **{one: told[one] for one in shown},
        suppliers=row["partners"],
        supplier_km=row["partner_km"],
        distance_km=km,
        distance_how=None if km is None else beside.distance_how,
        tariff=tariff,
        tariff_mean=row["tariff"],
        tariff_top=_tariff_top(asked, name, beside),
        actual=0.0 if ranked is None else ranked.actual,
        potential=0.0 if ranked is None else ranked.potential,
        unrealised=0.0 if ranked is None else ranked.unrealised,
        potential_growth_part=None if ranked is None else ranked.growth_part,
        potential_friction_part=None if ranked is None else ranked.friction_part,
        terms=terms,
        exporter_value=sold,
        exporter_quantity=None if own is None else own["quantity"],
        exporter_share=_over(sold, row["value"]),
        share_of_exporter=_over(sold, side.value),
        exporter_unit_value=None if own is None else own["unit_value"],
        exporter_growth=None if own is None else own["growth"],
        exporter_growth_n=0 if own is None else own["growth_n"],
        suppliers_top=_top(asked, name, row["value"]),
        score=None,
        rank_by_potential=None,
        rank_by_score=None,
        series=tuple(asked.by_importer.get(name, ())),
        warnings=market_warnings(told),
    )


def _km(beside: Brought, here: str, there: str) -> Number:
    """The distance of a pair, told either way round."""
    if beside.distances is None:
        return None
    found = beside.distances.get((here, there))
    return found if found is not None else beside.distances.get((there, here))


def _tariff_top(asked: Asked, market: str, beside: Brought) -> Number:
    """The mean tariff on the five largest suppliers besides the exporter whose tariff is known."""
    if beside.tariffs is None:
        return None
    others = [p["supplier"] for p in asked.pairs.get(market, ()) if p["supplier"] != asked.exporter]
    known = [t for one in others[:TOP_SUPPLIERS]
             if (t := beside.tariffs.get((one, asked.product, market))) is not None]  # fmt: skip
    return sum(known) / len(known) if known else None


def _top(asked: Asked, market: str, whole: Number) -> tuple[Supplier, ...]:
    return tuple(
        Supplier(
            p["supplier"], p["value"], p["quantity"], p["unit_value"], _over(p["value"], whole),
            p["growth"], p["growth_n"],
        )
        for p in asked.pairs.get(market, ())[:TOP_SUPPLIERS]
        if p["value"] > 0
    )  # fmt: skip


def _placed(markets: Sequence[Market], world: World, weights: Weights) -> tuple[Market, ...]:
    """The markets in the order of potential, each with its score and places."""
    plain = {"markets": [record(one) for one in markets], "world": {"growth": world.growth}}
    by_name = {one.market: one for one in markets}
    return tuple(
        replace(
            by_name[place.market], score=place.score, rank_by_potential=place.rank_by_potential,
            rank_by_score=place.rank_by_score,
        )
        for place in rank(plain, weights)
    )  # fmt: skip


def _own_figures(asked: Asked) -> dict[tuple[str, str, int, str], Number]:
    """The exporter's figures by year and measure, to lay beside published ones."""
    return {
        (asked.product, asked.exporter, point.year, measure): getattr(point, measure)
        for point in asked.by_exporter.get(asked.exporter, ())
        for measure in ("value", "quantity", "unit_value")
    }


def _at(points: Sequence[Point], year: int) -> Point:
    return next((one for one in points if one.year == year), Point(year, None, None, None))


def _over(part: Any, whole: Any) -> Number:
    if part is None or whole is None or not whole > 0:
        return None
    return float(part / whole)
