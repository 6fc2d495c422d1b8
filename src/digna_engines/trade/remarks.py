"""Why a market is worth a look and what to mind: codes and values, for others to put into words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from digna_engines.trade.sheet import ExporterSide, Market, Recommended, Remark, Source, World

SMALL_USD = 100_000.0
"""Below this a year's imports of a market say little about next year's."""
CONCENTRATED = 0.25
"""The level from which a market counts as highly concentrated in competition policy (HHI 2,500)."""
RE_EXPORTS = 0.5
"""Own imports above this share of exports: part of what is sold may only pass through."""


def recommended(
    markets: Sequence[Market], exporter: ExporterSide, world: World, source: Source, count: int
) -> tuple[Recommended, ...]:
    """The first ``count`` markets by unrealised potential in USD that have any, with remarks.

    Where fewer have an unrealised potential, those with the greatest potential follow.
    """
    order = sorted(
        (one for one in markets if one.potential is not None and one.potential > 0),
        key=lambda one: (-(one.unrealised or 0.0), -(one.potential or 0.0), one.market),
    )
    return tuple(
        Recommended(
            one.market,
            tuple(_reasons(one, exporter, world)),
            tuple(_cautions(one, exporter, world, source)),
        )
        for one in order[:count]
    )


def _reasons(one: Market, exporter: ExporterSide, world: World) -> Iterator[Remark]:
    if _above(one.unrealised, 0.0):
        yield _told("unrealised", one, "unrealised", "potential", "actual")
    if _above(one.exporter_value, 0.0):
        yield _told("sold_there", one, "exporter_value", "exporter_share")
    if one.world_rank is not None and one.world_rank <= 10:
        yield _told("large", one, "value", "world_rank", "world_share")
    if _above(one.growth, 0.0) and _above(one.growth, world.growth):
        yield _told("growing", one, "growth", "growth_n", world_growth=world.growth)
    if _above(one.unit_value, exporter.unit_value):
        yield _told("pays_more", one, "unit_value", exporter_unit_value=exporter.unit_value)
    if _above(CONCENTRATED, one.concentration):
        yield _told("many_suppliers", one, "concentration", "suppliers")
    if _above(one.supplier_km, one.distance_km):
        yield _told("nearer_than_suppliers", one, "distance_km", "supplier_km")
    if one.tariff == 0:
        yield _told("no_tariff", one, "tariff")


def _cautions(
    one: Market, exporter: ExporterSide, world: World, source: Source
) -> Iterator[Remark]:
    if one.exporter_value is None or one.exporter_value <= 0:
        yield Remark("not_sold_there", {})
    if _above(0.0, one.growth):
        yield _told("shrinking", one, "growth", "growth_n")
    if one.growth is None:
        yield _told("growth_unknown", one, "growth_n")
    if _above(one.concentration, CONCENTRATED):
        yield _told("few_suppliers", one, "concentration", "suppliers")
    if _above(exporter.unit_value, one.unit_value):
        yield _told("pays_less", one, "unit_value", exporter_unit_value=exporter.unit_value)
    if _above(one.distance_km, one.supplier_km):
        yield _told("farther_than_suppliers", one, "distance_km", "supplier_km")
    if one.tariff is None:
        yield Remark("tariff_unknown", {})
    elif _above(one.tariff, one.tariff_mean):
        yield _told("tariff_above_others", one, "tariff", "tariff_mean")
    if _above(SMALL_USD, one.value):
        yield _told("small", one, "value")
    if source.years and source.years[-1] in source.provisional_years:
        yield Remark("provisional_year", {"year": source.years[-1]})


def market_warnings(one: Mapping[str, Any]) -> tuple[str, ...]:
    """What the row of a market must say beside its figures."""
    found = []
    if one["growth"] is None:
        found.append("few_years")
    if one["quantity"] is None or one["unit_value"] is None:
        found.append("no_quantity")
    if _above(SMALL_USD, one["value"]):
        found.append("small")
    if one["own_exports"] is not None and _above(one["own_exports"], 0.5 * (one["value"] or 0.0)):
        found.append("re_exporter")
    return tuple(found)


def caveats(
    source: Source,
    exporter: ExporterSide,
    years: Sequence[int],
    exists_since: str | None,
    missing: Sequence[str],
) -> Iterator[Remark]:
    """What the whole sheet must say: invented data, provisional years, re-exports, what is missing."""
    yield Remark("not_a_ceiling", {})
    if source.synthetic:
        yield Remark("synthetic", {})
    provisional = [year for year in years if year in source.provisional_years]
    if provisional:
        yield Remark("provisional_years", {"years": provisional})
    if exists_since is not None and hs_year(exists_since) > years[0]:
        yield Remark("younger_than_data", {
            "exists_since": exists_since, "first_year": years[0], "hs": source.hs,
        })  # fmt: skip
    if _above(exporter.re_export_ratio, RE_EXPORTS):
        yield Remark("re_exports", {
            "own_imports": exporter.own_imports, "value": exporter.value,
            "ratio": exporter.re_export_ratio,
        })  # fmt: skip
    for name in missing:
        yield Remark("missing_input", {"name": name})


def hs_year(edition: str) -> int:
    """The year an edition of the Harmonized System entered into force.

    >>> hs_year("12"), hs_year("HS92"), hs_year("2017")
    (2012, 1992, 2017)
    """
    digits = int("".join(c for c in edition if c.isdigit()))
    if digits >= 1900:
        return digits
    return digits + (1900 if digits >= 88 else 2000)


def _above(one: float | None, other: float | None) -> bool:
    """Whether both are known and the first is greater."""
    return one is not None and other is not None and one > other


def _told(code: str, one: Market, *names: str, **more: Any) -> Remark:
    return Remark(code, {name: getattr(one, name) for name in names} | more)
