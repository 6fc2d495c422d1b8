"""Code lists as they are published, in their three dresses."""

import json

import pytest

from digna_engines.errors import UnreadableError
from digna_engines.iati import CodeList, read_codelist, validate, write_codelist
from engines.iati.fragments import activity

XML = b"""<codelist name="Sector" complete="1" embedded="0"><codelist-items>
<codelist-item status="active"><code>32130</code></codelist-item>
<codelist-item status="withdrawn"><code>99810</code></codelist-item>
</codelist-items></codelist>"""
JSON = json.dumps(
    {
        "attributes": {"name": "Sector"},
        "data": [{"code": "32130"}, {"code": "99810", "status": "withdrawn"}],
    }
).encode()
CSV = "\ufeffcode,name,status\r\n32130,PyME,active\r\n99810,Sin asignar,withdrawn\r\n".encode()
SECTORS = CodeList("Sector", frozenset({"32130", "99810"}), withdrawn=frozenset({"99810"}))


@pytest.mark.parametrize(
    ("content", "name"), [(XML, "a.xml"), (JSON, "a.json"), (CSV, "Sector.csv")]
)
def test_a_list_reads_alike_from_xml_json_and_csv(content: bytes, name: str) -> None:
    assert read_codelist(content, name) == SECTORS


def test_a_list_is_written_and_read_again() -> None:
    assert read_codelist(write_codelist(SECTORS), "Sector.json") == SECTORS


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<mappings/>", "mapping.xml"),
        (b'<!DOCTYPE codelist [<!ENTITY a "b">]><codelist name="A"/>', "a.xml"),
        (b"[]", "a.json"),
        (b'{"data": []}', "a.json"),
        (b"nombre\nx\n", "a.csv"),
        (b"\xff\xfe", "a.csv"),
        (b"code\n1\n", "../../evil name.csv"),
        (b"code\n1\n", "a.txt"),
    ],
)
def test_what_is_no_code_list_is_refused_with_its_name(content: bytes, name: str) -> None:
    with pytest.raises(UnreadableError, match=r"^iati\.codelist") as caught:
        read_codelist(content, name)
    assert name in caught.value.message_es


def test_codes_are_judged_by_an_imported_list() -> None:
    def said(code: str) -> list[str]:
        found = validate(activity(f'<sector code="{code}"/>'), codelists=[SECTORS])
        return [one.message_en for one in found.findings if "codelist" in one.rule]

    assert said("32130") == []
    assert "withdrawn" in said("99810")[0]
    assert "not on the list Sector" in said("1")[0]


def test_a_code_of_another_vocabulary_is_not_judged_by_it() -> None:
    found = validate(activity('<sector vocabulary="99" code="X"/>'), codelists=[SECTORS])
    assert not [one for one in found.findings if one.rule == "digna.codelist"]


def test_agencies_are_judged_when_their_list_is_there() -> None:
    agencies = CodeList("OrganisationRegistrationAgency", frozenset({"XM-DAC"}))

    def rules(ref: str) -> set[str]:
        file = activity(f'<reporting-org ref="{ref}"/>')
        return {one.rule for one in validate(file, codelists=[agencies]).findings}

    assert "1.14.8" not in rules("XM-DAC-41302")
    assert "1.14.8" in rules("ZZ-1")
