"""Instruments on screen: the list, the versions of one, and what changed between two."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.dateparse import parse_date

from digna.improvement import forms, wording
from digna.improvement.models import Instrument, InstrumentVersion
from digna.registry.models.reference import Certainty
from digna.web.languages import either


@dataclass(frozen=True, slots=True)
class Difference:
    """One text that differs between two versions."""

    where: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionPage:
    """A version and what it changed."""

    version: InstrumentVersion
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """What a version says, in the language in use: a KPI's question and traps, a list's items."""

    question: str
    formula: str
    unit: str
    decimals: int
    traps: tuple[str, ...]
    items: tuple[str, ...]
    sources: str
    checked_on: date | None
    certainty: str


def explained(version: InstrumentVersion) -> Explained:
    """Return what a version says, to be read."""
    document = version.document
    traps = either("\n".join(document.get("traps_es", ())), "\n".join(document.get("traps_en", ())))
    return Explained(
        question=version.say("question"),
        formula=version.say("formula"),
        unit=version.say("unit"),
        decimals=int(document.get("decimals", 0)),
        traps=tuple(traps.splitlines()),
        items=tuple(wording.say(item, "text") for item in version.items),
        sources=", ".join(document.get("sources", ())),
        checked_on=parse_date(str(document.get("checked_on", ""))),
        certainty=str(dict(Certainty.choices).get(document.get("certainty", ""), "")),
    )


def versions_of(instrument: Instrument) -> tuple[VersionPage, ...]:
    """Return the versions, the latest first, each with its differences from the one before."""
    rows = list(instrument.versions.select_related("made_by"))
    pages = [VersionPage(new, differences(old, new)) for new, old in pairwise(rows)]
    return (*pages, *(VersionPage(row, ()) for row in rows[-1:]))


def differences(old: InstrumentVersion, new: InstrumentVersion) -> tuple[Difference, ...]:
    """Return the texts that differ; a point added or gone has nothing on the other side."""
    before = {"/".join(way): text for way, text in forms.texts_of(old.document)}
    after = {"/".join(way): text for way, text in forms.texts_of(new.document)}
    return tuple(
        Difference(where, before.get(where, ""), after.get(where, ""))
        for where in {**before, **after}
        if before.get(where, "") != after.get(where, "")
    )
