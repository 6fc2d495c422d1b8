"""Names of people and firms as text: folded for comparing, split, and cased for reading. Pure."""

import re
import unicodedata
from typing import Literal

PARTICLES = frozenset({"de", "del", "la", "las", "los", "da", "dos", "van", "von", "vda", "y", "e"})
LEGAL_TAILS = re.compile(
    r"\b(s\.?\s?r\.?\s?l\.?|s\.?\s?a\.?|ltda\.?|unipersonal|empresa unipersonal|s\.?\s?c\.?)\s*$"
)
Order = Literal["given_first", "surnames_first"]


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, with single spaces.

    >>> fold("  Ñuñoa  ÁVILA ")
    'nunoa avila'
    """
    bare = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(letters.split())


def words(text: str) -> tuple[str, ...]:
    """Return the words that identify a name: folded, without particles, punctuation or doubles.

    >>> words("María de los Ángeles  CHOQUE-Vda. de Quispe")
    ('maria', 'angeles', 'choque', 'quispe')
    """
    parts = re.findall(r"[a-z0-9]+", fold(text))
    kept = [part for part in parts if part not in PARTICLES]
    return tuple(dict.fromkeys(kept or parts))


def firm_words(name: str) -> tuple[str, ...]:
    """Return the words of a firm's name without its legal form.

    >>> firm_words("Tostaduría Illimani S.R.L.")
    ('tostaduria', 'illimani')
    """
    return words(LEGAL_TAILS.sub("", fold(name)))


def cased(text: str) -> str:
    """Return a name as it is read: «MAMANI DE LA CRUZ» → «Mamani de la Cruz».

    Only all-capital or all-small text is touched: «McAllister» stays.

    >>> cased("MAMANI DE LA CRUZ"), cased("rosa o'higgins"), cased("McAllister")
    ('Mamani de la Cruz', "Rosa O'Higgins", 'McAllister')
    """
    text = " ".join(text.split())
    if not (text.isupper() or text.islower()):
        return text
    out = [
        word if index and word in PARTICLES else re.sub(r"(^|['’-])(\w)", _capital, word)
        for index, word in enumerate(text.lower().split(" "))
    ]
    return " ".join(out)


def _capital(match: re.Match[str]) -> str:
    return match.group(1) + match.group(2).upper()


def split(full: str, order: Order = "given_first") -> tuple[str, str]:
    """Return (given names, surnames) of a full name. A comma always means surnames first.

    Two surnames are expected when there are three words or more, one when there are two, none
    when there is one. Particles stay with the word they lead to.

    >>> split("MAMANI QUISPE, ROSA")
    ('Rosa', 'Mamani Quispe')
    >>> split("Juan Carlos de la Cruz Mamani")
    ('Juan Carlos', 'de la Cruz Mamani')
    >>> split("Choque Juan", "surnames_first")
    ('Juan', 'Choque')
    >>> split("Rosa")
    ('Rosa', '')
    """
    if "," in full:
        surnames, given = full.split(",", 1)
        return cased(given), cased(surnames)
    units = _units(full)
    if len(units) < 2:
        return cased(full), ""
    count = 2 if len(units) > 2 else 1
    if order == "surnames_first":
        first, last = units[count:], units[:count]
    else:
        first, last = units[:-count], units[-count:]
    return cased(" ".join(first)), _lower_particles(cased(" ".join(last)), full.isupper())


def _units(full: str) -> list[str]:
    """Group particles with the word after them."""
    units: list[str] = []
    pending: list[str] = []
    for word in full.split():
        pending.append(word)
        if word.casefold().strip(".") not in PARTICLES:
            units.append(" ".join(pending))
            pending = []
    if pending:
        units.append(" ".join(pending))
    return units


def _lower_particles(text: str, was_caps: bool) -> str:
    """«De la Cruz» at the head of surnames reads «de la Cruz» when we did the casing."""
    head, _, rest = text.partition(" ")
    if was_caps and head.casefold() in PARTICLES:
        return f"{head.lower()} {rest}"
    return text
