"""An XLSForm examined cell by cell, before it is converted: every fault at once, each in its place.

pyxform stops at the first fault and often says it without a row; conditions it does not read. What
is found here is found all together; pyxform and the XForm it makes have the last word afterwards.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digna.registry.sheets import Sheet
from digna.surveys.reading import expressions, kinds
from digna.surveys.reading.faults import Fault

NAME = re.compile(r"^[A-Za-z_À-ÿ][\w.À-ÿ-]*$")
FORM_ID = re.compile(r"^[A-Za-z_][\w.-]{0,99}$")
CONDITIONS = {
    "relevant": "relevant", "relevance": "relevant", "constraint": "constraint",
    "calculation": "calculation", "choice_filter": "choice_filter", "repeat_count": "repeat_count",
    "bind::relevant": "relevant", "bind::constraint": "constraint",
    "bind::calculate": "calculation",
}  # fmt: skip
ANSWERS_YES_NO = ("required", "readonly", "read_only")
YES_NO = {"", "yes", "no", "true", "false", "true()", "false()", "si", "sí", "1", "0"}
MOST_FAULTS = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the sheet, and its cells by the column's name in lower case."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def check(sheets: Sequence[Sheet]) -> list[Fault]:
    """Return what is wrong with a workbook, in the order of its sheets."""
    by_name = {sheet.name.strip().lower(): sheet for sheet in sheets}
    survey = by_name.get("survey")
    if survey is None:
        near = difflib.get_close_matches("survey", list(by_name), 1, 0.6)
        return [Fault("no_survey", sheet="survey", near=near[0] if near else "")]
    rows, lists = table(survey), _lists(by_name.get("choices"))
    found = [
        *_headers(survey),
        *_survey(rows, lists, set(by_name)),
        *_choices(by_name.get("choices")),
        *_settings(by_name.get("settings")),
        *(Fault("entities", sheet="entities") for _ in [1] if "entities" in by_name),
    ]
    return found[:MOST_FAULTS]


def table(sheet: Sheet | None) -> list[Row]:
    """Return the rows of a sheet under its header, empty ones left out."""
    if sheet is None or not sheet.rows:
        return []
    header = [" ".join(cell.split()).lower() for cell in sheet.rows[0]]
    rows = []
    for number, cells in enumerate(sheet.rows[1:], start=2):
        told = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}
        if any(told.values()):
            rows.append(Row(number, told))
    return rows


def _headers(survey: Sheet) -> Iterator[Fault]:
    header = {" ".join(cell.split()).lower() for cell in survey.rows[0]}
    for wanted in ("type", "name"):
        if wanted not in header:
            yield Fault("column", sheet="survey", row=1, value=wanted)
    if not any(re.match(r"label(::|:|$)", name) for name in header):
        yield Fault("column", sheet="survey", row=1, value="label")


def _survey(
    rows: Sequence[Row], lists: Mapping[str, set[str]], sheets: set[str]
) -> Iterator[Fault]:
    named = [row for row in rows if row["name"]]
    known = {row["name"] for row in named}
    if not [row for row in rows if row["type"] and not kinds.BLOCKS.match(row["type"])]:
        yield Fault("no_questions", sheet="survey")
    yield from _blocks(rows)
    for row in rows:
        yield from _kind(row, lists, sheets)
        yield from _name(row)
        yield from _conditions(row, known)


def _kind(row: Row, lists: Mapping[str, set[str]], sheets: set[str]) -> Iterator[Fault]:
    told = row["type"]
    where: dict[str, Any] = {"sheet": "survey", "row": row.number, "column": "type", "value": told}
    if not told:
        yield Fault("no_type", **where)
        return
    if kinds.BLOCKS.match(told):
        return
    kind = kinds.named(told)
    if kind in kinds.REFUSED:
        yield Fault("unsupported_type", **{**where, "value": kind})
    elif kind not in kinds.TAKEN:
        near = difflib.get_close_matches(kind, list(kinds.TAKEN), 1, 0.5)
        yield Fault("unknown_type", near=near[0] if near else "", **where)
    elif kinds.TAKEN[kind] in kinds.LISTED:
        yield from _list(row, kind, lists, sheets)


def _list(row: Row, kind: str, lists: Mapping[str, set[str]], sheets: set[str]) -> Iterator[Fault]:
    name = kinds.list_of(row["type"])
    where: dict[str, Any] = {"sheet": "survey", "row": row.number, "column": "type"}
    if not name:
        yield Fault("no_list_named", value=row["type"], **where)
    elif kind.endswith("_from_file"):
        if not name.lower().endswith(".csv"):
            yield Fault("file_kind", value=name, **where)
    elif not expressions.references(name) and name not in lists:
        near = difflib.get_close_matches(name, list(lists), 1, 0.5)
        code = "no_list" if "choices" in sheets else "no_choices"
        yield Fault(code, value=name, near=near[0] if near else "", **where)


def _name(row: Row) -> Iterator[Fault]:
    told = row["name"]
    where: dict[str, Any] = {"sheet": "survey", "row": row.number, "column": "name"}
    is_end = row["type"].lower().startswith("end")
    if told and not NAME.match(told):
        yield Fault("name", value=told, **where)
    elif not told and row["type"] and not is_end:
        yield Fault("no_name", value=row["type"], **where)


def _blocks(rows: Sequence[Row]) -> Iterator[Fault]:
    """Say which begin has no end, which end no begin, and what is named twice in one place."""
    open_blocks: list[tuple[str, Row, set[str]]] = [("", Row(0, {}), set())]
    for row in rows:
        found = kinds.BLOCKS.match(row["type"])
        if found and found.group(1).lower() == "end":
            if open_blocks[-1][0] != found.group(2).lower():
                yield Fault("unmatched", "survey", row.number, "type", row["type"])
                return
            open_blocks.pop()
            continue
        taken, name = open_blocks[-1][2], row["name"]
        if name and name in taken:
            yield Fault("twice", "survey", row.number, "name", name)
        taken.add(name)
        if found:
            open_blocks.append((found.group(2).lower(), row, set()))
    for _kind, row, _taken in open_blocks[1:]:
        yield Fault("unmatched", "survey", row.number, "type", row["type"])


def _conditions(row: Row, known: set[str]) -> Iterator[Fault]:
    for column, cell in row.cells.items():
        is_condition = column in CONDITIONS or (
            column in ANSWERS_YES_NO and cell.lower() not in YES_NO
        )
        if cell and is_condition:
            yield from _condition(row.number, column, cell, known)
        elif cell and column.startswith(
            ("label", "hint", "constraint_message", "required_message")
        ):
            yield from _references(row.number, column, cell, known)


def _condition(row: int, column: str, cell: str, known: set[str]) -> Iterator[Fault]:
    where: dict[str, Any] = {"sheet": "survey", "row": row, "column": column}
    yield from _references(row, column, cell, known)
    if not expressions.is_sound(cell):
        yield Fault("expression", value=cell[:200], **where)
        return
    for name in expressions.unknown_functions(cell):
        near = difflib.get_close_matches(name, expressions.FUNCTIONS, 1, 0.6)
        yield Fault("function", value=name, near=near[0] if near else "", **where)


def _references(row: int, column: str, cell: str, known: set[str]) -> Iterator[Fault]:
    for name in expressions.references(cell):
        if name and name not in known:
            near = difflib.get_close_matches(name, list(known), 1, 0.6)
            yield Fault("reference", "survey", row, column, name, near[0] if near else "")


def _lists(sheet: Sheet | None) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in table(sheet):
        name = row["list_name"] or row["list name"]
        if name:
            found.setdefault(name, set()).add(row["name"] or row["value"])
    return found


def _choices(sheet: Sheet | None) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    rows = table(sheet)
    duplicates_allowed = False
    for row in rows:
        where: dict[str, Any] = {"sheet": "choices", "row": row.number}
        list_name, name = row["list_name"] or row["list name"], row["name"] or row["value"]
        if not list_name:
            yield Fault("choice_without_list", column="list_name", value=name, **where)
        elif not name:
            yield Fault("choice_without_name", column="name", **where)
        elif " " in name:
            yield Fault("choice_with_space", column="name", value=name, **where)
        elif (list_name, name) in seen and not duplicates_allowed:
            yield Fault("choice_twice", column="name", value=name, **where)
        seen.add((list_name, name))
        labels = [c for n, c in row.cells.items() if re.match(r"label(::|:|$)", n)]
        if list_name and not any(labels):
            yield Fault("choice_without_label", column="label", value=name, **where)


def _settings(sheet: Sheet | None) -> Iterator[Fault]:
    rows = table(sheet)
    told = rows[0] if rows else Row(2, {})
    form_id = told["form_id"] or told["id_string"]
    where: dict[str, Any] = {"sheet": "settings", "row": told.number}
    if not form_id:
        yield Fault("no_form_id", column="form_id", **where)
    elif not FORM_ID.match(form_id):
        yield Fault("form_id", column="form_id", value=form_id, **where)
    if told["public_key"]:
        yield Fault("encrypted", column="public_key", **where)


def first(rows: Iterable[Row]) -> Row:
    """Return the first row; an empty one where there is none."""
    return next(iter(rows), Row(2, {}))
