"""Declarations: every fault at once, where it is, in both languages."""

from typing import Any

import pytest

from digna_engines.errors import DeclarationError
from digna_engines.indicators import Cohort, Condition, Indicator, check
from engines.indicators import attendance

SOUND: dict[str, Any] = {
    "code": "women",
    "source": "attendance",
    "measure": "share",
    "unit": "personas",
    "of": "person",
    "on": "on",
    "where": [{"column": "status", "op": "in", "value": ["present", "excused"]}],
    "meets": [{"column": "sex", "op": "eq", "value": "mujer"}],
    "disaggregate": {"departamento": "department"},
    "cohort": {"source": "attendance", "of": "person"},
}


def paths(**changed: Any) -> dict[str, str]:
    with pytest.raises(DeclarationError) as caught:
        Indicator.from_mapping({**SOUND, **changed})
    assert all(fault.message_es != fault.message_en for fault in caught.value.faults)
    return {fault.path: fault.code.removeprefix("declaration.") for fault in caught.value.faults}


def test_a_sound_declaration_is_read_whole() -> None:
    one = Indicator.from_mapping({**SOUND, "title": "Mujeres"}, ignore={"title"})
    assert one.where == (Condition("status", "in", ("present", "excused")),)
    assert one.cohort == Cohort("attendance", "person")
    assert (one.direction, one.semantics, one.counts_units) == ("ascending", "incremental", True)
    assert check(one, {"attendance": attendance.SCHEMA}) == ()


def test_all_faults_come_at_once_with_their_path() -> None:
    found = paths(
        code=None,
        measure="average",
        unit=" ",
        colour="red",
        where=[{"column": "x", "op": "is", "value": 1}, {"op": "eq"}, 7],
        cohort={"source": "people"},
        disaggregate="sex",
    )
    assert found == {
        "code": "missing",
        "measure": "not_a_choice",
        "unit": "not_text",
        "colour": "unknown_key",
        "where[0].op": "not_a_choice",
        "where[1].column": "missing",
        "where[2]": "not_a_mapping",
        "cohort.of": "missing",
        "disaggregate": "not_a_list",
    }


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ({"column": "sex", "op": "eq"}, "one_value"),
        ({"column": "sex", "op": "eq", "value": ["a"]}, "one_value"),
        ({"column": "sex", "op": "in", "value": []}, "not_a_list"),
        ({"column": "sex", "op": "is_missing", "value": 1}, "value_not_used"),
    ],
)
def test_a_condition_takes_what_its_operator_takes(condition: Any, code: str) -> None:
    assert paths(where=[condition]) == {"where[0].value": code}


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"meets": []}, "meets"),
        ({"measure": "unique"}, "meets"),
        ({"value": "hours"}, "value"),
        ({"semantics": "snapshot", "on": None}, "semantics"),
        ({"among": [{"column": "sex", "op": "is_present"}]}, "among"),
        ({"measure": "count", "meets": []}, "of"),
    ],
)
def test_a_field_that_would_be_lacking_or_ignored_is_a_fault(
    changed: dict[str, Any], path: str
) -> None:
    assert list(paths(**changed)) == [path]


def test_against_its_table_every_misfit_is_found() -> None:
    one = Indicator(
        "x",
        "attendance",
        "ratio",
        "Bs",
        value="sex",
        per="nothing",
        on="hours",
        where=(
            Condition("on", "ge", "not a date"),
            Condition("sex", "gt", "a"),
            Condition("who", "eq", 1),
        ),
        disaggregate={"edad": "age"},
        cohort=Cohort("nowhere", "sex"),
    )
    found = {fault.path: fault.code for fault in check(one, {"attendance": attendance.SCHEMA})}
    assert found == {
        "value": "declaration.wrong_type",
        "per": "declaration.unknown_column",
        "on": "declaration.wrong_type",
        "where[0].value": "value.wrong_type",
        "where[1].op": "declaration.no_order",
        "where[2].column": "declaration.unknown_column",
        "disaggregate.edad": "declaration.not_a_dimension",
        "cohort.source": "declaration.unknown_table",
    }


def test_unique_of_something_that_is_no_key() -> None:
    one = Indicator("x", "attendance", "unique", "personas", of="sex")
    codes = [fault.code for fault in check(one, {"attendance": attendance.SCHEMA})]
    assert codes == ["declaration.not_a_key"]
