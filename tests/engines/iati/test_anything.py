"""Whatever comes in, the validator answers: a report, or an error that says why."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from digna_engines.errors import UnreadableError
from digna_engines.iati import Report, read, validate, write

TODAY = date(2026, 6, 30)
# ruff: noqa: SIM905  (a list of names reads better as a text)
NAMES = (
    "iati-activity iati-identifier reporting-org title narrative description participating-org "
    "activity-status activity-date recipient-country recipient-region location sector tag "
    "policy-marker default-aid-type budget planned-disbursement period-start period-end value "
    "transaction transaction-type transaction-date provider-org country-budget-items budget-item "
    "result indicator reference baseline period target actual dimension comment document-link "
    "category unknown"
).split()
ATTRIBUTES = (
    "ref type code percentage vocabulary iso-date value-date value year measure currency name "
    "aggregation-status last-updated-datetime default-currency lang"
).split()
WORDS = ("", " ", "1", "2", "5", "9", "99", "100", "33.3", "-1", "1e3", "1,5", "n/a", "8.3.1", "BO")
DATES = ("2020-01-01", "2030-12-31", "2020-13-45", "0001-01-01T00:00:00+14:00", "T", "0000")
SAID = st.sampled_from((*WORDS, *DATES, "٣", "XM-DAC-41302", "a/b ", "$1", "'", '"', "9" * 40))
FILES = ("iati-activities", "iati-organisations")


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> etree._Element:
    """An element of the standard with what does not belong in it."""
    found = etree.Element(draw(st.sampled_from(NAMES)))
    for name in draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=4, unique=True)):
        found.set(name, draw(SAID))
    found.text = draw(st.none() | SAID)
    if depth < 4:
        for child in draw(st.lists(elements(depth + 1), max_size=3)):
            found.append(child)
    return found


@st.composite
def files(draw: st.DrawFn) -> bytes:
    version = draw(st.sampled_from(["2.03", "2.02", ""]))
    root = etree.Element(draw(st.sampled_from(FILES)), version=version)
    record = etree.SubElement(root, draw(st.sampled_from(["iati-activity", "iati-organisation"])))
    for child in draw(st.lists(elements(), max_size=6)):
        record.append(child)
    written: bytes = etree.tostring(root)
    return written


@settings(max_examples=60)
@given(files())
def test_any_tree_has_a_report_whose_findings_have_a_place(file: bytes) -> None:
    report = validate(file, as_of=TODAY)
    tree = etree.fromstring(file).getroottree()
    for one in report.findings:
        assert one.message_es
        assert one.message_en
        assert one.line == 1
        assert tree.xpath(one.path), one.path
    assert report == validate(file, as_of=TODAY)


@settings(max_examples=40)
@given(files())
def test_any_activities_are_read_and_what_is_kept_is_kept(file: bytes) -> None:
    if not file.startswith(b"<iati-activities"):
        return
    first = read(file)
    again = read(write(first.activities))
    assert again.activities == first.activities
    assert again.unmodelled == ()


def answered(content: bytes) -> Report | UnreadableError:
    try:
        return validate(content)
    except UnreadableError as problem:
        return problem


@settings(max_examples=60)
@given(st.binary(max_size=80) | st.text(max_size=40).map(str.encode))
def test_any_bytes_are_a_report_or_a_reason(content: bytes) -> None:
    found = answered(content)
    assert isinstance(found, Report) or (found.message_es and found.message_en)


def test_a_name_of_another_space_is_no_iati() -> None:
    found = answered(b'<iati-activities xmlns="urn:other" version="2.03"/>')
    assert isinstance(found, UnreadableError)
    assert found.code == "iati.not_iati"
