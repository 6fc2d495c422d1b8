"""Making a market sheet from a store: its questions asked once, its parts put together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from digna_engines.errors import EngineError
from digna_engines.trade.asking import (
    Asked,
    Row,
    ask,
    at_year,
    exports_by_year,
    over,
    potential_of,
)
from digna_engines.trade.brought import NAMES, Brought
from digna_engines.trade.concordance import SINCE, absent_from
from digna_engines.trade.conflicts import conflicts_of, mirrored
from digna_engines.trade.growth import growth
from digna_engines.trade.product_rows import checked_years
from digna_engines.trade.ranking import Weights, rank
from digna_engines.trade.remarks import caveats, market_warnings, recommended
from digna_engines.trade.sheet import (
    METHOD,
    VERSION,
    Composite,
    ExporterSide,
    Market,
    Mirror,
    Number,
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


def made(
    store: Any,
    *,
    exporter: str,
    product: str,
    years: Sequence[int] | None,
    markets: Sequence[str] | None,
    weights: Weights | None,
    brought: Brought | None,
    potential: "ExportPotential | None",
    national: Any,
    published: Sequence[Mapping[str, Any]],
    exists_since_hs: str | None,
    recommends: int,
) -> Sheet:
    """The sheet of one exporter and product; ``market_sheet`` tells of the arguments."""
    who, what = store.country(exporter), _product(store, product)
    window = checked_years(years if years is not None else store.manifest.years[-YEARS:])
    asked = ask(store, who, what, window, brought)
    prepared = potential if potential is not None else potential_of(store, asked)
    missing = tuple(n for n in NAMES if n in {*asked.brought.missing, *prepared.missing})
    since = exists_since_hs if exists_since_hs is not None else _since(what.code)
    source, world = _source(store.manifest), _world(asked)
    side = _exporter(store, asked, prepared)
    every = _markets(asked, prepared, side, None if markets is None else set(markets))
    chosen = weights if weights is not None else Weights()
    placed = _placed(every, world, chosen)
    capitals = sum(one.distance_how == "capitals" for one in placed)
    return Sheet(
        method=METHOD,
        version=VERSION,
        release=source,
        years=window,
        exporter=side,
        product=ProductSide(what.code, what.name_en, since, ()),
        world=world,
        markets=placed,
        suppliers=_suppliers(asked),
        recommended=recommended(placed, side, world, source, recommends),
        weights=chosen.shares,
        composite=Composite("ranks", ("not_min_max", "usd_first")),
        assumptions=prepared.assumptions,
        caveats=tuple(caveats(source, side, window, since, missing, capitals)),
        missing=missing,
        mirror=_mirror(national, side, what.code, window),
        conflicts=conflicts_of(published, _own_figures(asked)),
    )


def _product(store: Any, code: str) -> Any:
    """The product; one that the edition lacks is told with the codes it is within."""
    plain = code.strip().replace(".", "")
    absent = absent_from(plain, store.manifest.hs)
    if absent is None:
        return store.product(plain)
    within = ", ".join(absent.within)
    raise EngineError(
        "trade.not_in_edition",
        f"El producto {plain} existe desde el SA 20{absent.since}; estos datos son del SA "
        f"{absent.edition}, donde está dentro de {within}. Importe una edición más nueva.",
        f"Product {plain} exists since HS 20{absent.since}; these data are of HS {absent.edition}, "
        f"where it is within {within}. Import a newer edition.",
        product=plain,
        within=absent.within,
    )


def _since(code: str) -> str | None:
    told = SINCE.get(code)
    return None if told is None else told[0]


def _mirror(
    national: Any, side: ExporterSide, product: str, years: Sequence[int]
) -> tuple[Mirror, ...]:
    """The two ends of the exporter's trade, where its own end is given."""
    if national is None:
        return ()
    own = national
    if hasattr(national, "flows"):
        told = {year for year in years if year in national.manifest.years}
        own = exports_by_year(national, side.code, product, sorted(told)) if told else {}
    return mirrored(own, {point.year: point.value for point in side.series})


def _source(manifest: Any) -> Source:
    names = ("source", "release", "hs", "years", "provisional_years", "synthetic", "licence",
             "attribution", "valuation")  # fmt: skip
    return Source(**{name: getattr(manifest, name) for name in names})


def _exporter(store: Any, asked: Asked, prepared: "ExportPotential") -> ExporterSide:
    """The exporter's own line: last year, its place, its advantage, what it buys itself."""
    series = tuple(asked.by_exporter.get(asked.exporter, ()))
    now = at_year(series, asked.last)
    world = at_year(asked.world, asked.last)
    sellers = {
        c: v for c, points in asked.by_exporter.items() if (v := at_year(points, asked.last).value)
    }
    rank_of = sorted(sellers, key=lambda c: (-float(sellers[c] or 0), c))
    bought = asked.markets.get(asked.exporter, {}).get("value", 0.0)
    grown = growth({p.year: p.value for p in series}, asked.years)
    value = now.value if now.value is not None else 0.0
    return ExporterSide(
        code=asked.exporter,
        value=value,
        quantity=now.quantity,
        unit_value=now.unit_value,
        world_share=over(value, world.value),
        rank=rank_of.index(asked.exporter) + 1 if asked.exporter in sellers else None,
        rca=_advantage(store, asked),
        own_imports=bought,
        re_export_ratio=over(bought, value),
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
    return over(over(x[i, k], x[i].sum()), over(x[:, k].sum(), x.sum()))


def _world(asked: Asked) -> World:
    now = at_year(asked.world, asked.last)
    grown = growth({p.year: p.value for p in asked.world}, asked.years)
    sold = [
        float(v)
        for points in asked.by_exporter.values()
        if (v := at_year(points, asked.last).value)
    ]
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
    whole = at_year(asked.world, asked.last).value
    found = []
    for country, points in asked.by_exporter.items():
        now = at_year(points, asked.last)
        grown = growth({p.year: p.value for p in points}, asked.years)
        value = now.value if now.value is not None else 0.0
        found.append(
            Supplier(country, value, now.quantity, now.unit_value, over(value, whole), grown.rate,
                     grown.n)
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-float(one.value or 0), one.country)))


def _markets(
    asked: Asked, prepared: "ExportPotential", side: ExporterSide, only: set[str] | None
) -> list[Market]:
    potential = {one.market: one for one in prepared.markets(asked.exporter, asked.product)}
    terms = prepared.terms_of(asked.exporter, asked.product)
    return [
        _market(asked, name, row, potential.get(name), terms.get(name, {}), side)
        for name, row in asked.markets.items()
        if name != asked.exporter and (only is None or name in only)
    ]


def _market(
    asked: Asked, name: str, row: Row, ranked: Any, terms: Mapping[str, float], side: ExporterSide
) -> Market:
    own = asked.own(name)
    sold = 0.0 if own is None else own["value"]
    told = dict(row) | {"own_exports": row["balance"] + row["value"]}
    beside = asked.brought
    km = beside.km(asked.exporter, name)
    shown = ("value", "quantity", "unit_value", "balance", "own_exports", "growth", "growth_n",
             "growth_cagr", "growth_quantity", "growth_quantity_n", "growth_last", "world_share",
             "world_rank", "concentration", "concentration_normalised")  # fmt: skip
    return Market(
        market=name,
        **{one: told[one] for one in shown},
        suppliers=row["partners"],
        supplier_km=row["partner_km"],
        distance_km=km,
        distance_how=None if km is None else beside.how.get(name),
        tariff=beside.tariff(asked.exporter, asked.product, name),
        tariff_mean=row["tariff"],
        tariff_top=_tariff_top(asked, name),
        actual=0.0 if ranked is None else ranked.actual,
        potential=0.0 if ranked is None else ranked.potential,
        unrealised=0.0 if ranked is None else ranked.unrealised,
        potential_growth_part=None if ranked is None else ranked.growth_part,
        potential_friction_part=None if ranked is None else ranked.friction_part,
        terms=terms,
        exporter_value=sold,
        exporter_quantity=None if own is None else own["quantity"],
        exporter_share=over(sold, row["value"]),
        share_of_exporter=over(sold, side.value),
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


def _tariff_top(asked: Asked, market: str) -> Number:
    """The mean tariff on the five largest suppliers besides the exporter whose tariff is known."""
    others = [p["supplier"] for p in asked.pairs.get(market, ()) if p["supplier"] != asked.exporter]
    known = [t for one in others[:TOP_SUPPLIERS]
             if (t := asked.brought.tariff(one, asked.product, market)) is not None]  # fmt: skip
    return sum(known) / len(known) if known else None


def _top(asked: Asked, market: str, whole: Number) -> tuple[Supplier, ...]:
    return tuple(
        Supplier(
            p["supplier"], p["value"], p["quantity"], p["unit_value"], over(p["value"], whole),
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
