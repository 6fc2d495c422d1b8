"""Trainers as screens show them: the list with standings, a portfolio, the figures."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from digna.registry import names
from digna.trainers import access, ladder, telling
from digna.trainers.models import Evidence, LadderRule, Rung, Trainer, Way
from digna.training.models import Cycle, CycleTrainer, Independence, Module

ACCEPTED = Evidence.State.ACCEPTED


def rule_of(module_code: str) -> ladder.Rule:
    """Return the rule in force for a module: its own, else everybody's, else the built-in one."""
    return rules_of([module_code])[module_code]


def rules_of(codes: Iterable[str]) -> dict[str, ladder.Rule]:
    """Return the rule in force for each module code, in one read."""
    wanted = set(codes)
    current = LadderRule.objects.filter(is_current=True, module_code__in=[*wanted, ""])
    found = {row.module_code: row.plain for row in current}
    general = found.get("", ladder.Rule())
    return {code: found.get(code, general) for code in wanted}


def module_named(code: str) -> Module:
    """Return the newest version of a module."""
    row = Module.objects.filter(code=code).order_by("-version").first()
    assert row is not None  # noqa: S101 — a way begins at a module of the catalogue
    return row


def module_names() -> dict[str, str]:
    """Return the names of the modules in use, by code."""
    rows = Module.objects.filter(is_current=True).order_by("order", "code")
    return {row.code: row.name for row in rows}


def modules_on_offer() -> list[Module]:
    """Return the modules of which one can become a trainer: those that vary no other."""
    return list(Module.objects.on_offer().filter(variant_of="").order_by("order", "code"))


@dataclass(frozen=True, slots=True)
class Delivery:
    """A cycle somebody delivered: when it ended (or began, while it runs), how far alone."""

    cycle: Cycle
    on: date
    independence: str


def deliveries_of(trainers: Sequence[Trainer]) -> dict[tuple[int, str], list[Delivery]]:
    """Return what each trainer delivered by module code; a variant counts for its module."""
    by_person = {row.person_id: row.pk for row in trainers}
    by_user = {row.user_id: row.pk for row in trainers if row.user_id is not None}
    rows = (
        CycleTrainer.objects.filter(Q(person__in=by_person) | Q(user__in=by_user))
        .exclude(cycle__is_cancelled=True)
        .select_related("cycle__module")
    )
    found: dict[tuple[int, str], dict[int, Delivery]] = defaultdict(dict)
    today = timezone.localdate()
    for row in rows:
        owner = by_person.get(row.person_id or 0) or by_user.get(row.user_id or 0)
        if owner is None:
            continue
        cycle, module = row.cycle, row.cycle.module
        is_over = cycle.ends_on is not None and cycle.ends_on <= today
        day = cycle.ends_on if is_over and cycle.ends_on is not None else cycle.starts_on
        told = Delivery(cycle, day, cycle.independence)
        for code in {module.code, module.variant_of} - {""}:
            found[owner, code][cycle.pk] = told
    return {key: sorted(some.values(), key=lambda one: one.on) for key, some in found.items()}


def deliveries(way: Way) -> list[date]:
    """Return the days of the cycles a trainer delivered of one module."""
    of_all = deliveries_of([way.trainer])
    return [one.on for one in of_all.get((way.trainer_id, way.module_code), [])]


def portfolio(way: Way) -> ladder.Portfolio:
    """Return what a trainer can show for a module: accepted evidence and delivered cycles."""
    pieces = Evidence.objects.filter(way=way)
    accepted = pieces.filter(state=ACCEPTED)
    kinds = set(accepted.values_list("kind", flat=True))
    told = deliveries_of([way.trainer]).get((way.trainer_id, way.module_code), [])
    return ladder.Portfolio(
        tot_hours=accepted.filter(kind=Evidence.Kind.TOT).aggregate(n=Sum("hours"))["n"],
        tasks=frozenset(kinds & set(ladder.TASKS)),
        is_recommended=Evidence.Kind.RECOMMENDATION in kinds,
        cycles=len(told),
        independent_cycles=sum(one.independence == Independence.HIGH for one in told),
        pending=pieces.filter(state=Evidence.State.PENDING).count(),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """A way as a line: the module's name, the rung, where its owner stands, what they delivered."""

    way: Way
    module: str
    rung: str
    code: str
    last_on: date | None
    cycles: int


def standings(trainers: Sequence[Trainer], on: date) -> dict[int, list[Standing]]:
    """Return the standings of many trainers, in a fixed number of reads."""
    ways = list(Way.objects.filter(trainer__in=[row.pk for row in trainers]))
    rules, named = rules_of(way.module_code for way in ways), module_names()
    told, stopped = deliveries_of(trainers), {t.pk for t in trainers if t.stopped_on is not None}
    found: dict[int, list[Standing]] = defaultdict(list)
    for way in ways:
        days = [d.on for d in told.get((way.trainer_id, way.module_code), [])]
        rule = rules[way.module_code]
        code = "stopped" if way.trainer_id in stopped else ladder.standing(
            way.rung, way.valid_until, days, rule, on
        )  # fmt: skip
        name = named.get(way.module_code, way.module_code)
        last = max((day for day in days if day <= on), default=None)
        label = str(Rung(way.rung).label)
        found[way.trainer_id].append(Standing(way, name, label, code, last, len(days)))
    return found


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the list says."""

    q: str = ""
    module: str = ""
    rung: str = ""
    state: str = ""


STATES = {
    "activos": ("active", "lapsing"),
    "por-vencer": ("lapsing",),
    "sin-ciclos": ("idle", "lapsed"),
    "en-camino": ("climbing",),
    "dejaron": ("stopped",),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A trainer in the list, with the standings that pass the filters."""

    trainer: Trainer
    standings: list[Standing]


def lines(user: object, filters: Filters, on: date) -> list[Line]:
    """Return the visible trainers that pass the filters: a few hundred in a country, in memory."""
    rows = list(
        _named_like(access.visible_trainers(user), filters.q)
        .select_related("person__place__parent", "partner")
        .order_by("person__surnames", "person__given_names", "pk")
    )
    found = standings(rows, on)
    passing = []
    for row in rows:
        own = [one for one in found.get(row.pk, []) if _passes(one, filters)]
        is_bare = not found.get(row.pk) and not (filters.module or filters.rung or filters.state)
        if own or is_bare:
            passing.append(Line(row, own))
    return passing


def _passes(one: Standing, filters: Filters) -> bool:
    return (
        filters.module in ("", one.way.module_code)
        and filters.rung in ("", one.way.rung)
        and (not filters.state or one.code in STATES.get(filters.state, ()))
    )


def _named_like(rows: QuerySet[Trainer], q: str) -> QuerySet[Trainer]:
    wanted = names.fold(q).split()
    if not wanted:
        return rows
    told = rows.values_list("pk", "person__given_names", "person__surnames", "partner__name")
    keys = [
        key
        for key, *texts in told
        if all(word in names.fold(" ".join(t or "" for t in texts)) for word in wanted)
    ]
    return rows.filter(pk__in=keys)


def state_counts(user: object, on: date) -> dict[str, int]:
    """Return how many trainers each chip would show; "" is all of them."""
    rows = list(access.visible_trainers(user))
    found = standings(rows, on)
    counts = {"": len(rows)}
    for state, codes in STATES.items():
        counts[state] = sum(any(one.code in codes for one in found.get(r.pk, [])) for r in rows)
    return counts


def active_by_partner(on: date) -> dict[int, int]:
    """Return how many trainers deliver for each partner (key of the organisation)."""
    rows = list(Trainer.objects.filter(partner__isnull=False))
    found = standings(rows, on)
    counts: Counter[int] = Counter()
    for row in rows:
        if any(one.code in ("active", "lapsing") for one in found.get(row.pk, [])):
            counts[row.partner_id or 0] += 1
    return dict(counts)


def certified_by_partner() -> dict[int, int]:
    """Return how many people of each partner are certified in at least one module."""
    rows = (
        Way.objects.filter(rung__in=[Rung.CERTIFIED, Rung.EXPERT], trainer__stopped_on=None)
        .exclude(trainer__partner=None)
        .values("trainer__partner")
        .annotate(n=Count("trainer", distinct=True))
    )
    return {row["trainer__partner"]: row["n"] for row in rows}


@dataclass(frozen=True, slots=True)
class ModuleFigures:
    """A module's cohort: trained, certified and active people; women among the certified."""

    module: str
    cohort: ladder.Cohort
    certified_women: int
    about_to_lapse: list[Standing]


@dataclass(frozen=True, slots=True)
class Figures:
    """The ladder in numbers; people are counted once, whatever modules they hold."""

    people: ladder.Cohort
    modules: list[ModuleFigures]
    independence: list[tuple[str, int]]
    cycles: int
    leavers: list[tuple[str, int]]
    about_to_lapse: list[Standing]


def figures(user: object, on: date) -> Figures:
    """Return the figures over the trainers a user may see."""
    rows = list(access.visible_trainers(user).select_related("person"))
    found = standings(rows, on)
    sex = {row.pk: row.person.sex for row in rows}
    flat = [one for some in found.values() for one in some]
    lapsing = sorted(
        (one for one in flat if one.code == "lapsing"), key=lambda one: one.way.valid_until or on
    )
    return Figures(
        people=_people(found),
        modules=_modules(flat, sex),
        independence=_independence(rows),
        cycles=len(_cycles_of(rows)),
        leavers=_leavers(rows),
        about_to_lapse=_with_trainers(lapsing, rows),
    )


def _with_trainers(some: list[Standing], rows: Sequence[Trainer]) -> list[Standing]:
    by_key = {row.pk: row for row in rows}
    for one in some:
        one.way.trainer = by_key[one.way.trainer_id]
    return some


def _people(found: dict[int, list[Standing]]) -> ladder.Cohort:
    best = []
    states = []
    for some in found.values():
        best.append(max((one.way.rung for one in some), key=ladder.RUNGS.index))
        is_active = any(one.code in ("active", "lapsing") for one in some)
        states.append("active" if is_active else "idle")
    return ladder.cohort(best, states)


def _modules(flat: list[Standing], sex: dict[int, str]) -> list[ModuleFigures]:
    by_module: dict[str, list[Standing]] = defaultdict(list)
    for one in flat:
        by_module[one.module].append(one)
    certified = (Rung.CERTIFIED, Rung.EXPERT)
    return [
        ModuleFigures(
            module=name,
            cohort=ladder.cohort([o.way.rung for o in some], [o.code for o in some]),
            certified_women=sum(
                o.way.rung in certified and sex[o.way.trainer_id] == "female" for o in some
            ),
            about_to_lapse=[o for o in some if o.code == "lapsing"],
        )
        for name, some in sorted(by_module.items())
    ]


def _cycles_of(rows: Sequence[Trainer]) -> dict[int, str]:
    told = deliveries_of(rows)
    return {one.cycle.pk: one.independence for some in told.values() for one in some}


def _independence(rows: Sequence[Trainer]) -> list[tuple[str, int]]:
    counts = Counter(_cycles_of(rows).values())
    return [(level, counts[level]) for level in (*Independence.values, "")]


def _leavers(rows: Sequence[Trainer]) -> list[tuple[str, int]]:
    counts = Counter(row.stopped_reason for row in rows if row.stopped_on is not None)
    return [(str(Trainer.Leaving(code).label), n) for code, n in counts.most_common()]


@dataclass(frozen=True, slots=True)
class WayPage:
    """A module's ladder on a trainer's page."""

    standing: Standing
    rungs: list[dict[str, Any]]
    lacks: list[str]
    next_rung: str
    pieces: list[Evidence]
    deliveries: list[Delivery]
    steps: list[Any]
    may_sign: bool


def ways_page(user: object, trainer: Trainer, on: date) -> list[WayPage]:
    """Return every ladder of one trainer, the most advanced first."""
    told = deliveries_of([trainer])
    pages = []
    for one in standings([trainer], on).get(trainer.pk, []):
        way = one.way
        way.trainer = trainer
        above = ladder.next_rung(way.rung)
        at = ladder.RUNGS.index(way.rung)
        pages.append(
            WayPage(
                standing=one,
                rungs=[
                    {"label": str(Rung(code).label), "is_done": n <= at, "is_here": n == at}
                    for n, code in enumerate(ladder.RUNGS)
                ],
                lacks=_lacks(way),
                next_rung=str(Rung(above).label) if above else "",
                pieces=list(way.evidence.select_related("cycle", "judged_by", "added_by")),
                deliveries=told.get((trainer.pk, way.module_code), [])[::-1],
                steps=list(way.steps.select_related("by").order_by("-pk")),
                may_sign=access.may_sign(user, way),
            )
        )
    return sorted(pages, key=lambda page: -ladder.RUNGS.index(page.standing.way.rung))


def _lacks(way: Way) -> list[str]:
    found = ladder.lacks(way.rung, portfolio(way), rule_of(way.module_code))
    return [telling.lack(one) for one in found]
