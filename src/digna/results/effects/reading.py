"""From the fact tables to firms measured before and after, and who of them took part, when.

Values are the KPI values of firms, of every programme; who took part is read from the cycles of
the study's own programme. Read with the ORM's rows: no analytics are loaded.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from digna.results import sources
from digna.results.effects.table import Moment, Unit

KPI, CYCLES = "improvement.kpi", "training.cycle_firm"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a study measures and compares, as its row keeps it."""

    kpi: str
    before_from: date
    before_to: date
    after_from: date
    after_to: date
    comparison: str
    cluster: str

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Asked":
        """Read what `as_kept` wrote."""
        days = ("before_from", "before_to", "after_from", "after_to")
        return cls(
            kpi=str(kept["kpi"]),
            comparison=str(kept.get("comparison", "others")),
            cluster=str(kept.get("cluster", "")),
            **{name: date.fromisoformat(str(kept[name])) for name in days},
        )

    def as_kept(self) -> dict[str, str]:
        """Return it as a JSON column holds it."""
        return {name: str(getattr(self, name)) for name in self.__slots__}


@dataclass(slots=True)
class _Value:
    on: date
    amount: float
    cluster: str | None


def units(asked: Asked, programme_id: int) -> list[Unit]:
    """Return the firms with a value in either window; the last value of each window counts.

    Took part: entered a cycle of the programme on or before the end of the second window. Late
    entrants are those that entered after it; they and firms that never entered are who is compared.
    """
    entered = _entered(programme_id)
    first: dict[int, _Value] = {}
    last: dict[int, _Value] = {}
    for firm, value in _values(asked):
        if asked.before_from <= value.on <= asked.before_to:
            first[firm] = value
        elif asked.after_from <= value.on <= asked.after_to:
            last[firm] = value
    return [
        Unit(
            unit=str(firm),
            is_treated=_took_part(entered.get(firm), asked),
            before=first[firm].amount if firm in first else None,
            after=last[firm].amount if firm in last else None,
            cluster=(first.get(firm) or last[firm]).cluster,
        )
        for firm in sorted(first.keys() | last.keys())
        if _belongs(entered.get(firm), asked)
    ]


def _took_part(entered: date | None, asked: Asked) -> bool:
    return entered is not None and entered <= asked.after_to


def _belongs(entered: date | None, asked: Asked) -> bool:
    """Whether a firm is in the study: one that took part after its «before», or one to compare."""
    if _took_part(entered, asked):
        return True
    if asked.comparison == "late":
        return entered is not None
    if asked.comparison == "never":
        return entered is None
    return True


def moments(asked: Asked, programme_id: int) -> list[Moment]:
    """Return a value a firm and year, the last of each, with the year in which it entered."""
    entered = _entered(programme_id)
    kept: dict[tuple[int, int], _Value] = {}
    for firm, value in _values(asked):
        if asked.before_from <= value.on <= asked.after_to:
            kept[firm, value.on.year] = value
    return [
        Moment(
            str(firm), year, value.amount,
            entered[firm].year if firm in entered else None, value.cluster,
        )
        for (firm, year), value in sorted(kept.items(), key=lambda item: item[0])
    ]  # fmt: skip


def _rows(name: str, programme_id: int | None) -> Iterator[dict[str, Any]]:
    schema, rows = sources.read(name, programme_id)
    for row in rows:
        yield dict(zip(schema.columns, row, strict=True))


def _values(asked: Asked) -> Iterator[tuple[int, _Value]]:
    """Yield the values of a KPI, each once, in order of time."""
    found: dict[int, tuple[int, _Value]] = {}
    for row in _rows(KPI, None):
        if row["kpi"] != asked.kpi or row["numerator"] is None:
            continue
        below = row["denominator"]
        if below is not None and below == 0:
            continue
        amount = float(row["numerator"]) * row["factor"] / float(1 if below is None else below)
        cluster = row.get(asked.cluster) if asked.cluster else None
        said = None if not asked.cluster else str(cluster or "?")
        value = _Value(row["period_end"], amount, said)
        found[row["observation_id"]] = (row["enterprise_id"], value)
    yield from sorted(found.values(), key=lambda item: (item[1].on, item[0]))


def _entered(programme_id: int) -> dict[int, date]:
    """Return the day each firm first entered a cycle of the programme."""
    found: dict[int, date] = {}
    for row in _rows(CYCLES, programme_id):
        firm, on = row["enterprise_id"], row["enrolled_on"]
        found[firm] = min(found.get(firm, on), on)
    return found
