"""Who sees, issues and revokes certificates; the public reaches one only by its code."""

import uuid

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.accounts.models import Role, User
from digna.accounts.rights import FIELD, OFFICE, READERS, Reach
from digna.accounts.rules import Scope
from digna.certificates.models import ALPHABET, Certificate
from digna.errors import NotVisible
from digna.registry import access as registry

SEE = rights.declare("certificates.see", READERS | FIELD | {Role.OWNER})
ISSUE = rights.declare("certificates.issue", OFFICE | {Role.COORDINATOR})
REVOKE = rights.declare("certificates.revoke", {Role.LEAD, Role.COORDINATOR})

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def _within(scope: Scope) -> Q:
    reached = Q()
    if scope.partner:
        reached &= Q(partner__code=scope.partner)
    if scope.programmes:
        reached &= Q(programme__code__in=scope.programmes)
    if scope.departments:
        codes = scope.departments
        reached &= (
            Q(person__place__code__in=codes)
            | Q(person__place__parent__code__in=codes)
            | Q(enterprise__place__code__in=codes)
            | Q(enterprise__place__parent__code__in=codes)
        )
    return reached


def _limits(reach: Reach) -> Q:
    allowed = Q(pk__in=[])
    for scope in reach.scopes:
        allowed |= _within(scope)
    return allowed


def visible_certificates(user: object, right: rights.Right = SEE) -> QuerySet[Certificate]:
    """Return the certificates `user` may see (or do `right` to), their own and their firm's too."""
    if not isinstance(user, User):
        return Certificate.objects.none()
    # an owner's membership opens the door and reaches no further than their own
    reach = rights.reach(user, right if right is not SEE else _STAFF)
    if reach.is_everything:
        return Certificate.objects.all()
    rows = _limits(reach)
    if right is SEE:
        firms = registry.visible_enterprises(user).filter(registry.owned_by(user))
        rows |= Q(person__account=user) | Q(enterprise__in=firms.values("pk"))
        rows |= Q(created_by=user)
    return Certificate.objects.filter(rows)


_STAFF = rights.declare("certificates.see_all", READERS | FIELD)


def certificate(user: object, key: uuid.UUID, right: rights.Right = SEE) -> Certificate:
    """Return one certificate, or say there is none for this user."""
    row = (
        visible_certificates(user, right)
        .select_related("person", "enterprise", "partner", "programme", "replaces", "replaced_by")
        .filter(public_id=key)
        .first()
    )
    if row is None:
        raise NotVisible(
            "certificates.not_visible", _("No hay tal certificado, o no le toca verlo.")
        )
    return row


def plain_code(typed: str) -> str:
    """Return a code as stored: spaces, dashes and look-alike letters aside.

    >>> plain_code(" abcd-efgh-jkmo ")
    'ABCDEFGHJKM0'
    """
    letters = typed.upper().translate(_READ_AS)
    return "".join(letter for letter in letters if letter in ALPHABET)


def by_code(code: str) -> Certificate:
    """Return the certificate a code is printed on; no account is asked for."""
    row = (
        Certificate.objects.select_related("partner", "programme", "replaced_by")
        .filter(code=plain_code(code))
        .first()
    )
    if row is None:
        raise NotVisible(
            "certificates.no_such_code",
            _(
                "Ningún certificado emitido aquí lleva ese código. Revise que lo haya escrito "
                "igual que en el papel."
            ),
        )
    return row
