"""BACI as it is published, read to the last digit; anything else refused by line and column."""

import gzip
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digna_engines.errors import EngineError
from digna_engines.trade.importing import import_release
from digna_engines.trade.store import Store, stores
from engines.trade.worlds import (
    COUNTRIES,
    COUNTRIES_2025,
    FILES,
    PRODUCTS,
    ROWS_2021,
    SHARED,
    spread,
    zipped,
)

ONE = "BACI_HS17_Y2021_V202401.csv"


def opened(root: Path, path: Path, **told: object) -> Store:
    return Store.open(import_release(root, path, **told).folder)  # type: ignore[arg-type]


def rows(store: Store) -> list[tuple[object, ...]]:
    label = {country.code: country.label for country in store.countries}
    found = store.flows.to_pyarrow().to_pylist()
    return [
        (r["year"], label[r["exporter"]], label[r["importer"]], f"{r['product']:06d}", r["value"],
         r["quantity"])
        for r in found
    ]  # fmt: skip


def test_a_zip_is_read_exactly_with_its_padding_its_holes_and_its_zeros(tmp_path: Path) -> None:
    store = opened(tmp_path / "s", zipped(tmp_path / "BACI_HS17_V202401.zip"))
    assert rows(store) == [
        (2021, "BOL", "USA", "090111", 10_250, 4_100),
        (2021, "BOL", "FRA", "100850", 2_500, None),
        (2021, "BOL", "CHE", "100850", 1_000, None),
        (2021, "IND", "TWN", "520100", 70_000, 35_000),
        (2021, "ZAF", "ZAF-711", "520100", 3_000, 1_000),
        (2022, "BOL", "USA", "090111", 11_250, 4_000),
        (2022, "BOL", "NOR", "100850", 600, 250),
        (2022, "NAM", "BEL-58", "520100", 9_999, 5_000),
    ]
    told = store.manifest
    assert (told.source, told.hs, told.release, told.synthetic) == ("baci", "17", "202401", False)
    assert told.left_out == {"below_one_dollar": 1}
    assert (told.rows, told.quantities, told.provisional_years) == (8, 6, (2021, 2022))
    assert "Etalab" in told.licence
    assert "Gaulier" in told.attribution
    assert store.country("NAM").iso2 == "NA"


def test_a_folder_a_file_and_a_gz_are_the_same_as_the_zip(tmp_path: Path) -> None:
    whole = rows(opened(tmp_path / "a", zipped(tmp_path / "BACI_HS17_V202401.zip")))
    folder = spread(tmp_path / "baci")
    assert rows(opened(tmp_path / "b", folder)) == whole
    assert rows(opened(tmp_path / "c", folder / ONE)) == [row for row in whole if row[0] == 2021]
    packed = folder / f"{ONE}.gz"
    packed.write_bytes(gzip.compress((folder / ONE).read_bytes()))
    (folder / ONE).unlink()
    assert rows(opened(tmp_path / "d", folder)) == whole
    assert rows(opened(tmp_path / "e", folder, years=[2022])) == [r for r in whole if r[0] == 2022]


def test_both_headers_of_the_country_list_and_latin_1_are_read(tmp_path: Path) -> None:
    new = FILES | {"country_codes_V202401.csv": COUNTRIES_2025}
    semicolons = FILES | {
        "country_codes_V202401.csv": COUNTRIES.replace(",", ";").replace('"Other Asia; nes"', "x"),
        "product_codes_HS17_V202401.csv": PRODUCTS.replace("\n0", "\n"),
    }
    expected = opened(tmp_path / "s", zipped(tmp_path / "a.zip"))
    for name, files, encoding in (
        ("b.zip", new, "utf-8"), ("c.zip", FILES, "latin-1"), ("d.zip", semicolons, "utf-8"),
    ):  # fmt: skip
        store = opened(tmp_path / name.replace(".", "-"), zipped(tmp_path / name, files, encoding))
        assert rows(store) == rows(expected)
        assert store.products == expected.products
        assert store.country("CIV").name_en == "Côte d'Ivoire"


def test_the_same_zip_again_is_not_read_again(tmp_path: Path) -> None:
    path = zipped(tmp_path / "BACI_HS17_V202401.zip")
    first = import_release(tmp_path / "s", path)
    again = import_release(tmp_path / "s", shutil.copy(path, tmp_path / "other-name.zip"))
    assert (first.already, again.already) == (False, True)
    assert first.release_id == again.release_id
    assert len(stores(tmp_path / "s")) == 1


def test_progress_is_told_step_by_step(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int | None]] = []
    import_release(
        tmp_path / "s", zipped(tmp_path / "a.zip"), progress=lambda *told: steps.append(told)
    )
    names = list(dict.fromkeys(step for step, _, _ in steps))
    assert names == ["looking", "unpacking", "reading", "sorting", "means"]
    assert ("reading", 2, 2) in steps


BAD = {
    "text in a number": ("10.250", "diez", "trade.value", 2, "v"),
    "a decimal comma is another column": ("2.500", "2,500", "trade.row_shape", 3, None),
    "a value of nought": ("2.500", "0.000", "trade.value", 3, "v"),
    "a negative value": ("70.000", "-70.000", "trade.value", 5, "v"),
    "not a number": ("70.000", "nan", "trade.value", 5, "v"),
    "a quantity in words": ("35.000", "pocas", "trade.quantity", 5, "q"),
    "a country nobody lists": ("2021,68,757", "2021,69,757", "trade.unknown_code", 4, "i"),
    "a country in letters": ("68,757", "68,CHE", "trade.unknown_code", 4, "j"),
    "a product that lost its zero": ("090111", "90111", "trade.product_code", 2, "k"),
    "a product nobody lists": ("520100,70", "520199,70", "trade.unknown_code", 5, "k"),
    "another year": ("2021,68,757", "2020,68,757", "trade.other_year", 4, "t"),
    "a column less": ("68,757,100850,1.000,", "68,757,100850,1.000", "trade.row_shape", 4, None),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_row_is_refused_with_its_line_and_column(case: str, tmp_path: Path) -> None:
    old, new, code, line, column = BAD[case]
    assert ROWS_2021.count(old) == 1
    path = zipped(tmp_path / "a.zip", FILES | {ONE: ROWS_2021.replace(old, new)})
    with pytest.raises(EngineError) as raised:
        import_release(tmp_path / "s", path)
    assert raised.value.code == code
    assert raised.value.details["line"] == line
    assert raised.value.details.get("column") == column
    for text in (raised.value.message_es, raised.value.message_en):
        assert ONE in text
        assert str(line) in text
    assert list((tmp_path / "s").iterdir()) == []


def test_a_flow_that_is_there_twice_is_refused_with_both_lines(tmp_path: Path) -> None:
    twice = ROWS_2021 + "2021,68,842,090111,1.000,        0.100\n"
    with pytest.raises(EngineError, match=r"trade\.twice") as raised:
        import_release(tmp_path / "s", zipped(tmp_path / "a.zip", FILES | {ONE: twice}))
    assert (raised.value.details["first_line"], raised.value.details["line"]) == (2, 7)


@pytest.mark.parametrize("header", ["t,j,i,k,v,q", "t,i,j,k,v", "year,i,j,k,v,q", "t;i;j;k;v;q"])
def test_columns_that_are_not_bacis_are_refused(header: str, tmp_path: Path) -> None:
    files = FILES | {ONE: ROWS_2021.replace("t,i,j,k,v,q", header)}
    with pytest.raises(EngineError, match=r"trade\.header"):
        import_release(tmp_path / "s", zipped(tmp_path / "a.zip", files))


def test_a_zip_cut_short_or_damaged_is_refused(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "a.zip").read_bytes()
    cut, damaged = tmp_path / "cut.zip", tmp_path / "damaged.zip"
    cut.write_bytes(whole[: len(whole) // 2])
    at = whole.index(ONE.encode()) + len(ONE) + 10
    damaged.write_bytes(whole[:at] + bytes(8) + whole[at + 8 :])
    for path in (cut, damaged):
        with pytest.raises(EngineError, match=r"trade\.zip"):
            import_release(tmp_path / "s", path)
    assert not (tmp_path / "s").exists() or list((tmp_path / "s").iterdir()) == []


@pytest.mark.parametrize(
    ("files", "told", "code"),
    [
        (FILES, {"hs": "92"}, "trade.edition"),
        ({"flows.csv": ROWS_2021}, {}, "trade.file_name"),
        (FILES | {"BACI_HS92_Y2021_V202401.csv": ROWS_2021}, {}, "trade.edition"),
        (FILES, {"release": "202301"}, "trade.release"),
        (FILES, {"years": [1999]}, "trade.year"),
        ({k: v for k, v in FILES.items() if "country" not in k}, {}, "trade.list_absent"),
        ({k.replace("HS17_V", "HS92_V"): v for k, v in FILES.items()}, {}, "trade.list_absent"),
        (FILES | {"country_codes_V202401.csv": COUNTRIES + "68,x,x,BO,BOL\n"}, {}, "trade.cell"),
        (FILES | {"product_codes_HS17_V202401.csv": PRODUCTS + "0901,x\n"}, {}, "trade.cell"),
    ],
)
def test_files_that_do_not_belong_together_are_refused(
    files: dict[str, str], told: dict[str, object], code: str, tmp_path: Path
) -> None:
    with pytest.raises(EngineError) as raised:
        import_release(tmp_path / "s", zipped(tmp_path / "a.zip", files), **told)  # type: ignore[arg-type]
    assert raised.value.code == code


def test_special_codes_of_some_releases_stay_out_and_are_counted(tmp_path: Path) -> None:
    files = FILES | {
        ONE: ROWS_2021 + "2021,68,842,9999AA,1.000,           NA\n",
        "product_codes_HS17_V202401.csv": PRODUCTS + "9999AA,Special\n",
    }
    report = import_release(tmp_path / "s", zipped(tmp_path / "a.zip", files))
    assert report.left_out == {"below_one_dollar": 1, "special_codes": 1}


def test_a_world_that_is_marked_as_invented_stays_marked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", FILES | {"SYNTHETIC.txt": "invented"})
    manifest = import_release(tmp_path / "s", path).manifest
    assert (manifest.synthetic, manifest.source) == (True, "synthetic")
    assert "CEPII" not in manifest.attribution


def test_an_import_that_is_killed_leaves_no_store(tmp_path: Path) -> None:
    path, root = zipped(tmp_path / "a.zip"), tmp_path / "s"
    code = (
        "import sys, time\n"
        "from digna_engines.trade.importing import import_release\n"
        "def stop(step, done, total):\n"
        "    if step == 'means': print('there', flush=True); time.sleep(60)\n"
        f"import_release({str(root)!r}, {str(path)!r}, progress=stop)\n"
    )
    source = str(Path(__file__).parents[3] / "src")
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=source
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "there"
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)
    assert stores(root) == ()
    assert [folder.name.startswith(".importing-") for folder in root.iterdir()] == [True]
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and not import_release(root, path).already:
        pass
    assert [folder.name for folder in root.iterdir()] == [stores(root)[0][0]]


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """The real extract beside the real lists of another release, under the names BACI gives."""
    here, codes = SHARED / "baci_extract_2020", SHARED / "baci_codes"
    if not here.is_dir() or not codes.is_dir():
        pytest.skip("needs ../shared/data/trade/baci_extract_2020 beside the project")
    folder = tmp_path / "real"
    folder.mkdir()
    shutil.copy(here / "BACI_HS17_Y2020_exporters_4_710.csv.gz", folder)
    shutil.copy(here / "country_codes_V202201.csv", folder)
    shutil.copy(codes / "product_codes_HS17_V202301.csv.gz", folder)
    return folder


def test_the_real_extract_is_read_to_the_last_dollar(extract: Path, tmp_path: Path) -> None:
    store = opened(tmp_path / "s", extract)
    told = store.manifest
    text = gzip.decompress(next(extract.glob("BACI*")).read_bytes()).decode().splitlines()[1:]
    cells = [line.split(",") for line in text]
    assert told.rows == len(cells) == 70_920
    assert told.rows - told.quantities == sum(row[5].strip() == "NA" for row in cells)
    assert told.total_usd[2020] == sum(round(float(row[4]) * 1000) for row in cells)
    assert (told.release, told.warnings) == ("202201", ("products_of_another_release",))
    assert len(store.countries) == 238
    assert len({country.label for country in store.countries}) == 238
    per = store.exports(2020)
    assert per.exporters == ("AFG", "ZAF")
    assert len(per.products) == 5_059
    kg = store.flows.quantity.sum().to_pyarrow().as_py()
    assert kg == sum(round(float(row[5]) * 1000) for row in cells if row[5].strip() != "NA")


def test_an_older_list_that_lacks_a_country_of_the_flows_is_refused(
    extract: Path, tmp_path: Path
) -> None:
    (extract / "country_codes_V202201.csv").unlink()
    shutil.copy(SHARED / "baci_extract_2020" / "country_codes_V202001.csv", extract)
    with pytest.raises(EngineError, match=r"trade\.unknown_code") as raised:
        import_release(tmp_path / "s", extract)
    assert raised.value.details["value"] in {"56", "710"}
