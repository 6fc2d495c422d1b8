"""Tax regimes as dated rules: which fit, which rule decided. No tax is ever worked out here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from digna_engines.pathways.conditions import Condition, Known, deciding, holds, read
from digna_engines.pathways.steps import Certainty, Period, Words


@dataclass(frozen=True, slots=True)
class Band:
    """A category from ``low`` to ``high``, both included (None: no end)."""

    category: str
    low: Decimal
    high: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A regime while it is in force; ``bands`` class by the answer to ``banded_by``."""

    key: str
    name: Words
    when: Condition
    valid: Period
    issues_invoice: bool
    can_export: bool
    law: tuple[str, ...]
    certainty: Certainty
    banded_by: str = ""
    bands: tuple[Band, ...] = ()
    below: Words = field(default_factory=dict)
    note: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a regime fits a firm.

    Symbols: ``fits`` None: not decided by what is known; ``because`` the questions that decided it
    or are open; ``category`` of the band ("" when there is none or it is not known);
    ``is_below``: under the first band, without obligation.
    """

    regime: Regime
    fits: bool | None
    because: tuple[str, ...]
    category: str = ""
    is_below: bool = False


def read_regimes(rows: Iterable[Mapping[str, Any]]) -> tuple[Regime, ...]:
    """Read the section ``regimes`` of a kit.

    Errors: ``declaration.faulty`` for a condition that cannot be read.
    """
    return tuple(_regime(row) for row in rows)


def _regime(row: Mapping[str, Any]) -> Regime:
    bands = row.get("bands") or {}

    def words(plain: Mapping[str, Any], name: str) -> Words:
        found = ((lang, plain.get(f"{name}_{lang}")) for lang in ("es", "en"))
        return {lang: text for lang, text in found if text}

    def day(value: Any) -> date | None:
        return None if value is None else date.fromisoformat(str(value))

    return Regime(
        key=row["code"],
        name=words(row, "name"),
        when=read(row["when"]),
        valid=Period(day(row.get("since")), day(row.get("until"))),
        issues_invoice=row["issues_invoice"],
        can_export=row["can_export"],
        law=tuple(row["law"]),
        certainty=row["certainty"],
        banded_by=bands.get("by", ""),
        bands=tuple(
            Band(
                one["category"],
                Decimal(str(one["from"])),
                None if one["to"] is None else Decimal(str(one["to"])),
            )
            for one in bands.get("limits", ())
        ),
        below=words(bands, "below"),
        note=words(row, "note"),
    )


def fitting(regimes: Iterable[Regime], known: Known, *, on: date) -> tuple[Fit, ...]:
    """How each regime in force on a day fits a firm, those that fit first, then those undecided.

    >>> from digna_engines.pathways.steps import Period
    >>> small = Regime(key="s", name={"es": "S"}, when=read({"capital": {"to": 60000}}),
    ...     valid=Period(), issues_invoice=False, can_export=False, law=(), certainty="medium")
    >>> [fit.fits for fit in fitting([small], {"capital": 60001}, on=date(2026, 1, 1))]
    [False]
    """
    found = [_fit(one, known) for one in regimes if one.valid.covers(on)]
    order = {True: 0, None: 1, False: 2}
    return tuple(sorted(found, key=lambda fit: order[fit.fits]))


def _fit(regime: Regime, known: Known) -> Fit:
    fits = holds(regime.when, known)
    because = deciding(regime.when, known)
    value = known.get(regime.banded_by) if fits is not False else None
    if not regime.bands or value is None or isinstance(value, (str, bool)):
        return Fit(regime, fits, because)
    amount = Decimal(value)
    category = next((b.category for b in regime.bands if _is_in(b, amount)), "")
    return Fit(regime, fits, because, category, amount < regime.bands[0].low)


def _is_in(band: Band, amount: Decimal) -> bool:
    return band.low <= amount and (band.high is None or amount <= band.high)
