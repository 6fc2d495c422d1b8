"""Why a market is worth a look and what to mind: codes and values, for others to put into words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from digna_engines.trade.sheet import ExporterSide, Market, Recommended, Remark, Source, World

SMALL_USD = 100_000.0
"""Below this a year's imports of a market say little about next year's."""
CONCENTRATED = 0.25
"""The level from which a market counts as highly concentrated in competition policy (HHI 2,500)."""
LARGE = 10
"""A place among the world's so many largest importers."""
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


_Asked = tuple[bool, str, tuple[str, ...], Mapping[str, Any]]
"""Whether it holds, its code, the market's figures it names, and others."""


def _reasons(one: Market, exporter: ExporterSide, world: World) -> Iterator[Remark]:
    is_large = one.world_rank is not None and one.world_rank <= LARGE
    is_growing = _above(one.growth, 0.0) and _above(one.growth, world.growth)
    price = {"exporter_unit_value": exporter.unit_value}
    asked: tuple[_Asked, ...] = (
        (_above(one.unrealised, 0.0), "unrealised", ("unrealised", "potential", "actual"), {}),
        (_above(one.exporter_value, 0.0), "sold_there", ("exporter_value", "exporter_share"), {}),
        (is_large, "large", ("value", "world_rank", "world_share"), {}),
        (is_growing, "growing", ("growth", "growth_n"), {"world_growth": world.growth}),
        (_above(one.unit_value, exporter.unit_value), "pays_more", ("unit_value",), price),
        (_above(CONCENTRATED, one.concentration), "many_suppliers",
         ("concentration", "suppliers"), {}),
        (_above(one.supplier_km, one.distance_km), "nearer_than_suppliers",
         ("distance_km", "supplier_km"), {}),
        (one.tariff == 0, "no_tariff", ("tariff",), {}),
    )  # fmt: skip
    yield from _told(one, asked)


def _cautions(
    one: Market, exporter: ExporterSide, world: World, source: Source
) -> Iterator[Remark]:
    year = source.years[-1] if source.years else None
    price = {"exporter_unit_value": exporter.unit_value}
    asked: tuple[_Asked, ...] = (
        (not _above(one.exporter_value, 0.0), "not_sold_there", (), {}),
        (_above(0.0, one.growth), "shrinking", ("growth", "growth_n"), {}),
        (one.growth is None, "growth_unknown", ("growth_n",), {}),
        (_above(one.concentration, CONCENTRATED), "few_suppliers",
         ("concentration", "suppliers"), {}),
        (_above(exporter.unit_value, one.unit_value), "pays_less", ("unit_value",), price),
        (_above(one.distance_km, one.supplier_km), "farther_than_suppliers",
         ("distance_km", "supplier_km"), {}),
        (one.tariff is None, "tariff_unknown", (), {}),
        (_above(one.tariff, one.tariff_mean), "tariff_above_others",
         ("tariff", "tariff_mean"), {}),
        (_above(SMALL_USD, one.value), "small", ("value",), {}),
        (year in source.provisional_years, "provisional_year", (), {"year": year}),
    )  # fmt: skip
    yield from _told(one, asked)


def _told(one: Market, asked: Sequence[_Asked]) -> Iterator[Remark]:
    for holds, code, names, more in asked:
        if holds:
            yield Remark(code, {name: getattr(one, name) for name in names} | dict(more))


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
    between_capitals: int = 0,
) -> Iterator[Remark]:
    """What the whole sheet must say: invented data, provisional years, re-exports, gaps.

    Symbols: ``between_capitals`` how many markets' distances had to be taken between capitals.
    """
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
    if between_capitals:
        yield Remark("capitals", {"markets": between_capitals})
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
