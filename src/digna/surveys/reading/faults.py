"""What is wrong with an XLSForm, and in which cell: codes and facts, told in words elsewhere."""

import re
from dataclasses import dataclass, field
from typing import Any

COLUMN = re.compile(r"the '([\w:]+)' value")
SHEET = re.compile(r"[Oo]n the '(\w+)' sheet|sheet: '(\w+)'")
ROW = re.compile(r"\[row : (\d+)\]")

# pyxform says many things in words alone: the beginning of a sentence tells which it is.
SPOKEN = (
    (re.compile(r"Unknown question type '(?P<value>[^']*)'"), "unknown_type"),
    (re.compile(r"Unmatched '(?:begin|end)_(?P<value>\w+)'"), "unmatched"),
    (re.compile(r"must be unique within their nearest parent"), "twice"),
    (re.compile(r"Repeat names must unique anywhere"), "twice"),
    (re.compile(r"Choice names must be unique"), "choice_twice"),
    (re.compile(r"Choices must have a name"), "choice_without_name"),
    (re.compile(r"Choices should have a label"), "choice_without_label"),
    (re.compile(r"Names must begin with a letter"), "name"),
    (re.compile(r"Could not find the name '(?P<value>[^']*)'"), "reference"),
    (re.compile(r"The name '(?P<value>[^']*)' appears more than once"), "reference_twice"),
    (re.compile(r"Reference variables must start"), "reference_form"),
    (re.compile(r"required column headers were not found: (?P<value>.*?)\. Learn"), "column"),
    (re.compile(r"different names for the same column"), "column_twice"),
    (re.compile(r"There should be a choices sheet"), "no_choices"),
    (re.compile(r"List name not in choices sheet: (?P<value>\S+)"), "no_list"),
    (re.compile(r"Question or group with no name"), "no_name"),
    (re.compile(r"Question with no type"), "no_type"),
    (re.compile(r"Missing calculation"), "no_calculation"),
    (re.compile(r"accepted parameter keys"), "parameter"),
    (re.compile(r"'parameters' value is invalid"), "parameter"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong.

    Attributes:
        code: what it is; the words for it are in `digna.surveys.faults_told`.
        sheet, row, column: the cell, as a spreadsheet names it ("" and 0: the whole sheet or file).
        value: what the cell says, or the name that is missing.
        near: what might have been meant.
        original: pyxform's own sentence, where it found the fault.
        is_warning: the form works; it could be better.
    """

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    near: str = ""
    original: str = ""
    is_warning: bool = False
    extra: dict[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in told.items() if value}


def read(told: dict[str, Any]) -> Fault:
    """Return a fault from what JSON kept."""
    return Fault(**told)


def of_sentence(sentence: str, *, is_warning: bool = False) -> Fault:
    """Return the fault that a sentence of pyxform tells."""
    code, value = "other", ""
    for pattern, name in SPOKEN:
        found = pattern.search(sentence)
        if found:
            code, value = name, found.groupdict().get("value") or ""
            break
    row, column, sheet = ROW.search(sentence), COLUMN.search(sentence), SHEET.search(sentence)
    return Fault(
        code=code,
        sheet=next((s for s in sheet.groups() if s), "") if sheet else "survey" if row else "",
        row=int(row.group(1)) if row else 0,
        column=column.group(1) if column else "",
        value=value,
        original=sentence,
        is_warning=is_warning,
    )
