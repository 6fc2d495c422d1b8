"""`digna trade`: three commands from a file to data that other commands ask."""

import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from digna.markets.models import Release
from digna_engines.trade.synthetic import write_world

pytestmark = pytest.mark.django_db
TARIFFS = "importer,exporter,hs6,hs_rev,year,type,rate_pct\nDEU,WLD,100850,17,2023,MFN,3.7\n"
DISTANCES = "iso_o,iso_d,km\nBOL,DEU,10500\n"
MACRO = "iso3,series,year,value\nBOL,gdp,2024,100\n"
NAMES = "code10,suffix,hier,indent,description\n0409000000,80,4,,Miel natural\n"
TABLES = "code.after,code.before,Relationship,adjustment\n100850,100890,n:1,2012 to 2007\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIGNA_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_world(tmp_path_factory.mktemp("world") / "world.zip", years=[2023, 2024])


def test_a_zip_is_taken_in_told_and_listed(
    folder: Path, world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("trade", "releases")
    assert "No hay datos" in capsys.readouterr().out
    call_command("trade", "import", str(world))
    told = capsys.readouterr()
    assert "Mundo inventado" in told.out
    assert "HS17, 2023–2024" in told.out
    assert "Sin cantidad:" in told.out
    assert "leyendo y revisando" in told.err
    call_command("trade", "import", str(world), "--lang", "en")
    assert "imported before" in capsys.readouterr().out
    call_command("trade", "releases", "--json")
    (release,) = json.loads(capsys.readouterr().out).values()
    assert (release["source"], release["synthetic"]) == ("synthetic", True)


def test_the_report_of_an_import_is_json_when_asked(
    folder: Path, world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("trade", "import", str(world), "--json", "--years", "2024")
    told = json.loads(capsys.readouterr().out)
    assert told["already"] is False
    assert told["manifest"]["years"] == [2024]
    assert told["missing_quantities"] > 0


@pytest.mark.parametrize(
    ("source", "text", "said"),
    [
        ("tariffs", TARIFFS, "1 filas"), ("distances", DISTANCES, "1 filas"),
        ("macro", MACRO, "1 filas"), ("names", NAMES, "TAXUD"), ("concordance", TABLES, "UNSD"),
    ],
)  # fmt: skip
def test_what_lies_beside_the_flows_is_taken_in(
    source: str, text: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / f"{source}.csv"
    path.write_text(text)
    call_command("trade", "import", str(path), "--source", source)
    assert said in capsys.readouterr().out
    assert (folder / "home" / "trade" / "beside" / f"{source}.parquet").is_file()
    call_command("trade", "import", str(path), "--source", source, "--json")
    assert json.loads(capsys.readouterr().out)["rows"] == 1


def test_a_national_file_comes_with_its_mapping(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "ine.csv").write_text("A,B,C,D\n2023,100850,DEU,1000\n")
    (folder / "ine.yaml").write_text(
        "title: INE\nreporter: BOL\nflow: export\nhs: '17'\n"
        "columns: {year: A, product: B, partner: C, value: D}\n"
    )
    given = ["trade", "import", str(folder / "ine.csv"), "--source", "national"]
    call_command(*given, "--mapping", str(folder / "ine.yaml"))
    assert "national-hs17-ine" in capsys.readouterr().out
    for mapping in ("absent.yaml", "ine.csv"):
        with pytest.raises(CommandError):
            call_command(*given, "--mapping", str(folder / mapping))
    with pytest.raises(CommandError, match="mapping_absent"):
        call_command(*given)


def test_what_is_refused_is_said_in_the_language_asked_and_leaves_nothing(
    folder: Path, world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = folder / "bad.zip"
    with zipfile.ZipFile(world) as source, zipfile.ZipFile(bad, "w") as out:
        for name in source.namelist():
            text = source.read(name).decode()
            out.writestr(name, text.replace(",090111,", ",90111,", 1) if "2023" in name else text)
    for language, words in (("es", "línea"), ("en", "line")):
        with pytest.raises(CommandError, match=rf"{words} \d+.*trade\.product_code"):
            call_command("trade", "import", str(bad), "--lang", language)
    with pytest.raises(CommandError, match="--years"):
        call_command("trade", "import", str(world), "--years", "ayer")
    with pytest.raises(CommandError, match=r"trade\.file_absent"):
        call_command("trade", "import", str(folder / "absent.zip"))
    capsys.readouterr()
    call_command("trade", "releases", "--lang", "en")
    assert "There are no data" in capsys.readouterr().out
    assert list((folder / "home" / "trade").iterdir()) == []


@pytest.fixture
def brought(folder: Path, world: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    call_command("trade", "import", str(world))
    capsys.readouterr()
    return folder


def test_an_import_makes_the_release_known_to_the_screens(brought: Path) -> None:
    assert Release.objects.get().is_synthetic


def test_markets_are_ranked_by_what_is_left_to_sell(
    brought: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("trade", "rank", "--exporter", "BOL", "--product", "1008.50", "--json")
    told = json.loads(capsys.readouterr().out)
    left = [row["unrealised"] for row in told["markets"] if row["rank_by_potential"]]
    assert left == sorted(left, reverse=True)
    assert len(left) > 10
    assert told["release"]["synthetic"] is True
    call_command("trade", "rank", "--product", "100850", "--lang", "en")
    assert "Unused" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.pdf", b"%PDF"),
        ("a.docx", b"PK"),
        ("a.html", b"\n"),
        ("a.json", b"{"),
        ("a.txt", b"Quin"),
    ],
)
def test_a_sheet_is_written_in_every_form(brought: Path, name: str, begins: bytes) -> None:
    out = brought / name
    call_command("trade", "sheet", "--product", "100850", "--out", str(out))
    assert out.read_bytes().lstrip().startswith(begins.lstrip())


def test_a_sheet_on_the_terminal_says_that_it_is_invented(
    brought: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("trade", "sheet", "--exporter", "BOL", "--product", "090111")
    text = capsys.readouterr().out
    assert "sintéticos" in text
    assert "Café" in text
    call_command("trade", "sheet", "--product", "090111", "--lang", "en")
    assert "Synthetic" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--product", "999999"], "999999"),
        (["--product", "100850", "--exporter", "XXX"], "XXX"),
        (["--product", "100850", "--release", "nada"], "nada"),
        (["--product", "100850", "--out", "a.odt"], "odt"),
    ],
)
def test_what_cannot_be_told_is_said_by_name(brought: Path, options: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("trade", "sheet", *options)


def test_without_data_the_command_says_how_to_bring_them(folder: Path) -> None:
    with pytest.raises(CommandError, match="digna trade import"):
        call_command("trade", "rank", "--product", "100850")
