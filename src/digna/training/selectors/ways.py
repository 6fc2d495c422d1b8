"""A firm's way as its page and its guards see it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from digna.training import lacks, outcomes, states
from digna.training.models import (
    CycleFirm,
    Move,
    NextStep,
    Visit,
    VisitPresence,
    WorkshopAttendance,
)
from digna.training.states import Facts

ASKED = {
    "baseline_done": "baseline",
    "workshop_attended": "baseline",
    "endline_done": "endline",
    "year_after_done": "year_after",
}
"""Which measurement the guard of each step looks at; the others are not read."""
CERTIFIED = ("certificate_issued", "year_after_done")


def completed_modules(enterprise_id: int) -> frozenset[str]:
    """Return the codes of the modules that a firm completed: it was certified in them."""
    rows = CycleFirm.objects.filter(enterprise=enterprise_id, state__in=CERTIFIED)
    return frozenset(rows.values_list("cycle__module__code", flat=True))


def facts(firm: CycleFirm) -> Facts:
    """Gather everything that the guards ask about a firm's way, as it stands now."""
    module = firm.cycle.module
    asked = ASKED.get(states.next_of(firm.state, module.visits) or "")
    baseline, endline, later = (
        outcomes.held(firm.public_id, point) if point == asked else outcomes.NOT_ASKED
        for point in ("baseline", "endline", "year_after")
    )
    return Facts(
        state=firm.state,
        since=firm.since,
        visits_needed=module.visits,
        is_paused=firm.is_paused,
        is_cancelled=firm.cycle.is_cancelled,
        needs=tuple(module.needs),
        completed=completed_modules(firm.enterprise_id),
        # A band learnt after enrolment counts too: it is what the refusal asked for.
        size_band=firm.size_band or firm.enterprise.size_band,
        size_bands=tuple(module.size_bands),
        override_reason=firm.override_reason,
        is_baseline_enough=baseline.is_enough,
        baseline_missing=baseline.missing,
        roles_present=roles_present(firm),
        team_roles=tuple(firm.team.filter(until=None).values_list("role", flat=True)),
        has_plan=bool(firm.plan and firm.plan_approved_by),
        visit_days=tuple(firm.visits.order_by("number").values_list("on", flat=True)),
        is_endline_enough=endline.is_enough,
        endline_missing=endline.missing,
        has_waiver=bool(firm.waiver_reason),
        endline_on=firm.endline_on,
        is_year_after_enough=later.is_enough,
        year_after_missing=later.missing,
    )


def roles_present(firm: CycleFirm) -> tuple[str, ...]:
    """Return the role of each person of the firm who was at a workshop; each person once."""
    rows = WorkshopAttendance.objects.filter(firm=firm, is_present=True).order_by("pk")
    return tuple(dict(rows.values_list("person_id", "role")).values())


@dataclass(frozen=True, slots=True)
class Step:
    """One state of the way as the page draws it."""

    state: str
    label: str
    is_done: bool
    is_now: bool
    on: date | None


@dataclass(frozen=True, slots=True)
class Way:
    """A firm's way: its steps, what comes next, what that lacks and what is worth saying."""

    steps: tuple[Step, ...]
    next_state: str
    next_label: str
    missing: tuple[lacks.Told, ...]
    warnings: tuple[lacks.Told, ...]
    may_certify_by_waiver: bool
    state_label: str

    @property
    def is_over(self) -> bool:
        return not self.next_state


def way(firm: CycleFirm, today: date) -> Way:
    """Return the way as it stands today."""
    known = facts(firm)
    options = states.allowed(known)
    follows = options[0] if options else ""
    found = states.lacks(known, follows, today, today) if follows else ()
    told_warnings = states.warnings(known, follows) if follows else ()
    return Way(
        steps=_steps(firm, known),
        next_state=follows,
        next_label=lacks.state_word(follows) if follows else "",
        missing=lacks.told(firm, found),
        warnings=lacks.told(firm, told_warnings),
        may_certify_by_waiver="certificate_issued" in options[1:],
        state_label=lacks.state_word(firm.state),
    )


def _steps(firm: CycleFirm, known: Facts) -> tuple[Step, ...]:
    standing = {move.after: move.on for move in Move.objects.filter(firm=firm, is_undone=False)} | {
        "lead": firm.enrolled_on
    }
    return tuple(
        Step(
            state=state,
            label=lacks.state_word(state),
            is_done=state in standing,
            is_now=state == firm.state,
            on=standing.get(state),
        )
        for state in states.path(known.visits_needed)
    )


def visits(firm: CycleFirm) -> list[Visit]:
    """Return the visits of a firm, the latest first, with what they led to."""
    return list(
        firm.visits.select_related("trainer")
        .prefetch_related(
            Prefetch(
                "presences",
                queryset=VisitPresence.objects.select_related("person"),
                to_attr="who_was_there",
            ),
            Prefetch("photos", to_attr="pictures"),
        )
        .order_by("-number")
    )


def open_steps(firm: CycleFirm, but: Collection[int] = ()) -> list[NextStep]:
    """Return what earlier visits agreed and nobody ticked yet."""
    rows = NextStep.objects.filter(visit__firm=firm, done_on=None).exclude(visit__in=but)
    return list(rows.select_related("visit").order_by("due_on", "pk"))
