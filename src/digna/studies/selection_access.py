"""Which selections a user reaches, and which row a link of an evaluator leads to.

Who evaluates needs no account: a link of their own leads to their own answers and nobody else's.
"""

import uuid

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import User
from digna.errors import NotVisible
from digna.studies.access import EDIT, SEE, programmes_of
from digna.studies.models import Candidate, Criterion, Evaluator, Round, Selection


def visible_selections(user: object, right: rights.Right = SEE) -> QuerySet[Selection]:
    """Return the selections that `user` may see (or do `right` to).

    By programme only: a choice among sectors belongs to no partner and no department.
    """
    if not (rights.may(user, right) and isinstance(user, User)):
        return Selection.objects.none()
    scopes = rights.reach(user, right).scopes
    if any(not scope.programmes for scope in scopes):
        return Selection.objects.all()
    through = Selection.programmes.through.objects.filter(
        programme__in=programmes_of(user, right).values("pk")
    )
    return Selection.objects.filter(Q(pk__in=through.values("selection")) | Q(created_by=user))


def selection(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Selection:
    """Return one selection, or say there is none for this user."""
    row = (
        visible_selections(user, right)
        .select_related("scheme", "previous")
        .prefetch_related(Prefetch("programmes", to_attr="in_programmes"))
        .filter(public_id=key)
        .first()
    )
    if row is None:
        raise _not_visible(_("No hay tal selección entre sus estudios, o no le toca verla."))
    return row


def may_edit(user: object, row: Selection) -> bool:
    """Whether `user` may change this very selection."""
    return visible_selections(user, EDIT).filter(pk=row.pk).exists()


def candidate(of: Selection, key: int) -> Candidate:
    """Return one sector of a selection the user was already let into."""
    row = of.candidates.select_related("sector", "selection").filter(pk=key).first()
    if row is None:
        raise _not_visible(_("No hay tal sector en esta selección."))
    return row


def criterion(of: Selection, key: int) -> Criterion:
    """Return one criterion of a selection the user was already let into."""
    row = of.criteria.select_related("selection").filter(pk=key).first()
    if row is None:
        raise _not_visible(_("No hay tal criterio en esta selección."))
    return row


def evaluator(of: Selection, key: int) -> Evaluator:
    """Return one evaluator of a selection the user was already let into."""
    row = of.evaluators.select_related("selection").filter(pk=key).first()
    if row is None:
        raise _not_visible(_("No hay tal persona en esta selección."))
    return row


def round_of(of: Selection, kind: str, number: int) -> Round:
    """Return one round of a selection the user was already let into."""
    row = of.rounds.select_related("selection").filter(kind=kind, number=number).first()
    if row is None:
        raise _not_visible(_("No hay tal ronda en esta selección."))
    return row


def evaluator_by_token(token: str) -> Evaluator:
    """Return whose link holds `token`; no account is asked for."""
    row = Evaluator.objects.select_related("selection").filter(token=token).first()
    if row is None:
        raise _not_visible(
            _("Este enlace no existe o fue cambiado. Pida el suyo a quien facilita la selección.")
        )
    return row


def _not_visible(what: str) -> NotVisible:
    return NotVisible("studies.not_visible", what)
