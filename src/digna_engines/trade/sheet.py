"""The market sheet of one exporter and product: what it holds, and its plain record.

A sheet is made once from a store (``market_sheet``) and kept as JSON (``record``). This module
loads neither arrays nor a database: the pages that show stored sheets import it.

Money is in USD, quantities in kg, unit values in USD/kg, distances in km; shares are fractions that
stand beside their numerator and denominator; growth is a fraction per year beside the number of
years it was worked out from. Missing is ``None``; zero is 0.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digna_engines.trade.brought import Brought
    from digna_engines.trade.potential import ExportPotential
    from digna_engines.trade.ranking import Weights

METHOD = "market sheet"
VERSION = "1"
"""Version of the sheet: a stored record names it, so that a later change is seen."""

Number = float | int | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the figures come from: the release of the store, and what its licence asks for."""

    source: str
    release: str
    hs: str
    years: tuple[int, ...]
    provisional_years: tuple[int, ...]
    synthetic: bool
    licence: str
    attribution: str
    valuation: str


@dataclass(frozen=True, slots=True)
class Point:
    """One year: value in USD, quantity in kg, and the price they make."""

    year: int
    value: Number
    quantity: Number
    unit_value: Number


@dataclass(frozen=True, slots=True)
class ExporterSide:
    """The exporter with the product: last year, place in the world, and its years.

    ``world_share`` is ``value`` over the world's; ``re_export_ratio`` is ``own_imports`` over
    ``value``: near or above 1 it may be passing goods on. ``supply`` is the share of world exports
    that the potential uses, a mean over the years and corrected for re-exports.
    """

    code: str
    value: Number
    quantity: Number
    unit_value: Number
    world_share: Number
    rank: int | None
    rca: Number
    own_imports: Number
    re_export_ratio: Number
    supply: Number
    growth: Number
    growth_n: int
    growth_cagr: Number
    series: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ProductSide:
    """The product: its code, its official name, since which edition of the HS it exists."""

    code: str
    name_en: str
    exists_since_hs: str | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """The whole market of the product; ``suppliers`` counts exporting countries."""

    value: Number
    quantity: Number
    unit_value: Number
    growth: Number
    growth_n: int
    growth_cagr: Number
    growth_last: Number
    suppliers: int
    concentration: Number
    concentration_normalised: Number
    series: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Supplier:
    """A country that sells the product: in the world, or in one market (``share`` of it)."""

    country: str
    value: Number
    quantity: Number
    unit_value: Number
    share: Number
    growth: Number
    growth_n: int


@dataclass(frozen=True, slots=True)
class Market:
    """One importer of the product, as Trade Map shows it, with the exporter's part and potential.

    ``value`` … ``tariff_mean`` are of the market in the last year and over the years; ``actual``,
    ``potential``, ``unrealised`` are means over the years, in USD. ``terms`` are the factors of the
    potential. ``exporter_share`` is ``exporter_value`` over the market's ``value``;
    ``share_of_exporter`` is ``exporter_value`` over all that the exporter sells of the product.
    ``distance_how`` says whose distance it is; ``tariff`` is what the exporter pays,
    ``tariff_mean`` what the market's suppliers pay on average, ``tariff_top`` what its five largest
    besides the exporter pay.
    ``own_exports`` is what the market itself sells of the product.
    """

    market: str
    value: Number
    quantity: Number
    unit_value: Number
    balance: Number
    own_exports: Number
    growth: Number
    growth_n: int
    growth_cagr: Number
    growth_quantity: Number
    growth_quantity_n: int
    growth_last: Number
    world_share: Number
    world_rank: int | None
    suppliers: int
    concentration: Number
    concentration_normalised: Number
    supplier_km: Number
    distance_km: Number
    distance_how: str | None
    tariff: Number
    tariff_mean: Number
    tariff_top: Number
    actual: Number
    potential: Number
    unrealised: Number
    potential_growth_part: Number
    potential_friction_part: Number
    terms: Mapping[str, float]
    exporter_value: Number
    exporter_quantity: Number
    exporter_share: Number
    share_of_exporter: Number
    exporter_unit_value: Number
    exporter_growth: Number
    exporter_growth_n: int
    suppliers_top: tuple[Supplier, ...]
    score: Number
    rank_by_potential: int | None
    rank_by_score: int | None
    series: tuple[Point, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A reason, a caution or a caveat: a code, and the values its sentence is written with."""

    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recommended:
    """A market worth looking at first, and why, and what to mind."""

    market: str
    reasons: tuple[Remark, ...]
    cautions: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Composite:
    """How the score was made: on ranks, so that a tiny fast market does not come first."""

    method: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mirror:
    """One year told from both ends: ``gap`` is (exporter's - partners') / partners'."""

    year: int
    exporter_reports: Number
    partners_report: Number
    gap: Number


@dataclass(frozen=True, slots=True)
class Published:
    """A figure that somebody printed, and where."""

    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Published figures of one thing that differ: shown together, never resolved.

    ``ours`` is the store's own figure, when it has one.
    """

    product: str
    country: str
    year: int
    measure: str
    figures: tuple[Published, ...]
    ours: Number = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of it. ``missing`` names what was not brought: distances, tariffs, growth, population."""

    method: str
    version: str
    release: Source
    years: tuple[int, ...]
    exporter: ExporterSide
    product: ProductSide
    world: World
    markets: tuple[Market, ...]
    suppliers: tuple[Supplier, ...]
    recommended: tuple[Recommended, ...]
    weights: Mapping[str, float]
    composite: Composite
    assumptions: Mapping[str, Any]
    caveats: tuple[Remark, ...]
    missing: tuple[str, ...]
    mirror: tuple[Mirror, ...]
    conflicts: tuple[Conflict, ...]


def record(sheet: Any) -> dict[str, Any]:
    """A sheet, or a part of one, as plain JSON values: mappings, lists, texts, numbers, ``None``.

    A number that is not finite becomes ``None``: JSON has no word for it, and a page must not
    print it.

    >>> record(Point(2020, 10.0, float("nan"), None))
    {'year': 2020, 'value': 10.0, 'quantity': None, 'unit_value': None}
    """
    found = _plain(sheet)
    assert isinstance(found, dict)  # noqa: S101 — a dataclass becomes a mapping
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, (str, bool)) or value is None:
        return value
    return _number(value)


def _number(value: Any) -> float | int | None:
    """A plain Python number, also from an array's scalar; ``None`` unless it is finite."""
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, float) and not math.isfinite(plain):
        return None
    return plain if isinstance(plain, (int, float)) else float(plain)


def market_sheet(
    store: Any,
    *,
    exporter: str = "BOL",
    product: str = "100850",
    years: Sequence[int] | None = None,
    markets: Sequence[str] | None = None,
    weights: "Weights | None" = None,
    brought: "Brought | None" = None,
    potential: "ExportPotential | None" = None,
    national: Any = None,
    published: Sequence[Mapping[str, Any]] = (),
    exists_since_hs: str | None = None,
    recommends: int = 5,
) -> Sheet:
    """The sheet of one exporter and product, made from a store.

    Symbols: ``years`` the window of growth and potential, its last the year shown (the last five of
    the store unless told); ``markets`` labels to keep, all without it; ``weights`` of the score;
    ``brought`` distances, tariffs and projections, those beside the store unless given;
    ``potential`` a prepared world, to make many sheets with; ``national`` another store of what the
    exporter's customs report, or its values by year, for the mirror gap; ``published`` rows
    ``product, country, year, measure, figure, source`` to lay beside ours; ``exists_since_hs`` the
    edition that brought the product, known for the programme's own; ``recommends`` how many
    markets.

    Errors: ``trade.unknown`` for a country or product that is not in the store;
    ``trade.not_in_edition`` for a product that its edition of the Harmonized System lacks;
    ``trade.no_trade`` where the product is not traded in the years; ``trade.years``.
    """
    from digna_engines.trade.sheet_making import made

    return made(
        store,
        exporter=exporter,
        product=product,
        years=years,
        markets=markets,
        weights=weights,
        brought=brought,
        potential=potential,
        national=national,
        published=published,
        exists_since_hs=exists_since_hs,
        recommends=recommends,
    )
