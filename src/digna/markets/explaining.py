"""How one number of a reading was made, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import NotVisible
from digna.markets import measures, naming, remarks
from digna.web import numbers
from digna_engines.errors import EngineError


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a formula: its label, its value, and where it is explained in turn."""

    label: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A number with what it was made of."""

    name: str
    of: str
    text: str
    unit: str
    formula: str
    words: str
    inputs: tuple[Input, ...]
    years: str
    source: str
    caveats: tuple[str, ...]
    path: str


def explained(record: Mapping[str, Any], path: str) -> Explained:
    """Return the workings of the number at `path`.

    Raises:
        NotVisible: `markets.figure.unknown`.
    """
    from digna_engines.trade.explaining import explained as told_of

    try:
        told = told_of(record, path)
    except EngineError as wrong:
        raise NotVisible(
            "markets.figure.unknown", _("Esa cifra no está en esta lectura.")
        ) from wrong
    name, of, text = _named(path, told.value, told.unit)
    english = naming.tongue() == "en"
    return Explained(
        name=name, of=of, text=text, unit=told.unit, formula=told.formula,
        words=told.text_en if english else told.text_es,
        inputs=tuple(_input(record, label, value) for label, value in told.inputs.items()),
        years=", ".join(str(year) for year in told.years),
        source=f"{told.source} · {told.release}",
        caveats=tuple(
            remarks.CAVEATS[one["code"]](one["values"]) for one in record["caveats"]
            if one["code"] in told.caveats
        ),
        path=path,
    )  # fmt: skip


def _named(path: str, value: Any, unit: str) -> tuple[str, str, str]:
    """What a number is called, of whom it is, and how it is written."""
    words = path.split(".")
    table, of = _TABLES.get(words[0], ({}, ""))
    if words[0] == "markets" and len(words) > 2:
        of = naming.country(words[1])
    measure = table.get(words[-1])
    if measure is None:
        text = numbers.number(value, 4) if isinstance(value, float) else str(value)
        return " · ".join(words), "", f"{text} {unit}".strip()
    return str(measure.name), str(of), measure.write(value)


_TABLES: dict[str, tuple[Mapping[str, measures.Measure], str]] = {
    "markets": (measures.MARKET, ""),
    "world": (measures.WORLD, ""),
    "exporter": (measures.EXPORTER, ""),
}


def _input(record: Mapping[str, Any], label: str, value: Any) -> Input:
    """An input is a number, or the path of one that is explained itself."""
    if isinstance(value, str) and "." in value:
        found = _at(record, value)
        if found is not None or value.split(".")[0] in record:
            return Input(label, _named(value, found, "")[2], value)
    if isinstance(value, float):
        return Input(label, numbers.number(value, 4), "")
    if value is None:
        return Input(label, _("sin dato"), "")
    return Input(label, str(value), "")


def _at(record: Any, path: str) -> Any:
    """Follow a path through mappings and lists of markets or years."""
    for word in path.split("."):
        if isinstance(record, Mapping):
            record = record.get(word)
        elif isinstance(record, list):
            keys = ("market", "country", "year")
            record = next(
                (one for one in record for key in keys if str(one.get(key)) == word), None
            )
        else:
            return None
    return record
