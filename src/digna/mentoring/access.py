"""Who sees and changes what: the only way from a user and a key to a row.

The office and the auditor see all; a coordinator what their memberships reach by partner and
programme; a mentor their own pairs. A private note has one reader: who wrote it.
"""

import uuid
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role, User
from digna.accounts.rights import OFFICE, READERS
from digna.accounts.rules import Scope
from digna.errors import NotVisible
from digna.mentoring.models import (
    Application,
    Cohort,
    Draft,
    Mentor,
    MentoringSession,
    Pair,
    PrivateNote,
)
from digna.programmes.models import Programme
from digna.registry.models import Organisation

ENTER = rights.declare("mentoring.enter", READERS | {Role.COORDINATOR, Role.MENTOR})
SEE = rights.declare("mentoring.see", READERS | {Role.COORDINATOR})
EDIT = rights.declare("mentoring.edit", OFFICE | {Role.COORDINATOR})
LOG = rights.declare("mentoring.log", OFFICE | {Role.COORDINATOR, Role.MENTOR})


def _within(scope: Scope) -> Q:
    reached = Q()
    if scope.partner:
        reached &= Q(partner__code=scope.partner)
    if scope.programmes:
        reached &= Q(programme__code__in=scope.programmes)
    if scope.departments:
        codes = scope.departments
        there = Q(person__place__code__in=codes) | Q(person__place__parent__code__in=codes)
        reached &= Q(pk__in=Application.objects.filter(there).values("cohort"))
    return reached


def visible_cohorts(user: object, right: rights.Right = SEE) -> QuerySet[Cohort]:
    """Return the cohorts that `user` may see (or do `right` to)."""
    reach = rights.reach(user, right)
    if reach.is_everything:
        return Cohort.objects.all()
    if not (reach and isinstance(user, User)):
        return Cohort.objects.none()
    allowed = Q(created_by=user)
    for scope in reach.scopes:
        allowed |= _within(scope)
    return Cohort.objects.filter(allowed)


def visible_pairs(user: object, right: rights.Right = SEE) -> QuerySet[Pair]:
    """Return the pairs of the cohorts that `user` reaches, and their own as a mentor."""
    mine = Q(pk__in=[])
    if right is SEE or right is EDIT:
        mine |= Q(cohort__in=visible_cohorts(user, right).values("pk"))
    else:
        mine |= Q(cohort__in=visible_cohorts(user, EDIT if right is LOG else SEE).values("pk"))
        if isinstance(user, User) and rights.may(user, right):
            mine |= Q(mentor__user=user)
    return Pair.objects.filter(mine)


def visible_mentors(user: object, right: rights.Right = SEE) -> QuerySet[Mentor]:
    """Return the mentors of the partners that `user` works for, and those of none."""
    reach = rights.reach(user, right)
    mentors = Mentor.objects.filter(person__merged_into=None, person__erased_at=None)
    if not (reach and isinstance(user, User)):
        return mentors.none()
    allowed = Q(created_by=user)
    for scope in reach.scopes:
        allowed |= Q(partner__code=scope.partner) | Q(partner=None) if scope.partner else ~Q(pk=0)
    return mentors.filter(allowed)


def _missing(what: str) -> NotVisible:
    return NotVisible("mentoring.not_visible", what)


def cohort(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Cohort:
    """Return one cohort, or say there is none for this user."""
    rows = visible_cohorts(user, right).select_related("programme", "partner")
    row = rows.filter(public_id=key).first()
    if row is None:
        raise _missing(_("No hay tal cohorte de mentoría, o no le toca verla."))
    return row


def application(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Application:
    """Return one application of a cohort that `user` reaches."""
    rows = Application.objects.filter(cohort__in=visible_cohorts(user, right).values("pk"))
    row = (
        rows.select_related("cohort", "person__place", "enterprise", "sector")
        .filter(public_id=key)
        .first()
    )
    if row is None:
        raise _missing(_("No hay tal postulación, o no le toca verla."))
    return row


def draft(user: object, key: uuid.UUID, right: rights.Right = EDIT) -> Draft:
    """Return one draft of a cohort that `user` keeps."""
    rows = Draft.objects.filter(cohort__in=visible_cohorts(user, right).values("pk"))
    row = rows.select_related("cohort").filter(public_id=key).first()
    if row is None:
        raise _missing(_("No hay tal borrador, o no le toca verlo."))
    return row


def mentor(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Mentor:
    """Return one mentor."""
    rows = visible_mentors(user, right).select_related("person__place", "partner", "user")
    row = rows.filter(public_id=key).first()
    if row is None:
        raise _missing(_("No hay tal mentor/a, o no le toca verla."))
    return row


def pair(user: object, key: uuid.UUID, right: rights.Right = ENTER) -> Pair:
    """Return one pair: of a cohort that `user` reaches, or their own."""
    rows = visible_pairs(user, right).select_related(
        "cohort", "application__person", "application__enterprise", "mentor__person", "mentor__user"
    )
    row = rows.filter(public_id=key).first()
    if row is None:
        raise _missing(_("No hay tal pareja, o no le toca verla."))
    return row


def session(user: object, key: uuid.UUID) -> MentoringSession:
    """Return a session of a pair that `user` may log for."""
    rows = MentoringSession.objects.filter(pair__in=visible_pairs(user, LOG).values("pk"))
    row = rows.select_related("pair__cohort", "pair__mentor").filter(public_id=key).first()
    if row is None:
        raise _missing(_("No hay tal sesión, o no le toca verla."))
    return row


def own_notes(user: object, pair: Pair) -> QuerySet[PrivateNote]:
    """Return the notes that this very user wrote of a pair; nobody reads another's."""
    if not isinstance(user, User):
        return PrivateNote.objects.none()
    return PrivateNote.objects.filter(pair=pair, author=user)


def own_note(user: object, key: int) -> PrivateNote:
    """Return one's own note."""
    rows = PrivateNote.objects.select_related("pair")
    row = rows.filter(pk=key, author=user).first() if isinstance(user, User) else None
    if row is None:
        raise _missing(_("No hay tal nota suya."))
    return row


def call(token: str) -> Cohort:
    """Return the cohort of a public call's link."""
    row = Cohort.objects.select_related("programme").filter(token=token).first()
    if row is None:
        raise _missing(_("Este enlace no es de una convocatoria. Pida el enlace otra vez."))
    return row


def application_by_token(token: str) -> Application:
    """Return the application of a personal link."""
    rows = Application.objects.select_related("cohort", "person")
    row = rows.filter(token=token, person__erased_at=None).first()
    if row is None:
        raise _missing(_("Este enlace ya no sirve. Pida otro a quien coordina."))
    return row


def programmes_of(user: object) -> QuerySet[Programme]:
    """Return the programmes in which `user` may open cohorts."""
    scopes = rights.reach(user, EDIT).scopes
    if any(not scope.programmes for scope in scopes):
        return Programme.objects.all()
    codes = {code for scope in scopes for code in scope.programmes}
    return Programme.objects.filter(code__in=codes)


def partners_of(user: object) -> QuerySet[Organisation]:
    """Return the partners for whom `user` answers."""
    scopes: Any = rights.reach(user, EDIT).scopes
    partners = Organisation.objects.filter(is_partner=True)
    if any(not scope.partner for scope in scopes):
        return partners
    return partners.filter(code__in={scope.partner for scope in scopes})
