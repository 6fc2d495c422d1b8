"""The list of partners and one partner's profile."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from digna.partners import access
from digna.partners.models import OwnBudget, PartnerProfile
from digna.registry import names
from digna.registry.models import Affiliation, Organisation
from digna.trainers import models as ladders
from digna.trainers import selectors as standings
from digna.training.models import Cycle, CycleTrainer

ACTIVE_WITHIN = timedelta(days=365)
STATES = ("activos", "por-vencer", "perdidos")
SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Trainer:
    """A certified trainer of a partner, as the trainers' ladder tells it."""

    name: str
    modules: tuple[str, ...]
    valid_until: date | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the list says."""

    q: str = ""
    kind: str = ""
    state: str = ""


def partners(user: object, filters: Filters, today: date) -> QuerySet[Organisation]:
    """Return the visible partners that pass the filters, with what a row shows."""
    rows = _without_state(user, filters)
    if filters.state in STATES:
        rows = rows.filter(_in_state(filters.state, today))
    budgets = OwnBudget.objects.filter(partner=OuterRef("pk"), year=today.year)
    return rows.select_related("partner_profile__contact", "place__parent").annotate(
        cycle_count=_count(Cycle.objects.filter(partner=OuterRef("pk"), is_cancelled=False)),
        has_budget=Subquery(budgets.values("has_line")[:1]),
    )


def state_counts(user: object, filters: Filters, today: date) -> dict[str, int]:
    """Return how many partners each state chip would show; "" is all of them."""
    counts = {s.replace("-", "_"): Count("pk", filter=_in_state(s, today)) for s in STATES}
    found = _without_state(user, filters).aggregate(all=Count("pk"), **counts)
    return {"": found["all"]} | {s: found[s.replace("-", "_")] for s in STATES}


def _without_state(user: object, filters: Filters) -> QuerySet[Organisation]:
    rows = access.visible_partners(user)
    if filters.kind:
        rows = rows.filter(partner_profile__kind=filters.kind)
    if filters.q.strip():
        wanted = names.fold(filters.q).split()
        told = rows.values_list("pk", "name", "acronym")
        keys = [k for k, n, a in told if all(w in names.fold(f"{n} {a}") for w in wanted)]
        rows = rows.filter(pk__in=keys)
    return rows.order_by("name", "pk")


def _in_state(state: str, today: date) -> Q:
    lost = Q(partner_profile__state=PartnerProfile.State.LOST)
    if state == "perdidos":
        return lost
    if state == "por-vencer":
        return ~lost & Q(partner_profile__mou_until__lte=today + SOON)
    return ~lost


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("partner").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


@dataclass(frozen=True, slots=True)
class Row:
    """A fact as `components/fields` shows it."""

    label: str
    value: Any
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """What the summary of a partner shows."""

    profile: PartnerProfile | None
    budgets: tuple[OwnBudget, ...]
    staff: tuple[Affiliation, ...]
    certified: tuple[Trainer, ...] | None
    active_trainers: int
    cycles: int


def profile_page(partner: Organisation, today: date) -> ProfilePage:
    """Return what is known of a partner."""
    profile = PartnerProfile.objects.filter(partner=partner).select_related("contact").first()
    staff = Affiliation.objects.filter(organisation=partner).filter(
        Q(ends_on=None) | Q(ends_on__gte=today), person__erased_at=None
    )
    return ProfilePage(
        profile=profile,
        budgets=tuple(OwnBudget.objects.filter(partner=partner)),
        staff=tuple(staff.select_related("person").order_by("role", "person__surnames")),
        certified=certified(partner, today),
        active_trainers=active_trainers([partner.pk], today).get(partner.pk, 0),
        cycles=Cycle.objects.filter(partner=partner, is_cancelled=False).count(),
    )


def certified(partner: Organisation, today: date) -> tuple[Trainer, ...] | None:
    """Return the certified trainers of a partner; None where nobody is on the ladder yet."""
    if not ladders.Trainer.objects.exists():
        return None
    rows = ladders.Trainer.objects.filter(partner=partner, stopped_on=None)
    trainers = list(rows.select_related("person"))
    standing = standings.standings(trainers, today)
    found = []
    for row in trainers:
        held = [one for one in standing.get(row.pk, []) if one.way.certified_on is not None]
        if held:
            ends = [one.way.valid_until for one in held if one.way.valid_until is not None]
            is_active = any(one.code in ("active", "lapsing") for one in held)
            modules = tuple(one.module for one in held)
            found.append(Trainer(str(row), modules, max(ends, default=None), is_active))
    return tuple(found)


def active_trainers(partners: list[int], today: date) -> dict[int, int]:
    """Count who delivered a cycle of each partner that began in the last twelve months."""
    rows = CycleTrainer.objects.filter(
        cycle__partner__in=partners,
        cycle__is_cancelled=False,
        cycle__starts_on__gt=today - ACTIVE_WITHIN,
        cycle__starts_on__lte=today,
    ).values_list("cycle__partner", "user_id", "person_id", "person__account_id")
    found: dict[int, set[str]] = {}
    for partner, user, person, account in rows:
        who = user or account
        found.setdefault(partner, set()).add(f"u{who}" if who else f"p{person}")
    return {partner: len(people) for partner, people in found.items()}


def exported(rows: QuerySet[Organisation]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Return the list for a spreadsheet: heading and rows."""
    header = (
        _("Código"), _("Nombre"), _("Sigla"), _("Tipo"), _("Estado"), _("Convenio desde"),
        _("Convenio hasta"), _("Plan de negocio hasta"), _("Partida propia este año"),
        _("Ciclos"), _("Contacto"), _("Perdido el"), _("Por qué"),
    )  # fmt: skip
    return header, [_exported(row) for row in rows]


def _exported(row: Any) -> tuple[Any, ...]:
    profile = getattr(row, "partner_profile", None) or PartnerProfile()
    budget = {True: _("sí"), False: _("no"), None: None}[row.has_budget]
    return (
        row.code,
        row.name,
        row.acronym,
        str(profile.get_kind_display()),
        str(profile.get_state_display()),
        profile.mou_from,
        profile.mou_until,
        profile.plan_until,
        budget,
        row.cycle_count,
        str(profile.contact or ""),
        profile.lost_on,
        str(profile.get_lost_reason_display()),
    )
