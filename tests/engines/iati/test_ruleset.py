"""Our rules against the published ruleset: the same ids, the same verdict on the same files."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digna_engines.iati.documents import open_document
from digna_engines.iati.forms import Given
from digna_engines.iati.judging import judge
from digna_engines.iati.ruleset import RULESET
from engines.iati import fragments, literal

SHARED = Path(__file__).parents[4] / "shared" / "data" / "iati"
PUBLISHED = SHARED / "ruleset-2.03" / "standard.json"
GIVEN = Given(date.fromisoformat(fragments.NOW), fragments.AGENCIES)
EVERY = [*(one for many in fragments.BREAKING.values() for one in many), *fragments.KEEPING]


def ours(file: bytes) -> set[str]:
    return {finding.rule for finding in judge(open_document(file), RULESET, GIVEN)}


@pytest.fixture(scope="module")
def published() -> list[literal.Case]:
    if not PUBLISHED.is_file():
        pytest.skip("needs ../shared/data/iati/ruleset-2.03 beside the project")
    return literal.cases(json.loads(PUBLISHED.read_text()))


def theirs(file: bytes, published: list[literal.Case]) -> set[int]:
    root = open_document(file).root
    return literal.failing(root, published, GIVEN.as_of, set(fragments.AGENCIES))


@pytest.mark.parametrize("rule", fragments.BREAKING)
def test_a_file_that_breaks_a_rule_is_told_which(rule: str) -> None:
    for file in fragments.BREAKING[rule]:
        assert rule in ours(file)


def test_every_rule_has_a_file_that_breaks_it_and_words_in_both_languages() -> None:
    assert set(fragments.BREAKING) == {rule.id for rule in RULESET}
    for rule in RULESET:
        assert rule.message_es.endswith(".")
        assert rule.message_en.endswith(".")


@pytest.mark.parametrize("file", [fragments.WHOLE, fragments.WHOLE_ORGANISATION])
def test_a_file_that_keeps_every_rule_has_no_finding(file: bytes) -> None:
    assert ours(file) == set()


def test_the_published_cases_are_107_of_89_ids_and_each_has_its_twin(
    published: list[literal.Case],
) -> None:
    severity = {case.id: case.body["ruleInfo"]["severity"] for case in published}
    assert (len(published), len(severity)) == (107, 89)
    assert {rule.id: rule.severity for rule in RULESET} == severity


def test_each_published_case_fails_on_a_file_that_we_refuse_too(
    published: list[literal.Case],
) -> None:
    failed: set[int] = set()
    for rule, files in fragments.BREAKING.items():
        for file in files:
            failed |= {n for n in theirs(file, published) if published[n].id == rule}
    never = [case for case in published if case.number not in failed]
    # Its condition keeps the letter «$1» and holds nowhere: the text of the rule is followed here.
    assert [(case.id, case.kind) for case in never] == [("2.1.2", "strict_sum")]
    assert never[0].foreach == "sector[@vocabulary != '1']/@vocabulary"


def test_each_published_case_finds_its_place_in_the_files_that_keep_every_rule(
    published: list[literal.Case],
) -> None:
    roots = [open_document(one).root for one in (fragments.WHOLE, fragments.WHOLE_ORGANISATION)]
    for case in published:
        assert any(root.getroottree().xpath(case.context) for root in roots), case


@pytest.mark.parametrize("number", range(len(EVERY)))
def test_both_judge_a_file_alike(number: int, published: list[literal.Case]) -> None:
    file = EVERY[number]
    assert ours(file) == {published[n].id for n in theirs(file, published)}


PERCENTAGES = st.lists(
    st.sampled_from([None, "0", "25", "33.3", "50", "66.7", "75", "100"]), max_size=3
)
VOCABULARIES = st.sampled_from(["1", "2", "99"])


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Activities with sectors, countries, regions and transactions as they come."""
    inside = fragments.shares("recipient-country", *draw(PERCENTAGES))
    for tag in ("sector", "recipient-region"):
        for vocabulary in draw(st.lists(VOCABULARIES, max_size=2, unique=True)):
            more = f'vocabulary="{vocabulary}"'
            inside += fragments.shares(tag, *draw(PERCENTAGES), more=more)
    for _ in range(draw(st.integers(0, 2))):
        inside += fragments.transaction(
            draw(st.sampled_from(["", "<sector/>", "<recipient-country/>", "<sector/><aid-type/>"]))
        )
    return fragments.activity(inside)


@given(files())
def test_both_judge_percentages_and_levels_alike(file: bytes) -> None:
    if not PUBLISHED.is_file():
        pytest.skip("needs ../shared/data/iati/ruleset-2.03 beside the project")
    published = literal.cases(json.loads(PUBLISHED.read_text()))
    found = {published[n].id for n in theirs(file, published)}
    sectors = open_document(file).root[0].xpath("sector")
    assert ours(file) - {"2.1.2"} == found - {"2.1.2"}
    assert ("2.1.2" in ours(file)) == any(sums_wrong(sectors, v) for v in ("1", "2", "99"))


def sums_wrong(sectors: list, vocabulary: str) -> bool:
    """Rule 2.1.2 as its text has it, in tenths."""
    said = [one.get("percentage") for one in sectors if one.get("vocabulary") == vocabulary]
    known = [round(float(one) * 10) for one in said if one is not None]
    return len(known) > 1 and sum(known) != 1000


def test_regions_without_vocabulary_are_of_the_first_one() -> None:
    file = fragments.activity(
        fragments.shares("recipient-region", "50")
        + fragments.shares("recipient-region", "40", more=fragments.DAC)
    )
    assert "3.4.2" in ours(file)


def test_every_date_is_judged_not_only_the_first() -> None:
    file = fragments.activity(
        fragments.transaction('<transaction-date iso-date="2020-01-01"/>')
        + fragments.transaction('<transaction-date iso-date="2030-01-01"/>')
    )
    assert "11.2.1" in ours(file)


def test_a_text_of_blanks_is_no_text() -> None:
    assert "4.3.1" in ours(fragments.activity("<title><narrative>  </narrative></title>"))


def test_without_today_the_future_is_not_checked_and_never_passed() -> None:
    file = fragments.BREAKING["11.1.4"][0]
    found = list(judge(open_document(file), RULESET, Given(None, fragments.AGENCIES)))
    told = [one for one in found if one.severity == "not checked"]
    assert "11.1.4" in told[0].message_es
    assert "11.1.4" not in {one.rule for one in found}
