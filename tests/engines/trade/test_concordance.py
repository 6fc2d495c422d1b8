"""Editions of the HS: splits are seen, totals stay, and quinoa is within 100890 before 2012."""

import csv
import gzip
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.errors import EngineError
from digna_engines.trade import concordance
from digna_engines.trade.concordance import SINCE, Concordance, Share, absent_from
from engines.trade.worlds import SHARED

FILE = """code.after,code.before,Relationship,adjustment
100850,100890,n:1,2012 to 2007
100890,100890,n:1,2012 to 2007
90111,90111,1:1,2012 to 2007
100850,100850,1:1,2017 to 2012
100890,100890,1:1,2017 to 2012
90111,90111,1:1,2017 to 2012
0411,0410,1:1,1992 to 1988
"""
TOLD = Concordance(
    {
        "12": (("100850", "100890"), ("100890", "100890"), ("090111", "090111")),
        "17": (("100850", "100850"), ("100890", "100890"), ("090111", "090111")),
    }
)


def test_quinoa_is_within_other_cereals_before_2012() -> None:
    told = TOLD.convert("100850", "17", "07")
    assert told.shares == (Share("100890", 1.0),)
    assert (told.relation, told.by) == ("n:1", "none")
    assert TOLD.convert("090111", "17", "07").relation == "1:1"


def test_a_split_is_shared_out_by_trade_where_it_is_known() -> None:
    equal = TOLD.convert("100890", "07", "17")
    assert equal.shares == (Share("100850", 0.5), Share("100890", 0.5))
    assert (equal.relation, equal.by) == ("1:n", "equal")
    weights = {"12": {"100850": 30.0, "100890": 10.0}}
    weighed = TOLD.convert("100890", "07", "17", weights=weights)
    assert weighed.shares == (Share("100850", 0.75), Share("100890", 0.25))
    assert weighed.by == "trade"


def test_the_warning_about_a_product_needs_no_file() -> None:
    for edition, there in (("92", False), ("07", False), ("12", True), ("22", True)):
        assert (absent_from("100850", edition) is None) == there
    assert absent_from("090111", "92") is None
    told = absent_from("080122", "92")
    assert told is not None
    assert (told.since, told.within) == ("96", ("080120",))


def test_a_file_is_kept_with_its_zeros_and_without_other_classifications(tmp_path: Path) -> None:
    path = tmp_path / "tables.csv"
    path.write_text(FILE)
    origin = concordance.bring(tmp_path, path)
    assert origin.rows == 6
    kept = concordance.read(tmp_path)
    assert kept is not None
    assert {edition: set(pairs) for edition, pairs in kept.pairs.items()} == {
        edition: set(pairs) for edition, pairs in TOLD.pairs.items()
    }
    assert concordance.read(tmp_path / "nowhere") is None


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("2012 to 2007", "2012-2007", "trade.cell"),
        ("100850,100890", "1008,100890", "trade.cell"),
        ("code.after", "after", "trade.column"),
    ],
)
def test_a_file_that_is_no_table_is_refused(old: str, new: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "tables.csv"
    path.write_text(FILE.replace(old, new, 1))
    with pytest.raises(EngineError) as raised:
        concordance.bring(tmp_path, path)
    assert raised.value.code == code


def test_what_no_table_joins_is_refused() -> None:
    for asked, code in (
        (("100850", "17", "22"), "trade.edition"),
        (("100850", "18", "17"), "trade.edition"),
        (("999999", "17", "12"), "trade.unknown_code"),
    ):
        with pytest.raises(EngineError) as raised:
            TOLD.convert(*asked)
        assert raised.value.code == code


codes = st.sampled_from(["a", "b", "c", "d"])
pairs = st.sets(st.tuples(codes, codes), min_size=1, max_size=16)


@given(pairs, st.dictionaries(codes, st.floats(0, 1e6)), st.data())
def test_a_table_keeps_its_totals_whatever_is_split(
    links: set[tuple[str, str]], trade: dict[str, float], data: st.DataObject
) -> None:
    told = Concordance({"17": tuple(links)})
    old = sorted({before for _, before in links})
    rows = data.draw(st.lists(st.tuples(st.sampled_from(old), st.floats(0, 1e9)), max_size=20))
    table = {
        "product": [row[0] for row in rows], "value": [row[1] for row in rows],
        "quantity": [None] * len(rows),
    }  # fmt: skip
    found = told.convert_table(table, "12", "17", weights={"17": trade})
    assert sum(found["value"]) == pytest.approx(sum(table["value"]))
    assert set(found["quantity"]) <= {None}
    for code in old:
        shares = told.convert(code, "12", "17", weights={"17": trade}).shares
        assert sum(share.weight for share in shares) == pytest.approx(1)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Concordance:
    folder = SHARED / "hs_concordance"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data/trade/hs_concordance beside the project")
    root = tmp_path_factory.mktemp("beside")
    concordance.bring(root, next(folder.glob("*.csv.gz")))
    found = concordance.read(root)
    assert found is not None
    return found


def test_the_published_tables_have_the_pairs_they_are_known_for(real: Concordance) -> None:
    assert set(real.pairs) == {"96", "02", "07", "12", "17", "22"}
    assert ("100850", "100890") in real.pairs["12"]
    for edition, known in (("12", 4_785), ("17", 4_744)):
        new, old = (Counter(pair[at] for pair in real.pairs[edition]) for at in (0, 1))
        alone = [p for p in real.pairs[edition] if new[p[0]] == 1 and old[p[1]] == 1]
        assert len(alone) == known
    told = real.convert("100850", "22", "92")
    assert "100890" in {share.code for share in told.shares}


def test_our_own_table_says_what_the_published_ones_say(real: Concordance) -> None:
    with gzip.open(next((SHARED / "hs_concordance").glob("*.csv.gz")), "rt") as file:
        rows = [row for row in csv.DictReader(file) if int(row["adjustment"][:4]) > 1992]
    there = {(row["adjustment"][2:4], row["code.after"].zfill(6)) for row in rows}
    before = {(row["adjustment"][10:12], row["code.before"].zfill(6)) for row in rows}
    for code, (since, within) in SINCE.items():
        older = concordance.EDITIONS[concordance.EDITIONS.index(since) - 1]
        assert (since, code) in there
        assert (older, code) not in before
        assert {old for new, old in real.pairs[since] if new == code} == set(within)
