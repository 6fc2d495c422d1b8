"""A list of people to be given cards: pasted lines or a small spreadsheet, into names and numbers.

Columns are found by their heading; without a heading, by what they hold: an «@» is an e-mail, a
telephone number a phone, words a name. Every problem is found at once, with its row. Pure.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import python_calamine

from digna.accounts import folding, phones

MAX_BYTES = 1024 * 1024
MAX_UNPACKED = 20 * 1024 * 1024
MAX_ROWS = 200
MAX_COLUMNS = 20

HEADINGS = {
    "name": {"nombre", "nombres", "nombre completo", "nombre y apellido", "nombres y apellidos",
             "name", "full name"},
    "surnames": {"apellido", "apellidos", "surname", "surnames"},
    "phone": {"celular", "telefono", "whatsapp", "phone", "movil", "nro de celular"},
    "email": {"correo", "correo electronico", "email", "e-mail", "mail"},
}  # fmt: skip
EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")


class UnreadableList(ValueError):
    """The file is not a list; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of the list, with the row it stands on and what is wrong with it."""

    row: int
    name: str
    phone: str | None
    email: str | None
    problems: tuple[str, ...] = ()


def from_file(name: str, content: bytes) -> str:
    """Return a spreadsheet's first sheet as lines with tabs, as if it had been pasted.

    Raises:
        UnreadableList: `too_big`, `bomb`, `not_a_list`.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableList("too_big")
    if name.lower().endswith((".csv", ".txt", ".tsv")):
        return _decoded(content)
    return "\n".join("\t".join(row) for row in _workbook(content))


def people(text: str) -> list[Listed]:
    """Return everybody on the list.

    Raises:
        UnreadableList: `empty`, `too_many`.
    """
    rows = [(number, cells) for number, cells in enumerate(_cells(text), start=1) if any(cells)]
    columns = _columns(rows[0][1]) if rows else {}
    if columns:
        rows = rows[1:]
    if not rows:
        raise UnreadableList("empty")
    if len(rows) > MAX_ROWS:
        raise UnreadableList("too_many")
    listed = [
        _person(number, _by_heading(cells, columns) if columns else _by_content(cells))
        for number, cells in rows
    ]
    return _with_repeats(listed)


def _cells(text: str) -> Iterator[list[str]]:
    lines = text.strip("\r\n").splitlines()
    sample = "\n".join(lines[:20])
    delimiter = next((sign for sign in "\t;|" if sign in sample), ",")
    for cells in csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter):
        yield [" ".join(cell.split()) for cell in cells[:MAX_COLUMNS]]


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Return where each thing stands, when the row is a heading that names at least the name."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        said = folding.fold(cell).strip(" .:*")
        for what, words in HEADINGS.items():
            if said in words:
                found.setdefault(what, place)
    return found if "name" in found else {}


def _by_heading(cells: Sequence[str], columns: dict[str, int]) -> dict[str, str]:
    values = {what: cells[place] if place < len(cells) else "" for what, place in columns.items()}
    names = (values.get("name", ""), values.get("surnames", ""))
    return {**values, "name": " ".join(part for part in names if part)}


def _by_content(cells: Sequence[str]) -> dict[str, str]:
    values = {"name": "", "phone": "", "email": ""}
    for cell in cells:
        digits = re.sub(r"\D", "", cell)
        if "@" in cell:
            values["email"] = values["email"] or cell
        elif len(digits) >= 7:
            values["phone"] = values["phone"] or cell
        elif not digits:
            values["name"] = f"{values['name']} {cell}".strip()
    return values


def _person(row: int, values: dict[str, str]) -> Listed:
    problems = []
    name, email = values["name"], values.get("email", "").lower() or None
    if not re.search(r"[^\W\d_]", name):
        problems.append("name.missing")
    if len(name) > 120:
        problems.append("name.long")
    if email is not None and not EMAIL.fullmatch(email):
        problems.append("email.wrong")
    try:
        phone = phones.e164(values.get("phone", ""))
    except phones.Unreadable:
        phone = None
        problems.append("phone.wrong")
    return Listed(row, name, phone, email, tuple(problems))


def _with_repeats(listed: Sequence[Listed]) -> list[Listed]:
    """Mark who is on the list a second time: same phone, same e-mail, or same name and neither."""
    seen: set[tuple[str, str]] = set()
    result = []
    for person in listed:
        keys = {("phone", person.phone or ""), ("email", person.email or "")}
        keys = {key for key in keys if key[1]} or {("name", folding.fold(person.name))}
        problems = (*person.problems, "repeated") if keys & seen else person.problems
        seen |= keys
        result.append(Listed(person.row, person.name, person.phone, person.email, problems))
    return result


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise UnreadableList("not_a_list")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _workbook(content: bytes) -> Iterator[list[str]]:
    try:
        _refuse_bombs(content)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(nrows=MAX_ROWS + 10)
    except (python_calamine.CalamineError, zipfile.BadZipFile, IndexError) as broken:
        raise UnreadableList("not_a_list") from broken
    return ([_text(value) for value in row[:MAX_COLUMNS]] for row in rows)


def _refuse_bombs(content: bytes) -> None:
    """Measure what the archive unpacks to, and refuse a sheet that claims a far corner.

    A single cell at XFD1048576 would make a reader fill seventeen thousand million others.
    """
    left = MAX_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            with archive.open(member) as stream:
                data = stream.read(left + 1)
            left -= len(data)
            if left < 0 or re.search(rb'\br="(?:[A-Z]{3}\d|[A-Z]{1,2}\d{5})', data):
                raise UnreadableList("bomb")


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split()) if value is not None else ""
