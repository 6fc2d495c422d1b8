"""Archives: what is unsafe or broken is refused with its reason, what is sound is understood."""

import io
import json
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wrapped
from digna.packages import refusals
from digna.packages.standards import archive, reading, runtime
from digna.packages.standards.values import Broken, Described, as_plain, of_plain


def read(data: bytes) -> Described:
    return reading.read(io.BytesIO(data))[1]


def test_each_standard_is_understood() -> None:
    old = read(wrapped.scorm12(parts=2))
    assert (old.kind, old.standard, old.title) == ("scorm12", "SCORM 1.2", "Costos del taller")
    assert [p.href for p in old.parts] == ["P1/index.html", "P2/index.html"]
    assert old.parts[0].mastery == Decimal("0.8")
    new = read(wrapped.scorm2004())
    assert new.standard == "SCORM 2004, 4.ª edición"
    assert new.parts[0].mastery == Decimal("0.8")
    h5p = read(wrapped.h5p())
    assert (h5p.kind, h5p.language, h5p.licence) == ("h5p", "es", "CC BY")
    cmi5 = read(wrapped.cmi5())
    assert (cmi5.kind, cmi5.title, cmi5.language) == ("cmi5", "Costos con cmi5", "es")
    assert cmi5.parts[0].settings["move_on"] == "CompletedAndPassed"
    for one in (old, new, h5p, cmi5):
        assert of_plain(json.loads(json.dumps(as_plain(one.parts[0])))) == one.parts[0]


def with_entry(name: str, content: bytes = b"x", **attributes: Any) -> bytes:
    out = io.BytesIO(wrapped.scorm12())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as opened:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        for key, value in attributes.items():
            setattr(info, key, value)
        opened.writestr(info, content)
    return out.getvalue()


def manifest(text: str) -> bytes:
    return wrapped.zipped({"imsmanifest.xml": text, "a.html": "x"})


ENTITY = '<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><manifest>&b;</manifest>'
OUTSIDE = wrapped._organized(
    wrapped.HEAD_12, wrapped._item("A", "A"), wrapped._resource("A", "https://x.example/a"), "T"
)
DANGLING = wrapped._organized(wrapped.HEAD_12, wrapped._item("A", "A"), "", "T")

BROKEN = [
    (b"no es un zip", "not_zip"),
    (wrapped.zipped({}), "empty"),
    (wrapped.zipped({"hola.html": "x"}), "not_package"),
    (wrapped.zipped({"curso/imsmanifest.xml": "x"}), "nested"),
    (with_entry("../fuera.html"), "path"),
    (with_entry("/etc/passwd"), "path"),
    (with_entry("C:\\fuera.html"), "path"),
    (with_entry("a\\..\\..\\fuera.html"), "path"),
    (with_entry("enlace", external_attr=0o120777 << 16), "link"),
    (with_entry("virus.exe"), "runs"),
    (with_entry("pagina.php"), "runs"),
    (with_entry("_digna/x.html"), "reserved"),
    (with_entry("P1/./index.html"), "twice"),
    (with_entry("ceros.txt", b"\0" * 3_000_000), "bomb"),
    (manifest("<manifest"), "xml"),
    (manifest(ENTITY), "xml"),
    (manifest("<manifest><metadata/></manifest>"), "version"),
    (manifest(f"{wrapped.HEAD_12}</manifest>"), "organization"),
    (manifest(wrapped._organized(wrapped.HEAD_12, "", "", "T")), "no_parts"),
    (manifest(OUTSIDE), "outside"),
    (manifest(DANGLING), "resource"),
    (manifest(DANGLING.replace("1.2</s", "9.9</s")), "version"),
    (wrapped.scorm12(mastery="mucho"), "mastery"),
    (wrapped.zipped({"h5p.json": "{"}), "json"),
    (wrapped.zipped({"h5p.json": "{}"}), "field"),
    (wrapped.cmi5(move_on="Nunca"), "value"),
    (wrapped.cmi5(url="https://otro.example/u"), "outside"),
    (wrapped.cmi5(url="no/esta.html"), "missing"),
    (wrapped.cmi5(mastery="2"), "mastery"),
]


@pytest.mark.parametrize(("data", "why"), BROKEN)
def test_what_is_unsafe_or_broken_is_refused_with_its_reason(data: bytes, why: str) -> None:
    with pytest.raises(Broken) as problem:
        read(data)
    assert problem.value.why == why
    assert refusals.sentence(problem.value)


def test_an_h5p_without_a_library_says_which() -> None:
    files = {"h5p.json": "", "content/content.json": "{}"}
    told = {
        "title": "T", "mainLibrary": "H5P.X",
        "preloadedDependencies": [{"machineName": "H5P.X", "majorVersion": 1, "minorVersion": 2}],
    }  # fmt: skip
    with pytest.raises(Broken) as problem:
        read(wrapped.zipped({**files, "h5p.json": json.dumps(told)}))
    assert "H5P.X-1.2" in refusals.sentence(problem.value)


def test_a_damaged_entry_is_told() -> None:
    data = bytearray(wrapped.zipped({"a.txt": b"hola" * 50}))
    place = data.index(b"a.txt") + 8
    data[place] ^= 0xFF
    opened = archive.Archive(io.BytesIO(bytes(data)))
    with pytest.raises(Broken) as problem:
        opened.read("a.txt")
    assert problem.value.why == "damaged"


@given(st.text(min_size=1, max_size=40))
def test_no_name_leaves_the_folder(name: str) -> None:
    try:
        path = archive.clean(name)
    except Broken:
        return
    assert not path.startswith("/")
    assert ".." not in path.split("/")
    assert "\\" not in path


@given(st.binary(max_size=200))
def test_nothing_that_is_sent_breaks_the_reader(data: bytes) -> None:
    with pytest.raises(Broken):
        read(data)


def scored(status: str, **score: str) -> dict[str, Any]:
    return {"core": {"lesson_status": status, "score": score}}


@pytest.mark.parametrize(
    ("cmi", "mastery", "told"),
    [
        ({"core": {"lesson_status": "incomplete"}}, None, (False, None, None)),
        ({"core": {"lesson_status": "failed"}}, None, (True, False, None)),
        (scored("completed", raw="70"), "0.8", (True, False, "0.7")),
        (scored("passed", raw="8", max="10"), None, (True, True, "0.8")),
        ({"core": {}}, None, (None, None, None)),
        ({}, None, (None, None, None)),
    ],
)  # fmt: skip
def test_how_a_1_2_part_went(cmi: Any, mastery: str | None, told: Any) -> None:
    out = runtime.outcome("scorm12", cmi, None if mastery is None else Decimal(mastery))
    scaled = None if told[2] is None else Decimal(told[2])
    assert (out.is_complete, out.is_passed, out.scaled) == (told[0], told[1], scaled)


@pytest.mark.parametrize(
    ("cmi", "told"),
    [
        ({"completion_status": "unknown", "success_status": "unknown"}, (None, None, None)),
        ({"completion_status": "completed", "score": {"scaled": "0.5"}}, (True, None, "0.5")),
        ({"scaled_passing_score": "0.6", "score": {"scaled": "0.5"}}, (None, False, "0.5")),
        ({"score": {"raw": "3", "min": "1", "max": "5"}}, (None, None, "0.5")),
        ({"score": {"scaled": "7"}}, (None, None, None)),
    ],
)
def test_how_a_2004_part_went(cmi: Any, told: Any) -> None:
    out = runtime.outcome("scorm2004", cmi, None)
    scaled = None if told[2] is None else Decimal(told[2])
    assert (out.is_complete, out.is_passed, out.scaled) == (told[0], told[1], scaled)
