"""Reading a spreadsheet that somebody sent: xlsx, ods or csv into rows of text. Pure.

What could hurt is refused before it is opened: bombs, huge sheets, files that are not what they
say. Cells come out as the text a person sees; numbers that are whole lose their «.0», dates
become ISO.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 120 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_ROWS = 50_000
MAX_COLUMNS = 200
# What a spreadsheet program would run as a formula when the exported list is opened again.
FORMULA = re.compile(r"^[=＝@＠\t\r]|^[+-](?![\d\s().-]*$)")


class UnreadableSheet(ValueError):
    """The file cannot be read as a spreadsheet; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its rows of text, the first row being row 1 of the sheet."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read(name: str, content: bytes) -> list[Sheet]:
    """Return the sheets of a file.

    Raises:
        UnreadableSheet: `too_big`, `bomb`, `not_a_spreadsheet`, `too_many_rows`, `empty`.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableSheet("too_big")
    if name.lower().endswith((".csv", ".txt", ".tsv")):
        sheets = [Sheet("", tuple(_csv_rows(content)))]
    else:
        sheets = _workbook(content)
    sheets = [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]
    if not sheets:
        raise UnreadableSheet("empty")
    if any(len(sheet.rows) > MAX_ROWS for sheet in sheets):
        raise UnreadableSheet("too_many_rows")
    return sheets


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program would run the text. «+591 712…» and «-5» would not.

    >>> [looks_like_formula(t) for t in ("=1+1", "@SUM(A1)", "+591 71234567", "-5", "-2+3+cmd|x")]
    [True, True, False, False, True]
    """
    return FORMULA.match(text) is not None


def defused(text: str) -> str:
    """Return text that is safe in a csv that somebody opens: quoted with ' where it must be.

    The importer takes the quote off again, so that an export re-imports unchanged.
    """
    return f"'{text}" if looks_like_formula(text) else text


def address(column: int, row: int) -> str:
    """Return the address of a cell; columns from 0, rows from 1.

    >>> address(0, 1), address(27, 14)
    ('A1', 'AB14')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _workbook(content: bytes) -> list[Sheet]:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise UnreadableSheet("not_a_spreadsheet")
    try:
        _refuse_bombs(content)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            Sheet(name, tuple(_workbook_rows(book.get_sheet_by_name(name))))
            for name in book.sheet_names
        ]
    except (python_calamine.CalamineError, zipfile.BadZipFile, KeyError) as broken:
        raise UnreadableSheet("not_a_spreadsheet") from broken


def _refuse_bombs(content: bytes) -> None:
    """Refuse what unpacks to too much, by measuring and not by what the archive claims."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
            raise UnreadableSheet("bomb")
        left = MAX_UNPACKED
        for member in members:
            with archive.open(member) as stream:
                widest = 0
                while chunk := stream.read(1 << 20):
                    left -= len(chunk)
                    widest = max(widest, _furthest(chunk))
                    if left < 0 or widest > MAX_ROWS * 2:
                        raise UnreadableSheet("bomb")


def _furthest(chunk: bytes) -> int:
    """Return how far a piece of a sheet reaches: its last row, or a column far to the right.

    One cell at XFD1048576 makes a reader fill seventeen thousand million others.
    """
    furthest = 0
    for letters, digits in re.findall(rb'\br="([A-Z]{1,3})(\d{1,7})"', chunk):
        if len(letters) == 3:
            return MAX_ROWS * 3
        furthest = max(furthest, int(digits))
    return furthest


def _workbook_rows(sheet: "python_calamine.CalamineSheet") -> Iterator[tuple[str, ...]]:
    start_row, start_column = sheet.start or (0, 0)
    for _ in range(start_row):
        yield ()
    for number, row in enumerate(sheet.iter_rows()):
        if number > MAX_ROWS:
            raise UnreadableSheet("too_many_rows")
        yield ("",) * start_column + tuple(_text(value) for value in row[:MAX_COLUMNS])


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "Sí" if value else "No"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        is_day = value.time() == time(0)
        return value.date().isoformat() if is_day else value.isoformat(sep=" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return " ".join(str(value).split()) if value is not None else ""


def _csv_rows(content: bytes) -> Iterator[tuple[str, ...]]:
    text = _decoded(content)
    first = "\n".join(text.splitlines()[:20])
    delimiter = max(";,\t|", key=lambda sign: _evenness(first, sign))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(reader):
            if number > MAX_ROWS:
                raise UnreadableSheet("too_many_rows")
            yield tuple(_unquoted(" ".join(cell.split())) for cell in row[:MAX_COLUMNS])
    except csv.Error as broken:
        raise UnreadableSheet("not_a_spreadsheet") from broken


def _decoded(content: bytes) -> str:
    if b"\0" in content[:4096]:
        raise UnreadableSheet("not_a_spreadsheet")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _evenness(text: str, sign: str) -> tuple[int, int]:
    """How well a sign divides the lines: on how many lines, and how often in all."""
    lines = [line for line in text.splitlines() if line.strip()]
    return sum(sign in line for line in lines), text.count(sign)


def _unquoted(cell: str) -> str:
    """Take off the quote that `defused` put on."""
    return cell[1:] if cell.startswith("'") and looks_like_formula(cell[1:]) else cell


def blank(row: Sequence[str]) -> bool:
    """Whether a row says nothing."""
    return not any(cell.strip() for cell in row)
