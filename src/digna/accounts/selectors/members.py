"""The list of accounts with its chips, and one account whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.paginator import Page
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts import access, auditing, folding, limits, rights, roster
from digna.accounts.models import Card, Membership, Role, User
from digna.journal.history import Entry
from digna.web import paging


@dataclass(frozen=True, slots=True)
class Filter:
    """A chip: what it filters by, how many there are, where it leads, whether it is on."""

    label: str
    count: int | None
    url: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One account on the list."""

    name: str
    url: str
    roles: str
    contact: str
    has_card: bool
    is_active: bool
    last_login: datetime | None


@dataclass(frozen=True, slots=True)
class MembersPage:
    """The list that an address asks for."""

    page: Page[Any]
    rows: tuple[Row, ...]
    groups: tuple[tuple[str, list[Filter]], ...]
    query: str


ACTIVE, CLOSED, BY_CARD = "abiertas", "cerradas", "con-tarjeta"


def members_page(request: HttpRequest) -> MembersPage:
    """Return the list: searched, filtered by role, partner and state."""
    visible = access.visible_members(request.user)
    query = request.GET.get("q", "").strip()
    rows = _found(_filtered(request, visible), query)
    page = paging.page_of(request, rows.prefetch_related("memberships"), rows.count)
    names = limits.names()
    groups = (
        (_("Rol"), _role_chips(request, visible)),
        (_("Socio"), _partner_chips(request, visible, names)),
        (_("Estado"), _state_chips(request, visible)),
    )
    return MembersPage(page, tuple(_row(user, names) for user in page.object_list), groups, query)


def _found(rows: QuerySet[User], query: str) -> QuerySet[User]:
    for word in folding.fold(query).split():
        rows = rows.filter(Q(sought__contains=word) | Q(name__icontains=word))
    usable = Card.objects.filter(user=OuterRef("pk"), revoked_at=None)
    return rows.annotate(has_card=Exists(usable))


def _in_force() -> Q:
    today = timezone.localdate()
    return Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gte=today))


def _filtered(request: HttpRequest, rows: QuerySet[User]) -> QuerySet[User]:
    held = Membership.objects.filter(_in_force(), user=OuterRef("pk"))
    if role := request.GET.get("rol"):
        held = held.filter(role=role)
    if partner := request.GET.get("socio"):
        held = held.filter(partner=partner)
    if role or partner:
        rows = rows.filter(Exists(held))
    return rows.filter(_state(request.GET.get("estado", "")))


def _state(state: str) -> Q:
    if state == BY_CARD:
        return Q(is_active=True, email=None, phone=None)
    return {ACTIVE: Q(is_active=True), CLOSED: Q(is_active=False)}.get(state, Q())


def _counts(visible: QuerySet[User], column: str) -> dict[str, int]:
    held = Membership.objects.filter(_in_force(), user__in=visible.order_by().values("pk"))
    rows = held.order_by().values(column).annotate(n=Count("user", distinct=True))
    return {row[column]: row["n"] for row in rows}


def _role_chips(request: HttpRequest, visible: QuerySet[User]) -> list[Filter]:
    counts = _counts(visible, "role")
    return _chips(request, "rol", [(r.value, str(r.label)) for r in Role], counts)


def _partner_chips(
    request: HttpRequest, visible: QuerySet[User], names: Mapping[tuple[str, str], str]
) -> list[Filter]:
    counts = _counts(visible, "partner")
    codes = sorted(code for code in counts if code)
    labels = [(code, names.get((limits.PARTNER, code), code)) for code in codes]
    return _chips(request, "socio", labels, counts) if len(labels) > 1 else []


def _state_chips(request: HttpRequest, visible: QuerySet[User]) -> list[Filter]:
    states = (ACTIVE, CLOSED, BY_CARD)
    counts = visible.aggregate(
        **{str(n): Count("pk", filter=_state(state)) for n, state in enumerate(states)}
    )
    labels = [(ACTIVE, _("abiertas")), (CLOSED, _("cerradas")), (BY_CARD, _("solo con tarjeta"))]
    by_state = {state: counts[str(n)] for n, state in enumerate(states)}
    return _chips(request, "estado", labels, by_state)


def _chips(
    request: HttpRequest,
    parameter: str,
    labels: Iterable[tuple[str, str]],
    counts: Mapping[str, int],
) -> list[Filter]:
    chosen = request.GET.get(parameter, "")
    return [
        Filter(label, counts.get(value, 0), _with(request, parameter, value), chosen == value)
        for value, label in labels
        if counts.get(value) or chosen == value
    ]


def _with(request: HttpRequest, parameter: str, value: str) -> str:
    """Return this address with a chip switched."""
    query = request.GET.copy()
    query.pop("pagina", None)
    if query.get(parameter) == value:
        query.pop(parameter)
    else:
        query[parameter] = value
    return f"?{query.urlencode()}"


def _row(user: Any, names: Mapping[tuple[str, str], str]) -> Row:
    held = rights.memberships_of(user)
    return Row(
        name=user.name,
        url=reverse("accounts:member", args=[user.public_id]),
        roles=", ".join(_role_words(m, names) for m in held),
        contact=user.email or user.phone or "",
        has_card=user.has_card,
        is_active=user.is_active,
        last_login=user.last_login,
    )


def _role_words(membership: Membership, names: Mapping[tuple[str, str], str]) -> str:
    role = str(membership.get_role_display())
    partner = names.get((limits.PARTNER, membership.partner), membership.partner)
    return f"{role} · {partner}" if partner else role


@dataclass(frozen=True, slots=True)
class Held:
    """A role of an account, in words."""

    number: int
    role: str
    limits: str
    starts_on: Any
    ends_on: Any
    is_in_force: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One account: who it is, what it may do, how it enters, what happened to it."""

    member: User
    may_manage: bool
    facts: tuple[Mapping[str, Any], ...]
    roles: tuple[Held, ...]
    cards: tuple[Card, ...]
    sessions: tuple[UserSession, ...]
    history: tuple[Entry, ...]
    now: datetime


def member_page(user: object, member: User) -> MemberPage:
    """Return one account as `user` may see it."""
    names = limits.names()
    roles = tuple(_held(user, m, names) for m in member.memberships.all())
    cards = tuple(member.cards.all())
    return MemberPage(
        member=member,
        may_manage=access.may_manage(user, member) and rights.may(user, access.MANAGE),
        facts=_facts(member),
        roles=roles,
        cards=cards,
        sessions=tuple(open_sessions(member)),
        history=tuple(auditing.history_of_account(member, cards)),
        now=timezone.now(),
    )


def _facts(member: User) -> tuple[Mapping[str, Any], ...]:
    entered = member.last_login
    return (
        {"label": _("Celular"), "value": member.phone},
        {"label": _("Correo"), "value": member.email},
        {"label": _("Idioma"), "value": _("inglés") if member.language == "en" else _("español")},
        {"label": _("Contraseña"), "value": _("sí") if member.has_usable_password() else _("no")},
        {"label": _("Último ingreso"), "value": entered and timezone.localtime(entered)},
    )


def _held(user: object, row: Membership, names: Mapping[tuple[str, str], str]) -> Held:
    today = timezone.localdate()
    in_force = row.starts_on <= today and (row.ends_on is None or today <= row.ends_on)
    codes = [(limits.PARTNER, row.partner)] if row.partner else []
    codes += [(limits.DEPARTMENT, code) for code in row.departments]
    codes += [(limits.PROGRAMME, code) for code in row.programmes]
    is_over = row.ends_on is not None and row.ends_on < today
    return Held(
        number=row.pk,
        role=str(row.get_role_display()),
        limits=", ".join(names.get(code, code[1]) for code in codes),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        is_in_force=in_force,
        may_end=not is_over
        and row.user_id != getattr(user, "pk", None)
        and access.may_give(user, row.role, rights.scope_of(row)),
    )


def open_sessions(member: User) -> QuerySet[UserSession]:
    """Return where an account is open, the latest first."""
    rows: QuerySet[UserSession] = UserSession.objects.filter(user=member)
    return rows.order_by("-last_seen_at")


def check_roster(people: list[roster.Listed]) -> list[roster.Listed]:
    """Return the list with what only the accounts know: phones and e-mails that are taken."""
    phones = {person.phone for person in people if person.phone}
    emails = {person.email for person in people if person.email}
    taken = {
        value
        for pair in User.objects.filter(Q(phone__in=phones) | Q(email__in=emails)).values_list(
            "phone", "email"
        )
        for value in pair
        if value
    }
    return [_with_taken(person, taken) for person in people]


def _with_taken(person: roster.Listed, taken: set[str]) -> roster.Listed:
    problems = list(person.problems)
    if person.phone in taken:
        problems.append("phone.taken")
    if person.email in taken:
        problems.append("email.taken")
    return roster.Listed(person.row, person.name, person.phone, person.email, tuple(problems))
