"""Who sees and changes which people and firms: the only way from a user and a key to a row.

Everything for the office and the auditor; what a partner cares for, or what lies in their
departments, for coordinators and trainers; what one recorded oneself; one's own firm for owners.
"""

import uuid

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role, User
from digna.accounts.rights import FIELD, OFFICE, READERS, Reach
from digna.errors import NotVisible
from digna.registry.models import (
    DuplicatePair,
    Enterprise,
    ImportBatch,
    Merge,
    Note,
    Organisation,
    Person,
)
from digna.registry.models.enterprises import EnterpriseQuerySet
from digna.registry.models.people import Affiliation, PersonQuerySet

SEE = rights.declare("registry.see", READERS | FIELD | {Role.OWNER})
SEE_PEOPLE = rights.declare("registry.see_people", READERS | FIELD)
EDIT = rights.declare("registry.edit", OFFICE | FIELD)
IMPORT = rights.declare("registry.import", OFFICE | {Role.COORDINATOR})
MERGE = rights.declare("registry.merge", OFFICE | {Role.COORDINATOR})
ERASE = rights.declare("registry.erase", {Role.LEAD})
REFERENCE = rights.declare("registry.reference", OFFICE)


def _limits(reach: Reach) -> Q:
    """Return what the scopes of `reach` let through: by partner and by department."""
    allowed = Q(pk__in=[])
    for scope in reach.scopes:
        if not (scope.partner or scope.departments):
            continue  # a limit to programmes alone reaches rows through those programmes' rooms
        one = Q()
        if scope.partner:
            one &= Q(partner__code=scope.partner)
        if scope.departments:
            places = scope.departments
            one &= Q(place__code__in=places) | Q(place__parent__code__in=places)
        allowed |= one
    return allowed


def visible_people(user: object, right: rights.Right = SEE_PEOPLE) -> PersonQuerySet:
    """Return the living records of people that `user` may see (or do `right` to)."""
    people = Person.objects.living()
    reach = rights.reach(user, right)
    if reach.is_everything:
        return people
    if not (reach and isinstance(user, User)):
        return people.none()
    return people.filter(_limits(reach) | Q(created_by=user))


def visible_enterprises(user: object, right: rights.Right = SEE) -> EnterpriseQuerySet:
    """Return the living records of firms that `user` may see (or do `right` to)."""
    firms = Enterprise.objects.living()
    if not isinstance(user, User):
        return firms.none()
    # An owner's membership opens the door and reaches no further than their own firm.
    reach = rights.reach(user, right if right is not SEE else SEE_PEOPLE)
    if reach.is_everything:
        return firms
    return firms.filter(_limits(reach) | Q(created_by=user) | owned_by(user))


def owned_by(user: User) -> Q:
    """Return the firms of which `user` is the owner today."""
    own = Affiliation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()),
        person__account=user,
        role=Affiliation.Role.OWNER,
    )
    return Q(pk__in=own.values("enterprise"))


def _not_visible(what: str) -> NotVisible:
    return NotVisible("registry.not_visible", what)


def person(user: object, key: uuid.UUID, right: rights.Right = SEE_PEOPLE) -> Person:
    """Return one person, or say there is none for this user."""
    row = (
        visible_people(user, right)
        .select_related("place__parent", "partner")
        .filter(public_id=key)
        .first()
    )
    if row is None:
        raise _not_visible(_("No hay tal persona en su registro, o no le toca verla."))
    return row


def enterprise(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Enterprise:
    """Return one firm, or say there is none for this user."""
    row = (
        visible_enterprises(user, right)
        .select_related("place__parent", "partner", "sector", "legal_form")
        .filter(public_id=key)
        .first()
    )
    if row is None:
        raise _not_visible(_("No hay tal empresa en su registro, o no le toca verla."))
    return row


def visible_notes(user: object) -> QuerySet[Note]:
    """Return the notes on firms and people that `user` may see; on both, where they see both."""
    firms, people = visible_enterprises(user), visible_people(user)
    return Note.objects.filter(
        Q(enterprise=None) | Q(enterprise__in=firms.values("pk")),
        Q(person=None) | Q(person__in=people.values("pk")),
    )


def note(user: object, key: uuid.UUID) -> Note:
    """Return one note with a photograph, or say there is none for this user."""
    row = visible_notes(user).filter(public_id=key).exclude(photo="").first()
    if row is None:
        raise _not_visible(_("No hay tal nota con foto, o no le toca verla."))
    return row


def organisation(user: object, code: str) -> Organisation:
    """Return one organisation; organisations are known to everybody inside."""
    row = Organisation.objects.filter(code=code).first()
    if row is None or not rights.may(user, SEE):
        raise _not_visible(_("No hay tal organización."))
    return row


def duplicate_pair(user: object, key: int) -> DuplicatePair:
    """Return a doubtful pair of which both sides are visible to the user."""
    row = visible_pairs(user).filter(pk=key).first()
    if row is None:
        raise _not_visible(_("No hay tal par por resolver."))
    return row


def visible_pairs(user: object) -> QuerySet[DuplicatePair]:
    """Return the pairs of which the user may merge both sides."""
    pairs = DuplicatePair.objects.select_related(
        "person_a__place", "person_b__place", "enterprise_a__place", "enterprise_b__place"
    )
    reach = rights.reach(user, MERGE)
    if reach.is_everything:
        return pairs
    people = visible_people(user, MERGE).values("pk")
    firms = visible_enterprises(user, MERGE).values("pk")
    return pairs.filter(
        Q(person_a__in=people, person_b__in=people)
        | Q(enterprise_a__in=firms, enterprise_b__in=firms)
    )


def merge(user: object, key: int) -> Merge:
    """Return a merge of which the kept record is the user's to merge."""
    row = Merge.objects.filter(pk=key).first()
    if row is not None and rights.reach(user, MERGE).is_everything:
        return row
    people, firms = visible_people(user, MERGE), visible_enterprises(user, MERGE)
    row = Merge.objects.filter(
        Q(kept_person__in=people) | Q(kept_enterprise__in=firms), pk=key
    ).first()
    if row is None or not rights.may(user, MERGE):
        raise _not_visible(_("No hay tal fusión."))
    return row


def visible_imports(user: object) -> QuerySet[ImportBatch]:
    """Return the imports a user may follow: all for the office, else their own."""
    reach = rights.reach(user, IMPORT)
    if reach.is_everything:
        return ImportBatch.objects.all()
    if not (reach and isinstance(user, User)):
        return ImportBatch.objects.none()
    return ImportBatch.objects.filter(created_by=user)


def import_batch(user: object, key: uuid.UUID) -> ImportBatch:
    """Return one import."""
    row = visible_imports(user).filter(public_id=key).first()
    if row is None:
        raise _not_visible(_("No hay tal importación, o no es suya."))
    return row
