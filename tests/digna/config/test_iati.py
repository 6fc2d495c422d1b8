"""`digna iati`: exit codes, JSON, languages, and code lists kept whole."""

import datetime
import json
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from digna.results import codelists
from digna_engines.iati import write
from digna_engines.iati.model import (
    Activity,
    ActivityDate,
    Description,
    Organisation,
    Share,
)
from digna_engines.iati.shapes import Narrative, Words

COUNTRIES = b"code,name\nBO,Bolivia\nPE,Peru\n"


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, settings: LazySettings) -> None:
    settings.HOME = tmp_path / "home"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A sound file of one activity that began on 2 January 2020."""
    one = Activity(
        language="es",
        default_currency="USD",
        identifier="XM-DAC-41302-P1",
        reporting_org=Organisation(ref="XM-DAC-41302", type="40", names=(Narrative("OIT"),)),
        title=Words.of("Programa"),
        descriptions=(Description(type="1", narratives=(Narrative("Apoyo"),)),),
        participating_orgs=(Organisation(role="4", ref="XM-DAC-41302"),),
        status="2",
        dates=(ActivityDate(type="2", iso_date="2020-01-02"),),
        recipient_countries=(Share(code="BO"),),
        sectors=(Share(vocabulary="1", code="32130"),),
    )
    path = tmp_path / "actividad.xml"
    path.write_bytes(write([one]))
    return path


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit code, what was written, and what the error said."""
    out = StringIO()
    try:
        call_command("iati", *arguments, stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue(), ""
    except CommandError as problem:
        return problem.returncode, out.getvalue(), str(problem)
    return 0, out.getvalue(), ""


def test_a_sound_file_exits_0_and_lists_what_was_not_checked(file: Path) -> None:
    code, out, _ = run("validate", str(file), "--json")
    found = json.loads(out)
    assert code == 0
    assert found
    assert {one["severity"] for one in found} == {"not checked"}
    assert {one["rule"] for one in found} == {"digna.not_checked"}


def test_a_finding_exits_1_with_rule_line_path_and_message(file: Path) -> None:
    broken = file.read_text().replace('<activity-date type="2"', '<activity-date type="3"')
    file.write_text(broken)
    code, out, _ = run("validate", str(file), "--json", "--lang", "en")
    found = [one for one in json.loads(out) if one["severity"] == "error"]
    assert code == 1
    assert [one["rule"] for one in found] == ["6.11.1"]
    assert set(found[0]) >= {"rule", "severity", "line", "path", "message"}
    assert found[0]["path"] == "/iati-activities/iati-activity"
    assert "start date" in found[0]["message"]


def test_today_can_be_said(file: Path) -> None:
    code, out, _ = run("validate", str(file), "--as-of", "2020-01-01")
    assert code == 1
    assert "11.1.4" in out
    assert run("validate", str(file), "--as-of", "2020-01-02")[0] == 0
    with pytest.raises(CommandError):
        call_command("iati", "validate", str(file), "--as-of", "ayer")


def test_without_a_date_today_is_the_clocks(file: Path) -> None:
    later = datetime.date(2999, 1, 1).isoformat()
    file.write_text(file.read_text().replace("2020-01-02", later))
    assert run("validate", str(file))[0] == 1


def test_the_sentences_come_in_spanish_unless_asked(file: Path) -> None:
    assert "sin revisar" in run("validate", str(file))[1]
    assert "not checked" in run("validate", str(file), "--lang", "en")[1]


def test_what_cannot_be_read_exits_2_also_in_json(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<iati-activities>\n")
    code, out, said = run("validate", str(path), "--json")
    assert code == 2
    assert json.loads(out)[0]["rule"] == "digna.unreadable"
    assert json.loads(out)[0]["line"] == 2
    assert "línea 2" in said
    assert run("validate", str(tmp_path / "no.xml"))[0] == 2


def test_an_imported_list_is_judged_by(file: Path, tmp_path: Path) -> None:
    source = tmp_path / "Country.csv"
    source.write_bytes(COUNTRIES)
    assert "2 códigos" in run("codelists", "import", str(source))[1]
    file.write_text(file.read_text().replace('code="BO"', 'code="ZZ"'))
    code, out, _ = run("validate", str(file), "--json")
    assert code == 1
    assert [one["rule"] for one in json.loads(out) if one["severity"] == "warning"] == [
        "digna.codelist"
    ]
    assert "Country: 2 códigos, importada" in run("codelists", "list")[1]
    assert "Sector: falta" in run("codelists", "list")[1]


def test_a_folder_is_imported_and_what_is_no_list_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "listas"
    folder.mkdir()
    (folder / "Country.csv").write_bytes(COUNTRIES)
    (folder / "mapping.xml").write_bytes(b"<mappings/>")
    (folder / "LEAME.txt").write_text("nada")
    code, out, _ = run("codelists", "import", str(folder))
    assert code == 0
    assert "mapping.xml" in out
    assert "1 listas importadas" in out
    assert [one.name for one in codelists.kept()] == ["Country"]


def test_a_zip_is_imported(tmp_path: Path) -> None:
    path = tmp_path / "listas.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xml/Country.csv", COUNTRIES)
    run("codelists", "import", str(path))
    assert [len(one.codes) for one in codelists.kept()] == [2]


def test_an_import_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    source = tmp_path / "Country.csv"
    source.write_bytes(COUNTRIES)
    run("codelists", "import", str(source))
    source.write_bytes(b"nombre\nx\n")
    code, _, said = run("codelists", "import", str(source))
    assert code == 2
    assert "Country.csv" in said
    assert [len(one.codes) for one in codelists.kept()] == [2]
    assert run("codelists", "import", str(tmp_path / "nada"))[0] == 2
    assert run("codelists", "import", str(tmp_path / "home"))[0] == 2


def test_a_broken_zip_and_a_broken_list_are_named(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "listas.zip"
    path.write_bytes(b"PK nada")
    code, _, said = run("codelists", "import", str(path))
    assert (code, "listas.zip" in said) == (2, True)
    codelists.folder().mkdir(parents=True)
    (codelists.folder() / "Country.json").write_text("{")
    for arguments in (("codelists", "list"), ("validate", str(file))):
        code, _, said = run(*arguments)
        assert (code, "Country.json" in said) == (2, True)


def test_an_address_that_does_not_answer_says_what_to_do() -> None:
    code, _, said = run("codelists", "import", "http://127.0.0.1:9/Country.xml")
    assert code == 2
    assert "importe la carpeta" in said
