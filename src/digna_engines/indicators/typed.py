"""Values as people write them in logframes and reports, with the type they had when written.

«35 (60%F)» is 35 people and a share of women as somebody rounded it: the share is kept as written
and never turned into a number of women, because 157, 158 and 159 of 263 all print as 60 %.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NoReturn

from digna_engines.errors import NotAddableError, UnreadableError
from digna_engines.values import Number, quotient

Kind = Literal["count", "number", "percent", "ratio", "money", "text", "missing"]


@dataclass(frozen=True)
class Part:
    """One of several amounts in a cell: ``50`` for «M1»."""

    label: str
    amount: Decimal


@dataclass(frozen=True)
class TypedValue:
    """A cell of a logframe.

    Symbols: ``amount`` in units (``count``, ``number``), hundredths (``percent``), quotient
    (``ratio``, ``None`` on a zero base) or ``currency`` (``money``); ``None`` when there is no
    single amount. ``parts``: the labelled amounts of a cell that has several. ``share_pct`` and
    ``share_of``: «(60%F)» as written, ``share_of`` ``None`` when it does not say of whom.
    ``as_written``: the cell, untouched.
    """

    kind: Kind
    as_written: str
    amount: Decimal | None = None
    parts: tuple[Part, ...] = ()
    currency: str | None = None
    share_pct: Decimal | None = None
    share_of: Literal["F", "M"] | None = None

    @property
    def share_female_pct(self) -> Decimal | None:
        """The share of women as written (0 to 100); ``None`` if it does not say it is of women."""
        return self.share_pct if self.share_of == "F" else None


_MISSING = frozenset(
    {"", "-", "--", "–", "—", "sin dato", "sin datos", "s/d", "s.d.", "sd"}
    | {"n/d", "n.d.", "nd", "n/a", "n.a.", "na", "nan"}
)
_WOMEN = frozenset({"f", "fem", "female", "females", "femenino", "mujer", "mujeres", "women"})
# A bare M is «mujeres» in Spanish and “male” in English: it is left unsaid.
_MEN = frozenset({"h", "hombre", "hombres", "male", "males", "masc", "masculino", "men"})
_CURRENCIES = {
    "USD": "USD", "US$": "USD", "$US": "USD", "SUS": "USD", "BOB": "BOB", "BS": "BOB", "BS.": "BOB",
    "EUR": "EUR", "€": "EUR", "CHF": "CHF",
}  # fmt: skip
_NUMBER = r"[-+]?\d[\d.,'\u00a0\u202f ]*"
_CODE = r"usd|us\$|\$us|sus|bob|bs\.?|eur|€|chf"
_COUNT_WITH_SHARE = re.compile(
    rf"(?P<count>{_NUMBER})\(\s*(?P<share>{_NUMBER})%\s*(?P<of>\w*)\.?\s*\)"
)
_PERCENT = re.compile(rf"(?P<amount>{_NUMBER})%")
_LABELLED = re.compile(rf"(?P<amount>{_NUMBER})%\s*(?:for|para|en|de)\s+(?P<label>\S.*)", re.I)
_RATIO = re.compile(rf"(?P<top>{_NUMBER})/\s*(?P<base>{_NUMBER})")
_MONEY = re.compile(
    rf"(?:(?P<before>{_CODE})\s*(?P<amount>{_NUMBER})|(?P<amount2>{_NUMBER})(?P<after>{_CODE}))",
    re.I,
)


def read_number(text: str) -> Decimal | None:
    """Read a number as written in Bolivia, or in English when it cannot be anything else.

    Rules: the last of «.» and «,» is the decimal mark when both appear; a comma alone is the
    decimal mark, unless it repeats; a dot followed by groups of exactly three digits separates
    thousands; spaces and apostrophes separate groups. ``None`` when it is not a number.

    >>> [read_number(text) for text in ("1.234,5", "1,234.5", "1.200", "1.5", "12,5", "x")]
    [Decimal('1234.5'), Decimal('1234.5'), Decimal('1200'), Decimal('1.5'), Decimal('12.5'), None]
    """
    bare = re.sub(r"(?<=\d)['\u00a0\u202f ](?=\d{3})", "", text.strip())
    if not re.fullmatch(r"[-+]?\d+(?:[.,]\d+)*", bare):
        return None
    mark = _decimal_mark(bare)
    whole, _, rest = bare.rpartition(mark) if mark else (bare, "", "")
    groups = re.sub(r"[-+]", "", whole)
    if re.search(r"[.,]", groups) and not re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", groups):
        return None
    digits = re.sub(r"[.,]", "", whole)
    return Decimal(f"{digits}.{rest}" if rest else digits)


def _decimal_mark(bare: str) -> str:
    if "." in bare and "," in bare:
        return max(".,", key=bare.rfind)
    if "," in bare:
        return "" if bare.count(",") > 1 else ","
    looks_grouped = re.fullmatch(r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+", bare)
    return "." if "." in bare and not looks_grouped else ""


def parse(written: str | Number | float | None, *, unit: Literal["", "%"] = "") -> TypedValue:
    """Read one cell of a logframe, keeping its type.

    Symbols
        ``written``: a text, a number out of a spreadsheet, or ``None``. ``unit``: ``"%"`` when the
        row's title says that its bare numbers are percentages («% of training cost»).
    Reads
        ``35 (60%F)``, ``50%``, ``50% for M1, 0% for M2-5``, ``4/4``, ``0``, ``1.234,5``,
        ``USD 1.200``, and as missing ``sin dato``, ``-``, ``n/a`` or nothing. Any other text is
        kept as ``text``: it is never refused and never guessed at.
    Edge cases
        ``0`` is zero, not missing. «11 (30%)» keeps 30 without saying that it is of women.
    Source
        Logframe cells of published evaluations (SCORE Phase II, 2015).

    >>> cell = parse("35 (60%F)")
    >>> cell.kind, cell.amount, cell.share_female_pct
    ('count', Decimal('35'), Decimal('60'))
    >>> parse("50% for M1, 0% for M2-5").parts[1]
    Part(label='M2-5', amount=Decimal('0'))
    """
    text = "" if written is None else str(written).strip()
    if text.casefold() in _MISSING:
        return TypedValue("missing", text)
    if isinstance(written, int | float | Decimal):
        return _amount(Decimal(str(written)), text, unit)
    for reader in _READERS:
        if (found := reader(text)) is not None:
            return found
    number = read_number(text)
    return TypedValue("text", text) if number is None else _amount(number, text, unit)


def parse_pair(written: str, *, unit: Literal["", "%"] = "") -> tuple[TypedValue, TypedValue]:
    """Read «target/actual» in one cell: ``35 (60%F)/36 (56%F)`` is a target of 35 and 36 reached.

    Error: ``typed.not_a_pair`` unless there is exactly one slash outside brackets.

    >>> [cell.amount for cell in parse_pair("0/2")]
    [Decimal('0'), Decimal('2')]
    """
    halves = re.split(r"/(?![^()]*\))", written)
    if len(halves) != 2:
        raise UnreadableError(
            "typed.not_a_pair",
            f"«{written}» no tiene la forma meta/alcanzado.",
            f"“{written}” is not of the form target/actual.",
            written=written,
        )
    return parse(halves[0], unit=unit), parse(halves[1], unit=unit)


def add_up(values: Sequence[TypedValue]) -> TypedValue:
    """Add cells that can be added: counts, numbers, ratios by their parts, money of one currency.

    Formula: ``count``, ``number``, ``money``: Σ amounts; ``ratio``: Σ numerators / Σ denominators.
    Edge cases: missing cells are left out, and all missing is missing; shares of women as written
    are dropped, because they cannot be weighted without turning them into counts.
    Error: ``NotAddableError``: ``typed.percent`` (ask for numerators and denominators),
    ``typed.text``, ``typed.mixed``, ``typed.nothing``.

    >>> add_up([parse("4/4"), parse("2/3")]).as_written
    '6/7'
    """
    present = [value for value in values if value.kind != "missing"]
    if not values:
        _refuse("typed.nothing", "No hay valores que sumar.", "There are no values to add.")
    if not present:
        return TypedValue("missing", "")
    kinds = {(value.kind, value.currency) for value in present}
    if len(kinds) > 1:
        _refuse(
            "typed.mixed",
            "Los valores son de tipos o monedas distintos: no se suman.",
            "The values are of different types or currencies: they do not add up.",
        )
    kind = present[0].kind
    if kind == "percent":
        _refuse(
            "typed.percent",
            "Los porcentajes no se suman ni se promedian: pida numeradores y denominadores.",
            "Percentages neither add up nor average: ask for numerators and denominators.",
        )
    if kind == "text":
        _refuse("typed.text", "Un texto no se suma.", "A text does not add up.")
    return _ratio_sum(present) if kind == "ratio" else _amount_sum(present)


def _amount_sum(values: list[TypedValue]) -> TypedValue:
    total = sum((value.amount for value in values if value.amount is not None), Decimal(0))
    code = values[0].currency
    written = str(total) if code is None else f"{code} {total}"
    return replace(
        values[0], amount=total, as_written=written, share_pct=None, share_of=None, parts=()
    )


def _ratio_sum(values: list[TypedValue]) -> TypedValue:
    top, base = (sum((value.parts[i].amount for value in values), Decimal(0)) for i in (0, 1))
    return _as_ratio(top, base, f"{top}/{base}")


def _refuse(code: str, message_es: str, message_en: str) -> NoReturn:
    raise NotAddableError(code, message_es, message_en)


def _amount(number: Decimal, text: str, unit: str) -> TypedValue:
    if not number.is_finite():
        return TypedValue("text", text)
    if unit == "%":
        return TypedValue("percent", text, number)
    return TypedValue("count" if number == number.to_integral_value() else "number", text, number)


def _as_ratio(top: Decimal, base: Decimal, text: str) -> TypedValue:
    parts = (Part("numerator", top), Part("denominator", base))
    return TypedValue("ratio", text, quotient(top, base), parts)


def _counted_with_share(text: str) -> TypedValue | None:
    found = _COUNT_WITH_SHARE.fullmatch(text)
    if found is None:
        return None
    count, share = read_number(found["count"]), read_number(found["share"])
    if count is None or share is None:
        return None
    of = found["of"].casefold()
    named: Literal["F", "M"] | None = "F" if of in _WOMEN else "M" if of in _MEN else None
    return replace(_amount(count, text, ""), share_pct=share, share_of=named)


def _percent(text: str) -> TypedValue | None:
    found = _PERCENT.fullmatch(text)
    number = None if found is None else read_number(found["amount"])
    return None if number is None else TypedValue("percent", text, number)


def _percents(text: str) -> TypedValue | None:
    # A comma or semicolon that is followed by a new percentage separates; «12,5%» stays whole.
    pieces = re.split(rf"[,;]\s+(?={_NUMBER}%)", text)
    parts = []
    for piece in pieces:
        found = _LABELLED.fullmatch(piece.strip())
        number = None if found is None else read_number(found["amount"])
        if found is None or number is None:
            return None
        parts.append(Part(found["label"].strip(), number))
    return TypedValue("percent", text, None, tuple(parts))


def _ratio(text: str) -> TypedValue | None:
    found = _RATIO.fullmatch(text)
    if found is None:
        return None
    top, base = read_number(found["top"]), read_number(found["base"])
    return None if top is None or base is None else _as_ratio(top, base, text)


def _money(text: str) -> TypedValue | None:
    found = _MONEY.fullmatch(text)
    if found is None:
        return None
    number = read_number(found["amount"] or found["amount2"])
    code = _CURRENCIES[(found["before"] or found["after"]).upper()]
    return None if number is None else TypedValue("money", text, number, currency=code)


_READERS: tuple[Callable[[str], TypedValue | None], ...] = (
    _counted_with_share,
    _percent,
    _percents,
    _ratio,
    _money,
)
