"""Who sees and runs business rounds, and which row a personal link leads to.

Office and auditors see all; coordinators and trainers what their partner, programmes or
departments reach. Who takes part needs no account: a link of their own leads to their own
agenda, wishes and slips, and to nobody else's.
"""

import uuid

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role, User
from digna.accounts.rights import FIELD, OFFICE, READERS
from digna.accounts.rules import Scope
from digna.errors import NotVisible
from digna.programmes.models import Programme
from digna.registry import access as registry
from digna.registry.models import Enterprise, Organisation
from digna.rounds.models import BusinessRound, Interpreter, Meeting, Notice, Party, Slot, Timetable

SEE = rights.declare("rounds.see", READERS | FIELD)
EDIT = rights.declare("rounds.edit", OFFICE | {Role.COORDINATOR})


def _within(scope: Scope) -> Q:
    reached = Q()
    if scope.partner:
        reached &= Q(partner__code=scope.partner)
    if scope.programmes:
        reached &= Q(programme__code__in=scope.programmes)
    if scope.departments:
        codes = scope.departments
        reached &= Q(place__code__in=codes) | Q(place__parent__code__in=codes)
    return reached


def visible_rounds(user: object, right: rights.Right = SEE) -> QuerySet[BusinessRound]:
    """Return the rounds that `user` may see (or do `right` to)."""
    reach = rights.reach(user, right)
    if reach.is_everything:
        return BusinessRound.objects.all()
    if not (reach and isinstance(user, User)):
        return BusinessRound.objects.none()
    allowed = Q(created_by=user)
    for scope in reach.scopes:
        allowed |= _within(scope)
    return BusinessRound.objects.filter(allowed)


def round_of(user: object, key: uuid.UUID, right: rights.Right = SEE) -> BusinessRound:
    """Return one round, or say there is none for this user."""
    row = (
        visible_rounds(user, right)
        .select_related("programme", "partner", "place")
        .filter(public_id=key)
        .first()
    )
    if row is None:
        raise _not_visible(_("No hay tal rueda entre las suyas, o no le toca verla."))
    return row


def may_edit(user: object, row: BusinessRound) -> bool:
    """Whether `user` may change this very round."""
    return visible_rounds(user, EDIT).filter(pk=row.pk).exists()


def slot(of: BusinessRound, key: int) -> Slot:
    """Return one slot of a round the user was already let into."""
    row = of.slots.filter(pk=key).first()
    if row is None:
        raise _not_visible(_("No hay tal turno en esta rueda."))
    return row


def party(of: BusinessRound, key: uuid.UUID) -> Party:
    """Return one participant of a round the user was already let into."""
    row = _parties().filter(round=of, public_id=key).first()
    if row is None:
        raise _not_visible(_("No hay tal participante en esta rueda."))
    return row


def interpreter(of: BusinessRound, key: int) -> Interpreter:
    """Return one interpreter of a round the user was already let into."""
    row = of.interpreters.filter(pk=key).first()
    if row is None:
        raise _not_visible(_("No hay tal intérprete en esta rueda."))
    return row


def timetable(of: BusinessRound, number: int) -> Timetable:
    """Return one computed timetable of a round the user was already let into."""
    row = of.timetables.select_related("round").filter(number=number).first()
    if row is None:
        raise _not_visible(_("No hay tal versión de la agenda."))
    return row


def meeting(of: BusinessRound, key: uuid.UUID) -> Meeting:
    """Return one meeting of a round the user was already let into."""
    row = _meetings().filter(round=of, public_id=key).first()
    if row is None:
        raise _not_visible(_("No hay tal reunión en esta rueda."))
    return row


def notice(of: BusinessRound, key: int) -> Notice:
    """Return one notice of a round the user was already let into."""
    row = Notice.objects.filter(party__round=of, pk=key).select_related("party").first()
    if row is None:
        raise _not_visible(_("No hay tal aviso en esta rueda."))
    return row


def party_by_token(token: str) -> Party:
    """Return whose link holds `token`; no account is asked for."""
    row = _parties().filter(token=token).first()
    if row is None:
        raise _not_visible(
            _("Este enlace no existe o fue cambiado. Pida el suyo a quien organiza la rueda.")
        )
    return row


def own_meeting(of: Party, key: uuid.UUID) -> Meeting:
    """Return a meeting of the party whose link was used."""
    row = (
        _meetings()
        .filter(Q(buyer=of) | Q(firm=of), public_id=key)
        .exclude(state=Meeting.State.CANCELLED)
        .first()
    )
    if row is None:
        raise _not_visible(_("No hay tal reunión en su agenda."))
    return row


def _parties() -> QuerySet[Party]:
    return Party.objects.select_related(
        "round__programme", "round__place", "buyer__organisation", "enterprise__place"
    )


def _meetings() -> QuerySet[Meeting]:
    return Meeting.objects.select_related(
        "round__programme", "slot", "interpreter", "deal",
        "buyer__buyer__organisation", "buyer__round", "firm__enterprise", "firm__round",
    )  # fmt: skip


def programmes_of(user: object) -> QuerySet[Programme]:
    """Return the programmes in which `user` may organise rounds."""
    scopes = rights.reach(user, EDIT).scopes
    if any(not scope.programmes for scope in scopes):
        return Programme.objects.all()
    return Programme.objects.filter(code__in={c for scope in scopes for c in scope.programmes})


def partners_of(user: object) -> QuerySet[Organisation]:
    """Return the partners for which `user` may organise rounds."""
    partners = Organisation.objects.filter(is_partner=True)
    scopes = rights.reach(user, EDIT).scopes
    if any(not scope.partner for scope in scopes):
        return partners
    return partners.filter(code__in={scope.partner for scope in scopes})


def firms_to_invite(user: object, row: BusinessRound) -> QuerySet[Enterprise]:
    """Return the firms `user` may see that are not in the round yet."""
    inside = row.parties.exclude(enterprise=None).values("enterprise")
    return registry.visible_enterprises(user).exclude(pk__in=inside)


def _not_visible(what: str) -> NotVisible:
    return NotVisible("rounds.not_visible", what)
