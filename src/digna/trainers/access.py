"""Who sees trainers, keeps their portfolio, and signs for it.

An expert of a module signs for that module's candidates wherever they are; nobody signs for
themselves. The programme lead may sign while there is no expert yet.
"""

import uuid

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role, User
from digna.accounts.rights import FIELD, OFFICE, READERS, Reach
from digna.accounts.rules import Scope
from digna.errors import NotAllowed, NotVisible
from digna.registry.models import Organisation
from digna.trainers.models import Evidence, Rung, Trainer, Way

SEE = rights.declare("trainers.see", READERS | FIELD)
EDIT = rights.declare("trainers.edit", OFFICE | {Role.COORDINATOR})
RULES = rights.declare("trainers.rules", {Role.LEAD})
SIGN_ALL = rights.declare("trainers.sign_all", {Role.LEAD})


def _within(scope: Scope) -> Q:
    reached = Q()
    if scope.partner:
        reached &= Q(partner__code=scope.partner)
    if scope.departments:
        codes = scope.departments
        reached &= Q(person__place__code__in=codes) | Q(person__place__parent__code__in=codes)
    return reached


def _limits(reach: Reach) -> Q:
    allowed = Q(pk__in=[])
    for scope in reach.scopes:
        allowed |= _within(scope)
    return allowed


def visible_trainers(user: object, right: rights.Right = SEE) -> QuerySet[Trainer]:
    """Return the trainers `user` may see (or do `right` to); one always sees oneself."""
    reach = rights.reach(user, right)
    if reach.is_everything:
        return Trainer.objects.all()
    if not (reach and isinstance(user, User)):
        return Trainer.objects.none()
    allowed = _limits(reach)
    if right is SEE:
        modules = signed_modules(user)
        allowed |= Q(user=user) | Q(
            pk__in=Way.objects.filter(module_code__in=modules).values("trainer")
        )
    return Trainer.objects.filter(allowed)


def trainer(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Trainer:
    """Return one trainer, or say there is none for this user."""
    row = (
        visible_trainers(user, right)
        .select_related("person__place", "partner", "user")
        .filter(public_id=key)
        .first()
    )
    if row is None:
        raise NotVisible("trainers.not_visible", _("No hay tal formador/a, o no le toca verlo."))
    return row


def way(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Way:
    """Return one way of a trainer that `user` may see."""
    row = (
        Way.objects.filter(trainer__in=visible_trainers(user, right).values("pk"))
        .select_related("trainer__person", "trainer__partner", "trainer__user", "certificate")
        .filter(public_id=key)
        .first()
    )
    if row is None:
        raise NotVisible("trainers.not_visible", _("No hay tal formador/a, o no le toca verlo."))
    return row


def own_way(user: object, key: uuid.UUID) -> Way:
    """Return a way to which `user` may add evidence: their own, or one they keep."""
    row = way(user, key)
    if row.trainer.user == user or visible_trainers(user, EDIT).filter(pk=row.trainer_id).exists():
        return row
    raise NotVisible("trainers.not_visible", _("No hay tal formador/a, o no le toca verlo."))


def signed_modules(user: object) -> set[str]:
    """Return the codes of the modules of which `user` is an expert whose certificate stands."""
    if not isinstance(user, User):
        return set()
    ways = Way.objects.filter(trainer__user=user, trainer__stopped_on=None, rung=Rung.EXPERT)
    return set(ways.values_list("module_code", flat=True))


def may_sign(user: object, way: Way) -> bool:
    """Whether `user` may accept this way's evidence and let it climb."""
    if not isinstance(user, User) or way.trainer.user_id == user.pk:
        return False
    return rights.may(user, SIGN_ALL) or way.module_code in signed_modules(user)


def signed_way(user: object, key: uuid.UUID) -> Way:
    """Return a way for which `user` signs; the others are told why they do not."""
    row = way(user, key)
    refuse_unsigned(user, row)
    return row


def refuse_unsigned(user: object, row: Way) -> None:
    """Raise `NotAllowed` where `user` may not sign for a way."""
    if not may_sign(user, row):
        raise NotAllowed(
            "trainers.not_yours_to_sign",
            _(
                "Solo firma una persona experta en este módulo (o la responsable), y no por "
                "sí misma."
            ),
        )


def to_sign(user: object) -> QuerySet[Evidence]:
    """Return the evidence that waits for this user's word, the oldest first."""
    rows = Evidence.objects.filter(state=Evidence.State.PENDING, way__trainer__stopped_on=None)
    if not rights.may(user, SIGN_ALL):
        rows = rows.filter(way__module_code__in=signed_modules(user))
    return (
        rows.exclude(way__trainer__user=user)  # type: ignore[misc]
        .select_related("way__trainer__person", "cycle", "added_by")
        .order_by("added_at")
    )


def evidence(user: object, key: int) -> Evidence:
    """Return a piece of evidence of a way that `user` may see."""
    row = (
        Evidence.objects.filter(way__trainer__in=visible_trainers(user).values("pk"))
        .select_related("way__trainer__person", "way__trainer__user", "cycle")
        .filter(pk=key)
        .first()
    )
    if row is None:
        raise NotVisible("trainers.not_visible", _("No hay tal evidencia, o no le toca verla."))
    return row


def partners_of(user: object) -> QuerySet[Organisation]:
    """Return the partners for whose trainers `user` answers."""
    scopes = rights.reach(user, EDIT).scopes
    partners = Organisation.objects.filter(is_partner=True)
    if any(not scope.partner for scope in scopes):
        return partners
    return partners.filter(code__in={scope.partner for scope in scopes})
