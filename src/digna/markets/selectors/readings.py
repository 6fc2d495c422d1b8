"""A reading shaped for its pages: the product, its markets, one market, some side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from digna.errors import NotVisible
from digna.markets import documents, measures, naming, remarks
from digna.markets.models import PublishedFigure, Reading, Release
from digna.web import svg

SORTS = {
    "sin_usar": "unrealised", "potencial": "potential", "importa": "value", "crece": "growth",
    "precio": "unit_value", "puntaje": "score", "distancia": "distance_km", "vendido": "actual",
}  # fmt: skip
COMPARED_MOST = 4
FIRST = 15
EARLIER = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A market in the table: its name, its plain numbers, what to mind."""

    code: str
    name: str
    values: Mapping[str, Any]
    width: str
    actual_width: str
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductPage:
    """What a reading says of a product: the world, the exporter, every market, who else sells."""

    exporter_name: str
    product: naming.Named
    record: Mapping[str, Any]
    rows: tuple[Row, ...]
    suppliers: tuple[tuple[str, str, Mapping[str, Any]], ...]
    exports: svg.Trend
    imports: svg.Trend
    recommended: tuple[remarks.Advice, ...]
    caveats: tuple[str, ...]
    missing: tuple[str, ...]
    figures: tuple[tuple[PublishedFigure, Any], ...]
    mirror: tuple[Mapping[str, Any], ...]
    weights: tuple[tuple[str, str, float], ...]
    last_year: int
    shows_all: bool = False

    @property
    def shown(self) -> tuple[Row, ...]:
        """The markets in view: the first ones, unless all were asked for."""
        return self.rows if self.shows_all else self.rows[:FIRST]


def earlier(release: Release, exporter: str, product: str) -> list[Reading]:
    """Return the readings that came out of these data, the newest first; none is thrown away."""
    rows = _of(release, exporter, product).filter(state=Reading.State.DONE).defer("record")
    return list(rows[:EARLIER])


def under_way(release: Release, exporter: str, product: str) -> Reading | None:
    """Return the reading that is being computed, or the one that failed after the last good one."""
    row = _of(release, exporter, product).first()
    return row if row is not None and row.state != Reading.State.DONE else None


def _of(release: Release, exporter: str, product: str) -> QuerySet[Reading]:
    rows = Reading.objects.filter(release=release, exporter=exporter, product=product)
    return rows.select_related("release", "national")


def product_page(
    record: Mapping[str, Any],
    weights: Mapping[str, float] | None = None,
    sort: str = "",
    *,
    shows_all: bool = False,
) -> ProductPage:
    """Shape a reading for its page; the composite is scored again with the reader's weights."""
    scored = remarks.scored(record, weights)
    told = sorted(scored["markets"], key=_sorter(SORTS.get(sort, "unrealised")))
    most = max((row["potential"] or 0 for row in told), default=0)
    thousands = measures.THOUSAND
    return ProductPage(
        exporter_name=naming.country(record["exporter"]["code"]),
        product=naming.product(record["product"]["code"], record["product"]["name_en"]),
        record=scored,
        rows=tuple(_row(row, most) for row in told),
        suppliers=tuple(
            (row["country"], naming.country(row["country"]), row)
            for row in record["suppliers"][:10]
        ),
        exports=trend(record["exporter"]["series"], thousands),
        imports=trend(record["world"]["series"], measures.MILLION),
        recommended=remarks.recommended(scored),
        caveats=remarks.caveats(record),
        missing=remarks.missing(record),
        figures=tuple((row, _ours(record, row)) for row in _figures(record)),
        mirror=tuple(record["mirror"]),
        weights=remarks.weights(scored),
        last_year=record["years"][-1],
        shows_all=shows_all,
    )  # fmt: skip


def _sorter(key: str) -> Any:
    """Missing goes last, whichever way the order runs; distance runs up, the rest run down."""
    sign = 1 if key == "distance_km" else -1

    def order(row: Mapping[str, Any]) -> tuple[bool, float, str]:
        value = row.get(key)
        return value is None, sign * (value or 0), row["market"]

    return order


def _row(row: Mapping[str, Any], most: float) -> Row:
    from digna.web.numbers import width

    potential, actual = row["potential"], row["actual"]
    return Row(
        code=row["market"],
        name=naming.country(row["market"]),
        values=row,
        width=width(potential, most),
        actual_width=width(min(actual or 0, potential or 0), most),
        cautions=remarks.warnings(row["warnings"]),
    )


def trend(series: Iterable[Mapping[str, Any]], per: int) -> svg.Trend:
    """Draw values by year, in thousands or millions of USD."""
    points = [
        (str(one["year"]), None if one["value"] is None else one["value"] / per) for one in series
    ]
    return svg.trend(points)


def _figures(record: Mapping[str, Any]) -> QuerySet[PublishedFigure]:
    return PublishedFigure.objects.filter(
        product=record["product"]["code"], exporter=record["exporter"]["code"]
    )


def _ours(record: Mapping[str, Any], figure: PublishedFigure) -> Any:
    """What these data say of the same year and measure; None where they do not reach."""
    for one in record["exporter"]["series"]:
        if one["year"] == figure.year:
            return one[figure.measure]
    return None


@dataclass(frozen=True, slots=True)
class MarketPage:
    """One market of a product."""

    code: str
    name: str
    values: Mapping[str, Any]
    told: tuple[tuple[measures.Measure, Any, str], ...]
    suppliers: tuple[tuple[str, Mapping[str, Any], bool], ...]
    imports: svg.Trend
    advice: remarks.Advice | None
    cautions: tuple[str, ...]
    others: tuple[tuple[str, str], ...]


def market_page(record: Mapping[str, Any], code: str) -> MarketPage:
    """Shape one market of a reading.

    Raises:
        NotVisible: `markets.market.unknown`.
    """
    row = _market(record, code)
    own = record["exporter"]["code"]
    return MarketPage(
        code=code,
        name=naming.country(code),
        values=row,
        told=tuple((one, row[one.key], f"markets.{code}.{one.key}") for one in measures.OF_MARKET),
        suppliers=tuple(
            (naming.country(one["country"]), one, one["country"] == own)
            for one in row["suppliers_top"]
        ),
        imports=trend(row["series"], measures.MILLION),
        advice=next((one for one in remarks.recommended(record) if one.market == code), None),
        cautions=remarks.warnings(row["warnings"]),
        others=tuple(
            (one["market"], naming.country(one["market"]))
            for one in sorted(record["markets"], key=_sorter("unrealised"))[:12]
            if one["market"] != code
        ),
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Some markets side by side: one line a measure, the best of each line marked."""

    markets: tuple[tuple[str, str], ...]
    lines: tuple[tuple[measures.Measure, tuple[tuple[str, bool, str], ...]], ...]
    choices: tuple[tuple[str, str], ...]


LESS_IS_BETTER = frozenset({"distance_km", "tariff", "concentration"})
NOT_JUDGED = frozenset({
    "supplier_km", "tariff_mean", "suppliers", "share_of_exporter", "exporter_value", "actual",
    "exporter_unit_value", "growth_last", "growth_cagr", "world_share", "exporter_share",
})  # fmt: skip


def comparison(record: Mapping[str, Any], codes: Sequence[str]) -> Comparison:
    """Put up to four markets beside each other; without any, the first recommended."""
    known = {row["market"]: row for row in record["markets"]}
    wanted = [code for code in dict.fromkeys(codes) if code in known][:COMPARED_MOST]
    wanted = wanted or [row["market"] for row in record["recommended"]][:3]
    rows = [known[code] for code in wanted]
    return Comparison(
        markets=tuple((code, naming.country(code)) for code in wanted),
        lines=tuple((one, _line(one, rows)) for one in measures.OF_MARKET),
        choices=tuple(
            sorted(((code, naming.country(code)) for code in known), key=lambda pair: pair[1])
        ),
    )


def _line(
    measure: measures.Measure, rows: Sequence[Mapping[str, Any]]
) -> tuple[tuple[str, bool, str], ...]:
    values = [row[measure.key] for row in rows]
    known = [value for value in values if value is not None]
    best = None
    if len(set(known)) > 1 and measure.key not in NOT_JUDGED:
        best = min(known) if measure.key in LESS_IS_BETTER else max(known)
    return tuple(
        (measure.write(value), best is not None and value == best,
         f"markets.{row['market']}.{measure.key}")
        for value, row in zip(values, rows, strict=True)
    )  # fmt: skip


def _market(record: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    for row in record["markets"]:
        if row["market"] == code:
            return dict(row)
    raise NotVisible(
        "markets.market.unknown",
        _("«%(code)s» no compra este producto según estos datos.") % {"code": code},
    )


def table(record: Mapping[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """Return every market with every measure, for a spreadsheet; missing stays empty."""
    header = [_("Código"), _("Mercado")]
    header += [
        f"{one.name} ({one.unit})" if str(one.unit) else str(one.name) for one in measures.OF_MARKET
    ]
    lines = [
        [
            row["market"],
            naming.country(row["market"]),
            *(row[one.key] for one in measures.OF_MARKET),
        ]
        for row in record["markets"]
    ]
    return header, lines


def document_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a reading as the document of a sheet that nobody has written yet."""
    code = record["product"]["code"]
    names = naming.product_in_both(code, record["product"]["name_en"])
    return documents.bare(record, names, record["exporter"]["code"], code)
