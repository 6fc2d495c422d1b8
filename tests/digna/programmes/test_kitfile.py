"""Kits: a sound one reads, and a broken one says where and what to do."""

import dataclasses
import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from digna.programmes import kit_faults, kit_text, kitfile

KITS = Path(__file__).parents[3] / "kits"

FIXTURES = Path(__file__).parents[2] / "fixtures" / "kits"

SMALL_KIT = {
    path.relative_to(FIXTURES / "small").as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((FIXTURES / "small").rglob("*.*"))
}
BREAKS = {row["case"]: row for row in yaml.safe_load((FIXTURES / "broken.yaml").read_text("utf-8"))}


class CarefulDumper(yaml.SafeDumper):
    """Writes YAML as kits want it: texts in quotes (YAML 1.1 takes 08 for one) and no aliases."""

    def ignore_aliases(self, _: object) -> bool:
        return True

    def in_quotes(self, text: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", text, style='"')


CarefulDumper.add_representer(str, CarefulDumper.in_quotes)


def write_kit(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / "small"


def broken(folder: Path, file: str, old: str, new: str) -> tuple[kitfile.Fault, ...]:
    """The faults of the small kit once ``old`` has become ``new`` in one file."""
    assert SMALL_KIT[file].count(old) >= 1, f"{old!r} is not in {file}"
    files = {**SMALL_KIT, file: SMALL_KIT[file].replace(old, new, 1)}
    with pytest.raises(kitfile.KitError) as caught:
        kitfile.read_kit(write_kit(folder, files))
    return caught.value.faults


# --- What a kit is ----------------------------------------------------------------------------


def test_small_kit_reads(tmp_path: Path) -> None:
    kit = kitfile.read_kit(write_kit(tmp_path, SMALL_KIT))
    assert (kit.code, kit.title_es, kit.version, kit.languages) == (
        "small", "Kit pequeño", "1.0.0", ("es",),
    )  # fmt: skip
    assert kit.sources["own"]["title"] == "Redacción propia"
    assert kit.documents["places"]["country"]["provinces"] is None
    assert kit.documents["indicators"]["indicators"][0]["on"] == "session_on"
    assert kit.pages["about.es"]["body"] == "# Acerca\n"


def test_kit_cannot_be_changed_but_its_copy_can(tmp_path: Path) -> None:
    kit = kitfile.read_kit(write_kit(tmp_path, SMALL_KIT))
    with pytest.raises(dataclasses.FrozenInstanceError):
        kit.code = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        kit.documents["places"]["country"]["iso2"] = "PE"
    copy = kit.plain("places")
    copy["country"]["iso2"] = "PE"
    assert kit.documents["places"]["country"]["iso2"] == "BO"
    assert json.loads(json.dumps(copy)) == copy


def test_hash_follows_the_words_and_not_the_layout(tmp_path: Path) -> None:
    first = kitfile.read_kit(write_kit(tmp_path / "a", SMALL_KIT)).sha256
    area = SMALL_KIT["strategic_areas.yaml"]
    order, name = "    order: 1\n", "    name_es: Conocimiento\n"
    turned = "# a comment\n" + area.replace(order + name, name + order).replace(
        "[own]", "\n    - own"
    )
    as_windows = {name: text.replace("\n", "\r\n") for name, text in SMALL_KIT.items()}
    reworded = area.replace("Saber", "Saberes")
    assert hash_with(tmp_path / "b", turned) == first
    assert kitfile.read_kit(write_kit(tmp_path / "c", as_windows)).sha256 == first
    assert hash_with(tmp_path / "d", reworded) != first


def test_kit_written_back_from_its_values_is_the_same_kit(tmp_path: Path) -> None:
    bolivia = kitfile.read_kit(KITS / "bolivia")
    folder = tmp_path / "bolivia"
    (folder / "pages").mkdir(parents=True)
    sections = {name: bolivia.plain(name) for name in bolivia.documents}
    files = {f"{name}.yaml": content for name, content in sections.items() if name != "map"}
    for name, content in {**files, "kit.yaml": dict(bolivia.header)}.items():
        written = yaml.dump(json.loads(json.dumps(content)), Dumper=CarefulDumper)
        (folder / name).write_text(written, encoding="utf-8")
    (folder / "map.json").write_text(json.dumps(sections["map"]), encoding="utf-8")
    for page in (KITS / "bolivia" / "pages").iterdir():
        (folder / "pages" / page.name).write_bytes(page.read_bytes())
    assert kitfile.read_kit(folder).sha256 == bolivia.sha256


def hash_with(folder: Path, areas: str) -> str:
    files = {**SMALL_KIT, "strategic_areas.yaml": areas}
    return kitfile.read_kit(write_kit(folder, files)).sha256


# --- What is wrong with a kit -----------------------------------------------------------------


@pytest.mark.parametrize("case", BREAKS)
def test_fault_names_its_line_and_what_to_do(case: str, tmp_path: Path) -> None:
    row = BREAKS[case]
    found = broken(tmp_path, row["file"], row["old"], row["new"])
    assert found == tuple(
        kitfile.Fault(
            row["file"], *fault["at"], fault["path"], fault["es"], fault["en"], fault["code"]
        )
        for fault in row["faults"]
    )


def test_all_faults_come_at_once_in_the_order_of_the_files(tmp_path: Path) -> None:
    files = {
        **SMALL_KIT,
        "places.yaml": SMALL_KIT["places.yaml"].replace('"020105"', "20105").replace("LP", "Lp"),
        "sources.yaml": SMALL_KIT["sources.yaml"].replace("url: null", "url: www.example.org"),
        "notes.txt": "forgotten",
    }
    with pytest.raises(kitfile.KitError) as caught:
        kitfile.read_kit(write_kit(tmp_path, files))
    assert [(fault.file, fault.line, fault.code) for fault in caught.value.faults] == [
        ("notes.txt", 1, "unknown_file"),
        ("places.yaml", 9, "wrong_form"),
        ("places.yaml", 23, "number_for_text"),
        ("sources.yaml", 8, "wrong_form"),
    ]
    assert str(caught.value).count("\n") == 3


def test_unreadable_file_does_not_make_its_names_unknown(tmp_path: Path) -> None:
    files = {**SMALL_KIT, "strategic_areas.yaml": "a: [", "sources.yaml": "b: {"}
    with pytest.raises(kitfile.KitError) as caught:
        kitfile.read_kit(write_kit(tmp_path, files))
    assert [(fault.file, fault.code) for fault in caught.value.faults] == [
        ("sources.yaml", "syntax"),
        ("strategic_areas.yaml", "syntax"),
    ]


def test_every_message_can_be_worded_in_both_languages() -> None:
    content = json.loads((kit_faults.SCHEMA_FOLDER / "messages.json").read_text(encoding="utf-8"))
    for code, words in content["messages"].items():
        holes = [set(re.findall(r"{(\w+)}", words[language])) for language in ("es", "en")]
        assert holes[0] == holes[1], code
        assert words["es"] != words["en"], code


def test_every_schema_is_a_schema() -> None:
    for path in kit_faults.SCHEMA_FOLDER.glob("*.json"):
        if path.stem != "messages":
            schema = json.loads(path.read_text(encoding="utf-8"))
            Draft202012Validator.check_schema(schema)
            assert schema["$schema"].endswith("2020-12/schema"), path


def test_name_given_twice_points_at_the_first(tmp_path: Path) -> None:
    source = SMALL_KIT["sources.yaml"].removeprefix("sources:\n")
    (fault,) = broken(tmp_path, "sources.yaml", source, source + source)
    assert (fault.line, fault.code) == (9, "name_twice")
    assert fault.message_en.startswith("“own” is already defined at sources.yaml:2.")


@pytest.mark.parametrize(
    ("file", "code"), [("kit.yaml", "missing_header"), ("sources.yaml", "missing_sources")]
)
def test_needed_file_is_asked_for(file: str, code: str, tmp_path: Path) -> None:
    files = {name: content for name, content in SMALL_KIT.items() if name != file}
    with pytest.raises(kitfile.KitError) as caught:
        kitfile.read_kit(write_kit(tmp_path, files))
    assert code in {fault.code for fault in caught.value.faults}


def test_invented_names_need_a_kit_that_says_so(tmp_path: Path) -> None:
    files = {
        **SMALL_KIT,
        "kit.yaml": SMALL_KIT["kit.yaml"].replace("synthetic: true", "synthetic: false"),
        "names.yaml": (KITS / "demo" / "names.yaml").read_text(encoding="utf-8"),
    }
    with pytest.raises(kitfile.KitError) as caught:
        kitfile.read_kit(write_kit(tmp_path, files))
    assert "invented_names" in {fault.code for fault in caught.value.faults}


@pytest.mark.parametrize("header", ["- a list", "code: [", ""])
def test_header_that_is_no_header_is_refused_not_stumbled_on(header: str, tmp_path: Path) -> None:
    with pytest.raises(kitfile.KitError) as caught:
        kitfile.read_kit(write_kit(tmp_path, {**SMALL_KIT, "kit.yaml": header}))
    assert {fault.file for fault in caught.value.faults} == {"kit.yaml"}


def test_latin_1_is_named_by_line_and_column(tmp_path: Path) -> None:
    latin = SMALL_KIT["kit.yaml"].encode("latin-1")
    with pytest.raises(kitfile.KitError) as caught:
        kitfile.read_kit(write_kit(tmp_path, {**SMALL_KIT, "kit.yaml": latin}))
    (fault,) = caught.value.faults
    assert (fault.line, fault.column, fault.code) == (2, 20, "not_utf8")


def test_links_and_giants_are_refused(tmp_path: Path) -> None:
    giant = SMALL_KIT["indicators.yaml"] + "#" * kitfile.BYTES_MAX
    folder = write_kit(tmp_path, {**SMALL_KIT, "indicators.yaml": giant})
    (folder / "sectors.yaml").symlink_to("/etc/hostname")
    (folder / ".sectors.yaml.swp").write_bytes(b"left by an editor")
    with pytest.raises(kitfile.KitError) as caught:
        kitfile.read_kit(folder)
    assert {fault.code for fault in caught.value.faults} == {"too_big", "symlink"}


def test_billion_laughs_cost_nothing(tmp_path: Path) -> None:
    lines = ["a0: &a0 [lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    faults = broken(tmp_path, "indicators.yaml", SMALL_KIT["indicators.yaml"], "\n".join(lines))
    assert {fault.code for fault in faults} == {"alias"}


# --- Text in, the same values out -------------------------------------------------------------

words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=12
)
scalars = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | words
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_any_value_written_as_json_is_read_back(value: object) -> None:
    faults = kit_faults.Faults()
    text = kit_text.parse(json.dumps(value), file="any.yaml", faults=faults)
    assert faults.found == []
    assert text.value == value


@given(values)
def test_any_value_written_as_yaml_is_read_back_with_a_mark_for_each_part(value: object) -> None:
    faults = kit_faults.Faults()
    content = yaml.dump(value, Dumper=CarefulDumper, allow_unicode=True, sort_keys=False)
    text = kit_text.parse(content, file="any.yaml", faults=faults)
    assert faults.found == []
    assert text.value == value
    assert text.is_read
    assert all(mark >= (1, 1) for mark in text.values.values())


@given(st.text(max_size=80))
def test_no_text_makes_the_reader_fall(content: str) -> None:
    faults = kit_faults.Faults()
    text = kit_text.parse(content, file="any.yaml", faults=faults)
    assert text.is_read or faults.found
    json.dumps(text.value)


def parsed(file: str) -> kit_text.KitText:
    return kit_text.parse(SMALL_KIT[file], file=file, faults=kit_faults.Faults())


PLACES = [
    (file, place)
    for file in sorted(SMALL_KIT)
    if file.endswith(".yaml")
    for place in parsed(file).values
    if place
]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLACES), values)
@example(("places.yaml", ("departments", 0, "iso")), ["BO-L"])
@example(("places.yaml", ("municipalities", 0, "department")), {"iso": "BO-L"})
@example(("size_rules.yaml", ("size_rules", 0, "variables", 0, "bands", 0, "up_to")), "nine")
@example(("kit.yaml", ("uses",)), [["bolivia"], None, "../etc"])
def test_any_value_anywhere_is_taken_or_blamed_never_stumbled_on(
    spot: tuple[str, kit_faults.Place], value: object
) -> None:
    file, place = spot
    content = parsed(file).value
    holder = content
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    written = yaml.dump(content, Dumper=CarefulDumper, allow_unicode=True)
    with tempfile.TemporaryDirectory() as folder:
        kit = write_kit(Path(folder), {**SMALL_KIT, file: written})
        try:
            kitfile.read_kit(kit)
        except kitfile.KitError as error:
            assert error.faults  # noqa: PT017 - either way is right, silence or a crash is not
