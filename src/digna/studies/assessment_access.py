"""Who sees and changes which assessments: the only way from a user and a key to a row.

A study without a partner is the programme's own: whoever reads studies of that programme reads it.
A partner's study is read within that partner only. A department limits what is read to studies of
that department and of the whole country.
"""

import uuid
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import User
from digna.accounts.rules import Scope
from digna.errors import NotVisible
from digna.studies.access import EDIT, SEE
from digna.studies.models.assessments import Evidence, Part, Study, Version

AnyPart = TypeVar("AnyPart", bound=Part)


def _within(scope: Scope) -> Q:
    """Return what one membership reaches: all of its limits hold at once."""
    reached = Q()
    if scope.partner:
        reached &= Q(partner=None) | Q(partner__code=scope.partner)
    if scope.programmes:
        reached &= Q(programme__code__in=scope.programmes)
    if scope.departments:
        codes = scope.departments
        here = Q(place__code__in=codes) | Q(place__parent__code__in=codes)
        reached &= here | Q(place=None) | Q(place__kind="country")
    return reached


def visible_studies(user: object, right: rights.Right = SEE) -> QuerySet[Study]:
    """Return the studies that `user` may see (or do `right` to)."""
    reach = rights.reach(user, right)
    if reach.is_everything:
        return Study.objects.all()
    if not (reach and isinstance(user, User)):
        return Study.objects.none()
    allowed = Q(created_by=user)
    for scope in reach.scopes:
        allowed |= _within(scope)
    return Study.objects.filter(allowed)


def study(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Study:
    """Return one study, or say there is none for this user."""
    row = (
        visible_studies(user, right)
        .select_related("programme", "partner", "place", "predecessor")
        .prefetch_related("sectors")
        .filter(public_id=key)
        .first()
    )
    if row is None:
        raise _not_visible(_("No hay tal estudio entre los suyos, o no le toca verlo."))
    return row


def may_edit(user: object, row: Study) -> bool:
    """Whether `user` may change this very study, were it open."""
    return rights.may(user, EDIT) and visible_studies(user, EDIT).filter(pk=row.pk).exists()


def part(user: object, model: type[AnyPart], key: uuid.UUID, right: rights.Right = SEE) -> AnyPart:
    """Return one part of a study of this user's."""
    field = "channel__study" if hasattr(model, "channel_id") else "study"
    rows = model._default_manager.filter(
        **{f"{field}__in": visible_studies(user, right).values("pk")}
    )
    row = rows.select_related(f"{field}__programme").filter(public_id=key).first()
    if row is None:
        raise _not_visible(_("Eso no está en ninguno de sus estudios."))
    return row


def evidence_of(user: object, key: uuid.UUID) -> Evidence:
    """Return a piece of evidence whose file may be opened."""
    return part(user, Evidence, key)


def version(user: object, key: uuid.UUID) -> Version:
    """Return one frozen version of a study of this user's."""
    rows = Version.objects.filter(study__in=visible_studies(user).values("pk"))
    row = rows.select_related("study__programme", "frozen_by").filter(public_id=key).first()
    if row is None:
        raise _not_visible(_("No hay tal versión entre sus estudios."))
    return row


def _not_visible(what: str) -> NotVisible:
    return NotVisible("studies.not_visible", what)
