"""A fact sheet told for a reader: one object for the screen, the PDF, the Word file, the HTML.

Made from a document (see `documents`) in the language in use; what a document does not hold is
missing here too, and says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from digna.markets import citations, measures, naming, places, remarks
from digna.markets.models import Entry, PublishedFigure
from digna.markets.parts import PARTS
from digna.markets.selectors.readings import trend
from digna.web import days, numbers, svg


@dataclass(frozen=True, slots=True)
class Told:
    """A part in words: `is_other` says that it is in the other language, for want of this one."""

    code: str
    name: str
    pieces: tuple[citations.Cited, ...]
    is_other: bool

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the few numbers a reader remembers; `path` leads to how it was made."""

    name: str
    text: str
    note: str
    path: str


@dataclass(frozen=True, slots=True)
class Column:
    """A market of the sheet: its numbers in the order of `ROWS`."""

    code: str
    name: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """Potential of a market and how much of it is used, as drawn. Coordinates are text."""

    name: str
    y: str
    text_y: str
    width: str
    used: str
    text: str
    text_x: str


@dataclass(frozen=True, slots=True)
class Line:
    """A thing people know: `detail` says amount, days, place, telephone, step."""

    title: str
    market: str
    market_code: str
    text: str
    detail: str
    url: str
    source: str
    checked_on: str
    certainty: str
    is_low: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """What several say of one year and measure, ours with them."""

    measure: str
    year: int
    says: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything on a sheet, in one language."""

    title: str
    programme: str
    product: naming.Named
    exporter: str
    years: str
    last_year: int
    is_synthetic: bool
    headlines: tuple[Headline, ...]
    exports: svg.Trend
    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    bars: tuple[Bar, ...]
    bars_height: int
    advice: tuple[remarks.Advice, ...]
    suppliers: tuple[tuple[str, str, str, str], ...]
    parts: Mapping[str, Told]
    lines: Mapping[str, tuple[Line, ...]]
    conflicts: tuple[Conflict, ...]
    caveats: tuple[str, ...]
    source: tuple[str, ...]
    has_fair_days: bool

    @property
    def written(self) -> list[Told]:
        """The written parts after the summary, in order."""
        return [self.parts[code] for code in PARTS if code in self.parts and code != "summary"]

    @property
    def known(self) -> list[tuple[str, tuple[Line, ...]]]:
        """What people know, by kind; kinds without any are left out."""
        return [(str(Entry.Kind(kind).label), found) for kind, found in self.lines.items() if found]

    @property
    def density(self) -> str:
        """How close the paper is set, so that it keeps to two pages: by how much it says."""
        said = sum(len(one.text) for one in self.parts.values())
        said += sum(
            len(line.text) + len(line.title) + len(line.source) + 60
            for found in self.lines.values() for line in found
        )  # fmt: skip
        said += sum(len(text) for one in self.advice for text in (*one.reasons, *one.cautions))
        said += 120 * len(self.conflicts)
        return "roomy" if said < 4200 else "close" if said < 7200 else "closer"

    @property
    def table(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The markets side by side, a line a measure."""
        return [
            (name, [column.cells[at] for column in self.columns])
            for at, name in enumerate(self.rows)
        ]


ROWS = (
    "value", "growth", "unit_value", "suppliers", "concentration", "distance_km", "tariff",
    "exporter_value", "potential", "unrealised",
)  # fmt: skip
BAR_LEFT, BAR_WIDTH, BAR_STEP = 130, 330, 24


def paper(document: Mapping[str, Any]) -> Paper:
    """Tell a document in the language in use."""
    record, tongue = document["record"], naming.tongue()
    rows = {row["market"]: row for row in record["markets"]}
    shown = [rows[code] for code in document["markets"] if code in rows]
    bars = _bars(shown)
    years = record["years"]
    return Paper(
        title=document["title"].get(tongue) or document["title"]["es"],
        programme=document["programme"]["name"],
        product=naming.product(document["product"], record["product"]["name_en"]),
        exporter=naming.country(document["exporter"]),
        years=f"{years[0]}–{years[-1]}",
        last_year=years[-1],
        is_synthetic=document["is_synthetic"] or record["release"]["synthetic"],
        headlines=_headlines(record),
        exports=trend(record["exporter"]["series"], measures.THOUSAND),
        rows=tuple(measures.MARKET[key].heading for key in ROWS),
        columns=tuple(_column(row) for row in shown),
        bars=bars,
        bars_height=len(bars) * BAR_STEP + 6,
        advice=tuple(
            one for one in remarks.recommended(record) if one.market in document["markets"]
        ),
        suppliers=_suppliers(record),
        parts=_parts(document, tongue),
        lines=_lines(document, tongue),
        conflicts=_conflicts(document),
        caveats=remarks.caveats(record),
        source=_source(record),
        has_fair_days=any(row["kind"] == "fair" and row["on"] for row in document["entries"]),
    )


def _headlines(record: Mapping[str, Any]) -> tuple[Headline, ...]:
    world, own, year = record["world"], record["exporter"], record["years"][-1]
    country = naming.country(own["code"])
    place = _("puesto %(n)s del mundo") % {"n": own["rank"]} if own["rank"] else ""
    return (
        Headline(
            _("El mundo importó en %(year)s") % {"year": year}, measures.usd(world["value"]),
            measures.growth(world["growth"]), "world.value",
        ),
        Headline(
            _("%(country)s exportó en %(year)s") % {"country": country, "year": year},
            measures.usd(own["value"]), place, "exporter.value",
        ),
        Headline(
            _("A un precio medio de"), measures.price(own["unit_value"]),
            _("el mundo: %(price)s") % {"price": measures.price(world["unit_value"])},
            "exporter.unit_value",
        ),
        Headline(
            _("De lo que vende el mundo, %(country)s vende") % {"country": country},
            numbers.percent(own["value"], world["value"], 1),
            f"{measures.usd(own['value'])} / {measures.usd(world['value'])}",
            "exporter.world_share",
        ),
    )  # fmt: skip


def _column(row: Mapping[str, Any]) -> Column:
    code = row["market"]
    return Column(
        code=code,
        name=naming.country(code),
        cells=tuple((measures.MARKET[key].cell(row[key]), f"markets.{code}.{key}") for key in ROWS),
    )


def _bars(rows: Sequence[Mapping[str, Any]]) -> tuple[Bar, ...]:
    """Draw potential as an outline and what is used as its filling, longest at full width."""
    most = max((row["potential"] or 0 for row in rows), default=0) or 1
    found = []
    for place, row in enumerate(rows):
        potential, actual = row["potential"] or 0, row["actual"] or 0
        width = BAR_WIDTH * potential / most
        found.append(
            Bar(
                name=naming.country(row["market"]),
                y=f"{place * BAR_STEP + 4:.1f}",
                text_y=f"{place * BAR_STEP + 17:.1f}",
                width=f"{width:.1f}",
                used=f"{BAR_WIDTH * min(actual, potential) / most:.1f}",
                text=measures.usd(row["potential"]),
                text_x=f"{BAR_LEFT + width + 6:.1f}",
            )
        )
    return tuple(found)


def _suppliers(record: Mapping[str, Any]) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(
        (
            naming.country(one["country"]), measures.usd(one["value"]),
            numbers.percent(one["value"], record["world"]["value"], 1),
            measures.price(one["unit_value"]),
        )
        for one in record["suppliers"][:6]
    )  # fmt: skip


def _parts(document: Mapping[str, Any], tongue: str) -> dict[str, Told]:
    found = {}
    for code, part in PARTS.items():
        words = document["texts"].get(code, {})
        text = words.get(tongue) or words.get("es", "")
        if text:
            is_other = tongue != "es" and not words.get(tongue)
            pieces = citations.pieces(text, document["record"])
            found[code] = Told(code, str(part.name), pieces, is_other)
    return found


def _lines(document: Mapping[str, Any], tongue: str) -> dict[str, tuple[Line, ...]]:
    every = document["entries"]
    return {
        kind: tuple(_line(row, document["steps"], tongue) for row in every if row["kind"] == kind)
        for kind in Entry.Kind.values
    }


def _line(row: Mapping[str, Any], steps: Mapping[str, Any], tongue: str) -> Line:
    step = steps.get(row["step"], {})
    return Line(
        title=(row["title_en"] if tongue == "en" else "") or row["title"],
        market=naming.country(row["market"]) if row["market"] else "",
        market_code=row["market"],
        text=(row["text_en"] if tongue == "en" else "") or row["text"],
        detail=" · ".join(part for part in (*_detail(row), _step(step, tongue)) if part),
        url=row["url"],
        source=row["source"],
        checked_on=days.day(date.fromisoformat(row["checked_on"])),
        certainty=str(Entry.Certainty(row["certainty"]).label),
        is_low=row["certainty"] == Entry.Certainty.LOW,
    )


def _step(step: Mapping[str, str], tongue: str) -> str:
    if not step:
        return ""
    return _("Paso de la ruta: %(step)s") % {"step": step.get(tongue) or step["es"]}


def _detail(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (_amount(row), row["place"], _days(row), row["reach"])


def _amount(row: Mapping[str, Any]) -> str:
    if row["amount"] is None:
        return ""
    money = numbers.money(Decimal(row["amount"]), row["currency"] or "USD")
    return (
        _("%(money)s por %(unit)s") % {"money": money, "unit": row["unit"]}
        if row["unit"]
        else money
    )


def _days(row: Mapping[str, Any]) -> str:
    if not row["on"]:
        return ""
    first = days.day(date.fromisoformat(row["on"]))
    return f"{first} – {days.day(date.fromisoformat(row['until']))}" if row["until"] else first


def _conflicts(document: Mapping[str, Any]) -> tuple[Conflict, ...]:
    """Group what others published by measure and year, with our own figure beside, unresolved."""
    record = document["record"]
    groups: dict[tuple[str, int], list[Mapping[str, Any]]] = {}
    for row in document["figures"]:
        groups.setdefault((row["measure"], row["year"]), []).append(row)
    ours = {one["year"]: one for one in record["exporter"]["series"]}
    found = []
    for (measure, year), rows in sorted(groups.items()):
        says = [(row["source"], _figure(measure, float(row["amount"])), row["url"]) for row in rows]
        own = ours.get(year, {}).get(measure)
        if own is not None:
            says.insert(0, (release_name(record), _figure(measure, own), ""))
        if len(says) < 2:
            continue  # one voice contradicts nobody: it is told where the product is looked at
        found.append(
            Conflict(str(PublishedFigure.Measure(measure).label).capitalize(), year, tuple(says))
        )
    return tuple(found)


def _figure(measure: str, value: float) -> str:
    return measures.EXPORTER[measure].write(value)


def release_name(record: Mapping[str, Any]) -> str:
    """Return `BACI 202501`."""
    told = record["release"]
    return f"{places.SOURCES.get(told['source'], told['source'])} {told['release']}"


def _distances(record: Mapping[str, Any]) -> list[str]:
    """Say how distances that somebody brought were taken; those between capitals are a caveat."""
    words = {
        "distw": _("Distancias: ponderadas por las ciudades de cada país."),
        "dist": _("Distancias: entre las ciudades principales."),
        "file": _("Distancias: las del archivo que se trajo."),
    }
    hows = {row["distance_how"] for row in record["markets"]}
    return [text for how, text in words.items() if how in hows]


def _source(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Where the numbers come from, how they were made, and the words the licence asks for."""
    told = record["release"]
    lines: Iterable[str] = (
        _("Datos: %(release)s, Sistema Armonizado %(hs)s, años %(years)s, valor %(valuation)s.")
        % {
            "release": release_name(record),
            "hs": remarks.edition(told["hs"]) if told["hs"] else "—",
            "years": f"{record['years'][0]}–{record['years'][-1]}", "valuation": told["valuation"],
        },
        _("Potencial: método de Decreux y Spies (2016), motor %(version)s, media de los años.")
        % {"version": record["version"]},
        *_distances(record),
        told["attribution"],
        told["licence"],
    )  # fmt: skip
    return tuple(line for line in lines if line)
