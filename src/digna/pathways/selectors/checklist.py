"""A firm's own list: each step with how far it is, what it really cost, what changed since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from digna.pathways import costs
from digna.pathways.forms import said
from digna.pathways.models import FirmPathway, StepPaper, StepProgress, StepReport
from digna.pathways.selectors import guides, known, medians
from digna.pathways.selectors.library import Shelf, shelf, shelf_then, spoken
from digna.registry.models import Enterprise
from digna_engines.pathways import Plan, Planned, Step, Totals, plan, total

State = StepProgress.State
KINDS = {
    "todo": "",
    "doing": "info",
    "filed": "info",
    "done": "good",
    "not_ours": "",
    "expired": "error",
}
SOON = 60
"""Days ahead within which a paper counts as about to expire."""


@dataclass(frozen=True, slots=True)
class Line:
    """A step of a firm: what the guide says of it, and how far the firm is."""

    face: guides.StepFace
    progress: StepProgress | None
    state: str
    word: str
    kind: str
    before: tuple[str, ...]
    changed: str
    really: str
    papers: tuple[StepPaper, ...]
    reports: int
    is_counted: bool
    is_soon: bool

    @property
    def is_settled(self) -> bool:
        return self.state in ("done", "not_ours")

    @property
    def spent(self) -> str:
        """What was really spent, in words; "" when it is not known."""
        row = self.progress
        return costs.money(row.spent, row.currency) if row and row.spent is not None else ""


@dataclass(frozen=True, slots=True)
class Sums:
    """What is done of what is to be done, and what it really took, each with its n."""

    done: int
    steps: int
    open: int
    official: Totals
    money: str
    spent: str
    spent_count: int
    days: int
    days_count: int


@dataclass(frozen=True, slots=True)
class Checklist:
    """A firm on one pathway."""

    pathway: FirmPathway
    name: str
    warning: str
    phases: tuple[tuple[str, tuple[Line, ...]], ...]
    left_out: tuple[Line, ...]
    barriers: tuple[str, ...]
    sums: Sums
    offices: tuple[str, ...]
    to_ask: int
    expiring: tuple[Line, ...]
    versions: str

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for _name, lines in self.phases for line in lines)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is recorded of one firm, read at once."""

    progress: Mapping[str, StepProgress]
    papers: Mapping[tuple[str, int], list[StepPaper]]
    reports: Mapping[str, int]


def checklist(pathway: FirmPathway, on: date) -> Checklist:
    """Return the list of a firm that set out on a pathway."""
    found, tongue = shelf(), spoken()
    answers = known.values(known.of_firm(pathway.enterprise, found.library))
    drawn = plan(found.library, pathway.code, answers, on=on)
    then = {p.step.key: p for p in _as_then(pathway, answers)}
    told, spent = _told(pathway.enterprise), medians.of_steps()
    lines = {
        one.step.key: _line(found, one, told, then.get(one.step.key), spent, tongue, on)
        for one in (*drawn.steps, *drawn.not_for_you)
    }
    counted = tuple(lines[p.step.key] for p in drawn.steps)
    return Checklist(
        pathway=pathway,
        name=said(drawn.pathway.name, tongue),
        warning=said(drawn.pathway.warning, tongue),
        phases=guides.by_phase(counted, lambda line: line.face.phase),
        left_out=tuple(lines[p.step.key] for p in drawn.not_for_you),
        barriers=tuple(said(one.says, tongue) for one in drawn.barriers),
        sums=_sums(drawn, counted),
        offices=guides.offices(drawn, tongue),
        to_ask=len(drawn.questions),
        expiring=tuple(x for x in lines.values() if x.is_soon or x.state == "expired"),
        versions=", ".join(f"{code} {n}" for code, n in sorted(pathway.kits.items())),
    )


def step_line(enterprise: Enterprise, step: str, on: date) -> tuple[Line | None, Planned | None]:
    """Return one step of a firm, whatever pathway it stands on; None where there is none."""
    found, tongue = shelf(), spoken()
    if step not in found.library.steps:
        return None, None
    pathways = [row for row in FirmPathway.objects.filter(enterprise=enterprise, left_on=None)]
    codes = [row.code for row in pathways if row.code in found.library.pathways]
    codes += [code for code, one in found.library.pathways.items() if step in one.steps]
    answers = known.values(known.of_firm(enterprise, found.library))
    for code in codes:
        planned = plan(found.library, code, answers, on=on).step(step)
        if planned is None:
            continue
        row = next((one for one in pathways if one.code == code), None)
        then = {p.step.key: p for p in _as_then(row, answers)} if row is not None else {}
        told = _told(enterprise)
        line = _line(found, planned, told, then.get(step), medians.of_steps(), tongue, on)
        return line, planned
    return None, None


def is_on(enterprise: Enterprise, code: str) -> bool:
    """Whether a firm set out on a pathway and did not leave it."""
    rows = FirmPathway.objects.filter(enterprise=enterprise, code=code, left_on=None)
    return bool(code) and rows.exists()


def turns(enterprise: Enterprise, step: str) -> list[StepProgress]:
    """Return the earlier turns of a step, the latest first."""
    rows = StepProgress.objects.filter(enterprise=enterprise, step=step).select_related("by")
    return list(rows.order_by("-turn"))[1:]


def validity(step: Step) -> str:
    """Return how long what a step gives lasts, or how often it comes back, in words."""
    return costs.span(step.valid_for) or costs.span(step.recurs)


def _as_then(pathway: FirmPathway, answers: Mapping[str, Any]) -> Iterable[Planned]:
    """The steps as the library of that day would give them to the firm of today."""
    old = shelf_then(pathway)
    if pathway.code not in old.library.pathways:
        return ()
    drawn = plan(old.library, pathway.code, answers, on=pathway.started_on)
    return (*drawn.steps, *drawn.not_for_you)


def _told(enterprise: Enterprise) -> _Told:
    papers: dict[tuple[str, int], list[StepPaper]] = defaultdict(list)
    for paper in StepPaper.objects.filter(enterprise=enterprise).order_by("id"):
        papers[paper.step, paper.turn].append(paper)
    return _Told(latest_of([enterprise])[enterprise.pk], papers, open_reports())


def latest_of(firms: Iterable[Enterprise]) -> dict[int, dict[str, StepProgress]]:
    """Return the latest turn of every step of each firm."""
    every = list(firms)
    found: dict[int, dict[str, StepProgress]] = {firm.pk: {} for firm in every}
    rows = StepProgress.objects.filter(enterprise__in=every).select_related("by")
    for row in rows.order_by("turn"):
        found[row.enterprise_id][row.step] = row
    return found


def open_reports() -> dict[str, int]:
    """Return how many reports wait, by step."""
    counts: dict[str, int] = defaultdict(int)
    states = (StepReport.State.NEW, StepReport.State.SEEN)
    for step in StepReport.objects.filter(state__in=states).values_list("step", flat=True):
        counts[step] += 1
    return counts


def _line(
    found: Shelf,
    one: Planned,
    told: _Told,
    then: Planned | None,
    spent: Mapping[str, medians.Really],
    tongue: str,
    on: date,
) -> Line:
    row = told.progress.get(one.step.key)
    state = state_of(row, on)
    missing = [k for k in one.requires if not is_settled(told.progress.get(k), on)]
    soon = row is not None and is_soon(row, on)
    return Line(
        face=guides.face(found, one, tongue),
        progress=row,
        state=state,
        word=word_of(state),
        kind="warning" if soon else KINDS[state],
        before=tuple(said(found.library.steps[key].name, tongue) for key in missing),
        changed="" if state in ("done", "not_ours") else changed(then, one, tongue),
        really=medians.told(spent, one.step.key),
        papers=tuple(told.papers.get((one.step.key, row.turn if row else 1), ())),
        reports=told.reports.get(one.step.key, 0),
        is_counted=is_counted(one, row, on),
        is_soon=soon,
    )


def is_counted(one: Planned, row: StepProgress | None, on: date) -> bool:
    """Whether a step is one of N: it is to be done, or the firm did it although it need not."""
    state = state_of(row, on)
    if state == "not_ours" or one.state in ("not_for_you", "exempt"):
        return False
    return one.is_to_do or state == "done"


def is_open(one: Planned, row: StepProgress | None, on: date) -> bool:
    """Whether it hangs on an answer if a step is the firm's, and the firm has not settled it."""
    return one.state == "open" and not is_settled(row, on)


def state_of(row: StepProgress | None, on: date) -> str:
    """Return how far a step is: a state of the row, or `expired`."""
    if row is None:
        return "todo"
    return "expired" if row.is_expired(on) else row.state


def is_settled(row: StepProgress | None, on: date) -> bool:
    """Whether a step needs nothing more today."""
    return state_of(row, on) in ("done", "not_ours")


def word_of(state: str) -> str:
    """Return a state in words."""
    return _("vencido") if state == "expired" else str(State(state).label)


def is_soon(row: StepProgress, on: date) -> bool:
    """Whether what was obtained holds and lapses soon."""
    is_held = row.state == State.DONE and row.expires_on is not None
    return is_held and 0 <= (row.expires_on - on).days <= SOON  # type: ignore[operator]


def changed(then: Planned | None, now: Planned, tongue: str) -> str:
    """Say which facts of a step changed since the firm set out; "" when none did."""
    if then is None:
        return ""
    pairs = []
    if then.cost.known and now.cost.known and _amounts(then) != _amounts(now):
        pairs.append((costs.cost(then.cost, tongue), costs.cost(now.cost, tongue)))
    offices = guides.agency(then, tongue), guides.agency(now, tongue)
    if offices[0] != offices[1]:
        pairs.append(offices)
    told = [_("antes %(before)s, ahora %(now)s") % {"before": b, "now": n} for b, n in pairs]
    return _("Cambió desde que empezó: %(what)s.") % {"what": "; ".join(told)} if told else ""


def _amounts(one: Planned) -> list[tuple[Decimal | None, str]]:
    return [(price.amount, price.currency) for price in one.cost.known]


def spent_on(rows: Iterable[StepProgress]) -> dict[str, Decimal]:
    """Return what was spent, by currency: currencies are never added together."""
    spent: dict[str, Decimal] = {}
    for row in rows:
        if row.spent is not None:
            spent[row.currency] = spent.get(row.currency, Decimal(0)) + row.spent
    return spent


def _sums(drawn: Plan, lines: tuple[Line, ...]) -> Sums:
    counted = [line for line in lines if line.is_counted]
    rows = [line.progress for line in lines if line.progress is not None]
    days = [row.days for row in rows if row.days is not None]
    official = total(drawn)
    return Sums(
        done=sum(line.state == "done" for line in counted),
        steps=len(counted),
        open=sum(
            p.state == "open" and not line.is_settled
            for p, line in zip(drawn.steps, lines, strict=True)
        ),
        official=official,
        money=costs.sums(official.money),
        spent=costs.sums(spent_on(rows)),
        spent_count=sum(row.spent is not None for row in rows),
        days=sum(days),
        days_count=len(days),
    )
