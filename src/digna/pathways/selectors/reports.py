"""The queue of errors reported in steps."""

from collections import Counter, defaultdict

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from digna.pathways.forms import said
from digna.pathways.models import StepReport
from digna.pathways.selectors.library import shelf, spoken

OPEN = (StepReport.State.NEW, StepReport.State.SEEN)


def queue(state: str, step: str = "") -> QuerySet[StepReport]:
    """Return reports in a state (`abiertos`: new and seen), those that wait first."""
    rows = StepReport.objects.select_related("enterprise", "answered_by")
    if state == "abiertos":
        rows = rows.filter(state__in=OPEN)
    elif state:
        rows = rows.filter(state=state)
    if step:
        rows = rows.filter(step=step)
    waits = Case(
        When(state="new", then=Value(0)), When(state="seen", then=Value(1)), default=Value(2),
        output_field=IntegerField(),
    )  # fmt: skip
    return rows.order_by(waits, "-at", "-pk")


def counts() -> dict[str, int]:
    """Return how many there are, by the filters of the list."""
    rows = StepReport.objects.order_by().values("state").annotate(n=Count("pk"))
    found: dict[str, int] = defaultdict(int) | {row["state"]: row["n"] for row in rows}
    found[""] = sum(found.values())
    found["abiertos"] = sum(found[state] for state in OPEN)
    return found


def by_step() -> list[tuple[str, str, int]]:
    """Return how many wait on each step: code, name, count; most first."""
    told = Counter(StepReport.objects.filter(state__in=OPEN).values_list("step", flat=True))
    named = names()
    return [(code, named.get(code, code), n) for code, n in told.most_common()]


def names() -> dict[str, str]:
    """Return what the steps are called."""
    tongue = spoken()
    return {key: said(step.name, tongue) for key, step in shelf().library.steps.items()}
