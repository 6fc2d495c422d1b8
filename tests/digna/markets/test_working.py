"""Bringing files and reading products, as the worker does."""

import ast
import inspect
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

import make
import market_world as worlds
from digna.errors import Refused
from digna.markets import remarks, tasks, working
from digna.markets.models import Bringing, PublishedFigure, Reading, Release
from digna.markets.services import data, readings
from digna_engines.trade import remarks as engine
from digna_engines.trade.reports import silent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path / "home"
    settings.MEDIA_ROOT = tmp_path / "media"
    working._opened.cache_clear()
    return Path(settings.HOME)


def bringing(path: Path, **values: str) -> Bringing:
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return data.begin_bringing(actor=make.actor(), file=file, **values)


def test_a_zip_becomes_a_release_and_a_product_a_reading(tmp_path: Path) -> None:
    row = bringing(worlds.baci(tmp_path))
    tasks.bring_file.func(row.pk)
    row.refresh_from_db()
    assert (row.state, row.problem_es) == (Bringing.State.DONE, "")
    assert row.release is not None
    assert row.release.years == list(worlds.YEARS)
    assert not row.file, "the file was read: nothing keeps a second copy"
    asked = readings.ask_for_reading(
        actor=make.actor(), release=row.release, exporter="BOL", product="100850"
    )
    tasks.read_market.func(asked.pk)
    asked.refresh_from_db()
    assert asked.record is not None
    markets = {one["market"]: one for one in asked.record["markets"]}
    assert set(markets) == {"USA", "DEU", "FRA", "PER", "NLD"}
    assert asked.record["exporter"]["value"] == sum(
        one["exporter_value"] for one in markets.values()
    )


def test_the_same_file_twice_is_the_same_release(tmp_path: Path) -> None:
    first = worlds.release(tmp_path)
    second = worlds.release(tmp_path)
    assert first.pk == second.pk
    assert Release.objects.count() == 1


def test_what_was_brought_before_there_was_a_database_is_registered(tmp_path: Path) -> None:
    assert working.take_in(worlds.baci(tmp_path), "", "", silent) is not None
    assert not Release.objects.exists()
    assert working.register_stores() == 1
    assert working.register_stores() == 1
    assert Release.objects.get().hs == "17"


def test_a_file_with_a_fault_is_refused_whole(tmp_path: Path, home: Path) -> None:
    bad = "t,i,j,k,v,q\n2020,68,842,100850,doce,        3.000\n"
    row = bringing(worlds.baci(tmp_path, y2020=bad))
    tasks.bring_file.func(row.pk)
    row.refresh_from_db()
    assert row.state == Bringing.State.REFUSED
    assert "doce" in row.problem_es
    assert "doce" in row.problem_en
    assert not Release.objects.exists()
    assert not list((home / "trade").glob("*/manifest.json"))


def test_one_file_at_a_time(tmp_path: Path) -> None:
    path = worlds.baci(tmp_path)
    bringing(path)
    with pytest.raises(Refused) as refused:
        bringing(path)
    assert refused.value.code == "markets.bringing.under_way"


def test_an_empty_file_is_refused_at_the_door() -> None:
    with pytest.raises(Refused) as refused:
        data.begin_bringing(actor=make.actor(), file=ContentFile(b"", name="vacio.zip"))  # type: ignore[arg-type]
    assert refused.value.code == "markets.bringing.empty"


def test_a_reading_of_an_unknown_product_says_so(tmp_path: Path) -> None:
    row = readings.ask_for_reading(
        actor=make.actor(), release=worlds.release(tmp_path), exporter="BOL", product="999999"
    )
    working.read(row)
    assert row.state == Reading.State.FAILED
    assert "999999" in row.problem_es


def test_data_older_than_the_code_say_where_it_hides(tmp_path: Path) -> None:
    """Quinoa has a code of its own since 2012: older data hold it within 1008.90."""
    manifest, report = working.take_in(
        worlds.baci(tmp_path, hs="07", without="100850"), "", "", silent
    ) or ({}, {})
    release = data.register_release(actor=make.actor(), manifest=manifest, report=report)
    row = readings.ask_for_reading(
        actor=make.actor(), release=release, exporter="BOL", product="100850"
    )
    working.read(row)
    assert "100890" in row.problem_es
    assert "2012" in row.problem_en


def test_tariffs_are_kept_beside_and_used(tmp_path: Path) -> None:
    path = tmp_path / "tariffs.csv"
    path.write_text(
        "importer,exporter,hs6,hs_rev,year,type,rate_pct\nDEU,BOL,100850,17,2022,MFN,5\n"
    )
    release = worlds.release(tmp_path)
    assert working.take_in(path, "tariffs", "", silent) is None
    row = readings.ask_for_reading(
        actor=make.actor(), release=release, exporter="BOL", product="100850"
    )
    working.read(row)
    assert row.record is not None, row.problem_es
    told = {one["market"]: one["tariff"] for one in row.record["markets"]}
    assert told["DEU"] == pytest.approx(0.05)
    assert told["USA"] is None, "missing is not zero"
    assert "tariffs" not in row.record["missing"]


def test_asked_twice_it_is_read_once(tmp_path: Path) -> None:
    release = worlds.known_release()
    rows = [
        readings.ask_for_reading(
            actor=make.actor(), release=release, exporter="BOL", product="100850"
        )
        for _ in range(2)
    ]
    assert rows[0].pk == rows[1].pk


def test_a_published_figure_stands_beside_ours(tmp_path: Path) -> None:
    data.add_figure(
        actor=make.actor(), product="100850", exporter="BOL", year=2022, measure="value",
        amount=Decimal(46500000), source="IBCE",
    )  # fmt: skip
    row = worlds.reading(tmp_path)
    assert row.record is not None
    (conflict,) = row.record["conflicts"]
    assert conflict["year"] == 2022
    assert conflict["figures"] == [{"value": 46500000.0, "source": "IBCE"}]
    assert conflict["ours"] == row.record["exporter"]["value"]
    assert PublishedFigure.objects.get().amount == 46500000


def test_every_code_of_the_engine_has_its_sentence() -> None:
    """What the engine may remark is read out of its source: a code without words fails here."""
    tree = ast.parse(inspect.getsource(engine))
    codes, warned = set(), set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Remark"), args=[ast.Constant(value=code), *_]):
                codes.add(code)
            case ast.Call(func=ast.Attribute(attr="append"), args=[ast.Constant(value=code)]):
                warned.add(code)
            case ast.Tuple(elts=[_, ast.Constant(value=str(code)), ast.Tuple(), _]):
                codes.add(code)
    told = set(remarks.REASONS) | set(remarks.CAUTIONS) | set(remarks.CAVEATS)
    assert len(codes) > 15
    assert codes == told
    assert warned == set(remarks.WARNINGS)
