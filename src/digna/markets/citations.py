"""Numbers cited in a text: `[[DEU importa]]` is written as the number, and leads to its workings.

Somebody who writes «Alemania compra 35 millones» is wrong next year; who cites is not. Pure.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from digna.markets.measures import OF_EXPORTER, OF_MARKET, OF_WORLD, Measure

TOKEN = re.compile(r"\[\[([^\[\]]*)\]\]")
WORLD_WORDS = frozenset({"mundo", "world"})


@dataclass(frozen=True, slots=True)
class Cited:
    """A piece of a text: plain words (`path` is ""), or a number and where it stands."""

    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A number that may be cited: the token to write, what it is and what it says today."""

    token: str
    name: str
    text: str


def pieces(text: str, record: Mapping[str, Any]) -> tuple[Cited, ...]:
    """Split a text at its citations; one that names nothing stays as it was written."""
    found: list[Cited] = []
    end = 0
    for token in TOKEN.finditer(text):
        if token.start() > end:
            found.append(Cited(text[end : token.start()]))
        told = _resolve(token[1], record)
        found.append(told or Cited(token[0]))
        end = token.end()
    if end < len(text):
        found.append(Cited(text[end:]))
    return tuple(found)


def unknown(text: str, record: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the citations that name no number of the reading."""
    return tuple(token[0] for token in TOKEN.finditer(text) if _resolve(token[1], record) is None)


def plain(text: str, record: Mapping[str, Any]) -> str:
    """Return a text with its numbers written out."""
    return "".join(one.text for one in pieces(text, record))


def _resolve(told: str, record: Mapping[str, Any]) -> Cited | None:
    words = told.split()
    if len(words) != 2:
        return None
    who, what = words[0], words[1].lower()
    for place, measures, values in _places(who, record):
        for measure in measures:
            if measure.word == what:
                return Cited(measure.write(values.get(measure.key)), f"{place}.{measure.key}")
    return None


def _places(
    who: str, record: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[Measure, ...], Mapping[str, Any]]]:
    """Where a name may stand: the world, the exporter, a market."""
    if who.lower() in WORLD_WORDS:
        yield "world", OF_WORLD, record["world"]
    if who.upper() == record["exporter"]["code"]:
        yield "exporter", OF_EXPORTER, record["exporter"]
    for row in record["markets"]:
        if row["market"] == who.upper():
            yield f"markets.{row['market']}", OF_MARKET, row


def offers(
    record: Mapping[str, Any], markets: tuple[str, ...]
) -> tuple[tuple[str, tuple[Offer, ...]], ...]:
    """Return what may be cited, by who it is about: the world, the exporter, the markets shown."""
    rows = {row["market"]: row for row in record["markets"]}
    groups = [
        ("mundo", OF_WORLD, record["world"]),
        (record["exporter"]["code"], OF_EXPORTER, record["exporter"]),
        *((code, OF_MARKET, rows[code]) for code in markets if code in rows),
    ]
    return tuple(
        (
            who,
            tuple(
                Offer(f"[[{who} {one.word}]]", str(one.name), one.write(values[one.key]))
                for one in measures
                if values.get(one.key) is not None
            ),
        )
        for who, measures, values in groups
    )
