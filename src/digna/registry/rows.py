"""One row of a sheet, read: what it says in the register's terms, and every problem by cell. Pure.

A problem of level «error» keeps the row out until it is corrected; a «warning» is listed and the
row goes in without that value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from rapidfuzz import fuzz, process

from digna.registry import identifiers, names, sheets

ERROR, WARNING = "error", "warning"
TOTALS = ("total", "subtotal", "suma", "totales")
TALLIED = ("mujeres", "hombres", "varones", "femenino", "masculino", "presentes", "ausentes")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in one cell: where, what the cell says, and a code for the sentence."""

    cell: str
    column: str
    code: str
    text: str
    level: str = ERROR
    hint: str = ""

    def plain(self) -> dict[str, str]:
        """Return it as it is stored."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Known:
    """The reference facts that cells are read against: folded name → code."""

    places: Mapping[str, tuple[str, ...]]
    organisations: Mapping[str, str] = field(default_factory=dict)
    sectors: Mapping[str, str] = field(default_factory=dict)
    legal_forms: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Reading:
    """A row being read: its cells, its values so far, its problems so far."""

    number: int
    cells: Sequence[str]
    header: Sequence[str]
    columns: Mapping[str, int]
    known: Known
    on: date
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return the cell of a field, "" where the sheet has no such column."""
        column = self.columns.get(name)
        if column is None or column >= len(self.cells):
            return ""
        return self.cells[column].strip()

    def fault(self, name: str, code: str, *, level: str = ERROR, hint: str = "") -> None:
        """Note a problem in the cell of a field."""
        column = self.columns.get(name, 0)
        heading = self.header[column] if column < len(self.header) else ""
        where = sheets.address(column, self.number)
        self.problems.append(Problem(where, heading, code, self.text(name), level, hint))

    def take(self, name: str, read: Callable[[str], Any], *, level: str = ERROR) -> None:
        """Read a field's cell with `read`, or note why it cannot be."""
        try:
            value = read(self.text(name))
        except identifiers.Unreadable as unreadable:
            self.fault(name, unreadable.code, level=level)
            return
        if value is not None:
            self.values[name] = value


def is_totals(cells: Sequence[str]) -> bool:
    """Whether a row is the sum at the foot of a list, not a person.

    A count by sex under the total is one too: a tallied word with nothing beside it but numbers.

    >>> is_totals(["", "TOTAL PARTICIPANTES", "31"]), is_totals(["1", "Rosa Total"])
    (True, False)
    >>> is_totals(["", "Mujeres", "", "27"]), is_totals(["Mujeres", "Unidas", "71234567"])
    (True, False)
    """
    said = [names.fold(cell) for cell in cells if cell.strip()]
    first = said[0].split(" ")[0].rstrip(":") if said else ""
    is_tally = first in TALLIED and all(
        cell.replace("%", "").strip().isdigit() for cell in said[1:]
    )
    return first in TOTALS or is_tally


def read_person(reading: Reading) -> Reading:
    """Read a row of a list of people."""
    _refuse_formulas(reading)
    _read_name(reading)
    reading.take("sex", identifiers.sex, level=WARNING)
    reading.take("document", identifiers.document)
    reading.take("phone", identifiers.phone)
    reading.take("email", _email)
    reading.take("birth_date", identifiers.day)
    _read_birth_year(reading)
    _read_place(reading)
    reading.take("constituency", _constituency, level=WARNING)
    _read_organisation(reading)
    _check_birth(reading)
    return reading


def read_enterprise(reading: Reading) -> Reading:
    """Read a row of a list of firms."""
    _refuse_formulas(reading)
    name, legal_name = reading.text("name"), reading.text("legal_name")
    if not (name or legal_name):
        reading.fault("name" if "name" in reading.columns else "legal_name", "name.missing")
    reading.values |= {"name": name or legal_name, "legal_name": legal_name}
    reading.take("nit", identifiers.nit)
    reading.take("phone", identifiers.phone)
    reading.take("email", _email)
    for kind in ("workers_women", "workers_men"):
        reading.take(kind, _head_count)
    reading.take("annual_sales", number)
    reading.take("is_formal", _yes_no, level=WARNING)
    reading.take("founded_on", _day_or_year, level=WARNING)
    _read_place(reading)
    _read_known(reading, "sector", reading.known.sectors)
    _read_known(reading, "legal_form", reading.known.legal_forms)
    return reading


def _refuse_formulas(reading: Reading) -> None:
    for column, text in enumerate(reading.cells):
        if sheets.looks_like_formula(text):
            where = sheets.address(column, reading.number)
            heading = reading.header[column] if column < len(reading.header) else ""
            reading.problems.append(Problem(where, heading, "formula", text))


def _read_name(reading: Reading) -> None:
    given, surnames = reading.text("given_names"), reading.text("surnames")
    parts = (reading.text("first_surname"), reading.text("second_surname"))
    surnames = surnames or " ".join(part for part in parts if part)
    whole = reading.text("full_name") or reading.text("full_name_reversed")
    column = next(
        (n for n in ("full_name", "full_name_reversed", "given_names") if n in reading.columns),
        "full_name",
    )
    if whole:
        is_reversed = not reading.text("full_name")
        given, surnames = names.split(whole, "surnames_first" if is_reversed else "given_first")
    if not given and not surnames:
        reading.fault(column, "name.missing")
    elif any(c.isdigit() for c in given + surnames):
        reading.fault(column, "name.digits")
    elif not surnames or not given:
        reading.fault(column, "name.one_word", level=WARNING)
    reading.values["given_names"] = names.cased(given or surnames)
    reading.values["surnames"] = names.cased(surnames) if given else ""


def _read_birth_year(reading: Reading) -> None:
    for name, offset in (("birth_year", 0), ("age", reading.on.year)):
        text = reading.text(name)
        if identifiers.is_blank(text):
            continue
        if not text.isdigit():
            reading.fault(name, "number.unreadable", level=WARNING)
            continue
        reading.values["birth_year"] = abs(offset - int(text))


def _check_birth(reading: Reading) -> None:
    born = reading.values.get("birth_date")
    year = born.year if born is not None else reading.values.get("birth_year")
    if year is None:
        return
    if not 5 <= reading.on.year - year <= 110:
        name = next(
            (n for n in ("birth_date", "birth_year", "age") if reading.text(n)), "birth_date"
        )
        reading.fault(name, "birth.implausible")


def _read_place(reading: Reading) -> None:
    text = reading.text("place")
    if identifiers.is_blank(text):
        return
    codes = reading.known.places.get(names.fold(text))
    if codes is None:
        near = process.extractOne(
            names.fold(text), reading.known.places, scorer=fuzz.ratio, score_cutoff=75
        )
        reading.fault("place", "place.unknown", level=WARNING, hint=near[2] if near else "")
        return
    wants_department = "departamento" in names.fold(reading.header[reading.columns["place"]])
    reading.values["place"] = codes[0] if wants_department else codes[-1]


CONSTITUENCIES = {
    "employers": ("empleador", "empresa", "empresari", "patronal", "camara", "employer"),
    "workers": ("trabajador", "sindic", "obrer", "laboral", "worker"),
    "government": ("gobierno", "estado", "public", "minister", "municip", "government"),
    "other": ("otro", "otra", "sociedad civil", "ong", "academia", "universidad", "cooperacion"),
}


def _constituency(text: str) -> str | None:
    if identifiers.is_blank(text):
        return None
    folded = names.fold(text)
    for code, stems in CONSTITUENCIES.items():
        if folded == code or any(stem in folded for stem in stems):
            return code
    raise identifiers.Unreadable("constituency.unknown", text)


def _read_organisation(reading: Reading) -> None:
    text = reading.text("organisation")
    if identifiers.is_blank(text):
        return
    code = _closest(text, reading.known.organisations)
    if code is not None:
        reading.values["organisation"] = code
    else:
        reading.values["organisation_name"] = " ".join(text.split())


def _read_known(reading: Reading, name: str, known: Mapping[str, str]) -> None:
    text = reading.text(name)
    if identifiers.is_blank(text):
        return
    code = _closest(text, known, cutoff=82)
    if code is None:
        reading.fault(name, f"{name}.unknown", level=WARNING)
    else:
        reading.values[name] = code


def _closest(text: str, known: Mapping[str, str], cutoff: int = 93) -> str | None:
    folded = names.fold(text)
    if folded in known:
        return known[folded]
    found = process.extractOne(folded, known.keys(), scorer=fuzz.ratio, score_cutoff=cutoff)
    return known[found[0]] if found is not None else None


def _email(text: str) -> str | None:
    if identifiers.is_blank(text):
        return None
    cleaned = text.replace(" ", "").lower()
    local, at, domain = cleaned.partition("@")
    if not (local and at and "." in domain.strip(".")) or "@" in domain:
        raise identifiers.Unreadable("email.form", text)
    return cleaned


def number(text: str) -> Decimal | None:
    """Return a number written «1.234,50», «1,234.50» or «1234.5», with or without «Bs».

    >>> [str(number(t)) for t in ("1.234,50", "Bs 1,234.50", "1234.5", "12.000", "s/d")]
    ['1234.50', '1234.50', '1234.5', '12000', 'None']
    """
    if identifiers.is_blank(text):
        return None
    bare = names.fold(text).replace("bs", "").strip(". ").replace(" ", "")
    if "," in bare and "." in bare:
        thousands = "." if bare.rindex(",") > bare.rindex(".") else ","
        bare = bare.replace(thousands, "").replace(",", ".")
    elif "," in bare:
        bare = _one_mark(bare, ",")
    elif "." in bare:
        bare = _one_mark(bare, ".")
    try:
        value = Decimal(bare)
    except InvalidOperation:
        raise identifiers.Unreadable("number.unreadable", text) from None
    if value < 0 or not value.is_finite():
        raise identifiers.Unreadable("number.negative", text)
    return value


def _head_count(text: str) -> Decimal | None:
    value = number(text)
    if value is not None and value != value.to_integral_value():
        raise identifiers.Unreadable("number.not_whole", text)
    return value


def _one_mark(bare: str, mark: str) -> str:
    """A single mark before exactly three digits, or several marks, part thousands."""
    head, *groups = bare.split(mark)
    is_thousands = all(len(group) == 3 for group in groups) and 0 < len(head) <= 3 and head != "0"
    return bare.replace(mark, "" if is_thousands else ".")


def _yes_no(text: str) -> bool | None:
    if identifiers.is_blank(text):
        return None
    folded = names.fold(text)
    if folded in {"si", "s", "x", "formal", "yes", "1", "verdadero"}:
        return True
    if folded in {"no", "n", "informal", "0", "falso"}:
        return False
    raise identifiers.Unreadable("yes_no.unknown", text)


def _day_or_year(text: str) -> date | None:
    if text.isdigit() and 1850 <= int(text) <= 2100:
        return date(int(text), 1, 1)
    return identifiers.day(text)
