"""All firms on their pathways: how far each is, and which papers lapse."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.pathways import access, costs
from digna.pathways.forms import said
from digna.pathways.models import FirmPathway, StepProgress
from digna.pathways.selectors import checklist, known
from digna.pathways.selectors.library import shelf, spoken
from digna.registry.models import Enterprise
from digna.web.days import day
from digna.web.links import whatsapp
from digna_engines.pathways import Plan, plan

Row = TypeVar("Row", bound=models.Model)
FAR = 800
"""Days ahead that a calendar file holds: a paper of two years, and a little more."""


@dataclass(frozen=True, slots=True)
class Along:
    """A firm along one pathway: `done` of `steps`, papers lapsed or about to, what was spent."""

    pathway: FirmPathway
    name: str
    done: int
    steps: int
    open: int
    lapsed: int
    soon: int
    spent: str
    spent_count: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is asked for."""

    q: str = ""
    code: str = ""
    state: str = ""


def pathways(user: object, filters: Filters) -> QuerySet[FirmPathway]:
    """Return the pathways of the firms a user may see, by name of the firm."""
    firms = access.visible_firms(user, access.FOLLOW).order_by().values("pk")
    rows = FirmPathway.objects.filter(enterprise__in=firms, left_on=None)
    if filters.code:
        rows = rows.filter(code=filters.code)
    if filters.q:
        rows = rows.filter(enterprise__name__icontains=filters.q)
    return with_firm(rows).order_by("enterprise__name", "pk")


def with_firm(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Load with each row what is known of its firm."""
    return rows.select_related(
        "enterprise__legal_form", "enterprise__place__parent", "enterprise__sector"
    )


def along(rows: Iterable[FirmPathway], on: date) -> list[Along]:
    """Return how far each is: three reads however many they are."""
    found, every = shelf(), list(rows)
    every = [row for row in every if row.code in found.library.pathways]
    firms = list({row.enterprise_id: row.enterprise for row in every}.values())
    told = known.of_firms(firms, found.library)
    steps = checklist.latest_of(firms)
    return [
        far(
            row,
            plan(found.library, row.code, known.values(told[row.enterprise_id]), on=on),
            steps[row.enterprise_id],
            on,
        )
        for row in every
    ]


def far(row: FirmPathway, drawn: Plan, steps: Mapping[str, StepProgress], on: date) -> Along:
    """Return how far a firm is, from its plan and the latest turn of each of its steps."""
    own = [steps[p.step.key] for p in drawn.steps if p.step.key in steps]
    counted = [
        checklist.state_of(steps.get(p.step.key), on)
        for p in drawn.steps
        if checklist.is_counted(p, steps.get(p.step.key), on)
    ]
    return Along(
        pathway=row,
        name=said(drawn.pathway.name, spoken()),
        done=counted.count("done"),
        steps=len(counted),
        open=sum(checklist.is_open(p, steps.get(p.step.key), on) for p in drawn.steps),
        lapsed=sum(one.is_expired(on) for one in own),
        soon=sum(checklist.is_soon(one, on) for one in own),
        spent=costs.sums(checklist.spent_on(own)),
        spent_count=sum(one.spent is not None for one in own),
        last_on=max((timezone.localdate(one.at) for one in own), default=None),
    )


def is_finished(one: Along) -> bool:
    """Whether every step that is the firm's is done, and none hangs on an answer."""
    return one.steps > 0 and one.done == one.steps and not one.open


def is_in(one: Along, state: str) -> bool:
    """Whether a firm's pathway is in a state of the list's filter."""
    return {
        "": True,
        "en-curso": not is_finished(one),
        "terminadas": is_finished(one),
        "vencidas": one.lapsed + one.soon > 0,
    }.get(state, True)


@dataclass(frozen=True, slots=True)
class Lapsing:
    """A paper that lapses: of which firm, which step, when, and a text to remind them."""

    progress: StepProgress
    name: str
    is_over: bool
    recurs: bool
    whatsapp: str


def lapsing(user: object, on: date, days: int = checklist.SOON) -> list[Lapsing]:
    """Return the papers that lapsed or will within some days, the earliest first."""
    firms = access.visible_firms(user).order_by().values("pk")
    return of_rows(StepProgress.objects.filter(enterprise__in=firms), on, days)


def lapsing_of(firm: Enterprise, on: date, days: int = checklist.SOON) -> list[Lapsing]:
    """Return the papers of one firm that lapsed or will within some days."""
    return of_rows(StepProgress.objects.filter(enterprise=firm), on, days)


def standing_turns(rows: QuerySet[StepProgress]) -> QuerySet[StepProgress]:
    """Return the done steps that were not begun again."""
    newer = StepProgress.objects.filter(
        enterprise=OuterRef("enterprise"), step=OuterRef("step"), turn__gt=OuterRef("turn")
    )
    return rows.filter(~Exists(newer), state=StepProgress.State.DONE)


def of_rows(rows: QuerySet[StepProgress], on: date, days: int) -> list[Lapsing]:
    """Return those of the rows that lapse; what was begun again is told by its newer turn."""
    soon = standing_turns(rows).filter(expires_on__lte=on + timedelta(days=days))
    found = soon.select_related("enterprise__place__parent")
    steps, tongue = shelf().library.steps, spoken()
    return [
        _lapsing(row, said(steps[row.step].name, tongue), steps[row.step].recurs is not None, on)
        for row in found.order_by("expires_on", "pk")
        if row.step in steps
    ]


def _lapsing(row: StepProgress, name: str, recurs: bool, on: date) -> Lapsing:
    is_over = row.is_expired(on)
    text = (
        _("Buenos días. El paso «%(step)s» de %(firm)s venció el %(day)s. ¿Lo renovamos?")
        if is_over
        else _("Buenos días. El paso «%(step)s» de %(firm)s vence el %(day)s. ¿Lo renovamos?")
    )
    told = text % {"step": name, "firm": row.enterprise, "day": day(row.expires_on)}
    return Lapsing(row, name, is_over, recurs, whatsapp(row.enterprise.phone, told))
