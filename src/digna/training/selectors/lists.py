"""Lists: cycles, what is to be chased, the overview, sales by stage, a buyer's totals."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.accounts.models import User
from digna.registry import names
from digna.registry.models.enterprises import SizeBand
from digna.training import access, lacks, states
from digna.training.models import (
    BuyerProgramme,
    Cycle,
    CycleFirm,
    Opportunity,
    SupplierConsent,
    Workshop,
    WorkshopAttendance,
)
from digna.web.languages import either

STATES = ("en-curso", "proximos", "terminados", "cancelados")
SUPPRESSED_BELOW = 5
"""Cells of fewer firms tell of a firm: a buyer is not shown them."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the list of cycles says."""

    q: str = ""
    state: str = ""
    module: str = ""
    department: str = ""


def cycles(user: object, filters: Filters, today: date) -> QuerySet[Cycle]:
    """Return the visible cycles that pass the filters, with their counts."""
    rows = _without_state(user, filters)
    if filters.state in STATES:
        rows = rows.filter(_in_state(filters.state, today))
    firms = CycleFirm.objects.filter(cycle=OuterRef("pk"))
    return (
        rows.annotate(
            firm_count=_count(firms.exclude(state__in=states.EXITS), "cycle"),
            certified_count=_count(firms.exclude(certificate_on=None), "cycle"),
        )
        .select_related("module", "partner", "place")
        .prefetch_related(Prefetch("programmes", to_attr="in_programmes"))
        .order_by("-starts_on", "-pk")
    )


def state_counts(user: object, filters: Filters, today: date) -> dict[str, int]:
    """Return how many cycles each chip would show; "" is all of them."""
    counts = {
        state.replace("-", "_"): Count("pk", filter=_in_state(state, today)) for state in STATES
    }
    found = _without_state(user, filters).aggregate(all=Count("pk"), **counts)
    return {"": found["all"]} | {state: found[state.replace("-", "_")] for state in STATES}


def _without_state(user: object, filters: Filters) -> QuerySet[Cycle]:
    rows = access.visible_cycles(user)
    if filters.module:
        rows = rows.filter(module__code=filters.module)
    if filters.department:
        inside = CycleFirm.objects.filter(
            Q(enterprise__place__code=filters.department)
            | Q(enterprise__place__parent__code=filters.department)
        )
        rows = rows.filter(pk__in=inside.values("cycle"))
    if filters.q.strip():
        rows = rows.filter(pk__in=_named_like(rows, filters.q))
    return rows


def _named_like(rows: QuerySet[Cycle], text: str) -> list[int]:
    wanted = names.fold(text).split()
    told = rows.values_list("pk", "title", "module__name_es", "partner__name", "partner__acronym")
    return [
        key
        for key, *texts in told
        if all(word in names.fold(" ".join(t or "" for t in texts)) for word in wanted)
    ]


def _in_state(state: str, today: date) -> Q:
    if state == "cancelados":
        return Q(is_cancelled=True)
    if state == "proximos":
        return Q(is_cancelled=False, starts_on__gt=today)
    is_over = Q(ends_on__lt=today)
    begun = Q(is_cancelled=False, starts_on__lte=today)
    return begun & (is_over if state == "terminados" else ~is_over)


def _count(rows: QuerySet[Any], key: str) -> Coalesce:
    counted = rows.order_by().values(key).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def firms_of(cycle: Cycle) -> list[CycleFirm]:
    """Return the firms of a cycle with the word of their state."""
    rows: list[Any] = list(
        cycle.firms.select_related("enterprise__place").annotate(
            participant_count=Count("participants", distinct=True),
            visit_count=Count("visits", distinct=True),
        )
    )
    for row in rows:
        row.state_label = lacks.state_word(row.state)
    return rows


@dataclass(frozen=True, slots=True)
class Part:
    """A bar of the overview: a category and how many firms' ways are in it."""

    label: str
    value: int
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """The programme in figures: ways and firms are two counts, never added."""

    cycles: int
    ways: int
    firms: int
    certified: int
    with_endline: int
    by_state: tuple[Part, ...]
    by_module: tuple[Part, ...]
    by_department: tuple[Part, ...]
    by_sector: tuple[Part, ...]


def overview(user: object) -> Overview:
    """Return what the programme's training comes to, over all this user sees."""
    rows = list(
        CycleFirm.objects.filter(cycle__in=access.visible_cycles(user).values("pk")).values_list(
            "cycle_id", "enterprise_id", "state", "certificate_on", "endline_on",
            "cycle__module__name_es", "cycle__module__name_en", "enterprise__place__name",
            "enterprise__place__kind", "enterprise__place__parent__name",
            "enterprise__sector__name_es",
        )
    )  # fmt: skip
    departments = [(r[9] if r[8] == "municipality" else r[7]) or "" for r in rows]
    return Overview(
        cycles=len({r[0] for r in rows}),
        ways=len(rows),
        firms=len({r[1] for r in rows}),
        certified=sum(r[3] is not None for r in rows),
        with_endline=sum(r[4] is not None for r in rows),
        by_state=_states(r[2] for r in rows),
        by_module=_parts(either(r[5], r[6]) for r in rows),
        by_department=_parts(departments),
        by_sector=_parts(r[10] or "" for r in rows),
    )


def _states(found: Iterable[str]) -> tuple[Part, ...]:
    counts = Counter(found)
    order = [*states.path(12), *states.EXITS]
    return tuple(Part(lacks.state_word(s).capitalize(), counts[s]) for s in order if counts[s])


def _parts(labels: Iterable[str]) -> tuple[Part, ...]:
    counts = Counter(labels)
    unknown = counts.pop("", 0)
    parts = [Part(label, value) for label, value in counts.most_common()]
    return (*parts, Part(_("Sin dato"), unknown, True)) if unknown else tuple(parts)


@dataclass(frozen=True, slots=True)
class Chase:
    """Something of a firm that is late: what, since when, and where it is done."""

    kind: str
    what: str
    firm: CycleFirm
    due: date | None
    url: str


CHASES = {
    "linea-base": gettext_lazy("Sin línea base"),
    "visita": gettext_lazy("Visita atrasada"),
    "linea-final": gettext_lazy("Línea final atrasada"),
    "al-ano": gettext_lazy("Visita al año"),
    "sin-contacto": gettext_lazy("Sin contacto"),
}
QUIET_DAYS = timedelta(days=30)


def chase(user: object, today: date, kind: str = "", mine: bool = False) -> list[Chase]:
    """Return what is to be chased, the oldest first; paused and closed ways are left alone."""
    rows = access.visible_firms(user, access.SEE).filter(is_paused=False, cycle__is_cancelled=False)
    if mine and isinstance(user, User):
        rows = rows.filter(cycle__trainers__user=user)
    rows = rows.exclude(state__in=(*states.EXITS, "year_after_done"))
    rows = rows.select_related("enterprise", "cycle__module").distinct()
    found = [one for row in rows for one in _chases(row, today)]
    wanted = [one for one in found if not kind or one.kind == kind]
    return sorted(wanted, key=lambda one: (one.due or today, one.firm.pk))


def _chases(row: CycleFirm, today: date) -> Iterable[Chase]:
    visits = row.cycle.module.visits
    here = states.rank(row.state, visits)
    if here < states.rank("baseline_done", visits) and row.cycle.starts_on <= today + timedelta(7):
        yield _chase("linea-base", row, row.cycle.starts_on, "baseline")
    if row.next_visit_on is not None and row.next_visit_on < today:
        yield _chase("visita", row, row.next_visit_on, "visit")
    last = f"visit{visits}" if visits else "plan_approved"
    if row.state == last and row.since + QUIET_DAYS < today:
        yield _chase("linea-final", row, row.since + QUIET_DAYS, "endline")
    if row.year_after_due is not None and row.year_after_due <= today + timedelta(30):
        yield _chase("al-ano", row, row.year_after_due, "year_after")
    is_coached = here < states.rank("endline_done", visits)
    contact = row.last_contact_on or row.enrolled_on
    if is_coached and row.next_visit_on is None and contact + QUIET_DAYS < today:
        yield _chase("sin-contacto", row, contact + QUIET_DAYS, "firm")


def _chase(kind: str, row: CycleFirm, due: date, place: str) -> Chase:
    return Chase(kind, str(CHASES[kind]), row, due, lacks.place_url(row, place))


def visits_due(user: object, on: date, until: date) -> list[CycleFirm]:
    """Return the firms this user is to visit between two days."""
    rows = access.visible_firms(user, access.SEE).filter(
        next_visit_on__gte=on, next_visit_on__lte=until, is_paused=False
    )
    if isinstance(user, User) and rows.filter(cycle__trainers__user=user).exists():
        rows = rows.filter(cycle__trainers__user=user)
    rows = rows.select_related("enterprise__place", "cycle__module").distinct()
    return list(rows.order_by("next_visit_on", "pk")[:20])


def workshops_of(cycle: Cycle) -> QuerySet[Workshop]:
    """Return the workshops with how many came and how many were marked."""
    return cycle.workshops.annotate(
        present_count=Count("attendances", filter=Q(attendances__is_present=True)),
        marked_count=Count("attendances"),
    ).order_by("starts_at", "pk")


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One person of the attendance grid."""

    firm: CycleFirm
    person: Any
    role: str
    role_label: str
    is_present: bool | None
    minutes: int | None

    @property
    def seen(self) -> str:
        """What the grid showed, to send back only what was changed."""
        mark = {True: "present", False: "absent", None: ""}[self.is_present]
        return f"{mark}:{self.minutes if self.minutes is not None else ''}"


def seats(workshop: Workshop) -> list[tuple[CycleFirm, list[SeatRow]]]:
    """Return everybody seated in the cycle, by firm, with the mark they have."""
    marks = {row.person_id: row for row in WorkshopAttendance.objects.filter(workshop=workshop)}
    firms = (
        workshop.cycle.firms.exclude(state__in=states.EXITS)
        .select_related("enterprise")
        .prefetch_related("participants__person")
    )
    return [
        (firm, [_seat(firm, row, marks.get(row.person_id)) for row in firm.participants.all()])
        for firm in firms
    ]


def _seat(firm: CycleFirm, row: Any, mark: WorkshopAttendance | None) -> SeatRow:
    return SeatRow(
        firm=firm,
        person=row.person,
        role=row.role,
        role_label=row.get_role_display(),
        is_present=None if mark is None else mark.is_present,
        minutes=None if mark is None else mark.minutes,
    )


@dataclass(frozen=True, slots=True)
class StageSum:
    """A column of the board: how many offers, and their money by currency."""

    stage: str
    label: str
    count: int
    money: tuple[tuple[str, Decimal], ...]


def stages(user: object) -> tuple[StageSum, ...]:
    """Return offers and money by stage; an offer without a price adds none."""
    rows = access.visible_opportunities(user).order_by()
    counts = Counter(rows.values_list("stage", flat=True))
    sums: dict[str, list[tuple[str, Decimal]]] = {}
    for stage, currency, total in (
        rows.exclude(price_offered=None)
        .values_list("stage", "currency")
        .annotate(total=Sum(Coalesce("price_accepted", "price_offered")))
        .order_by("currency")
    ):
        sums.setdefault(stage, []).append((currency, total))
    return tuple(
        StageSum(code, str(label).capitalize(), counts[code], tuple(sums.get(code, ())))
        for code, label in Opportunity.Stage.choices
    )


def opportunities(user: object, stage: str = "", q: str = "") -> QuerySet[Opportunity]:
    """Return the offers of a stage, who is to be called first on top."""
    rows = access.visible_opportunities(user)
    if stage in Opportunity.Stage.values:
        rows = rows.filter(stage=stage)
    for word in q.split():
        rows = rows.filter(enterprise__name__icontains=word)
    order = F("next_contact_on").asc(nulls_last=True)
    return rows.select_related("enterprise__place", "module", "partner").order_by(order, "-pk")


@dataclass(frozen=True, slots=True)
class BuyerPage:
    """A buyer's view: totals of all suppliers, and by name only those that consented."""

    suppliers: int
    certified: int | None
    in_training: int | None
    by_module: tuple[Part, ...]
    is_suppressed: bool
    named: tuple[CycleFirm, ...]
    consents: dict[int, SupplierConsent]


def buyer_page(programme: BuyerProgramme) -> BuyerPage:
    """Return totals; below five suppliers they would tell of a firm and are withheld."""
    rows = list(
        CycleFirm.objects.filter(cycle__buyer_programme=programme).select_related(
            "enterprise", "cycle__module"
        )
    )
    suppliers = {row.enterprise_id for row in rows}
    consents: dict[int, SupplierConsent] = {}
    for consent in programme.consents.order_by("on", "pk"):
        consents[consent.enterprise_id] = consent
    named = [r for r in rows if r.enterprise_id in consents and consents[r.enterprise_id].is_given]
    for row in named:
        row.state_label = lacks.state_word(row.state)  # type: ignore[attr-defined]
    is_suppressed = 0 < len(suppliers) < SUPPRESSED_BELOW
    done = {row.enterprise_id for row in rows if row.certificate_on is not None}
    modules = _parts(row.cycle.module.name for row in rows)
    return BuyerPage(
        suppliers=len(suppliers),
        certified=None if is_suppressed else len(done),
        in_training=None if is_suppressed else len(suppliers - done),
        by_module=()
        if is_suppressed
        else tuple(part for part in modules if part.value >= SUPPRESSED_BELOW),
        is_suppressed=is_suppressed,
        named=tuple(named),
        consents=consents,
    )


def size_words(codes: Iterable[str]) -> str:
    """Return size bands in words."""
    told = dict(SizeBand.choices)
    return ", ".join(str(told.get(code, code)) for code in codes)


def workshops_due(user: object, on: date) -> list[Workshop]:
    """Return the workshops of a day in this user's cycles."""
    rows = Workshop.objects.filter(
        cycle__in=access.visible_cycles(user).values("pk"), is_cancelled=False
    )
    day = timezone.localdate
    near = rows.filter(
        starts_at__date__gte=on - timedelta(1), starts_at__date__lte=on + timedelta(1)
    ).select_related("cycle__module")
    return [row for row in near.order_by("starts_at") if day(row.starts_at) == on]


def start_url(firm: CycleFirm) -> str:
    """Return where a visit to a firm is begun."""
    return reverse("training:new_visit", args=[firm.public_id])
