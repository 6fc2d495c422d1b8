"""A small invented world of trade, in the layout of a BACI zip, and what is read out of it."""

import random
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import make
from digna.markets import working
from digna.markets.models import Reading, Release
from digna.markets.services import data, readings
from digna.programmes.models import Programme
from digna_engines.trade.reports import silent

COUNTRIES = (
    (68, "Bolivia", "BO", "BOL"), (842, "USA", "US", "USA"), (276, "Germany", "DE", "DEU"),
    (251, "France", "FR", "FRA"), (604, "Peru", "PE", "PER"), (528, "Netherlands", "NL", "NLD"),
)  # fmt: skip
PRODUCTS = {"100850": "Quinoa", "090111": "Coffee: not roasted", "120799": "Other seeds"}
YEARS = range(2018, 2023)


def baci(folder: Path, hs: str = "17", **spoilt: Any) -> Path:
    """Write a BACI zip; `spoilt` replaces the rows of a year (`y2020="…"`)."""
    path = folder / f"BACI_HS{hs}_V202501.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for year in YEARS:
            text = spoilt.get(f"y{year}", _year(year, spoilt.get("without", "")))
            archive.writestr(_named(f"BACI_HS{hs}_Y{year}_V202501.csv"), text)
        lines = [f"{code},{name},{two},{three}" for code, name, two, three in COUNTRIES]
        header = "country_code,country_name,country_iso2,country_iso3"
        archive.writestr(_named("country_codes_V202501.csv"), "\n".join([header, *lines]) + "\n")
        kept = {c: n for c, n in PRODUCTS.items() if c != spoilt.get("without")}
        goods = [f'{code},"{name}"' for code, name in kept.items()]
        archive.writestr(
            _named(f"product_codes_HS{hs}_V202501.csv"),
            "\n".join(["code,description", *goods]) + "\n",
        )
    return path


def _named(name: str) -> zipfile.ZipInfo:
    """A member of one date: the same world is the same file, whatever the hour."""
    return zipfile.ZipInfo(name, date_time=(2025, 1, 1, 0, 0, 0))


def _year(year: int, without: str = "") -> str:
    draw, rows = random.Random(7), ["t,i,j,k,v,q"]
    for seller, *_names in COUNTRIES:
        for buyer, *_other in COUNTRIES:
            for product in PRODUCTS:
                size = draw.random() * 900 + 100
                if seller == buyer or draw.random() < 0.15 or product == without:
                    continue
                value = size * (1 + 0.05 * (year - 2018)) * (4 if buyer in (842, 276) else 1)
                quantity = value / (2 + draw.random() * 3)
                rows.append(f"{year},{seller},{buyer},{product},{value:.3f},{quantity:13.3f}")
    return "\n".join(rows) + "\n"


def release(folder: Path) -> Release:
    """Bring the small world in, as a person would."""
    found = working.take_in(baci(folder), "", "", silent)
    assert found is not None
    manifest, report = found
    return data.register_release(actor=make.actor(), manifest=manifest, report=report)


def reading(folder: Path, product: str = "100850") -> Reading:
    """Ask for a reading and make it."""
    row = readings.ask_for_reading(
        actor=make.actor(), release=release(folder), exporter="BOL", product=product
    )
    working.read(row)
    row.refresh_from_db()
    assert row.state == Reading.State.DONE, row.problem_es
    return row


@cache
def record_text() -> str:
    """The record of the small world, computed once: tests of pages need numbers, not the engine."""
    import json
    import tempfile

    from digna_engines.trade import sheet
    from digna_engines.trade.importing import import_release
    from digna_engines.trade.store import Store

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        report = import_release(folder, baci(folder))
        store = Store.open(report.folder)
        return json.dumps(sheet.record(sheet.market_sheet(store, exporter="BOL", product="100850")))


def stored(release: Release | None = None) -> Reading:
    """A reading that is there already, without running the engine."""
    import json

    row = readings.ask_for_reading(
        actor=make.actor(), release=release or known_release(), exporter="BOL", product="100850"
    )
    return readings.keep_reading(actor=make.actor(), reading=row, told=json.loads(record_text()))


def known_release(**other: Any) -> Release:
    """A release the room knows of, without its rows."""
    manifest = {
        "key": "baci-hs17-202501-test", "source": "baci", "name": "BACI 202501", "hs": "17",
        "years": list(YEARS), "provisional_years": [], "rows": 300, "total_usd": {},
        "licence": "Etalab 2.0", "attribution": "CEPII, BACI", "synthetic": False,
    }  # fmt: skip
    return data.register_release(actor=make.actor(), manifest=manifest | other)


def programme() -> Programme:
    """A programme to which sheets belong."""
    found = Programme.objects.first()
    if found is not None:
        return found
    from datetime import date

    from digna.programmes.services import programmes

    return programmes.found_programme(
        actor=make.actor(), code="bdyp", name="Bolivia Digna y Productiva",
        starts_on=date(2019, 10, 1), ends_on=date(2021, 12, 31),
    )  # fmt: skip
