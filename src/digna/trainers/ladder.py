"""The rungs, what each asks for, and when a trainer counts as active. Pure.

Source of the shape: the certification path described for SCORE trainers (candidate, training of
trainers, a cycle under an expert, recommended, certified per module, expert); `active` as at least
one cycle in twelve months is this programme's own rule and can be configured.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

RUNGS = ("candidate", "trained", "supervised", "recommended", "certified", "expert")

TASKS = ("selection", "baseline", "design", "workshop", "visits", "report")
"""What a supervised cycle is made of; each is signed for itself."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What the ladder of a module asks for. Months are calendar months."""

    tot_hours: int = 24
    supervised_tasks: tuple[str, ...] = TASKS
    valid_months: int = 24
    active_months: int = 12
    warn_days: int = 90
    expert_cycles: int = 3
    expert_independent: int = 1


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What a trainer can show for a module: accepted tasks, delivered cycles."""

    tot_hours: int | None
    tasks: frozenset[str]
    is_recommended: bool
    cycles: int
    independent_cycles: int
    pending: int


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing missing for the next rung: its code, how much there is and how much is asked."""

    code: str
    have: int
    want: int
    which: tuple[str, ...] = ()


def next_rung(rung: str) -> str | None:
    """Return the rung above, None at the top.

    >>> next_rung("candidate"), next_rung("expert")
    ('trained', None)
    """
    at = RUNGS.index(rung)
    return RUNGS[at + 1] if at + 1 < len(RUNGS) else None


def lacks(rung: str, shown: Portfolio, rule: Rule) -> list[Lack]:
    """Return what is missing to climb from `rung` to the next one.

    >>> empty = Portfolio(None, frozenset(), False, 0, 0, 0)
    >>> lacks("candidate", empty, Rule())
    [Lack(code='tot_hours', have=0, want=24, which=())]
    """
    above = next_rung(rung)
    if above == "trained":
        have = shown.tot_hours or 0
        return [] if have >= rule.tot_hours else [Lack("tot_hours", have, rule.tot_hours)]
    if above == "supervised":
        missing = tuple(task for task in rule.supervised_tasks if task not in shown.tasks)
        want = len(rule.supervised_tasks)
        return [Lack("tasks", want - len(missing), want, missing)] if missing else []
    if above == "recommended":
        return [] if shown.is_recommended else [Lack("recommendation", 0, 1)]
    if above == "expert":
        return _for_expert(shown, rule)
    return []


def _for_expert(shown: Portfolio, rule: Rule) -> list[Lack]:
    missing = []
    if shown.cycles < rule.expert_cycles:
        missing.append(Lack("cycles", shown.cycles, rule.expert_cycles))
    if shown.independent_cycles < rule.expert_independent:
        missing.append(Lack("independent", shown.independent_cycles, rule.expert_independent))
    return missing


def months_after(day: date, months: int) -> date:
    """Return the day `months` later; the last of a shorter month.

    >>> months_after(date(2020, 2, 29), 12), months_after(date(2021, 8, 31), 6)
    (datetime.date(2021, 2, 28), datetime.date(2022, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def is_active(deliveries: Collection[date], rule: Rule, on: date) -> bool:
    """Whether at least one delivery lies in the last `active_months` before `on`.

    >>> is_active([date(2021, 1, 15)], Rule(), date(2022, 1, 15))
    True
    >>> is_active([date(2021, 1, 15)], Rule(), date(2022, 1, 16))
    False
    """
    return any(day <= on <= months_after(day, rule.active_months) for day in deliveries)


def standing(
    rung: str,
    valid_until: date | None,
    deliveries: Sequence[date],
    rule: Rule,
    on: date,
) -> str:
    """Return where a certified trainer stands: active, lapsing, idle, lapsed; climbing below that.

    `lapsing` means that the certificate, or the year of activity, ends within `warn_days`.
    """
    if RUNGS.index(rung) < RUNGS.index("certified"):
        return "climbing"
    if valid_until is not None and valid_until < on:
        return "lapsed"
    if not is_active(deliveries, rule, on):
        return "idle"
    until = months_after(max(day for day in deliveries if day <= on), rule.active_months)
    ends = min(until, valid_until) if valid_until is not None else until
    return "lapsing" if (ends - on).days <= rule.warn_days else "active"


@dataclass(frozen=True, slots=True)
class Cohort:
    """Of those trained: how many were certified and how many still deliver."""

    trained: int
    certified: int
    active: int


def cohort(rungs: Sequence[str], standings: Sequence[str]) -> Cohort:
    """Count a cohort: N is everybody who was trained, whoever answers or delivers later.

    >>> cohort(["candidate", "trained", "certified", "expert"],
    ...        ["climbing", "climbing", "idle", "active"])
    Cohort(trained=3, certified=2, active=1)
    """
    reached = [RUNGS.index(rung) for rung in rungs]
    return Cohort(
        trained=sum(at >= RUNGS.index("trained") for at in reached),
        certified=sum(at >= RUNGS.index("certified") for at in reached),
        active=sum(state in ("active", "lapsing") for state in standings),
    )
