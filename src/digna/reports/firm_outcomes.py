"""What changed in some firms: matched pairs only, medians, n of N with N all of the firms."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from digna.improvement import facts
from digna.improvement.models import Instrument

GRADES = frozenset({"A", "B"})
REVIEWED = frozenset({"not_needed", "confirmed"})


@dataclass(frozen=True, slots=True)
class Changed:
    """One KPI over some firms: the median change of its pairs, positive where better."""

    code: str
    name: str
    median: Decimal | None
    improved: int
    pairs: int


@dataclass(frozen=True, slots=True)
class Outcomes:
    """KPIs with pairs, practices adopted of those that lacked, and of how many firms."""

    kpis: tuple[Changed, ...]
    adopted: int
    lacked: int
    kept: int
    lost: int
    firms_with_pairs: int
    firms: int

    @property
    def improved(self) -> int:
        """How many pairs of firm and KPI got better."""
        return sum(one.improved for one in self.kpis)

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return sum(one.pairs for one in self.kpis)


def of(firms: Collection[int], until: date) -> Outcomes:
    """Return what changed in these firms up to a day; values with a record alone."""
    changes, with_pairs = _changes(frozenset(firms), until)
    names = _names(changes)
    adopted, lacked, kept, lost = _practices(frozenset(firms), until)
    return Outcomes(
        kpis=tuple(
            Changed(
                code=code,
                name=names.get(code, code),
                median=Decimal(median(found)),
                improved=sum(one > 0 for one in found),
                pairs=len(found),
            )
            for code, found in sorted(changes.items())
        ),
        adopted=adopted, lacked=lacked, kept=kept, lost=lost,
        firms_with_pairs=with_pairs, firms=len(set(firms)),
    )  # fmt: skip


def _changes(firms: frozenset[int], until: date) -> tuple[dict[str, list[Decimal]], int]:
    """Return the changes of each KPI, and how many firms have at least one."""
    schema, rows = facts.kpi_facts()
    at = {name: place for place, name in enumerate(schema.columns)}
    found: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for row in rows:
        change = row[at["change_signed"]]
        if (
            change is not None
            and row[at["enterprise_id"]] in firms
            and row[at["period_end"]] <= until
            and row[at["grade"]] in GRADES
            and row[at["review"]] in REVIEWED
        ):
            # a firm of two programmes has its row twice: a pair counts once
            found[row[at["kpi"]]][row[at["enterprise_id"]]] = Decimal(change)
    with_pairs = {firm for changes in found.values() for firm in changes}
    return {code: list(changes.values()) for code, changes in found.items()}, len(with_pairs)


def _practices(firms: frozenset[int], until: date) -> tuple[int, int, int, int]:
    """Return adopted of lacking, lost of present: of each practice of a firm, the last answer."""
    schema, rows = facts.practice_facts()
    at = {name: place for place, name in enumerate(schema.columns)}
    last: dict[str, tuple[bool, bool]] = {}
    for row in rows:
        is_ours = row[at["enterprise_id"]] in firms and row[at["measured_on"]] <= until
        if is_ours and row[at["adopted"]] is not None:
            had = row[at["before"]] == "yes"
            last[row[at["pair"]]] = (had, row[at["slid_back"]] if had else row[at["adopted"]])
    had = [moved for was, moved in last.values() if was]
    lacked = [moved for was, moved in last.values() if not was]
    return sum(lacked), len(lacked), len(had), sum(had)


def _names(codes: Collection[str]) -> dict[str, str]:
    rows = Instrument.objects.filter(kind=Instrument.Kind.KPI, code__in=codes)
    return {row.code: str(row) for row in rows.select_related("current")}
