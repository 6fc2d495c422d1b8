"""Rules over what the journal, the register and whoever verified say of the rows. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from digna.results.quality.found import (
    Behind,
    Found,
    counted,
    judged,
    not_applicable,
    not_run,
)
from digna_engines.indicators import recount
from digna_engines.verification import Limits, verified

LATE_DAYS = 30
SEEN = frozenset({"A"})
UNITS = ("person_id", "enterprise_id")


def in_time(behind: Behind) -> Found:
    """Written down within thirty days of the day it happened."""
    days = behind.column(behind.declared.on)
    if days is None:
        return not_applicable()
    if not behind.recorded:
        return not_run("no_journal")
    places, checked = [], 0
    for at, (key, day) in enumerate(zip(behind.columns[behind.key], days, strict=True)):
        written = behind.recorded.get(str(key))
        if written is None or day is None:
            continue
        checked += 1
        if (written - day).days > LATE_DAYS:
            places.append(at)
    return judged(places, checked, Limits("0.05", "0.25"), days=LATE_DAYS)


def traced(behind: Behind) -> Found:
    """Every row has the line of the journal that wrote it."""
    if behind.recorded is None:
        return not_run("no_journal")
    keys = behind.columns[behind.key]
    places = [at for at, key in enumerate(keys) if str(key) not in behind.recorded]
    return judged(places, len(keys))


def with_reasons(behind: Behind) -> Found:
    """Corrections of these rows say why they were made."""
    if behind.corrections is None:
        return not_run("no_journal")
    places, checked, silent = [], 0, 0
    for at, key in enumerate(behind.columns[behind.key]):
        told = behind.corrections.get(str(key), ())
        checked += len(told)
        silent += sum(not had_reason for had_reason in told)
        if not all(told):
            places.append(at)
    if checked == 0:
        return Found("good", 0, 0, details={"corrections": 0})
    return counted(silent, checked, Limits("0.10", "1"), places=tuple(places))


def without_pairs(behind: Behind) -> Found:
    """Nobody behind the figure waits in the register to be told apart from somebody."""
    unit = next((name for name in UNITS if name in behind.columns), None)
    if unit is None:
        return not_applicable()
    doubtful = behind.doubtful.get(unit, frozenset())
    units = {key for key in behind.columns[unit] if key is not None}
    places = _first_of_each(behind.columns[unit], units & doubtful)
    return judged(places, len(units), Limits("0.01", "0.05"))


def _first_of_each(column: Sequence[Any], wanted: set[Any]) -> list[int]:
    left, places = set(wanted), []
    for at, key in enumerate(column):
        if key in left:
            left.discard(key)
            places.append(at)
    return places


def with_evidence(behind: Behind) -> Found:
    """Values taken from a record that somebody saw."""
    grades = behind.columns.get("grade")
    if grades is None or behind.schema.type_of("grade") != "text":
        return not_applicable()
    places = [at for at, grade in enumerate(grades) if grade not in SEEN]
    return judged(places, len(grades), Limits("0.20", "0.50"))


def recounted(behind: Behind) -> Found:
    """A sample looked for again: few errors, and a ratio recounted to reported of 0.90 to 1.10."""
    sample = behind.sample
    if sample is None or sample.looked_for == 0:
        return not_run("no_sample")
    interval = verified(sample.wrong, sample.looked_for)
    ratio = recount(sample.recounted or Decimal(0), sample.reported or Decimal(0))
    found = counted(
        sample.wrong,
        sample.looked_for,
        Limits("0.05", "0.10"),
        low=interval.low,
        high=interval.high,
        drawn=sample.drawn,
        ratio=None if ratio.ratio is None else str(round(ratio.ratio, 3)),
        within=ratio.within,
    )
    if ratio.within is False:
        return Found("poor", found.checked, found.failing, details=found.details)
    return found
