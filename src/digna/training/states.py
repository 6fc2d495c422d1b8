"""A firm's way through a cycle: its states, the moves allowed and what each asks for. Pure.

Guards return `Lack`s: codes with details and the place where the thing can be mended. Sentences
and addresses are put to them in `lacks`, so that the page which shows what is missing and the
service which refuses say the same words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

BEFORE_VISITS = (
    "lead",
    "eligible",
    "agreement_signed",
    "baseline_done",
    "workshop_attended",
    "eit_formed",
    "plan_approved",
)
AFTER_VISITS = ("endline_done", "certificate_issued", "year_after_done")
EXITS = ("dropped", "closed_no_data")
MANAGING = frozenset({"owner", "manager"})
WORKING = frozenset({"worker", "union_rep"})
SEATS_WANTED = 2
"""Two who manage and two who work: what the method advises, warned about and not demanded."""
YEAR_AFTER_FROM = timedelta(days=300)
"""The look back a year later means little before ten months."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing: a code, the values its sentence needs, and where it is mended.

    `place` is the name of a page; `url` overrules it where another room gave the address.
    `text` is a sentence of another room, told as it is.
    """

    code: str
    place: str = ""
    details: tuple[tuple[str, object], ...] = ()
    url: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards ask about one firm's way; None is not known."""

    state: str
    since: date
    visits_needed: int
    is_paused: bool = False
    is_cancelled: bool = False
    needs: tuple[str, ...] = ()
    completed: frozenset[str] = frozenset()
    size_band: str = ""
    size_bands: tuple[str, ...] = ()
    override_reason: str = ""
    is_baseline_enough: bool = False
    baseline_missing: tuple[Lack, ...] = ()
    roles_present: tuple[str, ...] = ()
    team_roles: tuple[str, ...] = ()
    has_plan: bool = False
    visit_days: tuple[date, ...] = ()
    is_endline_enough: bool = False
    endline_missing: tuple[Lack, ...] = ()
    has_waiver: bool = False
    endline_on: date | None = None
    is_year_after_enough: bool = False
    year_after_missing: tuple[Lack, ...] = field(default=())


def path(visits: int) -> tuple[str, ...]:
    """Return the states in order, for a module of so many visits.

    >>> path(2)[6:]
    ('plan_approved', 'visit1', 'visit2', 'endline_done', 'certificate_issued', 'year_after_done')
    """
    middle = tuple(f"visit{number}" for number in range(1, visits + 1))
    return (*BEFORE_VISITS, *middle, *AFTER_VISITS)


def next_of(state: str, visits: int) -> str | None:
    """Return the state that follows; None at the end and after an exit.

    >>> next_of("visit2", 2), next_of("dropped", 2), next_of("year_after_done", 2)
    ('endline_done', None, None)
    """
    way = path(visits)
    if state not in way or state == way[-1]:
        return None
    return way[way.index(state) + 1]


def allowed(facts: Facts) -> tuple[str, ...]:
    """Return the states that may come next, guards aside.

    With a written waiver the certificate may follow the last visit without an endline.
    """
    follows = next_of(facts.state, facts.visits_needed)
    if facts.state in EXITS or follows is None:
        return ()
    moves = [follows]
    if follows == "endline_done" and facts.has_waiver:
        moves.append("certificate_issued")
    if facts.state in ("certificate_issued",):
        return tuple(moves)  # what was certified is neither dropped nor closed without data
    return (*moves, *EXITS)


def rank(state: str, visits: int) -> int:
    """Return how far a state lies along the way; exits have no rank.

    >>> rank("lead", 3), rank("endline_done", 3), rank("dropped", 3)
    (0, 10, -1)
    """
    way = path(visits)
    return way.index(state) if state in way else -1


def lacks(facts: Facts, to: str, on: date, today: date) -> tuple[Lack, ...]:
    """Return everything that stands between the firm and `to`; nothing: it may move."""
    if to not in allowed(facts):
        return (_out_of_order(facts, to),)
    found = [*_of_day(facts, on, today)]
    if facts.is_paused and to not in EXITS:
        found.append(Lack("paused", "resume"))
    if facts.is_cancelled and to not in EXITS:
        found.append(Lack("cycle_cancelled", "cycle"))
    guard = GUARDS.get("visit" if to.startswith("visit") else to)
    return (*found, *(guard(facts, to, on) if guard is not None else ()))


def warnings(facts: Facts, to: str) -> tuple[Lack, ...]:
    """Return what is worth saying and does not stop the move."""
    if to != "workshop_attended":
        return ()
    managing, working = sides(facts.roles_present)
    if managing >= SEATS_WANTED and working >= SEATS_WANTED:
        return ()
    counts = (("managing", managing), ("working", working))
    return (Lack("below_two_and_two", "participants", counts),)


def sides(roles: Sequence[str]) -> tuple[int, int]:
    """Return how many manage and how many work.

    >>> sides(["owner", "worker", "union_rep"])
    (1, 2)
    """
    return sum(r in MANAGING for r in roles), sum(r in WORKING for r in roles)


def year_after(endline: date) -> date:
    """Return the day a year later; 29 February becomes the 28th.

    >>> year_after(date(2024, 2, 29))
    datetime.date(2025, 2, 28)
    """
    try:
        return endline.replace(year=endline.year + 1)
    except ValueError:
        return endline.replace(year=endline.year + 1, day=28)


def days_in_order(days: Sequence[date]) -> bool:
    """Whether each day is not before the one it follows."""
    return all(one <= other for one, other in pairwise(days))


def _out_of_order(facts: Facts, to: str) -> Lack:
    follows = next_of(facts.state, facts.visits_needed) or ""
    return Lack("out_of_order", "firm", (("state", facts.state), ("to", to), ("next", follows)))


def _of_day(facts: Facts, on: date, today: date) -> list[Lack]:
    if on > today:
        return [Lack("future", "", (("on", on),))]
    if on < facts.since:
        return [Lack("before_last", "", (("on", on), ("since", facts.since)))]
    return []


def _eligible(facts: Facts, _to: str, _on: date) -> list[Lack]:
    found = []
    if facts.needs and not facts.completed & set(facts.needs):
        found.append(Lack("prerequisite", "pipeline", (("needs", facts.needs),)))
    if facts.override_reason:
        return found
    if not facts.size_band and facts.size_bands:
        found.append(Lack("size_unknown", "enterprise"))
    elif facts.size_bands and facts.size_band not in facts.size_bands:
        details = (("band", facts.size_band), ("bands", facts.size_bands))
        found.append(Lack("size_outside", "admit", details))
    return found


def _baseline(facts: Facts, _to: str, _on: date) -> list[Lack]:
    if facts.is_baseline_enough:
        return []
    return list(facts.baseline_missing) or [Lack("no_baseline", "baseline")]


def _workshop(facts: Facts, to: str, on: date) -> list[Lack]:
    found = _baseline(facts, to, on)
    managing, working = sides(facts.roles_present)
    if not managing:
        found.append(Lack("no_manager_present", "attendance"))
    if not working:
        found.append(Lack("no_worker_present", "attendance"))
    return found


def _team(facts: Facts, _to: str, _on: date) -> list[Lack]:
    managing, working = sides(facts.team_roles)
    found = [] if managing else [Lack("team_without_manager", "team")]
    return found if working else [*found, Lack("team_without_worker", "team")]


def _plan(facts: Facts, _to: str, _on: date) -> list[Lack]:
    return [] if facts.has_plan else [Lack("no_plan", "plan")]


def _visit(facts: Facts, to: str, _on: date) -> list[Lack]:
    number = int(to.removeprefix("visit"))
    if len(facts.visit_days) < number:
        return [Lack("no_visit", "visit", (("number", number),))]
    if not days_in_order(facts.visit_days):
        return [Lack("visits_out_of_order", "firm")]
    return []


def _endline(facts: Facts, _to: str, _on: date) -> list[Lack]:
    if facts.is_endline_enough:
        return []
    return list(facts.endline_missing) or [Lack("no_endline", "endline")]


def _certificate(facts: Facts, _to: str, _on: date) -> list[Lack]:
    if facts.state == "endline_done" or facts.has_waiver:
        return []
    return [Lack("no_endline", "endline")]


def _year_after(facts: Facts, _to: str, on: date) -> list[Lack]:
    if facts.endline_on is not None and on < facts.endline_on + YEAR_AFTER_FROM:
        return [Lack("year_after_too_soon", "", (("from", facts.endline_on + YEAR_AFTER_FROM),))]
    if facts.is_year_after_enough:
        return []
    return list(facts.year_after_missing) or [Lack("no_year_after", "year_after")]


Guard = Callable[[Facts, str, date], list[Lack]]
GUARDS: dict[str, Guard] = {
    "eligible": _eligible,
    "baseline_done": _baseline,
    "workshop_attended": _workshop,
    "eit_formed": _team,
    "plan_approved": _plan,
    "visit": _visit,
    "endline_done": _endline,
    "certificate_issued": _certificate,
    "year_after_done": _year_after,
}
