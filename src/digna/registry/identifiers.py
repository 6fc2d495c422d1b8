"""Telephones, tax numbers, identity documents, sexes and dates as people write them. Pure.

Each reader returns the normal form, None for «sin dato», or raises `Unreadable` with a code;
the caller makes the sentence. Tolerant in what is common, never guessing what is impossible.
"""

import hmac
import re
from datetime import date, timedelta
from hashlib import sha256

import phonenumbers

from digna.registry import names

EMPTY = frozenset(
    {"", "-", "--", "s/d", "sd", "sin dato", "n/a", "na", "nd", "ninguno", "no tiene"}
)
DEPARTMENT_SUFFIX = re.compile(r"\s*\b(LP|CB|CBBA|SC|SCZ|OR|PT|TJ|CH|BE|BN|PD|PA)\.?$")


class Unreadable(ValueError):
    """The text is not what it should be; `code` says how."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, «s/d», «no tiene»…"""
    return names.fold(text) in EMPTY


def phone(text: str, region: str = "BO") -> str | None:
    """Return a telephone number in E.164.

    >>> phone("  712-34 567"), phone("00591 71234567"), phone("s/d")
    ('+59171234567', '+59171234567', None)
    """
    if is_blank(text):
        return None
    cleaned = re.sub(r"[^\d+]", "", re.sub(r"^\s*00", "+", text.split("/", maxsplit=1)[0]))
    try:
        number = phonenumbers.parse(cleaned, region)
    except phonenumbers.NumberParseException:
        raise Unreadable("phone.unreadable", text) from None
    if not phonenumbers.is_possible_number(number):
        raise Unreadable("phone.digits", text)
    if number.country_code == 591 and not re.fullmatch(
        r"[2-47]\d{7}|6\d{7}", str(number.national_number)
    ):
        raise Unreadable("phone.digits", text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def nit(text: str) -> str | None:
    """Return a tax number: 6 to 15 digits, kept as text.

    A spreadsheet may have kept it as a number: 1023456028.0 and 1.023456028E9 are read.

    >>> nit("1023456028.0"), nit("1.023456028E+9"), nit("1023 456 028")
    ('1023456028', '1023456028', '1023456028')
    """
    if is_blank(text):
        return None
    digits = re.sub(r"[\s.-]", "", _whole_number(text.strip()))
    if not re.fullmatch(r"\d{6,15}", digits):
        raise Unreadable("nit.digits", text)
    return digits


def document(text: str) -> str | None:
    """Return an identity document's number, with its complement, without the place of issue.

    >>> document("4.567.890 LP"), document("4567890-1a"), document("CI 4567890")
    ('4567890', '4567890-1A', '4567890')
    """
    if is_blank(text):
        return None
    bare = _whole_number(text.strip()).upper()
    bare = re.sub(r"^(C\.?\s?I\.?|CEDULA|CÉDULA|DNI|PASAPORTE)\s*:?\s*", "", bare)
    bare = DEPARTMENT_SUFFIX.sub("", bare)
    bare = re.sub(r"[\s.]", "", bare)
    if not re.fullmatch(r"[A-Z]{0,3}\d{4,10}(-[0-9A-Z]{1,2})?", bare):
        raise Unreadable("document.form", text)
    return bare


def document_hash(number: str, key: str) -> str:
    """Return the keyed hash under which a document number is kept (HMAC-SHA-256)."""
    return hmac.new(key.encode(), number.encode(), sha256).hexdigest()


SEXES = {
    "female": {"f", "femenino", "femenina", "mujer", "m (mujer)", "fem", "dama", "woman"},
    "male": {"m", "masculino", "hombre", "varon", "h", "v", "masc", "man", "male"},
    "other": {"otra", "otro", "no binario", "no binaria", "other"},
    "undisclosed": {
        "prefiere no decir",
        "prefiero no decir",
        "no dice",
        "reservado",
        "undisclosed",
    },
}


def sex(text: str) -> str | None:
    """Return the sex as coded in the register. «M» is masculino beside «F», as lists write it.

    >>> sex("Femenino"), sex("VARÓN"), sex("m"), sex("")
    ('female', 'male', 'male', None)
    """
    if is_blank(text):
        return None
    folded = names.fold(text).strip(".")
    for code, spellings in SEXES.items():
        if folded in spellings or folded == code:
            return code
    raise Unreadable("sex.unknown", text)


MONTHS = {
    m: i + 1
    for i, m in enumerate(
        ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
    )
}


def day(text: str) -> date | None:
    """Return a date written day first (12/3/1990, 12-03-90, 12 de marzo de 1990) or ISO.

    A bare number from 1 to 60000 is a spreadsheet's serial day; two-digit years turn at 30.

    >>> [str(day(t)) for t in ("12/3/90", "1990-03-12", "12 de marzo de 1990", "32944")]
    ['1990-03-12', '1990-03-12', '1990-03-12', '1990-03-12']
    """
    if is_blank(text):
        return None
    folded = names.fold(text)
    try:
        return _iso(folded) or _day_first(folded) or _in_words(folded) or _serial(folded)
    except ValueError:
        raise Unreadable("date.impossible", text) from None


def _iso(text: str) -> date | None:
    match = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]|$)", text)
    return date(*map(int, match.groups())) if match else None


def _day_first(text: str) -> date | None:
    match = re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})", text)
    if not match:
        return None
    d, m, y = map(int, match.groups())
    if y < 100:
        y += 1900 if y > 30 else 2000
    return date(y, m, d)


def _in_words(text: str) -> date | None:
    match = re.fullmatch(r"(\d{1,2})(?: de |[ -])([a-z]+)\.?(?: de(?:l)? |[ -])(\d{4})", text)
    if not match or match.group(2)[:3] not in MONTHS:
        return None
    return date(int(match.group(3)), MONTHS[match.group(2)[:3]], int(match.group(1)))


def _serial(text: str) -> date:
    number = float(text)
    if not 1 <= number <= 60000:
        raise ValueError(text)
    return date(1899, 12, 30) + timedelta(days=int(number))


def _whole_number(text: str) -> str:
    """Undo what spreadsheets do to long numbers: a trailing .0, or an exponent."""
    if re.fullmatch(r"\d+(\.\d+)?[eE]\+?\d+", text) or re.fullmatch(r"\d+\.0+", text):
        return str(round(float(text)))
    return text
